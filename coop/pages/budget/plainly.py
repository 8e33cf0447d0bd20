"""A budget told plainly, for a telephone: of every hundred that come in, where they come from, where they go; and what
was changed since the draft, with who asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.budget.balance import Side
from coop.budget.models import Amendment

from .. import access
from ..access import BUDGET_PAGE, enter, page_of
from .files import Figures, figures
from .words import asked_for, told

LARGEST = 10  # lines that are told by their names; the others together
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Part:
    """What it is, how much, and how many of a hundred. `length`: of its bar, in per cent; `code`: of a line."""

    words: str
    amount: str
    of_hundred: str
    length: str
    code: str = ""


@require_safe
def plainly(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    found = figures(year)
    carried = access.budget_amendments(year).filter(state=Amendment.State.CARRIED)
    if year.untold_since is not None:
        carried = carried.filter(ended_at__lt=year.untold_since)
    page = page_of(request, carried, BUDGET_PAGE)
    moved = access.budget_movements(year)
    context = {
        "year": year,
        "comes": _largest(one for one in found if one.line.side == Side.INCOME),
        "goes": _largest(one for one in found if one.line.side == Side.EXPENSE),
        "places": _places(found),
        "page": page,
        "changes": [asked_for(one, year) for one in page],
        "movements": [(one, told(one.amount)) for one in moved[:BUDGET_PAGE]],
        "more": max(0, moved.count() - BUDGET_PAGE),
    }
    return render(request, "budget/budget_kept/plainly.html", context)


def _largest(found: Iterable[Figures]) -> list[Part]:
    """The largest lines, then all others as one part."""
    lines = sorted(found, key=lambda one: (-one.stands, one.line.code))
    total = sum((one.stands for one in lines), Decimal(0))
    parts = [_part(one.line.title, one.stands, total, one.line.code) for one in lines[:LARGEST] if one.stands]
    others = [one.stands for one in lines[LARGEST:]]
    if sum(others, Decimal(0)):
        words = ngettext("one more line", "%(many)s more lines", len(others)) % {"many": len(others)}
        parts.append(_part(words, sum(others, Decimal(0)), total))
    return parts


def _places(found: Iterable[Figures]) -> list[Part]:
    """What each department spends, the most first."""
    sums: dict[str, Decimal] = {}
    for one in found:
        if one.line.side == Side.EXPENSE:
            name = one.line.department.name
            sums[name] = sums.get(name, Decimal(0)) + one.stands
    total = sum(sums.values(), Decimal(0))
    return [
        _part(name, amount, total)
        for name, amount in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
        if amount
    ]


def _part(words: str, amount: Decimal, total: Decimal, code: str = "") -> Part:
    share = amount * HUNDRED / total
    said = _("less than 1 of 100") if share < 1 else _("%(share)s of 100") % {"share": f"{share:.0f}"}
    return Part(words, told(amount), said, f"{share:.1f}%", code)
