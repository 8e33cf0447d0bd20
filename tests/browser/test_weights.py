"""Every page on a slow line: a visit weighs little, asks nobody else, and the console stays quiet."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.browser.conftest import PHONE, Person, seen_by
from tests.pages.test_doors import World

pytestmark = pytest.mark.browser

HTML_AT_MOST = 14 * 1024  # bytes, gzip
VISIT_AT_MOST = 60 * 1024
REQUESTS_AT_MOST = 6


@cache
def weight(body: bytes) -> int:
    """As it is sent; script and style are the same on every page."""
    return len(gzip.compress(body))


@pytest.mark.parametrize("who", ["ana", "cy"])
def test_a_visit_weighs_little_and_asks_nobody_else(
    world: World, people: Callable[..., Person], who: str
) -> None:
    """First visit to each page, nothing cached: HTML, everything together (as sent compressed), number of requests."""
    signed_in = people("bakery", PHONE).sign_in(world.plant.people[who])
    page = signed_in.page
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    heavy: dict[str, Any] = {}
    asked: set[str] = set()
    said: list[str] = []
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.on("request", lambda request: asked.add(request.url.split("/")[2].split(":")[0]))
    page.on("console", lambda message: said.append(message.text))
    for name, address in seen_by(who, world).items():
        answers.clear()
        shown = page.goto(signed_in.site + address)
        if shown.status != 404:
            weights = {answer.url: weight(answer.body()) for answer in list(answers) if answer.ok}
            html, together = weights.get(page.url, 0), sum(weights.values())
            if html > HTML_AT_MOST or together > VISIT_AT_MOST or len(weights) > REQUESTS_AT_MOST:
                heavy[name] = (html, together, len(weights))
        page.goto("about:blank")  # what the page still asks for is not the next one's
    assert heavy == {}
    assert asked == {"localhost"}
    assert [text for text in said if "404" not in text and "409" not in text] == []
