"""A vote that was held on paper while nothing else worked is typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.models import Ballot
from coop.decisions.models import Decision
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Sitting
from coop.meetings.resting import held_in_parts
from coop.meetings.voting_rules import obstacles_to_opening_vote
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import HourField
from ..meetings.floor import led
from ..sheets import Sheet, WordsField


class FromPaperForm(Sheet):
    sitting = forms.ChoiceField(label=gettext_lazy("Which sitting voted on paper"), widget=forms.RadioSelect)
    began_at = HourField(label=gettext_lazy("The vote began"))
    ended_at = HourField(label=gettext_lazy("It ended"))
    source = WordsField(
        label=gettext_lazy("What it is typed from"),
        help_text=gettext_lazy("Such as: tally sheets of three blocks, signed by both tellers."),
        max_length=200,
    )

    def __init__(self, *args: Any, sittings: list[Sitting], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(one.number), _("Sitting %(number)s") % {"number": one.number}) for one in sittings]
        self.fields["sitting"].choices = named  # type: ignore[attr-defined]
        if not named:
            del self.fields["sitting"]


@require_http_methods(["GET", "POST"])
def from_paper(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """When it was held, and from what it is typed; the figures follow, typed by two and confirmed by a third."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    sittings = _sittings(item)
    form = FromPaperForm(request.POST if request.method == "POST" else None, sittings=sittings)
    if not form.is_bound:
        reasons = [] if sittings else obstacles_to_opening_vote(item, by=acting(here), at=here.at)
        return _sheet(request, item, form, reasons, status=200)
    if not form.is_valid():
        return _sheet(request, item, form, [], status=422)
    try:
        decision = _typed(here, item, sittings, form.cleaned_data)
    except Refused as refusal:
        return _sheet(request, item, form, refusal.reasons, status=409)
    messages.success(request, _("Now two people type the figures of each block, each alone."))
    return redirect("hands", coop, decision.ballot_id)


def _sittings(item: AgendaItem) -> list[Sitting]:
    """Of a vote that several sittings hold and that is open: those whose part may have been held on paper."""
    ballot = item.decision.ballot if item.decision else None
    if ballot is None or ballot.state != Ballot.State.OPEN or not held_in_parts(item.meeting):
        return []
    return [one for one in item.meeting.sittings.all() if one.opened_at is not None]


def _typed(here: Here, item: AgendaItem, sittings: list[Sitting], answers: dict[str, Any]) -> Decision:
    number = answers.pop("sitting", "")
    if not sittings:
        return actions.record_from_paper(item=item, **answers, by=acting(here), at=here.at)
    sitting = next(one for one in sittings if str(one.number) == number)
    return actions.record_part_from_paper(item=item, sitting=sitting, **answers, by=acting(here), at=here.at)


def _sheet(
    request: HttpRequest, item: AgendaItem, form: FromPaperForm, reasons: list[Reason], *, status: int
) -> HttpResponse:
    context = {"item": item, "meeting": item.meeting, "form": form, "reasons": reasons, "status": status}
    return render(request, "meetings/records/from_paper.html", context, status=status)
