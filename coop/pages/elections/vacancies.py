"""Seats that are empty: since when, and what the bylaws allow next. Counted back, voted, or named for a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.elections import actions
from coop.elections.by_election import by_election
from coop.elections.rules.empty_seats import obstacles_to_counting_back, obstacles_to_naming
from coop.elections.vacant import Vacancy, count_back_for, term_ends, vacancies, vacancy_of
from coop.meetings import actions as meetings
from coop.meetings.off_the_desk import callers_gone, next_assembly
from coop.members.alternates import next_alternate
from coop.members.models import Power, Seat
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..people_found import PeopleForm, PersonField
from ..sheets import WordsField
from .challenges_told import say_since

PAGE = 30


class NameForm(PeopleForm):
    person = PersonField(label=gettext_lazy("Whom"))
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it, and the assembly has it on its agenda."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {"person": self.member("person")}


@require_safe
def empty(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(request, look.within(vacancies(here.cooperative, here.at), _named), PAGE)
    lines = [{"one": one, "said": said_of(here, one)} for one in page]
    gone = callers_gone(here.cooperative, here.at)
    context = {"look": look, "page": page, "lines": lines, "gone": gone, "audits": here.may(Power.AUDIT)}
    return render(request, "elections/vacancies/empty.html", context)


def _named(one: Vacancy) -> str:
    """The words by which a seat is looked for."""
    seat = one.seat
    places = [getattr(place, "name", "") for place in (seat.office.body, seat.crew, seat.department)]
    return " ".join([seat.office.title, *places])


def said_of(here: Here, one: Vacancy) -> str:
    """Since when it is empty, and who is to have it."""
    if one.stands_in is not None:
        told = {"name": one.stands_in.member.name, "day": say_since(here, one.stands_in.until)}
        return _("%(name)s was named for a time, until %(day)s.") % told
    if one.named is not None:
        return _("%(name)s was named; a second office-holder has to sign it.") % {
            "name": one.named.member.name
        }
    if one.coming is not None:
        told = {"name": one.coming.member.name, "day": say_since(here, one.coming.since)}
        return _("%(name)s begins on %(day)s.") % told
    if one.election is not None:
        return _("An election fills it: %(label)s.") % {"label": one.election.label}
    if one.last is None:
        return _("Nobody has held it yet.")
    told = {
        "day": say_since(here, one.since),
        "name": one.last.member.name,
        "ended": one.last.get_ended_display() or _("term over"),
    }
    return _("Empty since %(day)s: %(name)s, %(ended)s.") % told


@require_safe
def seat(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here, access.seat(here, key))


def show(
    request: HttpRequest,
    here: Here,
    found: Seat,
    *,
    form: NameForm | None = None,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    one = vacancy_of(found, here.at)
    chosen = here.bylaws.chosen("vacancy_filled_by")
    runs, audits = here.may(Power.RUN_ELECTIONS), here.may(Power.AUDIT)
    held = one.last is not None and (one.last.until is None or one.last.until > here.at)
    context: dict[str, Any] = {
        "one": one,
        "held": held,
        "said": "" if held else said_of(here, one),
        "alternate": next_alternate(found, here.at),
        "ends": term_ends(found),
        "runs": runs,
        "audits": audits,
        "reasons": reasons or [],
    }
    if not held and "count_back" in chosen:
        counted = count_back_for(found, here.at, here.bylaws)
        context["counted"] = counted
        context["against_counting"] = (
            obstacles_to_counting_back(
                found, counted=counted, by=acting(here), at=here.at, bylaws=here.bylaws
            )
            if runs
            else list(counted.against)
        )
    if not held and "by_election" in chosen:
        context["proposed"], context["call"] = _by_election(here, found)
    if not held and "named" in chosen:
        context["names"] = True
        context["assembly"] = next_assembly(here.cooperative, here.at)
        if audits:
            against = obstacles_to_naming(found, None, "-", by=acting(here), at=here.at, bylaws=here.bylaws)
            if context["assembly"] is None:
                against.append(Reason("no-assembly-ahead"))
            context["against_naming"] = [] if form is not None else against
            context["form"] = form or NameForm(None, here=here)
    status = 409 if reasons else 422 if form is not None and form.errors else 200
    return render(request, "elections/vacancies/seat.html", context, status=status)


def _by_election(here: Here, found: Seat) -> tuple[Any, str]:
    """The days as the bylaws would have them, and the address of the call with these days in it."""
    ends = term_ends(found)
    proposed = by_election(
        here.day,
        within=here.bylaws.by_election_days,
        challenge_days=here.bylaws.election_challenge_days,
        term_ends=here.cooperative.day_of(ends) if ends else None,
    )
    if proposed is None:
        return None, ""
    days = {"vote_on": proposed.vote_on, "begins_on": proposed.begins_on, "ends_on": proposed.ends_on}
    told = {"seat": str(found.pk), "title": found.office.title[:200]}
    told |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return proposed, reverse("election-call", args=[here.cooperative.slug]) + "?" + urlencode(told)


@require_POST
def count_back(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.seat(here, key)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    try:
        made = actions.count_back(seat=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return show(request, here, found, reasons=refusal.reasons)
    told = {"name": made.member.name, "office": made.seat.office.title}
    messages.success(request, _("By the papers of the election %(name)s holds it now: %(office)s.") % told)
    return redirect("empty-seat", coop, key)


@require_POST
def name(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.seat(here, key)
    if not here.may(Power.AUDIT):
        raise Http404
    form = NameForm(request.POST, here=here)
    if not form.is_valid():
        return show(request, here, found, form=form)
    told = form.cleaned_data
    try:
        made = meetings.name_until_assembly(
            seat=found, member=told["person"], because=told["because"], by=acting(here), at=here.at
        )
    except Refused as refusal:
        return show(request, here, found, form=form, reasons=refusal.reasons)
    day = say_since(here, made.until)
    messages.success(
        request,
        _("%(name)s is named until %(day)s. It counts once a second office-holder has signed it.")
        % {"name": made.member.name, "day": day},
    )
    return redirect("empty-seat", coop, key)
