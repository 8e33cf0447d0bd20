"""A budget through its round, for whoever keeps it: begun, published with its days, and every step after that."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.budget import actions
from coop.budget.models import Year
from coop.budget.rules.years import MOST_YEARS_AHEAD, obstacles_in_days, obstacles_to_publishing
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import DayField, Sheet
from .steps import ACTS
from .words import told

TEXT_DAYS = 15  # the text and the order of voting are out so long before the vote (practice of the round)


class BeginSheet(Sheet):
    year = forms.TypedChoiceField(label=gettext_lazy("For which year?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, years: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["year"]
        field.choices = [(year, str(year)) for year in years]


class DaysSheet(Sheet):
    amendments_until = DayField(
        label=gettext_lazy("Last day for amendments"),
        help_text=gettext_lazy("That day included."),
    )
    conciliation_until = DayField(
        label=gettext_lazy("Last day of conciliation"),
        help_text=gettext_lazy("Those whose amendments clash agree until then, if they can."),
    )
    vote_on = DayField(
        label=gettext_lazy("Day of the vote"),
        help_text=gettext_lazy("As it is planned. The assembly is called by its own notice."),
    )


def _keeper(request: HttpRequest, coop: str) -> Here:
    """For everybody else there is nothing here."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_BUDGET):
        raise Http404
    return here


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, coop: str) -> HttpResponse:
    here = _keeper(request, coop)
    there = set(Year.objects.filter(cooperative=here.cooperative).values_list("year", flat=True))
    this = here.day.year
    years = [year for year in range(this, this + MOST_YEARS_AHEAD + 1) if year not in there]
    form = BeginSheet(request.POST if request.method == "POST" else None, years=years)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.begin(
                cooperative=here.cooperative, year=form.cleaned_data["year"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Begun. Only who keeps the budget sees it until it is published."))
            return redirect("budget", coop, made.pk)
    context = {"form": form, "reasons": reasons, "years": years}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "budget/budget_round/begin.html", context, status=status)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The days are counted from the bylaws and shown first; they may be later, not earlier."""
    here = _keeper(request, coop)
    year = access.budget(here, key)
    against = obstacles_to_publishing(year, by=acting(here), at=here.at, bylaws=here.bylaws)
    first = days_of(here)
    form = DaysSheet(request.POST if request.method == "POST" else None, initial=first)
    reasons: list[Reason] = against if request.method == "POST" else []
    if not against and form.is_valid():
        try:
            actions.publish(year=year, by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Published. Everybody reads it, and departments can amend it."))
            return redirect("budget", coop, key)
    context = {
        "year": year,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "early": [] if against else obstacles_in_days(year, day=here.day, bylaws=here.bylaws, **first),
        "weeks": here.bylaws.budget_discussion_weeks,
        "days": here.bylaws.budget_conciliation_days,
        "floor": told(here.bylaws.contingency_floor),
        "ceilings": [
            (one.department.name, told(one.amount)) for one in year.ceilings.select_related("department")
        ],
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "budget/budget_round/publish.html", context, status=status)


def days_of(here: Here) -> dict[str, datetime.date]:
    """The earliest days that the bylaws allow."""
    until = here.day + datetime.timedelta(weeks=here.bylaws.budget_discussion_weeks)
    conciliation = until + datetime.timedelta(here.bylaws.budget_conciliation_days)
    return {
        "amendments_until": until,
        "conciliation_until": conciliation,
        "vote_on": conciliation + datetime.timedelta(TEXT_DAYS),
    }


@require_POST
def step(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """One of `steps.ACTS`. Refused, it goes back to the year, which says why."""
    here = _keeper(request, coop)
    year = access.budget(here, key)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return render(request, "budget/budget_round/step.html", {"year": year, "reasons": []}, status=422)
    try:
        made = act.action(year=year, by=acting(here), at=here.at)
    except Refused as refusal:
        context = {"year": year, "reasons": refusal.reasons}
        return render(request, "budget/budget_round/step.html", context, status=409)
    messages.success(request, str(act.done))
    return redirect("budget", coop, made.pk if isinstance(made, Year) else key)
