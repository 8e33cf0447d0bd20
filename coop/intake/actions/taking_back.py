"""Within a day what a list has entered is taken back: as entries, row by row, if nothing has followed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from coop.journal.actions import write
from coop.members.actions.corrections import correct, strike
from coop.members.actions.many import strike_many
from coop.members.models import Member, Posting, Standing
from coop.members.seen import last_entry
from coop.refusals import Reason, Refused, refuse_if

from ..followed import tied_up
from ..judging import value_of
from ..models import Intake, IntakeRow
from ..rules import obstacles_to_taking_back
from .reading import locked, subject_of

RowState = IntakeRow.State


@transaction.atomic
def take_back(*, intake: Intake, because: str, by: Member, at: datetime.datetime) -> Intake:
    """From now on its rows wait to be taken back."""
    intake = locked(intake)
    refuse_if(obstacles_to_taking_back(intake, because=because, by=by, at=at))
    intake.state, intake.undone_by, intake.undone_because = Intake.State.UNDOING, by, because.strip()
    intake.save(update_fields=["state", "undone_by", "undone_because"])
    write(
        intake.cooperative.chain,
        verb="intake-taken-back",
        subject=subject_of(intake),
        by=by.actor,
        at=at,
        facts={"rows": intake.rows.filter(state=RowState.DONE).count(), "digest": intake.digest},
    )
    return intake


@transaction.atomic
def take_back_rows(*, intake: Intake, rows: Sequence[IntakeRow], by: Member, at: datetime.datetime) -> None:
    """Those on whom nothing has followed are struck or set back; the others are kept, with the reason."""
    held = Member.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    people = held.select_related("cooperative__chain").in_bulk([row.member_id for row in rows])
    admitted = [row for row in rows if row.made.get("admitted")]
    tied = tied_up(intake, {row.member_id: row.made for row in admitted if row.member_id})
    free = [row for row in admitted if row.member_id not in tied]
    strike_many(
        members=[people[row.member_id] for row in free if row.member_id],
        because=intake.undone_because,
        by=by.actor,
        at=at,
    )
    _keep([row for row in admitted if row.member_id in tied], [Reason("something-followed")])
    for row in rows:
        if row.made.get("admitted") or row.member_id is None:
            continue
        try:
            with transaction.atomic():
                _set_back(intake, row, people[row.member_id], by, at)
        except Refused as refused:
            _keep([row], refused.reasons)
        else:
            free.append(row)
    IntakeRow.objects.filter(pk__in=[row.pk for row in free]).update(state=RowState.UNDONE)


def _set_back(intake: Intake, row: IntakeRow, member: Member, by: Member, at: datetime.datetime) -> None:
    """The change the other way round, as a new entry; only while it is the last thing written about the person."""
    made: dict[str, Any] = row.made
    if last_entry(member) != made.get("last"):
        raise Refused([Reason("something-followed")])
    for model, key in ((Standing, made.get("standing")), (Posting, made.get("posting"))):
        if key is not None:
            entry = model.objects.select_related("member").get(pk=key)
            strike(entry=entry, because=intake.undone_because, by=by, at=at)
    back = {name: value_of(name, was) for name, was, _becomes in made.get("corrected", [])}
    if back:
        correct(member=member, changes=back, reason=intake.undone_because, by=by, at=at)


def _keep(rows: Sequence[IntakeRow], reasons: list[Reason]) -> None:
    told = [[reason.code, reason.params] for reason in reasons]
    IntakeRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=RowState.KEPT, reasons=told)
