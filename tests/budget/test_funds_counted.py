"""A choice of projects against slow plain recomputations: never over the fund, told to the unit, whatever the order."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coop.ballots.acta.project_sentences import greedy_steps, shares_steps
from coop.ballots.counting import count_greedy, count_shares, drawn_lot

CODES = ("p1", "p2", "p3", "p4", "p5")
LOT = drawn_lot("17 42 08")
costs = st.dictionaries(st.sampled_from(CODES), st.integers(1, 60), min_size=1)
envelopes = st.integers(1, 120)


@st.composite
def urns(draw: Any) -> tuple[dict[str, int], dict[tuple[tuple[str, ...], ...], int]]:
    """Costs, and papers that mark some of the projects."""
    prices = draw(costs)
    marks = st.sets(st.sampled_from(sorted(prices)), min_size=1).map(lambda some: (tuple(sorted(some)),))
    papers = draw(st.dictionaries(marks, st.integers(1, 6), max_size=6))
    return prices, papers


def votes_of(prices: Mapping[str, int], papers: Mapping[Any, int]) -> dict[str, int]:
    return {code: sum(many for paper, many in papers.items() if code in paper[0]) for code in prices}


# --- By votes -------------------------------------------------------------------------------------------------------


def plainly_by_votes(
    prices: Mapping[str, int], votes: Mapping[str, int], envelope: int, least: int
) -> list[str]:
    """One project after the other: most votes, then cheaper, then as the lot orders those that are equal in both."""
    waiting = [code for code in prices if votes[code] and votes[code] >= least]
    left, paid = envelope, []
    while waiting:
        most = max(votes[code] for code in waiting)
        cheapest = min(prices[code] for code in waiting if votes[code] == most)
        alike = [code for code in waiting if votes[code] == most and prices[code] == cheapest]
        for code in LOT(alike):
            if prices[code] <= left:
                paid.append(code)
                left -= prices[code]
            waiting.remove(code)
    return paid


@settings(max_examples=100, deadline=None)
@given(urns(), envelopes, st.integers(0, 4), st.randoms(use_true_random=False))
def test_by_votes_it_is_what_a_plain_walk_pays(
    urn: tuple[dict[str, int], Any], envelope: int, least: int, lots: random.Random
) -> None:
    prices, papers = urn
    votes = votes_of(prices, papers)
    found = count_greedy(votes, costs=prices, envelope=envelope, threshold=least, lot=LOT)
    assert set(found.selected) == set(plainly_by_votes(prices, votes, envelope, least))
    assert found.total_cost <= envelope
    facts = found.as_facts()
    assert facts["left_over"] == envelope - sum(prices[code] for code in found.selected)
    order = list(prices)
    lots.shuffle(order)
    again = count_greedy(
        {code: votes[code] for code in order},
        costs={code: prices[code] for code in order},
        envelope=envelope,
        threshold=least,
        lot=LOT,
    )
    assert set(again.selected) == set(found.selected)
    told_in_words(facts, greedy_steps(facts, {code: code for code in prices}))


# --- By equal shares ------------------------------------------------------------------------------------------------


def plainly_by_shares(
    prices: Mapping[str, int], people: list[set[str]], votes: Mapping[str, int], share: Fraction
) -> list[str]:
    """Every person with a purse of their own, in fractions."""
    purses = [share] * len(people)
    bought: list[str] = []
    while True:
        parts: dict[str, Fraction] = {}
        for code in prices:
            theirs = [purses[number] for number, marks in enumerate(people) if code in marks]
            if code in bought or sum(theirs) < prices[code] or not theirs:
                continue
            parts[code] = smallest_part(theirs, prices[code])
        if not parts:
            return bought
        best = min(parts[code] / prices[code] for code in parts)
        alike = [code for code in parts if parts[code] / prices[code] == best]
        alike = [code for code in alike if prices[code] == min(prices[one] for one in alike)]
        alike = [code for code in alike if votes[code] == max(votes[one] for one in alike)]
        code = LOT(alike)[0]
        for number, marks in enumerate(people):
            if code in marks:
                purses[number] -= min(purses[number], parts[code])
        bought.append(code)


def smallest_part(purses: list[Fraction], cost: int) -> Fraction:
    """Who has less pays all they have; the others the same."""
    rest = Fraction(cost)
    for place, purse in enumerate(sorted(purses)):
        if purse * (len(purses) - place) >= rest:
            return rest / (len(purses) - place)
        rest -= purse
    raise AssertionError("they cannot pay")


def raised(prices: Mapping[str, int], papers: Mapping[Any, int], envelope: int) -> list[str]:
    """Share by share, one unit more each, until it would cost too much or nothing is missing."""
    people = [set(paper[0]) for paper, many in papers.items() for _one in range(many)]
    votes = votes_of(prices, papers)
    share = Fraction(envelope // max(len(people), 1))
    bought = plainly_by_shares(prices, people, votes, share)
    wanted = {code for code in prices if votes[code]}
    while wanted - set(bought):
        share += 1
        more = plainly_by_shares(prices, people, votes, share)
        if sum(prices[code] for code in more) > envelope:
            break
        bought = more
    return bought


@settings(max_examples=60, deadline=None)
@given(urns(), envelopes, st.randoms(use_true_random=False))
def test_by_equal_shares_it_is_what_single_purses_pay(
    urn: tuple[dict[str, int], Any], envelope: int, lots: random.Random
) -> None:
    prices, papers = urn
    found = count_shares(papers, costs=prices, envelope=envelope, lot=LOT)
    assert set(found.selected) == set(raised(prices, papers, envelope))
    assert found.cost_of(found.selected) <= envelope
    facts = found.as_facts()
    assert facts["left_over"] == envelope - sum(prices[code] for code in found.selected)
    order, slips = list(prices), list(papers.items())
    lots.shuffle(order)
    lots.shuffle(slips)
    again = count_shares(
        dict(slips), costs={code: prices[code] for code in order}, envelope=envelope, lot=LOT
    )
    assert set(again.selected) == set(found.selected)
    told_in_words(facts, shares_steps(facts, {code: code for code in prices}))


# --- In words -------------------------------------------------------------------------------------------------------


def told_in_words(facts: Mapping[str, Any], sentences: list[str]) -> None:
    """Every project is told once, what is left over last, and no reason contradicts the figures."""
    *steps, last = sentences
    assert last == f"{facts['left_over']} are left over."
    for code in facts["costs"]:
        assert len([one for one in steps if re.search(rf"\b{code}\b", one)]) == 1
    for one in steps:
        if short := re.search(r"It costs (\d+), and only (\d+) are left", one):
            assert int(short[1]) > int(short[2])


def test_the_next_that_did_not_fit_is_told_with_what_was_left() -> None:
    names = {"a": "Roof", "b": "Van", "c": "Canteen", "d": "Garden"}
    prices = {"a": 5_000, "b": 6_000, "c": 3_000, "d": 900}
    found = count_greedy({"a": 4, "b": 3, "c": 1, "d": 0}, costs=prices, envelope=10_000, lot=LOT)
    assert greedy_steps(found.as_facts(), names) == [
        "Round 1: Roof has 4 votes. It costs 5,000, and there are 10,000: it is paid, and 5,000 are left.",
        "Round 2: Van has 3 votes. It costs 6,000, and only 5,000 are left: it does not fit and is passed over.",
        "Round 3: Canteen has 1 vote. It costs 3,000, and there are 5,000: it is paid, and 2,000 are left.",
        "Garden has no vote.",
        "2,000 are left over.",
    ]


def test_equal_shares_tell_who_paid_and_who_had_less() -> None:
    papers = {(("a", "b"),): 6, (("c",),): 4, (("d",),): 1}
    prices = {"a": 60, "b": 40, "c": 40, "d": 70}
    found = count_shares(papers, costs=prices, envelope=110, lot=LOT)
    told = shares_steps(found.as_facts(), {code: code.upper() for code in prices})
    assert told[1:] == [
        "Round 1: B costs 40. Of its 6 supporters none pays more than 6.67; 70 of the money are left.",
        "Round 2: C costs 40. Of its 4 supporters none pays more than 10; 30 of the money are left.",
        "A costs 60. Its 6 supporters have paid for other projects and have less left together: it is not paid.",
        "D costs 70. Its 1 supporter has only 16: it is not paid.",
        "30 are left over.",
    ]
