"""Reading the budget: every figure of a year, in words, with as many questions for thirty lines as for six."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.budget import actions as budget
from coop.budget.models import Year
from coop.members import actions as members
from coop.members.models import Department, Member
from tests import make, make_budget
from tests.make_budget import CHAIR, admitted, at, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


def page_of(year: Year, who: Member) -> str:
    client = make.sign_in(Client(), who)
    answer = client.get(reverse("budget", args=[year.cooperative.slug, year.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_year_is_read_with_what_somebody_wants_changed(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    admitted(plant, year, {"E-GAS": 500, "E-BAG": -500}, title="A warmer oven")
    make_budget.amendment(year, {"E-GAS": 1}, by=plant.eve, title="Still being written")
    page = page_of(year, plant.lou)
    assert "120,000" in page
    assert "500 from “Bags” to “Gas”" in page
    assert "asked for by Eve" in page
    assert "My department: Ovens" in page
    assert "Still being written" not in page
    assert 'x2="100.0%"' in page  # the ovens bring in most


def test_what_somebody_wants_follows_its_signatures(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = make_budget.handed_in(year, {"E-GAS": 500, "E-BAG": -500}, by=plant.eve, title="Gas")
    assert "looking for support" in page_of(year, plant.lou)
    budget.sign(amendment=asked, by=plant.fay, at=at(12))
    assert "looking for support" not in page_of(year, plant.lou)
    assert "to be voted" in page_of(year, plant.gus)


def test_the_amounts_follow_the_votes_and_the_decisions(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    more = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500})
    make_budget.put(plant, year)
    assert "30,500" not in page_of(year, plant.lou)
    voted(more)
    assert "<b>30,500</b>" in page_of(year, plant.lou)
    year = budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    page = page_of(year, plant.lou)
    assert "<b>30,500</b>" in page
    assert year.hash[:8] in page
    assert "D GA 2026-10" in page


def test_what_can_be_done_with_it_is_drawn_for_whoever_reads_it_now(plant: make.Plant) -> None:
    """Most of the page is drawn once for everybody: no button of an office gets to others, and no step stays behind."""
    year = make_budget.opened(plant)

    def there(who: Member, *words: str) -> list[bool]:
        page = page_of(year, who)
        return [one in page for one in words]

    button = "Close the amendments"
    assert [there(who, button)[0] for who in (plant.kim, plant.lou, plant.kim, plant.lou)] == [
        True,
        False,
    ] * 2
    assert there(plant.lou, "Ask about this budget", "What decisions moved") == [True, False]
    year = budget.adopt(year=make_budget.put(plant, year), decision="D GA 2026-10", by=CHAIR, at=at(60))
    assert there(plant.lou, "Ask about this budget", "What decisions moved") == [True, True]
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    members.post(
        member=plant.lou,
        department=packing,
        crew=None,
        since=plant.cooperative.day_of(make.now()),
        reason="",
        by=make.FOUNDING,
        at=make.now(),
    )
    assert there(plant.lou, "My department: Ovens", "My department: Packing") == [False, True]
    assert there(plant.kim, "My department: Packing") == [False]


def test_a_draft_is_for_who_keeps_the_budget(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    for who, status in ((plant.kim, 200), (plant.lou, 404)):
        client = make.sign_in(Client(), who)
        assert client.get(reverse("budget", args=["bakery", year.pk])).status_code == status
    listed = make.sign_in(Client(), plant.lou).get(reverse("budgets", args=["bakery"])).content.decode()
    assert "No budget yet" in listed


def test_it_asks_as_much_for_thirty_as_for_one(plant: make.Plant) -> None:
    rows = [*make_budget.LINES, *((f"E-{number}", "OVN", "expense", "Thing", 0) for number in range(30))]
    small = make_budget.opened(plant)
    admitted(plant, small, {"E-GAS": 1, "E-BAG": -1})
    large = make_budget.opened(plant, make_budget.written(rows), ahead=2)
    for amount in range(1, 31):
        make_budget.handed_in(large, {"E-GAS": amount, "E-BAG": -amount}, by=plant.eve)
    client = make.sign_in(Client(), plant.lou)

    def asked(address: Callable[[], str]) -> int:
        client.get(address())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address()).status_code == 200
        return len(queries)

    assert asked(lambda: reverse("budget", args=["bakery", small.pk])) == asked(
        lambda: reverse("budget", args=["bakery", large.pk])
    )
