"""Acceptance on paper: one of the commission enters the sheet that somebody signed, a second reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.elections import actions
from coop.elections.models import PaperAcceptance
from coop.elections.rules.paper_yes import obstacles_to_entering_acceptance, obstacles_to_reading_acceptance
from coop.refusals import Reason, Refused

from ..access import acting
from ..sheets import Sheet, WordsField
from .candidatures_begun import StandForm
from .candidatures_judged import commission


class ReadForm(Sheet):
    because = WordsField(
        label=gettext_lazy("What it says instead"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only where the sheet does not say what was entered."),
    )


@require_http_methods(["GET", "POST"])
def acceptance(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Enters, where no sheet waits; where one does, the second person says whether it says so."""
    here, found = commission(request, coop, key)
    me = acting(here)
    waits = found.sheets.filter(state=PaperAcceptance.State.WAITING).select_related("entered_by").first()
    data = request.POST if request.method == "POST" else None
    form: Sheet = ReadForm(data) if waits else StandForm(data)
    reasons: list[Reason] = []
    if form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        try:
            if waits is None:
                actions.enter_acceptance(candidature=found, **told, by=me, at=here.at)
            else:
                waits.candidature = found
                says_so = "yes" in request.POST
                actions.read_acceptance(sheet=waits, says_so=says_so, **told, by=me, at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = _("Entered. A second person of the commission reads the sheet.")
            messages.success(request, done if waits is None else _("Written down, as the sheet says."))
            return redirect("candidature", coop, key)
    against: list[Reason] = []
    if not reasons and waits is None:
        against = obstacles_to_entering_acceptance(found, by=me, at=here.at)
    elif not reasons and waits is not None:
        waits.candidature = found
        against = obstacles_to_reading_acceptance(waits, says_so=False, because="-", by=me, at=here.at)
    context = {"found": found, "waits": waits, "form": form, "reasons": reasons, "against": against}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "elections/candidatures/acceptance.html", context, status=status)
