"""`manage.py tick`: what happens by itself, once, whoever else is at it."""

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.clock import now
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.keys.models import Session
from coop.meetings import due
from coop.meetings.models import Meeting
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from tests import make
from tests.races.race import race

MINUTE = datetime.timedelta(minutes=1)


def tick() -> list[str]:
    out = StringIO()
    call_command("tick", stdout=out)
    return out.getvalue().splitlines()


def vote_whose_time_has_come(plant: make.Plant, **more: Any) -> Decision:
    """For: Ana, Bo, Cy; against: Dee. Opened ten minutes ago, to be closed now."""
    decision = make.open_vote(plant, closes_at=make.now(), **more)
    for name, choice in (("ana", "for"), ("bo", "for"), ("cy", "for"), ("dee", "against")):
        make.cast(decision.ballot, plant.people[name], choice, at=make.now() - 5 * MINUTE)
    return decision


@pytest.mark.django_db
def test_a_vote_whose_time_has_come_is_closed_counted_and_numbered() -> None:
    decision = vote_whose_time_has_come(make.plant())
    assert tick() == [
        "vote closed: P 2026-1 Canteen open to the school".replace("2026", str(decision.proposal.year)),
        "decided: Canteen open to the school",
    ]
    decision.refresh_from_db()
    tally = decision.ballot.questions.get().tally
    assert (decision.outcome, decision.number) == ("carried", 1)
    assert [(line.option.code, line.votes) for line in tally.lines.all()] == [
        ("for", 3),
        ("against", 1),
        ("abstain", 0),
    ]
    assert (tally.present, tally.register, tally.voted) == (8, 12, 4)
    decision.ballot.refresh_from_db()
    assert decision.ballot.state == Ballot.State.COUNTED
    assert list(Entry.objects.order_by("-sequence").values_list("verb", "actor_id")[:4]) == [
        ("decided", "clock"),
        ("proposal-settled", "clock"),
        ("ballot-counted", "clock"),
        ("ballot-closed", "clock"),
    ]


@pytest.mark.django_db
def test_a_second_round_finds_nothing_to_do() -> None:
    decision = vote_whose_time_has_come(make.plant())
    tick()
    before = Entry.objects.count()
    assert tick() == []
    assert Entry.objects.count() == before
    assert Decision.objects.get(pk=decision.pk).number == 1


@pytest.mark.django_db
@pytest.mark.parametrize("closes_in", [None, 60 * MINUTE])
def test_a_vote_that_has_time_stays_open(closes_in: datetime.timedelta | None) -> None:
    closes_at = make.now() + closes_in if closes_in else None
    decision = make.open_vote(make.plant(), closes_at=closes_at)
    assert tick() == []
    assert Ballot.objects.get(pk=decision.ballot_id).state == Ballot.State.OPEN


@pytest.mark.django_db
def test_a_vote_that_somebodys_look_has_closed_is_settled() -> None:
    decision = vote_whose_time_has_come(make.plant())
    ballots.latch(ballot=decision.ballot, at=now())
    assert tick() == ["decided: Canteen open to the school"]
    assert Decision.objects.get(pk=decision.pk).outcome == "carried"


@pytest.mark.django_db
def test_a_vote_outside_any_meeting_is_settled_too() -> None:
    plant = make.plant()
    motion = make.supported_motion(plant)
    proposals.table(proposal=motion, by=plant.ana.actor, at=make.now() - make.days(3))
    register = ballots.draw_register(
        body=plant.assembly,
        closes_on=(make.now() - make.days(10)).date(),
        by=plant.ana.actor,
        at=make.now() - make.days(3),
    )
    decision = decisions.put_to_the_vote(
        proposal=motion,
        register=register,
        present=None,
        closes_at=make.now() - MINUTE,
        by=plant.ana.actor,
        at=make.now() - make.days(1),
    )
    tick()
    decision.refresh_from_db()
    assert (decision.outcome, decision.number) == (
        "not_carried",
        1,
    )  # nobody came: nothing is carried by silence


