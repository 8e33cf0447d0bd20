"""The ten pages of docs/look.md, photographed: `python -m tests.browser.tour http://localhost:8000 --look`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .walking import HALL, LAPTOP, PATIENCE, PHONE, photograph

SHEET = (720, 1018)  # A4 upright, at 96 dots an inch, without its margins


@dataclass(frozen=True)
class Page:
    name: str
    member: int
    way: tuple[str, ...]  # the links from the front page to it
    window: tuple[int, int]
    dark: bool = False
    printed: bool = False


ASSEMBLY = "Extraordinary assembly: handing over the shift"
PAGES = (
    Page("look-front", 310, (), LAPTOP),
    Page("look-meeting", 58, (ASSEMBLY,), PHONE),
    Page("look-ballot", 126, ("Vote now",), PHONE, dark=True),
    Page("look-proposal", 58, ("Proposals", "Fourth crew"), LAPTOP),
    Page("look-decision", 58, ("Decisions", "Join the mutual defence pact"), LAPTOP),
    Page(
        "look-minutes",
        58,
        ("Meetings", "All minutes", "Extraordinary assembly: mandate"),
        SHEET,
        printed=True,
    ),
    Page("look-people", 316, ("People",), LAPTOP),
    Page("look-budget", 58, ("The budget", "Budget of 2026", "Told plainly"), PHONE),
    Page("look-board", 58, ("Problems", "Screen for the wall"), HALL),
    Page("look-notice", 58, (ASSEMBLY, "Notice for the boards"), SHEET, printed=True),
)


def photographed(chromium: Any, where: str, key_of: Callable[[int], Any], pictures: Path) -> None:
    for one in PAGES:
        wide, high = one.window
        context = chromium.new_context(
            viewport={"width": wide, "height": high},
            locale="en-GB",
            storage_state=key_of(one.member),
            color_scheme="dark" if one.dark else "light",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{where}/")
        for words in one.way:
            address = page.get_by_role("link", name=words).first.get_attribute("href")
            page.goto(f"{where.rpartition('/')[0]}{address}" if address.startswith("/") else address)
        if one.printed:
            page.emulate_media(media="print")
        photograph(page, pictures / f"{one.name}.png", screens=2)
        context.close()
