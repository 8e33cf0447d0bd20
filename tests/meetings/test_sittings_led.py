"""Who leads for the day, who steps aside, who is counted, and a sitting that goes on on another day."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, RollEntry
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import ConflictOfInterest, Meeting, QuorumCount, Sitting, SittingOffice
from coop.meetings.ways import Way
from coop.members.models import Power
from coop.pages.meetings.wall_code import code_at
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
PRESENT, ASIDE = 212, 19
FIGURES = {"for": 171, "against": 8, "abstain": 14}


def sitting_of(meeting: Meeting, number: int = 1) -> Sitting:
    return Sitting.objects.select_related("meeting").get(meeting=meeting, number=number)


# --- Stepping aside -------------------------------------------------------------------------------------------------


def test_the_council_and_the_coordinators_on_their_own_report() -> None:
    """212 are there, 19 do not vote on their own accounts: 171 for, 8 against, 14 abstain, of 193."""
    plant = make.plant()
    motion = make.supported_motion(plant)
    crowd = [plant.people[name.lower()] for name in make.NAMES]
    crowd += [
        make.member(plant.cooperative, 100 + number, f"P{number:03}")
        for number in range(PRESENT - len(crowd))
    ]
    meeting = make.convened_meeting(plant, motions=[motion])
    at = make.now()
    for one in crowd[:-1]:
        meetings.check_in(meeting=meeting, member=one, by=plant.ana, at=at)
    meetings.open_sitting(sitting=sitting_of(meeting), by=plant.bo, at=at)
    item = meeting.items.get(number=2)
    aside = crowd[12 : 12 + ASIDE - 1] + crowd[-1:]
    meetings.step_aside_all(item=item, members=aside, because="Their own accounts", by=plant.ana, at=at)
    decision = meetings.open_vote(item=item, way=Way.HANDS, by=plant.bo, at=at)
    meetings.check_in(meeting=meeting, member=crowd[-1], by=plant.ana, at=make.now())  # late, and aside
    ballots.name_tellers(ballot=decision.ballot, members=[plant.gus, plant.hal], by=plant.bo, at=make.now())
    assert ballots.move_to_hands(ballot=decision.ballot, by=plant.bo, at=make.now()) == PRESENT - ASIDE
    for teller in (plant.gus, plant.hal):
        meetings.enter_hands(
            item=item, sitting=sitting_of(meeting), block="Bay 2", votes=FIGURES, by=teller, at=make.now()
        )
    ballots.confirm_hands(ballot=decision.ballot, block="Bay 2", attempt=1, by=plant.bo, at=make.now())
    decision = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    tally = decision.ballot.questions.get().tally
    assert (decision.outcome, tally.present, tally.voted) == ("carried", 193, 193)
    assert Entry.objects.filter(verb="stepped-aside").count() == ASIDE
    assert not any("accounts" in str(entry.facts) for entry in Entry.objects.filter(verb="stepped-aside"))


def test_who_steps_aside_neither_votes_nor_leads_the_item() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(number=2)
    meetings.step_aside(item=item, member=plant.bo, because="My own report", by=plant.bo, at=make.now())
    with pytest.raises(Refused, match=r"steps-aside-from-this \(item=2\)"):
        meetings.open_vote(item=item, by=plant.bo, at=make.now())
    decision = meetings.open_vote(item=item, by=plant.ana, at=make.now())
    assert RollEntry.objects.filter(ballot=decision.ballot, present=True).count() == 7
    with pytest.raises(Refused, match="not-checked-in"):
        make.cast(decision.ballot, plant.bo)
    make.cast(decision.ballot, plant.eve)
    with pytest.raises(Refused, match="voted-before-stepping-aside"):
        meetings.step_aside(item=item, member=plant.eve, because="Late", by=plant.eve, at=make.now())
    meetings.step_aside(
        item=item, member=plant.fay, because="My brother sells it", by=plant.fay, at=make.now()
    )
    assert RollEntry.objects.get(ballot=decision.ballot, member=plant.fay).present is False
    with pytest.raises(Refused, match="no-mandate"):
        meetings.step_aside(item=item, member=plant.gus, because="I say so", by=plant.eve, at=make.now())
    with pytest.raises(Refused, match="steps-aside-from-this"):
        meetings.close_vote(item=item, by=plant.bo, at=make.now())
    meetings.close_vote(item=item, by=plant.ana, at=make.now())
    assert Ballot.objects.get(pk=decision.ballot_id).present == 6


def test_a_slip_is_taken_back_before_the_vote_opens() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(number=2)
    conflict = meetings.step_aside(
        item=item, member=plant.eve, because="Wrong Eve", by=plant.ana, at=make.now()
    )
    with pytest.raises(Refused, match="no-mandate"):
        meetings.come_back_in(conflict=conflict, by=plant.fay, at=make.now())
    meetings.come_back_in(conflict=conflict, by=plant.ana, at=make.now())
    assert ConflictOfInterest.objects.get().lifted_at is not None
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    make.cast(decision.ballot, plant.eve)


def test_the_page_on_which_people_step_aside(client: Client) -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    address = f"/bakery/meetings/{meeting.pk}/items/2/aside/"
    make.sign_in(client, plant.ana)
    page = client.get(address).content.decode()
    assert "Bo, No. 2" in page  # holds an office and is there
    answer = client.post(f"{address}others/", {"holders": ["1", "2"], "because": ""})
    assert answer.status_code == 422
    assert (
        'value="2" id="id_holders_1" checked' in answer.content.decode()
        or "checked" in answer.content.decode()
    )
    answer = client.post(f"{address}others/", {"holders": ["2"], "because": "His report"}, follow=True)
    assert "1 person steps aside." in answer.content.decode()
    answer = client.post(address, {"because": "My report"}, follow=True)
    assert "You step aside on this item" in answer.content.decode()
    assert ConflictOfInterest.objects.filter(lifted_at=None).count() == 2
    answer = client.post(f"{address}back/", {"number": "2"}, follow=True)
    assert "Bo takes part again." in answer.content.decode()


# --- For the day ----------------------------------------------------------------------------------------------------


def test_a_secretary_for_the_day_leads_this_meeting_and_no_other(client: Client) -> None:
    plant = make.plant()
    meeting, other = make.meeting_in_session(plant), make.meeting_in_session(plant)
    sitting = sitting_of(meeting)
    name = {"sitting": sitting, "power": Power.RECORD_MINUTES, "at": make.now()}
    with pytest.raises(Refused, match="no-mandate"):
        meetings.name_for_the_day(**name, member=plant.eve, by=plant.eve)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not-checked-in-person"):
        meetings.name_for_the_day(**name, member=plant.lou, by=plant.bo)  # type: ignore[arg-type]
    meetings.name_for_the_day(**name, member=plant.eve, by=plant.bo)  # type: ignore[arg-type]
    make.sign_in(client, plant.eve)
    assert client.get(f"/bakery/meetings/{meeting.pk}/attendance/").status_code == 200
    assert client.get(f"/bakery/meetings/{other.pk}/attendance/").status_code == 404
    meetings.name_for_the_day(**{**name, "at": make.now()}, member=plant.fay, by=plant.bo)  # type: ignore[arg-type]
    assert client.get(f"/bakery/meetings/{meeting.pk}/attendance/").status_code == 404
    held = SittingOffice.objects.get(ended_at=None)
    assert (held.member, held.power) == (plant.fay, Power.RECORD_MINUTES)


def test_a_chair_for_the_day_runs_the_vote_of_the_sitting(client: Client) -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    meetings.name_for_the_day(
        sitting=sitting_of(meeting), power=Power.CHAIR, member=plant.eve, by=plant.ana, at=make.now()
    )
    decision = meetings.open_vote(
        item=meeting.items.get(number=2), way=Way.HANDS, by=plant.eve, at=make.now()
    )
    make.sign_in(client, plant.eve)
    answer = client.post(f"/bakery/ballots/{decision.ballot_id}/hands/now/")
    assert answer.status_code == 302
    assert client.get(f"/bakery/ballots/{decision.ballot_id}/hands/tellers/").status_code == 200


# --- Counted --------------------------------------------------------------------------------------------------------


def test_people_are_counted_at_every_vote_and_when_somebody_asks() -> None:
    plant = make.plant(bylaws={"quorum_recount_on_demand": True})
    meeting = make.meeting_in_session(plant)
    sitting = sitting_of(meeting)
    for name in ("fay", "gus"):
        meetings.leave(
            attendance=meeting.attendances.get(member=plant.people[name]),
            by=plant.people[name],
            at=make.now(),
        )
    count = meetings.count_people(sitting=sitting, asked_by=plant.hal, by=plant.hal, at=make.now())
    assert (count.present, count.needed, count.reached) == (6, 7, False)
    item = meeting.items.get(number=2)
    with pytest.raises(Refused, match=r"quorum-lost \(present=6, needed=7\)"):
        meetings.open_vote(item=item, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="not-in-the-hall"):
        meetings.count_people(sitting=sitting, asked_by=plant.lou, by=plant.lou, at=make.now())
    meetings.check_in(meeting=meeting, member=plant.lou, by=plant.lou, at=make.now())
    meetings.open_vote(item=item, by=plant.bo, at=make.now())
    found = list(QuorumCount.objects.values_list("item__number", "present", "asked_by__name"))
    assert found == [(None, 6, "Hal"), (2, 7, None)]


# --- Another day ----------------------------------------------------------------------------------------------------


def test_a_sitting_goes_on_on_another_day() -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(number=2)
    at = make.now()
    go_on = {"starts_at": at + make.days(3), "because": "The hour is late", "by": plant.bo}
    meetings.open_vote(item=item, by=plant.bo, at=at)
    with pytest.raises(Refused, match=r"vote-under-way-on \(item=2\)"):
        meetings.adjourn(sitting=sitting_of(meeting), **go_on, at=make.now())  # type: ignore[arg-type]
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="adjourned-too-long"):
        meetings.adjourn(
            sitting=sitting_of(meeting), **{**go_on, "starts_at": at + make.days(31)}, at=make.now()
        )  # type: ignore[arg-type]
    with pytest.raises(Refused, match="sitting-in-the-past"):
        meetings.adjourn(sitting=sitting_of(meeting), **{**go_on, "starts_at": at}, at=make.now())  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no-reason-given"):
        meetings.adjourn(sitting=sitting_of(meeting), **{**go_on, "because": " "}, at=make.now())  # type: ignore[arg-type]
    after = meetings.adjourn(sitting=sitting_of(meeting), **go_on, at=make.now())  # type: ignore[arg-type]
    assert (after.number, after.continues, after.because) == (2, sitting_of(meeting), "The hour is late")
    assert not meeting.attendances.filter(left_at=None).exists()
    meeting.refresh_from_db()
    with pytest.raises(Refused, match="sitting-still-to-come"):
        meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())


def test_a_meeting_without_quorum_ends_and_its_items_wait_again() -> None:
    plant = make.plant(bylaws={"quorum_second_rule": "number", "quorum_second_number": 9})
    motion = make.supported_motion(plant)
    meeting = make.convened_meeting(plant, motions=[motion], starts_at=make.now() - 2 * HOUR)
    with pytest.raises(Refused, match="meeting-not-in-session"):
        meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    meetings.close_sitting(sitting=sitting_of(meeting), by=plant.bo, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    motion.refresh_from_db()
    meeting.refresh_from_db()
    assert (meeting.state, motion.state) == ("closed", "admitted")
    assert Entry.objects.latest("sequence").verb == "meeting-without-quorum"


# --- The wall -------------------------------------------------------------------------------------------------------


def test_the_code_on_the_wall_checks_in_for_five_minutes_and_the_five_before(client: Client) -> None:
    plant = make.plant()
    meeting = make.meeting_in_session(plant)
    make.sign_in(client, plant.ana)
    wall = client.get(f"/bakery/meetings/{meeting.pk}/wall/").content.decode()
    assert "<svg" in wall
    assert code_at(meeting, make.now()) in wall or code_at(meeting, make.now(), before=1) in wall
    make.sign_in(client, plant.kim)
    base = f"/bakery/meetings/{meeting.pk}/here/"
    stale = f"{base}{code_at(meeting, make.now(), before=3)}/"
    assert client.get(stale).status_code == 409
    assert client.post(stale).status_code == 409
    assert not meeting.attendances.filter(member=plant.kim).exists()
    fresh = f"{base}{code_at(meeting, make.now())}/"
    assert "I am here: check in" in client.get(fresh).content.decode()
    assert not meeting.attendances.filter(member=plant.kim).exists()  # looking is not coming
    assert client.post(fresh).status_code == 302
    assert meeting.attendances.get(member=plant.kim).how == "code"
    assert client.post(fresh).status_code == 302  # a second tap changes nothing
