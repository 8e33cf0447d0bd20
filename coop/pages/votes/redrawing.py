"""A draft of a vote that is drawn up anew by whoever drew it up: the same sheets, filled with what it says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.ballots.models import Ballot, Option, Question
from coop.ballots.rules.drawing_up import PROJECTS
from coop.ballots.rules.running import obstacles_to_redrawing
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.decisions.funds import obstacles_to_redrawing_choice
from coop.elections.rules.votes import obstacles_to_redrawing_paper
from coop.proposals.models import Proposal
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import BecauseForm
from .drawing_up import Draft, VoteForm, sent, show
from .questions_asked import QuestionForm

Method = Question.Method


@require_http_methods(["GET", "POST"])
def redraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot_to_lead(here, key)
    found.cooperative = found.register.cooperative = here.cooperative
    if request.method != "POST":
        against = (
            obstacles_to_redrawing_choice(found)
            or obstacles_to_redrawing_paper(found)
            or obstacles_to_redrawing(found, "-", by=acting(here), at=here.at)
        )
        if against:
            context = {"ballot": found, "against": against}
            return render(request, "votes/vote_office/not_redrawn.html", context)
        return show(request, _as_it_stands(here, found), before=found, because=BecauseForm())
    draft, because = sent(request, here), BecauseForm(request.POST)
    if not draft.judged:
        because.quiet()
        return show(request, draft, before=found, because=because)
    whole = [draft.is_whole(), because.is_valid()]
    if not all(whole):
        return show(request, draft, before=found, because=because, status=422)
    try:
        made = decisions.redraw(
            ballot=found,
            because=because.cleaned_data["because"],
            **draft.given(),
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return show(request, draft, before=found, because=because, reasons=refusal.reasons, status=409)
    messages.success(request, _("Drawn up anew. Somebody else reads it once more and opens it."))
    return redirect("vote-office", coop, made.pk)


def _as_it_stands(here: Here, found: Ballot) -> Draft:
    told = {
        "body": found.body.code,
        "register": str(found.register_id),
        "title": found.title,
        "text": found.text,
        "matter": _matter(here, found),
        "secrecy": found.secrecy,
        "channels": found.channels,
        "closes_at": found.closes_at,
    }
    questions = found.questions.prefetch_related("options__member", "reserved")
    asked = [
        QuestionForm(here=here, prefix=f"q{place}", initial=_question(question))
        for place, question in enumerate(questions, 1)
    ]
    return Draft(VoteForm(here=here, initial=told), asked, judged=False)


def _matter(here: Here, found: Ballot) -> str:
    """Business with the majority of the draft. Which one it was is not kept; of one majority all are alike."""
    bylaws = Bylaws.in_force(here.cooperative, here.day)
    for matter in Proposal.Matter.values:
        share, base = bylaws.majority_for(matter)
        if (share, base) == (found.majority_share, found.base):
            return matter
    return Proposal.Matter.ORDINARY.value


def _question(question: Question) -> dict[str, Any]:
    options = list(question.options.all())
    named = [option for option in options if option.code not in (Option.BLANK, Option.KEEP)]
    if question.method == Method.MOTION:
        named = [option for option in named if option.member]
    return {
        "wording": question.wording,
        "method": question.method,
        "choices": "\n".join(_line(question, option) for option in named),
        "keep": any(option.code == Option.KEEP for option in options),
        "seats": question.seats,
        "kept": "\n".join(f"{one.group} {one.seats}" for one in question.reserved.all()),
        "marks": question.marks,
        "money": question.money,
        "threshold": question.threshold or None,
    }


def _line(question: Question, option: Option) -> str:
    """A choice as it is typed."""
    if option.member is not None:
        return f"{option.member.number} {option.member.name}"
    return f"{option.label}; {option.cost}" if question.method in PROJECTS else option.label
