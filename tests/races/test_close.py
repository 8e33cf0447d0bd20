"""The second in which an open vote closes, twenty times, with two who close at once; and once without the lock."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.actions import casting
from coop.ballots.models import Ballot, NamedVote
from tests import make, make_votes
from tests.races.race import PATIENCE, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")
ROUNDS = 20


def a_while() -> None:
    time.sleep(random.uniform(0, 0.05))


def stay(monkeypatch: pytest.MonkeyPatch, until: Callable[[], None]) -> None:
    """Every voter stays between writing the vote and the end of the transaction, where the race is."""
    written = casting._keep

    def write_and_stay(votes: Any) -> None:
        written(votes)
        until()

    monkeypatch.setattr(casting, "_keep", write_and_stay)


def late_in_one_round(plant: make.Plant, ballot: Ballot) -> int:
    """How many votes were acknowledged and are not in the count."""
    counted: list[int] = []

    def close() -> None:
        a_while()
        closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
        counted.append(ballots.count(ballot=closed, by=plant.bo.actor, at=make.now())[0].voted)

    voters: list[Callable[[], Any]] = [
        lambda who=who: make.cast(ballot, who)  # type: ignore[misc]
        for who in list(plant.people.values())[:8]
    ]
    results = race([*voters, close, close])
    refused = refusals(results[:8])
    assert set(refused) <= {"vote-closed"}, refused
    assert refusals(results[8:]) == ["vote-not-open"], "of two who close at once, one did"
    return 8 - len(refused) - counted[0]


def test_twenty_closings_and_no_vote_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    stay(monkeypatch, a_while)
    plant = make.plant()
    rounds = [
        late_in_one_round(plant, make_votes.opened(plant, title=f"Vote {number}")) for number in range(ROUNDS)
    ]
    assert rounds == [0] * ROUNDS


def test_control_without_the_share_lock_votes_are_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight votes are written when the chair closes and counts, and the count knows none of them.

    Nothing is left to the clock: with sleeps instead, a busy machine let every voter come through in time.
    """
    plant = make.plant()
    ballot = make_votes.opened(plant)
    monkeypatch.setattr(casting, "HELD", casting.HELD.removesuffix("FOR SHARE"))
    all_written, counted = threading.Barrier(9), threading.Event()

    def until_it_is_counted() -> None:
        all_written.wait(timeout=PATIENCE)
        assert counted.wait(timeout=PATIENCE)

    def close() -> int:
        all_written.wait(timeout=PATIENCE)
        try:
            closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
            return ballots.count(ballot=closed, by=plant.bo.actor, at=make.now())[0].voted
        finally:
            counted.set()

    stay(monkeypatch, until_it_is_counted)
    results = race(
        [*(lambda who=who: make.cast(ballot, who) for who in list(plant.people.values())[:8]), close]
    )
    assert refusals(results) == []
    assert (results[8], NamedVote.objects.filter(question__ballot=ballot).count()) == (0, 8)
