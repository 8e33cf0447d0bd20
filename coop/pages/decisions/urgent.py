"""What an office decided because it could not wait: taken on a telephone, read by all, settled by the meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.decisions.models import Decision
from coop.in_office import actions
from coop.in_office.models import UrgentDecision
from coop.in_office.rules import urgent as rules
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.requests import answered_by
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..sheets import AskedByCaseField, Sheet, WordsField
from ..stories import Duty, Story
from ..timetable import say_day, say_distance

PAGE = 20
FEW = 4
State = UrgentDecision.State
SHAPES = {State.CONFIRMED: "yes", State.CHANGED: "done", State.ENDED: "no"}


class UrgentSheet(Sheet):
    way = forms.ChoiceField(label=gettext_lazy("In which office, and what it comes before"))
    title = WordsField(label=gettext_lazy("Title"), max_length=140)
    text = WordsField(
        label=gettext_lazy("What you decide"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    because = WordsField(
        label=gettext_lazy("Why it could not wait"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    cost = WordsField(
        label=gettext_lazy("What it costs"),
        max_length=200,
        help_text=gettext_lazy("Money, hours, material. Where it costs nothing, say so."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.ways = {f"{one.pk}-{body.pk}": (one, body) for one, body in rules.ways(acting(here), here.at)}
        words = _("%(office)s; comes before: %(body)s")
        field: Any = self.fields["way"]
        field.choices = [
            (key, words % {"office": one.title, "body": body.name}) for key, (one, body) in self.ways.items()
        ]


class SettledSheet(Sheet):
    state = forms.ChoiceField(
        label=gettext_lazy("What the meeting made of it"),
        choices=lambda: [
            (State.CONFIRMED.value, _("It stays as it is")),
            (State.CHANGED.value, _("It is changed")),
            (State.ENDED.value, _("It ends")),
        ],
        widget=forms.RadioSelect,
    )
    said = AskedByCaseField(
        label=gettext_lazy("What the meeting said"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Where it is changed: how it reads from now on."),
    )
    decision: forms.ModelChoiceField[Decision] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("The decision it took"),
        required=False,
        empty_label=gettext_lazy("none was numbered"),
    )

    def __init__(self, *args: Any, found: UrgentDecision, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["decision"]
        field.queryset = rules.decisions_on(found).select_related("body")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("state") == State.CHANGED and not answers.get("said"):
            self.add_error("said", _("Say how it reads from now on."))
        return answers


def standing(here: Here, found: UrgentDecision) -> tuple[str, str]:
    """A word and a shape."""
    if found.state != State.WAITING:
        return str(found.get_state_display()), SHAPES[State(found.state)]
    if rules.overdue(found, here.day):
        return _("overdue: the meeting has not dealt with it"), "late"
    return str(found.get_state_display()), "waiting"


@require_safe
def urgent_decisions(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(
        request,
        look.among(access.urgent_decisions(here), "U {body__code} {year}-{number} {title} {office__title}"),
        PAGE,
    )
    rows = [(one, *standing(here, one)) for one in page]
    context = {"look": look, "page": page, "rows": rows, "may_decide": here.may(Power.DECIDE_URGENT)}
    return render(request, "decisions/urgent/list.html", context)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if not here.may(Power.DECIDE_URGENT):
        raise Http404
    form = UrgentSheet(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        words = dict(form.cleaned_data)
        office, body = form.ways[words.pop("way")]
        try:
            made = actions.decide_urgently(office=office, body=body, by=acting(here), at=here.at, **words)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = _(
                "Decided as %(label)s, and read by everybody. It stands on the next agenda of: %(body)s."
            )
            messages.success(request, done % {"label": made.label, "body": body.name})
            return redirect("urgent", coop, made.pk)
    context = {"form": form, "reasons": reasons, "days": here.bylaws.urgent_decision_days}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "decisions/urgent/take.html", context, status=status)


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.urgent_decision(here, key)
    word, shape = standing(here, found)
    answer = answered_by(found.request) if found.request else None
    context = {
        "found": found,
        "word": word,
        "shape": shape,
        "distance": say_distance(here.day, found.due_on),
        "answer": answer if answer is not None and (answer.number or access.calls(here, answer)) else None,
        "may_settle": not rules.obstacles_to_settling(found, by=acting(here), at=here.at),
    }
    return render(request, "decisions/urgent/urgent.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Whoever records the body writes down what the meeting made of it."""
    here = enter(request, coop)
    found = access.urgent_decision(here, key)
    if not here.may(Power.RECORD_MINUTES, found.body):
        raise Http404
    form = SettledSheet(request.POST if request.method == "POST" else None, found=found)
    against = rules.obstacles_to_settling(found, by=acting(here), at=here.at)
    reasons: list[Reason] = against if request.method == "POST" else []
    if not against and form.is_valid():
        try:
            actions.settle_urgent(urgent=found, by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Entered. Everybody reads what the meeting made of it."))
            return redirect("urgent", coop, key)
    context = {"found": found, "form": form, "reasons": reasons, "against": [] if reasons else against}
    status = 409 if reasons or against else 422 if form.errors else 200
    return render(request, "decisions/urgent/settle.html", context, status=status)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the board, at once."""
    here = enter(request, coop)
    found = access.urgent_decision(here, key)
    word, _shape = standing(here, found)
    taken = here.cooperative.day_of(found.decided_at)
    facts = [
        [_("Decided by"), f"{found.decided_by.name}, {found.office.title}"],
        [_("Why it could not wait"), found.because],
        [_("What it costs"), found.cost],
        [_("Comes before"), f"{found.body.name}, {say_day(found.due_on)}"],
    ]
    if found.meeting is not None:
        made = [word, found.said, found.decision.label if found.decision else ""]
        facts.append([str(found.meeting), "\n".join(filter(None, made))])
    data = {
        "title": _("Urgent decision %(label)s") % {"label": found.label},
        "under": f"{found.body.name}, {date_format(taken, 'DATE_FORMAT')}",
        "house": here.cooperative.legal_name,
        "date": taken.isoformat(),
        "foot": found.label,
        "mark": word if found.state == State.WAITING else "",
        "headline": found.title,
        "paragraphs": found.text.split("\n"),
        "facts": facts,
        "signers": [found.office.title],
    }
    return to_print("facts", data, name=found.label)


# --- On the front page ----------------------------------------------------------------------------------------------


def waiting(here: Here) -> QuerySet[UrgentDecision]:
    """What was decided without a meeting and waits for one."""
    return access.urgent_decisions(here).filter(state=State.WAITING)


def not_yet_confirmed(here: Here) -> list[Story]:
    """For everybody. One query."""
    found = waiting(here).order_by("due_on", "pk")
    return [_story(here, one, _("Decided without waiting"), "urgent") for one in found[:FEW]]


def duties(here: Here) -> list[Story]:
    """For who records the body: it has met, and nobody has entered what it made of it."""
    if not here.may(Power.RECORD_MINUTES):
        return []
    met = AgendaItem.objects.filter(request=OuterRef("request"), meeting__state=Meeting.State.CLOSED)
    found = waiting(here).filter(Exists(met), here.powers.over(Power.RECORD_MINUTES))
    found = found.exclude(decided_by=acting(here)).order_by("due_on", "pk")
    return [_story(here, one, _("Enter what the meeting made of it"), "urgent-settle") for one in found]


def _story(here: Here, one: UrgentDecision, kicker: str, address: str) -> Story:
    word, shape = standing(here, one)
    day = {"day": say_day(one.due_on), "distance": say_distance(here.day, one.due_on)}
    return Duty(
        kicker=f"{kicker} · {one.label}",
        headline=one.title,
        address=reverse(address, args=[here.cooperative.slug, one.pk]),
        word=word,
        shape=shape,
        meta=_("before the meeting by %(day)s (%(distance)s)") % day,
        until=one.due_on,
    )
