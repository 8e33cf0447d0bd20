"""Coming and going: at the table of a meeting by number or a few letters of the name, and for oneself.

Nothing is written before somebody has read the name on the button: a wrong figure or a slip of the thumb would stand
in the book of attendance for ever. Whoever was sent out by mistake comes in again the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.models import Ballot, RollEntry
from coop.meetings import actions
from coop.meetings.models import Attendance, Meeting
from coop.meetings.rules.door import obstacles_to_check_in
from coop.members.models import Member
from coop.refusals import Reason, Refused

from .. import access, timetable
from ..access import Here, acting, enter, wants_fragment
from ..errors import problem
from ..fields import NumberField, NumbersForm
from ..people_found import SHOWN, people_found, to_choose
from .floor import led

WORDS = 80  # letters that are looked for


class SomebodyForm(NumbersForm):
    """Whom a button of the table names."""

    number = NumberField(label=gettext_lazy("Member number"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


@dataclass(frozen=True)
class Found:
    """Somebody the table may write down. `words`: name, number, department; `inside`: since when they are in."""

    number: int
    name: str
    words: str
    inside: Attendance | None
    votes: bool | None  # None while the register is not drawn
    against: list[Reason]


@require_http_methods(["GET", "POST"])
def coming(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET finds people; POST writes the one whose button was pressed into the book, or back into it."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    if request.method != "POST":
        return _table(request, here, meeting, request.GET.get("words", ""))
    form = SomebodyForm(request.POST, here=here)
    if not form.is_valid():
        return _table(request, here, meeting, request.POST.get("number", ""), wrong=form, status=422)
    member = form.cleaned_data["member"]
    try:
        came = actions.check_in(meeting=meeting, member=member, by=acting(here), at=here.at)
    except Refused as refusal:
        number = form.cleaned_data["number"]
        return _table(request, here, meeting, number, refused=refusal.reasons, status=409)
    messages.success(request, _in_words(came))
    return redirect("meeting-coming", coop, key)


def _in_words(came: Attendance) -> str:
    words = _("%(name)s, No. %(number)s, is in and votes.")
    if not came.votes:
        words = _("%(name)s, No. %(number)s, is in with a voice and no vote: not on the register of voters.")
    return words % {"name": came.member.name, "number": came.member.number}


def _table(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    words: str,
    *,
    wrong: SomebodyForm | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    words = words.replace("\0", "")[:WORDS].strip()  # the form has said that it is no number
    found = _found(here, meeting, words) if words else []
    alone = len(found) == 1 and not found[0].against
    context: dict[str, Any] = {
        "meeting": meeting,
        "words": words,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "alone": alone,
        "form": wrong,
        "refused": refused,
    }
    if wants_fragment(request):
        context["alone"] = False  # whoever still types keeps the focus
        return render(request, "meetings/coming/table.html#found", context, status=status)
    prefetch_related_objects([meeting], "sittings")
    context["clock"] = timetable.clock(meeting, here)
    return render(request, "meetings/coming/table.html", context, status=status)


def _found(here: Here, meeting: Meeting, words: str) -> list[Found]:
    """Whoever has that number, or every word in their name. The same questions for one as for many."""
    people = people_found(here, words)
    inside = {
        one.member_id: one
        for one in Attendance.objects.filter(meeting=meeting, member__in=people, left_at=None)
    }
    lines: set[int] | None = None
    if meeting.register is not None:
        voting = meeting.register.lines().filter(member__in=people)
        lines = set(voting.values_list("member_id", flat=True))
    return [
        Found(
            person.number,
            person.name,
            person.words,
            inside.get(member.pk),
            None if lines is None else member.pk in lines,
            _against(here, meeting, member) if len(people) == 1 and member.pk not in inside else [],
        )
        for member, person in zip(people, to_choose(here, people), strict=True)
    ]


def _against(here: Here, meeting: Meeting, member: Member) -> list[Reason]:
    """Asked before the button is shown only of somebody who was found alone; else it is asked when it is pressed."""
    return obstacles_to_check_in(meeting, member, by=acting(here), at=here.at)


# --- Going out ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET asks whether one means it; POST goes out: oneself, or with a number whoever was named at the table."""
    here = enter(request, coop)
    found = access.meeting(here, key)
    me = acting(here)
    if request.method != "POST":
        return _going(request, here, found)
    numbers = request.POST.getlist("number")
    if len(numbers) > 1 or any(not (one.isascii() and one.isdigit() and len(one) < 10) for one in numbers):
        return problem(request, 422)
    number = me.number
    if numbers and int(numbers[0]) != number:
        number = int(numbers[0])
        led(here, found)
    attendance = found.attendances.select_related("member").filter(member__number=number).first()
    if attendance is None:
        raise Refused([Reason("not-checked-in-person", {"name": access.member(here, number).name})])
    actions.leave(attendance=attendance, by=me, at=here.at)
    words = _("%(name)s, No. %(number)s, has gone out.")
    messages.success(request, words % {"name": attendance.member.name, "number": number})
    if not numbers:
        return redirect("meeting", coop, key)
    return redirect("meeting-coming", coop, key)


def _going(request: HttpRequest, here: Here, found: Meeting) -> HttpResponse:
    """What it means to go out now: of the quorum, and of a vote that is open."""
    me = acting(here)
    came = found.attendances.filter(member=me, left_at=None).first()
    running = Ballot.objects.filter(pk__in=found.items.values("decision__ballot"), state=Ballot.State.OPEN)
    mine = RollEntry.objects.filter(ballot__in=running, member=me, present=True, channel=None)
    context = {
        "meeting": found,
        "came": came,
        "open_votes": mine.count() if came is not None else 0,
        "reasons": [] if came is not None else [Reason("not-checked-in-person", {"name": me.name})],
    }
    return render(request, "meetings/coming/going.html", context)
