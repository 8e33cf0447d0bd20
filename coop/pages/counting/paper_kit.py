"""What is printed before a vote, so that it survives a power cut: register to sign, papers, tally sheets, forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from coop.ballots.counting.papers import BLANK
from coop.ballots.models import Ballot, Urn
from coop.ballots.sheets import most

from ..access import Here, enter
from ..outcomes.results import words_of
from ..paper import to_print
from ..sheets import Sheet
from ..votes.at_the_table import beside, run_by
from .teller_sheets import Asked, asked_of

MOST_SHEETS = 200
# How many papers go on a sheet of A4, by the names on each: 8, 4, 2 or 1.
ON_A_SHEET = ((5, 8), (11, 4), (18, 2))


class SheetsForm(Sheet):
    sheets = forms.IntegerField(
        label=gettext_lazy("Sheets of each"),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=1,
        error_messages={
            fault: gettext_lazy("Write a whole number from 1 to 200. Print again where more are needed.")
            for fault in ("invalid", "min_value", "max_value", "required")
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


@require_safe
def kit(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """What there is to print, and for whom."""
    here = enter(request, coop)
    return _kit(request, here, run_by(here, key), SheetsForm())


def _kit(
    request: HttpRequest, here: Here, ballot: Ballot, form: SheetsForm, *, status: int = 200
) -> HttpResponse:
    people = ballot.people
    questions = asked_of(ballot)
    context = beside(here, ballot) | {
        "boxes": Urn.objects.filter(ballot=ballot),
        "people": people,
        "form": form,
        "papers": [(one, on_a_sheet(one), -(-people // on_a_sheet(one))) for one in questions],
    }
    return render(request, "counting/paper_kit/kit.html", context, status=status)


def on_a_sheet(one: Asked) -> int:
    """Papers on one sheet of A4: as many as leave a line for every name."""
    names = sum(option.code != BLANK for option in one.options)
    return next((papers for most_names, papers in ON_A_SHEET if names <= most_names), 1)


def _head(here: Here, ballot: Ballot, title: str, under: str = "") -> dict[str, Any]:
    """What every sheet wants. The date is that of the register: the same vote prints the same sheets."""
    made = localtime(ballot.register.final_at or ballot.register.drawn_at, here.cooperative.zone)
    return {
        "title": title,
        "under": under or ballot.title,
        "house": here.cooperative.legal_name,
        "date": made.date().isoformat(),
        "foot": ballot.title,
    }


def _box(request: HttpRequest, ballot: Ballot) -> Urn | None:
    """The box of the address; none when none is named. One that is not there is not there."""
    asked = request.GET.get("box", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 4):
        raise Http404
    urn = Urn.objects.filter(ballot=ballot, number=int(asked)).first()
    if urn is None:
        raise Http404
    return urn


# --- The register to sign ---------------------------------------------------------------------------------------------


@require_safe
def register(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everybody on the register with a line to sign on, or only the crew a box stands for."""
    here = enter(request, coop)
    ballot = run_by(here, key)
    urn = _box(request, ballot)
    lines = ballot.electors().order_by("number")
    by_crew = urn is not None and urn.crew and request.GET.get("who") == "crew"
    if by_crew and urn is not None:
        lines = lines.filter(crew=urn.crew)
    under = f"{ballot.title} · {urn.name if urn else _('every box')}"
    closed = date_format(ballot.register.closes_on, "DATE_FORMAT")
    notes = [
        _("Whoever signs here gets a paper, and votes nowhere else. Register of voters closed on %(day)s.")
        % {"day": closed}
    ]
    if by_crew and urn is not None:
        notes.append(_("Only crew %(crew)s. Everybody else signs at another box.") % {"crew": urn.crew})
    data = _head(here, ballot, _("Register to sign"), under) | {
        "notes": notes,
        "room": 2.4,
        "columns": [
            {"words": pgettext("member number", "No."), "width": "auto", "number": True},
            {"words": _("Name"), "width": "fr"},
            {"words": _("Department"), "width": "auto"},
            {"words": _("Crew"), "width": "auto"},
            {"words": _("Signature"), "width": "sign"},
        ],
        "rows": [
            [str(number), *rest, ""]
            for number, *rest in lines.values_list("number", "name", "department", "crew")
        ],
    }
    return to_print("list", data, name=f"register-{ballot.pk}-{urn.number if urn else 'all'}")


