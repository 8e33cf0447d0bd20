"""A vote that was held on paper while nothing else worked is typed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.models import AgendaItem
from coop.meetings.voting_rules import obstacles_to_opening_vote
from coop.refusals import Reason, Refused

from . import access
from .access import acting, enter
from .at_the_table import MomentField
from .floor import led
from .sheets import Sheet, WordsField


class FromPaperForm(Sheet):
    began_at = MomentField(label=gettext_lazy("The vote began"))
    ended_at = MomentField(label=gettext_lazy("It ended"))
    source = WordsField(
        label=gettext_lazy("What it is typed from"),
        help_text=gettext_lazy("Such as: tally sheets of three blocks, signed by both tellers."),
        max_length=200,
    )


@require_http_methods(["GET", "POST"])
def from_paper(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """When it was held, and from what it is typed; the figures follow, typed by two and confirmed by a third."""
    here = enter(request, coop)
    item = access.item(here, key, number)
    led(here, item.meeting)
    form = FromPaperForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        reasons = obstacles_to_opening_vote(item, by=acting(here), at=here.at)
        return _sheet(request, item, form, reasons, status=200)
    if not form.is_valid():
        return _sheet(request, item, form, [], status=422)
    try:
        decision = actions.record_from_paper(item=item, **form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        return _sheet(request, item, form, refusal.reasons, status=409)
    messages.success(request, _("Now two people type the figures of each block, each alone."))
    return redirect("hands", coop, decision.ballot_id)


def _sheet(
    request: HttpRequest, item: AgendaItem, form: FromPaperForm, reasons: list[Reason], *, status: int
) -> HttpResponse:
    context = {"item": item, "meeting": item.meeting, "form": form, "reasons": reasons, "status": status}
    return render(request, "records/from_paper.html", context, status=status)
