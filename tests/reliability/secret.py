"""Secret votes under the same storm, and what somebody finds afterwards who may read every byte of this machine."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Question, Tally
from coop.ballots.sealed.sealing import receipt_words
from coop.local_postgres.cluster import ADMINISTRATOR, PORT
from coop.local_postgres.programs import binaries, servant
from tests import make, make_votes

from . import canary, linking
from .house import FOLDER, administrator, cluster, hang_up, tell
from .voters import Paper

MOTION = ("for", "against", "abstain")


class SecretVote:
    """A motion and a ranking of six on one paper. What a voter says in the ranking stands nowhere else."""

    def __init__(self, plant: make.Plant, title: str) -> None:
        self.plant = plant
        self.codes = canary.codes(6)
        choices = [Choice(code, f"Candidate {place}") for place, code in enumerate(self.codes, 1)]
        self.ballot: Ballot = make_votes.drawn_up(
            plant,
            [Asked("Shall it be?"), Asked("Who?", method=Question.Method.RUNOFF, choices=choices)],
            secrecy=Ballot.Secrecy.SECRET,
            title=title,
        )
        self.keys = make_votes.with_key(self.ballot, plant)
        ballots.open_ballot(ballot=self.ballot, present=(), by=plant.hal.actor, at=timezone.now())

    def choices(self, dice: random.Random, count: int) -> list[dict[str, str]]:
        """So many ways of filling the paper in, as the fields of the page."""
        filled = []
        for place in range(count):
            ranking = dice.sample(self.codes, len(self.codes))
            fields = {"choice": MOTION[place % 3].ljust(len("against"), ".")}
            fields |= {f"rank-2-{code}": str(ranking.index(code) + 1) for code in self.codes}
            filled.append(fields | {"mark-2-blank": "0"})
        return filled

    def close(self) -> None:
        hang_up()
        ballots.close(ballot=self.ballot, by=self.plant.hal.actor, at=timezone.now())

    def trackers(self) -> dict[str, str]:
        """Receipt -> tracker of every envelope in the closed urn."""
        with administrator() as connection:
            rows = connection.execute(
                "SELECT tracker FROM ballots_finalenvelope WHERE ballot_id = %s", [self.ballot.pk]
            ).fetchall()
        return {receipt_words(bytes(tracker)): bytes(tracker).hex() for (tracker,) in rows}

    def stored(self, papers: Sequence[Paper]) -> tuple[dict[int, list[Paper]], set[int]]:
        """Whose acknowledged envelope lies in the closed urn, and whom the roll says to have voted."""
        there = self.trackers()
        found: dict[int, list[Paper]] = {}
        for paper in papers:
            if paper.words in there:
                found.setdefault(paper.member, []).append(paper)
        claimed = {paper.words for paper in papers if paper.words}
        assert set(there) == claimed, f"{len(set(there) - claimed)} envelopes of nobody who was told so"
        with administrator() as connection:
            roll = connection.execute(
                "SELECT member_id FROM ballots_rollentry WHERE ballot_id = %s AND channel = 'phone'",
                [self.ballot.pk],
            ).fetchall()
        return found, {member for (member,) in roll}

    def truth(self, papers: Sequence[Paper], there: dict[str, str]) -> dict[int, str]:
        """Member -> tracker, as only the voters themselves know it."""
        return {paper.member: there[paper.words] for paper in papers if paper.words}

    def count(self, papers: Sequence[Paper]) -> None:
        """Two trustees open the urn, and what they count is what the voters chose."""
        ballots.open_urn(
            ballot=self.ballot, codes=make_votes.two(self.keys), by=self.plant.gus, at=timezone.now()
        )
        chosen = {paper.member: paper.fields["choice"].strip(".") for paper in papers if paper.words}
        expected = {code: list(chosen.values()).count(code) for code in MOTION}
        lines = Tally.objects.get(question__ballot=self.ballot, question__number=1).lines.all()
        counted: dict[str, int] = {}
        for line in lines:
            counted[line.option.code] = counted.get(line.option.code, 0) + line.votes
        assert counted == expected, (counted, expected)
        tell("    two trustees count what the voters chose:", counted)

    # --- what is left on the machine ------------------------------------------------------------------------

    def written_down(self) -> dict[str, int]:
        """Where a choice can be read once everything is on the disk: database, changes, dump, logs, sessions."""
        with administrator() as connection:
            connection.execute("CHECKPOINT")
        with tempfile.TemporaryDirectory() as place:
            dump = Path(place) / "dump.sql"
            dump.write_bytes(self._dump())
            files = [dump, *canary.everything_in(FOLDER), *canary.everything_in(cluster().home)]
            files += [file for file in Path(tempfile.gettempdir()).glob("*") if file.is_file()]
            assert any("pg_wal" in str(file) for file in files)
            found = canary.found_in(files, self.codes)
        tell(f"    {len(files):,} files of database, changes, dump, logs and sessions searched")
        return found

    def _dump(self) -> bytes:
        done = subprocess.run(
            [
                *(str(binaries() / "pg_dump"), "-h", str(cluster().sockets), "-p", PORT, "-U", ADMINISTRATOR),
                *("--inserts", "coop"),
            ],
            capture_output=True,
            check=True,
            cwd="/",
            env={"LC_ALL": "C"},
            **servant(),
        )
        return done.stdout

    def guesses(self, papers: Sequence[Paper], trackers: dict[str, str], *, closed: bool) -> dict[str, int]:
        with administrator() as connection:
            return linking.guesses_right(
                connection, self.ballot.pk, self.truth(papers, trackers), closed=closed
            )


def in_the_open_urn(ballot: Ballot) -> dict[str, str]:
    """The same as `trackers` before closing; only somebody with all rights may look."""
    with administrator() as connection:
        rows = connection.execute("SELECT tracker FROM ballots_envelope WHERE ballot_id = %s", [ballot.pk])
        return {receipt_words(bytes(tracker)): bytes(tracker).hex() for (tracker,) in rows.fetchall()}


def leak(what: str) -> Any:
    """One choice in clear, by somebody with all rights: it must be found, even after the table is gone."""
    with administrator() as connection:
        connection.execute("CREATE TABLE leak (what text)")
        connection.execute("INSERT INTO leak VALUES (%s)", [what])
        connection.execute("DROP TABLE leak")
