"""A fall is challenged by whoever votes on the budget, answered once by the commission, and taken up by the meeting."""

from __future__ import annotations

from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.models import Amendment, Challenge, Year
from coop.journal.models import Entry
from coop.members.models import Power
from coop.refusals import Refused
from tests import make, make_budget
from tests.make_budget import CHAIR, admitted, at, voted

pytestmark = pytest.mark.django_db
State = Amendment.State


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


def contrary(plant: make.Plant) -> Amendment:
    """It takes from the line that a carried one gives to, and has fallen for that."""
    year = make_budget.opened(plant)
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    less = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    make_budget.put(plant, year)
    voted(more)
    less.refresh_from_db()
    assert less.state == State.FALLEN
    return less


def challenged(asked: Amendment, **more: Any) -> Challenge:
    facts: dict[str, Any] = {"because": "It gives back what nobody needs.", "at": at(61)}
    return budget.challenge_fall(amendment=asked, **(facts | more))


def codes(act: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


def test_it_is_answered_once_and_by_another(plant: make.Plant) -> None:
    asked = contrary(plant)
    assert codes(lambda: challenged(asked, because=" ", by=plant.eve)) == ["no-reason-given"]
    made = challenged(asked, by=plant.eve)
    assert codes(lambda: challenged(asked, by=plant.fay)) == ["budget-challenged-already"]

    def answer(by: Any, words: str = "The gas is for the new oven.", is_right: bool = False) -> None:
        budget.answer_challenge(challenge=made, is_right=is_right, answer=words, by=by, at=at(62))

    assert "budget-challenge-answered" not in codes(lambda: answer(plant.lou))
    assert codes(lambda: answer(plant.kim, " ")) == ["no-reason-given"]
    answer(plant.kim)
    assert codes(lambda: answer(plant.kim, is_right=True)) == ["budget-challenge-answered"]
    made.refresh_from_db()
    assert (made.is_right, made.answer, made.answered_by) == (
        False,
        "The gas is for the new oven.",
        plant.kim,
    )
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:2])
    assert verbs == ["budget-challenge-refused", "budget-fall-challenged"]
    assert (
        challenged(asked, by=plant.fay).answered_at is None
    )  # the next may say it again, with another reason


def test_nobody_answers_their_own(plant: make.Plant) -> None:
    made = challenged(contrary(plant), by=plant.kim)
    act = {"challenge": made, "is_right": True, "answer": "Yes.", "at": at(62)}
    assert codes(lambda: budget.answer_challenge(by=plant.kim, **act)) == ["budget-own-challenge"]
    make.office(plant, plant.assembly, "second", plant.gus, [(Power.KEEP_BUDGET, None)])
    budget.answer_challenge(by=plant.gus, **act)
    assert Challenge.objects.get().is_right is True


def test_only_what_fell_is_challenged_and_while_the_vote_goes_on(plant: make.Plant) -> None:
    asked = contrary(plant)
    carried = Amendment.objects.get(state=State.CARRIED)
    assert codes(lambda: challenged(carried, by=plant.eve)) == ["budget-not-fallen"]
    mill = make.plant("mill")
    assert codes(lambda: challenged(asked, by=mill.eve)) == ["not-of-this-cooperative"]
    budget.adopt(year=Year.objects.get(), decision="D GA 2026-10", by=CHAIR, at=at(60))
    asked.refresh_from_db()
    assert codes(lambda: challenged(asked, by=plant.eve)) == ["budget-not-put"]


def test_the_meeting_takes_it_up_whatever_the_commission_answered(plant: make.Plant) -> None:
    asked = contrary(plant)
    made = challenged(asked, by=plant.eve)
    budget.answer_challenge(challenge=made, is_right=False, answer="No.", by=plant.kim, at=at(62))
    budget.want(amendment=asked, by=CHAIR, at=at(63))
    voted(asked)
    budget.adopt(year=Year.objects.get(), decision="D GA 2026-10", by=CHAIR, at=at(64))
    assert Year.objects.get().lines.get(code="E-GAS").adopted == 32_000


def test_what_fell_for_want_of_money_is_taken_up_when_the_money_came_back(plant: make.Plant) -> None:
    """A common wish that no vote could meet before: the money comes back with one that was itself taken up again."""
    year = make_budget.opened(plant)
    big = admitted(plant, year, {"E-GAS": 5_000, "E-RES": -5_000})
    back = admitted(plant, year, {"E-GAS": -1_500, "E-RES": 1_500})
    late = admitted(plant, year, {"E-FLR": 1_200, "E-RES": -1_200})
    make_budget.put(plant, year)
    voted(big)
    for one in (back, late):
        one.refresh_from_db()
    assert (back.fell_because, late.fell_because) == ("contrary", "source")
    refused = codes(lambda: budget.want(amendment=late, by=CHAIR, at=at(61)))
    assert refused == ["budget-not-to-be-wanted", "budget-money-is-gone"]
    budget.want(amendment=back, by=CHAIR, at=at(61))
    voted(back)
    budget.want(amendment=late, by=CHAIR, at=at(62))
    voted(late)
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(63))
    assert year.lines.get(code="E-RES").adopted == 5_300


def test_what_a_common_text_replaced_stays_fallen(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    one = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500})
    two = admitted(plant, year, {"E-GAS": 700, "E-FLR": -700})
    common = budget.common_text(
        parts=[one, two], title="Both", moves={"E-GAS": 900, "E-RES": -900}, by=plant.eve, at=at(15)
    )
    budget.hand_in(amendment=common, by=plant.eve, at=at(16))
    for part in common.parts.all():
        budget.agree(part=part, by=plant.eve, at=at(17))
    make_budget.put(plant, year)
    voted(common)
    one.refresh_from_db()
    assert one.fell_because == "replaced"
    refused = codes(lambda: budget.want(amendment=one, by=CHAIR, at=at(61)))
    assert refused == ["budget-not-to-be-wanted", "budget-has-fallen"]
