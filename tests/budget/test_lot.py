"""Those that move as much as each other are voted by lot: drawn when the budget is put, and by anybody again."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.budget.balance import Change
from coop.budget.tables import Table
from coop.budget.voting_order import Why, lot, voting_order
from coop.journal.models import Entry
from tests import make_budget
from tests.make_budget import admitted


def equal(number: int, amount: int = 5) -> Change:
    return Change(number, {"E-GAS": Decimal(amount), "E-BAG": Decimal(-amount)}, came=number)


def drawn_plainly(seed: str, numbers: list[int]) -> list[int]:
    return sorted(numbers, key=lambda one: hashlib.sha256(f"{seed} A{one}".encode()).hexdigest())


@given(
    st.sets(st.integers(1, 400), min_size=2, max_size=30),
    st.text("0123456789abcdef", min_size=1),
    st.randoms(),
)
def test_equal_ones_stand_as_they_were_drawn_whatever_their_order_was(
    numbers: set[int], seed: str, dice: random.Random
) -> None:
    asked = [equal(number) for number in numbers]
    dice.shuffle(asked)
    order = voting_order(asked, seed=seed)
    assert [one.key for one in order] == drawn_plainly(seed, sorted(numbers))
    assert [one.why for one in order] == [Why.LOT] * (len(asked) - 1) + [Why.LAST]


@given(st.lists(st.integers(1, 4), min_size=2, max_size=20), st.text("0123456789abcdef", min_size=1))
def test_the_lot_changes_nothing_between_those_that_differ(amounts: list[int], seed: str) -> None:
    asked = [equal(number, amount) for number, amount in enumerate(amounts, 1)]
    sums = [one.distance for one in voting_order(asked, seed=seed)]
    assert sums == [one.distance for one in voting_order(asked)]


def test_amendments_of_one_amendment_are_drawn_too() -> None:
    seed = next(f"{n:x}" for n in range(99) if lot(f"{n:x}", 3) < lot(f"{n:x}", 2))
    parent = equal(1, 50)
    subs = [Change(one, equal(one).moves, came=one, amends=1) for one in (2, 3)]
    assert [one.key for one in voting_order([parent, *subs], seed=seed)] == [3, 2, 1]
    assert [one.key for one in voting_order([parent, *subs])] == [2, 3, 1]


@pytest.mark.django_db
def test_it_is_drawn_with_the_line_of_the_journal_that_puts_the_budget() -> None:
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    asked = [admitted(plant, year, {"E-GAS": 500, code: -500}) for code in ("E-BAG", "E-FLR", "E-RES")]
    asked += [admitted(plant, year, {"E-FLR": amount, "E-BAG": -amount}) for amount in range(1, 9)]
    before = Table.of(year)
    assert before.seed == ""
    assert [one.key for one in before.order()[:3]] == [one.pk for one in asked[:3]]  # as they came
    year = make_budget.put(plant, year)
    table = Table.of(year)
    assert table.seed == Entry.objects.get(verb="budget-put").hash
    first = [one for one in table.order() if one.distance == 1_000]
    of = {one.number: one.pk for one in asked}
    assert [one.key for one in first] == [of[number] for number in drawn_plainly(table.seed, [1, 2, 3])]
    assert [one.why for one in first] == [Why.LOT, Why.LOT, Why.FURTHEST]
    assert Table.of(year).order() == table.order()
