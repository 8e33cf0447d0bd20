"""What everybody reads alike of a meeting: its number and hours, its papers, its timetable, its quorum.

Drawn once for all of them, and again as soon as the meeting, its register or one of its sittings reads otherwise.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coop.asked_often import Said
from coop.meetings.models import Meeting
from coop.meetings.quorum import NO_SECOND_CALL

from .. import kept, timetable
from ..access import Here
from ..agenda.agenda import MEETING_SHAPES

UNDER_WAY = (Meeting.State.CONVENED, Meeting.State.IN_SESSION)


def of_meeting(
    here: Here, meeting: Meeting, said: tuple[Said, ...], *, minutes_closed: bool
) -> dict[str, SafeString]:
    """`said`: everything the database says of the meeting and of its sittings."""
    house = here.cooperative
    # Its notice says what holds for a meeting; one that was never announced follows the bylaws of the day.
    bylaws = None if meeting.number else here.bylaws.pk

    def shown() -> dict[str, Any]:
        under_way = meeting.state in UNDER_WAY
        return {"meeting": meeting, "shape": MEETING_SHAPES[meeting.state], "under_way": under_way}

    def steps() -> dict[str, Any]:
        return {"steps": timetable.steps(meeting, here, minutes_closed=minutes_closed)}

    return {
        "kicker": kept.drawn("meetings/kicker.html", house, said, shown),
        "hours": kept.drawn("meetings/hours.html", house, said, shown),
        "papers": kept.drawn("meetings/papers.html", house, said, shown),
        "steps": kept.drawn("shared/steps.html", house, (said, here.day, minutes_closed, bylaws), steps),
    }


def quorum(here: Here, meeting: Meeting, said: tuple[Said, ...]) -> SafeString:
    """Of a meeting under way: its clock, and in words how many must be there."""
    clock = timetable.clock(meeting, here)
    tells = (clock.quorum, clock.sentence) if clock else None

    def read() -> dict[str, Any]:
        rules = timetable.rules_of_the_notice(meeting)
        size = meeting.register.people if meeting.register else None
        return {
            "meeting": meeting,
            "clock": clock,
            "address": reverse("meeting", args=[here.cooperative.slug, meeting.pk]),
            "first_call": timetable.say_first_call(rules, size),
            "second_call": say_second_call(rules, size),
            "second_call_minutes": meeting.second_call_minutes,
        }

    return kept.drawn("meetings/quorum.html", here.cooperative, (said, tells), read, briefly=True)


def say_second_call(rules: timetable.QuorumRules, size: int | None) -> str:
    if rules.second.rule == NO_SECOND_CALL:
        return _("the number of the first call holds")
    return timetable.say_second_call(rules, size)
