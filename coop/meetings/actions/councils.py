"""What a department tells its delegates, what they tell it, and a seat that falls empty by absence."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.members.actions import end_mandate
from coop.members.actions.bodies import locked as locked_body
from coop.members.actions.moving_up import move_up
from coop.members.models import Department, Mandate, Member
from coop.refusals import refuse_if

from ..councils import (
    delegates,
    mandates_of,
    obstacles_to_instructing,
    obstacles_to_reading,
    obstacles_to_reporting_back,
    obstacles_to_vacating,
    with_absences,
)
from ..models import AgendaItem, Instruction, Meeting, ReportBack, ReportRead
from .locks import locked, subject_of

LONGEST = 200  # characters of a document


@transaction.atomic
def instruct(
    *,
    item: AgendaItem,
    department: Department,
    choice: str,
    text: str,
    source: str,
    given_on: datetime.date,
    votes_for: int | None = None,
    votes_against: int | None = None,
    by: Member,
    at: datetime.datetime,
) -> Instruction:
    """Written down before the vote. A later one replaces the one before, and both stay legible."""
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_related("decision").get(pk=item.pk)
    item.meeting = meeting
    refuse_if(obstacles_to_instructing(item, department=department, given_on=given_on, by=by, at=at))
    before = Instruction.objects.filter(item=item, department=department, replaced_by=None).first()
    made = Instruction.objects.create(
        item=item,
        department=department,
        choice=choice,
        text=text.strip(),
        source=source.strip(),
        given_on=given_on,
        votes_for=votes_for,
        votes_against=votes_against,
        replaces=before,
        entered_by=by,
        entered_at=at,
    )
    write(
        meeting.cooperative.chain,
        verb="instruction-given",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"item": item.place, "department": department.name, "instruction": str(choice)},
    )
    return made


@transaction.atomic
def report_back(
    *, meeting: Meeting, text: str, told_at: str = "", by: Member, at: datetime.datetime
) -> ReportBack:
    meeting = locked(meeting)
    refuse_if(obstacles_to_reporting_back(meeting, by=by, at=at))
    made = ReportBack.objects.create(
        meeting=meeting, member=by, text=text.strip(), told_at=told_at.strip(), reported_at=at
    )
    write(meeting.cooperative.chain, verb="reported-back", subject=subject_of(meeting), by=by.actor, at=at)
    return made


@transaction.atomic
def read_report(*, report: ReportBack, by: Member, at: datetime.datetime) -> None:
    """Counted, and told in no journal: who has read what concerns nobody."""
    locked(report.meeting)
    refuse_if(obstacles_to_reading(report, by=by, at=at))
    ReportRead.objects.create(report=report, member=by, read_at=at)


@transaction.atomic
def vacate_seat(*, mandate: Mandate, by: Member, at: datetime.datetime) -> list[Mandate]:
    """Absent too often: everything the person holds in that council ends, and alternates move up. Returns who did."""
    body = locked_body(mandate.seat.office.body_id)
    mandate.seat.office.body = body
    bylaws = Bylaws.in_force(body.cooperative, body.cooperative.day_of(at))
    refuse_if(obstacles_to_vacating(mandate, by=by, at=at, bylaws=bylaws))
    one = next(one for one in delegates(body, at) if one.mandate.member_id == mandate.member_id)
    missed = with_absences([one], at)[0].missed
    document = ", ".join(meeting.label for meeting in missed)
    if len(document) > LONGEST:
        document = f"{missed[0].label} … {missed[-1].label} ({len(missed)})"
    moved = []
    for held in mandates_of(body, at).filter(member=mandate.member_id):
        held.member.cooperative = body.cooperative
        until = held.until
        end_mandate(mandate=held, ended=Mandate.Ended.ABSENT, document=document, by=by.actor, at=at)
        successor = move_up(seat=held.seat, until=until, document=document, by=by.actor, at=at)
        moved += [successor] if successor else []
    return moved
