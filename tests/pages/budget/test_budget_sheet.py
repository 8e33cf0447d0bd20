"""The rows in which an amendment of the budget is written: what they say of moves is read back as the same moves."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coop.budget.models import Line
from coop.pages.budget.amendment_sheets import BudgetAmendmentSheet, first_words, found_in, rows_in

LINES = {
    code: Line(code=code, title=title, side="expense")
    for code, title in (
        ("E-1", "Gas"),
        ("E-10", "Gas for the night"),
        ("E-11", "Bags"),
        ("BAGS", "Paper"),
        ("E-2", "Ñandú"),
    )
}
AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12).filter(bool)


@given(
    moves=st.dictionaries(st.sampled_from(sorted(LINES)), AMOUNTS, min_size=1),
    decimals=st.integers(min_value=0, max_value=4),
)
def test_what_stands_in_the_boxes_is_read_as_the_moves_it_was_made_of(
    moves: dict[str, int], decimals: int
) -> None:
    """With every number of decimals that a currency has: 1.234 must not come back as what reads two ways."""
    exact = {code: Decimal(amount).scaleb(-decimals) for code, amount in moves.items()}
    boxes = {"title": "More", **first_words(exact, LINES)}
    sheet = BudgetAmendmentSheet(boxes, lines=LINES, decimals=decimals, rows=rows_in(boxes))
    assert sheet.is_valid(), sheet.errors
    assert sheet.moves == exact


def test_a_line_is_found_by_its_code_first_then_its_title_then_a_part() -> None:
    def code_of(typed: str) -> object:
        found = found_in(LINES, typed)
        return found.code if isinstance(found, Line) else [line.code for line in found]

    assert code_of("e-1") == "E-1"
    assert code_of("gas") == "E-1"
    assert code_of("bags") == "BAGS"
    assert code_of("E-11 Bags") == "E-11"
    assert code_of("nandu") == "E-2"
    assert code_of("night") == "E-10"
    assert code_of("E-1 Gas f") == []
    assert code_of("a") == ["E-1", "E-10", "E-11", "BAGS", "E-2"]
