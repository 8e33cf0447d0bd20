"""Every page on a slow line: a visit weighs little, asks nobody else, and the console stays quiet."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import LAPTOP, PHONE, Person, seen_by
from tests.pages.test_doors import World

pytestmark = pytest.mark.browser

HTML_AT_MOST = 14 * 1024  # bytes, gzip
VISIT_AT_MOST = 60 * 1024
REQUESTS_AT_MOST = 6


@pytest.mark.parametrize("who", ["ana", "cy"])
def test_a_visit_weighs_little_and_asks_nobody_else(
    world: World, people: Callable[..., Person], who: str
) -> None:
    """First visit to each page, nothing cached: HTML, everything together (as sent compressed), number of requests."""
    signed_in = people("bakery", LAPTOP).sign_in(world.plant.people[who])
    state = signed_in.page.context.storage_state()
    heavy: dict[str, Any] = {}
    asked: set[str] = set()
    said: list[str] = []
    for name, address in seen_by(who, world).items():
        context = signed_in.page.context.browser.new_context(storage_state=state, viewport=PHONE)
        page = context.new_page()
        answers: list[Any] = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.on("request", lambda request: asked.add(request.url.split("/")[2].split(":")[0]))
        page.on("console", lambda message: said.append(message.text))
        shown = page.goto(signed_in.site + address)
        if shown.status != 404:
            weights = {answer.url: len(gzip.compress(answer.body())) for answer in list(answers) if answer.ok}
            html, together = weights.get(page.url, 0), sum(weights.values())
            if html > HTML_AT_MOST or together > VISIT_AT_MOST or len(weights) > REQUESTS_AT_MOST:
                heavy[name] = (html, together, len(weights))
        context.close()
    assert heavy == {}
    assert asked == {"localhost"}
    assert [text for text in said if "404" not in text and "409" not in text] == []
