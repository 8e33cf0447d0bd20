"""One line of a draft at a time, as somebody writes it by hand."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Department, Member
from coop.refusals import Reason, Refused, refuse_if

from ..drafts import mark_of_line, written
from ..models import Line, Year
from ..money import plain
from ..reading import Written
from ..rules.years import obstacles_in_lines, obstacles_to_drawing_up
from .locks import locked, subject_of


@transaction.atomic
def write_line(
    *,
    year: Year,
    line: Written,
    was: str = "",
    seen: str = "",
    by: Member,
    at: datetime.datetime,
) -> None:
    """A line more; or in the place of the one whose code is `was`, as it stood when somebody looked at it
    (`seen`: its mark)."""
    year = locked(year)
    refuse_if(obstacles_to_drawing_up(year, by=by, at=at))
    if was:
        _as_seen(year, was, seen)
    others = [one for one in written(year) if one.code != was]
    refuse_if(obstacles_in_lines(year.cooperative, [*others, line]))
    facts = {
        "department": Department.objects.get(cooperative=year.cooperative_id, code=line.department),
        "code": one_line(line.code),
        "side": line.side,
        "title": one_line(line.title),
        "basis": one_line(line.basis),
        "last": line.last,
        "current": line.current,
        "proposed": line.proposed,
        "is_contingency": line.is_contingency,
    }
    if was:
        Line.objects.filter(year=year, code=was).update(**facts)
    else:
        Line.objects.create(year=year, **facts)
    write(
        year.cooperative.chain,
        verb="budget-line-written",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={"code": one_line(line.code), "was": was, "amount": plain(line.proposed)},
    )


@transaction.atomic
def take_line_out(*, year: Year, code: str, seen: str = "", by: Member, at: datetime.datetime) -> None:
    """Nothing hangs on a line of a draft yet."""
    year = locked(year)
    refuse_if(obstacles_to_drawing_up(year, by=by, at=at))
    line = _as_seen(year, code, seen)
    year.lines.filter(pk=line.pk).delete()
    write(
        year.cooperative.chain,
        verb="budget-line-taken-out",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={"code": line.code, "amount": plain(line.proposed)},
    )


def _as_seen(year: Year, code: str, seen: str) -> Line:
    line = year.lines.select_related("department").filter(code=code).first()
    if line is None:
        raise Refused([Reason("budget-no-such-line", {"code": code})])
    if seen and seen != mark_of_line(line):
        raise Refused([Reason("budget-lines-changed-meanwhile", {"label": year.label})])
    return line
