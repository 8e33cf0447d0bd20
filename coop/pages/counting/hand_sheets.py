"""What tellers of the hall write down, block by block, without seeing each other's figures; and who confirms it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots import actions
from coop.ballots.hands import VOTES, Block, blocks_of
from coop.ballots.models import Ballot, Teller
from coop.ballots.models.ballots import Channel
from coop.ballots.parts import LONGEST_BLOCK, own_name
from coop.ballots.rules.tellers import Place, last_sheets
from coop.ballots.sheets import MOST, Stage
from coop.meetings import actions as meetings
from coop.meetings.resting import sitting_of_hands
from coop.refusals import Reason, Refused, refuse_if

from ..access import Here, acting, enter
from ..meetings.parts import say_block
from ..outcomes.at_hand import where_from
from ..outcomes.results import CHOICES
from ..people_found import PeopleForm, PersonField
from ..sheets import Sheet, WordsField
from .hands import by_hands, led_by, say_stage

CODES = ("for", "against", "abstain")


class HandsForm(Sheet):
    """One block, as one teller counted it."""

    block = WordsField(
        label=gettext_lazy("Block of the hall"),
        help_text=gettext_lazy("Such as: left, gallery, row 1 to 5. Both tellers write the same."),
        max_length=LONGEST_BLOCK,
    )
    attempt = forms.IntegerField(min_value=1, max_value=99, initial=1, widget=forms.HiddenInput)
    remark = WordsField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("Only when a count that was equal is done anew: why."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code in CODES:
            widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
            self.fields[code] = forms.IntegerField(
                label=CHOICES[code], min_value=0, max_value=MOST, widget=widget
            )


class TellerForm(PeopleForm):
    number = PersonField(label=gettext_lazy("Who counts"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet of one teller. Afterwards only whether the two are alike is told, never by how much they differ."""
    here = enter(request, coop)
    ballot = by_hands(here, key)
    item = where_from(ballot)[0]
    if item is None or not Teller.objects.filter(ballot=ballot, member=acting(here)).exists():
        raise Http404
    block = next((one for one in blocks_of(ballot) if one.name == request.GET.get("block")), None)
    begun = {"block": own_name(block.name), "attempt": block.progress.next_attempt} if block else {}
    form = HandsForm(request.POST if request.method == "POST" else None, initial=begun)
    if not form.is_bound:
        return _sheet(request, ballot, form, [], status=200)
    if not form.is_valid():
        return _sheet(request, ballot, form, [], status=422)
    votes = {code: form.cleaned_data[code] for code in CODES}
    try:
        sheet = meetings.enter_hands(
            item=item,
            sitting=sitting_of_hands(item.meeting, acting(here)),
            block=form.cleaned_data["block"],
            attempt=form.cleaned_data["attempt"],
            votes=votes,
            remark=form.cleaned_data["remark"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _sheet(request, ballot, form, refusal.reasons, status=409)
    found = next(block for block in blocks_of(ballot) if block.name == sheet.block)
    messages.success(request, say_stage(found))
    return redirect("hands", coop, key)


def _sheet(
    request: HttpRequest, ballot: Ballot, form: HandsForm, reasons: list[Reason], *, status: int
) -> HttpResponse:
    context = {"ballot": ballot, "form": form, "reasons": reasons, "counted": [form[code] for code in CODES]}
    return render(request, "counting/hands/count.html", context, status=status)


@require_http_methods(["GET", "POST"])
def tellers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Who counts the hands: named one after the other."""
    here = enter(request, coop)
    ballot = led_by(here, key)
    form = TellerForm(request.POST if request.method == "POST" else None, here=here)
    if not form.is_bound:
        return _tellers(request, ballot, form, [], status=200)
    if not form.is_valid():
        return _tellers(request, ballot, form, [], status=422)
    named = form.cleaned_data["member"]
    try:
        actions.name_tellers(ballot=ballot, members=[named], by=acting(here), at=here.at)
    except Refused as refusal:
        return _tellers(request, ballot, form, refusal.reasons, status=409)
    messages.success(request, _("%(name)s counts.") % {"name": named.name})
    return redirect("hands-tellers", coop, key)


def _tellers(
    request: HttpRequest, ballot: Ballot, form: TellerForm, reasons: list[Reason], *, status: int
) -> HttpResponse:
    context = {
        "ballot": ballot,
        "form": form,
        "reasons": reasons,
        "tellers": list(Teller.objects.filter(ballot=ballot).select_related("member")),
    }
    return render(request, "counting/hands/tellers.html", context, status=status)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The third person reads what both counted, and says that it goes into the count."""
    here = enter(request, coop)
    ballot = led_by(here, key)
    asked = request.POST if request.method == "POST" else request.GET
    name = asked.get("block", "")
    block = next((one for one in blocks_of(ballot) if one.name == name), None)
    if block is None:
        refuse_if([Reason("nothing-to-confirm")] if request.method == "POST" else [])
        return redirect("hands", coop, key)
    if request.method == "POST":
        attempt = asked.get("attempt", "")
        actions.confirm_hands(
            ballot=ballot,
            block=block.name,
            attempt=int(attempt) if attempt.isascii() and attempt.isdigit() and len(attempt) < 5 else 0,
            by=acting(here),
            at=here.at,
        )
        messages.success(request, _("Confirmed: %(block)s.") % {"block": say_block(block.name)})
        return redirect("hands", coop, key)
    return render(request, "counting/hands/confirm.html", _agreeing(ballot, block, here))


def _agreeing(ballot: Ballot, block: Block, here: Here) -> dict[str, Any]:
    equal = block.progress.stage == Stage.EQUAL
    sheets = last_sheets(ballot, Place(Channel.HANDS, block=block.name), VOTES) if equal else []
    votes = sheets[0].figures["1"]["votes"] if sheets else {}
    return {
        "ballot": ballot,
        "place": block,  # `block` is a word of the templates themselves
        "name": say_block(block.name),
        "tellers": [sheet.teller for sheet in sheets],
        "figures": [(CHOICES[code], votes[code]) for code in CODES if code in votes],
        "own": acting(here).pk in block.progress.counted,
    }
