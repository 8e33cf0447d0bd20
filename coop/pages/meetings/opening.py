"""Putting an item to the vote: the words, the rule, and the way it is voted."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.acta.sentences import say_rule
from coop.ballots.rules.casting import obstacles_to_opening
from coop.decisions.rules import prepared_vote
from coop.meetings import actions
from coop.meetings.models import AgendaItem
from coop.meetings.rules.sittings import present_voters
from coop.meetings.secrecy import obstacles_to_openness
from coop.meetings.voting_rules import obstacles_to_opening_vote
from coop.meetings.ways import Way
from coop.proposals.models import Proposal
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..proposals.amendments_voted import words_to_vote
from ..sheets import Sheet
from .floor import led, to_the_desk
from .parts import votes_to_come

LONGEST_VOTE = 12 * 60  # minutes


class OpenVoteForm(Sheet):
    way = forms.ChoiceField(
        label=gettext_lazy("How is it voted?"), choices=Way.choices, widget=forms.RadioSelect, required=False
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Closes by itself after so many minutes"),
        help_text=gettext_lazy("Only for a vote on screens. Left empty, it stays open until you close it."),
        min_value=1,
        max_value=LONGEST_VOTE,
        required=False,
    )

    def clean_way(self) -> Way:
        return Way(self.cleaned_data["way"] or Way.SCREENS)


@require_http_methods(["GET", "POST"])
def open_vote(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """What exactly will be voted, under which rule; then the vote is opened."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    against = obstacles_to_openness(item, bylaws=here.bylaws)
    first = Way.SECRET_PAPER if against else Way.SCREENS
    form = OpenVoteForm(request.POST if request.method == "POST" else None, initial={"way": first})
    if not form.is_bound:
        reasons = obstacles_to_opening_vote(item, by=acting(here), at=here.at)
        return _about_to_open(request, here, item, form, reasons, status=200)
    if not form.is_valid():
        return _about_to_open(request, here, item, form, [], status=422)
    way, minutes = form.cleaned_data["way"], form.cleaned_data["minutes"]
    closes_at = here.at + datetime.timedelta(minutes=minutes) if minutes else None
    try:
        decision = actions.open_vote(item=item, way=way, closes_at=closes_at, by=acting(here), at=here.at)
    except Refused as refusal:
        return _about_to_open(request, here, item, form, refusal.reasons, status=409)
    messages.success(request, _("The vote on item %(number)s is open.") % {"number": place})
    return redirect("hands", coop, decision.ballot_id) if way.by_hands else to_the_desk(item)


def _about_to_open(
    request: HttpRequest,
    here: Here,
    item: AgendaItem,
    form: OpenVoteForm,
    reasons: list[Reason],
    *,
    status: int,
) -> HttpResponse:
    context = {"item": item, "meeting": item.meeting, "form": form, "reasons": reasons, "status": status}
    context["present"] = present_voters(item.meeting)
    context["to_come"] = votes_to_come(item.meeting)
    context["against_openness"] = obstacles_to_openness(item, bylaws=here.bylaws)
    context |= _preparation(item, here)
    if item.proposal is not None:
        matter = Proposal.Matter.ORDINARY if item.amendment else item.proposal.matter
        share, base = here.bylaws.majority_for(matter)
        context["rule"] = say_rule(f"{share.numerator}/{share.denominator}", base)
        context |= words_to_vote(item)
    return render(request, "meetings/records/open_vote.html", context, status=status)


def _preparation(item: AgendaItem, here: Here) -> dict[str, Any]:
    """What is made ready for an item: its ballot, and why it cannot be opened yet."""
    ready = prepared_vote(item.proposal, item.meeting.register, item.amendment) if item.proposal else None
    if ready is None:
        return {"ready": None, "may_prepare": item.proposal is not None}
    return {"ready": ready, "against_ready": obstacles_to_opening(ready.ballot, here.at)}
