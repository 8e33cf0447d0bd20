"""Reading the budget: where the money comes from and goes, one's own department, and what somebody wants changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.budget.balance import Side
from coop.budget.models import Amendment, Line, Year
from coop.budget.money import plain
from coop.budget.tables import Table, running
from coop.members.models import Power

from . import access
from .access import Here, acting, enter, page_of
from .budget_asked import on_year
from .budget_steps import round_of

ON_A_PAGE = 20
SHAPES = {
    Year.State.DRAFT: "draft",
    Year.State.OPEN: "live",
    Year.State.CONCILIATION: "live",
    Year.State.PUT: "waiting",
    Year.State.ADOPTED: "yes",
    Year.State.REJECTED: "no",
    Year.State.RUNNING: "yes",
    Year.State.CLOSED: "done",
}
AMENDMENT_SHAPES = {
    Amendment.State.DRAFT: "draft",
    Amendment.State.SUBMITTED: "waiting",
    Amendment.State.ADMITTED: "live",
    Amendment.State.CARRIED: "yes",
    Amendment.State.NOT_CARRIED: "no",
    Amendment.State.FALLEN: "stopped",
    Amendment.State.WITHDRAWN: "stopped",
    Amendment.State.NOT_PUT: "stopped",
}


def told(amount: Decimal) -> str:
    """An amount as people read it: grouped, and with its decimals only where it has any."""
    parts = len(plain(amount).partition(".")[2])
    return str(number_format(amount, decimal_pos=max(2, parts) if parts else 0, force_grouping=True))


@require_safe
def budgets(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    page = page_of(request, access.budgets(here), ON_A_PAGE)
    shown = [(one, SHAPES[Year.State(one.state)], _next_day(one)) for one in page]
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


@dataclass(frozen=True)
class Row:
    """A line with its amounts in words. `now`: with what was carried or moved, when that is another amount."""

    line: Line
    current: str
    proposed: str
    now: str
    amount: Decimal


@dataclass(frozen=True)
class Department:
    """What a department brings in and spends; `share` is the length of its bar, in per cent of the longest."""

    code: str
    name: str
    income: Decimal
    expense: Decimal
    longest: Decimal
    rows: tuple[Row, ...]

    @property
    def bars(self) -> list[tuple[str, str, str]]:
        """What it is, how much, and how long."""
        both = ((_("comes in"), self.income), (_("goes out"), self.expense))
        return [(words, told(amount), f"{self._share(amount)}%") for words, amount in both if amount]

    def _share(self, amount: Decimal) -> Decimal:
        return (amount * 100 / self.longest).quantize(Decimal("0.1")) if self.longest else Decimal(0)


@require_safe
def budget(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The whole of a year on one page, one's own department first."""
    here = enter(request, coop)
    year = access.budget(here, key)
    departments = _departments(year)
    page = page_of(request, access.budget_amendments(year), ON_A_PAGE)
    mine = _my_department(here)
    context = {
        "year": year,
        "shape": SHAPES[Year.State(year.state)],
        "next_day": _next_day(year),
        "round": round_of(here, year),
        "kept": on_year(here, year),
        "departments": departments,
        "before": year.year - 1,
        "mine": next((one for one in departments if one.code == mine), None),
        "income": told(sum((one.income for one in departments), Decimal(0))),
        "expense": told(sum((one.expense for one in departments), Decimal(0))),
        "page": page,
        "amendments": [asked_for(one, year) for one in page],
    }
    return render(request, "budget/budget.html", context)


def _my_department(here: Here) -> str:
    posting = acting(here).postings.filter(struck_at=None, until=None).select_related("department").first()
    return posting.department.code if posting and posting.department else ""


def _departments(year: Year) -> list[Department]:
    """Each with its lines, by code; the amounts are those that hold now."""
    if year.is_locked:
        amounts = {one.line.code: one.plan for one in running(year)}
    else:
        amounts = {one.line.code: one.after for one in Table.of(year).so_far().lines}
    found: dict[tuple[str, str], list[Row]] = {}
    for line in year.lines.select_related("department").order_by("department__code", "-side", "code"):
        amount = amounts[line.code]
        row = Row(
            line,
            told(line.current) if line.current is not None else "",
            told(line.proposed),
            told(amount) if amount != line.proposed else "",
            amount,
        )
        found.setdefault((line.department.code, line.department.name), []).append(row)
    sums = {where: (_sum(rows, Side.INCOME), _sum(rows, Side.EXPENSE)) for where, rows in found.items()}
    longest = max((amount for both in sums.values() for amount in both), default=Decimal(0))
    return [
        Department(code, name, *sums[code, name], longest, tuple(rows))
        for (code, name), rows in found.items()
    ]


def _sum(rows: Sequence[Row], side: Side) -> Decimal:
    return sum((row.amount for row in rows if row.line.side == side), Decimal(0))


def asked_for(amendment: Amendment, year: Year) -> dict[str, Any]:
    """An amendment in words: what it moves from where to where, who asks for it, and what has become of it."""
    amendment.year = year
    who = amendment.on_behalf_of.name if amendment.on_behalf_of else amendment.author.name
    return {
        "amendment": amendment,
        "moves": in_words((move.line, move.amount) for move in amendment.moves.all()),
        "who": who,
        "word": state_of(amendment),
        "shape": AMENDMENT_SHAPES[Amendment.State(amendment.state)],
        "because": amendment.get_fell_because_display() if amendment.fell_because else "",
        "of": amendment.amends.short if amendment.amends else "",
    }


def state_of(amendment: Amendment) -> str:
    """While it waits to be admitted, for whom it waits."""
    if amendment.state == Amendment.State.SUBMITTED and amendment.kind == Amendment.Kind.COMMON:
        return _("waits for those it stands for")
    if amendment.state == Amendment.State.SUBMITTED and amendment.on_behalf_of_id is not None:
        return _("waits for the decision of its council")
    return str(amendment.get_state_display())


def in_words(moves: Iterable[tuple[Line, Decimal]]) -> list[str]:
    """One sentence when money goes from one line to one other, else one for each line."""
    every = list(moves)
    takes = [(line, -amount) for line, amount in every if amount < 0]
    gives = [(line, amount) for line, amount in every if amount > 0]
    same = len({line.side for line, _amount in every}) == 1
    if same and len(takes) == len(gives) == 1 and takes[0][1] == gives[0][1]:
        words = {"amount": told(gives[0][1]), "source": takes[0][0].title, "target": gives[0][0].title}
        return [_("%(amount)s from “%(source)s” to “%(target)s”") % words]
    less = [
        _("%(amount)s less: “%(line)s”") % {"amount": told(amount), "line": line.title}
        for line, amount in takes
    ]
    more = [
        _("%(amount)s more: “%(line)s”") % {"amount": told(amount), "line": line.title}
        for line, amount in gives
    ]
    return less + more
