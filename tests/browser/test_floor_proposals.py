"""Figures and options are proposed on a telephone, with or without a script, and read side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.proposals.models import PriceAsked, Proposal
from tests import make, make_selling
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(committed_db: str) -> make.Plant:
    made = make_selling.plant()
    make_selling.priced(made)
    for member in made.people.values():
        make.account(member)
    return made


@pytest.mark.parametrize("script", [True, False])
def test_prices_and_a_technique_are_proposed(
    shop: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    eve = people("bakery", PHONE, script=script).signed_in(shop.eve)
    eve.go("prices/").press("Propose prices")
    eve.fill("Title", "Dearer bread")
    lines = "Code; Cost; Other plants of workers; Market; Supporters\nLOAF; 80; 85; 110; 150"
    eve.fill("Or typed, a line for each product", lines).press("Look at it first")
    assert eve.reads("at most 12 per cent above the market price")
    eve.fill("Or typed, a line for each product", lines.replace("150", "120")).press("Look at it first")
    assert eve.reads("It is not saved yet.")
    assert eve.sideways() == 0
    eve.press("Save as a draft")
    assert PriceAsked.objects.get().support == 120
    assert eve.reads("supporters 120.00 UC")
    eve.go("proposals/write/").press(
        "Propose a choice between options: cost, jobs, safety, training, who took part"
    )
    eve.fill("Title", "The oven").fill("Who took part in the study, operators among them", "Ida and Jo")
    for number, name in ((1, "Gas oven"), (2, "Electric oven")):
        eve.page.locator(f"#id_name-{number}").fill(name)
        for part in ("cost", "jobs", "safety", "training"):
            eve.page.locator(f"#id_{part}-{number}").fill(f"{part} of {name}")
    assert eve.sideways() == 0
    eve.press("Save as a draft")
    assert eve.reads("The options side by side")
    assert eve.reads("safety of Electric oven")
    assert eve.sideways() == 0
    assert Proposal.objects.filter(kind="technique").count() == 1
