"""A budget of five hundred lines: departments stand folded, open when they are asked, and fit a telephone."""

from __future__ import annotations

import gzip
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop.budget import actions as budget
from coop.budget.models import Year
from coop.members.models import Posting
from tests import make, make_budget
from tests.make_budget import CHAIR, at

pytestmark = pytest.mark.django_db

SMALL = 14 * 1024  # what a telephone gets in its first round of packets
HTMX = {"HX-Request": "true"}


def lines(many: int) -> list[Any]:
    """So many in all: one of income, the contingency, and between them expenses of two departments by turns."""
    between = [
        (f"E-{n:03}", "OVN" if n % 2 else "PAC", "expense", f"Thing {n} of the ovens", 1_000)
        for n in range(many - 2)
    ]
    income = ("I-BRD", "OVN", "income", "Bread sold", 1_000 * (many - 1))
    return [income, *between, ("E-RES", "PAC", "expense", "What nobody foresaw", 1_000)]


MANY = lines(501)


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant(contingency_floor=0)


def with_lines(plant: make.Plant, rows: Any) -> Year:
    written = make_budget.written(rows, basis="As much as the year before, and a little for what grew dearer")
    return make_budget.opened(plant, written, ahead=make.now().year - at().year)


def adopted(plant: make.Plant, year: Year) -> Year:
    year = make_budget.put(plant, year)
    year = budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    return make_budget.running(plant, year)


def read(plant: make.Plant, name: str, year: Year, query: str = "", **more: Any) -> tuple[str, int]:
    client = make.sign_in(Client(), plant.lou)
    answer = client.get(reverse(name, args=["bakery", year.pk]) + query, **more)
    assert answer.status_code == 200
    return answer.content.decode(), len(gzip.compress(answer.content))


FOLD = re.compile(r'<details class="fold"( open)?><summary><h3>(\w+)</h3>(.*?)</summary>', re.DOTALL)


def folds(page: str) -> dict[str, tuple[bool, list[str]]]:
    """Whether it stands open, and its sums."""
    return {
        name: (bool(opened), re.findall(r">(\w[^<]+): <b[^>]*>([^<]+)<", sums))
        for opened, name, sums in FOLD.findall(page)
    }


def test_few_lines_are_folded_too_and_the_first_stands_open_for_whoever_has_no_department(
    plant: make.Plant,
) -> None:
    year = with_lines(plant, lines(20))
    ovens, packing = [("Comes in", "19,000"), ("Goes out", "9,000")], [("Goes out", "10,000")]
    page, _size = read(plant, "budget", year)
    assert folds(page) == {"Ovens": (False, ovens), "Packing": (False, packing)}
    assert page.count("Thing 1 of") == 2  # of one's own department, and of all
    Posting.objects.filter(member=plant.lou).update(until=plant.cooperative.day_of(make.now()))
    page, _size = read(plant, "budget", year)
    assert folds(page) == {"Ovens": (True, ovens), "Packing": (False, packing)}
    assert page.count("Thing 1 of") == 1


def test_five_hundred_lines_are_folded_by_department(plant: make.Plant) -> None:
    year = with_lines(plant, MANY)
    page, size = read(plant, "budget", year)
    assert size < SMALL // 2
    assert "Thing 1 of" not in page
    assert page.count("<details") >= 3  # my department, the ovens, the packing
    assert "Ovens: 250 lines" in page
    assert 'Comes in: <b class="number">500,000</b>' in page
    assert f'href="{reverse("budget", args=["bakery", year.pk])}?department=PAC"' in page


def test_a_folded_department_stands_on_its_page_and_is_brought_when_it_is_opened(plant: make.Plant) -> None:
    year = with_lines(plant, MANY)
    page, size = read(plant, "budget", year, "?department=PAC")
    assert "<title>" in page
    assert size < SMALL
    assert page.count("Thing ") == 100
    assert "Page 1 of 3" in page
    last, _size = read(plant, "budget", year, "?department=PAC&page=3")
    assert "What nobody foresaw" in last
    part, _size = read(plant, "budget", year, "?department=PAC", headers=HTMX)
    assert "<title>" not in part
    assert part.count("Thing ") == 100
    assert 'href="?department=PAC&amp;page=2"' in part


@pytest.mark.parametrize("name", ["budget", "budget-watched"])
@pytest.mark.parametrize("query", ["?department=NONE", "?department=", "?department=PAC&page=4"])
def test_what_is_not_there_is_not_found(plant: make.Plant, name: str, query: str) -> None:
    year = adopted(plant, with_lines(plant, MANY))
    client = make.sign_in(Client(), plant.lou)
    assert client.get(reverse(name, args=["bakery", year.pk]) + query).status_code == 404


def test_plan_and_actual_are_folded_too(plant: make.Plant) -> None:
    year = adopted(plant, with_lines(plant, MANY))
    budget.enter_month(
        year=year,
        month=1,
        amounts={f"E-{n:03}": Decimal(1_001) for n in range(25)},  # each is over its whole year
        source="Ledger",
        by=plant.kim,
        at=make_budget.in_year(year, 2),
    )
    page, size = read(plant, "budget-watched", year)
    assert size < SMALL // 2
    assert page.count("over the plan of the whole year".capitalize()) == 20
    assert "And 5 more, marked among the lines of their departments." in page
    part, _size = read(plant, "budget-watched", year, "?department=OVN", headers=HTMX)
    assert part.count("over the plan of the whole year") == 12
    whole, size = read(plant, "budget-watched", year, "?department=OVN&page=2")
    assert size < SMALL
    assert "<title>" in whole
    assert whole.count("Thing ") == 100


def test_the_lines_of_a_draft_come_a_hundred_at_a_time(plant: make.Plant) -> None:
    year = make_budget.draft(plant, make_budget.written(MANY))
    client = make.sign_in(Client(), plant.kim)
    address = reverse("budget-draw-up", args=["bakery", year.pk])
    assert "Page 1 of 6" in client.get(address).content.decode()
    assert (
        client.get(f"{address}?page=6").content.decode().count("Thing ") == 0
    )  # of 501 the contingency is last


def test_a_budget_of_sixty_lines_stands_whole(plant: make.Plant) -> None:
    """The control: at the limit nothing is folded, and it is small all the same."""
    year = with_lines(plant, lines(60))
    page, size = read(plant, "budget", year)
    assert "?department=" not in page
    assert "Thing 57 of the ovens" in page
    assert size < SMALL
    larger, _size = read(plant, "budget", with_lines_next(plant), "")
    assert "?department=" in larger


def with_lines_next(plant: make.Plant) -> Year:
    ahead = make.now().year - at().year + 1
    return make_budget.opened(plant, make_budget.written(lines(61)), ahead=ahead)
