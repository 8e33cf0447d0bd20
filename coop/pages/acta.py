"""The counting minutes of a vote."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.ballots.models import Ballot, NamedVote, Tally
from coop.ballots.sentences import say_result
from coop.proposals.wording import clauses_in

from . import access
from .access import enter, page_of
from .at_hand import SHAPES, latched, where_from
from .decisions import OUTCOME_SHAPES
from .results import rows_of, ways_of, words_of_answer

State = Ballot.State
NAMES_ON_A_PAGE = 400


@require_safe
def result(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = latched(here, access.ballot(here, key))
    item, decision = where_from(found)
    context: dict[str, Any] = {"ballot": found, "item": item, "decision": decision}
    if found.state != State.COUNTED:
        return render(request, "ballots/not_counted.html", context | {"shape": SHAPES[found.state]})
    tallies = (
        Tally.objects.filter(question__ballot=found)
        .select_related("question")
        .prefetch_related("lines__option")
        .order_by("question__number")
    )
    context["clauses"] = clauses_in(found.text)[1]
    context["counts"] = [_count(tally) for tally in tallies]
    return render(request, "ballots/result.html", context | _names(request, found))


def _count(tally: Tally) -> dict[str, Any]:
    rows = rows_of(tally)
    votes = {row.code: row.votes for row in rows}
    return {
        "tally": tally,
        "sentence": say_result(tally),
        "shape": OUTCOME_SHAPES[tally.outcome],
        "rows": rows,
        "pro": votes["for"],
        "contra": votes["against"],
        "ways": ways_of(tally),
    }


def _names(request: HttpRequest, found: Ballot) -> dict[str, Any]:
    """Who voted what in an open vote, by answer and number; members can read it, and it is printed with the count."""
    if found.secrecy != Ballot.Secrecy.OPEN:
        return {}
    votes = (
        NamedVote.objects.filter(question__ballot=found)
        .select_related("question", "entry__member")
        .order_by("question__number", "answer", "entry__member__number")
    )
    named = page_of(request, votes, NAMES_ON_A_PAGE)
    by_answer = groupby(named, key=lambda vote: words_of_answer(vote.answer, vote.question))
    return {"page": named, "names": [(words, [v.entry.member for v in votes]) for words, votes in by_answer]}
