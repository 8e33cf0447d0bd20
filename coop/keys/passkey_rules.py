"""What stands in the way of printing codes and of adding, using and taking away passkeys."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.members.models import Account, Member
from coop.refusals import Reason

from .models import OneTimeCode, Passkey

MOST = 5  # a telephone, a computer, two sticks and one more; a longer list nobody looks through


def codes_of(account: Account) -> QuerySet[OneTimeCode]:
    """Those that still open the door. A replaced secret took the older ones with it."""
    live = OneTimeCode.objects.filter(account=account, used_at=None, withdrawn_at=None)
    return live.filter(printed_at__gt=account.reset_at) if account.reset_at else live


def passkeys_of(account: Account) -> QuerySet[Passkey]:
    """Those that still open the door. A replaced secret took the older ones with it."""
    live = Passkey.objects.filter(account=account, removed_at=None)
    return live.filter(added_at__gt=account.reset_at) if account.reset_at else live


def obstacles_to_printing_codes(member: Member) -> list[Reason]:
    return [] if member.account_id is not None else [Reason("no-secret-yet")]


def obstacles_to_adding_passkey(member: Member, *, name: str, credential: bytes) -> list[Reason]:
    if member.account is None:
        return obstacles_to_printing_codes(member)
    reasons = [] if name.strip() else [Reason("passkey-without-name")]
    if passkeys_of(member.account).count() >= MOST:
        reasons.append(Reason("enough-passkeys", {"most": MOST}))
    if Passkey.objects.filter(credential=credential).exists():
        reasons.append(Reason("passkey-known-already"))
    return reasons


def obstacles_to_removing_passkey(passkey: Passkey, *, by: Member) -> list[Reason]:
    if passkey.account_id != by.account_id:
        return [Reason("not-your-passkey")]
    return [Reason("passkey-removed-already")] if passkey.removed_at is not None else []


def obstacles_to_using_passkey(passkey: Passkey, *, counter: int) -> list[Reason]:
    """`counter` is what the device says now. A count that does not go up comes from a copy; 0 means it never counts."""
    if not passkeys_of(passkey.account).filter(pk=passkey.pk).exists():
        return [Reason("passkey-unknown")]
    if counter <= passkey.counter and (counter or passkey.counter):
        return [Reason("passkey-went-back")]
    return []
