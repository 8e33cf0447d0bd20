"""What a council asks of its desk today: a seat to declare empty, a table past its day, a meeting that is due, a report
that is late."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.meetings import councils as rules
from coop.meetings.models import Meeting, WorkingTable
from coop.members.models import Body

from ..access import Here
from ..stories import Duty, Story
from ..timetable import say_day, say_distance


def duties(here: Here) -> list[Story]:
    """For who calls or records councils; nobody else is asked a question for it."""
    if not here.powers.any_of(rules.DESK):
        return []
    mine = rules.councils(here.cooperative.pk).filter(here.powers.over(*rules.DESK, field="pk"))
    bodies = {body.pk: body for body in mine}
    for body in bodies.values():
        body.cooperative = here.cooperative
    return [*_empty(here, bodies), *_to_meet(here, bodies), *_tables(here)]


def _empty(here: Here, bodies: Mapping[int, Body]) -> list[Story]:
    if not bodies:
        return []
    found = rules.absent_too_often(bodies.values(), here.at, here.bylaws)
    return [
        Story(
            kicker=_("Absent too often"),
            headline=one.member.name,
            address=reverse("seat-vacate", args=[here.cooperative.slug, one.mandate.pk]),
            word=ngettext("missed %(many)s meeting", "missed %(many)s meetings", len(one.missed))
            % {"many": len(one.missed)},
            shape="late",
            meta=bodies[one.seat.office.body_id].name,
        )
        for one in found
    ]


def _to_meet(here: Here, bodies: Mapping[int, Body]) -> list[Story]:
    """The day by which they had to meet has passed, and nothing is called."""
    if not bodies:
        return []
    until = rules.meets_until(bodies.values(), here.bylaws)
    overdue = {key: day for key, day in until.items() if day < here.day}
    called = Meeting.objects.filter(
        body__in=overdue, state__in=[Meeting.State.CONVENED, Meeting.State.IN_SESSION]
    )
    for key in called.values_list("body", flat=True) if overdue else ():
        overdue.pop(key, None)
    return [
        Duty(
            kicker=_("To call"),
            headline=bodies[key].name,
            address=reverse("council", args=[here.cooperative.slug, bodies[key].code]),
            word=_("overdue"),
            shape="late",
            meta=_("it had to meet by %(day)s") % {"day": say_day(day)},
            until=day,
        )
        for key, day in overdue.items()
    ]


def _tables(here: Here) -> list[Story]:
    """Past their last day and without a report. One query."""
    theirs = here.powers.over(*rules.DESK, field="parent") | here.powers.over(*rules.DESK)
    mine = WorkingTable.objects.filter(
        theirs, body__cooperative=here.cooperative, ended_at=None, ends_on__lt=here.day
    ).select_related("body", "parent")
    return [
        Duty(
            kicker=_("Working table"),
            headline=one.body.name,
            address=reverse("working-table", args=[here.cooperative.slug, one.pk]),
            word=_("its day has passed"),
            shape="late",
            meta=say_distance(here.day, one.ends_on),
            until=one.ends_on,
        )
        for one in mine
    ]
