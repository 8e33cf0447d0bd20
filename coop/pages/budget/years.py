"""All budgets, and one on its page: where the money comes from and goes, one's own department, what somebody wants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.asked_often import known_already
from coop.budget.lines_now import Written
from coop.budget.models import Year
from coop.budget.untold import year_as_told
from coop.meetings.budgets import untold_since
from coop.members.models import Power

from .. import access, kept
from ..access import BUDGET_PAGE, Here, enter, page_of, wants_fragment
from ..looking import Look
from .asked import on_year
from .departments import OF_ONE, ROOM, Department, departments_of
from .steps import round_of
from .words import SHAPES, asked_for, told


@require_safe
def budgets(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    page = page_of(request, access.budgets(here), BUDGET_PAGE)
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
    year, mine, office = access.budget_to_read(here, key)
    written = Written.of(year)
    departments = cache(lambda: departments_of(written))
    if "department" in request.GET:
        return _department(request, year, departments())
    context = {
        "year": year,
        "shape": SHAPES[Year.State(year.state)],
        "next_day": _next_day(year),
        **_parts(request, here, written, departments, mine),
    }
    context["on_its_way"] = _on_its_way(request, here, year, amendments=context["amendments"])
    context["more"] = _more(here, year, office)
    return render(request, "budget/budget.html", context)


def _parts(
    request: HttpRequest,
    here: Here,
    written: Written,
    departments: Callable[[], list[Department]],
    mine: str,
) -> dict[str, Any]:
    """What of the page everybody reads alike, drawn from what the database says of lines and amendments.

    `mine`: the department of whoever reads it, if any.
    """
    house, said = here.cooperative, written.said
    common = {"year": written.year, "before": written.year.year - 1}
    if request.GET:
        amendments, asked = _looked_for(request, here, written.year)
    else:
        amendments, asked = _first_asked(here, written.year, said[0])

    def lines() -> dict[str, Any]:
        """Folded by department; the first stands open for whoever has none of their own above."""
        found = departments()
        return {
            **common,
            "departments": found,
            "folded": sum(len(one.rows) for one in found) > ROOM,
            "opened": "" if mine else found[0].code if found else "",
        }

    return {
        "figures": kept.drawn(
            "budget/figures.html",
            house,
            (house.currency_code, said),
            lambda: _figures(here, departments()),
        ),
        "mine": kept.drawn(
            "budget/mine.html",
            house,
            (mine, said),
            lambda: {**common, "mine": next((one for one in departments() if one.code == mine), None)},
        ),
        "picture": kept.drawn("budget/whole.html", house, said, lambda: {"departments": departments()}),
        "asked_for": amendments,
        "amendments": asked,
        "lines": kept.drawn("budget/every_line.html", house, (bool(mine), said), lines),
    }


def _on_its_way(request: HttpRequest, here: Here, year: Year, *, amendments: bool) -> SafeString:
    """Where it stands, and what can be done with it; drawn for whoever keeps it alone, with a form."""
    round_, template = round_of(here, year), "budget/budget_round/on_year.html"
    context = {"round": round_, "year": year, "amendments": amendments}
    if round_["keeps"]:
        return render_to_string(template, {"slug": here.cooperative.slug, **context}, request)
    said = (
        *(year.pk, amendments, round_["published"], round_["may_amend"], round_["before_the_assembly"]),
        tuple(tuple(one.values()) for one in round_["steps"]),
    )
    return kept.drawn(template, here.cooperative, said, lambda: context)


def _more(here: Here, year: Year, office: int | None) -> SafeString:
    shown = on_year(here, year, office)
    said = year.pk, tuple(shown.values())
    return kept.drawn(
        "budget/budget_kept/on_year.html", here.cooperative, said, lambda: {"kept": shown, "year": year}
    )


def _figures(here: Here, departments: list[Department]) -> dict[str, Any]:
    return {
        "currency": here.cooperative.currency_code,
        "income": told(sum((one.income for one in departments), Decimal(0))),
        "expense": told(sum((one.expense for one in departments), Decimal(0))),
    }


def _looked_for(request: HttpRequest, here: Here, year: Year) -> tuple[SafeString, bool]:
    """Another page of the amendments, or those that hold some words; and whether there are any."""
    look = Look(request)
    found = look.among(
        access.budget_amendments(year), "A{number} {title} {author__name} {on_behalf_of__name}"
    )
    page = page_of(request, found, BUDGET_PAGE)
    amendments = [asked_for(one, year) for one in page]
    context = {"slug": here.cooperative.slug, "look": look, "page": page, "amendments": amendments}
    return render_to_string("budget/asked_for.html", context), bool(amendments)


def _first_asked(here: Here, year: Year, state: tuple[Any, ...]) -> tuple[SafeString, bool]:
    """The first page, as nearly everybody asks for it. `state`: of the year, which says what is told of them."""
    asked, moves = access.budget_first_asked(year)

    def read() -> dict[str, Any]:
        rows, of = asked.read(), defaultdict(list)
        for move in moves.read():
            of[move.amendment_id].append(move)
        for one in rows:
            known_already(one, "moves", of[one.pk])
        page = Paginator(range(rows[0].many if rows else 0), BUDGET_PAGE).page(1)
        amendments = [asked_for(one, year) for one in rows]
        return {"look": Look(HttpRequest()), "page": page, "amendments": amendments}

    said = state, asked.said, moves.said
    return kept.drawn("budget/asked_for.html", here.cooperative, said, read), bool(asked)


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
