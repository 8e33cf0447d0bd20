"""Any set of amendments: what balances stays balanced, what is called impossible is so, what is called free fits."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coop.budget.balance import Break, Change, Line, Plan, Side, applied, missing, standing
from coop.budget.conflicts import Conflict, Kind, breaks_of, conflict_between, conflicts, faults
from coop.budget.continued import days_left, of_month
from coop.budget.falls import Because, falls
from coop.budget.voting_order import Why, voting_order

SIDES = st.sampled_from(list(Side))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Six lines in two departments; the first is the contingency. Income and expense come out equal."""
    sizes = draw(st.lists(st.integers(0, 60), min_size=4, max_size=4))
    floor = draw(st.integers(0, sizes[0]))
    lines = [
        Line(f"E-{place}", "AB"[place % 2], Side.EXPENSE, Decimal(size)) for place, size in enumerate(sizes)
    ]
    other = draw(st.integers(0, sum(sizes)))
    lines += [
        Line("I-0", "A", Side.INCOME, Decimal(other)),
        Line("I-1", "B", Side.INCOME, Decimal(sum(sizes) - other)),
    ]
    return Plan.of(lines, contingency="E-0", floor=Decimal(floor))


@st.composite
def balanced(draw: st.DrawFn, plan: Plan, key: int, most: int = 40) -> Change:
    """Takes from one line and gives to another, once or twice; or raises (lowers) both sides."""
    moves: dict[str, Decimal] = {}
    codes = sorted(plan.lines)
    for _ in range(draw(st.integers(1, 2))):
        source, target = draw(st.permutations(codes))[:2]
        amount = Decimal(draw(st.integers(1, most)))
        same = plan.lines[source].side == plan.lines[target].side
        moves[source] = moves.get(source, Decimal(0)) + (-amount if same else amount)
        moves[target] = moves.get(target, Decimal(0)) + amount
    left = {code: amount for code, amount in moves.items() if amount}
    return Change(key, left or {source: -amount, target: amount} if same else left, came=key)


@st.composite
def plans_and_changes(
    draw: st.DrawFn, least: int = 1, most: int = 6, amount: int = 40
) -> tuple[Plan, list[Change]]:
    plan = draw(plans())
    number = draw(st.integers(least, most))
    return plan, [draw(balanced(plan, key, amount)) for key in range(1, number + 1)]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Plan, list[Change]]:
    """As a commission sees it: with amendments to amendments, and a common text."""
    plan, changes = draw(plans_and_changes())
    found = list(changes)
    if draw(st.booleans()):
        sub = draw(balanced(plan, 20))
        found.append(Change(20, sub.moves, came=20, amends=draw(st.sampled_from(changes)).key))
    if len(changes) > 1 and draw(st.booleans()):
        common = draw(balanced(plan, 30))
        parts = draw(st.lists(st.sampled_from(changes), min_size=2, max_size=3))
        found.append(Change(30, common.moves, came=30, replaces=frozenset(one.key for one in parts)))
    return plan, found


@given(tables())
def test_any_set_of_balanced_changes_keeps_income_equal_to_expense(given_: tuple[Plan, list[Change]]) -> None:
    plan, changes = given_
    found = applied(plan, changes)
    assert found.income == found.expense
    assert found.income == sum((one.income for one in found.departments), Decimal(0))
    assert found.expense == sum((one.expense for one in found.departments), Decimal(0))
    assert all(one.kind != Break.NOT_BALANCED for one in found.broken)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_set_is_taken_in_does_not_matter(
    given_: tuple[Plan, list[Change]], dice: random.Random
) -> None:
    plan, changes = given_
    other = list(changes)
    dice.shuffle(other)
    assert applied(plan, changes) == applied(plan, other)


@given(plans_and_changes(), st.integers(-9, 9).filter(bool))
def test_a_unit_that_is_missing_is_found(given_: tuple[Plan, list[Change]], off: int) -> None:
    plan, changes = given_
    first = changes[0]
    code = next(iter(first.moves))
    crooked = Change(first.key, {**first.moves, code: first.moves[code] + off}, came=1)
    sign = 1 if plan.lines[code].side == Side.EXPENSE else -1
    assert missing(plan, crooked.moves) == sign * off
    assert Kind.NOT_BALANCED in {one.kind for one in faults(plan, crooked)}
    found = applied(plan, [crooked, *changes[1:]])
    assert not found.stands
    assert found.expense - found.income == sign * off


