"""The paper of a draft is read each time; that of an opened ballot, which never changes, once in a process."""

from __future__ import annotations

from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked
from coop.ballots.printed import questions_on
from tests import make, make_votes


def test_what_may_still_change_is_asked_again(db: None, django_assert_num_queries: Any) -> None:
    plant = make.plant()
    draft = make_votes.drawn_up(plant, [Asked("One?")])
    for _look in range(2):
        with django_assert_num_queries(1):
            assert [asked.codes for _key, asked in questions_on(draft).values()] == [
                ("for", "against", "abstain")
            ]
    opened = ballots.open_ballot(ballot=draft, present=(), by=plant.hal.actor, at=make.now())
    with django_assert_num_queries(1):
        first = questions_on(opened)
    first.clear()  # what a caller does with it is their own
    with django_assert_num_queries(0):
        assert list(questions_on(opened)) == [1]


def test_two_ballots_are_never_mistaken(db: None) -> None:
    plant = make.plant()
    one = make_votes.opened(plant, [Asked("One?")])
    two = make_votes.opened(plant, [Asked("One?"), Asked("Two?")])
    assert (list(questions_on(one)), list(questions_on(two))) == ([1], [1, 2])
