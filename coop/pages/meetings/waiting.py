"""The next meetings of the bodies somebody belongs to, and the door when it is open, as the front page tells them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.asked_often import Often, given, known_already
from coop.meetings.models import Attendance, Meeting, Sitting
from coop.meetings.rules.door import sitting_at_the_door

from .. import kept
from ..access import Here, acting
from ..asked_here import Question
from ..belonging import bodies_of
from ..stories import Story
from ..timetable import say_distance, say_hour
from .alike import UNDER_WAY

FEW = 4


class _Coming(NamedTuple):
    """What is told of a meeting to everybody: `told` before its attendance book is open, then `at_the_door`."""

    meeting: Meeting
    told: Story
    at_the_door: Story


def next_meetings(here: Here, mine: Mapping[str, Any]) -> list[Story]:
    """The next meetings of one's bodies, the first on top; the one whose attendance book is open with the button to
    check in. `mine`: what the questions of `KEYS` have said."""
    coming = [one for one in kept.told_to_all(here, _coming) if one.meeting.body_id in mine["bodies"]]
    came = {one["meeting"]: datetime.datetime.fromisoformat(one["since"]) for one in mine["came"]}
    return [_story(here, one, came.get(one.meeting.pk)) for one in coming[:FEW]]


def _coming(here: Here) -> tuple[_Coming, ...]:
    """One that was convened while this is asked has no sittings yet, and is told next time."""
    sittings = defaultdict(list)
    for sitting in SITTINGS.all(cooperative=here.cooperative.pk):
        sittings[sitting.meeting_id].append(sitting)
    meetings = [
        meeting for meeting in MEETINGS.all(cooperative=here.cooperative.pk) if meeting.pk in sittings
    ]
    for meeting in meetings:
        for sitting in sittings[meeting.pk]:
            sitting.meeting = meeting
        known_already(meeting, "sittings", sittings[meeting.pk])
    return tuple(_of_everybody(here, meeting) for meeting in sorted(meetings, key=_begins))


def _meetings() -> QuerySet[Meeting]:
    found = Meeting.objects.filter(cooperative_id=given("cooperative"), state__in=UNDER_WAY)
    return found.select_related("body")


MEETINGS = Often(_meetings, told=True)
SITTINGS = Often(
    lambda: Sitting.objects.filter(meeting__cooperative=given("cooperative"), meeting__state__in=UNDER_WAY),
    told=True,
)


def _came(here: Here) -> QuerySet[Any, Any]:
    """Where the reader is checked in, and since when."""
    found = Attendance.objects.filter(
        meeting__cooperative=here.cooperative, meeting__state__in=UNDER_WAY, member=acting(here), left_at=None
    )
    return found.order_by().values(line=JSONObject(meeting="meeting_id", since="arrived_at"))


KEYS: dict[str, Question[Any]] = {
    "bodies": lambda here: bodies_of(here).order_by().values("pk"),
    "came": _came,
}


def _begins(meeting: Meeting) -> datetime.datetime:
    return min(sitting.starts_at for sitting in meeting.sittings.all())


def _of_everybody(here: Here, meeting: Meeting) -> _Coming:
    told = _told(here, meeting)
    post = reverse("meeting-check-in", args=[here.cooperative.slug, meeting.pk])
    book = _("the attendance book is open")
    at_the_door = replace(told, meta=book, button=_("I am here: check in"), post=post)
    return _Coming(meeting, told, at_the_door)


def _told(here: Here, meeting: Meeting) -> Story:
    """`meta`: how far away it is."""
    in_session = meeting.state == Meeting.State.IN_SESSION
    return Story(
        meeting.title,
        reverse("meeting", args=[here.cooperative.slug, meeting.pk]),
        kicker=meeting.label,
        text=" · ".join(
            [*(say_hour(here, sitting.starts_at) for sitting in meeting.sittings.all()), meeting.place]
        ),
        word=_("in session") if in_session else meeting.get_state_display(),
        shape="live" if in_session else "waiting",
        read_by="many",
        meta="" if in_session else say_distance(here.day, here.cooperative.day_of(_begins(meeting))),
    )


def _story(here: Here, coming: _Coming, came: datetime.datetime | None) -> Story:
    if came is not None:
        since = _("you are checked in since %(hour)s") % {"hour": say_hour(here, came)}
        return replace(coming.told, meta=since, read_by="one")
    return coming.told if sitting_at_the_door(coming.meeting, here.at) is None else coming.at_the_door
