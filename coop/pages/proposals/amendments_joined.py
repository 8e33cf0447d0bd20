"""Amendments that become one: a common text in the place of several, or several that are voted at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions as meetings
from coop.proposals import actions
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Delete, Insert, Whole, Words
from coop.proposals.models import Amendment
from coop.proposals.rules import (
    obstacles_to_amending,
    obstacles_to_joining,
    obstacles_to_leading,
    obstacles_to_writing_an_amendment,
)
from coop.proposals.wording import tidy_changes
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..fields import typed_in
from ..sheets import Sheet
from .amendment_sheets import Slot, slots_in
from .amendments_told import in_words
from .amendments_written import Desk, one_more, page, preview_of

State, Kind = Amendment.State, Amendment.Kind


class Parts(Sheet):
    part = forms.MultipleChoiceField(
        label=gettext_lazy("Which amendments?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least two amendments.")},
    )

    def __init__(self, *args: Any, text: AmendedText, found: list[Amendment], **more: Any) -> None:
        super().__init__(*args, **more)
        self.found = {str(one.pk): one for one in found}
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            (pk, f"{one.short}, {one.author.name}. {' '.join(in_words(text, one))}")
            for pk, one in self.found.items()
        ]

    @property
    def parts(self) -> list[Amendment]:
        return [self.found[pk] for pk in self.cleaned_data["part"]]


# --- A common text --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def common(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The parts are chosen in the address; then the common text is written like any amendment."""
    here = enter(request, coop)
    proposal = access.proposal(here, key)
    text = AmendedText.of(proposal)
    found = text.those(State.SUBMITTED, State.ADMITTED, State.CARRIED)
    asked = request.POST if request.method == "POST" else request.GET
    parts = [one for one in found if str(one.pk) in asked.getlist("part")]
    if request.method == "POST":
        return _written(request, here, text, parts)
    reasons = obstacles_to_writing_an_amendment(proposal, by=acting(here), day=here.day, bylaws=here.bylaws)
    joined = obstacles_to_joining(text, parts) if "chosen" in request.GET and not reasons else []
    if reasons or joined or "chosen" not in request.GET:
        form = Parts(text=text, found=found, initial={"part": asked.getlist("part")})
        context = {"proposal": proposal, "form": form, "obstacles": reasons, "refused": joined}
        return render(
            request, "proposals/amendments/parts_chosen.html", context, status=409 if joined else 200
        )
    desk = Desk(proposal, text.clauses)
    slots, words = _begun(text, parts)
    return page(request, desk, desk.sheet(slots, initial=words), parts=parts)


def _begun(text: AmendedText, parts: list[Amendment]) -> tuple[list[Slot], dict[str, str]]:
    """A box wherever one of the parts changes something, with the words of the first that does."""
    words: dict[str, str] = {}
    for part in parts:
        for change in text.amending(part).changes:
            match change:
                case Whole(texts):
                    return slots_in(["whole"]), {"whole": "\n\n".join(texts)}
                case Words(clause, new):
                    words.setdefault(f"words-{clause}", new)
                case Insert(clause, new):
                    words.setdefault(f"insert-{clause}", new)
                case Delete(clause):
                    words.setdefault(f"words-{clause}", text.clauses[clause - 1])
    return slots_in(words), words


def _written(request: HttpRequest, here: Here, text: AmendedText, parts: list[Amendment]) -> HttpResponse:
    desk, me = Desk(text.proposal, text.clauses), acting(here)
    slots = slots_in(request.POST)
    if request.POST.get("drop"):
        slots = [slot for slot in slots if slot.name != request.POST["drop"]]
        return page(
            request, desk, desk.sheet(slots, initial=desk.sheet(slots, request.POST).typed), parts=parts
        )
    if request.POST.get("do") == "add":
        return one_more(request, desk, slots, parts=parts)
    form = desk.sheet(slots, request.POST)
    if not form.is_valid():
        return page(request, desk, form, status=422, parts=parts)
    changes = tidy_changes(form.changes())
    reasons: list[Reason] = obstacles_to_joining(text, parts)
    if request.POST.get("do") != "move" or not parts:
        reasons += obstacles_to_amending(
            text.proposal, changes, by=me, at=here.at, day=here.day, bylaws=here.bylaws
        )
        if reasons:
            return page(request, desk, form, refused=reasons, status=409, parts=parts)
        return page(request, desk, form, preview=preview_of(desk, changes), parts=parts)
    try:
        made = actions.propose_common(
            parts=parts, changes=changes, reasons=form.cleaned_data["reasons"], by=me, at=here.at
        )
    except Refused as refusal:
        return page(request, desk, form, refused=refusal.reasons, status=409, parts=parts)
    messages.success(request, _("The common text is there as %(label)s.") % {"label": made.label})
    return redirect("amendment", here.cooperative.slug, made.pk)


# --- Several at once ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    proposal = access.proposal(here, key)
    text, me = AmendedText.of(proposal), acting(here)
    refuse_if(obstacles_to_leading(proposal, by=me, at=here.at))
    found = [one for one in text.those(State.ADMITTED) if one.pk not in text.in_blocks]
    form = Parts(typed_in(request), text=text, found=found)
    context: dict[str, Any] = {"proposal": proposal, "form": form, "together": True}
    if request.method == "GET":
        return render(request, "proposals/amendments/parts_chosen.html", context)
    if not form.is_valid():
        return render(request, "proposals/amendments/parts_chosen.html", context, status=422)
    try:
        made = meetings.vote_together(proposal=proposal, parts=form.parts, by=me, at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "proposals/amendments/parts_chosen.html", context, status=409)
    messages.success(request, _("They are voted together, as %(label)s.") % {"label": made.label})
    return redirect("proposal-order", coop, key)
