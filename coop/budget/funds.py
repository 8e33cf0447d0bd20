"""What funds keep of a line, and what became of it: set aside, chosen, paid. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum, Value
from django.db.models.functions import Coalesce

from .models import Fund, Line, Project
from .money import exact

NOTHING = Decimal(0)


def set_aside_on(line: Line) -> Decimal:
    """All of a fund until it is chosen from; then what the chosen projects cost: what is left over is free again."""
    kept = Fund.objects.filter(line=line).exclude(state=Fund.State.GIVEN_UP)
    of_each = F("amount") - Coalesce(F("left_over"), Value(NOTHING))
    return kept.aggregate(kept=Sum(of_each))["kept"] or NOTHING


@dataclass(frozen=True)
class Commitment:
    """A chosen project: its cost is bound on the line of the fund, and paid bit by bit."""

    project: Project
    cost: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        return self.cost - self.spent

    @property
    def percent(self) -> int:
        return int(100 * self.spent / self.cost)


def commitments(fund: Fund) -> list[Commitment]:
    """The chosen projects in the order of the count. One query."""
    chosen = fund.projects.filter(state=Project.State.CHOSEN).select_related("answers", "author")
    rows = chosen.annotate(paid=Coalesce(Sum("spent__amount"), Value(NOTHING))).order_by("rank")
    return [Commitment(one, exact(one.cost), exact(one.paid)) for one in rows]


def spent_on(project: Project) -> Decimal:
    return exact(project.spent.aggregate(paid=Sum("amount"))["paid"] or NOTHING)
