"""A bloc of what nobody disputes: at once or one by one, the same budget comes of it, and the same of all others."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from decimal import Decimal

from hypothesis import event, given, settings
from hypothesis import strategies as st

from coop.budget.balance import Change, Plan, applied
from coop.budget.blocs import disputed, side_by_side
from coop.budget.conflicts import faults
from coop.budget.falls import falls
from coop.budget.voting_order import Place, Why, voting_order
from tests.budget.test_balance import PLAN, tables, taking


def put(plan: Plan, changes: list[Change]) -> list[Change]:
    """What can be handed in by itself, with what it amends."""
    by_key = {one.key: one for one in changes}
    sound = [one for one in changes if not faults(plan, one, by_key.get(one.amends or 0))]
    keys = {one.key for one in sound}
    return [one for one in sound if one.amends is None or one.amends in keys]


def voted(
    plan: Plan,
    order: list[int],
    by_key: Mapping[int, Change],
    yes: Mapping[int, bool],
    *,
    before: list[Change],
    bloc: Collection[int] = (),
) -> list[Change]:
    """What is carried when this is voted in this order; what falls is not put. A bloc is one question."""
    carried, waiting = list(before), list(order)
    while waiting:
        key = waiting[0]
        at_once = [one for one in waiting if one in bloc] if key in bloc else [key]
        fallen = {fall.key for fall in falls(plan, carried=carried, waiting=[by_key[one] for one in waiting])}
        waiting = [one for one in waiting if one not in at_once]
        if bloc and key in bloc:
            assert not fallen & set(at_once)
        carried += [by_key[one] for one in at_once if one not in fallen and yes[one]]
    return carried


@settings(max_examples=400)
@given(tables(), st.randoms(use_true_random=False), st.integers(0, 2))
def test_a_bloc_gives_the_same_budget_as_single_votes(
    given_: tuple[Plan, list[Change]], dice: random.Random, first: int
) -> None:
    plan, changes = given_
    asked = put(plan, changes)
    by_key = {one.key: one for one in asked}
    order = voting_order(asked)
    keys = [place.key for place in order]
    yes = {key: dice.random() < 0.7 for key in keys}
    before = voted(plan, keys[:first], by_key, yes, before=[])
    waiting = [by_key[key] for key in keys[first:]]
    mains = [one.key for one in waiting if one.amends is None]
    gone = {fall.key for fall in falls(plan, carried=before, waiting=waiting)}
    free = set(mains) - disputed(plan, carried=before, waiting=waiting, bloc=mains) - gone
    bloc = {key for key in free if dice.random() < 0.8}
    event(f"in one question: {min(len(bloc), 3)}")
    yes |= dict.fromkeys(bloc, dice.random() < 0.7)

    singly = voted(plan, keys[first:], by_key, yes, before=before)
    places = side_by_side(order[first:], bloc)
    at_once = voted(plan, [one.key for one in places], by_key, yes, before=before, bloc=bloc)
    assert {one.key for one in at_once} == {one.key for one in singly}
    assert applied(plan, at_once) == applied(plan, singly)
    assert applied(plan, at_once).stands


def test_what_has_a_part_in_a_quarrel_is_voted_singly() -> None:
    """Two want more than there is; a third takes so little that no set names it, and a fourth refills the line."""
    refill = Change(4, {"E-0": Decimal(5), "I-0": Decimal(5)}, came=4)
    elsewhere = Change(5, {"E-1": Decimal(5), "I-0": Decimal(5)}, came=5)
    asked = [taking(1, 50), taking(2, 40), taking(3, 1), refill, elsewhere]
    assert disputed(PLAN, carried=[], waiting=asked, bloc=[3, 5]) == {3}
    assert disputed(PLAN, carried=[], waiting=asked, bloc=[1, 2, 3, 4, 5]) == {1, 2, 3, 4}
    assert disputed(PLAN, carried=[], waiting=asked[2:], bloc=[3, 4, 5]) == set()


def test_what_would_stand_in_its_place_is_asked_too() -> None:
    """The first leaves enough for both as it is; as it would be amended it does not."""
    asked = [taking(1, 10), taking(2, 40), taking(3, 30, amends=1)]
    assert disputed(PLAN, carried=[], waiting=asked[:2], bloc=[1, 2]) == set()
    assert disputed(PLAN, carried=[], waiting=asked, bloc=[2]) == {2}
    assert disputed(PLAN, carried=[asked[2]], waiting=asked[:2], bloc=[1, 2]) == {1, 2}


def test_a_bloc_stands_where_its_first_stood() -> None:
    order = [Place(key, Why.FURTHEST, Decimal(10 - key)) for key in (1, 2, 3, 4)]
    found = side_by_side(order, {2, 4})
    assert [(one.key, one.why, one.of) for one in found] == [
        (1, Why.FURTHEST, None),
        (2, Why.FURTHEST, None),
        (4, Why.TOGETHER, 2),
        (3, Why.FURTHEST, None),
    ]
    assert side_by_side(order, {4}) == order
