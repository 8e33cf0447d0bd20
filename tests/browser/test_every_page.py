"""Every page, seen by a machine: axe finds nothing, nothing scrolls sideways at 320 px, and a visit weighs little."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from tests import make
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.pages.test_doors import DOORS, World, keys_of

pytestmark = pytest.mark.browser

HTML_AT_MOST = 14 * 1024  # bytes, gzip
VISIT_AT_MOST = 60 * 1024
REQUESTS_AT_MOST = 6


@pytest.fixture
def world(plant: make.Plant) -> World:
    """One of everything, and beside it a vote that has been counted and minutes that are closed."""
    first = make.open_vote(plant, motions=[make.supported_motion(plant, title="A longer lunch")])
    for name, choice in (("ana", "for"), ("bo", "for"), ("cy", "against")):
        make.cast(first.ballot, plant.people[name], choice)
    item = AgendaItem.objects.get(decision=first)
    meetings.name_signers(meeting=item.meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.write_note(item=item, text="Gus asked about **bread**.", revision=0, by=plant.ana, at=make.now())
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    meetings.close_meeting(meeting=item.meeting, by=plant.bo, at=make.now())
    meetings.close_minutes(meeting=item.meeting, by=plant.ana, at=make.now())
    made = World(plant, plant)
    made.keys = keys_of(plant) | {
        "ballot-result": {"key": first.ballot_id},
        "decision": {"key": first.pk},
        "minutes": {"key": item.meeting_id},
    }
    return made


def addresses(world: World) -> dict[str, str]:
    """Every address that shows a page to somebody who is signed in."""
    passed_over = {"doorstep", "health", "enrol", "version-file", "member-letter"} | {
        name for name in DOORS if name.endswith("-printed")
    }
    return {
        name: world.address(name)
        for name, (methods, _audience) in DOORS.items()
        if "GET" in methods and name not in passed_over
    }


@pytest.mark.parametrize("who", ["ana", "lou", "eve", "cy"])
def test_axe_finds_nothing_and_nothing_runs_sideways(
    world: World, people: Callable[..., Person], who: str
) -> None:
    phone = people("bakery", PHONE).sign_in(world.plant.people[who])
    faults: dict[str, Any] = {}
    seen = 0
    for name, address in addresses(world).items():
        answer = phone.page.goto(phone.site + address)
        if answer.status == 404:
            continue
        seen += 1
        found = [violation["id"] for violation in Axe().run(phone.page).response["violations"]]
        wide = phone.sideways()
        if found or wide > 0:
            faults[name] = (found, wide)
    assert faults == {}
    assert seen >= 15


def test_the_refusals_and_the_missing_page_as_well(world: World, people: Callable[..., Person]) -> None:
    phone = people("bakery", PHONE).sign_in(world.plant.lou)
    for address in ("/bakery/nothing-here/", "/bakery/decisions/999/"):
        assert phone.page.goto(phone.site + address).status == 404
        assert Axe().run(phone.page).response["violations"] == []
        assert phone.sideways() == 0


def test_a_visit_weighs_little(world: World, people: Callable[..., Person]) -> None:
    """First visit to each page, nothing cached: HTML, everything together (as sent compressed), number of requests."""
    signed_in = people("bakery", LAPTOP).sign_in(world.plant.ana)
    state = signed_in.page.context.storage_state()
    heavy: dict[str, Any] = {}
    for name, address in addresses(world).items():
        context = signed_in.page.context.browser.new_context(storage_state=state, viewport=PHONE)
        page = context.new_page()
        answers: list[Any] = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(signed_in.site + address)
        page.wait_for_load_state("networkidle") if name not in ("hall", "attendance", "ballot") else None
        weights = {answer.url: len(gzip.compress(answer.body())) for answer in list(answers) if answer.ok}
        html, together = weights.get(page.url, 0), sum(weights.values())
        if html > HTML_AT_MOST or together > VISIT_AT_MOST or len(weights) > REQUESTS_AT_MOST:
            heavy[name] = (html, together, len(weights))
        context.close()
    assert heavy == {}


def test_nobody_else_is_asked_and_the_console_is_quiet(world: World, people: Callable[..., Person]) -> None:
    person = people("bakery", LAPTOP).sign_in(world.plant.ana)
    asked: set[str] = set()
    said: list[str] = []
    person.page.on("request", lambda request: asked.add(request.url.split("/")[2].split(":")[0]))
    person.page.on("console", lambda message: said.append(message.text))
    for address in addresses(world).values():
        person.page.goto(person.site + address)
    assert asked == {"localhost"}
    assert [text for text in said if "404" not in text and "409" not in text] == []
