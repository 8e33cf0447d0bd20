"""One box voted again: what the others hold stays counted, what this one holds now is added (practice C08). Reads only.

Only of questions whose papers are added up, and only of a first round: elsewhere the whole contest is repeated.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Q

from coop.ballots.acta.gathering import Gathered
from coop.ballots.acta.outcomes import Counted, outcome_of
from coop.ballots.acta.terms import terms_of
from coop.ballots.counting import LotNeeded
from coop.ballots.counting.papers import BLANK
from coop.ballots.models import AgreedSheet, Ballot, Urn
from coop.ballots.rules.counting import VOTES

from .models import Challenge, Contest
from .papers_kept import papers_of

TOGETHER = "together"
UPHELD = (Challenge.State.UPHELD, Challenge.State.APPEAL_UPHELD)


def first_of(contest: Contest) -> Contest:
    """The contest to which this one adds a box; itself where it adds to none."""
    return contest.adds_to if contest.adds_to is not None else contest


def box_of(contest: Contest) -> Urn:
    """The box that is voted again in a contest that adds to another."""
    asked = Q(election__contests=contest.adds_to_id, box__ballot__questions=first_of(contest).question_id)
    found = Challenge.objects.filter(asked, box__isnull=False, state__in=[*UPHELD, Challenge.State.APPEALED])
    challenge = found.select_related("box").order_by("decided_at").first()
    assert challenge is not None  # a trigger asks for it
    assert challenge.box is not None
    return challenge.box


def can_be_added(box: Urn) -> bool:
    """Whether the figures of this box can be taken out of the count and others put in their place."""
    ballot = box.ballot
    if box.mixed_into_id is not None or ballot.state != Ballot.State.COUNTED or ballot.parent_id is not None:
        return False
    if Ballot.objects.filter(parent=ballot).exclude(state=Ballot.State.ANNULLED).exists():
        return False
    if not AgreedSheet.objects.filter(urn=box, subject=VOTES).exists():
        return False
    return all(question.is_additive for question in ballot.questions.all())


@dataclass(frozen=True)
class Figures:
    """Votes by code in the other boxes and on screens, in this box as it was, and in it again; `spoiled` under ""."""

    others: Counter[str]
    before: Counter[str]
    again: Counter[str]
    papers: tuple[int, int, int]  # in the same order

    @property
    def together(self) -> Counter[str]:
        return self.others + self.again


def figures_of(contest: Contest) -> Figures:
    """Of a contest that adds to another; what is not counted yet holds nothing."""
    asked, question = first_of(contest).question, contest.question
    assert asked is not None  # the papers are drawn up
    assert question is not None
    sheet = AgreedSheet.objects.get(urn=box_of(contest), subject=VOTES)
    told = sheet.figures[str(asked.number)]
    before = Counter({**told["votes"], "": told["spoiled"]})
    first = papers_of(asked, terms_of(asked.ballot, asked))
    others = _votes(first)
    others.subtract(before)
    papers = (first.all_cast - told["papers"], told["papers"])
    if question.ballot.state != Ballot.State.COUNTED:
        return Figures(+others, +before, Counter(), (*papers, 0))
    again = papers_of(question, terms_of(question.ballot, question))
    return Figures(+others, +before, _votes(again), (*papers, again.all_cast))


def _votes(given: Gathered) -> Counter[str]:
    return Counter({**given.totals, BLANK: given.blank, "": given.spoiled})


def counted_together(contest: Contest) -> Counted | None:
    """As if the box had held from the first what it holds now. None where only a lot or another round would tell."""
    asked, question = first_of(contest).question, contest.question
    assert asked is not None  # the papers are drawn up
    assert question is not None
    terms = terms_of(asked.ballot, asked)
    terms = replace(terms, withdrawn=terms.withdrawn | terms_of(question.ballot, question).withdrawn)
    try:
        counted = outcome_of(terms, papers_together(contest))
    except LotNeeded:
        return None
    return None if counted.outcome in ("second_round", "tie") else counted


def papers_together(contest: Contest) -> Gathered:
    """Everything that counts in a contest that adds to another. Sums are the same whatever the terms are."""
    figures = figures_of(contest)
    votes, (others, _before, again) = figures.together, figures.papers
    given = Gathered(additive=True, blank=votes[BLANK], spoiled=votes[""])
    given.cast[TOGETHER] = others + again
    given.votes[TOGETHER] = Counter({code: many for code, many in votes.items() if code})
    return given
