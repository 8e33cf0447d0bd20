"""Drawing up a budget, bringing it before the departments, and the year it rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Department, Member
from coop.refusals import Reason, Refused, refuse_if

from ..balance import Side
from ..drafts import mark
from ..models import Amendment, AmendmentMove, Ceiling, Line, Unmet, Year
from ..money import plain
from ..reading import Written
from ..rules.years import (
    obstacles_in_days,
    obstacles_in_lines,
    obstacles_to_a_ceiling,
    obstacles_to_beginning,
    obstacles_to_closing,
    obstacles_to_closing_amendments,
    obstacles_to_drawing_up,
    obstacles_to_publishing,
    obstacles_to_putting,
    obstacles_to_starting,
    obstacles_to_the_next_text,
)
from ..tables import plan_of, running
from .locks import locked, subject_of

State = Year.State


@transaction.atomic
def begin(*, cooperative: Cooperative, year: int, by: Member, at: datetime.datetime) -> Year:
    """An empty draft. What could not be met in earlier years returns to it, when the bylaws say so."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)
    refuse_if(obstacles_to_beginning(cooperative, year, by=by, at=at))
    made = Year.objects.create(cooperative=cooperative, year=year, begun_by=by, begun_at=at)
    returned = 0
    if Bylaws.in_force(cooperative, cooperative.day_of(at)).unmet_requests_carry:
        waiting = Unmet.objects.filter(year__cooperative=cooperative, year__year__lt=year, carried_to=None)
        returned = waiting.update(carried_to=made)
    write(
        by.cooperative.chain,
        verb="budget-begun",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={"returned": returned},
    )
    return made


@transaction.atomic
def set_lines(
    *, year: Year, lines: Sequence[Written], over: str | None = None, by: Member, at: datetime.datetime
) -> None:
    """The lines of a draft, all of them: what stood there is taken out, for nothing hangs on it yet.

    `over`: the mark (`drafts.mark`) of the lines that somebody saw before they put these in their place. Refused when
    one of them cannot be: then nothing of the others is written either.
    """
    year = locked(year)
    refuse_if(obstacles_to_drawing_up(year, by=by, at=at))
    if over is not None and over != mark(year):
        raise Refused([Reason("budget-lines-changed-meanwhile", {"label": year.label})])
    refuse_if(obstacles_in_lines(year.cooperative, lines))
    departments = {one.code: one for one in Department.objects.filter(cooperative=year.cooperative_id)}
    year.lines.all().delete()
    Line.objects.bulk_create(
        Line(
            year=year,
            department=departments[line.department],
            code=one_line(line.code),
            side=line.side,
            title=one_line(line.title),
            basis=one_line(line.basis),
            last=line.last,
            current=line.current,
            proposed=line.proposed,
            is_contingency=line.is_contingency,
        )
        for line in lines
    )
    plan = plan_of(year)
    write(
        year.cooperative.chain,
        verb="budget-lines-written",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={
            "lines": len(lines),
            "income": plain(plan.total(Side.INCOME)),
            "expense": plain(plan.total(Side.EXPENSE)),
        },
    )


@transaction.atomic
def set_ceiling(
    *, year: Year, department: Department, amount: Decimal, by: Member, at: datetime.datetime
) -> None:
    """What a department may spend at most. It is published with the draft, before anybody asks for anything."""
    year = locked(year)
    refuse_if(obstacles_to_a_ceiling(year, department, amount, by=by, at=at))
    Ceiling.objects.update_or_create(year=year, department=department, defaults={"amount": amount})
    write(
        year.cooperative.chain,
        verb="budget-ceiling-set",
        subject=subject_of(year),
        by=by.actor,
        at=at,
        facts={"department": department.code, "amount": plain(amount)},
    )


@transaction.atomic
def set_ceilings(
    *, year: Year, ceilings: Sequence[tuple[Department, Decimal | None]], by: Member, at: datetime.datetime
) -> None:
    """Those of several departments, all of them or none; without an amount one is taken back."""
    year = locked(year)
    refuse_if(obstacles_to_drawing_up(year, by=by, at=at))
    for department, amount in ceilings:
        if amount is None:
            _take_ceiling_back(year, department, by, at)
        else:
            set_ceiling(year=year, department=department, amount=amount, by=by, at=at)


def _take_ceiling_back(year: Year, department: Department, by: Member, at: datetime.datetime) -> None:
    taken, _rows = year.ceilings.filter(department=department).delete()
    if taken:
        write(
            year.cooperative.chain,
            verb="budget-ceiling-taken-back",
            subject=subject_of(year),
            by=by.actor,
            at=at,
            facts={"department": department.code},
        )


