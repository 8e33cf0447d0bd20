"""The order of the list of speakers and the majorities of motions of order, for any list."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.ballots.counting.motion import Base
from coop.meetings import debate
from coop.meetings.debate import (
    MOVER,
    POINT_OF_ORDER,
    REPLY,
    SIMPLE,
    SPEAKER,
    Share,
    SpeakingRules,
    Wish,
    allowed_seconds,
    decided,
    in_order,
    turns_left,
)

people = some.integers(1, 8)
kinds = some.sampled_from([MOVER, SPEAKER, SPEAKER, SPEAKER, POINT_OF_ORDER, REPLY])
lists = some.lists(some.tuples(people, kinds), max_size=12).map(
    lambda pairs: [Wish(key, who, kind) for key, (who, kind) in enumerate(pairs)]
)
histories = some.dictionaries(people, some.integers(0, 3))
rules = some.builds(SpeakingRules, first_timers_first=some.booleans(), turns=some.integers(1, 5))


@given(lists, histories, rules)
def test_nobody_is_lost_and_nobody_is_made_up(
    waiting: list[Wish], spoken: dict[int, int], by: SpeakingRules
) -> None:
    assert sorted(in_order(waiting, spoken, by), key=lambda one: one.key) == waiting


@given(lists, histories)
def test_nobody_who_has_not_spoken_waits_behind_somebody_who_has(
    waiting: list[Wish], spoken: dict[int, int]
) -> None:
    order = [one for one in in_order(waiting, spoken, SpeakingRules()) if one.kind == SPEAKER]
    again = [spoken.get(one.who, 0) > 0 for one in order]
    assert again == sorted(again)


@given(lists, histories, rules)
def test_among_equals_who_asked_first_speaks_first(
    waiting: list[Wish], spoken: dict[int, int], by: SpeakingRules
) -> None:
    order = in_order(waiting, spoken, by)
    for kind in (MOVER, SPEAKER, POINT_OF_ORDER, REPLY):
        for new in (True, False):
            keys = [one.key for one in order if one.kind == kind and (not spoken.get(one.who, 0)) == new]
            assert keys == sorted(keys)


@given(lists, histories, rules, some.randoms())
def test_the_order_does_not_depend_on_how_the_list_came(
    waiting: list[Wish], spoken: dict[int, int], by: SpeakingRules, chance: object
) -> None:
    shuffled = list(waiting)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_order(shuffled, spoken, by) == in_order(waiting, spoken, by)


@given(lists, histories, rules, people)
def test_one_more_who_asks_changes_nobody_elses_order(
    waiting: list[Wish], spoken: dict[int, int], by: SpeakingRules, who: int
) -> None:
    more = in_order([*waiting, Wish(99, who)], spoken, by)
    assert [one for one in more if one.key != 99] == in_order(waiting, spoken, by)


@given(lists, histories, rules)
def test_points_of_order_come_first_and_the_reply_is_the_last_word(
    waiting: list[Wish], spoken: dict[int, int], by: SpeakingRules
) -> None:
    places = [
        [POINT_OF_ORDER, MOVER, SPEAKER, REPLY].index(one.kind) for one in in_order(waiting, spoken, by)
    ]
    assert places == sorted(places)


@given(lists, histories, rules)
def test_after_the_debate_is_closed_only_order_and_the_reply(
    waiting: list[Wish], spoken: dict[int, int], by: SpeakingRules
) -> None:
    order = in_order(waiting, spoken, by, debate_closed=True)
    assert order == [one for one in in_order(waiting, spoken, by) if one.kind in (POINT_OF_ORDER, REPLY)]


def test_without_the_rule_it_is_first_come_first_served() -> None:
    waiting, spoken = [Wish(1, 7), Wish(2, 9)], {7: 1}
    assert [one.who for one in in_order(waiting, spoken, SpeakingRules(first_timers_first=False))] == [7, 9]


@pytest.mark.parametrize(
    ("kind", "interpreted", "doubled", "seconds"),
    [
        (MOVER, False, True, 420),
        (MOVER, True, True, 840),
        (SPEAKER, False, True, 120),
        (SPEAKER, True, False, 120),
        (REPLY, True, True, 240),
        (POINT_OF_ORDER, False, True, 120),
    ],
)
def test_seconds_come_from_the_bylaws(kind: str, interpreted: bool, doubled: bool, seconds: int) -> None:
    by = SpeakingRules(mover_minutes=7, minutes=2, interpreted_doubled=doubled)
    assert allowed_seconds(kind, interpreted=interpreted, rules=by) == seconds


def test_turns_left_are_never_below_none() -> None:
    assert [turns_left(7, {7: spoken}, SpeakingRules(turns=2)) for spoken in (0, 1, 2, 5)] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("base", "votes", "carried", "needed"),
    [
        (Base.FOR_AGAINST, (20, 10), True, 20),
        (Base.FOR_AGAINST, (19, 10), False, 20),
        (Base.VALID, (20, 10), True, 20),
        (Base.PRESENT, (31, 1), False, 32),
        (Base.PRESENT, (32, 1), True, 32),
        (Base.REGISTER, (39, 0), False, 40),
    ],
)
def test_closing_the_debate_has_a_majority_of_its_own(
    base: Base, votes: tuple[int, int], carried: bool, needed: int
) -> None:
    found = decided(
        Share(Fraction(2, 3), base), votes_for=votes[0], votes_against=votes[1], present=48, register=60
    )
    assert (found.carried, found.needed) == (carried, needed)


@given(some.integers(0, 30), some.integers(0, 30))
def test_a_tie_keeps_the_ruling_and_no_hands_carry_nothing(votes_for: int, votes_against: int) -> None:
    found = decided(SIMPLE, votes_for=votes_for, votes_against=votes_against, present=60, register=60)
    assert found.carried == (votes_for > votes_against)


def test_more_hands_than_people_are_no_count() -> None:
    with pytest.raises(ValueError, match="more votes than people"):
        decided(SIMPLE, votes_for=40, votes_against=9, present=48, register=60)


def test_every_kind_of_turn_is_known_to_the_list() -> None:
    from coop.meetings.models import Turn

    assert {MOVER, SPEAKER, POINT_OF_ORDER, REPLY} == set(Turn.Kind.values)
    assert set(debate.SPEECHES) < set(Turn.Kind.values)
