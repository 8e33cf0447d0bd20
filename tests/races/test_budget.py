"""Two votes on one budget at once: what one leaves is what the other finds. Without the lock of the year it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.actions import votes
from coop.budget.models import Amendment, Line, Year
from coop.budget.tables import Table
from coop.refusals import Refused
from tests import make, make_budget
from tests.make_budget import CHAIR, admitted, fresh
from tests.races.race import one_after_the_other, refusals


def carried(asked: Amendment) -> Callable[[], Any]:
    return lambda: budget.record_outcome(
        amendment=asked, carried=True, decision="D GA 2026-9", by=CHAIR, at=make.now()
    )


def adopted(year: Year) -> Callable[[], Any]:
    return lambda: budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=make.now())


def two_from_one_line() -> tuple[Year, Amendment, Amendment]:
    """Bags have 20,000: one takes 15,000, another 8,000; a third is voted between them, so that neither falls yet."""
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    large = admitted(plant, year, {"E-GAS": 15_000, "E-BAG": -15_000})
    admitted(plant, year, {"E-GAS": 9_000, "E-FLR": -9_000})
    small = admitted(plant, year, {"E-GAS": 8_000, "E-BAG": -8_000})
    return make_budget.put(plant, year), large, small


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same acts, and nobody holds the year."""

    def read(asked: Amendment) -> Amendment:
        found = Amendment.objects.select_related("on_behalf_of", "amends", "author").get(pk=asked.pk)
        found.year = fresh(found.year)
        return found

    monkeypatch.setattr(votes, "locked", fresh)
    monkeypatch.setattr(votes, "locked_amendment", read)


def test_two_outcomes_at_once_never_take_more_than_there_is(committed_db: str) -> None:
    year, large, small = two_from_one_line()
    results = one_after_the_other(carried(large), carried(small))
    assert refusals(results) == ["budget-money-is-gone"]
    assert Table.of(fresh(year)).so_far().stands


def test_without_the_lock_both_are_carried_and_the_line_breaks(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    year, large, small = two_from_one_line()
    without_lock(monkeypatch)
    assert refusals(one_after_the_other(carried(large), carried(small))) == []
    assert not Table.of(fresh(year)).so_far().stands


def one_that_fell() -> tuple[Year, Amendment]:
    """Everything is voted; the second has fallen against the first, and the meeting may still want it."""
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    large = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    contrary = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    year = make_budget.put(plant, year)
    make_budget.voted(large)
    contrary.refresh_from_db()
    assert contrary.state == Amendment.State.FALLEN
    return year, contrary


def wanted(asked: Amendment) -> Callable[[], Any]:
    return lambda: budget.want(amendment=asked, by=CHAIR, at=make.now())


def test_the_whole_is_not_adopted_over_what_is_taken_up_again(committed_db: str) -> None:
    year, contrary = one_that_fell()
    assert refusals(one_after_the_other(wanted(contrary), adopted(year))) == ["budget-amendments-wait"]
    assert fresh(year).state == "put"


def test_without_the_lock_the_whole_is_adopted_over_it(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    year, contrary = one_that_fell()
    without_lock(monkeypatch)
    assert refusals(one_after_the_other(wanted(contrary), adopted(year))) == []
    contrary.refresh_from_db()
    assert (fresh(year).state, contrary.state) == ("adopted", "admitted")


def test_an_outcome_that_is_being_settled_is_in_what_is_adopted(committed_db: str) -> None:
    year, contrary = one_that_fell()
    budget.want(amendment=contrary, by=CHAIR, at=make.now())
    results = one_after_the_other(carried(contrary), adopted(year))
    assert not [one for one in results if isinstance(one, (Refused, Exception))]
    assert Line.objects.get(year=year, code="E-GAS").adopted == 32_000
