"""What whoever keeps the budget, or leads the vote, does with a fund: set up, close the list, vote, give up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.ballots.models import Ballot, Register
from coop.ballots.models.ballots import Channel
from coop.budget import actions
from coop.budget.models import Fund, Line
from coop.decisions import actions as decisions
from coop.decisions.funds import obstacles_to_putting_fund, obstacles_while_voted, on_the_paper
from coop.members.models import Body
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, budget_keeper, enter
from ..budget.amounts import HOW, AmountField, in_our_money
from ..fields import HourField
from ..sheets import DayField, Sheet, WordsField
from .funds import leads_votes, page_of_fund
from .told import in_money

NEW = "new"
REGISTERS = 30  # the last ones; an older list is nobody's register any more
MOST_VOTES = 100_000


class FundForm(Sheet):
    line: forms.ModelChoiceField[Line] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("On which line"),
        help_text=gettext_lazy(
            "The money is set aside there until the choice is made: no decision moves it."
        ),
    )
    title = WordsField(label=gettext_lazy("Name of the fund"), max_length=120)
    words = WordsField(
        label=gettext_lazy("What it is for"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Say also what it is not for. It stands on the paper of the vote."),
    )
    amount = AmountField(label=gettext_lazy("Amount"), help_text=HOW)
    method = forms.ChoiceField(
        label=gettext_lazy("How projects are chosen"),
        choices=[(code, capfirst(str(words))) for code, words in Fund.Method.choices],
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "By votes is plainest: most votes first. By equal shares also those who are few get something, as far as"
            " their part of the money goes."
        ),
    )
    threshold = forms.IntegerField(
        label=gettext_lazy("Fewest votes that a project needs"),
        required=False,
        min_value=0,
        validators=[MaxValueValidator(MOST_VOTES)],
        help_text=gettext_lazy("Only where projects are chosen by votes. Empty: one vote is enough."),
    )
    checked_by: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Who checks the projects"),
        help_text=gettext_lazy("Whoever has a seat there says of each whether it can be done, and why."),
    )
    projects_until = DayField(
        label=gettext_lazy("Last day for projects"),
        help_text=gettext_lazy("A week from now at the earliest."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        in_our_money(self, here.cooperative.currency_decimals)
        self.fields["method"].choices = [  # type: ignore[attr-defined]
            (code, capfirst(str(words))) for code, words in Fund.Method.choices
        ]
        lines: Any = self.fields["line"]
        lines.queryset = access.fund_lines(here)
        lines.label_from_instance = lambda one: f"{one.year.label}: {one.code} {one.title}"
        bodies: Any = self.fields["checked_by"]
        bodies.queryset = Body.objects.filter(
            cooperative=here.cooperative, composition=Body.Composition.MANDATE
        ).order_by("name")

    def clean_threshold(self) -> int:
        return self.cleaned_data["threshold"] or 0


@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, coop: str) -> HttpResponse:
    here = budget_keeper(request, coop)
    form = FundForm(request.POST if request.method == "POST" else None, here=here)
    context: dict[str, Any] = {"form": form, "none": not access.fund_lines(here).exists()}
    if request.method == "GET":
        return render(request, "funds/set_up.html", context)
    if not form.is_valid():
        return render(request, "funds/set_up.html", context, status=422)
    try:
        made = actions.set_up_fund(**form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "funds/set_up.html", context, status=409)
    messages.success(request, _("The fund is set up. Members put projects forward from now on."))
    return redirect("fund", coop, made.pk)


@require_POST
def close(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    found = access.fund(here, key)
    try:
        actions.close_list(fund=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return page_of_fund(request, here, access.fund(here, key), refused=refusal.reasons, status=409)
    messages.success(request, _("The list is closed. Now the vote on it can be drawn up."))
    return redirect("fund", coop, key)


class GiveUpForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Where members have put projects forward, begin with the number of the decision of the assembly, such as D"
            " GA 2026-7. Everybody reads it."
        ),
    )


@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    found = access.fund(here, key)
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"fund": found, "form": form}
    if request.method == "GET":
        context["against"] = obstacles_while_voted(found)
        return render(request, "funds/give_up.html", context)
    if not form.is_valid():
        return render(request, "funds/give_up.html", context, status=422)
    try:
        decisions.give_up_fund(fund=found, **form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "funds/give_up.html", context, status=409)
    messages.success(request, _("Given up. The money is the line's again."))
    return redirect("fund", coop, key)


# --- The vote -------------------------------------------------------------------------------------------------------


class ChoiceForm(Sheet):
    register = forms.ChoiceField(
        label=gettext_lazy("On which register of voters"),
        help_text=gettext_lazy(
            "A new one is drawn as of today and is open to claims for the days of the bylaws; until then the vote"
            " cannot open. One that is final already can be opened at once."
        ),
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Open or secret"),
        choices=lambda: [(code, capfirst(str(words))) for code, words in Ballot.Secrecy.choices],
        widget=forms.RadioSelect,
        initial=Ballot.Secrecy.SECRET,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("How people can vote"),
        choices=lambda: [(code.value, capfirst(str(code.label))) for code in (Channel.PHONE, Channel.PAPER)],
        widget=forms.CheckboxSelectMultiple,
    )
    closes_at = HourField(
        label=gettext_lazy("Closes at"),
        help_text=gettext_lazy("Day and hour on the clock of the plant. Nobody can shorten it afterwards."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        found = Register.objects.filter(cooperative=here.cooperative, body__kind=Body.Kind.ASSEMBLY)
        last = found.select_related("body").order_by("-closes_on", "-pk")[:REGISTERS]
        self.registers = {str(one.pk): one for one in last}
        listed = [(key, str(one)) for key, one in self.registers.items()]
        self.fields["register"].choices = [(NEW, _("A new one, as of today")), *listed]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {**told, "register": self.registers.get(told["register"])}


@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Draws the vote of all members up; somebody else reads the paper once more and opens it."""
    here = enter(request, coop)
    if not leads_votes(here):
        raise Http404
    found = access.fund(here, key)
    form = ChoiceForm(request.POST if request.method == "POST" else None, here=here)
    context: dict[str, Any] = {
        "fund": found,
        "form": form,
        "projects": [(one, in_money(here, one.cost)) for one in on_the_paper(found)],
        "amount": in_money(here, found.amount),
    }
    if request.method == "GET":
        context["against"] = obstacles_to_putting_fund(found)
        return render(request, "funds/vote.html", context)
    if not form.is_valid():
        return render(request, "funds/vote.html", context, status=422)
    try:
        made = decisions.draw_up_choice(fund=found, **form.given(), by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "funds/vote.html", context, status=409)
    messages.success(request, _("Drawn up. Somebody else reads it once more and opens it."))
    return redirect("vote-office", coop, made.pk)
