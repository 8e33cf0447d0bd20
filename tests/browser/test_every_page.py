"""Every page, opened once on a telephone with nothing kept: axe finds nothing, nothing runs sideways at 320 px, a page
begins near the top, a visit weighs little and asks nobody else, and the console stays quiet.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import PHONE, WATCHERS, Person, seen_by
from tests.pages.test_doors import World

pytestmark = pytest.mark.browser

AT_LEAST = {"ana": 45, "cy": 12, "dee": 5, "eve": 3, "lou": 5}  # pages each of them sees
HTML_AT_MOST = 14 * 1024  # bytes, gzip
VISIT_AT_MOST = 60 * 1024
REQUESTS_AT_MOST = 6
SIX_WORDS_END = (
    """() => Math.round(document.querySelector(".inner .nav")?.getBoundingClientRect().bottom ?? 0)"""
)
BETWEEN = "/static/icons/favicon.svg"  # asks for nothing; about:blank would begin a new process for each page
# Axe comes along with each page, and only what it finds is sent back, not all that is in order.
AXE_COMES_ALONG = f'if (location.pathname !== "{BETWEEN}") {{\n{AXE_SCRIPT}\n}}'
AXE_FINDS = """() => axe.run({resultTypes: ["violations"], reporter: "no-passes"})
    .then(results => results.violations.map(one => one.id))"""
MASTHEAD_AT_MOST = 150  # pixels of the 640 that the telephone shows


@cache
def weight(body: bytes) -> int:
    """As it is sent; script and style are the same on every page."""
    return len(gzip.compress(body))


class Visitor:
    """A telephone that is told what every visit asks for, weighs and says."""

    def __init__(self, phone: Person) -> None:
        self.phone, self.page = phone, phone.page
        self.answers: list[Any] = []
        self.asked: set[str] = set()
        self.said: list[str] = []
        self.page.context.new_cdp_session(self.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.page.context.add_init_script(AXE_COMES_ALONG)
        self.page.on("response", lambda answer: self.answers.append(answer))
        self.page.on("request", lambda request: self.asked.add(request.url.split("/")[2].split(":")[0]))
        self.page.on("console", lambda message: self.said.append(message.text))

    def visit(self, address: str) -> tuple[int, dict[str, Any]]:
        """The status, and what is wrong with the page."""
        self.page.goto(self.phone.site + BETWEEN)  # what the page before still asks for is not this one's
        self.answers.clear()
        status = self.page.goto(self.phone.site + address).status
        weights = {answer.url: weight(answer.body()) for answer in list(self.answers) if answer.ok}
        html, together = weights.get(self.page.url, 0), sum(weights.values())
        faults: dict[str, Any] = {}
        if html > HTML_AT_MOST or together > VISIT_AT_MOST or len(weights) > REQUESTS_AT_MOST:
            faults["heavy"] = (html, together, len(weights))
        if found := self.page.evaluate(AXE_FINDS):
            faults["axe"] = found
        if (wide := self.phone.sideways()) > 0:
            faults["sideways"] = wide
        if (high := self.page.evaluate(SIX_WORDS_END)) > MASTHEAD_AT_MOST:
            faults["masthead"] = high
        return status, faults


def test_every_page_is_light_fits_and_has_no_fault_that_a_machine_finds(
    world: World, people: Callable[..., Person]
) -> None:
    faults: dict[Any, Any] = {}
    for who in WATCHERS:
        visitor = Visitor(people("bakery", PHONE).signed_in(world.plant.people[who]))
        seen = 0
        for name, address in seen_by(who, world).items():
            status, found = visitor.visit(address)
            if status != 404:
                seen += 1
                faults |= {(who, name): found} if found else {}
        assert seen >= AT_LEAST[who], who
        if who == "lou":  # the missing page as well
            for address in ("/bakery/nothing-here/", "/bakery/decisions/999999999/"):
                assert visitor.visit(address) == (404, {})
        assert visitor.asked == {"localhost"}
        assert [text for text in visitor.said if "404" not in text and "409" not in text] == []
    assert faults == {}
