"""Clocks that are wrong. That of the application decides nothing; the house's own, set back, opens nothing again."""

from __future__ import annotations

import asyncio
import datetime
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from tests import make, make_votes

from .house import SLUG, Server, administrator
from .triggers import without_triggers
from .voters import post

Voter = Mapping[str, Any]


def vote_closing(plant: make.Plant, title: str, **distance: float) -> Ballot:
    """Open since five hours ago, with its hour of closing so far from now."""
    then = timezone.now() - datetime.timedelta(hours=5)
    draft = make_votes.drawn_up(
        plant, title=title, at=then, closes_at=timezone.now() + datetime.timedelta(**distance)
    )
    return ballots.open_ballot(ballot=draft, present=(), by=plant.hal.actor, at=then)


def answer(server: Server, ballot: Ballot, voter: Voter) -> int:
    sent = {"csrfmiddlewaretoken": voter["csrf"], "choice": "for", "form": secrets.token_hex(16)}
    path = f"/{SLUG}/ballots/{ballot.pk}/"
    return asyncio.run(post(server.port, path, voter["cookie"], sent, hang_up=False))[0]


def application_is_wrong(
    plant: make.Plant, voter: Voter, clocks: Sequence[str] = ("", "TwoHoursAhead", "TwoHoursBehind")
) -> str:
    """Two hours ahead and two behind: a vote that closes in an hour is open, one that closed an hour ago is over."""
    found = {}
    for broken in clocks:
        running = vote_closing(plant, f"Running {broken}", hours=1)
        over = vote_closing(plant, f"Over {broken}", hours=-1)
        with Server(broken=broken) as server:
            found[broken or "right"] = (answer(server, running, voter), answer(server, over, voter))
    words = ", ".join(f"{clock}: open {first}, over {second}" for clock, (first, second) in found.items())
    if set(found.values()) != {(302, 409)}:
        raise AssertionError(words)
    return words


def house_is_set_back(plant: make.Plant, voter: Voter, *, latch: bool = True) -> str:
    """A vote whose hour has come is closed by whoever looks; three hours earlier it is still closed."""
    ballot = vote_closing(plant, f"Set back {latch}", hours=-1)
    with Server() as server:
        before = answer(server, ballot, voter)
    with Server(broken="ThreeHoursEarlier") as server:
        for _try in range(1 if latch else 10):  # `tick`, whose clock is right, may close it between the two
            if not latch:  # the protection that is taken away: somebody with all rights opens it again
                _opened_again(ballot)
            earlier = answer(server, ballot, voter)
            if earlier == 302:
                break
    words = f"after its hour {before}, three hours earlier {earlier}"
    if (before, earlier) != (409, 409):
        raise AssertionError(words)
    return words


def _opened_again(ballot: Ballot) -> None:
    with administrator() as rights, without_triggers(rights, "ballots_ballot"):
        rights.execute(
            "UPDATE ballots_ballot SET state = 'open', closed_at = NULL WHERE id = %s", [ballot.pk]
        )
