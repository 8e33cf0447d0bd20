"""Counts of cash and stock: exact sums, two people, and nothing changed afterwards."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.journal.models import Entry
from coop.oversight import actions as oversight
from coop.oversight.count_lines import Cash, Stock, cash, stock, total
from coop.oversight.models import CountSheet
from coop.refusals import Refused
from tests import make, make_oversight


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def codes(act: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**more)
    return [reason.code for reason in refused.value.reasons]


WORTH = st.decimals("0.01", "100000", places=2)
PILES = st.lists(st.builds(Cash, WORTH, st.integers(0, 9999)), max_size=30)


@given(PILES, st.sampled_from(["x", "×", " X ", "*"]))
def test_what_is_typed_is_what_is_summed(piles: list[Cash], sign: str) -> None:
    """Whatever sign stands between, the sum is that of the pieces, to the last cent."""
    found, faults = cash("\n".join(f"{one.worth:f}{sign}{one.pieces}" for one in piles))
    assert (found, faults) == (piles, [])
    assert total(found) == sum((one.worth * one.pieces for one in piles), Decimal())


def test_every_line_that_cannot_be_read_is_told_with_its_place() -> None:
    found, faults = cash("100 x 3\n\nhundred\n5 x 2.5\n0 x 4\n=1+1 x 2\n1,234.5678 x 1\n-5 x 1")
    assert found == [Cash(Decimal(100), 3)]
    assert [(place, reason.code) for place, reason in faults] == [
        (3, "cash-line-not-whole"),
        (4, "pieces-not-readable"),
        (5, "pieces-without-worth"),
        (6, "amount-is-a-formula"),
        (7, "amount-hides-a-part"),
        (8, "amount-negative"),
    ]
    things, faults = stock("Flour; kg; 10; 9,5\nBags; ; 1; 1\nOil; l; x; 1")
    assert [str(one.difference) for one in things] == ["-0.5"]
    assert [(place, reason.code) for place, reason in faults] == [
        (2, "stock-line-not-whole"),
        (3, "amount-not-readable"),
    ]


def test_the_sum_and_the_difference_are_kept(plant: make.Plant) -> None:
    sheet = make_oversight.count(plant, plant.eve)
    sheet.refresh_from_db()
    assert (sheet.counted, sheet.book, sheet.difference) == (Decimal(120), Decimal(130), Decimal(-10))
    assert [line.amount for line in sheet.lines.all()] == [Decimal(100), Decimal(20)]
    line = Entry.objects.get(verb="cash-counted")
    assert line.facts == {"counted": "120", "difference": "-10"}


def test_who_was_there_signs_once_or_says_why_not(plant: make.Plant) -> None:
    sheet = make_oversight.count(plant, plant.eve)
    sign: dict[str, Any] = {"sheet": sheet, "at": make.now()}
    assert codes(oversight.sign_count, **sign, agrees=True, by=plant.dee) == ["count-of-others"]
    assert codes(oversight.sign_count, **sign, agrees=False, by=plant.eve) == ["contradicted-without-words"]
    oversight.sign_count(**sign, agrees=False, says="One note more.", by=plant.eve)
    assert codes(oversight.sign_count, **sign, agrees=True, by=plant.eve) == ["count-signed-already"]
    sheet.refresh_from_db()
    assert (sheet.agrees, sheet.says) == (False, "One note more.")


def test_what_is_not_filed(plant: make.Plant) -> None:
    day = plant.cooperative.day_of(make.now())
    facts: dict[str, Any] = {
        "title": "Store",
        "counted_on": day,
        "lines": [Stock("Flour", "kg", Decimal(10), Decimal("9.5"))],
        "witness": plant.eve,
        "by": plant.dee,
        "at": make.now(),
    }
    file = oversight.file_stock_count
    assert codes(file, **facts | {"by": plant.cy}) == ["no-mandate"]
    assert codes(file, **facts | {"witness": plant.dee}) == ["count-signed-by-another"]
    assert codes(file, **facts | {"lines": []}) == ["count-without-lines"]
    assert codes(file, **facts | {"lines": facts["lines"] * 201}) == ["count-too-long"]
    for odd in (
        day + datetime.timedelta(days=1),
        day - datetime.timedelta(days=61),
        datetime.date(9999, 1, 1),
    ):
        assert codes(file, **facts | {"counted_on": odd}) == ["count-of-another-day"]
    stranger = make.plant("quarry").eve
    assert codes(file, **facts | {"witness": stranger}) == ["not-of-this-cooperative"]
    assert CountSheet.objects.count() == 0
    assert str(file(**facts).lines.get().difference) == "-0.500"
