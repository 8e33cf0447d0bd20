"""The rota: which crew works which shift in the turns to come, and changing it from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coop.members.actions.rota import change_rota, withdraw_rota
from coop.members.models import Crew, Power, Rota, Shift
from coop.members.rota import turns
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import DayField, Sheet

TURNS = 6
LONGEST_TURN = 366


class RotaForm(Sheet):
    anchor = DayField(
        label=gettext_lazy("From"), help_text=gettext_lazy("The first day of a turn, often a Monday.")
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("Days of a turn"), min_value=1, max_value=LONGEST_TURN, initial=14
    )
    step = forms.TypedChoiceField(
        label=gettext_lazy("Then each crew goes"),
        coerce=int,
        choices=[
            (-1, gettext_lazy("one shift earlier")),
            (1, gettext_lazy("one shift later")),
            (0, gettext_lazy("nowhere: crews stay on their shift")),
        ],
    )
    begins = forms.ChoiceField(
        help_text=gettext_lazy("The others follow in the order they have among themselves.")
    )

    def __init__(self, data: Any, crews: list[Crew], shifts: list[Shift]) -> None:
        super().__init__(data)
        self.crews, self.shifts = crews, shifts
        first = crews[0].name if crews else _("The first crew")
        self.fields["begins"].label = _("%(crew)s begins with") % {"crew": first}
        self.fields["begins"].choices = [(shift.code, shift.name) for shift in shifts]  # type: ignore[attr-defined]

    @property
    def offset(self) -> int:
        """By how many shifts the first crew begins after its own position."""
        codes = [shift.code for shift in self.shifts]
        position = self.crews[0].position if self.crews else 0
        return (codes.index(self.cleaned_data["begins"]) - position) % len(codes)


@dataclass(frozen=True)
class Turn:
    """A stretch of days, and for each shift the crews that work it."""

    first: datetime.date
    last: datetime.date
    crews: list[tuple[Shift, str]]


def coming_turns(here: Here, crews: list[Crew], shifts: list[Shift], rotas: list[Rota]) -> list[Turn]:
    """This turn and the next ones, also over a change of the rota."""
    found = turns([(one.anchor, one.every_days) for one in rotas], here.day, TURNS) if shifts else []
    return [Turn(first, last, _crews(rotas[index], first, crews, shifts)) for first, last, index in found]


def _crews(rota: Rota, day: datetime.date, crews: list[Crew], shifts: list[Shift]) -> list[tuple[Shift, str]]:
    names: dict[int, list[str]] = {shift.pk: [] for shift in shifts}
    for crew in crews:
        names[rota.shift_of(crew, day, shifts).pk].append(crew.name)
    return [(shift, ", ".join(names[shift.pk])) for shift in shifts]


def say_rule(rota: Rota) -> str:
    """How crews go round by this rota, in one sentence."""
    words = ngettext("every day", "every %(days)d days", rota.every_days) % {"days": rota.every_days}
    if rota.step == 0:
        return _("Crews stay on their shift.")
    way = ngettext("one shift", "%(steps)d shifts", abs(rota.step)) % {"steps": abs(rota.step)}
    sentence = (
        _("Crews go %(way)s earlier %(when)s.") if rota.step < 0 else _("Crews go %(way)s later %(when)s.")
    )
    return sentence % {"way": way, "when": words}


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, coop: str) -> HttpResponse:
    """From a day on another rule; the one before stays on record."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    shifts = list(Shift.objects.filter(cooperative=here.cooperative))
    crews = list(Crew.objects.filter(cooperative=here.cooperative).order_by("position", "code"))
    form = RotaForm(request.POST if request.method == "POST" else None, crews, shifts)
    if request.method == "GET":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    answers = form.cleaned_data
    try:
        change_rota(
            anchor=answers["anchor"],
            every_days=answers["every_days"],
            step=answers["step"],
            offset=form.offset,
            by=acting(here),
            at=here.at,
        )
    except Refused as refused:
        return _form(request, form, refused=refused.reasons, status=409)
    day = date_format(answers["anchor"], "DATE_FORMAT")
    messages.success(request, _("The rota changes on %(day)s. The turns below show it.") % {"day": day})
    return redirect("plant", coop)


def _form(
    request: HttpRequest, form: RotaForm, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "people/plant/rota.html", {"form": form, "refused": refused or []}, status=status)


@require_POST
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    withdraw_rota(rota=access.rota(here, key), by=acting(here), at=here.at)
    messages.success(request, _("Withdrawn: crews go on as before."))
    return redirect("plant", coop)
