"""What else is proved beside the storms: closing, clocks and guards."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tests import make

from . import clocks, closing, guarded
from .house import Server
from .storm import awake

Voters = Sequence[Mapping[str, Any]]
Proof = Callable[[], str]


def noticed(proof: Proof) -> str:
    """For a house with a protection missing: the proof must fail there, or it is worthless."""
    try:
        words = proof()
    except AssertionError as problem:
        return f"noticed: {problem}"
    raise AssertionError(f"the broken one was not noticed: {words}")


class MoreProofs:
    def __init__(self, plant: make.Plant, voters: Voters, seed: int) -> None:
        self.plant, self.voters, self.seed = plant, voters, seed

    def all(self) -> Iterator[tuple[str, Proof]]:
        yield "closing: eight vote while two close at once, twenty times", self.closing
        yield "closing, broken: nothing is held while a vote is written", self.closing_unlocked
        yield "clocks: that of the application is two hours ahead, and behind", self.clocks
        yield "clocks: that of the house is set back after the hour of closing", self.set_back
        yield "clocks, broken: a closed vote can be opened again", self.set_back_unlatched
        yield "guards: each setting of the database is broken once", self.guards
        yield "guards, broken: nobody asks them", self.guards_blind

    def dice(self) -> random.Random:
        return random.Random(self.seed)

    def closing(self, broken: str = "", times: int = closing.ROUNDS) -> str:
        awake()
        with Server(broken=broken) as server:
            return closing.rounds(server, self.plant, self.voters, self.dice(), times)

    def closing_unlocked(self) -> str:
        """The window is some milliseconds wide: it is looked for ten times as long, and left as soon as it is found."""
        return noticed(partial(self.closing, "NoShareLock", 10 * closing.ROUNDS))

    def clocks(self) -> str:
        awake()
        return clocks.application_is_wrong(self.plant, self.voters[0])

    def set_back(self) -> str:
        awake()
        return clocks.house_is_set_back(self.plant, self.voters[0])

    def set_back_unlatched(self) -> str:
        return noticed(lambda: clocks.house_is_set_back(self.plant, self.voters[0], latch=False))

    def guards(self) -> str:
        return guarded.each_setting_once(self.plant)

    def guards_blind(self) -> str:
        found = guarded.nobody_looks(self.plant)
        assert (found["fsync"], found["state"]) == (set(), "open"), found
        return "noticed: with fsync off the vote is open"
