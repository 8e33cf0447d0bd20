"""The papers of an election as the house still has them, to count them again. Reads, writes nothing."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from coop.ballots.acta.gathering import Gathered, gathered
from coop.ballots.acta.outcomes import Terms
from coop.ballots.models import AgreedSheet, Ballot, NamedVote, Question, Tally
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.counting import VOTES


def are_kept(question: Question) -> bool:
    """Marks are added up, and their sums stay. Of rankings the sheets of the tellers and open votes stay; what came out
    of a sealed urn is counted once, and nobody has it any more."""
    ballot = question.ballot
    return question.is_additive or not (ballot.is_secret and ballot.on_screens)


def papers_of(question: Question, terms: Terms) -> Gathered:
    """Of a counted question whose papers `are_kept`, for the terms under which they are counted again."""
    if question.is_additive:
        return _sums(question)
    papers: Counter[str] = Counter()
    cast = NamedVote.objects.filter(question=question).values_list("answer")
    for answer, number in cast.annotate(number=Count("pk")).order_by():
        papers[answer] += number
    sheets = AgreedSheet.objects.filter(ballot=question.ballot_id, subject=VOTES)
    figures = [(sheet.channel, sheet.figures[str(question.number)]) for sheet in sheets]
    screens = {Channel.PHONE.value: papers}
    return gathered(additive=False, papers=screens, sheets=figures, followed=terms.followed)


def _sums(question: Question) -> Gathered:
    tally = Tally.objects.get(question=question)
    totals = {code: int(votes) for code, votes in tally.result.get("totals", {}).items()}
    given = Gathered(additive=True, blank=tally.blank, spoiled=tally.spoiled)
    given.cast["together"] = tally.voted
    given.votes["together"] = Counter(totals)
    return given


def is_counted(question: Question | None) -> bool:
    return question is not None and question.ballot.state == Ballot.State.COUNTED
