"""The whole river, in the words of the assembly. Open this first: every name is one jump from its definition."""

import datetime

import pytest

from coop.ballots import actions as ballots
from coop.ballots.acta.sentences import say_result
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals import actions as proposals
from coop.refusals import Refused
from tests import make


def on(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment of March 2026 in Buenos Aires."""
    return datetime.datetime(
        2026, 3, day, hour, minute, tzinfo=datetime.timezone(datetime.timedelta(hours=-3))
    )


@pytest.mark.django_db
def test_a_motion_becomes_a_decision_and_stands_in_the_minutes() -> None:
    plant = make.plant()

    # Eve writes a motion in two clauses; with her own it needs three signatures of twelve.
    motion = proposals.write(
        title="Canteen open to the school",
        clauses=["On Mondays the canteen serves ninety lunches.", "Pupils enter by the east gate."],
        by=plant.eve,
        at=on(2, 14),
    )
    motion = proposals.publish(proposal=motion, by=plant.eve, at=on(2, 15))
    assert (motion.label, motion.support_needed, motion.state) == ("P 2026-1", 3, "open")
    proposals.support(proposal=motion, by=plant.fay, at=on(2, 16))
    proposals.support(proposal=motion, by=plant.gus, at=on(3, 6))
    motion.refresh_from_db()
    assert motion.state == "admitted"

    # Ana calls an assembly. Neither the day of the notice nor the day of the assembly counts: 15 days lie between.
    assembly = meetings.prepare(
        body=plant.assembly,
        kind=Meeting.Kind.EXTRAORDINARY,
        title="Assembly of the canteen",
        place="Packing hall",
        sittings=[on(20, 14)],
        by=plant.ana,
        at=on(3, 10),
    )
    meetings.add_item(meeting=assembly, kind=AgendaItem.Kind.SIGNERS, by=plant.ana, at=on(3, 10))
    item = meetings.add_item(
        meeting=assembly, kind=AgendaItem.Kind.PROPOSAL, proposal=motion, by=plant.ana, at=on(3, 10)
    )
    with pytest.raises(Refused, match="notice-too-late"):
        meetings.convene(meeting=assembly, by=plant.ana, at=on(5, 8))
    assembly = meetings.convene(meeting=assembly, by=plant.ana, at=on(4, 18))

    # The people come. Seven of twelve are the quorum; with six nothing can begin.
    for name in ("ana", "bo", "cy", "dee", "eve", "fay"):
        meetings.check_in(meeting=assembly, member=plant.people[name], by=plant.ana, at=on(20, 13, 50))
    sitting = assembly.sittings.get()
    with pytest.raises(Refused, match=r"no-quorum \(present=6, needed=7, call=1\)"):
        meetings.open_sitting(sitting=sitting, by=plant.bo, at=on(20, 14))
    meetings.check_in(meeting=assembly, member=plant.gus, by=plant.gus, at=on(20, 14, 5))
    meetings.open_sitting(sitting=sitting, by=plant.bo, at=on(20, 14, 6))
    meetings.name_signers(meeting=assembly, members=[plant.eve, plant.fay], by=plant.ana, at=on(20, 14, 10))

    # The vote: four for, two against, one abstains. Hal, who is not in the hall, cannot vote.
    decision = meetings.open_vote(item=item, by=plant.bo, at=on(20, 14, 30))
    for name in ("ana", "cy", "eve", "gus"):
        make.cast(decision.ballot, plant.people[name], "for", at=on(20, 14, 31))
    for name in ("bo", "dee"):
        make.cast(decision.ballot, plant.people[name], "against", at=on(20, 14, 32))
    make.cast(decision.ballot, plant.fay, "abstain", at=on(20, 14, 33))
    with pytest.raises(Refused, match="not-checked-in"):
        ballots.cast(
            ballot=decision.ballot, answers={1: "for"}, form="0" * 32, by=plant.hal, at=on(20, 14, 34)
        )
    decision = meetings.close_vote(item=item, by=plant.bo, at=on(20, 14, 35))
    assert (decision.label, decision.outcome) == ("D GA 2026-1", "carried")
    sentence = "Carried: 4 for, 4 were needed, which is more than half of the votes for and against; "
    assert say_result(decision.ballot.questions.get().tally).startswith(sentence)

    # The minutes write themselves; Ana adds what was said, and closing freezes them.
    meetings.write_note(
        item=item, text="Gus asked about **allergies**.", revision=0, by=plant.ana, at=on(20, 14, 40)
    )
    meetings.close_meeting(meeting=assembly, by=plant.bo, at=on(20, 15))
    minutes = meetings.close_minutes(meeting=assembly, by=plant.ana, at=on(21, 9))
    for words in (
        "Chosen to sign these minutes: Eve and Fay.",
        "**allergies**",
        "For 4, against 2, abstaining 1",
    ):
        assert words in minutes.text
    with pytest.raises(Refused, match="minutes-closed"):
        meetings.write_note(item=item, text="No, parking.", revision=1, by=plant.ana, at=on(21, 10))
