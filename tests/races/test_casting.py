"""Fifty hands of one member, and the second in which a vote closes. Each race has a control that must lose."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import connection

from coop.ballots import actions as ballots
from coop.ballots.actions import casting, lifecycle
from coop.ballots.models import Ballot, NamedVote
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from tests import make
from tests.races.race import PATIENCE, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def test_fifty_forms_of_one_member_at_once_are_one_vote() -> None:
    plant = make.plant()
    ballot = make.open_vote(plant).ballot

    def cast(form: int) -> Any:
        return ballots.cast(
            ballot=ballot, answers={1: "for"}, form=f"{form:032x}", by=plant.eve, at=make.now()
        )

    codes = refusals(race([lambda form=form: cast(form) for form in range(50)]))  # type: ignore[misc]

    assert codes == ["already-voted"] * 49
    assert NamedVote.objects.filter(question__ballot=ballot).count() == 1


def test_one_form_sent_twice_at_once_gives_the_same_receipt() -> None:
    plant = make.plant()
    ballot = make.open_vote(plant).ballot
    form, at = "ab" * 16, make.now()

    def cast() -> Any:
        return ballots.cast(ballot=ballot, answers={1: "for"}, form=form, by=plant.eve, at=at)

    results = race([cast] * 8)

    assert refusals(results) == []
    assert len(set(results)) == 1
    assert NamedVote.objects.filter(question__ballot=ballot).count() == 1


def test_control_without_the_roll_row_and_the_unique_row_one_member_votes_many_times(
    monkeypatch: pytest.MonkeyPatch, administrator: Any
) -> None:
    """The same race with both guards taken away: asking first and writing after lets several through."""
    plant = make.plant()
    ballot = make.open_vote(plant).ballot
    administrator.execute("ALTER TABLE ballots_namedvote DROP CONSTRAINT one_answer_per_question")
    monkeypatch.setattr(casting, "_mark", lambda entry: True)

    def cast(form: int) -> Any:
        return ballots.cast(
            ballot=ballot, answers={1: "for"}, form=f"{form:032x}", by=plant.eve, at=make.now()
        )

    race([lambda form=form: cast(form) for form in range(10)])  # type: ignore[misc]

    assert NamedVote.objects.filter(question__ballot=ballot).count() > 1


def _storm(plant: make.Plant, ballot: Ballot) -> tuple[list[Any], int]:
    """Seven people cast while the chair closes; how it went for each, and what the count found."""
    counted: list[int] = []

    def close() -> None:
        time.sleep(0.01)
        closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
        tally = ballots.count(ballot=closed, by=plant.bo.actor, at=make.now())[0]
        counted.append(tally.voted)

    people = [plant.people[name.lower()] for name in make.NAMES[1:8]]
    acts: list[Any] = [lambda who=who: make.cast(ballot, who) for who in people]
    return race([*acts, close]), counted[0]


def _slow_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds every voter between the check and the writing, where the race is."""
    allowed = casting.obstacles_in_answers

    def slowly(*args: Any) -> Any:
        time.sleep(0.03)
        return allowed(*args)

    monkeypatch.setattr(casting, "obstacles_in_answers", slowly)


def test_closing_waits_for_votes_in_flight_and_nothing_enters_after(monkeypatch: pytest.MonkeyPatch) -> None:
    plant = make.plant()
    ballot = make.open_vote(plant).ballot
    _slow_cast(monkeypatch)

    results, counted = _storm(plant, ballot)

    late = refusals(results)
    assert set(late) <= {"vote-closed"}
    in_the_box = NamedVote.objects.filter(question__ballot=ballot).count()
    assert counted == in_the_box == 7 - len(late)


def test_control_without_the_lock_the_count_misses_a_vote_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same storm with the share lock taken away: an acknowledged vote is not in the count."""
    plant = make.plant()
    ballot = make.open_vote(plant).ballot
    monkeypatch.setattr(casting, "HELD", casting.HELD.removesuffix("FOR SHARE"))
    written, counted_now = threading.Event(), threading.Event()
    keep = casting._keep

    def cast_and_wait(votes: Any) -> None:
        keep(votes)
        written.set()
        counted_now.wait(timeout=PATIENCE)  # the transaction is still open while the chair closes and counts

    monkeypatch.setattr(casting, "_keep", cast_and_wait)
    counted: list[int] = []

    def close() -> None:
        written.wait(timeout=PATIENCE)
        closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
        counted.append(ballots.count(ballot=closed, by=plant.bo.actor, at=make.now())[0].voted)
        counted_now.set()

    assert refusals(race([lambda: make.cast(ballot, plant.eve), close])) == []

    assert counted == [0]  # the count missed …
    assert NamedVote.objects.filter(question__ballot=ballot).count() == 1  # … a vote that was acknowledged


def test_two_chairs_close_at_once_and_one_decision_is_numbered() -> None:
    plant = make.plant()
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)

    def close(who: Any) -> Any:
        return meetings.close_vote(item=item, by=who, at=make.now())

    results = race([lambda: close(plant.bo), lambda: close(plant.ana)])

    assert refusals(results) == ["no-vote-under-way"]
    decision.refresh_from_db()
    assert (decision.number, decision.outcome) == (1, "not_carried")


def test_the_latch_closes_once_however_many_look() -> None:
    plant = make.plant()
    ballot = make.open_vote(plant, closes_at=make.now() - make.days(0.001)).ballot

    results = race([lambda: ballots.latch(ballot=ballot, at=make.now())] * 6)

    assert refusals(results) == []
    assert {result.state for result in results} == {"closed"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE verb = 'ballot-closed'")
        assert cursor.fetchone() == (1,)
    assert lifecycle.latch(ballot=ballot, at=make.now()).state == "closed"
