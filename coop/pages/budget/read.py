"""Lines and months of a budget out of a file or a box: what could be read, and a sentence for each cell that not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.budget.money import typed
from coop.budget.reading import FIELDS, Fault, Written, carried_out
from coop.intake.cells import shown
from coop.intake.sheets import MOST_BYTES, Row, read
from coop.intake.writing import Value, as_csv
from coop.refusals import Reason, Refused

from ..budget_columns import BUDGET_COLUMNS
from ..reasons import say
from ..sheets import Sheet, WordsField

MOST_TOLD = 50  # faults on one page
LONGEST = 900_000  # characters in the box: a form carries a megabyte
GAP = 200  # empty rows that are kept, so that a row has the number that the spreadsheet shows


class FileOrBox(Sheet):
    """A file, or the same typed. What a file said stands in the box afterwards: a browser does not keep the file."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy("A workbook (.xlsx) or text (.csv); the first line names the columns."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    lines = WordsField(
        label=gettext_lazy("Or typed, a line for each"),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, reader: Callable[[Sequence[Row]], Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.reader = reader
        self.found: Any = None  # what was read: of lines or of a month
        self.as_read = ""  # what the box says from now on

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        file, lines = answers.get("file"), answers.get("lines", "")
        if file and lines.strip():
            self.add_error("lines", _("Give a file or type the lines, not both."))
        elif not file and not lines.strip() and not self.errors:
            self.add_error("lines", _("Give a file, or type the lines."))
        elif not self.errors:
            self._read(file, lines)
        return answers

    def _read(self, file: Any, lines: str) -> None:
        where = "file" if file else "lines"
        if file and file.size > MOST_BYTES:  # not read into memory at all
            self.add_error("file", say(Reason("list-too-large", {"most": MOST_BYTES // 1024**2})))
            return
        try:
            rows = read(file.read() if file else lines.encode())[0].rows
        except Refused as refusal:
            self.add_error(where, [say(reason) for reason in refusal.reasons])
            return
        self.found = self.reader(rows)
        if file:
            self.as_read = as_text(rows)
        if len(self.as_read) > LONGEST:
            self.add_error("file", say(Reason("list-too-large", {"most": 1})))
            self.as_read = ""
        elif self.found.faults:
            self.add_error("lines", told(self.found.faults))

    def with_the_rows(self) -> None:
        if self.as_read:
            self.data = {**self.data.dict(), "lines": self.as_read}  # type: ignore[attr-defined]


def as_text(rows: Sequence[Row]) -> str:
    """Rows of a file as somebody would type them, each on the line of its number: what is wrong is mended there."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    last = 0
    for number, cells in rows:
        out.write("\n" * min(GAP, max(0, number - last - 1)))
        writer.writerow([shown(cell) for cell in cells])
        last = number
    return out.getvalue()


def told(faults: Sequence[Fault]) -> list[str]:
    """A sentence for each, with what stands in the cell; the last one says how many more there are."""
    said = []
    for fault in faults[:MOST_TOLD]:
        if not fault.row:
            said.append(say(fault.reason))
            continue
        column = BUDGET_COLUMNS.get(fault.field, fault.field)
        what = {"line": fault.row, "column": column, "why": say(fault.reason), "shown": fault.shown}
        said.append(
            _("Line %(line)s, %(column)s: %(why)s It says: %(shown)s") % what
            if fault.shown
            else _("Line %(line)s, %(column)s: %(why)s") % what
        )
    if len(faults) > MOST_TOLD:
        said.append(_("And %(more)s more.") % {"more": len(faults) - MOST_TOLD})
    return said


def our_heads() -> dict[str, str]:
    """Over each column of the files that we write, in the language of whoever reads: they come back with these."""
    return {field: str(words) for field, words in BUDGET_COLUMNS.items()}


def heads() -> list[str]:
    return [str(BUDGET_COLUMNS[field]) for field in FIELDS]


def rows_of(lines: Iterable[Written], *, as_words: bool) -> list[list[Value]]:
    """`as_words`: amounts as text that is read in one way; else as numbers."""
    return [
        [typed(cell) if as_words and not isinstance(cell, str) and cell is not None else cell for cell in row]
        for row in carried_out(lines)
    ]


def lines_as_text(lines: Iterable[Written]) -> str:
    """Lines as somebody would type them, which read as the same lines again."""
    return as_csv(heads(), rows_of(lines, as_words=True)).decode("utf-8-sig").replace("\r\n", "\n")
