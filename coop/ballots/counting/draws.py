"""What a count could come to where a lot is needed and not drawn yet: every draw, counted through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .lots import Lot

Result = TypeVar("Result")
MOST = 120  # counts; beyond that the list would tell nobody anything


@dataclass(frozen=True)
class Drawn(Generic[Result]):
    """One course of the lots, each with those among whom it fell and whom it fell on, and the result it leads to."""

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
    waiting: list[list[int]] = [[]]
    found: dict[tuple[int, ...], Drawn[Result]] = {}
    while waiting and len(found) < most:
        script = _Script(waiting.pop())
        result = count(script)
        places = [place for _tied, place in script.asked]
        lots = tuple((tied, tied[place]) for tied, place in script.asked)
        found[tuple(places)] = Drawn(lots, result)
        for step in range(len(script.places), len(script.asked)):
            others = range(1, len(script.asked[step][0]))
            waiting += [[*places[:step], place] for place in others]
    return [found[places] for places in sorted(found)], not waiting
