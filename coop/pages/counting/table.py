"""The table: find the person, mark them, hand over the paper. Number, Enter, Enter: no mouse is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots import actions
from coop.ballots.boxes import Box, Stage, boxes_of
from coop.ballots.models import Ballot, RegisterEntry, RollEntry
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.boxes import obstacles_to_a_paper
from coop.ballots.rules.registers import obstacles_to_voting_on
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, OnWatch, Sitting
from coop.members.models import Member
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..fields import NumberField, NumbersForm
from ..outcomes.at_hand import where_from
from ..people_found import SHOWN, people_found
from ..votes.at_the_table import ballot_at_the_table, beside


class PaperForm(NumbersForm):
    number = NumberField(label=gettext_lazy("Member number"))
    box = NumberField(label=gettext_lazy("Box"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


@dataclass(frozen=True)
class Found:
    """Somebody the search found: as the register of voters has them, and what stands against a paper for them."""

    member: Member
    entry: RollEntry | None
    line: RegisterEntry | None
    against: list[Reason]
    why: list[Reason] = field(default_factory=list)

    @property
    def has_voted(self) -> bool:
        return self.entry is not None and self.entry.channel is not None


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET finds people; POST marks one of them for a box."""
    here = enter(request, coop)
    ballot = ballot_at_the_table(here, key)
    boxes = [box for box in boxes_of(ballot) if box.stage == Stage.VOTING]
    if request.method != "POST":
        asked = request.GET.get("box", "")
        box = _box(boxes, asked)
        elsewhere = box is not None and asked not in ("", str(box.urn.number))
        return _table(request, here, ballot, boxes, box, request.GET.get("words", ""), elsewhere=elsewhere)
    form = PaperForm(request.POST, here=here)
    box = _box(boxes, request.POST.get("box", ""))
    words = request.POST.get("number", "")
    if not form.is_valid():
        return _table(request, here, ballot, boxes, box, words, wrong=form, status=422)
    if box is None or str(box.urn.number) != form.cleaned_data["box"]:
        refused = [Reason("no-such-open-box")]
        return _table(request, here, ballot, boxes, box, words, refused=refused, status=409)
    member = form.cleaned_data["member"]
    try:
        watch = watches(ballot, box, [member]).get(member.pk)
        if watch is None:
            actions.give_paper(urn=box.urn, member=member, by=acting(here), at=here.at)
        else:
            item, sitting = watch
            at_post = {"item": item, "sitting": sitting, "member": member, "urn": box.urn}
            meetings.bring_paper(**at_post, by=acting(here), at=here.at)
    except Refused as refusal:
        return _table(request, here, ballot, boxes, box, words, refused=refusal.reasons, status=409)
    told = {"name": member.name, "number": member.number, "box": box.urn.name}
    messages.success(request, _("%(name)s, No. %(number)s: hand over the paper, for %(box)s.") % told)
    return redirect(f"{reverse('paper-table', args=[coop, key])}?{urlencode({'box': box.urn.number})}")


def _box(boxes: list[Box], number: str) -> Box | None:
    """The open box that was chosen, else the first."""
    chosen = (box for box in boxes if str(box.urn.number) == number)
    return next(chosen, boxes[0] if boxes else None)


def _table(
    request: HttpRequest,
    here: Here,
    ballot: Ballot,
    boxes: list[Box],
    box: Box | None,
    words: str,
    *,
    refused: list[Reason] | None = None,
    wrong: PaperForm | None = None,
    elsewhere: bool = False,
    status: int = 200,
) -> HttpResponse:
    words = words[:120].strip()
    found = _found(here, ballot, box, words) if words else []
    context = {
        **beside(here, ballot),
        "boxes": boxes,
        "box": box,
        "words": words,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "alone": len(found) == 1 and not found[0].against,
        "refused": refused,
        "form": wrong,
        "elsewhere": elsewhere,
        **_given(ballot),
    }
    return render(request, "counting/table/table.html", context, status=status)


def _given(ballot: Ballot) -> dict[str, int]:
    """How many hold a paper, and how many have not voted in any way. One query."""
    return ballot.roll.aggregate(
        papers=Count("pk", filter=Q(channel=Channel.PAPER)), waiting=Count("pk", filter=Q(channel=None))
    )


def _found(here: Here, ballot: Ballot, box: Box | None, words: str) -> list[Found]:
    """Members by number, or by every word of the name, on the register or not. Three queries."""
    people = people_found(here, words)
    roll = {entry.member_id: entry for entry in RollEntry.objects.filter(ballot=ballot, member__in=people)}
    for watcher in watches(ballot, box, people) if box is not None else ():
        if watcher in roll and roll[watcher].channel is None:
            roll[watcher].present = True  # counted as present when the paper is given
    lines = {line.member_id: line for line in ballot.electors().filter(member__in=people)}
    found = [_one(here, ballot, box, person, roll.get(person.pk), lines.get(person.pk)) for person in people]
    if len(found) == 1 and found[0].entry is None and ballot.state != Ballot.State.DRAFT:
        return [replace(found[0], why=_why(here, ballot, found[0].member))]
    return found


def _one(
    here: Here,
    ballot: Ballot,
    box: Box | None,
    person: Member,
    entry: RollEntry | None,
    line: RegisterEntry | None,
) -> Found:
    if box is None:
        return Found(person, entry, line, [Reason("no-box-open")])
    return Found(person, entry, line, obstacles_to_a_paper(ballot, entry, box, name=person.name, at=here.at))


def watches(ballot: Ballot, box: Box, people: Sequence[Member]) -> dict[int, tuple[AgendaItem, Sitting]]:
    """Who of them is on watch during the sitting a box is for: the box comes to them. One query, or none."""
    item = where_from(ballot)[0] if box.urn.mobile else None
    if item is None or box.urn.part is None:
        return {}
    named = OnWatch.objects.filter(
        sitting__meeting=item.meeting_id, sitting__number=box.urn.part, member__in=people
    )
    return {one.member_id: (item, one.sitting) for one in named.select_related("sitting")}


def _why(here: Here, ballot: Ballot, person: Member) -> list[Reason]:
    """What the register of voters says to somebody who is not on it."""
    person.cooperative = ballot.register.cooperative = ballot.register.body.cooperative = here.cooperative
    return obstacles_to_voting_on(ballot.register, person)