def breaks(plan: Plan, changes: list[Change], line: str | None) -> bool:
    return any(
        one.where == line and one.kind in (Break.BELOW_ZERO, Break.BELOW_FLOOR)
        for one in applied(plan, changes).broken
    )


@settings(max_examples=300)
@given(tables())
def test_what_is_called_impossible_is_so(given_: tuple[Plan, list[Change]]) -> None:
    """The witness breaks the line, and without any of its members it does not."""
    plan, changes = given_
    by_key = {one.key: one for one in changes}
    for found in conflicts(plan, changes):
        if found.kind != Kind.EXHAUSTED:
            continue
        assert found.witnesses
        assert found.short > 0
        for witness in found.witnesses:
            assert set(witness) <= set(found.keys)
            taken = [by_key[key] for key in witness]
            if taken[0].amends is not None:
                taken.append(by_key[taken[0].amends])
            assert breaks(plan, taken, found.line)
            if len(witness) > 1:
                for one in taken:
                    assert not breaks(plan, [other for other in taken if other is not one], found.line)


@settings(max_examples=300)
@given(plans_and_changes(least=2, most=2, amount=12))
def test_a_pair_that_is_called_free_can_both_be_applied(given_: tuple[Plan, list[Change]]) -> None:
    plan, changes = given_
    assume(not any(faults(plan, one) for one in changes))
    found = conflict_between(plan, *changes)
    both = applied(plan, changes)
    if found is None or found.kind == Kind.OPPOSITE:
        assert both.stands, (found, both.broken)
    else:
        assert found.kind == Kind.EXHAUSTED
        assert not both.stands
    if found is not None and found.kind == Kind.OPPOSITE:
        one, two = (change.moves[found.line or ""] for change in changes)
        assert (one < 0) != (two < 0)
        assert found.line != plan.contingency


@given(plans_and_changes())
def test_pairs_and_the_whole_table_say_the_same(given_: tuple[Plan, list[Change]]) -> None:
    """Of two alone the table tells what `conflict_between` tells, and no pair that is exhausted goes untold."""
    plan, changes = given_
    told = conflicts(plan, changes)
    alone = {one.keys[0] for one in told if len(one.keys) == 1}
    for place, one in enumerate(changes):
        for two in changes[place + 1 :]:
            found = conflict_between(plan, one, two)
            there = {each.kind for each in told if {one.key, two.key} <= set(each.keys)}
            if found is not None and not alone & {one.key, two.key}:
                assert found.kind in there
            if found is None:
                assert Kind.OPPOSITE not in there


@settings(max_examples=300)
@given(plans_and_changes(), st.randoms(use_true_random=False))
def test_where_there_is_no_conflict_the_order_of_the_votes_does_not_matter(
    given_: tuple[Plan, list[Change]], dice: random.Random
) -> None:
    plan, asked = given_
    changes: list[Change] = []
    for one in asked:
        if conflicts(plan, [*changes, one]) == []:
            changes.append(one)
    order = list(changes)
    dice.shuffle(order)
    carried: list[Change] = []
    for place, one in enumerate(order):
        assert falls(plan, carried=carried, waiting=order[place:]) == []
        carried.append(one)
    assert applied(plan, carried) == applied(plan, changes)
    assert applied(plan, carried).stands
    assert breaks_of(plan, carried=[], block=changes) == []


@settings(max_examples=300)
@given(tables(), st.randoms(use_true_random=False))
def test_however_it_is_voted_what_is_carried_stands(
    given_: tuple[Plan, list[Change]], dice: random.Random
) -> None:
    """The chair follows the order, what has fallen is not put; then the budget that comes of it breaks nowhere."""
    plan, changes = given_
    put = [
        one
        for one in changes
        if not faults(plan, one, next((other for other in changes if other.key == one.amends), None))
    ]
    by_key = {one.key: one for one in put}
    waiting = [
        place.key
        for place in voting_order(put)
        if by_key[place.key].amends is None or by_key[place.key].amends in by_key
    ]
    carried: list[Change] = []
    while waiting:
        key = waiting.pop(0)
        left = [by_key[other] for other in (key, *waiting)]
        if any(fall.key == key for fall in falls(plan, carried=carried, waiting=left)):
            continue
        if dice.random() < 0.7:
            carried.append(by_key[key])
    found = applied(plan, carried)
    assert found.stands, found.broken
    moving = standing(carried)
    for place, one in enumerate(moving):
        for two in moving[place + 1 :]:
            for code in one.moves.keys() & two.moves.keys() - {plan.contingency}:
                assert (one.moves[code] < 0) == (two.moves[code] < 0)


