"""The tree of hashes of RFC 9162 (section 2.1): one root for a list, and a short proof that something is on it. Pure.

The list of an urn is its trackers in their own order. A leaf is sha256(0x00 || entry), a knot sha256(0x01 || left ||
right), the root of nothing sha256(""). The marks 0x00 and 0x01 keep a knot from being shown as an entry.
"""

import hashlib
from collections.abc import Sequence


def root(entries: Sequence[bytes]) -> bytes:
    """
    >>> root([]).hex()[:16], root([b""]).hex()[:16]
    ('e3b0c44298fc1c14', '6e340b9cffb37a98')
    """
    if not entries:
        return hashlib.sha256(b"").digest()
    level = [leaf(entry) for entry in entries]
    while (
        len(level) > 1
    ):  # an odd one at the end goes up as it is: the same tree as splitting at a power of two
        pairs = [knot(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def proof(entries: Sequence[bytes], place: int) -> list[bytes]:
    """The hashes that lead from the entry at `place` (from 0) to the root, from below.

    Raises IndexError when there is no such entry.
    """
    if not 0 <= place < len(entries):
        raise IndexError("no such entry")
    level = [leaf(entry) for entry in entries]
    found = []
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            found.append(level[beside])
        pairs = [knot(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
        place //= 2
    return found


def proves(entry: bytes, *, place: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` leads from the entry to the root of a list of `size` (RFC 9162, 2.1.3.2)."""
    if not 0 <= place < size:
        return False
    number, last, result = place, size - 1, leaf(entry)
    for beside in path:
        if last == 0:
            return False
        if number & 1 or number == last:
            result = knot(beside, result)
            while number and not number & 1:
                number >>= 1
                last >>= 1
        else:
            result = knot(result, beside)
        number >>= 1
        last >>= 1
    return last == 0 and result == root


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def knot(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
