"""Working tables begun and ended."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.actions import begin_mandate, create_body, create_office, end_mandate
from coop.members.actions.bodies import locked as locked_body
from coop.members.models import Body, Mandate, Member, Posting, Power, Seat
from coop.refusals import refuse_if

from ..models import WorkingTable
from ..tables import obstacles_to_beginning, obstacles_to_ending

GRACE = datetime.timedelta(days=91)  # after its last day a table can still meet, to end with a report


@transaction.atomic
def begin_table(
    *,
    parent: Body,
    name: str,
    task: str,
    measure: str,
    before: str = "",
    ends_on: datetime.date,
    people: Sequence[Member],
    document: str,
    by: Member,
    at: datetime.datetime,
) -> WorkingTable:
    """A body of its own, with a seat for each, kept for the department they work in. The first of them calls it.

    A seat at the table carries no power and counts at once. To call and lead it does, so that mandate waits for a
    second office-holder like every other that is entered by hand.
    """
    parent = locked_body(parent.pk)
    refuse_if(obstacles_to_beginning(parent, ends_on=ends_on, people=people, by=by, at=at))
    house = parent.cooperative
    spoken = house.language if house.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(spoken):
        titles = {"seat": _("delegate at the table"), "convener": _("convener")}
    body = create_body(
        cooperative=house,
        code=_free_code(parent),
        name=name.strip(),
        kind=Body.Kind.WORKING_TABLE,
        composition=Body.Composition.MANDATE,
        by=by.actor,
        at=at,
    )
    table = WorkingTable.objects.create(
        body=body,
        parent=parent,
        task=task.strip(),
        measure=measure.strip(),
        before=before.strip(),
        ends_on=ends_on,
        begun_by=by,
        begun_at=at,
    )
    postings = Posting.objects.filter(Posting.on(house.day_of(at)), member__in=people).select_related(
        "department"
    )
    homes = {posting.member_id: posting.department for posting in postings}
    office = create_office(
        body=body,
        title=titles["seat"],
        seats=[(False, None, homes.get(one.pk)) for one in people],
        by=by.actor,
        at=at,
    )
    until = datetime.datetime.combine(ends_on + GRACE, datetime.time(), house.zone)
    named: dict[str, Any] = {
        "since": at,
        "until": until,
        "begun": Mandate.Begun.NAMED,
        "document": document,
        "by": by.actor,
        "at": at,
    }
    for seat, one in zip(Seat.objects.filter(office=office).order_by("number"), people, strict=True):
        begin_mandate(seat=seat, member=one, **named)
    powers = [(power, body) for power in (Power.CONVENE, Power.CHAIR, Power.RECORD_MINUTES)]
    calls = create_office(body=body, title=titles["convener"], powers=powers, by=by.actor, at=at)
    begin_mandate(seat=calls.seats.get(), member=people[0], entered_by=by, **named)
    write(
        house.chain,
        verb="table-begun",
        subject=Subject("table", str(table.pk), body.name),
        by=by.actor,
        at=at,
        facts={
            "body": parent.name,
            "ends_on": ends_on.isoformat(),
            "members": [one.number for one in people],
        },
    )
    return table


def _free_code(parent: Body) -> str:
    """C-POT-T2: that of the council, and which of its tables it is. The row of the council is held."""
    number = WorkingTable.objects.filter(parent=parent).count() + 1
    while Body.objects.filter(cooperative=parent.cooperative, code=_code(parent, number)).exists():
        number += 1
    return _code(parent, number)


def _code(parent: Body, number: int) -> str:
    tail = f"-T{number}"
    return parent.code[: 16 - len(tail)] + tail


@transaction.atomic
def end_table(
    *, table: WorkingTable, after: str, report: str, by: Member, at: datetime.datetime
) -> WorkingTable:
    """With its report the table is over, and so is everything held in it."""
    locked_body(table.body_id)
    table = (
        WorkingTable.objects.select_for_update(of=("self",), no_key=True)
        .select_related("body__cooperative__chain", "parent__cooperative")
        .get(pk=table.pk)
    )
    refuse_if(obstacles_to_ending(table, report=report, by=by, at=at))
    table.after, table.report, table.ended_at = after.strip(), report.strip(), at
    table.save(update_fields=["after", "report", "ended_at"])
    held = Mandate.objects.filter(seat__office__body=table.body, ended="").exclude(until__lte=at)
    for mandate in held.select_related("member__cooperative__chain", "seat__office"):
        end_mandate(mandate=mandate, ended=Mandate.Ended.TERM, document=table.body.code, by=by.actor, at=at)
    write(
        table.body.cooperative.chain,
        verb="table-ended",
        subject=Subject("table", str(table.pk), table.body.name),
        by=by.actor,
        at=at,
    )
    return table
