"""Lists of figures and prices, typed or as a file: read by the words above their columns, faults named by the cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.budget.money import mark_of, typed
from coop.budget.money import read as read_money
from coop.intake.cells import fault_in, shown
from coop.intake.sheets import MOST_BYTES, Row
from coop.members.folding import fold
from coop.production.models import Product
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here
from ..pay import read as pay_read
from ..pay.read import Found
from ..pay.scale_entered import table
from ..reasons import say
from ..sheets import Sheet

CODE = "code"
MOST_LINES = 2_000
LONGEST = 200_000  # characters of a list that is typed
LONGEST_CELL = 300  # of words beside the figures
TOLD = 50  # faults at once


class Line(NamedTuple):
    """A product with its amounts and words by the key of the column; `number`: of the line."""

    number: int
    product: Product
    amounts: dict[str, Decimal]
    words: dict[str, str]


@dataclass(frozen=True)
class Columns:
    """`amounts`: their words and how many decimals they may have; `words`: of columns with text. What is needed."""

    amounts: Mapping[str, tuple[Any, int]]
    words: Mapping[str, Any]
    needed: frozenset[str]

    def heads(self) -> dict[str, str]:
        told = {CODE: _("Code")}
        told |= {key: str(words) for key, (words, _decimals) in self.amounts.items()}
        return told | {key: str(words) for key, words in self.words.items()}


def lines_of(rows: list[Row], columns: Columns, products: Mapping[str, Product]) -> Found:
    """`lines` are `Line`s. A column that nobody knows is refused, but for the name, which helps whoever fills it in."""
    found, heads = Found(), columns.heads()
    if not rows or len(rows) > MOST_LINES:
        reason = Reason("list-too-many-rows", {"most": MOST_LINES}) if rows else Reason("list-without-rows")
        found.faults.append(say(reason))
        return found
    asked = {fold(words): key for key, words in heads.items()} | {key: key for key in heads}
    asked |= {"name": "-", fold(_("Name")): "-", "unit": "-", fold(_("Counted in")): "-"}
    first = [shown(cell) for cell in rows[0][1]]
    places = {place: asked.get(fold(words), "") for place, words in enumerate(first)}
    for key in (CODE, *columns.needed):
        if key not in places.values():
            found.fault(rows[0][0], heads[key], Reason("column-not-found"))
    for place, key in places.items():
        if not key and first[place].strip():
            found.fault(rows[0][0], first[place], Reason("column-unknown"))
    if found.faults:
        return found
    marks = {
        key: mark_of([cells[place] for _number, cells in rows[1:] if place < len(cells)])
        for place, key in places.items()
        if key in columns.amounts
    }
    seen: set[str] = set()
    for number, cells in rows[1:]:
        by_key = {key: cells[place] if place < len(cells) else "" for place, key in places.items() if key}
        _line(found, number, by_key, columns, marks, products, seen)
    if not found.lines and not found.faults:
        found.faults.append(say(Reason("list-without-rows")))
    return found


def _line(
    found: Found,
    number: int,
    cells: dict[str, Any],
    columns: Columns,
    marks: Mapping[str, str | None],
    products: Mapping[str, Product],
    seen: set[str],
) -> None:
    before, heads = len(found.faults), columns.heads()
    if not any(shown(cells.get(key, "")).strip() for key in columns.amounts):
        return  # nothing filled in
    for key, cell in cells.items():
        if key != "-" and (fault := fault_in(cell, text_file=True)):
            found.fault(number, heads[key], fault)
    code = shown(cells[CODE]).strip().upper()
    product = products.get(code)
    if product is None:
        found.fault(number, heads[CODE], Reason("no-such-product", {"code": code}))
    elif code in seen:
        found.fault(number, heads[CODE], Reason("product-twice", {"code": code}))
    seen.add(code)
    amounts: dict[str, Decimal] = {}
    for key, (_words, decimals) in columns.amounts.items():
        cell = cells.get(key, "")
        if not shown(cell).strip() and key not in columns.needed:
            continue
        amount = read_money(cell, decimals=decimals, mark=marks.get(key))
        if isinstance(amount, Reason):
            found.fault(number, heads[key], amount)
        else:
            amounts[key] = amount
    words = {key: shown(cells.get(key, "")).strip() for key in columns.words}
    for key, cell_words in words.items():
        if len(cell_words) > LONGEST_CELL:
            found.fault(number, heads[key], Reason("words-too-long", {"most": LONGEST_CELL}))
    if len(found.faults) == before and product is not None:
        found.lines.append(Line(number, product, amounts, words))


def as_typed(found: Found, columns: Columns) -> str:
    """What was read, as it is read again in one way only."""
    keys = [*columns.amounts, *columns.words]
    lines = ["; ".join([columns.heads()[CODE], *(columns.heads()[key] for key in keys)])]
    for one in found.lines:
        cells = [typed(one.amounts[key]) if key in one.amounts else "" for key in columns.amounts]
        cells += [one.words[key].replace(";", ",") for key in columns.words]
        lines.append("; ".join([one.product.code, *cells]))
    return "\n".join(lines)


class ListSheet(Sheet):
    """A file or lines that are typed. `columns`: what they hold; `found`: what could be read."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy("A workbook (.xlsx) or text (.csv); the first line names the columns."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    lines = table(
        gettext_lazy("Or typed, a line for each product"),
        gettext_lazy("The first line names the columns; semicolons stand between the parts."),
        8,
        max_length=LONGEST,
        required=False,
    )
    columns: Columns

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        self.rows: list[Row] = []
        self.found = Found()
        if not self.is_bound:
            self.fields["lines"].initial = "; ".join(self.columns.heads().values()) + "\n"

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        file, lines = answers.get("file"), answers.get("lines", "")
        if file and len(lines.strip().splitlines()) > 1:
            self.add_error("lines", _("Give a file or type the lines, not both."))
        elif not file and not lines.strip():
            self.add_error("lines", _("Give a file, or type the lines."))
        elif not self.errors:
            self._read(file, lines)
        return answers

    def _read(self, file: Any, lines: str) -> None:
        if file and file.size > MOST_BYTES:  # not read into memory at all
            self.add_error("file", say(Reason("list-too-large", {"most": MOST_BYTES // 1024**2})))
            return
        try:
            self.rows = pay_read.rows_of(file.read() if file else lines.encode())
        except Refused as refusal:
            self.add_error("file" if file else "lines", [say(reason) for reason in refusal.reasons])
            return
        products = {one.code: one for one in access.products(self.here)}
        for one in products.values():
            one.cooperative = self.here.cooperative
        self.found = lines_of(self.rows, self.columns, products)
        if self.found.faults:
            self.add_error("lines", self.found.faults[:TOLD])

    def with_the_rows(self) -> None:
        """What a file said stands in the box for lines now: a browser does not keep the file."""
        if self.rows and self.files:
            self._back(pay_read.as_typed(self.rows))

    def as_read(self) -> None:
        """What was read stands in the box: it is this that is entered."""
        self._back(as_typed(self.found, self.columns))

    def _back(self, lines: str) -> None:
        told = QueryDict(mutable=True)
        told.update({name: value for name, value in self.data.items() if name != "lines"})
        told["lines"] = lines
        self.data = told
