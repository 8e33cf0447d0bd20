"""The commission calls the vote on a recall: on which register, how, until when. The paper is written already."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.models import Register
from coop.ballots.models.ballots import Channel
from coop.elections import actions
from coop.elections.constituencies import assembly_of
from coop.elections.models import Petition
from coop.elections.rules.recalls import obstacles_to_the_commissions_work
from coop.elections.wording import title_of
from coop.refusals import Reason, Refused

from ..access import Here, acting
from ..fields import HourField
from ..sheets import Sheet
from .office import commission

NEW = "new"
REGISTERS = 10  # the last ones; an older list is nobody's register any more
LAST_HOUR = datetime.time(20)  # what a new sheet proposes, on the last day of the bylaws


def _channels() -> list[tuple[str, str]]:
    return [(code.value, capfirst(str(code.label))) for code in (Channel.PHONE, Channel.PAPER)]


class CallForm(Sheet):
    register = forms.ChoiceField(
        label=gettext_lazy("On which register of voters"),
        help_text=gettext_lazy(
            "A new one is drawn as of today and is open to claims for the days of the bylaws; until then the vote"
            " cannot open. One that is final already can be opened at once."
        ),
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("How people can vote"),
        choices=_channels,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Tick one or both; nothing is ticked for you. Everybody votes one way only, and all is counted together."
        ),
    )
    closes_at = HourField(
        label=gettext_lazy("Closes at"),
        help_text=gettext_lazy("Day and hour on the clock of the plant. Nobody can shorten it afterwards."),
    )

    def __init__(
        self,
        *args: Any,
        here: Here,
        last_day: datetime.date | None,
        closed_since: datetime.date = datetime.date.min,
        **more: Any,
    ) -> None:
        """`last_day`: proposed for closing. `closed_since`: registers that closed before are not offered."""
        super().__init__(*args, **more)
        registers = Register.objects.filter(
            body=assembly_of(here.cooperative), final_at__isnull=False, closes_on__gte=closed_since
        )
        last = registers.select_related("body").order_by("-closes_on", "-pk")[:REGISTERS]
        self.registers = {str(register.pk): register for register in last}
        told = [
            (
                key,
                _("%(day)s, %(people)s people")
                % {"day": date_format(one.closes_on, "DATE_FORMAT"), "people": one.people},
            )
            for key, one in self.registers.items()
        ]
        if "register" in self.fields:  # not on a sheet whose register stands fast
            chosen = [("", _("Choose one")), (NEW, _("A new one, as of today")), *told]
            self.fields["register"].choices = chosen  # type: ignore[attr-defined]
        if last_day is not None:
            last_hour = datetime.datetime.combine(last_day, LAST_HOUR, here.cooperative.zone)
            self.fields["closes_at"].initial = last_hour

    def drawn(self) -> Register | None:
        return self.registers.get(self.cleaned_data["register"])


@require_http_methods(["GET", "POST"])
def call_vote(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    form = CallForm(request.POST if request.method == "POST" else None, here=here, last_day=found.vote_until)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            ballot = actions.call_vote(
                petition=found,
                register=form.drawn(),
                channels=form.cleaned_data["channels"],
                closes_at=form.cleaned_data["closes_at"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request, _("Drawn up. Somebody else of the commission reads it once more and opens it.")
            )
            return redirect("vote-office", coop, ballot.pk)
    against = obstacles_to_the_commissions_work(found, by=acting(here), at=here.at)
    if found.state != Petition.State.ADMITTED:
        against.append(Reason("petition-not-admitted", {"petition": found.state}))
    context = {
        "found": found,
        "title": title_of(found),
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "recalls/call.html", context, status=status)
