"""What a count could come to where a lot is needed and not drawn yet: every draw, counted through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .lots import Lot

Result = TypeVar("Result")
MOST = 60  # counts; beyond that the list would tell nobody anything


@dataclass(frozen=True)
class Drawn(Generic[Result]):
    """One course of the lots, each with those among whom it fell and whom it fell on, and the result it leads
    to.
    """

    lots: tuple[tuple[tuple[str, ...], str], ...]
    result: Result


class _Script:
    """A lot that follows a list of places, then always takes the first; it remembers what it was asked."""

    def __init__(self, places: Sequence[int]) -> None:
        self.places = places
        self.asked: list[tuple[tuple[str, ...], int]] = []

    def __call__(self, tied: Sequence[str]) -> list[str]:
        step = len(self.asked)
        place = self.places[step] if step < len(self.places) else 0
        self.asked.append((tuple(tied), place))
        return [tied[place], *tied[:place], *tied[place + 1 :]]


def every_draw(count: Callable[[Lot], Result], most: int = MOST) -> tuple[list[Drawn[Result]], bool]:
    """The results of all draws, the one that always takes the first before the others, and whether they are all.

    >>> draws, complete = every_draw(lambda lot: lot(["ana", "ben"])[0])
    >>> [drawn.result for drawn in draws], complete
    (['ana', 'ben'], True)
    """
    found: list[Drawn[Result]] = []
    places: list[int] | None = []
    while places is not None and len(found) < most:
        script = _Script(places)
        result = count(script)
        found.append(Drawn(tuple((tied, tied[place]) for tied, place in script.asked), result))
        places = _following(script.asked)
    return found, places is None


def _following(asked: Sequence[tuple[tuple[str, ...], int]]) -> list[int] | None:
    """The next course of the lots: the last one that can still fall on somebody else does; None after the
    last course.
    """
    for step in range(len(asked) - 1, -1, -1):
        tied, place = asked[step]
        if place + 1 < len(tied):
            return [*(before for _tied, before in asked[:step]), place + 1]
    return None
