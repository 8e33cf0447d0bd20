"""What an amendment of the budget is written against: the lines of a year, and the amendments that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coop.budget.models import Amendment, Line, Year
from coop.members.models import Body

from .amendment_sheets import BudgetAmendmentSheet


@dataclass
class Desk:
    """What is written, and against which budget. `amends`, `parts`, `written`: whichever it is about."""

    year: Year
    lines: dict[str, Line]
    councils: Sequence[Body] = ()
    amends: Amendment | None = None
    parts: Sequence[Amendment] = ()
    written: Amendment | None = None
    joins: bool = False

    @staticmethod
    def of(year: Year, **more: Any) -> Desk:
        return Desk(year, {line.code: line for line in year.lines.select_related("department")}, **more)

    @property
    def kind(self) -> str:
        if self.written is not None:
            return self.written.kind
        return Amendment.Kind.COMMON if self.joins else Amendment.Kind.OWN

    @property
    def shorts(self) -> str:
        return _(" and ").join(part.short for part in self.parts)

    def sheet(self, *data: Any, **more: Any) -> BudgetAmendmentSheet:
        decimals = self.year.cooperative.currency_decimals
        return BudgetAmendmentSheet(
            *data, lines=self.lines, decimals=decimals, councils=self.councils, **more
        )
