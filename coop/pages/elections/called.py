"""Calling an election: which seats, on which day. The timetable is computed and looked at before it is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.models import Question
from coop.charter.models import Bylaws
from coop.elections import actions
from coop.elections.constituencies import Constituency, constituency_of, electors
from coop.elections.rules.calling import (
    ONE,
    SEVERAL,
    obstacles_in_years,
    obstacles_to_calling,
    signatures_needed,
)
from coop.elections.timetable import Timetable, timetable_or_none
from coop.members.models import Office, Power, Seat
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import DayField, Sheet, WordsField
from .seats import contests_of, lines_to_fill, say_line
from .told import Places

PROPOSED = ("title", "vote_on", "begins_on", "ends_on")
FEW = 12  # lines that stand unfolded: the empty seats, and those that fall free soonest
Contests = list[tuple[list[Seat], str]]


def _methods(of: frozenset[Question.Method]) -> list[tuple[str, str]]:
    return [(one.value, capfirst(str(one.label))) for one in Question.Method if one in of]


@dataclass
class Fold:
    """Lines of one body that do not stand among the first."""

    name: str
    boxes: list[BoundWidget] = field(default_factory=list)
    open: bool = False


class ElectionForm(Sheet):
    title = WordsField(
        label=gettext_lazy("What is elected"),
        max_length=200,
        help_text=gettext_lazy("As it stands on the board, such as “Coordinators for one year”."),
    )
    seats = forms.MultipleChoiceField(
        label=gettext_lazy("Which seats"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Empty seats stand first, then those that fall free soonest."),
    )
    one = forms.ChoiceField(
        label=gettext_lazy("How one seat is filled"),
        choices=lambda: _methods(ONE),
        initial=Question.Method.PLURALITY,
        help_text=gettext_lazy("Whoever stands alone is voted on with yes or no."),
    )
    several = forms.ChoiceField(
        label=gettext_lazy("How several seats are filled"),
        choices=lambda: _methods(SEVERAL),
        initial=Question.Method.PLURALITY,
        help_text=gettext_lazy("Seats kept for crews are filled where most votes win."),
    )
    vote_on = DayField(label=gettext_lazy("Day of the vote"))
    begins_on = DayField(
        label=gettext_lazy("Those elected begin on"),
        help_text=gettext_lazy("Whoever holds the seat stays until that day, and no longer."),
    )
    ends_on = DayField(
        label=gettext_lazy("Only until"),
        required=False,
        help_text=gettext_lazy(
            "For the rest of somebody else's term. Left empty: the whole term of the office."
        ),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = {line.key: line for line in lines_to_fill(here)}
        places = Places(here)
        said = [(key, capfirst(say_line(here, line, places))) for key, line in self.lines.items()]
        self.fields["seats"].choices = said  # type: ignore[attr-defined]

    def first(self) -> list[BoundWidget]:
        return list(self["seats"])[:FEW]

    def folds(self) -> list[Fold]:
        """All others, body by body; nothing that is ticked lies in a fold that is shut."""
        ticked = {str(key) for key in self["seats"].value() or ()}
        found: dict[int, Fold] = {}
        for box in list(self["seats"])[FEW:]:
            key = str(box.data["value"])
            body = self.lines[key].office.body
            fold = found.setdefault(body.pk, Fold(body.name))
            fold.boxes.append(box)
            fold.open |= key in ticked
        return sorted(found.values(), key=lambda fold: fold.name)

    def contests(self) -> Contests:
        told = self.cleaned_data
        chosen = [self.lines[key] for key in told["seats"]]
        return contests_of(chosen, one=told["one"], several=told["several"])


@dataclass(frozen=True)
class Planned:
    """A contest as it would be called: who elects, and how many signatures a candidature needs."""

    office: Office
    electors: str
    people: int
    signatures: int


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, coop: str) -> HttpResponse:
    """The first button only looks. `?seat=` ticks lines, and days may be proposed, by pages that lead here."""
    here = enter(request, coop)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    asked: dict[str, Any] = {name: request.GET[name] for name in PROPOSED if name in request.GET}
    asked["seats"] = request.GET.getlist("seat")
    form = ElectionForm(request.POST if request.method == "POST" else None, here=here, initial=asked)
    context: dict[str, Any] = {"form": form, "bylaws": here.bylaws}
    if form.is_valid():
        if "look" in request.POST:
            reasons, days = _looked_at(here, form)
            context |= {"days": days, "planned": _planned(here, form.contests())} if days else {}
        else:
            try:
                return _called(request, here, form)
            except Refused as refusal:
                reasons = refusal.reasons
        context["reasons"] = reasons
    status = 409 if context.get("reasons") else 422 if form.errors else 200
    return render(request, "elections/call.html", context, status=status)


def _called(request: HttpRequest, here: Here, form: ElectionForm) -> HttpResponse:
    told = form.cleaned_data
    days = {name: told[name] for name in ("title", "vote_on", "begins_on", "ends_on")}
    later = "draw" in request.POST
    made = actions.call_election(
        contests=form.contests(), **days, drawn_up=later, by=acting(here), at=here.at
    )
    messages.success(
        request,
        _("Drawn up. Until you call it, its days can be put right, and only the commission reads it.")
        if later
        else _("Called. Hang up the sheet with its days; candidates come forward from now on."),
    )
    return redirect("election", here.cooperative.slug, made.pk)


def _looked_at(here: Here, form: ElectionForm) -> tuple[list[Reason], Timetable | None]:
    """What stands in the way, and the days; no days where they are of another century or too few."""
    told = form.cleaned_data
    days = {name: told[name] for name in ("begins_on", "ends_on")}
    far = obstacles_in_years(here.day, vote_on=told["vote_on"], **days)
    if far:
        return far, None
    planned = timetable_or_none(here.day, told["vote_on"], challenge_days=here.bylaws.election_challenge_days)
    about = {"days": planned, **days, "by": acting(here), "at": here.at, "bylaws": here.bylaws}
    return obstacles_to_calling(told["title"], form.contests(), **about), planned


def _planned(here: Here, contests: Contests) -> list[Planned]:
    """One question for each place that elects."""
    bylaws, places = here.bylaws, Places(here)
    found = [(seats[0].office, constituency_of(seats[0])) for seats, _method in contests]
    people = {place: _people(here, place, bylaws) for place in {place for _office, place in found}}
    return [
        Planned(
            office,
            places.told(place.department, place.crew),
            people[place],
            signatures_needed(people[place], bylaws.nomination_percent),
        )
        for office, place in found
    ]


def _people(here: Here, place: Constituency, bylaws: Bylaws) -> int:
    return electors(here.cooperative, place, here.day, bylaws).count()