@given(tables())
def test_the_order_puts_everybody_once(given_: tuple[Plan, list[Change]]) -> None:
    _plan, changes = given_
    order = voting_order(changes)
    place = {one.key: number for number, one in enumerate(order)}
    assert sorted(place) == sorted(one.key for one in changes)
    for one in changes:
        if one.amends is not None:
            assert place[one.key] < place[one.amends]
        for part in one.replaces:
            assert place[one.key] < place[part]
    plain = [one for one in order if one.why in (Why.FURTHEST, Why.CAME_FIRST, Why.LAST)]
    assert [one.distance for one in plain] == sorted((one.distance for one in plain), reverse=True)


PLAN = Plan.of(
    [
        Line("E-0", "F", Side.EXPENSE, Decimal(100)),
        Line("E-1", "A", Side.EXPENSE, Decimal(50)),
        Line("I-0", "A", Side.INCOME, Decimal(150)),
    ],
    contingency="E-0",
    floor=Decimal(40),
    ceilings={"A": Decimal(60)},
)


def taking(key: int, amount: int, **more: object) -> Change:
    return Change(key, {"E-0": Decimal(-amount), "E-1": Decimal(amount)}, came=key, **more)  # type: ignore[arg-type]


def test_three_that_fit_in_pairs_and_not_together() -> None:
    three = [taking(1, 25), taking(2, 25), taking(3, 25)]
    assert all(conflict_between(PLAN, a, b) is None for a in three for b in three if a is not b)
    assert conflicts(PLAN, three) == [
        Conflict(Kind.EXHAUSTED, (1, 2, 3), "E-0", Decimal(15), witnesses=((1, 2, 3),))
    ]
    assert [one.kind for one in breaks_of(PLAN, carried=[], block=three)] == [Kind.EXHAUSTED]
    assert [one.because for one in falls(PLAN, carried=three[:2], waiting=three[2:])] == [Because.SOURCE]


def test_who_wants_little_is_no_part_of_a_quarrel_about_much() -> None:
    (found,) = conflicts(PLAN, [taking(1, 50), taking(2, 40), taking(3, 1)])
    assert found.keys == (1, 2)


def test_the_floor_holds_to_the_unit() -> None:
    assert applied(PLAN, [taking(1, 60)]).stands
    (broken,) = (one for one in applied(PLAN, [taking(1, 61)]).broken if one.kind.forbids)
    assert (broken.kind, broken.where, broken.amount, broken.by) == (Break.BELOW_FLOOR, "E-0", 1, (1,))


def test_a_ceiling_is_told_and_forbids_nothing() -> None:
    found = applied(PLAN, [taking(1, 11)])
    assert [(one.kind, one.where, one.amount) for one in found.broken] == [(Break.OVER_CEILING, "A", 1)]
    assert found.stands


def test_two_amendments_to_one_say_different_things() -> None:
    changes = [taking(1, 30), taking(2, 20, amends=1), taking(3, 10, amends=1)]
    kinds = {one.kind: one.keys for one in conflicts(PLAN, changes) if one.kind != Kind.AMENDS}
    assert kinds == {Kind.RESTATED: (2, 3)}
    assert falls(PLAN, carried=[changes[1]], waiting=[changes[0], changes[2]])[0].because == Because.RESTATED
    assert falls(PLAN, carried=[], waiting=[changes[1]])[0].because == Because.ITS_AMENDMENT
    assert applied(PLAN, changes[:2]).changed[0].after == 80


def test_the_meeting_may_want_a_contrary_one_voted() -> None:
    back = Change(2, {"E-1": Decimal(-5), "E-0": Decimal(5)})
    (fall,) = falls(PLAN, carried=[taking(1, 10)], waiting=[back])
    assert (fall.because, fall.through, fall.line) == (Because.CONTRARY, 1, "E-1")
    assert falls(PLAN, carried=[taking(1, 10)], waiting=[back], wanted=[2]) == []


@given(st.decimals(0, 10**10, places=2))
def test_twelve_months_are_the_year(amount: Decimal) -> None:
    months = [of_month(amount, month, decimals=2) for month in range(1, 13)]
    assert sum(months) == amount
    assert max(months) - min(months) <= Decimal("0.01")


def test_the_days_of_a_continued_budget_run_out() -> None:
    first = datetime.date(2027, 1, 1)
    assert [days_left(first, first + datetime.timedelta(n), days=90) for n in (-30, 0, 1, 89, 90, 400)] == [
        90, 90, 89, 1, 0, 0,
    ]  # fmt: skip
