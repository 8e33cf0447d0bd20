"""Codes of trustees, and the key of an urn divided among them: any two of three open it, any three of five. Pure.

A code is drawn by whoever will keep it, printed, and stored nowhere. From the code and a salt argon2id makes a pair
of keys; only the public one is kept. The key of the urn is sealed for every choice of trustees that may open it: for
the last, that for the one before, and so on. So nobody opens anything with fewer codes than are needed.
"""

import itertools
import re
import secrets
from collections.abc import Collection, Mapping

from nacl.bindings import crypto_box_seed_keypair
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id

from coop.members.typed_codes import SIGNS, checked

NEED = {3: 2, 5: 3}  # of so many trustees, so many open the urn
LENGTH, GROUP = 26, 4  # 25 signs of chance are 125 bits; the last sign checks the others
SALT = argon2id.SALTBYTES
OPERATIONS, MEMORY = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE  # a tenth of a second

_LOOKALIKES = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]+")

Blobs = Mapping[tuple[int, ...], bytes]


class CodesDoNotOpen(Exception):
    """These codes do not open it. Which of them is wrong is not said."""


def new_code() -> str:
    return checked("".join(secrets.choice(SIGNS) for _place in range(LENGTH - 1)))


def read_code(typed: str) -> str | None:
    """The code that was meant, or None when no code of ours can be typed like this: a slip of the hand.

    >>> code = checked("7K3M9XWQ2F4H7K3M9XWQ2F4H0")
    >>> read_code(f" {in_groups(code).lower()} ".replace("0", "o")) == code
    True
    """
    code = _BETWEEN.sub("", typed).upper().translate(_LOOKALIKES)
    if len(code) != LENGTH or not set(code) <= set(SIGNS):
        return None
    return code if checked(code[:-1]) == code else None


def in_groups(code: str) -> str:
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def new_salt() -> bytes:
    return secrets.token_bytes(SALT)


def key_pair(code: str, salt: bytes) -> tuple[bytes, bytes]:
    """Public and hidden key of whoever keeps this code. Slow on purpose."""
    seed = argon2id.kdf(32, code.encode(), salt, opslimit=OPERATIONS, memlimit=MEMORY)
    public, hidden = crypto_box_seed_keypair(seed)
    return public, hidden


def new_key() -> tuple[bytes, bytes]:
    """Public and hidden key of an urn."""
    hidden = PrivateKey.generate()
    return bytes(hidden.public_key), bytes(hidden)


def divided(key: bytes, public_keys: Mapping[int, bytes]) -> dict[tuple[int, ...], bytes]:
    """The hidden key of an urn, sealed for every choice of trustees that may open it. `public_keys`: place -> key.

    Raises ValueError unless there are three or five.
    """
    if len(public_keys) not in NEED:
        raise ValueError("three or five trustees")
    blobs = {}
    for holders in itertools.combinations(sorted(public_keys), NEED[len(public_keys)]):
        blob = key
        for place in reversed(holders):
            blob = SealedBox(PublicKey(public_keys[place])).encrypt(blob)
        blobs[holders] = blob
    return blobs


def joined(blobs: Blobs, hidden_keys: Mapping[int, bytes]) -> bytes:
    """The hidden key of the urn again, from the keys of as many trustees as are needed (place -> hidden key).

    Raises CodesDoNotOpen when they do not open it.
    """
    places: Collection[int] = hidden_keys.keys()
    for holders, sealed in blobs.items():
        if set(holders) <= set(places):
            blob = bytes(sealed)
            try:
                for place in holders:
                    blob = SealedBox(PrivateKey(hidden_keys[place])).decrypt(blob)
            except CryptoError:
                raise CodesDoNotOpen from None
            return blob
    raise CodesDoNotOpen
