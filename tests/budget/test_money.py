"""Amounts as people write them: read to the last unit, or refused; never read as something else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.budget.money import MOST_AMOUNT, mark_of, plain, read
from coop.refusals import Reason

amounts = st.decimals(0, 10**12, places=2)


def grouped(amount: Decimal, group: str, mark: str) -> str:
    return f"{amount:,.2f}".replace(",", "g").replace(".", mark).replace("g", group)


@given(amounts, st.sampled_from([(".", ","), (",", "."), (" ", ","), ("\u202f", ","), ("'", "."), ("", ".")]))
def test_every_way_of_writing_is_read_as_it_was_meant(amount: Decimal, signs: tuple[str, str]) -> None:
    assert read(grouped(amount, *signs), decimals=2) == amount


@given(st.text(alphabet="0123456789.,- ()'=eENa", max_size=12), st.sampled_from([None, ".", ","]))
def test_whatever_is_typed_is_an_amount_or_a_reason(text: str, mark: str | None) -> None:
    found = read(text, decimals=2, mark=mark)
    if isinstance(found, Reason):
        assert found.code.startswith("amount-")
    else:
        assert 0 <= found < MOST_AMOUNT
        assert found == found.quantize(Decimal("0.01"))
        assert read(plain(found), decimals=2, mark=".") == found


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=12))
def test_what_can_be_read_two_ways_is_not_read(text: str) -> None:
    """Whatever the habit of the column turns out to be, an amount that was read without it stays what it was."""
    free = read(text, decimals=4)
    if not isinstance(free, Reason):
        for mark in ".,":
            settled = read(text, decimals=4, mark=mark)
            assert isinstance(settled, Reason) or settled == free


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "amount-missing"),
        ("   ", "amount-missing"),
        ("twelve", "amount-not-readable"),
        ("1.234", "amount-reads-two-ways"),
        ("12,345", "amount-reads-two-ways"),
        ("1.23.456", "amount-not-readable"),
        ("1.234,56,7", "amount-not-readable"),
        ("1,234.567.89", "amount-not-readable"),
        ("12 34", "amount-not-readable"),
        ("1e6", "amount-not-readable"),
        ("1E6", "amount-not-readable"),
        ("12A5", "amount-not-readable"),
        ("UC 5 UC", "amount-not-readable"),
        ("NaN", "amount-not-readable"),
        ("Infinity", "amount-not-readable"),
        (float("nan"), "amount-not-readable"),
        (float("inf"), "amount-not-readable"),
        (Decimal("NaN"), "amount-not-readable"),
        (True, "amount-not-readable"),
        ({"d": "2027-01-01"}, "amount-not-readable"),
        ({"e": "#REF!"}, "amount-not-readable"),
        ({"f": "=A1+A2"}, "amount-is-a-formula"),
        ("=12", "amount-is-a-formula"),
        ("'=12", "amount-is-a-formula"),
        ("＝12", "amount-is-a-formula"),
        ("-5", "amount-negative"),
        ("−5", "amount-negative"),
        ("(5)", "amount-negative"),
        (-1, "amount-negative"),
        ("0.005", "amount-hides-a-part"),
        ("12,3456", "amount-hides-a-part"),
        (1234.567, "amount-hides-a-part"),
        (Decimal("0.001"), "amount-hides-a-part"),
        (10**13, "amount-too-large"),
        ("9" * 40, "amount-too-large"),
        ("٣", "amount-not-readable"),
    ],
)
def test_bad_amounts_have_their_reason(cell: Any, code: str) -> None:
    found = read(cell, decimals=2)
    assert isinstance(found, Reason)
    assert found.code == code


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("UC 1 270 000", "1270000"),
        ("1270000 UC", "1270000"),
        ("$ 5", "5"),
        ("5€", "5"),
        ("12.00", "12"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),  # the dust of floats is no part of the amount
        (1234567.89, "1234567.89"),
        (0, "0"),
        (-0.0, "0"),
    ],
)
def test_good_amounts(cell: Any, amount: str) -> None:
    assert read(cell, decimals=2) == Decimal(amount)


@pytest.mark.parametrize(
    ("cell", "amount"), [("(5)", "-5"), ("5-", "-5"), ("-1.234,50", "-1234.5"), ("+7", "7")]
)
def test_moves_have_a_sign(cell: str, amount: str) -> None:
    assert read(cell, decimals=2, signed=True) == Decimal(amount)


def test_a_currency_without_cents_takes_none() -> None:
    assert read("12.5", decimals=0) == Reason("amount-hides-a-part", {"amount": "12.5", "decimals": 0})
    assert read("12.00", decimals=0) == 12


def test_a_column_tells_how_it_is_written() -> None:
    assert mark_of(["1.234", "12", "0,75"]) == ","
    assert read("1.234", decimals=2, mark=",") == 1234
    assert read("1.234", decimals=3, mark=".") == Decimal("1.234")
    assert mark_of(["1.234", "5.678"]) is None
    assert mark_of(["1,5", "1.5"]) is None  # two habits in one column: nothing is guessed
    assert mark_of([12.5, {"f": "=A1"}]) is None
