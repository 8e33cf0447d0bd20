"""The budget round of the invented plant comes out to the unit, whichever of two orders it is voted in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from coop.budget.balance import Break, Change, Plan, Side, applied
from coop.budget.conflicts import Kind, conflicts
from coop.budget.falls import Because, Fall, falls
from coop.budget.voting_order import Move, Why, voting_order
from tests.budget.demo_round import changes, key, plan, told

DATA = told()
DRAFT = plan(DATA)
ALL = changes(DATA)
OUTCOME = DATA["scenario_outcome"]
RESULTS = {key(one["id"]): one["result"] for one in OUTCOME["results"]}
PUT = {number: change for number, change in ALL.items() if RESULTS[number] not in ("not_put", "withdrawn")}
VOTED_DOWN = {number for number, result in RESULTS.items() if result == "not_carried"}


def voted(draft: Plan, put: dict[int, Change], order: list[int]) -> tuple[list[int], dict[int, Fall]]:
    """The assembly votes in this order: no to those that were voted down, yes to all others that still stand."""
    carried: list[int] = []
    fallen: dict[int, Fall] = {}
    waiting = list(order)
    while waiting:
        for fall in falls(draft, carried=_of(put, carried), waiting=_of(put, waiting)):
            if fall.is_final and (fall.because != Because.SOURCE or fall.key == waiting[0]):
                fallen[fall.key] = fall
                waiting.remove(fall.key)
        if waiting:
            number = waiting.pop(0)
            if number not in VOTED_DOWN:
                carried.append(number)
    return carried, fallen


def _of(put: dict[int, Change], keys: list[int]) -> list[Change]:
    return [put[number] for number in keys]


ORDERS = {
    "as the chair put them": [key(label) for label in OUTCOME["voting_order"]],
    "by distance": [place.key for place in voting_order(PUT.values())],
}


@pytest.mark.parametrize("order", ORDERS)
def test_the_outcome_comes_out_to_the_unit(order: str) -> None:
    carried, fallen = voted(DRAFT, PUT, ORDERS[order])
    after = applied(DRAFT, _of(PUT, carried))

    assert sorted(carried) == sorted(
        number for number, result in RESULTS.items() if result.startswith("carried")
    )
    assert {number: (fall.because, fall.through) for number, fall in fallen.items()} == {
        2: (Because.REPLACED, 16),
        6: (Because.CONTRARY, 5),
        7: (Because.REPLACED, 16),
    }
    assert (after.income, after.expense) == (47_000_000, 47_000_000)
    assert {one.line.code: (one.line.amount, one.after) for one in after.changed} == {
        one["code"]: (one["proposed"], one["final"]) for one in OUTCOME["changed_lines"]
    }
    assert after.stands
    assert after.broken == ()
    assert after.plan(DRAFT).lines["E-COM-06"].amount == 61_000


def test_both_columns_of_the_file_balance() -> None:
    for column, total in (("approved_2026", 43_821_000), ("proposed_2027", 47_000_000)):
        found = plan(DATA, column)
        assert (found.total(Side.INCOME), found.total(Side.EXPENSE)) == (total, total)
    assert len(DRAFT.lines) == 48


def test_the_conflicts_are_those_that_the_commission_wrote_down() -> None:
    found = conflicts(DRAFT, PUT.values())
    told_of: dict[tuple[int, str], set[int]] = {}
    for one in found:
        for number in one.keys:
            told_of.setdefault((number, one.kind), set()).update(one.others(number))
    kinds = {
        "same source, not enough money for all": [Kind.EXHAUSTED],
        "same line, opposite direction": [
            Kind.OPPOSITE,
            Kind.EXHAUSTED,
        ],  # of BA-05 the file tells both in one
        "replaced if BA-16 is carried": [Kind.REPLACES],
        "replaces": [Kind.REPLACES],
    }
    for one in DATA["amendments"]:
        number = key(one["id"])
        if number in PUT and "conflicts_with" in one:
            there = set().union(*(told_of.get((number, kind), set()) for kind in kinds[one["conflict_kind"]]))
            assert set(map(key, one["conflicts_with"])) <= there, one["id"]
    opposite = {one.keys for one in found if one.kind == Kind.OPPOSITE}
    assert opposite == {(3, 4), (5, 6), (9, 10)}
    assert {one.keys for one in found if one.kind == Kind.AMENDS} == {(1, 11)}
    (source,) = (one for one in found if one.kind == Kind.EXHAUSTED)
    assert (source.line, source.keys, source.short) == ("E-COM-06", (1, 2, 5, 6, 12), Decimal(229_000))
    assert (1, 2) in source.witnesses
    assert source.refilled_by == (3,)


def test_what_was_returned_does_not_balance() -> None:
    (fault,) = conflicts(DRAFT, [ALL[13]])
    assert (fault.kind, fault.keys, fault.short) == (Kind.NOT_BALANCED, (13,), Decimal(95_000))
    assert not applied(DRAFT, [ALL[13]]).stands


def test_income_that_nobody_has_shown_is_told_and_may_be_voted() -> None:
    found = applied(DRAFT, [ALL[8]])
    assert [(one.kind, one.where, one.amount, one.by) for one in found.broken] == [
        (Break.WITHOUT_PROOF, "I-CRB-01", 140_000, (8,))
    ]
    assert found.stands
    proven = Change(8, ALL[8].moves, with_proof=True)
    assert applied(DRAFT, [proven]).broken == ()


def test_money_that_comes_back_lets_one_stand_again() -> None:
    """After BA-01 and BA-02's money is gone, only the furnace (BA-03) would bring some back."""
    first = [PUT[1]]
    (fall,) = falls(DRAFT, carried=first, waiting=[PUT[2], PUT[3]])
    assert (fall.key, fall.because, fall.line, fall.short) == (2, Because.SOURCE, "E-COM-06", 114_000)
    assert fall.may_return == (3,)
    assert falls(DRAFT, carried=[*first, PUT[3]], waiting=[PUT[2]]) == []
    (last,) = falls(DRAFT, carried=first, waiting=[PUT[2]])
    assert last.is_final


def test_the_order_says_why() -> None:
    order = voting_order(PUT.values())
    assert [place.key for place in order] == [3, 11, 1, 16, 2, 8, 14, 7, 9, 5, 4, 10, 12, 6]
    assert [place.why for place in order[:5]] == [
        Why.FURTHEST, Why.OF_THE_NEXT, Why.FURTHEST, Why.COMMON, Why.FURTHEST,
    ]  # fmt: skip
    assert order[0].distance == 860_000
    assert order[-1].why == Why.LAST
    moved = voting_order(PUT.values(), [Move(6, 3, "The insurer waits."), Move(99, None, "gone")])
    assert (moved[0].key, moved[0].why, moved[0].because) == (6, Why.MOVED, "The insurer waits.")
    assert len(moved) == len(order)


def one_line_of(moves: dict[str, int]) -> dict[str, Decimal]:
    return {code: Decimal(amount) for code, amount in moves.items()}


def test_a_set_in_which_what_is_amended_was_not_carried_moves_nothing() -> None:
    assert applied(DRAFT, [PUT[11]]).changed == []
    with_parts: Any = applied(DRAFT, [PUT[2], PUT[7], PUT[16]])
    assert {one.line.code: one.moved for one in with_parts.changed} == one_line_of(
        {"E-LOG-02": -110_000, "E-MNT-03": 110_000}
    )
