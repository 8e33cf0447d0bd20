"""Decisions of the time before, from the book: copying one, its sheet, and the second signature under it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.decisions import actions
from coop.decisions.models import CarriedDecision, Decision
from coop.decisions.rules import HIGHEST, obstacles_to_confirming_carried
from coop.members.models import Body
from coop.members.rules.second_person import obstacles_to_keeping_the_archive
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import PastDay, SourceField
from ..outcomes.decided import OUTCOME_SHAPES
from ..second_person import answered
from ..sheets import Sheet, WordsField
from . import after_the_decision

LONGEST = 50_000  # characters


def _outcomes() -> list[tuple[str, str]]:
    known = (Decision.Outcome.CARRIED, Decision.Outcome.NOT_CARRIED)
    return [(outcome.value, capfirst(str(outcome.label))) for outcome in known]


class CopyForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who decided"), to_field_name="code", empty_label=None
    )
    decided_on = PastDay(label=gettext_lazy("Day of the decision"))
    number = forms.IntegerField(
        label=gettext_lazy("Number in that year"),
        min_value=1,
        max_value=HIGHEST,
        help_text=gettext_lazy("The numbers of the house go on after the highest one."),
    )
    title = WordsField(label=gettext_lazy("Title"), max_length=200)
    text = WordsField(
        label=gettext_lazy("The text that was decided"),
        help_text=gettext_lazy("Word for word, as the book has it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("How it ended"), choices=_outcomes, initial=Decision.Outcome.CARRIED
    )
    source = SourceField()

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        bodies = Body.objects.filter(cooperative=here.cooperative).exclude(kind=Body.Kind.REGISTER)
        field: Any = self.fields["body"]
        field.queryset = bodies.select_related("cooperative__chain").order_by("name")
        field.initial = bodies.filter(kind=Body.Kind.ASSEMBLY).values_list("code", flat=True).first()

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("decided_on") and answers["decided_on"] > self.here.day:
            self.add_error("decided_on", _("That day has not come yet; only what has happened is copied."))
        return answers


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, coop: str) -> HttpResponse:
    """A decision from the book; with `?corrects=` one that takes the place of a wrong copy."""
    here = enter(request, coop)
    if obstacles_to_keeping_the_archive(here.cooperative, by=acting(here), at=here.at, powers=here.powers):
        raise Http404
    wrong = _corrected(request, here)
    form = CopyForm(request.POST if request.method == "POST" else None, here=here, initial=_initial(wrong))
    context: dict[str, Any] = {"form": form, "wrong": wrong}
    if request.method == "GET":
        return render(request, "decisions/old_decisions/copy.html", context)
    if not form.is_valid():
        return render(request, "decisions/old_decisions/copy.html", context, status=422)
    try:
        made = actions.carry_over(**form.cleaned_data, corrects=wrong, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "decisions/old_decisions/copy.html", context, status=409)
    messages.success(request, _("Copied. It counts when a second person has compared it with the book."))
    return redirect("old-decision", coop, made.pk)


def _corrected(request: HttpRequest, here: Here) -> CarriedDecision | None:
    key = request.GET.get("corrects")
    if key is None:
        return None
    if not key.isdecimal() or not key.isascii() or len(key) > 18:
        raise Http404
    return access.carried_decision(here, int(key))


def _initial(wrong: CarriedDecision | None) -> dict[str, Any]:
    if wrong is None:
        return {}
    names = ("decided_on", "number", "title", "text", "outcome", "source")
    return {"body": wrong.body.code, **{name: getattr(wrong, name) for name in names}}


@require_safe
def old_decision(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _show(request, here, access.carried_decision(here, key))


@require_POST
def countersign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second person confirms, or says what the book says instead."""
    here = enter(request, coop)
    entry = access.carried_decision(here, key)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_carried, entry=entry),
            turn_down=partial(actions.turn_down_carried, entry=entry),
            confirmed=_("Confirmed. It stands in the register of decisions."),
        )
    except Refused as refusal:
        entry = access.carried_decision(here, key)
        typed = request.POST.get("because", "")
        return _show(request, here, entry, refused=refusal.reasons, typed=typed)
    return redirect("old-decision", coop, key)


def _show(
    request: HttpRequest,
    here: Here,
    entry: CarriedDecision,
    *,
    refused: list[Reason] | None = None,
    typed: str = "",
) -> HttpResponse:
    me = acting(here)
    archive = obstacles_to_keeping_the_archive(here.cooperative, by=me, at=here.at, powers=here.powers)
    context = {
        **after_the_decision.beside(here, entry),
        "decision": entry,
        "shape": OUTCOME_SHAPES[entry.outcome],
        "refused": refused,
        "typed": typed,
        "obstacles": obstacles_to_confirming_carried(entry, by=me, at=here.at) if entry.waits else [],
        "mine": entry.entered_by_id == me.pk,
        "may_correct": entry.counts and not archive,
        "correction": entry.corrections.filter(CarriedDecision.counted()).select_related("body").first(),
    }
    return render(
        request, "decisions/old_decisions/old_decision.html", context, status=409 if refused else 200
    )
