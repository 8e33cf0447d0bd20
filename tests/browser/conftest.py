"""People in a real browser: each has a telephone or a laptop, with or without a script, on the clock of the house."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from coop import clock
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members.models import Member
from coop.pages import clock as page_clock
from tests import make
from tests.pages.test_doors import DOORS, MEMBER, PASSES, PUBLIC, World, keys_of

PHONE = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}


class Person:
    """Somebody in front of a page. `press` and `fill` go by the words a person reads, never by ids."""

    def __init__(self, page: Any, site: str, house: str) -> None:
        self.page, self.site, self.house = page, site, house

    def go(self, address: str = "") -> Person:
        self.page.goto(f"{self.site}/{self.house}/{address}")
        return self

    def fill(self, label: str, text: str) -> Person:
        optional = re.compile(
            rf"^\s*{re.escape(label)}(\s*\(.*\))?\s*$"
        )  # a label may say that it can stay empty
        self.page.get_by_label(optional).fill(text)
        return self

    def choose(self, label: str) -> Person:
        self.page.get_by_role("radio", name=re.compile(f"^{label}")).check(force=True)
        return self

    def pick(self, label: str, option: str) -> Person:
        self.page.get_by_label(label, exact=True).select_option(option)
        return self

    def press(self, words: str) -> Person:
        """A button or a link, the first that says exactly this; then the next page."""
        button = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        with self.page.expect_navigation():
            button.or_(link).first.click()
        return self

    def enter(self) -> Person:
        """The Enter key on the button that the page has given the focus; then the next page.

        The browser gives the focus when it first paints, which may be after the page counts as loaded.
        """
        self.page.locator("button:focus").wait_for()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def reads(self, words: str) -> bool:
        """Whether the words can be read on the page, whatever the line breaks."""
        self.page.get_by_text(re.compile(re.escape(words).replace(r"\ ", r"\s+"))).first.wait_for()
        return True

    def sign_in(self, who: Member) -> Person:
        """On a device of their own."""
        self.go("sign-in/").fill("Member number", str(who.number)).fill("PIN or passphrase", make.PIN)
        self.page.get_by_label("This is my own telephone or computer").check()
        return self.press("Sign in")

    def signed_in(self, who: Member) -> Person:
        """Since yesterday, where the door is not what is tried: it is two pages for each person."""
        name = settings.SESSION_COOKIE_NAME
        key = make.sign_in(Client(), who).cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": key, "url": self.site}])
        return self

    def sideways(self) -> int:
        """Pixels the page is wider than its window."""
        wide: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wide


@pytest.fixture
def people(browser: Any, site: str) -> Iterator[Callable[..., Person]]:
    """people(house, PHONE, script=False): somebody new, with an own browser session."""
    contexts = []

    def somebody(house: str, window: dict[str, int], *, script: bool = True) -> Person:
        context = browser.new_context(viewport=window, java_script_enabled=script, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)  # milliseconds; only what never comes takes them
        return Person(page, site, house)

    yield somebody
    for context in contexts:
        context.close()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.timedelta], None]:
    """Moves the clock of the house on: notice must be given fifteen days before."""
    real = clock.now
    moved = [datetime.timedelta()]
    monkeypatch.setattr(page_clock, "of", lambda request: real() + moved[0])

    def move(on: datetime.timedelta) -> None:
        moved[0] += on

    return move


@pytest.fixture
def plant(committed_db: str) -> make.Plant:
    """The bakery; everybody has chosen the same PIN."""
    made = make.plant()
    for member in made.people.values():
        make.account(member)
    return made


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
    """Every address that shows a page to somebody who is signed in, by its name."""
    files = {
        "version-file",
        "member-letter",
        "urn-export",
        "ballot-bundle",
        "ballot-result-csv",
        "ballot-trackers-file",
        "minutes-pdf",
        "minutes-book",
        "minutes-markdown",
        "minutes-docx",
        "pay-month-list",
        "output-list",
        "prices-file",
        "sales-file",
        "problem-photo",
        "problems-file",
        "budget-lines-list",
        "budget-month-list",
        "budget-xlsx",
        "budget-csv",
        "feed",
        "decisions-feed",
        "meeting-calendar",
    }
    printed = {name for name in DOORS if name.endswith("-printed") or name.startswith("paper-kit-")}
    passed_over = {"doorstep", "health", "enrol"} | files | printed
    return {
        name: world.address(name)
        for name, (methods, _audience) in DOORS.items()
        if "GET" in methods and name not in passed_over
    }


# Everybody's pages are looked at as Ana sees them, and these also as somebody without an office does.
PLAINER = {"home", "members", "member", "meeting", "ballot", "proposal", "register", "my-eligibility"}
WATCHERS = ("ana", "cy", "dee", "eve", "lou")


def seen_by(who: str, world: World) -> dict[str, str]:
    """Each page once: as the first of the watchers whom the table of doors lets in."""
    assert not PLAINER - DOORS.keys()
    found = {}
    for name, address in addresses(world).items():
        audience = DOORS[name][1]
        first = next((one for one in WATCHERS if one in PASSES[audience]), None)
        if who == first or (who == "lou" and name in PLAINER and audience in (MEMBER, PUBLIC)):
            found[name] = address
    return found
