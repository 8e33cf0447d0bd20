"""What else is proved beside the storms: closing, clocks, guards, floods, and copies of the database that suffer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tests import make, make_votes

from . import accidents, clocks, closing, flood, full_disk, guarded, second_machine
from .copies import Copy
from .house import SLUG, Server
from .storm import awake, crowd, faults, must_find, open_votes, storm
from .voters import Paper, papers_of

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
        yield "open, broken: no mark is the only one", self.no_mark
        yield "flood: everybody signs in and votes, and screens ask", self.flood
        yield "flood: idle lines, a hundred megabytes, dear pages", self.clogged
        yield "disk: the one with the tables is full", self.full
        yield "disk: the one with the log of changes is full", partial(self.full, of_the_log=True)
        yield "disk: a page that rotted", self.rotten
        yield "disk, broken: no checksums", self.rotten_unseen
        yield "back to the point before an accident", self.undone
        yield "back, broken: nothing was kept after the backup", self.undone_unkept
        yield "two machines: the first falls while people vote", self.moved_over
        yield "two machines, broken: no vote waits for the second", self.moved_over_unwaited

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

    # --- floods, and copies that suffer ---------------------------------------------------------------------

    def votes(self, title: str, members: int, **more: Any) -> tuple[int, str, list[Paper]]:
        """An open ballot, its page, and the papers of so many members."""
        ballot = make_votes.opened(self.plant, title=title)
        awake()
        choices = [{"choice": "for"}, {"choice": "against"}]
        papers = papers_of(self.voters[:members], choices, self.dice(), **more)
        return ballot.pk, f"/{SLUG}/ballots/{ballot.pk}/", papers

    def no_mark(self) -> str:
        """Without unique constraint, trigger and the condition of the UPDATE, in a copy: then somebody has two."""
        ballot, path, _papers = self.votes("No mark", 1)
        copy = Copy("no-mark").make()
        try:
            with copy.running(), copy.connect() as rights:
                rights.execute("ALTER TABLE ballots_namedvote DROP CONSTRAINT one_answer_per_question")
                rights.execute("ALTER TABLE ballots_rollentry DISABLE TRIGGER marked_once")
                with Server("MarksAnyway", **copy.addresses) as server:
                    papers, _words = crowd(server, path, self.voters[:5], dice=self.dice())
                return must_find(
                    faults(papers, *open_votes(ballot, papers, copy)), one_of=["in the box twice"]
                )
        finally:
            copy.throw_away()

    def flood(self) -> str:
        ballot = make_votes.opened(self.plant, title="Flood")
        with Server() as server:
            return flood.assembly(server, ballot, self.voters[:2000], 200, self.dice())

    def clogged(self) -> str:
        ballot = make_votes.opened(self.plant, title="Clogged")
        awake()
        with Server() as server:
            return flood.clogged(server, ballot, self.voters)

    def full(self, *, of_the_log: bool = False) -> str:
        ballot, path, papers = self.votes("Full disk", 1000)
        return full_disk.full(ballot, path, papers, self.dice(), of_the_log=of_the_log)

    def rotten(self, *, checksums: bool = True) -> str:
        _ballot, path, papers = self.votes("Rotten", 50, presses=1)
        with Server() as server:
            storm(server, path, papers, dice=self.dice())
        copy = Copy("rotten")
        try:
            return accidents.rotten(copy, checksums=checksums)
        finally:
            copy.throw_away()

    def rotten_unseen(self) -> str:
        return noticed(partial(self.rotten, checksums=False))

    def undone(self, *, archived: bool = True) -> str:
        _ballot, path, papers = self.votes("After the backup", 100)

        def vote_more(there: Copy) -> None:
            with Server(**there.addresses) as server:
                storm(server, path, papers, dice=self.dice())

        at_work, kept = Copy("at-work"), Copy("kept", port=5498)
        try:
            return accidents.undone(at_work, kept, vote_more, archived=archived)
        finally:
            at_work.throw_away()
            kept.throw_away()

    def undone_unkept(self) -> str:
        return noticed(partial(self.undone, archived=False))

    def moved_over(self, *, waits: bool = True) -> str:
        ballot, path, papers = self.votes("Two machines", 1000)
        return second_machine.moved_over(ballot, path, papers, self.dice(), waits=waits)

    def moved_over_unwaited(self) -> str:
        """It fails by the votes that were acknowledged and are lost, and by nothing else."""
        words = noticed(partial(self.moved_over, waits=False))
        assert re.search(r"acknowledged and lost [1-9]", words), words
        return words
