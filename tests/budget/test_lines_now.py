"""What each line has now is the same for the page of a year as for those who lead the vote, after every vote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.lines_now import Written
from coop.budget.models import PartOf, Year
from coop.budget.tables import Table
from coop.budget.untold import year_as_told
from tests import make, make_budget
from tests.make_budget import CHAIR, admitted, at, fresh, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


def now(year: Year) -> dict[str, Decimal]:
    return {line.code: amount for line, amount in Written.of(year).read()}


def by_the_table(year: Year) -> dict[str, Decimal]:
    return {one.line.code: one.after for one in Table.of(year).so_far().lines}


def test_an_amendment_of_an_amendment_takes_its_place_and_untold_votes_move_nothing(
    plant: make.Plant, django_assert_num_queries: Any
) -> None:
    year = make_budget.opened(plant)
    asked = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500})
    sub = admitted(plant, year, {"E-GAS": 400, "E-BAG": -400}, amends=asked, title="Less gas")
    other = admitted(plant, year, {"E-FLR": 700, "E-RES": -700}, title="Flour")
    make_budget.put(plant, year)
    laid = fresh(year)
    with django_assert_num_queries(2):
        assert now(laid) == by_the_draft()
    seen = [by_the_draft()]
    for one in (sub, asked):
        voted(one)
        assert now(fresh(year)) == by_the_table(fresh(year))
        seen.append(now(fresh(year)))
    assert [amounts["E-GAS"] for amounts in seen] == [30_000, 30_000, 30_400]
    moment = make_budget.again(asked).ended_at
    assert moment is not None
    untold = year_as_told(fresh(year), moment)  # the vote on the whole of it is not told yet
    assert now(untold) == by_the_table(untold) == by_the_draft()
    voted(other, carried=False)
    adopted = budget.adopt(year=fresh(year), decision="D GA 2026-10", by=CHAIR, at=at(60))
    with django_assert_num_queries(2):
        assert now(adopted) == seen[-1]


def by_the_draft() -> dict[str, Decimal]:
    return {code: Decimal(amount) for code, _of, _side, _title, amount in make_budget.LINES}


def test_a_common_text_moves_money_once(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    one = admitted(plant, year, {"E-GAS": 5_000, "E-RES": -5_000}, by=plant.eve)
    two = admitted(plant, year, {"E-BAG": 4_000, "E-RES": -4_000}, by=plant.gus)
    moves = {"E-GAS": Decimal(3_000), "E-BAG": Decimal(3_000), "E-RES": Decimal(-6_000)}
    common = budget.common_text(parts=[one, two], title="Both, less", moves=moves, by=plant.hal, at=at(38))
    common = budget.hand_in(amendment=common, by=plant.hal, at=at(38))
    for part, who in zip(PartOf.objects.order_by("part__number"), (plant.eve, plant.gus), strict=True):
        budget.agree(part=part, by=who, at=at(39))
    make_budget.put(plant, year)
    voted(make_budget.again(common))
    assert now(fresh(year)) == by_the_table(fresh(year))
    assert now(fresh(year))["E-GAS"] == 33_000


@dataclass(frozen=True)
class Told:
    """What the database might say."""

    rows: list[tuple[Any, ...]]

    def read(self) -> list[tuple[Any, ...]]:
        return self.rows


def test_what_a_carried_common_text_stands_for_moves_nothing_though_it_were_carried(
    plant: make.Plant,
) -> None:
    year = make_budget.opened(plant)
    moves = Told([(1, None, at(50), "E-GAS", Decimal(500)), (2, None, at(51), "E-GAS", Decimal(300))])
    beside: Any = (moves, Told([(2, 1)]))
    found = {line.code: amount for line, amount in replace(Written.of(year), beside=beside).read()}
    assert found == by_the_draft() | {"E-GAS": Decimal(30_300)}


def test_what_is_said_tells_one_state_from_the_next(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500})
    make_budget.put(plant, year)
    said = [Written.of(fresh(year)).said]
    assert Written.of(fresh(year)).said == said[0]
    voted(asked)
    said.append(Written.of(fresh(year)).said)
    moment = make_budget.again(asked).ended_at
    said.append(Written.of(year_as_told(fresh(year), moment)).said)
    budget.adopt(year=fresh(year), decision="D GA 2026-10", by=CHAIR, at=at(60))
    said.append(Written.of(fresh(year)).said)
    assert len(set(said)) == 4
