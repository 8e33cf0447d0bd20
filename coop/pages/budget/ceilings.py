"""What each department may spend at most in a draft: one form for all, beside what its lines come to."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.budget import actions
from coop.budget.models import Line, Year
from coop.budget.rules.years import obstacles_to_drawing_up
from coop.members.models import Department
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, budget_keeper
from ..sheets import Sheet
from .amounts import HOW, AmountField, in_our_money, typed_back
from .words import told


class CeilingsForm(Sheet):
    """A field for each department, named by its key. What is emptied is taken back.

    `seen`: the ceilings as they stood when the form was opened; nobody takes back what another has just set.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, here: Here, year: Year, **more: Any) -> None:
        super().__init__(*args, **more)
        there = {one.department_id: one.amount for one in year.ceilings.all()}
        spent = year.lines.filter(side=Line.Side.EXPENSE).values_list("department").annotate(Sum("proposed"))
        sums = dict(spent.order_by())
        self.departments: dict[str, Department] = {}
        self.there = there
        self.stands = hashlib.sha256(repr(sorted(there.items())).encode()).hexdigest()
        self.fields["seen"].initial = self.stands
        for one in access.departments(here):
            words = told(sums[one.pk]) if one.pk in sums else "0"
            field = AmountField(
                label=f"{one.code} {one.name}",
                required=False,
                initial=typed_back(there.get(one.pk)),
                help_text=_("Its lines come to %(amount)s now.") % {"amount": words},
            )
            self.fields[f"d{one.pk}"] = field
            self.departments[f"d{one.pk}"] = one
        in_our_money(self, here.cooperative.currency_decimals)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("seen") and answers["seen"] != self.stands:
            self.add_error(None, _("Somebody has changed the ceilings meanwhile. Load the page anew."))
        return answers

    def changed(self) -> list[tuple[Department, Any]]:
        """None for one that is taken back; a field that was not sent stays as it is."""
        return [
            (one, self.cleaned_data[name])
            for name, one in self.departments.items()
            if name in self.data and self.cleaned_data[name] != self.there.get(one.pk)
        ]


@require_http_methods(["GET", "POST"])
def ceilings(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = budget_keeper(request, coop)
    year = access.budget(here, key)
    form = CeilingsForm(request.POST if request.method == "POST" else None, here=here, year=year)
    context: dict[str, Any] = {"year": year, "form": form, "how": HOW}
    if request.method == "GET":
        context["against"] = obstacles_to_drawing_up(year, by=acting(here), at=here.at)
        return render(request, "budget/budget_kept/ceilings.html", context)
    if not form.is_valid():
        return render(request, "budget/budget_kept/ceilings.html", context, status=422)
    try:
        actions.set_ceilings(year=year, ceilings=form.changed(), by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "budget/budget_kept/ceilings.html", context, status=409)
    messages.success(request, _("The ceilings stand. They are published with the draft."))
    return redirect("budget-draw-up", coop, key)
