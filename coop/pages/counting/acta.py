"""The counting minutes (acta de escrutinio): where the papers came from, each question, and who stands for it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.ballots.acta.sentences import say_result
from coop.ballots.acta.stage_sentences import say_steps, say_ties, several
from coop.ballots.actions import count
from coop.ballots.models import (
    Ballot,
    Clash,
    Lot,
    NamedVote,
    Option,
    Tally,
)
from coop.ballots.office import obstacles_to_running
from coop.ballots.rules.casting import secrets_replaced
from coop.ballots.rules.counting import obstacles_to_counting
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.meetings.actions import decide_tie, settle_vote
from coop.proposals.wording import clauses_in, is_a_change
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter, page_of
from ..outcomes.at_hand import SHAPES, chairs, latched, where_from
from ..outcomes.decided import OUTCOME_SHAPES
from ..outcomes.results import Roll, hands_of, names_in, roll_of, rows_of, ways_of, words_of_answer
from ..outcomes.stages import pairs_of, picture_of, table_of
from .acta_facts import people_of, places_of, rules_of

State = Ballot.State
NAMES_ON_A_PAGE = 400
SHAPES_OF_OUTCOMES = {
    **OUTCOME_SHAPES,
    "elected": "yes",
    "chosen": "yes",
    "second_round": "waiting",
    "nobody": "no",
}


@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The minutes; before there are any, what the count waits for, and the button for whoever runs the vote."""
    here = enter(request, coop)
    found = latched(here, access.ballot(here, key))
    refused: list[Reason] = []
    if request.method == "POST":
        try:
            _count(here, found, chair=request.POST.get("chair", ""))
            return redirect("ballot-result", coop, key)
        except Refused as refusal:
            refused = refusal.reasons
            found = access.ballot(here, key)
    if found.state != State.COUNTED:
        return _not_counted(request, here, found, refused)
    context = act_of(found)
    return render(
        request, "votes/ballots/result.html", context | _names(request, found), status=409 if refused else 200
    )


def _count(here: Here, found: Ballot, *, chair: str) -> None:
    """Whoever runs the vote has it counted; a decision that hangs on it is settled and numbered by the same act.

    `chair`: what whoever chairs decides at a tie; the word of anybody else is passed over.
    """
    refuse_if(obstacles_to_running(found, by=acting(here), at=here.at) + obstacles_to_counting(found))
    decision = Decision.objects.filter(ballot=found).first()
    word = chair if chair and chairs(here, found) else ""
    if decision is None and not found.needs_presence:
        # with what follows for a recall or a fund
        decisions.count_up(ballot=found, chair=word, by=acting(here), at=here.at)
    elif decision is None:
        count(ballot=found, chair=word, by=acting(here).actor, at=here.at)
    elif word and (item := where_from(found)[0]) is not None:
        decide_tie(item=item, choice=word, by=acting(here), at=here.at)
    else:
        settle_vote(decision=decision, chair=word, by=acting(here).actor, at=here.at)
        fresh = access.ballot(here, found.pk)
        if fresh.state == State.CLOSED:  # it waits for a lot or for the chair: then this says so
            count(ballot=fresh, by=acting(here).actor, at=here.at)


def _not_counted(request: HttpRequest, here: Here, found: Ballot, refused: list[Reason]) -> HttpResponse:
    item, decision = where_from(found)
    runs = not obstacles_to_running(found, by=acting(here), at=here.at)
    waits = obstacles_to_counting(found) if found.state == State.CLOSED and runs else []
    context = {
        "ballot": found,
        "item": item,
        "decision": decision,
        "shape": SHAPES[found.state],
        "refused": refused,
        "waits": [] if refused else waits,
        "chair_decides": any(reason.code == "casting-vote-needed" for reason in refused)
        and chairs(here, found),
        "may_count": runs and found.state == State.CLOSED and not waits,
    }
    return render(request, "votes/ballots/not_counted.html", context, status=409 if refused else 200)


# --- What the minutes say --------------------------------------------------------------------------------------------


def act_of(found: Ballot) -> dict[str, Any]:
    """Everything the minutes say, for the page and for paper."""
    item, decision = where_from(found)
    tallies = list(
        Tally.objects.filter(question__ballot=found)
        .select_related("question")
        .prefetch_related("lines__option", "question__options")
        .order_by("question__number")
    )
    roll = roll_of(found)
    return {
        "ballot": found,
        "item": item,
        "decision": decision,
        "rules": rules_of(found, tallies),
        "change": is_a_change(found.text),
        "clauses": [] if is_a_change(found.text) else clauses_in(found.text)[1],
        "counts": [_question(tally, found, roll) for tally in tallies],
        "voted": max((tally.voted for tally in tallies), default=0),
        "places": places_of(found),
        "clashes": Clash.objects.filter(ballot=found).select_related("member", "urn"),
        "people": people_of(found),
        "lot": Lot.objects.filter(ballot=found).select_related("witness_1", "witness_2", "drawn_by").first(),
        "urn": getattr(found, "sealed_urn", None) if found.is_secret else None,
        "resets": secrets_replaced(found.register).count(),
    }


def _question(tally: Tally, found: Ballot, roll: Roll) -> dict[str, Any]:
    rows = rows_of(tally)
    votes = {row.code: row.votes for row in rows}
    names = names_in(tally.question)
    return {
        "tally": tally,
        "outcome": _("carried by acclamation")
        if tally.how == Tally.How.ACCLAMATION
        else tally.get_outcome_display(),
        "sentence": say_result(tally),
        "shape": SHAPES_OF_OUTCOMES[tally.outcome],
        "rows": rows,
        "pro": votes.get("for"),
        "contra": votes.get("against"),
        "ways": ways_of(tally, found, roll),
        "hands": hands_of(tally, roll),
        "apart": all(line.channel for line in tally.lines.all()),
        "steps": say_steps(tally.result, names),
        "ties": say_ties(tally.result, names),
        "withdrawn": several(names[code] for code in tally.result.get("withdrawn", ())),
        "table": table_of(tally.result, names),
        "pairs": pairs_of(tally.result, names),
        "picture": picture_of(tally.result, names),
    }


def _names(request: HttpRequest, found: Ballot) -> dict[str, Any]:
    """Who voted what in an open vote, by answer and number; members can read it, and it is printed with the count."""
    if found.is_secret:
        return {}
    its_option = Option.objects.filter(question=OuterRef("question"), code=OuterRef("answer"))
    votes = (
        NamedVote.objects.filter(question__ballot=found)
        .select_related("question", "entry__member")
        .prefetch_related("question__options")
        .annotate(place=Subquery(its_option.values("number")[:1]))
        .order_by("question__number", F("place").asc(nulls_last=True), "answer", "entry__member__number")
    )
    named = page_of(request, votes, NAMES_ON_A_PAGE)
    by_answer = groupby(named, key=lambda vote: words_of_answer(vote.answer, vote.question))
    return {"page": named, "names": [(words, [v.entry.member for v in votes]) for words, votes in by_answer]}
