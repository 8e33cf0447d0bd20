"""What the database has said is said again without asking, until the journal of the plant has a new line.

Every act ends with a line in the journal of its plant, and the head of the journal is held until the act is stored. So
whoever has read the hash of the head has all acts before it, and rows that never change without a line read the same
as long as the hash is the same. It stands for everything that was ever done there: of a database that was put back it
is another, or the same acts were done.

A page that is only read says so (`reading`); an act, a command, a screen without a person ask everything themselves.
Which rows never change without a line is said where they are asked (`asked_often.Often`, `told=True`), and watched with
every request of the tests (tests/untold.py). Nothing that hangs on who reads, or on the minute, belongs here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, TypeVar

Said = TypeVar("Said")

MOST = 400  # answers in a process
LONGEST = 300_000  # letters of an answer that is kept
_head: ContextVar[str | None] = ContextVar("head", default=None)
_kept: dict[Hashable, tuple[str, Any]] = {}


@contextmanager
def each_asks_anew() -> Iterator[None]:
    """A request begins knowing nothing, and leaves nothing behind in its thread."""
    before = _head.set(None)
    try:
        yield
    finally:
        _head.reset(before)


def reading(head: str) -> None:
    """From here on this request only reads, and `head` is the hash of the last line of the journal of its plant."""
    _head.set(head)


def moved_on() -> None:
    """A line was written: whatever this request still asks is asked anew."""
    _head.set(None)


def said(question: Hashable, ask: Callable[[], Said], letters: Callable[[Said], int] | None = None) -> Said:
    """What was said to the same question since the last line, or what is said now. Nobody may change it.

    `letters`: how long an answer is, where it may be too long to be kept.
    """
    head = _head.get()
    if head is None:
        return ask()
    of, found = _kept.get(question, (None, None))
    if of == head:
        answer: Said = found  # type: ignore[assignment]
        return answer
    answer = ask()
    if letters is not None and letters(answer) > LONGEST:
        return answer
    while len(_kept) >= MOST and question not in _kept:
        with suppress(KeyError, RuntimeError):  # another thread has just changed it
            del _kept[next(iter(_kept))]
    _kept[question] = head, answer
    return answer


def forget() -> None:
    """For tests, in which the same numbers are other things after a rollback."""
    _kept.clear()
