"""A project of a fund: putting it forward, its page, and writing it anew."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.budget import actions
from coop.budget.funds import spent_on
from coop.budget.models import Fund, Project
from coop.budget.rules.amendments import obstacles_to_having_a_voice
from coop.budget.rules.funds import sits_in
from coop.budget.rules.projects import (
    Written,
    obstacles_in_time,
    obstacles_to_answering,
    obstacles_to_rewriting_project,
    obstacles_to_withdrawing_project,
)
from coop.members.models import Body, Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..belonging import councils_of
from ..budget.amounts import HOW, AmountField, in_our_money, typed_back
from ..people_found import PeopleForm, PersonField
from ..sheets import WordsField
from .told import in_money, shown

State = Project.State
MOST_WORDS = 4_000


class ProjectForm(PeopleForm):
    title = WordsField(label=gettext_lazy("Name of the project"), max_length=120)
    words = WordsField(
        label=gettext_lazy("What is done, and what it is good for"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = WordsField(label=gettext_lazy("Where"), max_length=160)
    cost = AmountField(label=gettext_lazy("What it costs, all of it"), help_text=HOW)
    proof = WordsField(
        label=gettext_lazy("What shows the cost"),
        max_length=300,
        help_text=gettext_lazy(
            "An offer, a price list, a bill of last time; where a second person finds it."
        ),
    )
    person = PersonField(
        label=gettext_lazy("Who sees to it that it is done"),
        required=False,
        help_text=gettext_lazy(
            "Number or name. Empty: you do. Somebody else is asked, and has to say yes before it is checked."
        ),
    )
    behalf: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("In the name of"),
        required=False,
        empty_label=gettext_lazy("Myself"),
        to_field_name="code",
    )

    def __init__(self, *args: Any, here: Here, mine: bool = True, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        in_our_money(self, here.cooperative.currency_decimals)
        councils = councils_of(here) if mine else []
        if councils:
            field: Any = self.fields["behalf"]
            field.queryset = Body.objects.filter(pk__in=[one.pk for one in councils]).order_by("name")
        else:
            del self.fields["behalf"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if "person" in answers:
            answers["answers"] = self.member("person") or acting(self.here)
        return answers

    @property
    def written(self) -> Written:
        told = self.cleaned_data
        names = ("title", "words", "place", "cost", "proof", "answers")
        return Written(**{name: told[name] for name in names})


@require_http_methods(["GET", "POST"])
def put_forward(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.fund(here, key)
    form = ProjectForm(request.POST if request.method == "POST" else None, here=here)
    context = _around(here, found, form)
    if request.method == "GET":
        context["against"] = _against(here, found)
        return render(request, "funds/write.html", context)
    if not form.is_valid():
        return render(request, "funds/write.html", context, status=422)
    try:
        made = actions.put_forward(
            fund=found,
            written=form.written,
            on_behalf_of=form.cleaned_data.get("behalf"),
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return render(request, "funds/write.html", {**context, "refused": refusal.reasons}, status=409)
    messages.success(request, _("It is put forward. The commission checks whether it can be done."))
    return redirect("fund-project", coop, made.pk)


def _around(here: Here, found: Fund, form: ProjectForm, project: Project | None = None) -> dict[str, Any]:
    return {"fund": found, "form": form, "project": project, "amount": in_money(here, found.amount)}


def _against(here: Here, found: Fund) -> list[Reason]:
    me = acting(here)
    voice = obstacles_to_having_a_voice(found.year, on_behalf_of=None, by=me, at=here.at, bylaws=here.bylaws)
    return obstacles_in_time(found, here.day) + voice


@require_safe
def project(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return page_of_project(request, here, access.fund_project(here, key))


def page_of_project(
    request: HttpRequest,
    here: Here,
    found: Project,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = acting(here)
    fund_open = found.fund.state == Fund.State.OPEN
    chosen = found.state == State.CHOSEN
    spent = spent_on(found) if chosen else None
    checks = list(found.checks.select_related("checked_by"))
    context: dict[str, Any] = {
        "project": found,
        "fund": found.fund,
        "asked": shown(here, found),
        "checks": checks,
        "paid": [(one, in_money(here, one.amount)) for one in found.spent.select_related("entered_by")]
        if chosen
        else [],
        "spent": None if spent is None else in_money(here, spent),
        "left": None if spent is None else in_money(here, found.cost - spent),
        "may_answer": not obstacles_to_answering(found, by=me),
        "may_rewrite": not obstacles_to_rewriting_project(found, revision=found.revision, by=me),
        "may_withdraw": not obstacles_to_withdrawing_project(found, by=me),
        "may_check": fund_open
        and found.state != State.WITHDRAWN
        and me.pk not in (found.author_id, found.answers_id)
        and sits_in(found.fund.checked_by, me, here.at),
        "may_pay": chosen and here.may(Power.KEEP_BUDGET),
        "refused": refused,
    }
    return render(request, "funds/project.html", context, status=status)


@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.fund_project(here, key)
    if found.author_id != acting(here).pk:
        raise Http404
    first = {name: getattr(found, name) for name in ("title", "words", "place", "proof")}
    first |= {"cost": typed_back(found.cost), "person": str(found.answers.number)}
    form = ProjectForm(
        request.POST if request.method == "POST" else None, here=here, mine=False, initial=first
    )
    context = _around(here, found.fund, form, found) | {"revision": found.revision}
    if request.method == "GET":
        context["against"] = obstacles_to_rewriting_project(found, revision=found.revision, by=acting(here))
        return render(request, "funds/write.html", context)
    context["revision"] = revision = revision_in(request)
    if not form.is_valid():
        return render(request, "funds/write.html", context, status=422)
    try:
        actions.rewrite_project(
            project=found, written=form.written, revision=revision, by=acting(here), at=here.at
        )
    except Refused as refusal:
        return render(request, "funds/write.html", {**context, "refused": refusal.reasons}, status=409)
    messages.success(request, _("It stands so now, and waits to be checked."))
    return redirect("fund-project", coop, key)


def revision_in(request: HttpRequest) -> int:
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 6 else 0
