"""A page of the signed book: many come in by one act, as if one after the other had been written down."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coop.ballots.models import RollEntry
from coop.journal.models import Entry
from coop.journal.verify import verify
from coop.meetings import actions as meetings
from coop.meetings.models import Attendance, Stay
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


def test_a_page_is_what_one_after_the_other_would_be() -> None:
    plant = make.plant()
    hired = make.member(plant.cooperative, 90, "Pia", kind="hired")
    meeting = make.convened_meeting(plant)
    at = make.now()
    people = [plant.eve, plant.fay, hired]
    meetings.check_in_all(meeting=meeting, members=people, by=plant.ana, at=at)
    rows = Attendance.objects.filter(meeting=meeting).order_by("member__number")
    assert [(one.member, one.votes, one.how, one.recorded_by, one.arrived_at) for one in rows] == [
        (one, one != hired, "paper", plant.ana, at) for one in sorted(people, key=lambda who: who.number)
    ]
    assert Stay.objects.filter(attendance__in=rows, went_at=None).count() == 3
    lines = Entry.objects.filter(verb="checked-in").order_by("sequence")
    assert [line.facts for line in lines] == [{"member": one.number, "votes": one != hired} for one in people]
    assert verify([plant.cooperative.chain]) == []


def test_who_went_out_comes_back_and_the_others_are_not_asked_again() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    gone = Attendance.objects.get(meeting=meeting, member=plant.eve)
    meetings.leave(attendance=gone, by=plant.ana, at=make.now())
    meetings.check_in_all(meeting=meeting, members=[plant.eve, plant.ida], by=plant.ana, at=make.now())
    verbs = Entry.objects.filter(verb__in=["came-back", "checked-in"]).order_by("-sequence")[:2]
    assert [line.verb for line in verbs] == ["checked-in", "came-back"]
    assert Attendance.objects.get(pk=gone.pk).left_at is None
    assert Stay.objects.filter(attendance=gone).count() == 2


def test_whoever_comes_while_a_vote_is_open_may_vote_unless_they_step_aside() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(number=2)
    meetings.step_aside(item=item, member=plant.jo, because="Own oven", by=plant.jo, at=make.now())
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    meetings.check_in_all(meeting=meeting, members=[plant.ida, plant.jo], by=plant.ana, at=make.now())
    present = RollEntry.objects.filter(ballot=decision.ballot, present=True)
    there = {plant.people[name.lower()].pk for name in make.NAMES[:8]}
    assert set(present.values_list("member", flat=True)) == there | {plant.ida.pk}


def test_all_or_nobody() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    stranger = make.member(make.plant(slug="mill").cooperative, 500, "Quin")
    before = Attendance.objects.count()
    for people, codes in (
        ([plant.ida, plant.bo], ["checked-in-already"]),
        ([plant.ida, plant.ida], ["checked-in-already"]),
        ([plant.ida, stranger], ["not-in-the-register"]),
    ):
        with pytest.raises(Refused) as refused:
            meetings.check_in_all(meeting=meeting, members=people, by=plant.ana, at=make.now())
        assert [reason.code for reason in refused.value.reasons] == codes
    with pytest.raises(Refused, match="no-mandate"):
        meetings.check_in_all(meeting=meeting, members=[plant.ida], by=plant.eve, at=make.now())
    assert Attendance.objects.count() == before


def test_a_page_of_thirty_asks_no_more_than_a_page_of_one() -> None:
    plant = make.plant()
    crowd = [make.member(plant.cooperative, 200 + number, f"P{number:03}") for number in range(31)]
    meeting = make.convened_meeting(plant, motions=())
    meetings.check_in(meeting=meeting, member=plant.ana, by=plant.ana, at=make.now())  # the register is final
    asked = []
    for people in (crowd[:1], crowd[1:]):
        with CaptureQueriesContext(connection) as queries:
            meetings.check_in_all(meeting=meeting, members=people, by=plant.ana, at=make.now())
        told = [one["sql"] for one in queries if "journal_" not in one["sql"]]
        asked.append(len(told))
    assert asked[0] == asked[1]


def test_before_the_doors_open_there_is_no_page() -> None:
    plant = make.plant()
    meeting = make.convened_meeting(plant, starts_at=make.now() + datetime.timedelta(days=2))
    with pytest.raises(Refused, match="doors-closed"):
        meetings.check_in_all(meeting=meeting, members=[plant.eve], by=plant.ana, at=make.now())


def test_coming_in_alone_is_twelve_statements() -> None:
    plant = make.plant()
    meeting = make.convened_meeting(plant)
    for who in (
        plant.ana,
        plant.bo,
    ):  # the register is final, and the words of the questions are put together
        meetings.check_in(meeting=meeting, member=who, by=plant.ana, at=make.now())
    with CaptureQueriesContext(connection) as queries:
        meetings.check_in(meeting=meeting, member=plant.eve, by=plant.ana, at=make.now())
    asked = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) == 12, asked
