"""One box voted again: the commission calls it after an upheld challenge."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.elections import actions
from coop.refusals import Reason, Refused

from ..access import acting
from ..fields import HourField
from ..sheets import DayField, Sheet
from .challenges import commission_of
from .challenges_told import of_what


class BoxForm(Sheet):
    vote_on = DayField(label=gettext_lazy("Day of the vote"))
    closes_at = HourField(
        label=gettext_lazy("Closes at"),
        help_text=gettext_lazy("Day and hour on the clock of the plant. Nobody can shorten it afterwards."),
    )


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission_of(request, coop, key)
    form = BoxForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.vote_box_again(challenge=found, **form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request, _("Called. The people of that box vote again; what the others hold stays counted.")
            )
            return redirect("election", coop, made.pk)
    context = {"found": found, "what": of_what(found), "form": form, "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/challenges/box.html", context, status=status)
