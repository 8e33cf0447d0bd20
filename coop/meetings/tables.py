"""Working tables: who may begin one and end it, and what it must have."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.members.backend import may_enter
from coop.members.models import Body, Mandate, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from .councils import is_council
from .models import WorkingTable
from .rules.calling import COUNCILS

LONGEST = datetime.timedelta(days=366)  # what takes longer is no table any more
FEWEST, MOST = 2, 30  # people at one table


def may_have_tables(body: Body) -> bool:
    return body.kind in COUNCILS or is_council(body)


def obstacles_to_beginning(
    parent: Body, *, ends_on: datetime.date, people: Sequence[Member], by: Member, at: datetime.datetime
) -> list[Reason]:
    """A council sits people of several teams at one table, for one task, until one day."""
    if not may_have_tables(parent):
        return [Reason("no-council-of-delegates", {"body": parent.name})]
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=parent)
    day = parent.cooperative.day_of(at)
    if ends_on <= day:
        reasons.append(Reason("table-ends-too-soon"))
    if ends_on - day > LONGEST:
        reasons.append(Reason("table-ends-too-late", {"last": (day + LONGEST).isoformat()}))
    if not FEWEST <= len({one.pk for one in people}) <= MOST:
        reasons.append(Reason("table-of-few-or-many", {"fewest": FEWEST, "most": MOST}))
    reasons += [
        Reason("not-in-the-register", {"name": one.name})
        for one in people
        if one.cooperative_id != parent.cooperative_id or not may_enter(one, day)
    ]
    return reasons


def obstacles_to_ending(
    table: WorkingTable, *, report: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who calls the table, or the council that began it, hands in its report; with it the table is over."""
    if table.ended_at is not None:
        return [Reason("table-over")]
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=table.parent)
    if reasons and not obstacles_without(Power.CONVENE, by=by, at=at, body=table.body):
        reasons = []
    return reasons if report.strip() else [*reasons, Reason("table-without-report")]


def sits_at(table: WorkingTable, at: datetime.datetime) -> list[Mandate]:
    """Everybody who sits or sat at it; those whose office waits for a second person too. One query."""
    held = Mandate.objects.filter(seat__office__body=table.body).exclude(ended=Mandate.Ended.REFUSED)
    return list(
        held.select_related("member", "seat__department", "seat__office").order_by("member__number", "pk")
    )
