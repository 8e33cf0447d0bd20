"""The figures of a month out of the rows of a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from coop.members.folding import fold
from coop.refusals import Reason

from ..money import mark_of
from .heads import FIELD_OF, HEADER_AMONG, MONTH_AMOUNT, NO_MORE, bare, column_of, heads_of
from .rows import RowRead
from .written import MOST_LINES, Fault, Month, Row, of_the_whole


def read_month(
    rows: Sequence[Row], *, decimals: int, codes: Collection[str], heads: Mapping[str, str] = NO_MORE
) -> Month:
    """Two columns: the code of a line, and what came in or went out on it. `codes`: the lines that there are; `heads`
    as in `read_lines`."""
    if len(rows) > MOST_LINES + HEADER_AMONG:
        return Month({}, (of_the_whole(Reason("budget-too-many-lines", {"most": MOST_LINES})),))

    ours = {bare(words): field for field, words in heads.items()}

    def field_of(head: str) -> str:
        if head in ours:
            return ours[head]
        return "amount" if head in MONTH_AMOUNT else FIELD_OF.get(head, "")

    place, columns, _unknown = heads_of(rows, field_of)
    missing = [field for field in ("code", "amount") if field not in columns]
    if missing:
        return Month(
            {}, tuple(of_the_whole(Reason("budget-column-missing", {"of_column": one})) for one in missing)
        )
    body = rows[place + 1 :]
    mark = mark_of(column_of(body, columns["amount"]))
    known = {fold(code): code for code in codes}
    amounts: dict[str, Decimal] = {}
    faults: list[Fault] = []
    for number, cells in body:
        row = RowRead(number, cells, columns)
        if row.is_total:
            continue
        told = row.words("code")
        code = known.get(fold(told))
        if not told:
            row.fault("code", Reason("budget-row-without-code"))
        elif code is None:
            row.fault("code", Reason("budget-no-such-line", {"code": told}))
        elif code in amounts:
            row.fault("code", Reason("budget-line-twice", {"code": code}))
        amount = row.amount("amount", mark, decimals)
        if code is not None and code not in amounts and amount is not None:
            amounts[code] = amount
        faults += row.faults
    return Month(amounts, tuple(faults))
