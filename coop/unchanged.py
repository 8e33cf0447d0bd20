"""What the database has said is said again without asking, until the journal of the plant has a new line.

Every act ends with a line in the journal of its plant, and the head of the journal is held until the act is stored. So
whoever has read the hash of the head has all acts before it, and rows that never change without a line read the same
as long as the hash is the same. What is kept is never older than its head; it may be newer, where somebody acted
between the two. So whoever puts a database back starts the pages anew, as docs/operator.md has it.

A vote that is cast is no line, for that would tell when somebody voted: nothing that is kept may read a roll or a box.

A page that is only read says so (`reading`); an act, a command, a screen without a person ask everything themselves.
Which rows never change without a line is said where they are asked (`asked_often.Often`, `told=True`), and watched with
every request of the tests (tests/untold.py). Nothing that hangs on who reads, or on the minute, belongs here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, NamedTuple, TypeVar

Said = TypeVar("Said")

MOST, MOST_LETTERS = 600, 30_000_000  # answers in a process, and what they may say together
_head: ContextVar[str | None] = ContextVar("head", default=None)
_storing = Lock()


class _Kept(NamedTuple):
    head: str
    answer: Any
    letters: int


_kept: dict[Hashable, _Kept] = {}


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


@contextmanager
def as_told(head: str) -> Iterator[None]:
    """Within an act: for what the act itself asks anew, under its lock, or what cannot change any more."""
    before = _head.set(head)
    try:
        yield
    finally:
        _head.reset(before)


def moved_on() -> None:
    """A line was written: whatever this request still asks is asked anew."""
    _head.set(None)


def said(
    question: Hashable, ask: Callable[[], Said], letters: Callable[[Said], int] = lambda _answer: 0
) -> Said:
    """What was said to the same question since the last line, or what is said now. Nobody may change it.

    `letters`: how long an answer is.
    """
    head = _head.get()
    if head is None:
        return ask()
    found = _kept.get(question)
    if found is not None and found.head == head:
        known: Said = found.answer
        return known
    answer = ask()
    _keep(question, _Kept(head, answer, letters(answer)))
    return answer


def _keep(question: Hashable, new: _Kept) -> None:
    """What has been there longest goes first."""
    with _storing:
        _kept.pop(question, None)
        _kept[question] = new
        together = sum(one.letters for one in _kept.values()) if new.letters else 0
        while len(_kept) > MOST or together > MOST_LETTERS:
            together -= _kept.pop(next(iter(_kept))).letters


def forget() -> None:
    """For tests, in which the same numbers are other things after a rollback."""
    _kept.clear()
