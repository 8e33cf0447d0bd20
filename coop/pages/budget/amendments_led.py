"""What is done with an amendment of the budget: handed in, signed, decided by its council, agreed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.budget import actions
from coop.budget.models import Amendment
from coop.decisions.actions import back_budget
from coop.decisions.models import Decision
from coop.decisions.rules import decisions_behind
from coop.members.models import Power
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField
from .amendments import missing_words, page


class DecisionSheet(Sheet):
    decision: forms.ModelChoiceField[Decision] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("The council's decision"),
        empty_label=gettext_lazy("choose one"),
        help_text=gettext_lazy(
            "What the council has carried since the budget was published, the newest first."
        ),
    )

    def __init__(self, *args: Any, behind: QuerySet[Decision], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["decision"]
        field.queryset = behind


class WithdrawSheet(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays readable, with what you say here."),
    )


class RemarkSheet(Sheet):
    text = WordsField(
        label=gettext_lazy("What the commission has to say about it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Such as that nobody has shown the income. It takes the place of an earlier remark."
        ),
    )


@require_POST
def hand_in(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    try:
        made = actions.hand_in(amendment=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return page(request, here, found, refusal.reasons)
    messages.success(request, _handed_in(made))
    return redirect("budget-amendment", coop, key)


def _handed_in(made: Amendment) -> str:
    facts = {"label": made.label}
    if made.state == Amendment.State.ADMITTED:
        return _("It is handed in as %(label)s, and will be voted.") % facts
    if made.kind == Amendment.Kind.COMMON:
        return _("It is handed in as %(label)s. Those it stands for are asked to agree.") % facts
    if made.on_behalf_of_id is not None:
        return _("It is handed in as %(label)s. Name the council's decision, and it will be voted.") % facts
    words = _("It is handed in as %(label)s and carries your signature.") % facts
    return f"{words} {missing_words(made.support_needed, 1)}"


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    try:
        actions.sign(amendment=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return page(request, here, found, refusal.reasons)
    messages.success(request, _("Your signature is under it."))
    return redirect("budget-amendment", coop, key)


@require_POST
def agree(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """`key`: the amendment as part of a common text."""
    here = enter(request, coop)
    part = access.budget_part(here, key)
    try:
        actions.agree(part=part, by=acting(here), at=here.at)
    except Refused as refusal:
        return page(request, here, access.budget_amendment(here, part.common_id), refusal.reasons)
    messages.success(
        request, _("Agreed. When all of them have agreed, it is voted before those it stands for.")
    )
    return redirect("budget-amendment", coop, part.common_id)


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For whoever calls the council."""
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    if found.on_behalf_of is None or not here.may(Power.CONVENE, found.on_behalf_of):
        raise Http404

    def act(**words: Any) -> None:
        back_budget(amendment=found, by=acting(here), at=here.at, **words)

    behind = decisions_behind(found)
    sheet = partial(DecisionSheet, behind=behind)
    nothing = request.method == "GET" and not behind.exists()
    return _sheet(
        request, here, found, sheet, act, _("Named. It will be voted."), what="back", nothing=nothing
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For whoever moved it."""
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    calls = found.on_behalf_of is not None and here.may(Power.CONVENE, found.on_behalf_of)
    if found.author_id != acting(here).pk and not calls:
        raise Http404

    def act(**words: Any) -> None:
        actions.withdraw(amendment=found, by=acting(here), at=here.at, **words)

    return _sheet(request, here, found, WithdrawSheet, act, _("It is taken back."), what="withdraw")


@require_http_methods(["GET", "POST"])
def remark(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For whoever keeps the budget."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_BUDGET):
        raise Http404
    found = access.budget_amendment(here, key)

    def act(**words: Any) -> None:
        actions.remark(amendment=found, by=acting(here), at=here.at, **words)

    return _sheet(request, here, found, RemarkSheet, act, _("The remark stands beside it."), what="remark")


def _sheet(
    request: HttpRequest,
    here: Here,
    found: Amendment,
    kind: Callable[..., Sheet],
    act: Callable[..., None],
    done: str,
    *,
    what: str,
    nothing: bool = False,
) -> HttpResponse:
    """One question and its answer."""
    form = kind(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"amendment": found, "form": form, "what": what, "nothing": nothing}
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refusal:
            context["reasons"] = refusal.reasons
        else:
            messages.success(request, done)
            return redirect("budget-amendment", here.cooperative.slug, found.pk)
    status = 409 if context.get("reasons") else 422 if form.errors else 200
    return render(request, "budget/budget_round/act.html", context, status=status)
