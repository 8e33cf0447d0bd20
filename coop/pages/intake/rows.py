"""The rows of a list from a spreadsheet as a person reads them: what is wrong and where, what would change."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from coop.intake import columns
from coop.intake.house import FIXED_WORDS
from coop.intake.models import Intake, IntakeRow
from coop.intake.sheets import Table
from coop.refusals import Reason

from ..columns import COLUMNS
from ..reasons import say

SHAPES = {
    "new": "waiting", "changed": "live", "same": "done", "wrong": "no", "read": "draft", "waiting": "waiting",
    "left_out": "stopped", "done": "yes", "failed": "no", "undone": "stopped", "kept": "late",
}  # fmt: skip
SHAPES_OF_LISTS = {"read": "draft", "running": "live", "done": "yes", "undoing": "live", "undone": "stopped"}
_WORDS = {name: {str(code): words for code, words in one.choices} for name, one in FIXED_WORDS.items()}


class Fault(NamedTuple):
    where: str  # "Born on (D)"
    typed: str
    sentence: str


class Change(NamedTuple):
    column: str
    was: str
    becomes: str


class Line(NamedTuple):
    """A row with its words. `state` is what became of it, once the list was confirmed."""

    row: IntakeRow
    word: str
    shape: str
    faults: list[Fault]
    changes: list[Change]
    facts: list[tuple[str, str]]
    reasons: list[str]


def line_of(row: IntakeRow, letters: dict[str, str]) -> Line:
    looked_at = row.state == IntakeRow.State.READ
    return Line(
        row=row,
        word=str(row.get_verdict_display() if looked_at else row.get_state_display()),
        shape=SHAPES[row.verdict if looked_at else row.state],
        faults=[
            Fault(_where(column, letters), row.typed.get(column, ""), say(Reason(code, params)))
            for column, code, params in row.errors
        ],
        changes=[
            Change(str(COLUMNS[column]), value_in_words(column, was), value_in_words(column, becomes))
            for column, was, becomes in row.changes
        ],
        facts=[
            (str(COLUMNS[column]), value_in_words(column, row.values[column]))
            for column in columns.FIELDS
            if row.verdict == IntakeRow.Verdict.NEW
            and column in row.values
            and column not in ("number", "name")
        ],
        reasons=[say(Reason(code, params)) for code, params in row.reasons],
    )


def _where(column: str, letters: dict[str, str]) -> str:
    words = str(COLUMNS[column])
    return (
        _("%(column)s, column %(letter)s") % {"column": words, "letter": letters[column]}
        if column in letters
        else words
    )


def value_in_words(column: str, value: str) -> str:
    """Days as they are said here, codes of fixed choices as their words."""
    if column in ("born", "joined", "until") and (day := parse_date(value)):
        return date_format(day, "DATE_FORMAT")
    return str(_WORDS.get(column, {}).get(value, value))


def letters_of(intake: Intake) -> dict[str, str]:
    return {column: get_column_letter(place + 1) for column, place in intake.mapping.items()}


def columns_to_choose(intake: Intake) -> list[tuple[str, str]]:
    """The columns of the sheet as choices: the letter, and what stands above."""
    heads = columns.heads(Table.of(intake.tables[intake.sheet]), intake.header)
    return [
        (str(place), ": ".join(filter(None, [get_column_letter(place + 1), head]))[:60])
        for place, head in enumerate(heads)
    ]


def columns_left_out(intake: Intake) -> list[str]:
    """What stands above the columns that nobody reads."""
    heads = columns.heads(Table.of(intake.tables[intake.sheet]), intake.header)
    used = set(intake.mapping.values())
    return [head for place, head in enumerate(heads) if place not in used and head]


def came_of(intake: Intake, *, undone: bool, kept: bool) -> tuple[str, str]:
    """What became of a list, in words and as a shape: whether rows were `undone`, and whether rows were `kept`."""
    if intake.state == Intake.State.UNDONE and kept:
        return (_("taken back in part") if undone else _("could not be taken back")), "late"
    return str(intake.get_state_display()), SHAPES_OF_LISTS[intake.state]


def passed_over(intake: Intake) -> list[int]:
    """The rows below the names of the columns that are no person."""
    rows = Table.of(intake.tables[intake.sheet]).rows[intake.header + 1 :]
    return columns.without_person(rows, intake.mapping)


def counted(intake: Intake) -> dict[str, int]:
    """How many rows of each verdict and of each state, how many are handled, and how many are to be."""
    names = {f"is_{one}": Q(verdict=one) for one in IntakeRow.Verdict.values}
    names |= {f"got_{one}": Q(state=one) for one in IntakeRow.State.values}
    found = intake.rows.aggregate(
        **{name: Count("pk", filter=which) for name, which in names.items()},
        doubles=Count("pk", filter=Q(double__isnull=False)),
        all=Count("pk"),
    )
    entering = [found[f"got_{state}"] for state in ("done", "failed", "undone", "kept")]
    found["handled"] = sum(entering)
    found["to_do"] = found["handled"] + found["got_waiting"]
    if intake.state in (Intake.State.UNDOING, Intake.State.UNDONE):
        found["handled"] = found["got_undone"] + found["got_kept"]
        found["to_do"] = found["handled"] + found["got_done"]
    return found


def rows_to_show(intake: Intake, asked: Any) -> tuple[str, Any]:
    """Which rows, and they: those with errors first when there are any, else all."""
    rows = intake.rows.all()
    found = {
        "wrong": rows.filter(verdict="wrong"),
        "new": rows.filter(verdict="new"),
        "changed": rows.filter(verdict="changed"),
        "doubles": rows.filter(double__isnull=False),
        "failed": rows.filter(state__in=["failed", "kept"]),
        "all": rows,
    }
    which = asked if asked in found else "all"
    return which, found[which]
