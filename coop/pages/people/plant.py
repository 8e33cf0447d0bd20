"""The plant: its departments, shifts and crews, and the turns to come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.members.actions import rota as actions
from coop.members.models import Crew, Department, Posting, Power, Rota, Shift
from coop.members.search import Wanted, found
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField
from .rota import coming_turns, say_rule


class PartForm(Sheet):
    """A department: a code for tables and a name for people."""

    code = WordsField(
        label=gettext_lazy("Code"),
        max_length=12,
        help_text=gettext_lazy("Capital letters, digits or hyphens, such as LOG."),
    )
    name = WordsField(label=gettext_lazy("Name"), max_length=60)


class CrewForm(PartForm):
    shift = forms.ChoiceField(label=gettext_lazy("Works today"), required=False)

    def __init__(self, data: Any, shifts: list[Shift]) -> None:
        super().__init__(data)
        if shifts:
            self.fields["shift"].choices = [(shift.code, shift.name) for shift in shifts]  # type: ignore[attr-defined]
            self.fields["shift"].required = True
        else:
            del self.fields["shift"]


@require_safe
def page(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    house = here.cooperative
    crews = list(Crew.objects.filter(cooperative=house))
    shifts = list(Shift.objects.filter(cooperative=house))
    rotas = list(Rota.objects.filter(cooperative=house).order_by("anchor"))
    departments = list(Department.objects.filter(cooperative=house, funds_only=False))
    turns = coming_turns(here, crews, shifts, rotas)
    begun = [one for one in rotas if one.anchor <= here.day]
    now = {crew.pk: begun[-1].shift_of(crew, here.day, shifts) for crew in crews} if begun and shifts else {}
    by_department, by_crew = _people(here)
    context = {
        "departments": [(one, by_department.get(one.code, 0)) for one in departments],
        "crews": [(one, by_crew.get(one.code, 0), now.get(one.pk)) for one in crews],
        "shifts": shifts,
        "turns": turns,
        "rule": (begun[-1], say_rule(begun[-1])) if begun else None,
        "planned": [(one, say_rule(one)) for one in rotas if one.anchor > here.day],
        "keeper": here.may(Power.KEEP_REGISTER),
    }
    return render(request, "people/plant/plant.html", context)


def _people(here: Here) -> tuple[dict[str, int], dict[str, int]]:
    """How many people work today in each department and each crew."""
    people = found(here.cooperative, Wanted(on=here.day), at=here.at)
    posted = Posting.objects.filter(Posting.on(here.day), member__in=people.values("pk")).order_by()
    counts = posted.values_list("department__code", "crew__code").annotate(count=Count("pk"))
    by_department: dict[str, int] = {}
    by_crew: dict[str, int] = {}
    for department, crew, count in counts:
        by_department[department] = by_department.get(department, 0) + count
        by_crew[crew] = by_crew.get(crew, 0) + count
    return by_department, by_crew


@require_http_methods(["GET", "POST"])
def add_department(request: HttpRequest, coop: str) -> HttpResponse:
    here = _keeping(request, coop)
    form = PartForm(request.POST if request.method == "POST" else None)
    title = _("Enter a department")
    if request.method == "GET" or not form.is_valid():
        return _form(request, form, title, status=422 if form.is_bound else 200)
    try:
        made = actions.add_department(**form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refused:
        return _form(request, form, title, refused=refused.reasons, status=409)
    messages.success(
        request, _("Entered: %(name)s. People are moved there on their own pages.") % {"name": made}
    )
    return redirect("plant", coop)


@require_http_methods(["GET", "POST"])
def add_crew(request: HttpRequest, coop: str) -> HttpResponse:
    here = _keeping(request, coop)
    shifts = list(Shift.objects.filter(cooperative=here.cooperative))
    form = CrewForm(request.POST if request.method == "POST" else None, shifts)
    title = _("Enter a crew")
    if request.method == "GET" or not form.is_valid():
        return _form(request, form, title, status=422 if form.is_bound else 200)
    position = _position(here, form.cleaned_data.pop("shift", ""), shifts)
    try:
        made = actions.add_crew(**form.cleaned_data, position=position, by=acting(here), at=here.at)
    except Refused as refused:
        return _form(request, form, title, refused=refused.reasons, status=409)
    messages.success(
        request, _("Entered: %(name)s. People are moved there on their own pages.") % {"name": made}
    )
    return redirect("plant", coop)


def _position(here: Here, code: str, shifts: list[Shift]) -> int:
    """The position of a crew that works the shift `code` today."""
    wanted = next((index for index, shift in enumerate(shifts) if shift.code == code), 0)
    begun = (
        Rota.objects.filter(cooperative=here.cooperative, anchor__lte=here.day).order_by("-anchor").first()
    )
    if begun is None or not shifts:
        return wanted
    first = shifts.index(begun.shift_of(Crew(position=0), here.day, shifts))
    return (wanted - first) % len(shifts)


def _keeping(request: HttpRequest, coop: str) -> Here:
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    return here


def _form(
    request: HttpRequest,
    form: PartForm,
    title: str,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "title": title, "refused": refused or []}
    return render(request, "people/plant/part.html", context, status=status)
