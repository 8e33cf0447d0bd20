"""What is agreed in a meeting: written down on an item, and shown on the page of the meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting, Minutes
from coop.meetings.rules import obstacles_to_leading, obstacles_to_recording_minutes
from coop.meetings.tasks import agreed_in, obstacles_to_writing_down, standing_on
from coop.refusals import Reason, Refused

from . import access
from .access import Here, acting, enter
from .people_found import PeopleForm, PersonField
from .sheets import DayField, WordsField
from .tasks import Line, line, lines, seen
from .timetable import say_day


class AgreedForm(PeopleForm):
    text = WordsField(
        label=gettext_lazy("What is to be done"),
        max_length=300,
        help_text=gettext_lazy("One sentence that begins with a verb, such as “Order the filter bags”."),
    )
    who = PersonField(label=gettext_lazy("Who has taken it on"))
    due_on = DayField(label=gettext_lazy("Until which day"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {"owner": self.member("who")}


def writes_down(here: Here, meeting: Meeting) -> bool:
    """Whether this person may write on the record of the meeting, whatever its state."""
    me = acting(here)
    leads = not obstacles_to_leading(meeting, by=me, at=here.at)
    return leads or not obstacles_to_recording_minutes(meeting, by=me, at=here.at)


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """The list of what was agreed on an item, and a line for one more."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    if not writes_down(here, item.meeting):
        raise Http404
    form = AgreedForm(request.POST if request.method == "POST" else None, here=here)
    if request.method != "POST":
        reasons = obstacles_to_writing_down(item, by=acting(here), at=here.at)
        return _agreeing(request, here, item, form, reasons)
    if not form.is_valid():
        return _agreeing(request, here, item, form, [], status=422)
    answers = {name: form.cleaned_data[name] for name in ("text", "owner", "due_on")}
    try:
        made = actions.agree(item=item, by=acting(here), at=here.at, **answers)
    except Refused as refusal:
        return _agreeing(request, here, item, form, refusal.reasons, status=409)
    words = _("Agreed: %(name)s, by %(day)s.") % {"name": made.owner.name, "day": say_day(made.due_on)}
    messages.success(request, words)
    return redirect("item-actions", coop, key, place)


def _agreeing(
    request: HttpRequest,
    here: Here,
    item: AgendaItem,
    form: AgreedForm,
    reasons: list[Reason],
    status: int = 200,
) -> HttpResponse:
    context = {
        "item": item,
        "meeting": item.meeting,
        "agreed": lines(agreed_in(item.meeting).filter(item=item), here.day),
        "standing": standing(here, item.meeting) if item.kind == AgendaItem.Kind.ACTIONS else [],
        "form": form,
        "reasons": reasons,
        "attempted": status == 409,
        "closed": Minutes.objects.filter(meeting=item.meeting).exists(),
    }
    return render(request, "tasks/agree.html", context, status=status)


def standing(here: Here, meeting: Meeting) -> list[Line]:
    """What comes to a meeting from earlier ones, each with how often in a row."""
    found = seen(here, standing_on(meeting, here.at))
    words = _("meeting %(times)s in a row")
    return [
        replace(line(one, here.day), times=words % {"times": one.age + 1} if one.age else "")  # type: ignore[attr-defined]
        for one in found
    ]


def of_meeting(here: Here, meeting: Meeting) -> dict[str, Any]:
    """For the page of a meeting: what it agreed, and, where its agenda asks for them, what comes from earlier ones."""
    asks = meeting.items.filter(kind=AgendaItem.Kind.ACTIONS).exists()
    written = meeting.state in (Meeting.State.IN_SESSION, Meeting.State.CLOSED)
    open_minutes = written and not Minutes.objects.filter(meeting=meeting).exists()
    return {
        "writes": open_minutes and writes_down(here, meeting),
        "agreed": lines(seen(here, agreed_in(meeting)), here.day) if written else [],
        "standing": standing(here, meeting) if asks else [],
    }
