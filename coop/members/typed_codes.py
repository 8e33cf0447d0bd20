"""Codes that are typed from paper: twelve signs in three groups, the last of them checks the others. Pure.

The signs are those of Crockford's base 32: no I, L, O and U, so nothing on the paper looks like something else, and
what is typed wrongly for that reason is read rightly. Eleven signs are chance: 55 bits, which nobody guesses at a
door that waits; the address behind the square code has 128.
"""

import hashlib
import re
import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
_CHANCE = LENGTH - 1
_LOOKALIKES = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]+")


def new_code() -> str:
    return checked("".join(secrets.choice(SIGNS) for _place in range(_CHANCE)))


def code_for(token: str) -> str:
    """The code on the card that carries `token`: whoever has the one has the other, and neither tells the other."""
    number = int.from_bytes(hashlib.sha256(b"typed code: " + token.encode()).digest())
    return checked("".join(SIGNS[number >> 5 * place & 31] for place in range(_CHANCE)))


def read(typed: str) -> str | None:
    """The code that was meant, or None when no paper of ours can say this.

    >>> code = code_for("x")
    >>> read(f" {in_groups(code).lower()} ".replace("0", "o")) == code
    True
    """
    code = _BETWEEN.sub("", typed).upper().translate(_LOOKALIKES)
    if len(code) != LENGTH or not set(code) <= set(SIGNS):
        return None
    return code if checked(code[:-1]) == code else None


def in_groups(code: str) -> str:
    """As it is printed and read aloud.

    >>> in_groups("7K3M9XWQ2F4H")
    '7K3M 9XWQ 2F4H'
    """
    return " ".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def checked(signs: str) -> str:
    """With the check sign at the end (Luhn to the base 32): one wrong sign, or two changed over, and it fits no more.

    Only 0 and Z beside each other may be changed over unseen.
    """
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = SIGNS.index(sign) * (1 if place % 2 else 2)
        total += value // len(SIGNS) + value % len(SIGNS)
    return signs + SIGNS[-total % len(SIGNS)]
