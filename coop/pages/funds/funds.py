"""Funds of the budget: the list of them, the page of one with its projects, and its sheet for the gate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.ballots.models import Ballot
from coop.ballots.office import RUNNING
from coop.budget.models import Fund
from coop.budget.rules.funds import obstacles_to_closing_list
from coop.decisions.funds import obstacles_to_putting_fund
from coop.members.models import Body, Power
from coop.refusals import Reason

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..outcomes.at_hand import SHAPES as BALLOT_SHAPES
from ..paper import to_print
from .told import SHAPES, bound, counted, in_money, projects_of, say_count, vote_of

ON_A_PAGE = 30
State = Fund.State


@require_safe
def funds(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(
        request, look.among(access.funds(here), "F {year__year}-{number} {title} {line__title}"), ON_A_PAGE
    )
    context = {
        "look": look,
        "page": page,
        "funds": [(one, SHAPES[State(one.state)], in_money(here, one.amount)) for one in page],
        "waiting": [
            (one, one.answers_id == acting(here).pk) for one in access.fund_projects_waiting(here)[:ON_A_PAGE]
        ],
        "keeps": here.may(Power.KEEP_BUDGET),
    }
    return render(request, "funds/funds.html", context)


@require_safe
def fund(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return page_of_fund(request, here, access.fund(here, key))


def page_of_fund(
    request: HttpRequest, here: Here, found: Fund, *, refused: list[Reason] | None = None, status: int = 200
) -> HttpResponse:
    ballot = vote_of(found)
    keeps = here.may(Power.KEEP_BUDGET)
    context: dict[str, Any] = {
        "fund": found,
        "shape": SHAPES[State(found.state)],
        "amount": in_money(here, found.amount),
        "left": None if found.left_over is None else in_money(here, found.left_over),
        "how": say_count(found),
        "projects": projects_of(here, found),
        "bound": bound(here, found),
        "counted": counted(found),
        "ballot": ballot,
        "ballot_shape": BALLOT_SHAPES.get(ballot.state, "draft") if ballot else "",
        "votes_now": ballot is not None and ballot.state == Ballot.State.OPEN,
        "takes": found.takes_projects(here.day),
        "keeps": keeps,
        "to_close": obstacles_to_closing_list(found, by=acting(here), at=here.at)
        if keeps and found.state == State.OPEN
        else None,
        "may_vote": leads_votes(here) and not obstacles_to_putting_fund(found),
        "may_give_up": keeps and found.state in (State.OPEN, State.CLOSED, State.VOTING) and ballot is None,
        "refused": refused,
    }
    return render(request, "funds/fund.html", context, status=status)


def leads_votes(here: Here) -> bool:
    """Whether this person draws up votes of all members: the body is asked for only where an office could."""
    if not here.powers.any_of(RUNNING):
        return False
    assembly = Body.objects.filter(cooperative=here.cooperative, kind=Body.Kind.ASSEMBLY).first()
    return assembly is not None and here.powers.any_of(RUNNING, assembly)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Every project with its cost and who answers for it, and after the count how it came out: for the gate."""
    here = enter(request, coop)
    found = access.fund(here, key)
    result = counted(found)
    data = {
        "title": str(found),
        "under": found.get_state_display(),
        "house": here.cooperative.legal_name,
        "lang": (get_language() or "en")[:2],
        "date": here.day.isoformat(),
        "foot": f"{here.cooperative.short_name} · {found.label}",
        "notes": [
            _("There are %(amount)s for it.") % {"amount": in_money(here, found.amount)},
            say_count(found),
            _("Projects are put forward until %(day)s.")
            % {"day": date_format(found.projects_until, "DATE_FORMAT")},
            *([result.outcome, *result.steps, *result.ties] if result else []),
        ],
        "columns": [
            {"words": _("No."), "width": "auto", "number": True},
            {"words": _("Project"), "width": "wide"},
            {"words": _("Cost"), "width": "auto", "number": True},
            {"words": _("Where it stands"), "width": "wide"},
        ],
        "rows": [
            [
                str(row.project.number),
                f"{row.project.title} · {row.project.place}",
                row.cost,
                f"{row.project.get_state_display()} {row.because}".strip(),
            ]
            for row in projects_of(here, found)
        ],
    }
    return to_print("list", data, name=str(found))
