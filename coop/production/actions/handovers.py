"""Sheets of handover: what they ask, giving one, taking it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.members.models import Member, Shift
from coop.refusals import refuse_if

from ..models import Area, Handover, HandoverAnswer, HandoverLine
from ..rules import handovers as rules
from .locks import hold


@transaction.atomic
def ask_in_handover(*, area: Area, question: str, by: Member, at: datetime.datetime) -> HandoverLine:
    """From now on every sheet of the place asks it."""
    cooperative = hold(area.department.cooperative)
    question = one_line(question)
    refuse_if(rules.obstacles_to_asking(area, question, by=by, at=at))
    line = HandoverLine.objects.create(area=area, question=question, made_at=at)
    subject = Subject("area", str(area.pk), area.name)
    write(
        cooperative.chain,
        verb="handover-asks",
        subject=subject,
        by=by.actor,
        at=at,
        facts={"question": question},
    )
    return line


@transaction.atomic
def drop_from_handover(*, line: HandoverLine, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(line.area.department.cooperative)
    line.refresh_from_db(fields=["dropped_at"])
    refuse_if(rules.obstacles_to_dropping(line, by=by, at=at))
    HandoverLine.objects.filter(pk=line.pk).update(dropped_at=at)
    subject = Subject("area", str(line.area.pk), line.area.name)
    facts = {"question": line.question}
    write(cooperative.chain, verb="handover-asks-no-more", subject=subject, by=by.actor, at=at, facts=facts)


@transaction.atomic
def hand_over(
    *,
    area: Area,
    day: datetime.date,
    shift: Shift,
    answers: Mapping[int, str | None],
    words: str = "",
    nobody_there: bool = False,
    by: Member,
    at: datetime.datetime,
) -> Handover:
    """The sheet of a shift, signed by who gives it. `answers`: by the id of the line, words or None for "nothing".

    `day`: on which the shift began. `nobody_there`: nobody came, and that is on record.
    """
    cooperative = hold(area.department.cooperative)
    given = {line: None if said is None else legible(said).strip() for line, said in answers.items()}
    refuse_if(rules.obstacles_to_handing_over(area, day=day, shift=shift, answers=given, by=by, at=at))
    sheet = Handover.objects.create(
        area=area,
        day=day,
        shift=shift,
        words=legible(words).strip(),
        nobody_there=nobody_there,
        given_by=by,
        given_at=at,
    )
    HandoverAnswer.objects.bulk_create(
        HandoverAnswer(handover=sheet, line_id=line, nothing=said is None, words=said or "")
        for line, said in given.items()
    )
    write(
        cooperative.chain,
        verb="shift-left-to-nobody" if nobody_there else "shift-handed-over",
        subject=_subject(sheet),
        by=by.actor,
        at=at,
        facts={"shift": shift.name, "day": day.isoformat()},
    )
    return sheet


@transaction.atomic
def take_over(*, sheet: Handover, words: str = "", by: Member, at: datetime.datetime) -> None:
    """Read and signed by the other side, with what they see otherwise."""
    held = Handover.objects.select_for_update(of=("self",), no_key=True)
    sheet = held.select_related("area__department__cooperative__chain", "shift").get(pk=sheet.pk)
    refuse_if(rules.obstacles_to_taking_over(sheet, by=by, at=at))
    Handover.objects.filter(pk=sheet.pk).update(taken_by=by, taken_at=at, taken_words=legible(words).strip())
    write(
        sheet.area.department.cooperative.chain,
        verb="shift-taken-over",
        subject=_subject(sheet),
        by=by.actor,
        at=at,
        facts={"shift": sheet.shift.name, "day": sheet.day.isoformat()},
    )


def _subject(sheet: Handover) -> Subject:
    return Subject("handover", str(sheet.pk), sheet.area.name)