@pytest.mark.django_db
def test_a_register_is_drawn_when_its_closing_day_is_over_in_the_plants_zone() -> None:
    plant = make.plant()
    far = make.convened_meeting(plant, starts_at=make.now() + make.days(16.5))
    assert far.register_closes_on is not None
    assert tick() == []

    zone = plant.cooperative.zone
    last = datetime.datetime.combine(far.register_closes_on, datetime.time(23, 59, 59), zone)
    assert [task.says for task in due.registers_to_draw(last)] == []
    midnight = last + datetime.timedelta(seconds=1)
    (task,) = due.registers_to_draw(midnight)
    task.act()
    drawn = Meeting.objects.get(pk=far.pk).register
    assert drawn is not None
    assert (drawn.size, drawn.closes_on, drawn.drawn_at) == (12, far.register_closes_on, midnight)
    assert list(due.registers_to_draw(midnight)) == []


@pytest.mark.django_db
def test_a_proposal_falls_at_the_second_its_time_for_support_is_over() -> None:
    plant = make.plant()
    proposal = make.published_motion(plant)
    until = proposal.support_until
    assert until is not None
    assert list(due.proposals_to_fall(until - datetime.timedelta(microseconds=1))) == []
    (task,) = due.proposals_to_fall(until)
    task.act()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.settled_at) == (Proposal.State.FALLEN, until)
    assert Entry.objects.latest("pk").actor_id == "clock"


@pytest.mark.django_db
def test_sessions_that_are_over_are_forgotten_and_the_others_kept() -> None:
    for key, hours in (("over", -1), ("alive", 1)):
        Session.objects.create(
            session_key=key,
            session_data="",
            made_at=make.now(),
            seen_at=make.now(),
            expire_date=make.now() + datetime.timedelta(hours=hours),
        )
    assert tick() == ["sessions that were over forgotten"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]


@pytest.mark.django_db
def test_one_broken_thing_does_not_stop_the_others(monkeypatch: Any, caplog: Any) -> None:
    plant = make.plant()
    fallen = make.published_motion(plant, at=make.now() - make.days(31))
    decision = vote_whose_time_has_come(plant, at=make.now() - make.days(18))

    def no_disk(**_all: Any) -> None:
        raise OSError("no disk")

    def no_table(_at: datetime.datetime) -> list[due.Task]:
        raise LookupError("no table")

    monkeypatch.setattr("coop.ballots.actions.latch", no_disk)
    monkeypatch.setattr(
        "coop.meetings.management.commands.tick.finders",
        lambda: (no_table, due.votes_to_close, due.proposals_to_fall),
    )
    with pytest.raises(CommandError, match=r"2 tasks failed\."):
        tick()
    assert [record.getMessage() for record in caplog.records] == [
        "tick could not look for no table",
        f"tick failed at “vote closed: {decision.ballot.title}”",
    ]
    assert Ballot.objects.get(pk=decision.ballot_id).state == Ballot.State.OPEN
    assert Proposal.objects.get(pk=fallen.pk).state == Proposal.State.FALLEN


@pytest.mark.parametrize("seconds", ["0", "-5"])
def test_a_pause_that_is_none_is_refused(seconds: str) -> None:
    with pytest.raises(CommandError, match="whole number of seconds from 1 on"):
        call_command("tick", f"--every={seconds}")


def test_four_at_once_settle_a_vote_once(committed_db: str) -> None:
    decision = vote_whose_time_has_come(make.plant())
    proposal = make.published_motion(make.plant("mill"), at=make.now() - make.days(31))
    results = race([tick] * 4)
    assert [result for result in results if isinstance(result, Exception)] == []
    decision.refresh_from_db()
    proposal.refresh_from_db()
    assert (decision.outcome, decision.number, proposal.state) == ("carried", 1, "fallen")
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert [
        verbs.count(verb) for verb in ("ballot-closed", "ballot-counted", "decided", "proposal-fallen")
    ] == [
        1,
        1,
        1,
        1,
    ]
