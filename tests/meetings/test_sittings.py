"""Two sittings of one meeting, for the night and for the morning: opened, closed, given up, and told in the minutes."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Attendance, Meeting, Sitting
from coop.meetings.rules.door import sitting_at_the_door
from coop.meetings.rules.sittings import obstacles_to_closing_meeting, quorum_of
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
NIGHT = datetime.datetime(2026, 3, 21, 1, tzinfo=datetime.UTC)  # 22:00 on the 20th in Buenos Aires
MORNING = NIGHT + 8 * HOUR


@pytest.fixture
def plant() -> make.Plant:
    return make.plant(bylaws={"quorum_second_rule": "number", "quorum_second_number": 2})


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    return convened(plant, NIGHT)


def convened(plant: make.Plant, night: datetime.datetime) -> Meeting:
    at = night - make.days(18)
    made = meetings.prepare(
        body=plant.assembly, kind="extraordinary", title="Canteen", place="Hall",
        sittings=[night, night + 8 * HOUR], by=plant.ana, at=at,
    )  # fmt: skip
    motion = make.supported_motion(plant, at=night - make.days(20))
    meetings.add_item(meeting=made, kind=AgendaItem.Kind.PROPOSAL, proposal=motion, by=plant.ana, at=at)
    return meetings.convene(meeting=made, by=plant.ana, at=at)


def come(plant: make.Plant, meeting: Meeting, names: str, at: datetime.datetime) -> list[Attendance]:
    people = [plant.people[name] for name in names.split()]
    return [meetings.check_in(meeting=meeting, member=one, by=one, at=at) for one in people]


def sittings(meeting: Meeting) -> tuple[Sitting, Sitting]:
    night, morning = Sitting.objects.filter(meeting=meeting).select_related("meeting__register")
    return night, morning


def opened(plant: make.Plant, sitting: Sitting, at: datetime.datetime) -> Sitting:
    return meetings.open_sitting(sitting=sitting, by=plant.bo, at=at)


def closed(plant: make.Plant, sitting: Sitting, at: datetime.datetime) -> Sitting:
    return meetings.close_sitting(sitting=sitting, by=plant.bo, at=at)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_a_night_and_a_morning(plant: make.Plant, meeting: Meeting) -> None:
    """Each sitting counts its own; a person has one line in the book, whichever sittings they came to."""
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    night, morning = sittings(meeting)
    assert opened(plant, night, NIGHT).present_at_opening == 7
    closed(plant, night, NIGHT + 2 * HOUR)
    assert not Attendance.objects.filter(meeting=meeting, left_at=None).exists()

    come(plant, meeting, "hal ida", MORNING)
    come(plant, meeting, "bo", MORNING)  # comes back: chairs both
    assert Attendance.objects.filter(meeting=meeting, member=plant.bo).count() == 1
    night, morning = sittings(meeting)
    clock = quorum_of(morning, MORNING)
    assert (clock.present, clock.needed, clock.reached) == (3, 7, False)
    morning = opened(plant, morning, MORNING + HOUR)
    assert (morning.opened_on_call, morning.present_at_opening) == (2, 3)

    meeting.refresh_from_db()
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=MORNING + 2 * HOUR)
    meeting.refresh_from_db()
    text = compose(meeting, language="en")
    assert "9 members with a vote came, of 12 on the register." in text
    assert "on first call with 7 present." in text
    assert "on second call with 3 present." in text


def test_the_morning_does_not_live_on_the_people_of_the_night(plant: make.Plant, meeting: Meeting) -> None:
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    night, morning = sittings(meeting)
    opened(plant, night, NIGHT)
    assert quorum_of(morning, MORNING).present == 0
    with pytest.raises(Refused) as refusal:
        opened(plant, morning, MORNING + HOUR)
    assert codes(refusal) == ["no-quorum"]


def test_a_meeting_whose_morning_finds_no_quorum_ends(plant: make.Plant, meeting: Meeting) -> None:
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    night, _morning = sittings(meeting)
    opened(plant, night, NIGHT)
    closed(plant, night, NIGHT + HOUR)
    come(plant, meeting, "hal", MORNING)
    meeting.refresh_from_db()
    early = MORNING + HOUR - datetime.timedelta(seconds=1)
    reasons = obstacles_to_closing_meeting(meeting, by=plant.bo, at=early)
    assert [reason.code for reason in reasons] == ["sitting-still-to-come"]
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=MORNING + HOUR)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CLOSED
    text = compose(meeting, language="en")
    assert "It was not held: no quorum. 1 with a vote had come, 2 were needed." in text


def test_a_night_without_quorum_is_given_up_and_its_people_may_come_in_the_morning(
    plant: make.Plant, meeting: Meeting
) -> None:
    come(plant, meeting, "eve", NIGHT)
    night, morning = sittings(meeting)
    with pytest.raises(Refused) as refusal:
        closed(plant, night, NIGHT)
    assert codes(refusal) == ["sitting-still-to-come"]
    closed(plant, night, NIGHT + HOUR)
    told = Entry.objects.latest("sequence")
    assert (told.verb, told.facts) == ("sitting-not-held", {"sitting": 1, "present": 1})
    with pytest.raises(Refused) as refusal:
        opened(plant, night, NIGHT + HOUR)
    assert codes(refusal) == ["sitting-closed-already"]
    come(plant, meeting, "eve fay", MORNING)
    assert opened(plant, morning, MORNING + HOUR).present_at_opening == 2
    meeting.refresh_from_db()
    text = compose(meeting, language="en")
    assert "It was not held: no quorum. 1 with a vote had come, 2 were needed." in text


def test_enough_had_come_and_nobody_opened(plant: make.Plant, meeting: Meeting) -> None:
    come(plant, meeting, "eve fay gus", NIGHT)
    closed(plant, sittings(meeting)[0], NIGHT + HOUR)
    meeting.refresh_from_db()
    text = compose(meeting, language="en")
    assert "It was not held; 3 with a vote had come." in text
    assert "It has not been opened yet." in text


def test_closing_wants_an_office_and_happens_once_and_the_vote_rests_meanwhile(
    plant: make.Plant, meeting: Meeting
) -> None:
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    night, _morning = sittings(meeting)
    opened(plant, night, NIGHT)
    item = meeting.items.get(number=1)
    meetings.open_vote(item=item, by=plant.bo, at=NIGHT)
    with pytest.raises(Refused) as refusal:
        meetings.close_sitting(sitting=night, by=plant.eve, at=NIGHT + HOUR)
    assert codes(refusal) == ["no-mandate"]
    with pytest.raises(Refused) as refusal:
        meetings.close_vote(item=item, by=plant.bo, at=NIGHT + HOUR)
    assert codes(refusal) == ["sitting-still-to-vote"]
    closed(plant, night, NIGHT + HOUR)
    told = Entry.objects.latest("sequence")
    assert (told.verb, told.facts) == ("sitting-closed", {"sitting": 1, "present": 7})
    with pytest.raises(Refused) as refusal:
        closed(plant, night, NIGHT + HOUR)
    assert codes(refusal) == ["sitting-closed-already"]
    item.refresh_from_db()
    assert item.decision is not None
    assert (item.decision.ballot.state, item.decision.ballot.parts_over) == ("open", [1])


def test_whoever_comes_goes_to_the_sitting_of_the_hour(plant: make.Plant, meeting: Meeting) -> None:
    def door(at: datetime.datetime) -> int | None:
        fresh = Meeting.objects.get(pk=meeting.pk)
        sitting = sitting_at_the_door(fresh, at)
        return sitting.number if sitting else None

    assert door(NIGHT - 3 * HOUR) is None
    assert door(NIGHT - HOUR) == 1
    assert door(MORNING - 3 * HOUR) == 1  # on second call it may still open
    assert door(MORNING - HOUR) == 2  # nobody opened the night
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    night, morning = sittings(meeting)
    opened(plant, night, NIGHT)
    assert door(MORNING) == 1  # open, until it is closed
    closed(plant, night, NIGHT + HOUR)
    assert door(NIGHT + 2 * HOUR) is None
    assert door(MORNING) == 2
    closed(plant, morning, MORNING + HOUR)
    assert door(MORNING + HOUR) is None


def test_of_two_open_sittings_the_one_opened_last(plant: make.Plant, meeting: Meeting) -> None:
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    night, morning = sittings(meeting)
    opened(plant, night, NIGHT)
    Sitting.objects.filter(pk=morning.pk).update(opened_at=MORNING)
    sitting = sitting_at_the_door(Meeting.objects.get(pk=meeting.pk), MORNING)
    assert sitting == morning


def test_the_end_of_a_meeting_and_its_hour_are_written_together(plant: make.Plant, meeting: Meeting) -> None:
    """Its minutes, its reports back and the desk of its secretary read the hour; PostgreSQL holds both together."""
    come(plant, meeting, "ana bo cy dee eve fay gus", NIGHT)
    opened(plant, sittings(meeting)[0], NIGHT)
    of_it = Meeting.objects.filter(pk=meeting.pk)
    with pytest.raises(IntegrityError, match="closed_meeting_has_its_hour"), transaction.atomic():
        of_it.update(state=Meeting.State.CLOSED)
    with pytest.raises(IntegrityError, match="closed_at never changes at the step"), transaction.atomic():
        of_it.update(closed_at=MORNING)
    assert of_it.update(state=Meeting.State.CLOSED, closed_at=MORNING) == 1


def test_the_desk_closes_a_sitting(plant: make.Plant, client: Client) -> None:
    starts = make.now() - 2 * HOUR
    meeting = convened(plant, starts)
    come(plant, meeting, "ana bo cy dee eve fay gus", starts)
    night, _morning = sittings(meeting)
    opened(plant, night, starts)
    make.sign_in(client, plant.ana)
    desk = f"/bakery/meetings/{meeting.pk}/attendance/"
    page = client.get(desk).content.decode()
    address = f"/bakery/meetings/{meeting.pk}/sittings/1/close/"
    assert f'action="{address}"' in page
    assert "/sittings/2/close/" not in page  # still to come
    answer = client.post(address, follow=True)
    assert "Sitting 1 is closed." in answer.content.decode()
    assert f'action="{address}"' not in answer.content.decode()
    night.refresh_from_db()
    assert night.closed_at is not None


def test_a_meeting_of_one_sitting_has_only_the_end_of_the_meeting(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant)
    make.sign_in(client, plant.ana)
    assert (
        "/sittings/1/close/" not in client.get(f"/bakery/meetings/{meeting.pk}/attendance/").content.decode()
    )
