"""The register of decisions: numbered, newest first, what is in force and what ended it; found by body, year, state."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from coop.decisions.afterwards import reviews_due
from coop.decisions.models import CarriedDecision, Decision, Ending
from coop.decisions.register import KINDS, STATES, Asked, Line, lines, register
from coop.members.models import Body, Power
from coop.members.models.countersigned import waiting
from coop.members.rules.second_person import obstacles_to_keeping_the_archive

from ..access import Here, acting, enter, page_of
from ..outcomes.decided import OUTCOME_SHAPES, outcome_of
from ..paper import to_print
from ..sheets import Sheet
from ..stories import Duty, Story

Outcome = Decision.Outcome
ON_A_PAGE = 30
ON_PAPER = 1_000  # lines; a printed register has an end
FILTERS = ("body", "year", "state", "kind")


class Filter(Sheet):
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("Who decided"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("all"),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=1900, max_value=2200)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        bodies = Body.objects.filter(cooperative=here.cooperative).exclude(kind=Body.Kind.REGISTER)
        self.fields["body"].queryset = bodies.order_by("name")  # type: ignore[attr-defined]
        every = [("", gettext_lazy("all"))]
        self.fields["state"].choices = [*every, *STATES]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*every, *KINDS]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]


def _filter(request: HttpRequest, here: Here) -> tuple[Filter, Asked | None]:
    """The form, and what it asks for; None where it cannot be read."""
    given = any(name in request.GET for name in FILTERS)
    form = Filter(request.GET if given else None, here=here)
    if not given:
        return form, Asked()
    return form, Asked(**form.cleaned_data) if form.is_valid() else None


@require_safe
def decisions(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    form, asked = _filter(request, here)
    every = Decision.objects.filter(cooperative=here.cooperative).select_related("body")
    old = CarriedDecision.objects.filter(cooperative=here.cooperative).select_related("body")
    page = page_of(request, register(here.cooperative, asked or Asked()), ON_A_PAGE) if asked else None
    filtered = asked not in (None, Asked())
    first = not filtered and asked is not None
    keeps = here.may(Power.RECORD_MINUTES) and not obstacles_to_keeping_the_archive(
        here.cooperative, by=acting(here), at=here.at, powers=here.powers
    )
    pending = every.filter(outcome=Outcome.PENDING, ballot__opened_at__isnull=False)
    context = {
        "form": form,
        "filtered": filtered,
        "query": _query(request) if filtered else "",
        "page": page,
        "lines": [_story(here, line) for line in lines(page)] if page else [],
        "waiting": list(old.filter(waiting()).order_by("entered_at", "pk")) if first else [],
        "copies": keeps,
        "pending": list(pending.order_by("-put_at", "-pk")) if first else [],
    }
    status = 422 if asked is None else 200
    return render(request, "decisions/register_of_decisions/register.html", context, status=status)


def _query(request: HttpRequest) -> str:
    """What was asked, for the addresses of the other pages and of the sheet."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"{asked.urlencode()}&"


def _story(here: Here, line: Line) -> Story:
    one, page = line.decision, "old-decision" if line.is_old else "decision"
    return Story(
        kicker=one.label,
        headline=one.title,
        address=reverse(page, args=[here.cooperative.slug, one.pk]),
        word=say_state(line),
        shape=shape_of(line),
        meta=_day(line),
        meta2=_("carried over from: %(source)s") % {"source": one.source} if line.is_old else one.body.name,
    )


def say_state(line: Line) -> str:
    """ "carried, in force", or what came of it."""
    outcome = (
        outcome_of(line.decision)[0]
        if isinstance(line.decision, Decision)
        else line.decision.get_outcome_display()
    )
    if line.ending is not None:
        return say_ended(line.ending)
    return _("%(outcome)s, in force") % {"outcome": outcome} if line.in_force else outcome


def say_ended(ending: Ending) -> str:
    by = {"label": ending.through.label if ending.through else ""}
    if ending.how == Ending.How.REPEALS:
        return _("repealed by %(label)s") % by
    return _("replaced by %(label)s") % by


def shape_of(line: Line) -> str:
    if line.ending is not None:
        return "stopped"
    one = line.decision
    return outcome_of(one)[1] if isinstance(one, Decision) else OUTCOME_SHAPES[one.outcome]


def _day(line: Line) -> str:
    day = line.decision.decided_on if line.is_old else localtime(line.decision.decided_at)
    return date_format(day, "DATE_FORMAT")


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """The register as it is filtered, on A4."""
    here = enter(request, coop)
    form, asked = _filter(request, here)
    if asked is None:
        return render(request, "decisions/register_of_decisions/register.html", {"form": form}, status=422)
    rows = list(register(here.cooperative, asked)[: ON_PAPER + 1])
    found = lines(rows[:ON_PAPER])
    sheet = {
        "title": _("Register of decisions"),
        "under": _what_is_asked(asked),
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "notes": [
            ngettext(
                "As it stood on %(day)s. %(count)s decision.",
                "As it stood on %(day)s. %(count)s decisions.",
                len(found),
            )
            % {"day": date_format(here.day, "DATE_FORMAT"), "count": len(found)},
            *([_("There are more; print them year by year.")] if len(rows) > ON_PAPER else []),
        ],
        "columns": [
            {"words": _("Number"), "width": "auto"},
            {"words": _("Day"), "width": "auto"},
            {"words": _("What was decided"), "width": "wide"},
            {"words": _("State"), "width": "fr"},
        ],
        "rows": [[one.decision.label, _day(one), one.decision.title, say_state(one)] for one in found],
    }
    return to_print("list", sheet, name=_("Register of decisions"))


def _what_is_asked(asked: Asked) -> str:
    """ "General assembly, 2026, in force"."""
    words = [
        asked.body.name if asked.body else "",
        str(asked.year or ""),
        str(dict(STATES).get(asked.state, "")),
        str(dict(KINDS).get(asked.kind, "")),
    ]
    return ", ".join(filter(None, words)) or _("All bodies, all years")


def _called_by(here: Here, column: str) -> Q:
    return here.powers.over(Power.CONVENE, field=column)


def duties(here: Here) -> list[Story]:
    """Decisions that wait to be looked at again, for whoever calls their body."""
    if not here.may(Power.CONVENE):
        return []
    return [
        Duty(
            kicker=_("Decision to look at again"),
            headline=str(one.about),
            address=reverse(
                "old-decision" if one.old else "decision", args=[here.cooperative.slug, one.about.pk]
            )
            + "#afterwards",
            word=_("due"),
            shape="late" if one.due_on and one.due_on < here.day else "waiting",
            meta=date_format(one.due_on or here.day, "DATE_FORMAT"),
            until=one.due_on,
        )
        for one in reviews_due(here.day, partial(_called_by, here))
        if one.about.cooperative_id == here.cooperative.pk
    ]
