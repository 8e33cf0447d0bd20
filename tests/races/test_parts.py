"""A sitting ends while somebody of it votes, and while somebody checks in at another."""

from __future__ import annotations

import datetime

import pytest

from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, Sitting
from tests import make
from tests.meetings.test_sittings import HOUR, come, convened, opened
from tests.races.race import one_after_the_other, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def under_way() -> tuple[make.Plant, Meeting, Ballot, datetime.datetime]:
    """Seven are in the night sitting, and a vote on screens is open; the morning is eight hours later."""
    plant = make.plant(bylaws={"quorum_second_rule": "number", "quorum_second_number": 2})
    night = make.now() - 9 * HOUR
    meeting = convened(plant, night)
    come(plant, meeting, "ana bo cy dee eve fay gus", night)
    opened(plant, Sitting.objects.select_related("meeting").get(meeting=meeting, number=1), night)
    item = meeting.items.get(number=1)
    return plant, meeting, meetings.open_vote(item=item, by=plant.bo, at=night).ballot, night + 8 * HOUR


def end(plant: make.Plant, meeting: Meeting) -> None:
    first = Sitting.objects.select_related("meeting").get(meeting=meeting, number=1)
    meetings.close_sitting(sitting=first, by=plant.bo, at=make.now())


def test_a_vote_in_flight_is_in_before_the_sitting_ends() -> None:
    plant, meeting, ballot, _morning = under_way()
    results = one_after_the_other(lambda: make.cast(ballot, plant.eve), lambda: end(plant, meeting))
    assert refusals(results) == []
    assert RollEntry.objects.filter(ballot=ballot, channel="phone", part=1).count() == 1


def test_a_vote_behind_the_end_of_the_sitting_is_refused() -> None:
    plant, meeting, ballot, _morning = under_way()
    results = one_after_the_other(lambda: end(plant, meeting), lambda: make.cast(ballot, plant.eve))
    assert refusals(results) == ["sitting-has-voted"]
    assert not NamedVote.objects.exists()


def test_one_ends_while_the_other_fills() -> None:
    plant, meeting, ballot, morning = under_way()
    results = race(
        [
            lambda: end(plant, meeting),
            lambda: come(plant, meeting, "hal", morning),
            lambda: make.cast(ballot, plant.fay),
        ]
    )
    assert set(refusals(results)) <= {"sitting-has-voted"}
    fresh = Ballot.objects.get(pk=ballot.pk)
    assert fresh.parts_over == [1]
    voted = RollEntry.objects.filter(ballot=ballot, channel="phone").count()
    assert voted + len(refusals(results)) == 1
    hal = RollEntry.objects.get(ballot=ballot, member=plant.hal)
    assert hal.part in (None, 1, 2)
    assert RollEntry.objects.filter(ballot=ballot, part=1, present=True).count() in (7, 8)
