"""Counting by people: what waits to be counted, one sheet, and the third who confirms.

A place is named in its address: box-3 (papers), signatures-3 (the printed register of that box). Hands are counted on
the page of the hall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.ballots import actions
from coop.ballots.boxes import boxes_of
from coop.ballots.models import AgreedSheet, Ballot, Clash, Teller, TellerSheet, Urn
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.tellers import (
    Place,
    every_progress,
    last_sheets,
    obstacles_to_counting_here,
    progress_at,
)
from coop.ballots.sheets import Progress, Stage
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField
from ..votes.at_the_table import ballot_at_the_table, beside, run_by, runs
from .teller_figures import figures_in_words
from .teller_sheets import SheetForm, SignaturesForm, VotesForm, asked_of

VOTES, SIGNATURES = TellerSheet.Subject.VOTES, TellerSheet.Subject.SIGNATURES
STAGES: dict[str, tuple[Any, str]] = {
    Stage.NOTHING: (gettext_lazy("not counted yet"), "draft"),
    Stage.ONE: (gettext_lazy("one sheet is in; the other teller counts"), "waiting"),
    Stage.EQUAL: (gettext_lazy("two equal sheets; a third confirms"), "waiting"),
    Stage.AGREED: (gettext_lazy("counted and confirmed"), "done"),
}
AGAIN = gettext_lazy("the two sheets differed; both count again")


@dataclass(frozen=True)
class Spot:
    """A place with its subject, as the address and the page name them."""

    address: str
    place: Place
    subject: str

    @property
    def title(self) -> str:
        if self.subject == SIGNATURES:
            return _("Signatures for %(box)s") % {"box": self.place.name}
        return self.place.name


def say_progress(now: Progress, subject: str) -> tuple[str, str]:
    """Word and shape."""
    if now == Progress(Stage.NOTHING, 1) and subject == SIGNATURES:
        return _("nothing typed in"), "draft"
    if now.differed and now.stage == Stage.NOTHING:
        return str(AGAIN), "late"
    word, shape = STAGES[now.stage]
    return str(word), shape


def _spot(ballot: Ballot, address: str) -> Spot:
    found = re.fullmatch("(box|signatures)-([0-9]{1,4})", address, re.ASCII)
    urn = Urn.objects.filter(ballot=ballot, number=int(found[2])).first() if found else None
    if found is None or urn is None:
        raise Http404
    return Spot(address, Place(Channel.PAPER, urn), SIGNATURES if found[1] == "signatures" else VOTES)


# --- What waits -------------------------------------------------------------------------------------------------------


@require_safe
def places(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Every box and every list of signatures, and how far its counting is. Never a figure."""
    here = enter(request, coop)
    ballot = ballot_at_the_table(here, key)
    known = every_progress(ballot)
    boxes = boxes_of(ballot)
    context = {
        **beside(here, ballot),
        "papers": [_row(known, box.urn, VOTES) for box in boxes if box.inside is None and box.used],
        "signed": [_row(known, box.urn, SIGNATURES) for box in boxes],
        "clashes": Clash.objects.filter(ballot=ballot).select_related("member", "urn"),
    }
    return render(request, "counting/tellers/places.html", context)


def _row(known: Mapping[Any, Progress], urn: Urn, subject: str) -> tuple[Spot, str, str]:
    kind = "box" if subject == VOTES else "signatures"
    now = known.get((urn.pk, "", subject), Progress(Stage.NOTHING, 1))
    return Spot(f"{kind}-{urn.number}", Place(Channel.PAPER, urn), subject), *say_progress(now, subject)


# --- One sheet --------------------------------------------------------------------------------------------------------


@sensitive_post_parameters()
@sensitive_variables("form", "answers")
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """A teller's own sheet. Of the other's, only that it is there."""
    here = enter(request, coop)
    ballot = ballot_at_the_table(here, key)
    spot = _spot(ballot, place)
    if request.method != "POST":
        return _sheet(request, here, ballot, spot)
    form = _form(ballot, spot, request.POST)
    if not form.is_valid():
        return _sheet(request, here, ballot, spot, form=form, status=422)
    answers = form.cleaned_data
    try:
        actions.enter_sheet(
            ballot=ballot,
            place=spot.place,
            subject=spot.subject,
            attempt=answers["attempt"],
            figures=answers["figures"],
            remark=answers["remark"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _sheet(request, here, ballot, spot, form=form, refused=refusal.reasons, status=409)
    messages.success(request, _("Your sheet is handed in."))
    return redirect("teller-sheet", coop, key, place)


def _form(ballot: Ballot, spot: Spot, data: Any = None, **more: Any) -> SheetForm:
    if spot.subject == SIGNATURES:
        return SignaturesForm(data, **more)
    return VotesForm(data, questions=asked_of(ballot), **more)


class ConfirmForm(Sheet):
    attempt = forms.IntegerField(min_value=1, max_value=10_000, widget=forms.HiddenInput)
    remark = WordsField(
        label=gettext_lazy("Remark for the minutes"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when papers and people differ."),
    )


@require_POST
def confirm(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """A third person, who has read two equal sheets, puts them into the count."""
    here = enter(request, coop)
    ballot = run_by(here, key)
    spot = _spot(ballot, place)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _sheet(request, here, ballot, spot, third=form, status=422)
    try:
        actions.confirm_sheets(
            ballot=ballot,
            place=spot.place,
            subject=spot.subject,
            **form.cleaned_data,
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _sheet(request, here, ballot, spot, third=form, refused=refusal.reasons, status=409)
    messages.success(request, _("Confirmed: %(place)s.") % {"place": spot.title})
    return redirect("teller-count", coop, key)


def _sheet(
    request: HttpRequest,
    here: Here,
    ballot: Ballot,
    spot: Spot,
    *,
    form: SheetForm | None = None,
    third: ConfirmForm | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = acting(here)
    now = progress_at(ballot, spot.place, spot.subject)
    mine = me.pk in now.counted
    teller = Teller.objects.filter(ballot=ballot, member=me).exists()
    not_now = obstacles_to_counting_here(ballot, spot.place, spot.subject)
    word, shape = say_progress(now, spot.subject)
    may_count = (
        teller and not not_now and (now.stage == Stage.NOTHING or (now.stage == Stage.ONE and not mine))
    )
    again = teller and not not_now and now.stage == Stage.EQUAL and mine
    confirms = now.stage == Stage.EQUAL and not mine and not not_now and runs(here, ballot)
    if form is None and (may_count or again):
        form = _form(ballot, spot, initial={"attempt": now.next_attempt})
    elif form is not None and refused:
        form.data = {**{name: form.data.get(name, "") for name in form.data}, "attempt": now.next_attempt}
    sheets = last_sheets(ballot, spot.place, spot.subject) if confirms else []
    context: dict[str, Any] = {
        **beside(here, ballot),
        "spot": spot,
        "now": now,
        "word": word,
        "shape": shape,
        "mine": mine,
        "teller": teller,
        "not_now": not_now,
        "again": again,
        "form": form,
        "groups": form.groups() if isinstance(form, VotesForm) else None,
        "third": third or (ConfirmForm(initial={"attempt": now.attempt}) if confirms else None),
        "figures": figures_in_words(ballot, spot.subject, sheets[0].figures) if sheets else None,
        "sheets": sheets,
        "refused": refused,
        "agreed": AgreedSheet.objects.filter(
            ballot=ballot, urn=spot.place.urn, block=spot.place.block, subject=spot.subject
        )
        .select_related("confirmed_by", "first__teller", "second__teller")
        .first(),
    }
    return render(request, "counting/tellers/sheet.html", context, status=status)
