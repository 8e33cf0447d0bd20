"""What is done with a project once it was put forward: somebody answers for it, it is checked, withdrawn, paid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.budget import actions
from coop.budget.models import Project
from coop.budget.rules.funds import sits_in
from coop.budget.rules.projects import obstacles_to_withdrawing_project
from coop.refusals import Refused

from .. import access
from ..access import acting, budget_keeper, enter
from ..budget.amounts import HOW, AmountField, in_our_money
from ..sheets import DayField, Sheet, WordsField
from .projects import page_of_project, revision_in
from .told import in_money, shown

State = Project.State


@require_POST
def answer(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.fund_project(here, key)
    if found.answers_id != acting(here).pk:
        raise Http404
    try:
        actions.answer_for(project=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return page_of_project(
            request, here, access.fund_project(here, key), refused=refusal.reasons, status=409
        )
    messages.success(request, _("You answer for it now."))
    return redirect("fund-project", coop, key)


class WithdrawForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.fund_project(here, key)
    if found.author_id != acting(here).pk:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"project": found, "form": form, "what": "withdraw"}
    if request.method == "GET":
        context["against"] = obstacles_to_withdrawing_project(found, by=acting(here))
        return render(request, "funds/act.html", context)
    if not form.is_valid():
        return render(request, "funds/act.html", context, status=422)
    try:
        actions.withdraw_project(project=found, **form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "funds/act.html", context, status=409)
    messages.success(request, _("It is withdrawn. Nobody votes on it."))
    return redirect("fund-project", coop, key)


class CheckForm(Sheet):
    feasible = forms.ChoiceField(
        label=gettext_lazy("Can it be done?"),
        choices=[
            ("yes", gettext_lazy("Yes, it can be done for this money")),
            ("no", gettext_lazy("No, not as it stands here")),
        ],
        widget=forms.RadioSelect,
    )
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it. Of what cannot be done, say what would have to change."),
    )


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For whoever has a seat in the commission; the page shows the words that are checked, and remembers which."""
    here = enter(request, coop)
    found = access.fund_project(here, key)
    if not sits_in(found.fund.checked_by, acting(here), here.at):
        raise Http404
    form = CheckForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "project": found,
        "form": form,
        "what": "check",
        "asked": shown(here, found),
        "revision": found.revision,
    }
    if request.method == "GET":
        return render(request, "funds/act.html", context)
    if not form.is_valid():
        context["revision"] = revision_in(request)
        return render(request, "funds/act.html", context, status=422)
    told = form.cleaned_data
    try:
        actions.check_project(
            project=found,
            revision=revision_in(request),
            feasible=told["feasible"] == "yes",
            because=told["because"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:  # the words stand above as they are now: the next answer is about these
        context["refused"] = refusal.reasons
        return render(request, "funds/act.html", context, status=409)
    messages.success(request, _("Checked. Everybody reads what you found."))
    return redirect("fund", coop, found.fund_id)


class SpendingForm(Sheet):
    correction = forms.BooleanField(
        label=gettext_lazy("This puts a wrong entry right: the amount is taken off"), required=False
    )
    amount = AmountField(label=gettext_lazy("Amount"), help_text=HOW)
    paid_on = DayField(label=gettext_lazy("Paid on"))
    proof = WordsField(
        label=gettext_lazy("Bill"),
        max_length=300,
        help_text=gettext_lazy("Number and folder, as it is filed."),
    )


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    found = access.fund_project(here, key)
    form = SpendingForm(request.POST if request.method == "POST" else None)
    in_our_money(form, here.cooperative.currency_decimals)
    context: dict[str, Any] = {"project": found, "form": form, "what": "pay"}
    if request.method == "GET":
        return render(request, "funds/act.html", context)
    if not form.is_valid():
        return render(request, "funds/act.html", context, status=422)
    told = form.cleaned_data
    amount = -told["amount"] if told["correction"] else told["amount"]
    try:
        paid = actions.pay_project(
            project=found,
            amount=amount,
            paid_on=told["paid_on"],
            proof=told["proof"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "funds/act.html", context, status=409)
    messages.success(request, _("Entered: %(amount)s.") % {"amount": in_money(here, paid.amount)})
    return redirect("fund-project", coop, key)
