"""Pages of different rooms on paper: a list stays a table within its sheet, what is folded on a screen is open, and
one button prints whatever page somebody reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import LAPTOP, Person
from tests.pages.test_doors import World

pytestmark = pytest.mark.browser

A4 = {"width": 673, "height": 960}  # within the margins
PRINTED = ("offices", "members", "budget", "meeting", "minutes", "decisions", "prices", "registers")
FOLDED = """() => [...document.querySelectorAll("details:not([open], .help, .hash, [hx-get])")]
    .filter(fold => fold.checkVisibility() && fold.querySelector(":scope > :not(summary)").offsetHeight === 0)
    .map(fold => fold.querySelector("summary").innerText)"""


def test_a_page_is_printed_whole_and_within_its_sheet(world: World, people: Callable[..., Person]) -> None:
    eve = people("bakery", LAPTOP).signed_in(world.plant.eve)
    page, found = eve.page, {}
    for name in PRINTED:
        page.goto(eve.site + world.address(name))
        button = page.get_by_role("button", name="Print").last
        own = page.locator("main [data-print]").count()
        assert page.locator("[data-print]:visible").count() == 1, name
        assert button.inner_text() == ("Print" if own else "Print this page"), name
        page.emulate_media(media="print")
        page.set_viewport_size(A4)
        tables = page.locator("table.cards:not(.flow)").evaluate_all(
            "all => all.map(one => getComputedStyle(one).display)"
        )
        found[name] = (eve.sideways(), page.evaluate(FOLDED), set(tables) - {"table"})
        page.set_viewport_size(LAPTOP)
        page.emulate_media(media="screen")
    assert found == dict.fromkeys(PRINTED, (0, [], set()))
    page.goto(eve.site + world.address("members"))
    fold = "<details><summary>More</summary><p>Told</p></details>"
    page.locator("main").evaluate("(main, fold) => main.insertAdjacentHTML('beforeend', fold)", fold)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # as for a browser that knows no better
    assert page.get_by_text("Told").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.get_by_text("Told").is_visible()
