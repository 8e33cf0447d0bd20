"""Photos of a form that came back: the page carries them along, so that nobody chooses them again.

They stand in the page that is answered and nowhere else: a problem may be unnamed, and a store of photos for an hour
would have to say whose they are. What a page carries is a picture as this house has written it, and is judged again
like any other when it is sent.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from coop.production.photo import Unfit, kept

# All that is typed into one form may be a megabyte (DATA_UPLOAD_MAX_MEMORY_SIZE); the words of a problem take a few
# thousand letters of it.
ROOM = 900 * 1024


class Carried(NamedTuple):
    """`photos`: as letters, for the page; `left_out`: how many have no room there, or are no photos."""

    photos: list[str]
    left_out: int


def carried(pictures: Iterable[bytes]) -> Carried:
    """In the order in which they came, as long as there is room."""
    photos: list[str] = []
    left_out, room = 0, ROOM
    for content in pictures:
        letters = _letters(content)
        if letters and len(letters) <= room:
            photos.append(letters)
            room -= len(letters)
        else:
            left_out += 1
    return Carried(photos, left_out)


def _letters(content: bytes) -> str:
    with suppress(Unfit):
        return base64.b64encode(kept(content).content).decode()
    return ""


def brought(letters: Iterable[str]) -> list[bytes]:
    """What a page brought along. What is not written so was not ours, and no photo."""
    found = []
    for one in letters:
        try:
            found.append(base64.b64decode(one, validate=True))
        except (binascii.Error, ValueError):
            found.append(b"-")
    return found
