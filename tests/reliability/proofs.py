"""What is proved, in order: each promise, and beside it the same storm where something was taken away."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Tally
from coop.journal.models import Chain
from coop.journal.verify import verify
from tests import make, make_votes

from .house import SLUG, Server, administrator, tell
from .linking import BY_CHANCE
from .secret import SecretVote, in_the_open_urn, leak
from .storm import DEADLY, Voters, awake, crowd, faults, must_be_clean, must_find, open_votes, storm
from .voters import Paper, lengths_of, papers_of

CHOICES = [{"choice": "for"}, {"choice": "against"}, {"choice": "abstain"}]
ASLEEP = "ALTER SYSTEM SET synchronous_commit = off; ALTER SYSTEM SET wal_writer_delay = '10s'"
AWAKE = "ALTER SYSTEM RESET synchronous_commit; ALTER SYSTEM RESET wal_writer_delay"


class Proofs:
    def __init__(self, plant: make.Plant, voters: Voters, broken: int, seed: int) -> None:
        self.plant, self.voters, self.broken, self.seed = plant, voters, broken, seed

    def all(self) -> Iterator[tuple[str, Callable[[], str]]]:
        yield "open: a storm of everybody, with programs killed", self.open_storm
        yield "open: fifty papers of one member at once are one vote", self.open_crowd
        yield "open, broken: PostgreSQL says done before it is written", self.open_unwritten
        yield "open, broken: the answer goes out before the vote is kept", self.open_answers_first
        yield "open, broken: each try is another paper", self.open_new_form
        yield (
            "secret: a storm of everybody, with programs killed; then nobody finds a choice",
            self.secret_storm,
        )
        yield "secret, broken: PostgreSQL says done before it is written", self.secret_unwritten
        yield "secret, broken: one choice in clear, and the table dropped", self.secret_leak

    # --- open votes -----------------------------------------------------------------------------------------

    def ballot(self, title: str) -> Ballot:
        return make_votes.opened(self.plant, title=title)

    def dice(self) -> random.Random:
        return random.Random(self.seed)

    def address(self, ballot: Ballot) -> str:
        return f"/{SLUG}/ballots/{ballot.pk}/"

    def open_storm(self) -> str:
        ballot, dice = self.ballot("Storm"), self.dice()
        papers = papers_of(self.voters, CHOICES, dice)
        awake()
        with Server() as server:
            words = storm(server, self.address(ballot), papers, dice=dice, deaths=DEADLY)
        must_be_clean(faults(papers, *open_votes(ballot.pk, papers)))
        self.count(ballot, papers)
        return words

    def count(self, ballot: Ballot, papers: Any) -> None:
        """The count says what the voters were told, and the journal is whole."""
        now = timezone.now
        ballots.count(
            ballot=ballots.close(ballot=ballot, by=make.FOUNDING, at=now()), by=make.FOUNDING, at=now()
        )
        told = {paper.form: paper.fields["choice"] for paper in papers if paper.told == "voted"}
        lines = Tally.objects.get(question__ballot=ballot).lines.all()
        counted = {line.option.code: line.votes for line in lines}
        expected = {code: list(told.values()).count(code) for code in ("for", "against", "abstain")}
        assert counted == expected, (counted, expected)
        assert verify(Chain.objects.all()) == []
        tell("    the count is what they were told:", counted)

    def open_crowd(self) -> str:
        """Twenty members, each with fifty papers of their own at once."""
        ballot, dice = self.ballot("Crowd"), self.dice()
        few = self.voters[:20]
        awake()
        with Server() as server:
            papers, words = crowd(server, self.address(ballot), few, dice=dice)
        must_be_clean(faults(papers, *open_votes(ballot.pk, papers)))
        assert sum(paper.told == "voted" for paper in papers) == len(few)
        assert sum(paper.told == "refused" for paper in papers) == 49 * len(few)
        return words

    def open_unwritten(self) -> str:
        """synchronous_commit off: what PostgreSQL called done can be gone after a fall."""
        ballot, dice = self.ballot("Unwritten"), self.dice()
        papers = papers_of(self.voters[: self.broken], CHOICES, dice)
        awake()
        self.administer(ASLEEP)
        try:
            with Server() as server:
                deaths = ["postmaster", "backend"] * 3
                tell("   ", storm(server, self.address(ballot), papers, dice=dice, deaths=deaths))
        finally:
            self.administer(AWAKE)
        found = faults(papers, *open_votes(ballot.pk, papers))
        return must_find(found, one_of=["acknowledged and lost", "acknowledged twice"])

    def administer(self, statements: str) -> None:
        with administrator() as connection:
            for statement in (*statements.split(";"), "SELECT pg_reload_conf()"):
                connection.execute(statement)

    def open_answers_first(self) -> str:
        ballot, dice = self.ballot("Answers first"), self.dice()
        papers = papers_of(self.voters[: self.broken], CHOICES, dice)
        awake()
        with Server(broken="AnswersFirst") as server:
            deaths = ["worker", "server"] * 3
            tell("   ", storm(server, self.address(ballot), papers, dice=dice, deaths=deaths))
        found = faults(papers, *open_votes(ballot.pk, papers))
        return must_find(found, one_of=["acknowledged and lost", "acknowledged twice"])

    def open_new_form(self) -> str:
        """A telephone whose answer was lost chooses anew on a new paper: it is told that it has voted already."""
        ballot, dice = self.ballot("New forms"), self.dice()
        papers = papers_of(self.voters[: self.broken], CHOICES, dice)
        awake()
        with Server() as server:
            tell("   ", storm(server, self.address(ballot), papers, dice=dice, deaths=DEADLY, new_form=True))
        found = faults(papers, *open_votes(ballot.pk, papers))
        return must_find(found, one_of=["never acknowledged"])

    # --- secret votes ---------------------------------------------------------------------------------------

    def secret_papers(self, vote: SecretVote, voters: Voters) -> list[Paper]:
        dice = self.dice()
        return papers_of(voters, vote.choices(dice, len(voters)), dice)

    def secret_storm(self) -> str:
        vote = SecretVote(self.plant, "Secret storm")
        papers = self.secret_papers(vote, self.voters)
        awake()
        with Server() as server:
            words = storm(server, self.address(vote.ballot), papers, dice=self.dice(), deaths=DEADLY)
        lengths = lengths_of(papers, self.voters)
        tell("    lengths of the answer, for names and numbers of one length:", list(lengths.values()))
        before = vote.guesses(papers, in_the_open_urn(vote.ballot), closed=False)
        tell("    right guesses before closing:", before)
        vote.close()
        must_be_clean(faults(papers, *vote.stored(papers)))
        after = vote.guesses(papers, vote.trackers(), closed=True)
        tell("    right guesses after closing:", after)
        found = vote.written_down()
        assert found == {}, found
        vote.count(papers)
        everybody = len(self.voters)
        assert max(before.values()) > everybody / 2, "the attack would have found nothing anyway"
        assert max(after.values()) < BY_CHANCE, after
        assert all(len(one) == 1 for one in lengths.values()), (
            "the length of the answer depends on the choice"
        )
        return (
            f"{words}; most right guesses of {everybody:,}: {max(before.values()):,} before closing,"
            f" {max(after.values())} after"
        )

    def secret_unwritten(self) -> str:
        vote = SecretVote(self.plant, "Secret, unwritten")
        papers = self.secret_papers(vote, self.voters[: self.broken])
        awake()
        self.administer(ASLEEP)
        try:
            with Server() as server:
                deaths = ["postmaster", "backend"] * 3
                tell(
                    "   ",
                    storm(server, self.address(vote.ballot), papers, dice=self.dice(), deaths=deaths),
                )
        finally:
            self.administer(AWAKE)
        there = in_the_open_urn(vote.ballot)
        told = {paper.member: paper.words for paper in papers if paper.words}
        lost = {paper.words for paper in papers if paper.words} - set(there)
        assert lost, "the broken one was not noticed"
        return f"found: of {len(told)} voters who were told so, {len(lost)} envelopes are not in the urn"

    def secret_leak(self) -> str:
        vote = SecretVote(self.plant, "Leak")
        assert vote.written_down() == {}
        leak(">".join(vote.codes))
        found = vote.written_down()
        assert found, "the choice in clear was not found"
        return f"found in: {', '.join(sorted({path.rsplit('/', 2)[-2] for path in found}))}"
