"""What the desk writes about a problem in session: what was said, taken up, measured, agreed, sent up or down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions as meetings
from coop.meetings.problems import list_item
from coop.production import actions as production
from coop.production.models import ProblemEvent
from coop.production.rules.measures import measured_before
from coop.production.rules.problems import MOST_VALUE
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter
from ..act_sheets import Act
from ..people_found import PeopleForm, PersonField
from ..sheets import DayField, Sheet, WordsField
from ..tasks.tasks import one_seen
from .floor import led


def words_field(label: Any, *, needed: bool = True) -> WordsField:
    rows = forms.Textarea(attrs={"rows": 3})
    return WordsField(label=label, max_length=2000, required=needed, widget=rows)


class FigureField(forms.DecimalField):
    """A figure with a point or a comma; which of them parts thousands is not guessed."""

    def __init__(self, **more: Any) -> None:
        wrong = {"invalid": gettext_lazy("Write a figure like 12.5.")}
        most = {"max_value": MOST_VALUE, "min_value": -MOST_VALUE, "max_digits": 14, "decimal_places": 4}
        super().__init__(**most, localize=False, error_messages=wrong, **more)  # type: ignore[arg-type]

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)


class SaidSheet(PeopleForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (ProblemEvent.Kind.CAUSE, gettext_lazy("a cause")),
            (ProblemEvent.Kind.IDEA, gettext_lazy("an idea")),
            (ProblemEvent.Kind.ANSWER, gettext_lazy("an answer")),
            (ProblemEvent.Kind.DECISION, gettext_lazy("what was decided")),
        ],
        initial=ProblemEvent.Kind.CAUSE,
        widget=forms.RadioSelect,
    )
    words = words_field(gettext_lazy("What was said"))


class TakenUpSheet(PeopleForm):
    words = words_field(gettext_lazy("Who sees to it, in a few words"), needed=False)


class MeasuredSheet(PeopleForm):
    measured = WordsField(
        label=gettext_lazy("What is measured"),
        max_length=80,
        help_text=gettext_lazy("With its unit, such as “minutes a shift”."),
    )
    value_before = FigureField(label=gettext_lazy("Before"))
    value_after = FigureField(label=gettext_lazy("Afterwards"), required=False)

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"kind": ProblemEvent.Kind.MEASURE}


class ActionSheet(PeopleForm):
    text = WordsField(
        label=gettext_lazy("What is to be done"),
        max_length=300,
        help_text=gettext_lazy("One sentence that begins with a verb, such as “Order the filter bags”."),
    )
    who = PersonField(label=gettext_lazy("Who has taken it on"))
    due_on = DayField(label=gettext_lazy("Until which day"))

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"owner": self.member("who")}


class UpSheet(PeopleForm):
    words = words_field(gettext_lazy("Why it cannot be solved here"))


class DownSheet(PeopleForm):
    words = words_field(gettext_lazy("The answer"))


class SolvedSheet(PeopleForm):
    words = words_field(gettext_lazy("What was done"))


class AfterSheet(Sheet):
    value_after = FigureField(label=gettext_lazy("Afterwards"))


ACTS = {
    "say": Act(
        SaidSheet, production.say, gettext_lazy("What was said"),
        gettext_lazy("It stands in the history of the problem and in the minutes, with the sitting."),
        gettext_lazy("Write it down"), gettext_lazy("Written down."), ("kind", "words"),
    ),
    "take-up": Act(
        TakenUpSheet, production.take_up, gettext_lazy("Somebody works on it"),
        gettext_lazy("The clock of the answer stops."),
        gettext_lazy("Take it up"), gettext_lazy("Taken up."),
    ),
    "measure": Act(
        MeasuredSheet, production.say, gettext_lazy("A measure"),
        gettext_lazy("One figure from before; the one from afterwards comes when the work is done."),
        gettext_lazy("Write it down"), gettext_lazy("Written down."),
        ("kind", "measured", "value_before", "value_after"),
    ),
    "agree": Act(
        ActionSheet, meetings.agree, gettext_lazy("An action"),
        gettext_lazy("It stands on the front page of whoever has taken it on, and at the next meeting."),
        gettext_lazy("Write it down"), gettext_lazy("Agreed."), ("text", "owner", "due_on"),
    ),
    "send-up": Act(
        UpSheet, production.send_up, gettext_lazy("Send it up"),
        gettext_lazy("It stands before the next body, on the agenda of its next meeting. The answer comes down."),
        gettext_lazy("Send it up"), gettext_lazy("Sent up."),
    ),
    "send-down": Act(
        DownSheet, production.send_down, gettext_lazy("Answer, and send it down"),
        gettext_lazy("The next meeting below reads the answer and goes on."),
        gettext_lazy("Send it down"), gettext_lazy("Answered, and sent down."),
    ),
    "solved": Act(
        SolvedSheet, production.say_solved, gettext_lazy("It is solved"),
        gettext_lazy("Whoever raised it says whether that is so. Nobody closes a problem alone."),
        gettext_lazy("It is solved"), gettext_lazy("Said to be solved. Whoever raised it is asked."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, coop: str, key: int, problem: int, act: str) -> HttpResponse:
    """GET shows the sheet, POST acts and goes back to the problem; a refusal keeps what was typed."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    found, page = access.problem_of_meeting(here, meeting, problem), ACTS[act]
    form = page.sheet(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        item = {"item": list_item(meeting)} if act == "agree" else {}
        try:
            page.carry_out(form, problem=found, by=acting(here), at=here.at, **item)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, str(page.said))
            return redirect("meeting-problem", coop, key, problem)
    context = {"meeting": meeting, "problem": found, "page": page, "form": form, "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/floor_meetings/sheet.html", context, status=status)


@require_http_methods(["GET", "POST"])
def measured(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Whoever has done an action on a problem measures again what was measured before."""
    here = enter(request, coop)
    action = one_seen(here, key)
    if action.problem is None or action.owner_id != acting(here).pk:
        raise Http404
    before = measured_before(action.problem)
    form = AfterSheet(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        after = form.cleaned_data["value_after"]
        try:
            production.measure_afterwards(
                problem=action.problem, value_after=after, by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The figure stands beside the one from before."))
            return redirect("action", coop, key)
    context = {"action": action, "before": before, "form": form, "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/floor_meetings/measured.html", context, status=status)
