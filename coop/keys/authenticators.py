"""What is asked of a device that holds a passkey, and whether its answer is true (WebAuthn). Reads no request.

The device must have seen its owner (a fingerprint, its own PIN): then the passkey alone is two things at once, what
one has and what one is or knows. The name of the house is the host of COOP_ORIGIN; for another address no browser
signs, and nothing signed elsewhere is taken.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import webauthn
from django.conf import settings
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from coop.members.models import Account
from coop.refusals import Reason, Refused

LONGEST_ANSWER = 20_000  # characters; a true one has about a thousand
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True)
class Asked:
    """What the page hands to the device, and the random number that its answer must carry."""

    options: str
    challenge: bytes


@dataclass(frozen=True)
class Registered:
    """A new passkey: what the device calls it, its public half, and the count of its signatures so far."""

    credential: bytes
    public_key: bytes
    counter: int


def offered() -> bool:
    """Browsers keep passkeys for names, over https or on this very machine; never for a bare number."""
    if settings.HOST == "localhost":
        return True
    try:
        ipaddress.ip_address(settings.HOST.strip("[]"))
    except ValueError:
        return bool(settings.HTTPS)
    return False


def ask_to_register(account: Account, *, house: str, name: str, known: Iterable[bytes]) -> Asked:
    """`known`: the passkeys this account has, so that no device makes a second one."""
    options = webauthn.generate_registration_options(
        rp_id=settings.HOST,
        rp_name=house,
        user_id=account.key.bytes,
        user_name=name,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return Asked(options_to_json(options), options.challenge)


def ask_to_sign() -> Asked:
    """Names nobody: the device offers whatever passkeys it holds for this house."""
    options = webauthn.generate_authentication_options(
        rp_id=settings.HOST, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(options_to_json(options), options.challenge)


def registered(answer: str, *, challenge: bytes) -> Registered:
    """Raises Refused when the answer is not one to this challenge, from this house, with its owner seen."""
    try:
        verified = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=settings.HOST,
            expected_origin=settings.ORIGIN,
            require_user_verification=True,
        )
    except UNREADABLE:
        raise Refused([Reason("passkey-not-true")]) from None
    return Registered(verified.credential_id, verified.credential_public_key, verified.sign_count)


def credential_in(answer: str) -> bytes:
    """Which passkey an answer says it comes from; not yet whether that is true."""
    try:
        return base64url_to_bytes(_read(answer)["rawId"])
    except UNREADABLE:
        raise Refused([Reason("passkey-not-true")]) from None


def signed(answer: str, *, challenge: bytes, public_key: bytes, account: Account) -> int:
    """The count of signatures the device tells. Raises Refused as `registered` does.

    Whether the count goes up is asked under the lock, by the rule.
    """
    try:
        verified = webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=settings.HOST,
            expected_origin=settings.ORIGIN,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
        whose = _read(answer)["response"].get("userHandle")
    except UNREADABLE:
        raise Refused([Reason("passkey-not-true")]) from None
    if whose and whose != _handle(account):
        raise Refused([Reason("passkey-not-true")])
    return verified.new_sign_count


def _handle(account: Account) -> str:
    return webauthn.helpers.bytes_to_base64url(account.key.bytes)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError
    return read
