"""A checkpoint: how far a chain had come and with which hash, written down to be kept outside.

One line of JSON each, so that the notice board, the minutes and another plant can hold the same line.
No Django here.
"""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from coop.journal.hashing import instant


class Checkpoint(NamedTuple):
    chain: str
    sequence: int
    hash: str
    at: str

    def line(self) -> str:
        return json.dumps(self._asdict(), ensure_ascii=False)


def checkpoint(*, chain: str, sequence: int, hash: str, at: datetime) -> Checkpoint:  # noqa: A002 - the field's name
    return Checkpoint(chain, sequence, hash, instant(at))


class Unreadable(ValueError):
    """A line that is no checkpoint. It is never skipped: it may be the one that tells."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def read_checkpoints(lines: Iterable[str]) -> list[Checkpoint]:
    """Every line of a file, empty lines aside. Raises `Unreadable` with the number of the first bad line."""
    return [_read(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _read(line: str, number: int) -> Checkpoint:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(number) from error
    if not isinstance(values, dict):
        raise Unreadable(number)
    chain, sequence, digest, at = (values.get(field) for field in Checkpoint._fields)
    if not (isinstance(chain, str) and isinstance(digest, str) and isinstance(at, str)):
        raise Unreadable(number)
    if type(sequence) is not int or not 0 <= sequence < 2**63 or not re.fullmatch("[0-9a-f]{64}", digest):
        raise Unreadable(number)
    return Checkpoint(chain, sequence, digest, at)
