"""The amendments of a budget on paper: one, all of them, and the order in which they are voted."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.budget.models import Year
from coop.meetings.minutes_blocks import plain

from .. import access
from ..access import Here, enter
from ..paper import to_print
from .clashes import places
from .told import Round, signed, whose
from .words import asked_for, told


@require_safe
def one(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.budget_amendment(here, key)
    asked = asked_for(found, found.year)
    moved = here.cooperative.day_of(found.submitted_at or found.begun_at)
    moves = [[f"{move.line.title} ({move.line.code})", signed(move.amount)] for move in found.moves.all()]
    facts = [[_("Asked for by"), whose(found)], *moves, [_("State"), capfirst(asked["word"])]]
    for name, words in (
        (_("In place of"), asked["of"]),
        (_("What shows the income"), found.proof),
        (_("Decision of its council"), found.backed_by),
        (_("Remark of the commission"), found.remark),
        (_("Decision"), found.decided_by),
        (_("It fell"), asked["because"]),
    ):
        if words:
            facts.append([name, words])
    data = {
        **_frame(here, found.year, found.label if found.number else found.title, moved),
        "headline": found.title,
        "paragraphs": [*asked["moves"], *(["", *plain(found.reasons).split("\n")] if found.reasons else [])],
        "mark": "" if found.number else _("Draft: nobody has been asked yet."),
        "facts": facts,
        "signers": [whose(found)],
    }
    return to_print("facts", data, name=found.label if found.number else _("Draft"))


@require_safe
def all_of_them(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    year = access.budget(here, key)
    rows = []
    for found in Round(year).amendments.values():
        asked = asked_for(found, year)
        state = " ".join(
            filter(None, [capfirst(asked["word"]) + ".", capfirst(asked["because"]), found.decided_by])
        )
        rows.append([found.short, found.title, "\n".join(asked["moves"]), asked["who"], state])
    data = {
        **_frame(here, year, _("Amendments of the budget %(year)s") % {"year": year.year}, here.day),
        "columns": _columns(
            (_("No."), "auto"),
            (_("Title"), "fr"),
            (_("What it moves"), "wide"),
            (_("Asked for by"), "fr"),
            (_("State"), "fr"),
        ),
        "rows": rows,
        "notes": [] if rows else [_("Nobody has asked for a change.")],
    }
    return to_print("list", data, name=f"{year.label} {_('Amendments')}")


@require_safe
def order(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """As it is on this day: it is made anew after every vote."""
    here = enter(request, coop)
    year = access.budget(here, key)
    rows = [
        [
            str(one["number"]),
            f"{one['amendment'].short} {one['amendment'].title} ({one['who']})",
            "\n".join(one["moves"]),
            told(one["place"].distance),
            " ".join(filter(None, [one["why"], one["fall"]])),
        ]
        for one in places(Round(year))
    ]
    columns: Any = _columns(
        ("", "auto"),
        (_("Amendment"), "fr"),
        (_("What it moves"), "fr"),
        (_("In all"), "auto"),
        (_("Why here"), "fr"),
    )
    columns[3]["number"] = True
    data = {
        **_frame(here, year, _("Order of voting, budget %(year)s") % {"year": year.year}, here.day),
        "columns": columns,
        "rows": rows,
        "notes": [_("The budget as a whole is voted last. The order is made anew after every vote.")],
    }
    return to_print("list", data, name=f"{year.label} {_('Order of voting')}")


def _columns(*columns: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"words": words, "width": width} for words, width in columns]


def _frame(here: Here, year: Year, title: str, day: datetime.date) -> dict[str, Any]:
    return {
        "title": title,
        "under": f"{year.label}, {year.get_state_display()}",
        "house": here.cooperative.legal_name,
        "date": day.isoformat(),
        "foot": f"{year.label} · {here.cooperative.legal_name}",
    }
