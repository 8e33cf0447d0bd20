"""The departments of a budget: what each brings in and spends, and its lines, folded where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from coop.budget.balance import Side
from coop.budget.lines_now import Written
from coop.budget.models import Line

from .words import told

ROOM = 60  # lines that a page shows whole; of a longer budget each department stands folded
OF_ONE = 100  # lines of a department on one page


@dataclass(frozen=True)
class Row:
    """A line with its amounts in words, made for those that are shown."""

    line: Line
    amount: Decimal

    @property
    def current(self) -> str:
        return told(self.line.current) if self.line.current is not None else ""

    @property
    def proposed(self) -> str:
        return told(self.line.proposed)

    @property
    def now(self) -> str:
        """With what was carried or moved, when that is another amount."""
        return told(self.amount) if self.amount != self.line.proposed else ""


@dataclass(frozen=True)
class Department:
    """What a department brings in and spends; a bar is as long as its part of `longest`, the largest sum of all."""

    code: str
    name: str
    income: Decimal
    expense: Decimal
    longest: Decimal
    rows: tuple[Row, ...]

    @property
    def bars(self) -> list[tuple[str, str, str]]:
        """What it is, how much, and how long."""
        both = ((_("comes in"), self.income), (_("goes out"), self.expense))
        return [(words, told(amount), f"{self._share(amount)}%") for words, amount in both if amount]

    def _share(self, amount: Decimal) -> Decimal:
        return (amount * 100 / self.longest).quantize(Decimal("0.1")) if self.longest else Decimal(0)

    @property
    def has_room(self) -> bool:
        """Its lines can stand on the page of the year, where there is no other department's."""
        return len(self.rows) <= ROOM


def departments_of(written: Written) -> list[Department]:
    """Each with its lines, by code; the amounts are those that hold now."""
    found: dict[tuple[str, str], list[Row]] = {}
    for line, amount in written.read():
        row = Row(line, amount)
        found.setdefault((line.department.code, line.department.name), []).append(row)
    sums = {where: (_sum(rows, Side.INCOME), _sum(rows, Side.EXPENSE)) for where, rows in found.items()}
    longest = max((amount for both in sums.values() for amount in both), default=Decimal(0))
    return [
        Department(code, name, *sums[code, name], longest, tuple(rows))
        for (code, name), rows in found.items()
    ]


def _sum(rows: Sequence[Row], side: Side) -> Decimal:
    return sum((row.amount for row in rows if row.line.side == side), Decimal(0))
