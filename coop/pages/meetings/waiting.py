"""The next meetings of the bodies somebody belongs to, and the door when it is open, as the front page tells them."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.asked_often import Often, given, known_already
from coop.meetings.models import Attendance, Meeting, Sitting
from coop.meetings.rules.door import sitting_at_the_door

from ..access import Here, acting
from ..asked_here import asked
from ..belonging import bodies_of
from ..stories import Story
from ..timetable import say_distance, say_hour

COMING = (Meeting.State.CONVENED, Meeting.State.IN_SESSION)
FEW = 4
SITTINGS = Often(
    lambda: Sitting.objects.filter(meeting__cooperative=given("cooperative"), meeting__state__in=COMING)
)


def next_meetings(here: Here) -> list[Story]:
    """The next meetings, the first on top; the one whose attendance book is open with the button to check in."""
    meetings = coming_meetings(here)
    meetings.sort(key=_begins)
    came = {attendance.meeting_id: attendance for attendance in asked(here, _came)}
    return [_story(here, meeting, came.get(meeting.pk)) for meeting in meetings[:FEW]]


def coming_meetings(here: Here) -> list[Meeting]:
    """As `coming` finds them, each with its sittings."""
    meetings = asked(here, coming)
    sittings = defaultdict(list)
    for sitting in SITTINGS.all(cooperative=here.cooperative.pk):
        sittings[sitting.meeting_id].append(sitting)
    for meeting in meetings:
        known_already(meeting, "sittings", sittings[meeting.pk])
    return meetings


def coming(here: Here) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(cooperative=here.cooperative, state__in=COMING, body__in=bodies_of(here))
    return found.select_related("body")


def _came(here: Here) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        meeting__cooperative=here.cooperative, meeting__state__in=COMING, member=acting(here)
    )


def _begins(meeting: Meeting) -> datetime.datetime:
    return min(sitting.starts_at for sitting in meeting.sittings.all())


def _story(here: Here, meeting: Meeting, came: Attendance | None) -> Story:
    in_session = meeting.state == Meeting.State.IN_SESSION
    about = {
        "headline": meeting.title,
        "address": reverse("meeting", args=[here.cooperative.slug, meeting.pk]),
        "kicker": meeting.label,
        "text": " · ".join(
            [*(say_hour(here, sitting.starts_at) for sitting in meeting.sittings.all()), meeting.place]
        ),
        "word": _("in session") if in_session else meeting.get_state_display(),
        "shape": "live" if in_session else "waiting",
    }
    away = "" if in_session else say_distance(here.day, here.cooperative.day_of(_begins(meeting)))
    if came is not None and came.left_at is None:
        since = _("you are checked in since %(hour)s") % {"hour": say_hour(here, came.arrived_at)}
        return Story(**about, meta=since)
    if sitting_at_the_door(meeting, here.at) is None:
        return Story(**about, meta=away)
    door = _("the attendance book is open")
    post = reverse("meeting-check-in", args=[here.cooperative.slug, meeting.pk])
    return Story(**about, meta=door, button=_("I am here: check in"), post=post)
