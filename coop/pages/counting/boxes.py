"""The boxes of a vote on paper: which there are, and the record of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots import actions
from coop.ballots.boxes import Box, Stage, boxes_of, floor_of, too_small
from coop.ballots.models import Ballot, UrnEntry
from coop.ballots.rules.boxes import AFTER, BEFORE_THE_END, WHILE, NewBox
from coop.meetings.resting import held_in_parts, still_to_vote
from coop.members.models import Crew
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..box_words import BOX_STAGES
from ..fields import HourField, to_the_minute
from ..outcomes.at_hand import where_from
from ..sheets import AskedByCaseField, ChoiceByCaseField, Sheet, WordsField
from ..votes.at_the_table import ballot_at_the_table, beside, runs

Kind = UrnEntry.Kind
SHAPES: dict[str, str] = {
    Stage.NEW: "draft",
    Stage.SEALED: "waiting",
    Stage.VOTING: "live",
    Stage.CLOSED: "waiting",
    Stage.MIXED: "stopped",
    Stage.UNSEALED: "done",
}


class BoxForm(Sheet):
    name = WordsField(
        label=gettext_lazy("Where the box stands"),
        max_length=80,
        help_text=gettext_lazy("As people will call it: Gate board, morning."),
    )
    crew = forms.ChoiceField(label=gettext_lazy("Crew it stands for"), required=False)
    mobile = forms.BooleanField(label=gettext_lazy("It is carried to people"), required=False)

    def __init__(self, *args: Any, crews: list[Crew], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(crew.code, crew.name) for crew in crews]
        self.fields["crew"].choices = [("", _("any")), *named]  # type: ignore[attr-defined]


class RecordForm(Sheet):
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    happened_at = HourField(label=gettext_lazy("When"))
    seals = AskedByCaseField(
        label=gettext_lazy("Numbers of the seals"),
        max_length=120,
        help_text=gettext_lazy("Needed when it is sealed and when it is closed."),
    )
    words = AskedByCaseField(
        label=gettext_lazy("Witnesses, and what happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Who saw it, where to, how many papers came back spoiled. Nothing about how anybody voted."
        ),
    )
    into = ChoiceByCaseField(
        label=gettext_lazy("Mixed into"),
        help_text=gettext_lazy("Needed when its papers are mixed into another box, and only then."),
    )

    def __init__(self, *args: Any, kinds: list[str], others: list[Box], **more: Any) -> None:
        super().__init__(*args, **more)
        labels = dict(Kind.choices)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, capfirst(str(labels[kind]))) for kind in kinds
        ]
        if Kind.MIXED in kinds:
            named = [(str(box.urn.number), box.urn.name) for box in others]
            self.fields["into"].choices = [("", _("no other box")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["into"]


# --- All boxes --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def urns(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    ballot = ballot_at_the_table(here, key)
    crews = list(Crew.objects.filter(cooperative=here.cooperative).order_by("code"))
    if request.method != "POST":
        return _boxes(request, here, ballot, BoxForm(crews=crews))
    usual = request.POST.get("do") == "usual"
    form = BoxForm(None if usual else request.POST, crews=crews)
    if not usual and not form.is_valid():
        return _boxes(request, here, ballot, form, status=422)
    boxes = (_of_sittings(ballot) or _usual(crews)) if usual else [NewBox(**form.cleaned_data)]
    try:
        actions.make_boxes(ballot=ballot, boxes=boxes, by=acting(here), at=here.at)
    except Refused as refusal:
        return _boxes(request, here, ballot, form, refused=refusal.reasons, status=409)
    messages.success(request, _("Entered: %(boxes)s.") % {"boxes": ", ".join(box.name for box in boxes)})
    return redirect("urns", coop, key)


def _usual(crews: list[Crew]) -> list[NewBox]:
    """A box for each crew at the gate board, and one that is carried around."""
    fixed = [NewBox(_("Gate board, %(crew)s") % {"crew": crew.name}, crew.code) for crew in crews]
    return [*(fixed or [NewBox(_("Gate board"))]), NewBox(_("Carried around"), mobile=True)]


def _of_sittings(ballot: Ballot) -> list[NewBox]:
    """Where several sittings vote: a box for each that has still to, and one that is carried to those on watch."""
    item = where_from(ballot)[0]
    if item is None or not held_in_parts(item.meeting):
        return []
    boxes = []
    for sitting in still_to_vote(ballot, item.meeting):
        told = {"sitting": sitting.number}
        boxes.append(NewBox(_("Sitting %(sitting)s") % told, part=sitting.number))
        if sitting.on_watch.exists():
            name = _("Sitting %(sitting)s, carried to those on watch") % told
            boxes.append(NewBox(name, mobile=True, part=sitting.number))
    return boxes


def _boxes(
    request: HttpRequest,
    here: Here,
    ballot: Ballot,
    form: BoxForm,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    boxes = boxes_of(ballot)
    floor = floor_of(ballot)
    by_sitting = not boxes and bool(_of_sittings(ballot))
    ended = ballot.state not in (Ballot.State.DRAFT, Ballot.State.OPEN)
    context = {
        **beside(here, ballot),
        "form": form,
        "refused": refused,
        "rows": [
            (
                box,
                BOX_STAGES[box.stage],
                SHAPES[box.stage],
                ended and box.inside is None and too_small(box, boxes, floor),
            )
            for box in boxes
        ],
        "floor": floor,
        "by_sitting": by_sitting,
        "may_add": not ended and runs(here, ballot),
    }
    return render(request, "counting/boxes/urns.html", context, status=status)


# --- One box ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def urn(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """The record of one box, and its next line."""
    here = enter(request, coop)
    ballot = ballot_at_the_table(here, key)
    box, others = _one(ballot, number)
    if request.method != "POST":
        return _record(request, here, ballot, box, _empty(request, here, ballot, box, others))
    form = RecordForm(request.POST, kinds=_next(ballot, box), others=others)
    if not form.is_valid():
        return _record(request, here, ballot, box, form, status=422)
    answers = form.cleaned_data
    other = answers.pop("into", "")
    into = next((one.urn for one in others if str(one.urn.number) == other), None)
    try:
        actions.record_box(urn=box.urn, into=into, **answers, by=acting(here), at=here.at)
    except Refused as refusal:
        box, others = _one(ballot, number)
        return _record(request, here, ballot, box, form, refused=refusal.reasons, status=409)
    messages.success(request, _("It stands in the record of %(box)s.") % {"box": box.urn.name})
    return redirect("urn", coop, key, number)


def _one(ballot: Ballot, number: int) -> tuple[Box, list[Box]]:
    """The box, and those it could be mixed into."""
    boxes = boxes_of(ballot)
    box = next((one for one in boxes if one.urn.number == number), None)
    if box is None:
        raise Http404
    return box, [
        one
        for one in boxes
        if one is not box and one.stage in (Stage.CLOSED, Stage.UNSEALED) and not one.counted
    ]


def _next(ballot: Ballot, box: Box) -> list[str]:
    """What can stand in the next line of the record."""
    return [
        kind
        for kind in Kind.values
        if box.stage in AFTER[kind] and ballot.state in WHILE.get(kind, BEFORE_THE_END)
    ]


def _empty(request: HttpRequest, here: Here, ballot: Ballot, box: Box, others: list[Box]) -> RecordForm:
    kinds = _next(ballot, box)
    asked = request.GET.get("kind", "")
    # Only where one thing comes next it is chosen already; nothing is entered by a slip.
    first = {Stage.NEW: Kind.SEALED, Stage.SEALED: Kind.OPENED}.get(box.stage, "")
    kind = asked if asked in kinds else first if first in kinds else ""
    initial = {"happened_at": to_the_minute(here.at), "kind": kind}
    if asked == Kind.REMARK:
        initial["words"] = _("A spoiled paper was given back and torn up; a new one was handed out.")
    return RecordForm(kinds=kinds, others=others, initial=initial)


def _record(
    request: HttpRequest,
    here: Here,
    ballot: Ballot,
    box: Box,
    form: RecordForm,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **beside(here, ballot),
        "box": box,
        "word": BOX_STAGES[box.stage],
        "shape": SHAPES[box.stage],
        "form": form if _next(ballot, box) else None,
        "may_add": ballot.state in (Ballot.State.DRAFT, Ballot.State.OPEN),
        "refused": refused,
    }
    return render(request, "counting/boxes/urn.html", context, status=status)
