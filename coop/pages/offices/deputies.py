"""Standing in for somebody in office: named by the holder on a telephone, for some days, and read by everybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.members import actions
from coop.members.models import Deputy, Mandate
from coop.members.rules.deputies import LONGEST, may_stand_in
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import DayField, Sheet
from ..stories import Story
from ..timetable import say_day

DAY, MOMENT = datetime.timedelta(days=1), datetime.timedelta(microseconds=1)


class ThroughField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        alternate = [_("alternate")] if obj.seat.alternate else []
        return ", ".join([obj.member.name, obj.seat.office.title, *alternate])


class DeputySheet(Sheet):
    through = ThroughField(None, label=gettext_lazy("Who stands in for you"), empty_label=None)
    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, here: Here, mandate: Mandate, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        field: Any = self.fields["through"]
        field.queryset = may_stand_in(mandate, here.at).order_by("-seat__alternate", "member__name")
        self.fields["first"].initial = here.day

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for name in ("first", "last"):
            day = answers.get(name)
            if day and not self.here.day <= day <= self.here.day + 2 * LONGEST:
                self.add_error(name, _("Give a day from today on, in the next months."))
        first, last = answers.get("first"), answers.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return answers

    def moments(self) -> dict[str, datetime.datetime]:
        """From now on, or from the midnight before the first day, until the midnight after the last."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        begins = self.here.at if first == self.here.day else self._midnight(first)
        return {"since": begins, "until": self._midnight(last + DAY)}

    def _midnight(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(), self.here.cooperative.zone)


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the holder alone; to everybody else there is nothing here."""
    here = enter(request, coop)
    mandate = access.mandate(here, key)
    if mandate.member_id != acting(here).pk or mandate.seat.alternate:
        raise Http404
    form = DeputySheet(request.POST if request.method == "POST" else None, here=here, mandate=mandate)
    reasons: list[Reason] = []
    if form.is_valid():
        through = form.cleaned_data["through"]
        try:
            actions.name_deputy(
                mandate=mandate, through=through, by=acting(here), at=here.at, **form.moments()
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = _("%(name)s stands in for you. In that time the powers are theirs, and not yours.")
            messages.success(request, done % {"name": through.member.name})
            return redirect("my-offices", coop)
    context = {"mandate": mandate, "form": form, "reasons": reasons, "days": LONGEST.days}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "offices/deputies/name.html", context, status=status)


@require_POST
def end(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """By either of the two."""
    here = enter(request, coop)
    deputy = access.deputy(here, key)
    actions.end_deputy(deputy=deputy, by=acting(here), at=here.at)
    messages.success(request, _("Ended. The powers are again those of whoever holds the office."))
    return redirect("my-offices", coop)


def running(here: Here) -> QuerySet[Deputy]:
    """Who stands in now, or is named for a later day."""
    found = access.deputies(here).filter(until__gt=here.at)
    return found.filter(Q(ended_at=None) | Q(ended_at__gt=here.at)).order_by("since", "pk")


def of_mine(here: Here) -> QuerySet[Deputy]:
    """Those who stand in for this person, and those for whom this person does."""
    me = acting(here)
    return running(here).filter(Q(mandate__member=me) | Q(through__member=me))


def with_days(here: Here, found: Iterable[Deputy]) -> list[dict[str, Any]]:
    """Each with its first and its last day, as they were asked for: an end at midnight is the day before."""
    return [
        {"deputy": one, "first": _day(here, one.since), "last": _day(here, one.until - MOMENT)}
        for one in found
    ]


def standing_in(here: Here) -> list[Story]:
    """On the front page of both. One query."""
    me = acting(here)
    return [
        Story(
            kicker=_("You stand in for %(name)s") % {"name": one.mandate.member.name}
            if one.through.member_id == me.pk
            else _("%(name)s stands in for you") % {"name": one.through.member.name},
            headline=one.mandate.seat.office.title,
            address=reverse("my-offices", args=[here.cooperative.slug]),
            word=_("now") if one.since <= here.at else _("from %(day)s") % {"day": _day(here, one.since)},
            shape="live" if one.since <= here.at else "waiting",
            meta=_("until %(day)s") % {"day": _day(here, one.until - DAY)},
        )
        for one in of_mine(here)
    ]


def _day(here: Here, moment: datetime.datetime) -> str:
    return say_day(here.cooperative.day_of(moment))
