"""Proposing a plan, prices or a choice of technique: figures and options are typed, words are made, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop.members.models import Member
from coop.proposals.models import PlanAsked, PriceAsked, Proposal, TechnicalOption
from tests import make, make_selling

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def address(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def words_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def plan(plant: make.Plant, **more: str) -> dict[str, str]:
    year = str(make_selling.today(plant).year + 1)
    lines = "Code; To be made in a month; Machines can do\nLOAF; 420; 500"
    return {"title": "The plan", "year": year, "from_month": "1", "lines": lines, "reasons": ""} | more


def test_a_plan_is_looked_at_saved_and_read(plant: make.Plant) -> None:
    make_selling.product(plant)
    client = as_(plant.eve)
    assert "LOAF; ;" in client.get(address("plan-propose")).content.decode()
    looked = words_of(client.post(address("plan-propose"), plan(plant)))
    assert "LOAF Bread loaf: 420 kg a month" in looked
    assert Proposal.objects.count() == 0
    saved = client.post(address("plan-propose"), plan(plant, do="save"))
    made = Proposal.objects.get()
    assert (saved.status_code, made.kind, PlanAsked.objects.get().target) == (302, "plan", 420)
    html = words_of(client.get(address("proposal", made.pk)))
    assert "LOAF Bread loaf: 420 kg a month" in html
    assert "Write it again" not in html
    assert client.get(address("proposal-rewrite", made.pk)).status_code == 409


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({"lines": "Code; To be made in a month\nNONE; 3"}, 422, "NONE"),
        ({"year": "2020"}, 409, "The plan"),
        ({"year": "x"}, 422, "The plan"),
        ({"lines": "Code; To be made in a month\nLOAF; -3"}, 422, "LOAF; -3"),
    ],
)
def test_a_bad_plan_is_refused_with_what_was_typed(
    plant: make.Plant, more: dict[str, str], status: int, told: str
) -> None:
    make_selling.product(plant)
    answer = as_(plant.eve).post(address("plan-propose"), plan(plant, do="save", **more))
    assert (answer.status_code, Proposal.objects.count()) == (status, 0)
    assert told in words_of(answer)


def test_prices_are_looked_at_and_saved_and_the_bylaws_hold(plant: make.Plant) -> None:
    make_selling.priced(plant)
    client = as_(plant.eve)
    page = client.get(address("prices-propose")).content.decode()
    lines = "Code; Cost; Other plants of workers; Market; Supporters\nLOAF; 80; 85; 110; 120"
    assert "LOAF; 71.5" in page
    told = {"title": "Prices", "lines": lines, "reasons": "", "since": ""}
    looked = words_of(client.post(address("prices-propose"), told))
    assert "cost 80.00 UC, other plants of workers 85.00 UC" in looked
    dear = client.post(address("prices-propose"), told | {"do": "save", "lines": lines.replace("120", "150")})
    assert (dear.status_code, Proposal.objects.count()) == (409, 0)
    assert "at most 12 per cent above the market" in words_of(dear)
    assert "150" in words_of(dear)
    assert client.post(address("prices-propose"), told | {"do": "save"}).status_code == 302
    assert PriceAsked.objects.get().market == 110


def options(**more: str) -> dict[str, str]:
    told = {"title": "The oven", "took_part": "Ida and Jo, bakers", "reasons": ""}
    for number, name in ((1, "Gas oven"), (2, "Electric oven")):
        told |= {f"{part}-{number}": f"{part} {number}" for part in ("cost", "jobs", "safety", "training")}
        told[f"name-{number}"] = name
    return told | more


def test_options_are_laid_side_by_side(plant: make.Plant) -> None:
    client = as_(plant.eve)
    assert address("technique-propose") in client.get(address("proposal-write")).content.decode()
    assert client.get(address("technique-propose")).status_code == 200
    assert client.post(address("technique-propose"), options()).status_code == 302
    made = Proposal.objects.get()
    assert (made.kind, TechnicalOption.objects.count()) == ("technique", 2)
    html = words_of(client.get(address("proposal", made.pk)))
    for told in ("The options side by side", "Gas oven", "safety 2", "Ida and Jo, bakers"):
        assert told in html


def test_an_option_that_leaves_something_out_is_refused_with_what_was_typed(plant: make.Plant) -> None:
    client = as_(plant.eve)
    answer = client.post(address("technique-propose"), options(**{"name-3": "Mend it", "cost-3": "Little"}))
    assert (answer.status_code, Proposal.objects.count()) == (409, 0)
    assert "Mend it" in words_of(answer)
    assert client.post(address("technique-propose"), options(**{"safety-1": ""})).status_code == 422
