"""A form that is sent twice begins one draft; a draft says anew on whose behalf it is."""

from __future__ import annotations

from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.models import Amendment, PartOf
from coop.refusals import Refused
from tests import make, make_budget
from tests.make_budget import amendment, at

pytestmark = pytest.mark.django_db
MOVES = {"E-GAS": 500, "E-BAG": -500}


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


def test_the_same_sent_twice_is_one_draft(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    first = amendment(year, MOVES, by=plant.eve, reasons="Cold  ovens. ")
    assert amendment(year, MOVES, by=plant.eve, reasons="Cold  ovens.", at=at(11)) == first
    others: list[dict[str, Any]] = [
        {"moves": MOVES | {"E-BAG": -499}},
        {"moves": MOVES, "title": "Another title"},
        {"moves": MOVES, "reasons": ""},
        {"moves": MOVES, "proof": "An order"},
        {"moves": MOVES, "reasons": "Cold  ovens.", "by": plant.fay},
    ]
    for one in others:
        facts = {"by": plant.eve, "reasons": "Cold  ovens."} | one
        assert amendment(year, facts.pop("moves"), **facts) != first
    assert Amendment.objects.count() == 6


def test_what_is_handed_in_or_withdrawn_may_be_written_again(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    first = make_budget.handed_in(year, MOVES, by=plant.eve)
    second = amendment(year, MOVES, by=plant.eve)
    assert second != first
    budget.withdraw(amendment=second, by=plant.eve, at=at(11))
    assert amendment(year, MOVES, by=plant.eve) not in (first, second)


def test_a_common_text_sent_twice_is_one_and_of_other_parts_another(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    parts = [make_budget.handed_in(year, {"E-GAS": n, "E-BAG": -n}, by=plant.eve) for n in (1, 2, 3)]

    def common(*those: Amendment) -> Amendment:
        return budget.common_text(parts=those, title="All", moves=MOVES, by=plant.fay, at=at(12))

    first = common(*parts[:2])
    assert common(*parts[1::-1]) == first
    assert common(*parts) != first
    assert PartOf.objects.count() == 5


def test_a_draft_changes_in_whose_name_it_is(plant: make.Plant) -> None:
    """Ana calls the council; Eve calls none."""
    year = make_budget.opened(plant)
    council = plant.assembly
    draft = amendment(year, MOVES, by=plant.ana)
    act: dict[str, Any] = {"title": "T", "moves": MOVES, "reasons": "", "proof": "", "at": at(11)}
    draft = budget.rewrite(amendment=draft, revision=0, on_behalf_of=council, by=plant.ana, **act)
    assert draft.on_behalf_of == council
    draft = budget.rewrite(amendment=draft, revision=1, by=plant.ana, **act)
    assert draft.on_behalf_of is None
    hers = amendment(year, MOVES, by=plant.eve)
    with pytest.raises(Refused):
        budget.rewrite(amendment=hers, revision=0, on_behalf_of=council, by=plant.eve, **act)
    hers.refresh_from_db()
    assert (hers.on_behalf_of, hers.revision) == (None, 0)
