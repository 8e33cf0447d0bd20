"""An election that is drawn up and not called yet: its days are put right, and it is called."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.elections import actions
from coop.elections.models import Election
from coop.elections.rules.drawn_up import Planned, days_from, obstacles_to_putting_days_right
from coop.refusals import Reason, Refused

from ..access import Here, acting
from ..sheets import DayField, Sheet
from .led import commission

DAYS = ("vote_on", "begins_on", "ends_on")


class DaysForm(Sheet):
    vote_on = DayField(label=gettext_lazy("Day of the vote"))
    begins_on = DayField(
        label=gettext_lazy("Those elected begin on"),
        help_text=gettext_lazy("Whoever holds the seat stays until that day, and no longer."),
    )
    ends_on = DayField(
        label=gettext_lazy("Only until"),
        required=False,
        help_text=gettext_lazy(
            "For the rest of somebody else's term. Left empty: the whole term of the office."
        ),
    )

    def planned(self) -> Planned:
        return Planned(*(self.cleaned_data[name] for name in DAYS))


@require_http_methods(["GET", "POST"])
def days(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """One button only looks, the other keeps what is typed."""
    here, found = commission(request, coop, key)
    form = DaysForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found, name) for name in DAYS},
    )
    reasons: list[Reason] = []
    planned = kept = Planned(found.vote_on, found.begins_on, found.ends_on)
    if form.is_valid():
        planned = form.planned()
        if "look" in request.POST:
            reasons = obstacles_to_putting_days_right(found, planned, by=acting(here), at=here.at)
        else:
            try:
                actions.put_days_right(
                    election=found,
                    **{name: form.cleaned_data[name] for name in DAYS},
                    by=acting(here),
                    at=here.at,
                )
            except Refused as refusal:
                reasons = refusal.reasons
            else:
                messages.success(request, _("Put right. Every other day is computed from these."))
                return redirect("election-days", coop, key)
    context: dict[str, Any] = {
        "election": found,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else _never(here, found),
        "against_calling": obstacles_to_putting_days_right(found, kept, by=acting(here), at=here.at),
        "days": days_from(found, planned, at=here.at) if not reasons else None,
        "looked": "look" in request.POST,
        "bylaws": here.bylaws,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/days.html", context, status=status)


def _never(here: Here, found: Election) -> list[Reason]:
    """What no other days would change: the state of the election, and who is asking."""
    planned = Planned(found.vote_on, found.begins_on, found.ends_on)
    against = obstacles_to_putting_days_right(found, planned, by=acting(here), at=here.at)
    return [one for one in against if one.code in ("election-called-already", "stands-in-this-vote")]


@require_POST
def call(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    try:
        actions.call_drawn_up(election=found, by=acting(here), at=here.at)
    except Refused as refusal:
        form = DaysForm(initial={name: getattr(found, name) for name in DAYS})
        context = {"election": found, "form": form, "reasons": refusal.reasons, "bylaws": here.bylaws}
        context["against"] = []
        context["against_calling"] = refusal.reasons
        return render(request, "elections/days.html", context, status=409)
    messages.success(
        request, _("Called. Hang up the sheet with its days; candidates come forward from now on.")
    )
    return redirect("election", coop, key)
