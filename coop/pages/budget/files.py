"""A budget carried out of the house: as a workbook or a text file that reads back as the same lines, and on A4."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from coop.budget.balance import Side
from coop.budget.drafts import as_written
from coop.budget.models import Line, Year
from coop.budget.money import exact, plain, typed
from coop.budget.tables import Table, running
from coop.intake import writing

from .. import access
from ..access import Here, enter
from ..files import KINDS
from ..paper import to_print
from .read import heads, rows_of
from .words import told

DIGITS = 15  # a spreadsheet keeps no more of a number; a longer one goes out as text


@dataclass(frozen=True)
class Figures:
    """A line with what became of it. `stands`: with what was carried, and after the vote with what decisions moved."""

    line: Line
    stands: Decimal
    adopted: Decimal | None
    spent: Decimal | None


def figures(year: Year) -> list[Figures]:
    """Every line, income first, by code. Constant queries."""
    lines = list(year.lines.select_related("department").order_by("-side", "code"))
    if year.is_locked:
        runs = {one.line.code: one for one in running(year)}
        return [
            Figures(line, runs[line.code].plan, exact(line.adopted or Decimal(0)), runs[line.code].spent)
            for line in lines
        ]
    after = {one.line.code: one.after for one in Table.of(year).so_far().lines}
    return [Figures(line, after[line.code], None, None) for line in lines]


def _extra_heads() -> list[str]:
    """What an import leaves out again: these come of votes and decisions."""
    return [
        pgettext("budget column", "As it stands"),
        pgettext("budget column", "Adopted"),
        pgettext("budget column", "Came in or went out"),
    ]


def _rows(found: list[Figures], *, as_words: bool) -> list[list[writing.Value]]:
    kept = rows_of((as_written(one.line) for one in found), as_words=as_words)
    return [
        [*map(_cell, row), *(_amount(part, as_words) for part in (one.stands, one.adopted, one.spent))]
        for row, one in zip(kept, found, strict=True)
    ]


def _amount(amount: Decimal | None, as_words: bool) -> writing.Value:
    return None if amount is None else typed(amount) if as_words else _cell(exact(amount))


def _cell(cell: writing.Value) -> writing.Value:
    if isinstance(cell, Decimal) and len(plain(cell).replace(".", "")) > DIGITS:
        return typed(cell)
    return cell


@require_safe
def as_workbook(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    rows = _rows(figures(year), as_words=False)
    return _file(year, "xlsx", writing.as_xlsx(year.label, [*heads(), *_extra_heads()], rows))


@require_safe
def as_text(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    rows = _rows(figures(year), as_words=True)
    return _file(year, "csv", writing.as_csv([*heads(), *_extra_heads()], rows))


def _file(year: Year, kind: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = get_valid_filename(f"{year.label}.{kind}".replace("/", "-"))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# --- On paper ---------------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The whole budget, department by department, as it stands: of an adopted one the consolidated text."""
    here = enter(request, coop)
    year = access.budget(here, key)
    found = figures(year)
    groups: dict[str, list[list[str]]] = {}
    for one in sorted(found, key=lambda one: one.line.department.code):
        groups.setdefault(one.line.department.name, []).append(_printed_row(one))
    stands = _("With movements") if year.is_locked else _("As it stands")
    words = [
        pgettext("of a budget", "Line"),
        _("Kind"),
        _("In %(year)s") % {"year": year.year - 1},
        _("Proposed"),
        *([_("Adopted")] if year.is_locked else []),
        stands,
    ]
    data = {
        "title": _("Budget of %(year)s") % {"year": year.year},
        "under": f"{year.label}: {year.get_state_display()}",
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": _foot(here, year),
        "notes": _notes(here, year, found),
        "columns": [{"words": words[0], "width": "wide"}]
        + [{"words": word, "width": "auto", "number": place > 1} for place, word in enumerate(words[1:], 1)],
        "groups": [
            {"title": name, "rows": [row if year.is_locked else [*row[:4], row[5]] for row in rows]}
            for name, rows in groups.items()
        ],
    }
    return to_print("groups", data, name=year.label.replace("/", "-"))


def _printed_row(one: Figures) -> list[str]:
    line = one.line
    return [
        f"{line.code} {line.title}",
        line.get_side_display(),
        told(line.current) if line.current is not None else "—",
        told(line.proposed),
        told(one.adopted) if one.adopted is not None else "—",
        told(one.stands),
    ]


def _foot(here: Here, year: Year) -> str:
    mark = " ".join(year.hash[place : place + 4] for place in range(0, 32, 4)) if year.hash else ""
    return " · ".join(filter(None, [here.cooperative.short_name, year.label, mark]))


def _notes(here: Here, year: Year, found: list[Figures]) -> list[str]:
    """What is needed to read it: on which day, by which decision, what it comes to, what stays untouched."""
    sums = {side: sum((one.stands for one in found if one.line.side == side), Decimal(0)) for side in Side}
    what: dict[str, Any] = {
        "day": date_format(here.day, "DATE_FORMAT"),
        "income": told(sums[Side.INCOME]),
        "expense": told(sums[Side.EXPENSE]),
        "currency": here.cooperative.currency_code,
    }
    notes = [
        _("As it stood on %(day)s. Income %(income)s %(currency)s, expense %(expense)s %(currency)s.") % what
    ]
    if year.decided_by:
        notes.append(_("Decided by: %(decision)s.") % {"decision": year.decided_by})
    if year.hash:
        notes.append(
            _(
                "Fingerprint of the adopted lines (SHA-256): %(hash)s. The groups at the foot are its first half."
            )
            % {"hash": year.hash}
        )
    reserve = next((one for one in found if one.line.is_contingency), None)
    if reserve is not None:
        facts = {"line": reserve.line.title, "amount": told(reserve.stands), "floor": told(year.floor)}
        notes.append(
            _("“%(line)s” has %(amount)s; at least %(floor)s of it stay untouched by amendments.") % facts
        )
    return notes
