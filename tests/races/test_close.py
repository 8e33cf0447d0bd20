"""The second in which an open vote closes, twenty times, with two who close at once; and the same without the lock."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.db import IntegrityError

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, NamedVote
from tests import make, make_votes
from tests.races.race import race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")

ROUNDS = 20


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every voter stays a while between writing the vote and the end of the transaction, where the race is."""
    written = NamedVote.objects.bulk_create

    def write_and_stay(votes: Any) -> Any:
        made = written(votes)
        time.sleep(random.uniform(0, 0.05))
        return made

    monkeypatch.setattr(NamedVote.objects, "bulk_create", write_and_stay)


def late_in_one_round(plant: make.Plant, ballot: Ballot, expected: Collection[str] = ("vote-closed",)) -> int:
    """How many votes were acknowledged and are not in the count. `expected`: why a voter may be refused."""
    counted: list[int] = []

    def close() -> None:
        time.sleep(random.uniform(0, 0.05))
        closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
        counted.append(ballots.count(ballot=closed, by=plant.bo.actor, at=make.now())[0].voted)

    voters: list[Callable[[], Any]] = [
        lambda who=who: make.cast(ballot, who)  # type: ignore[misc]
        for who in list(plant.people.values())[:8]
    ]
    results = race([*voters, close, close])
    refused = refusals(results[:8])
    assert set(refused) <= set(expected), refused
    assert refusals(results[8:]) == ["vote-not-open"], "of two who close at once, one did"
    return 8 - len(refused) - counted[0]


def test_twenty_closings_and_no_vote_is_late(slowly: None) -> None:
    plant = make.plant()
    rounds = [
        late_in_one_round(plant, make_votes.opened(plant, title=f"Vote {number}")) for number in range(ROUNDS)
    ]
    assert rounds == [0] * ROUNDS


def test_control_without_the_share_lock_votes_are_late(slowly: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It loses in nearly every round; the first is enough. A vote that meets the trigger only is refused by it."""
    plant = make.plant()
    real = Ballot.objects.raw
    unlocked = "SELECT * FROM ballots_ballot WHERE id = %s"
    monkeypatch.setattr(Ballot.objects, "raw", lambda _sql, params: real(unlocked, params))
    refused = ("vote-closed", "form-number-taken")
    votes = (make_votes.opened(plant, title=f"Vote {number}") for number in range(ROUNDS))

    def loses(vote: Ballot) -> bool:
        try:
            return late_in_one_round(plant, vote, refused) > 0
        except IntegrityError:
            return False  # this time a trigger noticed; it reads what is committed, so not every time

    assert any(loses(vote) for vote in votes)
