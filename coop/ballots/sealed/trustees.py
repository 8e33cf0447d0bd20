"""Codes of trustees, and the key of an urn divided among them: any two of three open it, any three of five. Pure.

A code is drawn by whoever will keep it, printed, and stored nowhere. From the code and a salt argon2id makes a pair
of keys; only the public one is kept. The key of the urn is sealed for every choice of trustees that may open it: for
the last, that for the one before, and so on. So nobody opens anything with fewer codes than are needed.
"""

import itertools
import json
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

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


# --- A ceremony away from the server ------------------------------------------------------------------------

FORMAT = "asamblea key 1"


@dataclass(frozen=True)
class Ceremony:
    """What a ceremony makes public: the key that seals, salt and public key by place, the pieces of the other key."""

    public_key: bytes
    keepers: Mapping[int, tuple[bytes, bytes]]
    blobs: Blobs


def ceremony(count: int) -> tuple[dict[int, str], Ceremony]:
    """Codes by place, for the eyes of each, and what everybody may see. The key itself is forgotten here."""
    codes = {place: new_code() for place in range(1, count + 1)}
    salts = {place: new_salt() for place in codes}
    public_keys = {place: key_pair(codes[place], salts[place])[0] for place in codes}
    public_key, key = new_key()
    keepers = {place: (salts[place], public_keys[place]) for place in codes}
    return codes, Ceremony(public_key, keepers, divided(key, public_keys))


def written(found: Ceremony) -> str:
    told = {
        "format": FORMAT,
        "public_key": found.public_key.hex(),
        "trustees": [
            {"place": place, "salt": salt.hex(), "public_key": public.hex()}
            for place, (salt, public) in sorted(found.keepers.items())
        ],
        "keys": [
            {"holders": list(holders), "blob": blob.hex()} for holders, blob in sorted(found.blobs.items())
        ],
    }
    return json.dumps(told, indent=1) + "\n"


def read_ceremony(text: str) -> Ceremony:
    """Raises ValueError on everything that is not the whole file of a ceremony."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise ValueError("not the file of a key ceremony")
        keepers = {
            int(one["place"]): (_sized(one["salt"], SALT), _sized(one["public_key"], 32))
            for one in told["trustees"]
        }
        need = NEED[len(keepers)]
        blobs = {
            tuple(int(place) for place in one["holders"]): _sized(one["blob"], 32 + 48 * need)
            for one in told["keys"]
        }
        found = Ceremony(_sized(told["public_key"], 32), keepers, blobs)
    except (KeyError, TypeError, AttributeError, RecursionError) as odd:
        raise ValueError("not the file of a key ceremony") from odd
    if set(keepers) != set(range(1, len(keepers) + 1)) or set(blobs) != set(
        itertools.combinations(sorted(keepers), need)
    ):
        raise ValueError("the file of the key ceremony is not whole")
    return found


def _sized(text: str, size: int) -> bytes:
    found = bytes.fromhex(text)
    if len(found) != size:
        raise ValueError("the file of the key ceremony is not whole")
    return found