@transaction.atomic
def publish(
    *,
    year: Year,
    amendments_until: datetime.date,
    conciliation_until: datetime.date,
    vote_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> None:
    """From now on its lines stay, and departments amend it. The floor is copied: it is asked of this text as it is now.

    Of a next text: the amendments of the one that was turned down are before the assembly again.
    """
    year = locked(year)
    day = year.cooperative.day_of(at)
    bylaws = Bylaws.in_force(year.cooperative, day)
    refuse_if(
        obstacles_to_publishing(year, by=by, at=at, bylaws=bylaws)
        + obstacles_in_days(
            year,
            amendments_until=amendments_until,
            conciliation_until=conciliation_until,
            vote_on=vote_on,
            day=day,
            bylaws=bylaws,
        )
    )
    _step(
        year,
        by,
        at,
        verb="budget-published",
        facts={"until": amendments_until.isoformat(), "vote_on": vote_on.isoformat()},
        state=State.OPEN,
        amendments_until=amendments_until,
        conciliation_until=conciliation_until,
        vote_on=vote_on,
        published_at=at,
        floor=bylaws.contingency_floor,
    )
    if year.follows is not None:
        _keep_amendments(year, year.follows, at)


def _keep_amendments(year: Year, turned_down: Year, at: datetime.datetime) -> None:
    """Those that were carried, or waited, before a text that was then turned down as a whole. Under new numbers."""
    lines = {line.code: line for line in year.lines.all()}
    kept = Amendment.objects.filter(
        year=turned_down, state__in=[Amendment.State.CARRIED, Amendment.State.ADMITTED]
    )
    made: dict[int, Amendment] = {}
    for old in sorted(
        kept, key=lambda one: (one.amends_id is not None, one.number or 0)
    ):  # what is amended first
        moves = list(old.moves.select_related("line"))
        if any(move.line.code not in lines for move in moves) or (
            old.amends_id and old.amends_id not in made
        ):
            continue
        new = Amendment.objects.create(
            year=year,
            kind=Amendment.Kind.OWN,
            amends=made.get(old.amends_id or 0),
            title=old.title,
            reasons=old.reasons,
            proof=old.proof,
            author_id=old.author_id,
            on_behalf_of_id=old.on_behalf_of_id,
            kept_from=old,
            begun_at=at,
        )
        made[old.pk] = new
        AmendmentMove.objects.bulk_create(
            AmendmentMove(amendment=new, line=lines[move.line.code], amount=move.amount) for move in moves
        )
        again = Amendment.objects.filter(pk=new.pk)
        again.update(state=Amendment.State.SUBMITTED, number=len(made), submitted_at=at)
        again.update(state=Amendment.State.ADMITTED, admitted_at=at, backed_by=old.backed_by)


@transaction.atomic
def close_amendments(*, year: Year, by: Member, at: datetime.datetime) -> None:
    """Nothing new is asked for; those that clash are brought to one table."""
    year = locked(year)
    refuse_if(obstacles_to_closing_amendments(year, by=by, at=at))
    _step(year, by, at, verb="budget-in-conciliation", state=State.CONCILIATION, conciliation_at=at)


@transaction.atomic
def put(*, year: Year, by: Member, at: datetime.datetime) -> None:
    """The text and the order of voting are out. What was not handed in, or found nobody behind it, is not put."""
    year = locked(year)
    refuse_if(obstacles_to_putting(year, by=by, at=at))
    left = year.amendments.filter(state__in=[Amendment.State.DRAFT, Amendment.State.SUBMITTED])
    dropped = left.update(state=Amendment.State.NOT_PUT, ended_at=at)
    _step(year, by, at, verb="budget-put", facts={"not_put": dropped}, state=State.PUT, put_at=at)


@transaction.atomic
def next_text(*, year: Year, by: Member, at: datetime.datetime) -> Year:
    """Another draft after one was turned down, with its lines. Its amendments are kept for when it is published."""
    year = locked(year)
    refuse_if(obstacles_to_the_next_text(year, by=by, at=at))
    made = Year.objects.create(
        cooperative=year.cooperative,
        year=year.year,
        text=year.text + 1,
        follows=year,
        begun_by=by,
        begun_at=at,
    )
    Line.objects.bulk_create(
        Line(
            year=made,
            department_id=line.department_id,
            code=line.code,
            side=line.side,
            title=line.title,
            basis=line.basis,
            last=line.last,
            current=line.current,
            proposed=line.proposed,
            is_contingency=line.is_contingency,
        )
        for line in year.lines.all()
    )
    write(
        year.cooperative.chain,
        verb="budget-next-text",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={"after": year.label},
    )
    return made


@transaction.atomic
def start(*, year: Year, by: Member, at: datetime.datetime) -> None:
    """The year has begun, and is kept by this budget."""
    year = locked(year)
    refuse_if(obstacles_to_starting(year, by=by, at=at))
    _step(year, by, at, verb="budget-running", state=State.RUNNING, running_at=at)


@transaction.atomic
def close(*, year: Year, by: Member, at: datetime.datetime) -> None:
    """The year is over and its books are closed: neither months nor movements are entered any more."""
    year = locked(year)
    refuse_if(obstacles_to_closing(year, by=by, at=at))
    spent = {
        side: sum((one.spent for one in running(year) if one.line.side == side), Decimal(0)) for side in Side
    }
    facts = {"income": plain(spent[Side.INCOME]), "expense": plain(spent[Side.EXPENSE])}
    _step(year, by, at, verb="budget-closed", facts=facts, state=State.CLOSED, closed_at=at)


def _step(
    year: Year,
    by: Member,
    at: datetime.datetime,
    *,
    verb: str,
    facts: Mapping[str, object] | None = None,
    **changes: Any,
) -> None:
    Year.objects.filter(pk=year.pk).update(**changes)
    write(year.cooperative.chain, verb=verb, subject=subject_of(year), by=by.actor, at=at, facts=facts or {})
