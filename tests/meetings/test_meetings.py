"""Calling, opening, deciding and recording; by the wrong person, at the wrong time, off the agenda."""

from __future__ import annotations

import datetime

import pytest

from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, ItemNote, Meeting, Minutes
from coop.meetings.rules.calling import last_day_for_notice
from coop.members import actions as members
from coop.members.models import Mandate
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(act: object, **facts: object) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)  # type: ignore[operator]
    return [reason.code for reason in no.value.reasons]


def test_only_an_office_that_may_call_this_body_prepares_a_meeting(plant: make.Plant) -> None:
    facts = {
        "body": plant.assembly,
        "kind": "ordinary",
        "title": "Assembly",
        "place": "Hall",
        "sittings": [make.now()],
        "at": make.now(),
    }
    assert refused(meetings.prepare, by=plant.eve, **facts) == ["no-mandate"]
    assert refused(meetings.prepare, by=plant.cy, **facts) == ["no-mandate"]  # another office


def test_the_last_lawful_day_and_the_day_after_it(plant: make.Plant) -> None:
    starts = datetime.datetime(2026, 11, 28, 9, 30, tzinfo=datetime.UTC)
    draft = make.draft_meeting(plant, starts_at=starts, at=starts - make.days(40))
    bylaws = plant.cooperative.bylaws.get()
    assert last_day_for_notice(draft, bylaws) == datetime.date(2026, 11, 12)
    late = datetime.datetime(2026, 11, 13, 12, tzinfo=datetime.UTC)
    assert refused(meetings.convene, meeting=draft, by=plant.ana, at=late) == ["notice-too-late"]
    convened = meetings.convene(meeting=draft, by=plant.ana, at=late - make.days(1))
    assert (convened.label, convened.register_closes_on) == ("GA 2026-1", datetime.date(2026, 11, 13))


