"""What every line of a budget has now: with what was carried, and after the vote with what decisions moved.

The page of a year is read by everybody, so its questions are kept, and asked before anything is read from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from coop.asked_often import Answer, Often, given

from .balance import NOTHING, Change, standing
from .models import Amendment, Line, PartOf, Year
from .money import exact
from .tables import MOVED, moved_by, planned
from .untold import hidden

CARRIED = Amendment.State.CARRIED

LINES = Often(
    lambda: (
        Line.objects.filter(year_id=given("year"))
        .select_related("department")
        .only(
            "code",
            "side",
            "title",
            "basis",
            "current",
            "proposed",
            "adopted",
            "department__code",
            "department__name",
        )
        .order_by("department__code", "-side", "code")
    ),
    told=True,
)
MOVES = Often(  # of those without moves too: one may take all moves of another away
    lambda: (
        Amendment.objects.filter(year_id=given("year"), state=CARRIED)
        .order_by("pk")
        .values_list("pk", "amends", "ended_at", "moves__line__code", "moves__amount")
    ),
    told=True,
)
PARTS = Often(
    lambda: (
        PartOf.objects.filter(common__year_id=given("year"), common__state=CARRIED)
        .order_by("pk")
        .values_list("common", "part")
    ),
    told=True,
)


@dataclass(frozen=True)
class Written:
    """What the database says of the lines of a year; not read yet. `beside`: MOVED, or MOVES and PARTS."""

    year: Year
    lines: Answer[Line]
    beside: tuple[Answer[Any], ...]

    @classmethod
    def of(cls, year: Year) -> Self:
        lines = LINES.answer(year=year.pk)
        if year.is_locked:
            return cls(year, lines, (MOVED.answer(year=year.pk),))
        moves = MOVES.answer(year=year.pk)
        return cls(year, lines, (moves, PARTS.answer(year=year.pk)) if moves else ())

    @property
    def said(self) -> tuple[Any, ...]:
        """All that the amounts are read from."""
        told = self.year.pk, self.year.label, self.year.state, self.year.untold_since
        return told, self.lines.said, tuple(one.said for one in self.beside)

    def read(self) -> list[tuple[Line, Decimal]]:
        """The lines by department, each with what it has now."""
        lines = self.lines.read()
        if self.year.is_locked:
            moved = moved_by(self.beside[0].read())
            return [(line, planned(line, moved)) for line in lines]
        more = self._carried()
        return [(line, exact(line.proposed) + more.get(line.code, NOTHING)) for line in lines]

    def _carried(self) -> dict[str, Decimal]:
        """What the votes have moved so far, by the code of the line."""
        if not self.beside:
            return {}
        moves, parts = (answer.read() for answer in self.beside)
        changes: dict[int, tuple[int | None, dict[str, Decimal]]] = {}
        for key, amends, ended_at, code, amount in moves:
            if hidden(self.year, CARRIED, ended_at):
                continue
            _amends, found = changes.setdefault(key, (amends, {}))
            if code is not None:
                found[code] = exact(amount)
        replaced: dict[int, set[int]] = {}
        for whole, part in parts:
            replaced.setdefault(whole, set()).add(part)
        carried = [
            Change(key, found, amends=amends, replaces=frozenset(replaced.get(key, ())))
            for key, (amends, found) in changes.items()
        ]
        sums: dict[str, Decimal] = {}
        for one in standing(carried):
            for code, amount in one.moves.items():
                sums[code] = sums.get(code, NOTHING) + amount
        return sums
