"""Counting a closed ballot: once, question by question, for ever."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count

from coop.journal.actions import write
from coop.journal.models import Actor
from coop.refusals import refuse_if

from ..counting import Base, count_motion
from ..models import Ballot, NamedVote, Question, Tally, TallyLine
from ..rules import obstacles_to_counting
from .locks import locked, subject_of


@transaction.atomic
def count(*, ballot: Ballot, by: Actor, at: datetime.datetime) -> list[Tally]:
    """Counts a closed ballot, question by question, and writes the figures down for ever."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_counting(ballot))
    tallies = [_count_question(ballot, question) for question in ballot.questions.all()]
    ballot.state, ballot.counted_at = Ballot.State.COUNTED, at
    ballot.save(update_fields=["state", "counted_at"])
    write(
        ballot.cooperative.chain,
        verb="ballot-counted",
        subject=subject_of(ballot),
        by=by,
        at=at,
        facts={
            "questions": [
                {"number": tally.question.number, "outcome": tally.outcome, "votes": _votes(tally)}
                for tally in tallies
            ]
        },
    )
    return tallies


def _count_question(ballot: Ballot, question: Question) -> Tally:
    cast = NamedVote.objects.filter(question=question).values_list("answer", "entry__channel")
    found = {(answer, channel): votes for answer, channel, votes in cast.annotate(votes=Count("pk"))}
    options = list(question.options.all())
    votes = {
        option.code: sum(n for (which, _channel), n in found.items() if which == option.code)
        for option in options
    }
    assert ballot.present is not None  # closed: both are latched
    assert ballot.roll_size is not None
    result = count_motion(
        votes_for=votes["for"],
        against=votes["against"],
        abstain=votes["abstain"],
        present=ballot.present,
        register=ballot.roll_size,
        majority=ballot.majority_share,
        base=Base(ballot.base),
    )
    tally = Tally.objects.create(
        question=question,
        outcome=result.outcome.value,
        majority=ballot.majority,
        base=result.base.value,
        base_count=result.base_count,
        needed=result.needed,
        register=ballot.roll_size,
        present=ballot.present,
        voted=sum(votes.values()),
    )
    TallyLine.objects.bulk_create(
        TallyLine(tally=tally, option=option, channel=channel, votes=found.get((option.code, channel), 0))
        for option in options
        for channel in ballot.channels
    )
    return tally


def _votes(tally: Tally) -> dict[str, int]:
    votes: dict[str, int] = {}
    for line in tally.lines.select_related("option"):
        votes[line.option.code] = votes.get(line.option.code, 0) + line.votes
    return votes