def test_the_agenda_closes_with_the_notice(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    facts = {"meeting": meeting, "kind": "report", "title": "Late", "by": plant.ana, "at": make.now()}
    assert refused(meetings.add_item, **facts) == ["agenda-closed"]
    item = meeting.items.get(number=3)
    assert refused(meetings.remove_item, item=item, by=plant.ana, at=make.now()) == ["agenda-closed"]


def test_taking_an_item_off_a_draft_closes_the_gap_and_frees_its_proposal(plant: make.Plant) -> None:
    motion = make.supported_motion(plant)
    draft = make.draft_meeting(plant, motions=[motion])
    meetings.remove_item(item=draft.items.get(number=2), by=plant.ana, at=make.now())
    motion.refresh_from_db()
    assert motion.state == "admitted"
    assert [(item.number, item.kind) for item in draft.items.all()] == [(1, "signers"), (2, "report")]


def test_second_call_an_hour_later_with_those_present(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() - 2 * HOUR)
    sitting = meeting.sittings.get()
    for name in ("ana", "bo", "eve"):
        meetings.check_in(meeting=meeting, member=plant.people[name], by=plant.ana, at=sitting.starts_at)
    early = sitting.starts_at + datetime.timedelta(minutes=59)
    assert refused(meetings.open_sitting, sitting=sitting, by=plant.bo, at=early) == ["no-quorum"]
    opened = meetings.open_sitting(sitting=sitting, by=plant.bo, at=sitting.starts_at + HOUR)
    assert (opened.opened_on_call, opened.present_at_opening) == (2, 3)


def test_not_before_the_hour_on_the_notice(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + HOUR)
    for name in make.NAMES:
        member = plant.people[name.lower()]
        meetings.check_in(meeting=meeting, member=member, by=member, at=make.now())
    sitting = meeting.sittings.get()
    assert refused(meetings.open_sitting, sitting=sitting, by=plant.bo, at=make.now()) == ["before-the-hour"]


def test_the_door_opens_two_hours_before(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + 3 * HOUR)
    facts = {"meeting": meeting, "member": plant.eve, "by": plant.eve}
    assert refused(meetings.check_in, at=make.now(), **facts) == ["doors-closed"]
    assert meetings.check_in(at=make.now() + HOUR, **facts).votes is True  # type: ignore[arg-type]


def test_one_check_in_and_only_the_table_checks_in_others(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    facts = {"meeting": meeting, "at": make.now()}
    assert refused(meetings.check_in, member=plant.ana, by=plant.ana, **facts) == ["checked-in-already"]
    assert refused(meetings.check_in, member=plant.ida, by=plant.jo, **facts) == ["no-mandate"]


def test_hired_and_trial_people_have_a_voice_and_do_not_make_the_quorum(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    attendance = meetings.check_in(meeting=meeting, member=plant.nan, by=plant.ana, at=make.now())
    assert attendance.votes is False


def test_powers_end_with_the_mandate_to_the_minute(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() - HOUR)
    mandate = Mandate.objects.get(member=plant.bo)
    at = make.now()
    members.end_mandate(mandate=mandate, ended="resigned", document="Letter", by=plant.bo.actor, at=at)
    sitting = meeting.sittings.get()
    codes = refused(meetings.open_sitting, sitting=sitting, by=plant.bo, at=at)
    assert codes == ["no-mandate", "no-quorum"]


def test_two_signers_who_are_in_the_hall(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    facts = {"meeting": meeting, "by": plant.ana, "at": make.now()}
    assert refused(meetings.name_signers, members=[plant.eve, plant.eve], **facts) == ["two-signers-wanted"]
    assert refused(meetings.name_signers, members=[plant.eve, plant.lou], **facts) == [
        "not-checked-in-person"
    ]
    meetings.name_signers(members=[plant.eve, plant.fay], **facts)  # type: ignore[arg-type]
    assert refused(meetings.name_signers, members=[plant.gus, plant.hal], **facts) == [
        "signers-named-already"
    ]


def test_a_member_cannot_open_or_close_a_vote(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    assert refused(meetings.close_vote, item=item, by=plant.eve, at=make.now()) == ["no-mandate"]
    assert refused(meetings.open_vote, item=item, by=plant.bo, at=make.now()) == ["voted-already"]
    report = item.meeting.items.get(number=3)
    assert refused(meetings.open_vote, item=report, by=plant.bo, at=make.now()) == ["nothing-to-decide"]


def test_a_tie_is_named_and_not_carried(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    for name, choice in (("ana", "for"), ("bo", "against"), ("eve", "for"), ("fay", "against")):
        make.cast(decision.ballot, plant.people[name], choice)
    settled = meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    assert (settled.outcome, settled.label) == (Decision.Outcome.TIE, f"D GA {make.now().year}-1")


def test_two_thirds_of_those_present_counts_abstainers_and_silent_people(plant: make.Plant) -> None:
    statute = make.supported_motion(plant, matter="statute")
    decision = make.open_vote(plant, motions=[statute])  # eight present: six are needed
    for name in ("ana", "bo", "cy", "dee", "eve"):
        make.cast(decision.ballot, plant.people[name], "for")
    settled = meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    tally = settled.ballot.questions.get().tally
    assert (settled.outcome, tally.needed, tally.base_count, tally.voted) == ("not_carried", 6, 8, 5)


def test_a_meeting_with_a_vote_under_way_does_not_close(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    meeting = AgendaItem.objects.get(decision=decision).meeting
    assert refused(meetings.close_meeting, meeting=meeting, by=plant.bo, at=make.now()) == [
        "vote-under-way-on"
    ]


def test_what_the_meeting_does_not_reach_waits_for_the_next(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    proposal = meeting.items.get(number=2).proposal
    assert proposal is not None
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    proposal.refresh_from_db()
    assert proposal.state == "admitted"


def test_two_secretaries_at_once_lose_nothing(plant: make.Plant) -> None:
    item = make.meeting_in_session(plant).items.get(number=3)
    meetings.write_note(item=item, text="First.", revision=0, by=plant.ana, at=make.now())
    facts = {"item": item, "by": plant.ana, "at": make.now()}
    assert refused(meetings.write_note, text="Second.", revision=0, **facts) == ["changed-meanwhile"]
    assert meetings.write_note(text="Both.", revision=1, **facts).revision == 2  # type: ignore[arg-type]
    assert ItemNote.objects.get(item=item).text == "Both."


def test_minutes_close_only_when_the_record_is_whole(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    facts = {"meeting": meeting, "at": make.now()}
    assert refused(meetings.close_minutes, by=plant.ana, **facts) == ["meeting-not-closed", "no-signers"]
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.close_meeting(by=plant.bo, **facts)  # type: ignore[arg-type]
    assert refused(meetings.close_minutes, by=plant.eve, **facts) == ["no-mandate"]
    minutes = meetings.close_minutes(by=plant.ana, **facts)  # type: ignore[arg-type]
    assert refused(meetings.close_minutes, by=plant.ana, **facts) == ["minutes-closed"]
    assert Minutes.objects.get().hash == minutes.hash


def test_cancelling_frees_the_proposals(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(2))
    proposal = meeting.items.get(number=2).proposal
    assert proposal is not None
    assert (
        meetings.cancel(meeting=meeting, because="The hall is flooded.", by=plant.ana, at=make.now()).state
        == Meeting.State.CANCELLED
    )
    proposal.refresh_from_db()
    assert proposal.state == "admitted"
