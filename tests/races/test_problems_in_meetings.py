"""Two people close one meeting at once: its problems are counted once, and one of the two is told so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from coop.meetings import actions as meetings
from coop.meetings.actions import problems, sitting
from coop.meetings.models import Meeting
from coop.production.models import MeetingHeld, Problem
from tests import make, make_production
from tests.make_production_meetings import in_session, plant
from tests.races.race import one_after_the_other, refusals


def left_alone() -> tuple[Meeting, Problem]:
    """A meeting in session that speaks about nothing, with a problem on its list."""
    house = plant()
    found = make_production.problem(house)
    held = in_session(house)
    meetings.close_sitting(sitting=held, by=house.kim, at=make.now())
    return held.meeting, found


def closing(meeting: Meeting) -> Callable[[], Any]:
    kim = meeting.prepared_by
    return lambda: meetings.close_meeting(meeting=meeting, by=kim, at=make.now())


def test_two_closings_at_once_count_the_meeting_once(committed_db: str) -> None:
    meeting, left = left_alone()
    assert refusals(one_after_the_other(closing(meeting), closing(meeting))) == ["meeting-not-in-session"]
    assert (MeetingHeld.objects.count(), make_production.fresh(left).untouched) == (1, 1)


def test_without_the_lock_of_the_meeting_the_second_is_stopped_by_postgresql_only(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nobody holds the meeting, so both find it in session, and the second meets the trigger."""
    meeting, left = left_alone()

    def read(found: Meeting) -> Meeting:
        return Meeting.objects.select_related("cooperative__chain", "body", "register").get(pk=found.pk)

    monkeypatch.setattr(sitting, "locked", read)
    monkeypatch.setattr(problems, "locked", read)
    results = one_after_the_other(closing(meeting), closing(meeting))
    assert [type(one) for one in results] == [Meeting, IntegrityError]
    assert (MeetingHeld.objects.count(), make_production.fresh(left).untouched) == (1, 1)
