"""The places of the plant, kept by whoever keeps the register; and a sheet with a code to scan at each of them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.members.models import Department, Power
from coop.production import actions
from coop.production.models import Area
from coop.production.rules.problems import obstacles_to_closing_area
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..sheets import Sheet, WordsField
from ..squares import address_of, square_of


class AreaForm(Sheet):
    department = forms.ChoiceField(label=gettext_lazy("Department"))
    name = WordsField(
        label=gettext_lazy("Name of the place"),
        max_length=80,
        help_text=gettext_lazy("As people call it, such as: crane 4, potline 1, canteen."),
    )

    def __init__(self, data: Any, here: Here) -> None:
        super().__init__(data)
        found = Department.objects.filter(cooperative=here.cooperative, funds_only=False).order_by("name")
        self.departments = {one.code: one for one in found}
        self.fields["department"].choices = [(one.code, one.name) for one in self.departments.values()]  # type: ignore[attr-defined]


@require_safe
def areas(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    context = {"groups": _by_department(here), "keeps": here.may(Power.KEEP_REGISTER)}
    return render(request, "problems/areas.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    access.keeps_register(here)
    form = AreaForm(request.POST if request.method == "POST" else None, here)
    reasons: list[Reason] = []
    if form.is_valid():
        department = form.departments[form.cleaned_data["department"]]
        department.cooperative = here.cooperative
        try:
            actions.add_area(
                department=department, name=form.cleaned_data["name"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Entered. Problems can be raised there now."))
            return redirect("areas", coop)
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "problems/area_add.html", {"form": form, "reasons": reasons}, status=status)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    access.keeps_register(here)
    found = access.area(here, key)
    reasons = obstacles_to_closing_area(found, by=acting(here), at=here.at)
    if request.method == "POST":
        try:
            actions.close_area(area=found, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Given up. What happened there stays."))
            return redirect("areas", coop)
    context = {"area": found, "reasons": reasons}
    return render(request, "problems/area_close.html", context, status=409 if reasons else 200)


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """Codes to cut out and put up: whoever scans one raises a problem of that place."""
    here = enter(request, coop)
    sheet = {
        "title": _("Raise a problem: point a telephone at the code"),
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": _("Printed on %(day)s") % {"day": date_format(here.day, "DATE_FORMAT")},
        "places": [
            {
                "name": one.name,
                "department": one.department.name,
                "square": square_of(_address(request, here, one)),
            }
            for one in access.areas(here)
        ],
    }
    return to_print("places", sheet, name=_("Places"))


def _address(request: HttpRequest, here: Here, area: Area) -> str:
    return f"{address_of(request, 'problem-raise', here.cooperative.slug)}?place={area.pk}"


def _by_department(here: Here) -> list[tuple[str, list[Area]]]:
    return [
        (name, list(some)) for name, some in groupby(access.areas(here), key=lambda one: one.department.name)
    ]
