"""The words of a budget that is put to the vote: the moves of an amendment, or every line as the votes have left it.

Made from the figures, in the language of the co-operative, so that text and figures are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coop.budget.balance import NOTHING, Applied, Side
from coop.budget.models import Amendment, Line, Year
from coop.budget.money import exact
from coop.budget.tables import Table

from .models import BudgetMotion

LONGEST_TITLE = 160
LONGEST_NAMES = 100


def title_of(motion: BudgetMotion) -> str:
    """B 2027 A5: More gas; of the whole: B 2027: the budget of 2027."""
    if motion.amendment is not None:
        return f"{motion.amendment.label}: {motion.amendment.title}"[:LONGEST_TITLE]
    with translation.override(motion.year.cooperative.language):
        return _("%(label)s: the budget of %(year)s") % {
            "label": motion.year.label,
            "year": motion.year.year,
        }


def title_of_bloc(year: Year, asked: Sequence[Amendment]) -> str:
    """B 2027: A1, A3 and A5, voted together. As many are named as there is room for; the text names all."""
    labels = ", ".join(one.short for one in asked)
    if len(labels) > LONGEST_NAMES:
        labels = labels[:LONGEST_NAMES].rpartition(",")[0] + " …"
    with translation.override(year.cooperative.language):
        return _("%(label)s: %(labels)s, voted together") % {"label": year.label, "labels": labels}


def clauses_of(motion: BudgetMotion, table: Table | None = None) -> list[str]:
    """What is put to the vote now. `table`: of its year, where somebody has read it already."""
    table = table or Table.of(motion.year)
    with translation.override(motion.year.cooperative.language):
        if motion.amendment is not None:
            return list(_moves(motion.amendment, table))
        return list(_whole(motion.year, table))


def amount_in_words(amount: Decimal, *, signed: bool = False) -> str:
    """Grouped as the language groups it, with decimals only where there are any."""
    told = number_format(exact(amount), force_grouping=True)
    return f"+{told}" if signed and amount > 0 else str(told)


# --- One amendment --------------------------------------------------------------------------------------------------


def _moves(amendment: Amendment, table: Table) -> Iterator[str]:
    """A clause for each move, those that give before those that take; then what it stands for, and the balance."""
    change = table.changes[amendment.pk]
    sub = next((one for one in table.carried if one.amends == amendment.pk), None)
    moves = (sub or change).moves
    lines = {line.code: line for line in _lines(amendment.year, moves)}
    for code in sorted(moves, key=lambda code: (moves[code] < 0, code)):
        yield _("%(line)s: %(amount)s") % {
            "line": _named(lines[code]),
            "amount": amount_in_words(moves[code], signed=True),
        }
    labels = _labels(amendment.year)
    if sub is not None:
        yield _("So amended by %(label)s, which was carried.") % {"label": labels[sub.key]}
    if amendment.amends_id is not None:
        words = _("When it is carried, these moves take the place of those of %(label)s.")
        yield words % {"label": labels[amendment.amends_id]}
    if change.replaces:
        words = _("When it is carried, %(labels)s fall: it stands for them.")
        yield words % {"labels": ", ".join(labels[key] for key in sorted(change.replaces))}
    sums = {
        side: sum((amount for code, amount in moves.items() if lines[code].side == side), NOTHING)
        for side in Side
    }
    yield _("Income %(income)s, expense %(expense)s: it balances.") % {
        "income": amount_in_words(sums[Side.INCOME], signed=True),
        "expense": amount_in_words(sums[Side.EXPENSE], signed=True),
    }


def _lines(year: Year, moves: Mapping[str, Decimal]) -> list[Line]:
    return list(year.lines.filter(code__in=list(moves)))


def _labels(year: Year) -> dict[int, str]:
    return {one.pk: one.short for one in year.amendments.filter(number__isnull=False)}


def _named(line: Line) -> str:
    return f"{line.code} {line.title}"


# --- The whole ------------------------------------------------------------------------------------------------------


def _whole(year: Year, table: Table) -> Iterator[str]:
    """A clause for each department with its lines, then what was carried, and the totals."""
    result = table.so_far()
    after = {one.line.code: one for one in result.lines}
    lines = year.lines.select_related("department").order_by("department__code", "-side", "code")
    for department, theirs in groupby(lines, lambda line: line.department):
        rows = [f"{department.code} {department.name}"]
        for line in theirs:
            told = {
                "line": _named(line),
                "amount": amount_in_words(after[line.code].after),
                "before": amount_in_words(after[line.code].line.amount),
            }
            words = (
                _("%(line)s: %(amount)s (in the draft %(before)s)")
                if after[line.code].moved
                else "%(line)s: %(amount)s"
            )
            rows.append(words % told)
        yield "\n".join(rows)
    labels = _labels(year)
    carried = sorted((one for one in table.carried), key=lambda one: one.came)
    if carried:
        yield _("With the amendments that were carried: %(labels)s.") % {
            "labels": ", ".join(labels[one.key] for one in carried)
        }
    yield totals_in_words(table, result)


def totals_in_words(table: Table, result: Applied) -> str:
    """Income, expense, and what is left for what nobody foresees."""
    told = {"income": amount_in_words(result.income), "expense": amount_in_words(result.expense)}
    words = _("Income %(income)s, expense %(expense)s.") % told
    reserve = next((one for one in result.lines if one.line.code == table.plan.contingency), None)
    if reserve is None:
        return words
    return "{} {}".format(
        words,
        _("Contingency %(amount)s; it has to be at least %(floor)s.")
        % {"amount": amount_in_words(reserve.after), "floor": amount_in_words(table.plan.floor)},
    )
