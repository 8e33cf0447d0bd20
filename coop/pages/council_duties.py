"""What a council asks of its desk today: a seat to declare empty, a table past its day, a meeting that is due, a report
that is late."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.meetings import councils as rules
from coop.meetings.models import Meeting, WorkingTable
from coop.members.models import Body, Power

from .access import Here
from .stories import Story
from .timetable import say_day, say_distance


def duties(here: Here) -> list[Story]:
    """For who calls or records councils; nobody else is asked a question for it."""
    if not here.powers.any_of(rules.DESK):
        return []
    everywhere = any(power in rules.DESK and where is None for power, where in here.powers.held)
    bodies = rules.councils(here.cooperative.pk)
    over = [where for power, where in here.powers.held if power in rules.DESK and where is not None]
    mine = list(bodies if everywhere else bodies.filter(pk__in=over))
    for body in mine:
        body.cooperative = here.cooperative
    return [story for body in mine for story in [*_empty(here, body), *_to_meet(here, body)]] + _tables(
        here, over
    )


def _empty(here: Here, body: Body) -> list[Story]:
    found = rules.absent_too_often(body, here.at, here.bylaws)
    return [
        Story(
            kicker=_("Absent too often"),
            headline=one.member.name,
            address=reverse("seat-vacate", args=[here.cooperative.slug, one.mandate.pk]),
            word=ngettext("missed %(many)s meeting", "missed %(many)s meetings", len(one.missed))
            % {"many": len(one.missed)},
            shape="late",
            meta=body.name,
        )
        for one in found
    ]


def _to_meet(here: Here, body: Body) -> list[Story]:
    """The day by which it had to meet has passed, and nothing is called."""
    day = rules.meets_until(body, here.bylaws)
    if day is None or day >= here.day:
        return []
    called = Q(state__in=[Meeting.State.CONVENED, Meeting.State.IN_SESSION])
    if Meeting.objects.filter(called, body=body).exists():
        return []
    return [
        Story(
            kicker=_("To call"),
            headline=body.name,
            address=reverse("council", args=[here.cooperative.slug, body.code]),
            word=_("overdue"),
            shape="late",
            meta=_("it had to meet by %(day)s") % {"day": say_day(day)},
        )
    ]


def _tables(here: Here, over: list[int]) -> list[Story]:
    """Past their last day and without a report. One query."""
    found = WorkingTable.objects.filter(
        body__cooperative=here.cooperative, ended_at=None, ends_on__lt=here.day
    ).select_related("body", "parent")
    calls = [where for power, where in here.powers.held if power == Power.CONVENE]
    mine = found if None in calls else found.filter(Q(parent__in=over) | Q(body__in=over))
    return [
        Story(
            kicker=_("Working table"),
            headline=one.body.name,
            address=reverse("working-table", args=[here.cooperative.slug, one.pk]),
            word=_("its day has passed"),
            shape="late",
            meta=say_distance(here.day, one.ends_on),
        )
        for one in mine
    ]
