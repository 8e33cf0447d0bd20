"""The vote on a budget, followed along; put on an agenda, put in another order, one taken up again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.budget.models import InBloc, Year
from coop.budget.rules.amendments import obstacles_to_having_a_voice
from coop.budget.tables import Table
from coop.meetings import actions
from coop.meetings.budgets import item_of, obstacles_to_bringing_budget, obstacles_to_ordering, whole_of
from coop.meetings.models import Meeting
from coop.members.models import Power
from coop.proposals.models import Proposal
from coop.proposals.rules import assembly_of
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, wants_fragment
from ..fields import LAST, Choice, minutes_field, typed_in
from ..sheets import Sheet
from .live import Standing
from .words import SHAPES

BEFORE = (*Year.BEFORE_THE_VOTE,)


@require_safe
def vote(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everybody follows it; whoever chairs finds beside each amendment what can be done with it."""
    here = enter(request, coop)
    year = access.budget(here, key)
    return page_of(request, here, laid(year))


def laid(year: Year) -> Year:
    """404 for what is not before the assembly."""
    if year.state in BEFORE or whole_of(year) is None:
        raise Http404
    return year


def page_of(
    request: HttpRequest,
    here: Here,
    year: Year,
    *,
    refused: list[Reason] | None = None,
    ticked: Collection[int] | None = None,
) -> HttpResponse:
    """`ticked`: what somebody wanted voted in one question and was refused; all that could be, before anything is."""
    standing = Standing(year)
    item = standing.item
    chairs = not obstacles_to_ordering(item, by=acting(here), at=here.at)
    sits = item is not None and item.meeting.state == Meeting.State.IN_SESSION
    free = standing.undisputed if chairs and sits and not standing.bloc else []
    singly = _wanted_singly(here, year) if free else set()
    context = {
        "year": year,
        "state": _state(standing),
        "standing": standing,
        "figures": standing.figures(),
        "next": standing.next,
        "item": item,
        "whole": standing.decisions.get(standing.whole or 0),
        "chairs": chairs,
        "sits": sits,
        "refused": refused,
        "free": free,
        "singly": singly,
        "ticked": {one.amendment.pk for one in free} - singly if ticked is None else ticked,
        "votes_too": sits and bool(standing.bloc) and not _without_a_voice(here, year),
        "drafts": _drafts(here, year) if item is None and year.state == Year.State.PUT else [],
    }
    if wants_fragment(request):
        return render(request, "budget/budget_voted/vote.html#live", context)
    return render(request, "budget/budget_voted/vote.html", context, status=409 if refused else 200)


def _wanted_singly(here: Here, year: Year) -> set[int]:
    """Those that somebody else took out of a question: they are not offered again as if nobody had said anything."""
    out = InBloc.objects.filter(amendment__year=year, out_at__isnull=False).exclude(out_by=acting(here))
    return set(out.values_list("amendment", flat=True))


def _without_a_voice(here: Here, year: Year) -> list[Reason]:
    return obstacles_to_having_a_voice(
        year, on_behalf_of=None, by=acting(here), at=here.at, bylaws=here.bylaws
    )


def _state(standing: Standing) -> tuple[str, str]:
    """Of the whole, as the hall knows it."""
    year = standing.year
    if standing.whole_untold:
        return _("counted; the chair announces it"), "live"
    return str(year.get_state_display()), SHAPES[Year.State(year.state)]


# --- On an agenda ---------------------------------------------------------------------------------------------------


class AgendaSheet(Sheet):
    meeting: forms.ModelChoiceField[Meeting] = forms.ModelChoiceField(
        None, label=gettext_lazy("The meeting that votes on it"), empty_label=None
    )
    planned_minutes = minutes_field()

    def __init__(self, data: Any, *, drafts: list[Meeting]) -> None:
        super().__init__(data, initial={"planned_minutes": 60})
        field: Any = self.fields["meeting"]
        field.queryset = Meeting.objects.filter(pk__in=[one.pk for one in drafts])
        field.label_from_instance = lambda one: one.title


def _drafts(here: Here, year: Year) -> list[Meeting]:
    """Assemblies that are being prepared by somebody who calls them."""
    found = [
        one for one in access.meetings(here).filter(state=Meeting.State.DRAFT) if access.calls(here, one)
    ]
    return [one for one in found if not obstacles_to_bringing_budget(one, year)]


@require_http_methods(["GET", "POST"])
def put_on(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    if not access.bodies_to_call(here).filter(pk=assembly_of(here.cooperative.pk).pk).exists():
        raise Http404
    drafts = _drafts(here, year)
    form = AgendaSheet(request.POST if request.method == "POST" else None, drafts=drafts)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            item = actions.put_budget_on(
                year=year,
                meeting=form.cleaned_data["meeting"],
                planned_minutes=form.cleaned_data["planned_minutes"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request, _("It stands on the agenda, with its amendments in the order of voting.")
            )
            return redirect("meeting", coop, item.meeting_id)
    context = {
        "year": year,
        "form": form,
        "drafts": drafts,
        "reasons": reasons,
        "waits": whole_waits(year),
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "budget/budget_voted/agenda.html", context, status=status)


def whole_waits(year: Year) -> bool:
    """It is before the assembly and stands on no agenda."""
    whole = whole_of(year)
    return whole is not None and whole.state == Proposal.State.ADMITTED


# --- In the order of voting -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For whoever chairs the meeting that votes on it."""
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    chaired(here, found.year)
    order = [place.key for place in Table.of(found.year).order()]
    others = found.year.amendments.in_bulk([one for one in order if one != found.pk])
    choices = [
        *((str(one), _("before %(label)s") % {"label": others[one].short}) for one in order if one in others),
        (LAST, _("at the end")),
    ]
    form = Choice(typed_in(request), label=_("Where it shall be voted"), choices=choices)
    reasons: list[Reason] = []
    if form.is_valid():
        chosen = form.cleaned_data["chosen"]
        try:
            actions.move_in_budget(
                amendment=found,
                before=others[int(chosen)] if chosen != LAST else None,
                because=form.cleaned_data["because"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("It has its new place, with the reason beside it."))
            return redirect("budget-vote", coop, found.year_id)
    context = {"amendment": found, "form": form, "reasons": reasons, "in_order": found.pk in order}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "budget/budget_voted/move.html", context, status=status)


@require_POST
def want(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The meeting votes on one that fell against another; whoever chairs says so."""
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    chaired(here, found.year)
    try:
        actions.want_in_budget(amendment=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return page_of(request, here, found.year, refused=refusal.reasons)
    messages.success(request, _("%(label)s will be voted.") % {"label": found.label})
    return redirect("budget-vote", coop, found.year_id)


def chaired(here: Here, year: Year) -> None:
    """404 for everybody who does not chair an assembly, or the meeting that votes on it."""
    item = item_of(year)
    if item is None and here.may(Power.CHAIR, assembly_of(here.cooperative.pk)):
        return
    if obstacles_to_ordering(item, by=acting(here), at=here.at):
        raise Http404
