"""Projects inside an envelope: greedy, and equal shares against a plain spelling-out in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.ballots.counting import LotNeeded, Papers, count_greedy, count_shares, drawn_lot, read

VOTES = {"roof": 7, "van": 6, "canteen": 5, "training": 1, "sauna": 0}
COSTS = {"roof": 50, "van": 60, "canteen": 30, "training": 20, "sauna": 1}


@pytest.mark.parametrize(
    ("rule", "selected"),
    [
        ({}, ("roof", "canteen", "training")),
        ({"variant": "stop"}, ("roof",)),
        ({"threshold": 5}, ("roof", "canteen")),
        ({"threshold": 8}, ()),
        ({"envelope": 110, "variant": "stop"}, ("roof", "van")),
        ({"envelope": Decimal("49.99")}, ("canteen",)),
        ({"envelope": 0}, ()),
    ],
)
def test_greedy(rule: dict[str, object], selected: tuple[str, ...]) -> None:
    result = count_greedy(VOTES, costs=COSTS, **({"envelope": 100} | rule))  # type: ignore[arg-type]
    assert result.selected == selected
    assert result.outcome == ("selected" if selected else "nothing_fits")


def test_greedy_equal_votes_matter_only_where_not_all_fit() -> None:
    votes, costs = {"a": 5, "b": 5, "c": 5}, {"a": 60, "b": 30, "c": 40}
    assert count_greedy(votes, costs=costs, envelope=200).ties == ()
    cheaper = count_greedy(votes, costs=costs, envelope=100)
    assert (cheaper.selected, [tie.settled_by for tie in cheaper.ties]) == (("b", "c"), ["cheaper"])
    assert count_greedy(votes, costs=costs, envelope=35).ties == ()  # only one fits at all


def test_greedy_equal_votes_and_costs_need_a_lot() -> None:
    votes, costs = {"a": 5, "b": 5}, {"a": 60, "b": 60}
    with pytest.raises(LotNeeded) as needed:
        count_greedy(votes, costs=costs, envelope=100)
    assert (needed.value.tied, needed.value.why) == (("a", "b"), "project")
    assert count_greedy(votes, costs=costs, envelope=100, lot=lambda tied: [*tied][::-1]).selected == ("b",)
    assert count_greedy(votes, costs=costs, envelope=50).outcome == "nothing_fits"  # and no lot about nothing


def test_greedy_without_votes_or_projects() -> None:
    assert count_greedy({}, costs=COSTS, envelope=100).outcome == "no_votes"
    assert count_greedy({}, costs={}, envelope=100).outcome == "no_candidates"


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"costs": {"roof": 0}}, "costs something"),
        ({"costs": {"roof": Decimal("NaN")}}, "costs something"),
        ({"envelope": -1}, "not below zero"),
        ({"envelope": Decimal("Infinity")}, "not below zero"),
        ({"costs": {"van": 5}}, "'roof' is not one"),
        ({"variant": "guess"}, "skip and stop"),
        ({"threshold": -1}, "skip and stop"),
    ],
)
def test_greedy_refuses_what_cannot_be(wish: dict[str, object], why: str) -> None:
    usual: dict[str, object] = {"costs": {"roof": 5}, "envelope": 10}
    with pytest.raises(ValueError, match=why):
        count_greedy({"roof": 1}, **(usual | wish))  # type: ignore[arg-type]


projects = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1)


@given(projects, st.data(), st.integers(0, 150), st.sampled_from(["skip", "stop"]))
def test_greedy_stays_within_the_envelope(
    costs: dict[str, int], data: st.DataObject, envelope: int, variant: str
) -> None:
    votes = data.draw(st.fixed_dictionaries({code: st.integers(0, 9) for code in costs}))
    rule = {"costs": costs, "envelope": envelope, "variant": variant, "lot": drawn_lot("x")}
    result = count_greedy(votes, **rule)
    assert result.total_cost <= envelope
    assert all(votes[code] for code in result.selected)
    scores = [votes[code] for code in result.selected]
    assert scores == sorted(scores, reverse=True)
    if variant == "skip":
        left = envelope - result.total_cost
        assert all(costs[code] > left for code in costs if votes[code] and code not in result.selected)


# --- Equal shares ----------------------------------------------------------------------------------------------------


def test_the_minority_can_pay_for_what_it_chose() -> None:
    result = count_shares({read("a=b"): 6, read("c"): 4}, costs={"a": 60, "b": 40, "c": 40}, envelope=100)
    assert (result.bare.projects, result.selected, result.completed.share) == (("b", "c"), ("b", "c"), 16)
    assert [one.largest_payment for one in result.bare.bought] == [Fraction(20, 3), 10]
    assert [(tie.among, tie.settled_by, tie.chosen) for tie in result.bare.ties] == [
        (("a", "b"), "cheaper", "b")
    ]
    assert result.exhausted.share == 10


def test_of_equal_effective_votes_and_cost_more_votes_go_first() -> None:
    """After p the two of the first group have 3 each; q costs them all of it, r costs the three others as much."""
    papers = {read("p=q"): 2, read("p=r=s"): 2, read("r"): 1, read("q=s"): 2}
    result = count_shares(papers, costs={"p": 8, "q": 6, "r": 6, "s": 6}, envelope=35)
    assert all(tie.settled_by in {"cheaper", "more_votes", "lot"} for tie in result.bare.ties)
    assert result.bare.projects[0] == "q"


def test_a_lot_is_asked_for_only_where_one_takes_from_the_other() -> None:
    apart = {read("a"): 2, read("b"): 2}
    assert count_shares(apart, costs={"a": 10, "b": 10}, envelope=20).bare.projects == ("a", "b")
    same = {read("a=b"): 4}
    with pytest.raises(LotNeeded) as needed:
        count_shares(same, costs={"a": 10, "b": 10}, envelope=12)
    assert (needed.value.tied, needed.value.why) == (("a", "b"), "project")
    drawn = count_shares(same, costs={"a": 10, "b": 10}, envelope=12, lot=lambda tied: [*tied][::-1])
    assert (drawn.selected, drawn.completed.ties[0].settled_by) == (("b",), "lot")


def test_blank_papers_have_a_share_too() -> None:
    result = count_shares({read("a"): 3, (): 1}, costs={"a": 10}, envelope=12)
    assert (result.ballots, result.bare.share, result.bare.projects) == (4, 3, ())
    assert (result.selected, result.completed.share) == (("a",), 4)


def test_cents_and_steps() -> None:
    papers = {read("a"): 3, read("b"): 1}
    costs = {"a": Decimal("7.50"), "b": Decimal("2.60")}
    fine = count_shares(papers, costs=costs, envelope=Decimal("10.10"), step=Decimal("0.05"))
    assert (fine.selected, fine.completed.share) == (("a", "b"), Fraction("2.6"))
    assert count_shares(papers, costs=costs, envelope=Decimal("10.10"), step=5).completed.share == 7
    with pytest.raises(ValueError, match="a step"):
        count_shares(papers, costs=costs, envelope=10, step=0)


def test_shares_without_votes_or_projects_or_money() -> None:
    assert count_shares({(): 3}, costs={"a": 1}, envelope=5).outcome == "no_votes"
    assert count_shares({}, costs={}, envelope=5).outcome == "no_candidates"
    assert count_shares({read("a"): 1}, costs={"a": 6}, envelope=5).outcome == "nothing_fits"


marks = st.sets(st.sampled_from("abcdef")).map(lambda chosen: (tuple(sorted(chosen)),) if chosen else ())
urns = st.dictionaries(marks, st.integers(1, 5), min_size=1, max_size=8)
prices = st.fixed_dictionaries({code: st.integers(1, 40) for code in "abcdef"})
LOT = drawn_lot("x")


def plainly(papers: Papers, costs: dict[str, int], share: Fraction) -> list[str]:
    """Equal shares as it is told to people: one purse each, in fractions, every project looked at every time."""
    voters = [
        {code for rank in paper for code in rank}
        for paper, number in papers.items()
        for _one in range(number)
    ]
    purses = [share] * len(voters)
    votes = {code: sum(code in voter for voter in voters) for code in costs}
    bought: list[str] = []
    while True:
        offers = []
        for code in costs:
            mine = sorted(purses[at] for at, voter in enumerate(voters) if code in voter)
            rest = Fraction(costs[code])
            for place, money in enumerate(mine):
                if code not in bought and money * (len(mine) - place) >= rest:
                    offers.append((rest / (len(mine) - place) / costs[code], costs[code], -votes[code], code))
                    break
                rest -= money
        if not offers:
            return bought
        tied = [offer[3] for offer in offers if offer[:3] == min(offer[:3] for offer in offers)]
        chosen = LOT(tied)[0]
        part = next(offer[0] for offer in offers if offer[3] == chosen) * costs[chosen]
        purses = [
            max(Fraction(0), purse - part) if chosen in voter else purse
            for voter, purse in zip(voters, purses, strict=True)
        ]
        bought.append(chosen)


@given(urns, prices, st.integers(0, 120))
@settings(max_examples=60)
def test_equal_shares_buys_what_the_plain_way_buys(urn: Papers, costs: dict[str, int], envelope: int) -> None:
    result = count_shares(urn, costs=costs, envelope=envelope, lot=LOT)
    people = sum(urn.values())
    assert set(result.bare.projects) == set(plainly(urn, costs, Fraction(envelope, people)))
    assert set(result.selected) == set(plainly(urn, costs, result.completed.share))
    following = plainly(urn, costs, result.completed.share + 1)
    wanted = {code for paper in urn for rank in paper for code in rank}
    assert set(result.selected) == wanted or sum(costs[code] for code in following) > envelope


@given(urns, prices, st.integers(0, 120), st.integers(1, 4))
@settings(max_examples=40)
def test_passing_over_raises_changes_nothing(
    urn: Papers, costs: dict[str, int], envelope: int, step: int
) -> None:
    """Raise after raise, as the rule says, until one overspends or everything is bought."""
    result = count_shares(urn, costs=costs, envelope=envelope, step=step, lot=LOT)
    share = Fraction(envelope // sum(urn.values()))
    wanted = {code for paper in urn for rank in paper for code in rank}
    while set(plainly(urn, costs, share)) != wanted:
        if sum(costs[code] for code in plainly(urn, costs, share + step)) > envelope:
            break
        share += step
    assert result.completed.share == share


def test_a_dear_wish_of_one_person_costs_no_time() -> None:
    """One person's wish for almost all of the money: a million raises bring nothing and are not counted."""
    papers = {read("a"): 300, read("b"): 1}
    result = count_shares(papers, costs={"a": 10, "b": 900_000_000}, envelope=900_000_100)
    assert (result.selected, result.completed.share) == (("a", "b"), 900_000_000)


@given(urns, prices, st.integers(0, 120))
@settings(max_examples=60)
def test_equal_shares_stays_within_the_envelope(urn: Papers, costs: dict[str, int], envelope: int) -> None:
    result = count_shares(urn, costs=costs, envelope=envelope, lot=LOT)
    for way in (result.bare.projects, result.selected, result.exhausted.projects, result.then_greedy):
        assert result.cost_of(way) <= envelope
    for one in result.bare.bought:
        assert 0 < one.largest_payment <= result.bare.share


@given(urns, prices, st.integers(0, 120), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_papers_makes_no_difference(
    urn: Papers, costs: dict[str, int], envelope: int, chance: object
) -> None:
    items = list(urn.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    once, again = (
        count_shares(dict(way), costs=costs, envelope=envelope, lot=LOT) for way in (urn.items(), items)
    )
    assert once.as_facts() == again.as_facts()
