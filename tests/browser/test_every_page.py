"""Every page, seen by a machine: axe finds nothing, and nothing scrolls sideways at 320 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PHONE, Person, seen_by
from tests.pages.test_doors import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("who", "least"), [("ana", 45), ("cy", 12), ("eve", 3), ("lou", 5)])
def test_axe_finds_nothing_and_nothing_runs_sideways(
    world: World, people: Callable[..., Person], who: str, least: int
) -> None:
    phone = people("bakery", PHONE).sign_in(world.plant.people[who])
    faults: dict[str, Any] = {}
    seen = 0
    for name, address in seen_by(who, world).items():
        answer = phone.page.goto(phone.site + address)
        if answer.status == 404:
            continue
        seen += 1
        found = [violation["id"] for violation in Axe().run(phone.page).response["violations"]]
        wide = phone.sideways()
        if found or wide > 0:
            faults[name] = (found, wide)
    assert faults == {}
    assert seen >= least


def test_the_refusals_and_the_missing_page_as_well(world: World, people: Callable[..., Person]) -> None:
    phone = people("bakery", PHONE).sign_in(world.plant.lou)
    for address in ("/bakery/nothing-here/", "/bakery/decisions/999/"):
        assert phone.page.goto(phone.site + address).status == 404
        assert Axe().run(phone.page).response["violations"] == []
        assert phone.sideways() == 0
