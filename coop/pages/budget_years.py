"""All budgets, and one on its page: where the money comes from and goes, one's own department, what somebody wants."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.budget.models import Year
from coop.budget.untold import year_as_told
from coop.meetings.budgets import untold_since
from coop.members.models import Power

from . import access
from .access import Here, acting, enter, page_of, wants_fragment
from .budget import ON_A_PAGE, SHAPES, asked_for, told
from .budget_asked import on_year
from .budget_departments import OF_ONE, ROOM, Department, departments_of
from .budget_steps import round_of
from .looking import Look


@require_safe
def budgets(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    page = page_of(request, access.budgets(here), ON_A_PAGE)
    years = list(page)
    since = untold_since(years)
    years = [year_as_told(one, since.get(one.pk)) for one in years]
    shown = [(one, SHAPES[Year.State(one.state)], _next_day(one)) for one in years]
    context = {"page": page, "budgets": shown, "keeps": here.may(Power.KEEP_BUDGET)}
    return render(request, "budget/budgets.html", context)


def _next_day(year: Year) -> str:
    """The day that comes next, in words; empty when none does."""
    day, words = {
        Year.State.OPEN: (year.amendments_until, _("amendments until %(day)s")),
        Year.State.CONCILIATION: (year.conciliation_until, _("conciliation until %(day)s")),
        Year.State.PUT: (year.vote_on, _("vote on %(day)s")),
    }.get(Year.State(year.state), (None, ""))
    return words % {"day": date_format(day, "DATE_FORMAT")} if day else ""


@require_safe
def budget(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The whole of a year on one page, one's own department first; with `department=CODE` the lines of that one."""
    here = enter(request, coop)
    year = access.budget(here, key)
    departments = departments_of(year)
    if "department" in request.GET:
        return _department(request, year, departments)
    look = Look(request)
    asked = look.among(
        access.budget_amendments(year), "A{number} {title} {author__name} {on_behalf_of__name}"
    )
    page = page_of(request, asked, ON_A_PAGE)
    mine = _my_department(here)
    context = {
        "year": year,
        "shape": SHAPES[Year.State(year.state)],
        "next_day": _next_day(year),
        "round": round_of(here, year),
        "kept": on_year(here, year),
        "departments": departments,
        "folded": sum(len(one.rows) for one in departments) > ROOM,
        "before": year.year - 1,
        "mine": next((one for one in departments if one.code == mine), None),
        "income": told(sum((one.income for one in departments), Decimal(0))),
        "expense": told(sum((one.expense for one in departments), Decimal(0))),
        "look": look,
        "page": page,
        "amendments": [asked_for(one, year) for one in page],
    }
    return render(request, "budget/budget.html", context)


def _department(request: HttpRequest, year: Year, departments: list[Department]) -> HttpResponse:
    """For a page of its own, or to be put where it was folded."""
    one = next((one for one in departments if one.code == request.GET["department"]), None)
    if one is None:
        raise Http404
    page = page_of(request, one.rows, OF_ONE)
    context: dict[str, Any] = {
        "year": year,
        "one": one,
        "page": page,
        "query": urlencode({"department": one.code}) + "&",
        "before": year.year - 1,
    }
    part = "#lines" if wants_fragment(request) else ""
    return render(request, f"budget/department.html{part}", context)


def _my_department(here: Here) -> str:
    posting = acting(here).postings.filter(struck_at=None, until=None).select_related("department").first()
    return posting.department.code if posting and posting.department else ""
