"""Motions of order, at the desk: how to go on is moved, voted by raised hands and written down at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.acta.sentences import say_rule
from coop.meetings import actions
from coop.meetings.models import Meeting, ProceduralMotion
from coop.meetings.speaking import ON_AMENDMENTS, Moved, can_be_meant
from coop.proposals.amended_text import AmendedText
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import NumberField, NumbersForm
from ..proposals.amendments_told import in_words
from ..sheets import WordsField
from .floor import led
from .in_session import floor_under_way, sitting_of


class OnAmendments(forms.MultipleChoiceField):
    """The amendments of the item under way that a motion can be about, in words."""

    depends = True

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Which amendments"), required=False, widget=forms.CheckboxSelectMultiple
        )


class MotionForm(NumbersForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is moved"),
        choices=[(one.value, capfirst(one.label)) for one in ProceduralMotion.Kind],
        widget=forms.RadioSelect,
    )
    words = WordsField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("For another motion of order; of amendments their numbers, as A3, A5."),
        max_length=200,
        required=False,
    )
    amendments = OnAmendments()
    mover = NumberField(label=gettext_lazy("Moved by number"))
    votes_for = forms.IntegerField(
        label=gettext_lazy("Hands for"), min_value=0, max_value=99_999, required=False
    )
    votes_against = forms.IntegerField(
        label=gettext_lazy("Hands against"), min_value=0, max_value=99_999, required=False
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Without a count: what the chair saw"),
        choices=[
            ("", gettext_lazy("The figures decide")),
            *((one.value, capfirst(one.label)) for one in ProceduralMotion.Outcome),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, here: Here, amendments: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        self.fields["amendments"].choices = amendments  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["moved_by"] = self.member("mover")
        if answers.get("kind") in ON_AMENDMENTS and answers.get("amendments"):
            answers["words"] = ", ".join(answers["amendments"])
        return answers


@require_http_methods(["GET", "POST"])
def move_order(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A motion of order, moved and decided at once; closing the debate by the majority of the bylaws."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    data = request.POST if request.method == "POST" else None
    form = MotionForm(data, here=here, amendments=_meant(here, meeting))
    if not form.is_bound:
        return _motion(request, here, meeting, form, [])
    if not form.is_valid():
        return _motion(request, here, meeting, form, [], status=422)
    given = form.cleaned_data
    moved = Moved(
        given["kind"],
        given["moved_by"],
        given["words"],
        given["votes_for"],
        given["votes_against"],
        given["outcome"],
    )
    try:
        made = actions.move_order(sitting=sitting_of(meeting), moved=moved, by=acting(here), at=here.at)
    except Refused as refusal:
        return _motion(request, here, meeting, form, refusal.reasons, status=409)
    words = {"motion": made.get_kind_display(), "outcome": made.get_outcome_display()}
    messages.success(request, _("Motion of order, %(motion)s: %(outcome)s.") % words)
    if made.outcome != ProceduralMotion.Outcome.CARRIED:
        return redirect("in-session", coop, key)
    if made.kind == ProceduralMotion.Kind.COUNT:
        return redirect("session-count", coop, key)
    if made.kind == ProceduralMotion.Kind.ADJOURN:
        return redirect("sitting-adjourn", coop, key, made.sitting.number)
    return redirect("in-session", coop, key)


def _meant(here: Here, meeting: Meeting) -> list[tuple[str, str]]:
    """What a motion can be about of the text under way: its number, and why it is not voted, whose it is, its words."""
    floor = floor_under_way(meeting, here)
    if floor is None or floor.item.proposal is None:
        return []
    found = [(one, why) for kind, why in WHY_NOT.items() for one in can_be_meant(kind, floor.item)]
    text = AmendedText.of(floor.item.proposal) if found else None
    return [
        (
            one.short,
            " ".join([f"{one.short} ({why})", *(in_words(text, text.amendments[one.pk]) if text else [])]),
        )
        for one, why in found
    ]


WHY_NOT = {
    ProceduralMotion.Kind.TAKE_UP: gettext_lazy("came late"),
    ProceduralMotion.Kind.VOTE_ANYWAY: gettext_lazy("fell as contrary"),
}


def _motion(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    form: MotionForm,
    reasons: list[Reason],
    *,
    status: int = 200,
) -> HttpResponse:
    rule = say_rule(here.bylaws.majority_closure, here.bylaws.base_closure)
    leave = say_rule(here.bylaws.majority_late, here.bylaws.base_late)
    context = {"meeting": meeting, "form": form, "reasons": reasons, "rule": rule, "leave": leave}
    return render(request, "meetings/debate/motion.html", context, status=status)
