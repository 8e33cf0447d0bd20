"""What is agreed in a meeting: written down on an item, and shown on the page of the meeting."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.asked_often import Often, given
from coop.meetings import actions
from coop.meetings.models import Action, AgendaItem, Meeting, Minutes
from coop.meetings.rules.leading import may_lead
from coop.meetings.tasks import agreed_in, obstacles_to_writing_down, readable, standing_on
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..belonging import bodies_of
from ..people_found import PeopleForm, PersonField
from ..sheets import DayField, WordsField
from ..tasks.tasks import Line, line, lines, seen
from ..timetable import say_day


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
    return may_lead(meeting, acting(here), here.powers)  # whoever records it leads it too


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


def of_meeting(
    here: Here, meeting: Meeting, *, takes_up: bool, writes: bool, agreed_any: bool
) -> dict[str, Any]:
    """For the page of a meeting: what it agreed, and, where its agenda takes them up, what comes from earlier ones.

    `writes`: the reader leads it, and its minutes are not closed. `agreed_any`: in it, for whomever.
    """
    written = meeting.state in (Meeting.State.IN_SESSION, Meeting.State.CLOSED)
    who: dict[str, Any] = {"member": acting(here).pk, "cooperative": here.cooperative.pk}
    who |= {"at": here.at, "day": here.day}
    return {
        "writes": written and writes,
        "agreed": lines(AGREED.all(meeting=meeting.pk, **who), here.day) if written and agreed_any else [],
        "standing": standing(here, meeting) if takes_up else [],
    }


def _agreed() -> QuerySet[Action]:
    """`seen(here, agreed_in(meeting))` for any reader and any meeting."""
    reader: Any = SimpleNamespace(**{name: given(name) for name in ("member", "cooperative", "at", "day")})
    return readable(agreed_in(given("meeting")), by=reader.member, bodies=bodies_of(reader))


AGREED = Often(_agreed)
