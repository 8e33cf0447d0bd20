"""Starting mid-life: what the books held before the house was kept here, entered by one and signed by a second."""

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

from coop.members import actions
from coop.members.models import Seat
from coop.members.rules import obstacles_to_carrying_over
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import NumberField, NumbersForm, PastDay, SourceField
from ..offices import offices
from ..second_person import refusal_typed


class MandateForm(NumbersForm):
    seat: forms.ModelChoiceField[Seat] = forms.ModelChoiceField(None, label=gettext_lazy("Office and seat"))
    number = NumberField(label=gettext_lazy("Member number"))
    since = PastDay(label=gettext_lazy("Since"), help_text=gettext_lazy("The day the mandate began."))
    until = PastDay(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The day it ends. Empty: until somebody else is elected."),
    )
    document = SourceField()

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        field: Any = self.fields["seat"]
        field.queryset = (
            Seat.objects.filter(office__body__cooperative=here.cooperative)
            .select_related("office__body", "crew", "department")
            .order_by("office__body__name", "office__title", "alternate", "number")
        )
        field.label_from_instance = _seat_in_words

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        since = answers.get("since")
        if since and since > self.here.day:
            self.add_error("since", _("That day has not come yet; only what has begun is carried over."))
        if since and answers.get("until") and answers["until"] <= since:
            self.add_error("until", _("It would end before it begins."))
        return answers


def _seat_in_words(seat: Seat) -> str:
    number = f"{seat.number}, {_('alternate')}" if seat.alternate else str(seat.number)
    place = " ".join(str(one) for one in (seat.crew, seat.department) if one is not None)
    return f"{seat.office.body.name}: {seat.office.title} {number}" + (f" ({place})" if place else "")


@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest, coop: str) -> HttpResponse:
    """A mandate that began before the house was kept here. It counts with the second signature."""
    here = enter(request, coop)
    if obstacles_to_carrying_over(here.cooperative, by=acting(here), at=here.at, powers=here.powers):
        raise Http404
    form = MandateForm(request.POST if request.method == "POST" else None, here=here)
    context: dict[str, Any] = {"form": form}
    if request.method == "GET":
        return render(request, "books/carried_over/mandate.html", context)
    if not form.is_valid():
        return render(request, "books/carried_over/mandate.html", context, status=422)
    answers = form.cleaned_data
    try:
        made = actions.carry_over_mandate(
            seat=answers["seat"],
            member=answers["member"],
            since=_midnight(here, answers["since"]),
            until=_midnight(here, answers["until"]) if answers["until"] else None,
            document=answers["document"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "books/carried_over/mandate.html", context, status=409)
    done = _("%(name)s, %(office)s: entered. It counts when a second person has compared it with the book.")
    messages.success(request, done % {"name": made.member.name, "office": made.seat.office.title})
    return redirect("offices", coop)


def _midnight(here: Here, day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), here.cooperative.zone)


@require_POST
def turn_down_mandate(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second person has looked, and the book says otherwise; or the first takes a slip of the pen back."""
    here = enter(request, coop)
    found = access.mandate(here, key)
    try:
        actions.turn_down_mandate(mandate=found, because=refusal_typed(request), by=acting(here), at=here.at)
    except Refused as refusal:
        return offices.show(
            request, here, refused=refusal.reasons, typed=(key, request.POST.get("because", ""))
        )
    messages.success(request, _("Turned down. The entry stays in the record and counts for nothing."))
    return redirect("offices", coop)
