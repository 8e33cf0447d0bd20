"""A vote: the paper and casting it, and how many have voted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from coop.asked_often import Often, given
from coop.ballots import actions
from coop.ballots.models import Ballot, NamedVote, Question, RollEntry
from coop.ballots.office import RUNNING
from coop.ballots.printed import options_of, questions_in, questions_on
from coop.ballots.rules.casting import obstacles_in_form, obstacles_to_casting
from coop.ballots.rules.registers import moved_since, obstacles_to_voting_on
from coop.refusals import Reason, Refused

from .. import access, kept
from ..access import Here, acting, enter, wants_fragment
from ..entrance import secret_again
from ..entrance.guessed import waiting
from ..outcomes.at_hand import SHAPES, latched, where_from
from ..outcomes.results import words_of_answer
from ..reasons import say
from ..templatetags.coop import form_number
from . import voting_paper
from .ways_of_voting import reserved_in

State = Ballot.State
UNREADABLE = voting_paper.UNREADABLE | secret_again.WRONG
VOTES = Often(lambda: NamedVote.objects.filter(entry_id=given("entry")))
STOP_ASKING = 286  # htmx: show this and ask no more


# --- The paper ------------------------------------------------------------------------------------------------------


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    if request.method == "GET":
        found = access.ballot(here, key, with_text=False)
        if voting_paper.votes_in(request.GET):
            return HttpResponseNotAllowed(["POST"])  # a choice belongs into no address and no log
        return _paper(request, here, found)
    found = access.ballot_voted_in(here, key)
    try:
        paper = {number: asked for number, (_key, asked) in questions_on(found).items()}
        answers, form = voting_paper.read_paper(paper, request.POST)
        secret_again.give(request, here)
        if found.is_secret:  # answered at once: what was sealed leaves no trace in an address or a session
            receipt = actions.cast_secret(
                ballot=found, answers=answers, form=form, by=acting(here), at=here.at
            )
            answer = render(request, "votes/ballots/receipt.html", {"ballot": found, "words": receipt.words})
            # A tablet signs the voter out, and lets the receipt stand.
            answer.is_receipt = True  # type: ignore[attr-defined]
            return answer
        actions.cast(ballot=found, answers=answers, form=form, by=acting(here), at=here.at)
    except Refused as refusal:
        unreadable = any(reason.code in UNREADABLE for reason in refusal.reasons)
        found = access.ballot(here, key, with_text=False)  # it may have been closed meanwhile
        answer = _paper(request, here, found, refused=refusal.reasons, status=422 if unreadable else 409)
        return waiting(answer, refusal)
    return redirect("ballot", coop, key)


def _paper(
    request: HttpRequest, here: Here, found: Ballot, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    """The one honest page of a vote: the paper, or the slip, or why there is neither."""
    found = latched(here, found)
    found.cooperative = here.cooperative
    me = acting(here)
    entry = RollEntry.on(found, me)
    voted = entry is not None and entry.channel is not None
    obstacles = [] if voted else _why_not(here, found, obstacles_to_casting(found, entry, here.at))
    item, decision = where_from(found)
    typed = request.POST.get("form", "")
    options = options_of(found)
    asked = questions_in(options)
    may_cast = not voted and not obstacles
    taken = any(reason.code == "form-number-taken" for reason in refused or ())
    context = {
        "ballot": found,
        "shape": SHAPES[found.state],
        "frozen": kept.frozen_parts(found, here.cooperative),
        "asked": asked,
        "withdrawn": voting_paper.withdrawn_from(asked),
        # What is marked on a secret paper is said to nobody, not even to whoever holds the telephone now.
        "marked": []
        if may_cast or found.is_secret
        else voting_paper.marked(voting_paper.to_show(found, asked, request.POST)),
        "entry": entry,
        "slips": _slips(entry, asked),
        "voted": voted,
        "refused": refused,
        "told": list(
            dict.fromkeys(say(reason) for reason in refused or ())
        ),  # of several questions, each thing once
        "obstacles": [] if refused else obstacles,
        "moved": moved_since(found.register, me, here.day) if entry and entry.has_moved else [],
        "may_cast": may_cast,
        "absent": any(reason.code == "not-checked-in" for reason in obstacles),
        "form": form_number() if taken or obstacles_in_form(typed) else typed,
        "secret": secret_again.form_for(request),
        "own": not secret_again.elsewhere(request),
        "item": item,
        "decision": decision,
        "leads": acting(here).pk in found.leaders or here.powers.any_of(RUNNING, found.body),
        **kept.turnout(found),
        **_as_printed(here, found, (options.said,), asked, request.POST, refused or ()),
    }
    return render(request, "votes/ballots/ballot.html", context, status=status)


def _as_printed(
    here: Here,
    found: Ballot,
    said: tuple[object, ...],
    asked: list[Question],
    posted: QueryDict,
    refused: Sequence[Reason],
) -> dict[str, SafeString]:
    """The questions with nothing marked, and how they are counted: everybody gets the same paper.

    Whoever sent it gets it back as they marked it; that is drawn for them, and kept nowhere.
    """

    def read() -> dict[str, Any]:
        return {"ballot": found, "questions": voting_paper.to_show(found, asked, posted, refused)}

    if posted or refused:
        return {
            "questions": render_to_string("votes/ballots/questions.html", read()),
            "rules": render_to_string("votes/ballots/rules.html", read()),
        }
    house = here.cooperative
    majority = (found.majority, found.base, found.round)
    vote = (found.pk, found.opened_at, found.secrecy, *found.channels, *majority)
    reserved = tuple((one.group, one.seats) for question in asked for one in reserved_in(question))
    printed = (vote, house.currency_code, house.currency_decimals, reserved, said)
    return {
        "questions": kept.drawn("votes/ballots/questions.html", house, printed, read),
        "rules": kept.drawn("votes/ballots/rules.html", house, printed, read),
    }


def _why_not(here: Here, found: Ballot, obstacles: list[Reason]) -> list[Reason]:
    """Whoever is not on the roll is told why in the words of their own case."""
    if "not-on-the-roll" not in {reason.code for reason in obstacles}:
        return obstacles
    found.register.cooperative, found.register.body = here.cooperative, found.body
    return obstacles_to_voting_on(found.register, acting(here)) or obstacles


def _slips(entry: RollEntry | None, asked: list[Question]) -> list[dict[str, Any]]:
    """What I have chosen on this paper, question by question."""
    if entry is None or entry.channel is None:
        return []
    votes = {vote.question_id: vote for vote in VOTES.all(entry=entry.pk)}
    return [
        {
            "question": question.wording,
            "words": words_of_answer(vote.answer, question),
            "number": _in_fours(vote.form),
            "at": vote.cast_at,
        }
        for question in asked
        if (vote := votes.get(question.pk))
    ]


def _in_fours(form: str) -> str:
    """The number of a paper, as people read it aloud."""
    return " ".join(form[place : place + 4] for place in range(0, len(form), 4))


# --- How many have voted --------------------------------------------------------------------------------------------


@require_safe
def turnout(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Only how many, never how: there are no partial results."""
    here = enter(request, coop)
    found = latched(here, access.ballot(here, key, with_text=False))
    context = {"ballot": found, "shape": SHAPES[found.state], **kept.turnout(found)}
    if not wants_fragment(request):
        return render(request, "votes/ballots/turnout.html", context)
    answer = render(request, "votes/ballots/turnout.html#turnout", context)
    if found.state != State.OPEN:
        answer.status_code = STOP_ASKING
    return answer