# --- Ballot papers ----------------------------------------------------------------------------------------------------


@require_safe
def papers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The papers, to be cut: all alike, nothing on them tells whose they are."""
    here = enter(request, coop)
    ballot = run_by(here, key)
    form = SheetsForm({"sheets": request.GET.get("sheets", "1")})
    if not form.is_valid():
        return _kit(request, here, ballot, form, status=422)
    data = _head(here, ballot, _("Ballot papers")) | {
        "sheets": form.cleaned_data["sheets"],
        "words": {"fold": _("fold"), "stamp": _("stamp")},
        "papers": [
            {
                "house": here.cooperative.short_name,
                "vote": ballot.title,
                "question": one.question.wording,
                "how": how_to_mark(one),
                "ranked": one.asked.is_ranked,
                "on_a_sheet": on_a_sheet(one),
                "lines": _lines(one),
            }
            for one in asked_of(ballot)
        ],
    }
    return to_print("papers", data, name=f"ballot-papers-{ballot.pk}")


def _lines(one: Asked) -> list[list[str]]:
    """Number and words of everything that can be marked, in the drawn order. A blank paper is one left empty."""
    return [[str(option.number), words_of(option)] for option in one.options if option.code != BLANK]


def how_to_mark(one: Asked) -> str:
    """One sentence on the paper."""
    if one.asked.is_ranked:
        return _("Write 1 beside your first choice, 2 beside the next, and so on. Stop where you like.")
    if most(one.asked) == 1:
        return _("One cross. More crosses spoil the paper.")
    if most(one.asked) >= len(one.asked.choices):
        return _("A cross beside each that you want, as many as you like.")
    return ngettext(
        "At most %(number)d cross. More spoil the paper.",
        "At most %(number)d crosses. More spoil the paper.",
        most(one.asked),
    ) % {"number": most(one.asked)}


# --- For the count ----------------------------------------------------------------------------------------------------


@require_safe
def tally(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A sheet for each of two tellers: strokes, sums, and what must add up."""
    here = enter(request, coop)
    ballot = run_by(here, key)
    urn = _box(request, ballot)
    sums = [_("Papers found"), _("People who signed or were marked"), _("Blank"), _("Spoiled")]
    data = _head(here, ballot, _("Tally sheet")) | {
        "tellers": [_("First teller, alone"), _("Second teller, alone")],
        "box": urn.name if urn else "",
        "words": {
            "box": _("Box"),
            "strokes": _("Strokes, in fives"),
            "sum": _("Sum"),
            "order": _("The paper says (numbers in order)"),
            "papers": _("Papers"),
            "check": _("Valid, blank and spoiled papers together are the papers found. If not: count again."),
            "remark": _("Remark"),
            "sign": [_("Name of the teller"), _("Hour"), _("Signature")],
        },
        "sums": sums,
        "questions": [
            {"title": one.question.wording, "whole": one.whole, "lines": _lines(one)}
            for one in asked_of(ballot)
        ],
    }
    return to_print("tally", data, name=f"tally-{ballot.pk}-{urn.number if urn else 'any'}")


@require_safe
def boxes(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The record of each box on paper, to be typed in afterwards."""
    here = enter(request, coop)
    ballot = run_by(here, key)
    named = list(Urn.objects.filter(ballot=ballot).values_list("number", "name"))
    blank = "\N{NO-BREAK SPACE}"
    data = _head(here, ballot, _("Record of the box")) | {
        "boxes": [f"{number}. {name}" for number, name in named] or [blank],
        "columns": [_("What"), _("Hour"), _("Numbers of the seals"), _("Remark")],
        "steps": [
            _("Shown empty and sealed"),
            _("Voting begins"),
            _("Carried from, to"),
            _("Carried from, to"),
            _("Closed and sealed"),
            _("Seals found whole and broken for the count"),
        ],
        "counts": [
            _("Papers received"),
            _("Papers given out"),
            _("Spoiled papers given back and torn"),
            _("Papers left over"),
        ],
        "witnesses": _("Witnesses: name and signature"),
    }
    return to_print("box_record", data, name=f"boxes-{ballot.pk}")
