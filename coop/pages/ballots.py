"""A vote: the paper and casting it, and how many have voted."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from coop.ballots import actions
from coop.ballots.models import Ballot, Option, RollEntry
from coop.ballots.register_rules import moved_since, obstacles_to_voting_on
from coop.ballots.rules import obstacles_in_form, obstacles_to_casting
from coop.ballots.sentences import say_rule
from coop.proposals.wording import clauses_in
from coop.refusals import Reason, Refused, refuse_if

from . import access, secret_again
from .access import Here, acting, enter, wants_fragment
from .at_hand import SHAPES, latched, where_from
from .entrance import waiting
from .results import words_of, words_of_answer
from .templatetags.coop import form_number

State = Ballot.State
ANSWER = re.compile(r"choice(?:-([1-9][0-9]{0,3}))?")
UNREADABLE = {
    "form-number-unreadable",
    "no-choice",
    "two-choices",
    "unknown-choice",
    "unknown-question",
} | secret_again.WRONG
STOP_ASKING = 286  # htmx: show this and ask no more

# What each answer of a motion means, said on its card; abstaining weighs differently on every base.
MEANINGS = {
    "for": gettext_lazy("The text becomes a decision."),
    "against": gettext_lazy("It does not become a decision; things stay as they are."),
}
ABSTAINING = {
    "for_against": gettext_lazy("I take no side. It does not count for the majority."),
    "valid": gettext_lazy("I take no side. As all votes cast are counted, it weighs like a vote against."),
    "present": gettext_lazy(
        "I take no side. As everybody present is counted, it weighs like a vote against."
    ),
    "register": gettext_lazy(
        "I take no side. As the whole register is counted, it weighs like a vote against."
    ),
}


# --- The paper ------------------------------------------------------------------------------------------------------


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot(here, key)
    if request.method == "GET":
        return _paper(request, here, found)
    try:
        answers, form = _read(request.POST)
        secret_again.give(request, here)
        actions.cast(ballot=found, answers=answers, form=form, by=acting(here), at=here.at)
    except Refused as refusal:
        unreadable = any(reason.code in UNREADABLE for reason in refusal.reasons)
        found = access.ballot(here, key)  # it may have been closed meanwhile
        answer = _paper(request, here, found, refused=refusal.reasons, status=422 if unreadable else 409)
        return waiting(answer, refusal)
    return redirect("ballot", coop, key)


def field_of(question: int) -> str:
    """The name of the field that answers a question."""
    return "choice" if question == 1 else f"choice-{question}"


def _read(posted: QueryDict) -> tuple[dict[int, str], str]:
    """The answers by the number of the question, and the number of the paper. Other fields are passed over."""
    answers = {}
    for name, values in posted.lists():
        if found := ANSWER.fullmatch(name):
            number = int(found[1] or 1)
            refuse_if([Reason("two-choices")] if len(values) > 1 or number in answers else [])
            answers[number] = str(values[0])
    forms = posted.getlist("form")
    refuse_if([Reason("form-number-unreadable")] if len(forms) != 1 else [])
    return answers, forms[0]


def _paper(
    request: HttpRequest, here: Here, found: Ballot, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    """The one honest page of a vote: the paper, or the slip, or why there is neither."""
    found = latched(here, found)
    me = acting(here)
    entry = RollEntry.of(me).filter(ballot=found).first()
    voted = entry is not None and entry.channel is not None
    obstacles = [] if voted else _why_not(here, found, obstacles_to_casting(found, entry, here.at))
    item, decision = where_from(found)
    typed = request.POST.get("form", "")
    context = {
        "ballot": found,
        "shape": SHAPES[found.state],
        "rule": say_rule(found.majority, found.base),
        "clauses": clauses_in(found.text)[1],
        "questions": _questions(found, request.POST),
        "entry": entry,
        "slips": _slips(entry),
        "voted": voted,
        "refused": refused,
        "obstacles": [] if refused else obstacles,
        "moved": moved_since(found.register, me, here.day) if entry else [],
        "may_cast": not voted and not obstacles,
        "absent": any(reason.code == "not-checked-in" for reason in obstacles),
        "form": form_number() if obstacles_in_form(typed) else typed,
        "secret": secret_again.form_for(request),
        "item": item,
        "decision": decision,
        **_turnout(found),
    }
    return render(request, "ballots/ballot.html", context, status=status)


def _why_not(here: Here, found: Ballot, obstacles: list[Reason]) -> list[Reason]:
    """Whoever is not on the roll is told why in the words of their own case."""
    if "not-on-the-roll" not in {reason.code for reason in obstacles}:
        return obstacles
    found.register.cooperative, found.register.body = here.cooperative, found.body
    return obstacles_to_voting_on(found.register, acting(here)) or obstacles


def _questions(found: Ballot, posted: QueryDict) -> list[dict[str, Any]]:
    return [
        {
            "wording": question.wording,
            "field": field_of(question.number),
            "cards": [
                {
                    "value": option.code,
                    "label": words_of(option),
                    "more": _meaning(found, option),
                    "checked": posted.getlist(field_of(question.number)) == [option.code],
                }
                for option in question.options.all()
            ],
        }
        for question in found.questions.prefetch_related("options")
    ]


def _meaning(found: Ballot, option: Option) -> str:
    return str(ABSTAINING[found.base] if option.code == "abstain" else MEANINGS.get(option.code, ""))


def _slips(entry: RollEntry | None) -> list[dict[str, Any]]:
    """What I have chosen on this paper, question by question."""
    if entry is None or entry.channel is None:
        return []
    votes = entry.votes.select_related("question").order_by("question__number")
    return [
        {
            "question": vote.question.wording,
            "words": words_of_answer(vote.answer, vote.question),
            "number": _in_fours(vote.form),
            "at": vote.cast_at,
        }
        for vote in votes
    ]


def _in_fours(form: str) -> str:
    """The number of a paper, as people read it aloud."""
    return " ".join(form[place : place + 4] for place in range(0, len(form), 4))


# --- How many have voted --------------------------------------------------------------------------------------------


@require_safe
def turnout(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Only how many, never how: there are no partial results."""
    here = enter(request, coop)
    found = latched(here, access.ballot(here, key))
    context = {"ballot": found, "shape": SHAPES[found.state], **_turnout(found)}
    if not wants_fragment(request):
        return render(request, "ballots/turnout.html", context)
    answer = render(request, "ballots/turnout.html#turnout", context)
    if found.state != State.OPEN:
        answer.status_code = STOP_ASKING
    return answer


def _turnout(found: Ballot) -> dict[str, int]:
    """One query. Those who may vote are the people present, or, outside a meeting, the whole roll."""
    return found.roll.aggregate(
        cast=Count("pk", filter=Q(channel__isnull=False)), entitled=Count("pk", filter=Q(present=True))
    )
