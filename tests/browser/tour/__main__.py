"""Walks the tasks of the people of a plant, counts taps and boxes, photographs the ten most used, writes docs/tour.md.

python -m tests.browser.tour                          a plant of the demonstration, planted for it (minutes)
python -m tests.browser.tour http://localhost:8000    one that runs already; what is walked stays done in it
    python -m tests.browser.tour … --only P1              some of them; the others stand as walked last
python -m tests.browser.tour … --look                 the pictures of docs/look.md, nothing else
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coop.demo.personas import PINS, PLANT

from . import look, serving, told
from .people import PEOPLE, Persona
from .walking import PATIENCE, Task, Walk

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "pictures"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", nargs="?", default="")
    parser.add_argument("--only", default="", help="such as P1 or P1.5")
    parser.add_argument("--look", action="store_true")
    options = parser.parse_args()
    with served(options.site) as site, browser() as chromium:
        where = f"{site}/{PLANT}"
        keys = Keys(chromium, where)
        if options.look:
            look.photographed(chromium, where, keys.of, PICTURES)
            return 0
        walked = list(all_of(chromium, where, options.only, keys))
        told.keep(walked)
        if everything := told.kept():
            (ROOT / "docs" / "tour.md").write_text(told.page(everything))
        if not options.only:  # signed in anew: a walk ends the sessions of whoever lost a telephone
            look.photographed(chromium, where, Keys(chromium, where).of, PICTURES)
    failed = [one for one in walked if one.problem]
    print(f"{len(walked)} tasks, {len(failed)} not walked to their end")
    return 1 if failed else 0


def all_of(chromium: Any, where: str, only: str, keys: Keys) -> Iterator[told.Walked]:
    for persona in PEOPLE:
        for task in persona.tasks:
            if not only or only in (persona.code, f"{persona.code}.{task.number}"):
                yield one_of(chromium, where, persona, task, keys)


def one_of(chromium: Any, where: str, persona: Persona, task: Task, keys: Keys) -> told.Walked:
    """In a browser of their own, signed in since yesterday: the door is not what is counted."""
    if task.walk is None:
        return told.Walked(persona, task)
    wide, high = task.window or persona.window
    context = chromium.new_context(
        viewport={"width": wide, "height": high}, locale="en-GB", storage_state=keys.of(task.member)
    )
    context.set_default_timeout(PATIENCE)
    walk = Walk(context.new_page(), where, PICTURES, task.picture)
    try:
        walk.page.goto(f"{where}/")
        task.walk(walk)
        walk.photo()
        problem = ""
    except Exception as found:  # noqa: BLE001 - the others shall be walked as well
        problem = f"{str(found).splitlines()[0][:200]} · at {walk.page.url}"
    made = told.Walked(persona, task, walk.taps, walk.boxes, walk.furthest, walk.where, problem)
    context.close()
    print(told.line(made), walk.furthest_what, flush=True)
    return made


class Keys:
    """Everybody signs in once, in English."""

    def __init__(self, chromium: Any, where: str) -> None:
        self.chromium, self.where = chromium, where
        self.kept: dict[int, Any] = {}

    def of(self, number: int) -> Any:
        if number not in self.kept:
            self.kept[number] = self._signed_in(number)
        return self.kept[number]

    def _signed_in(self, number: int) -> Any:
        context = self.chromium.new_context(locale="en-GB")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "language", "value": "en", "url": self.where}])
        page = context.new_page()
        page.goto(f"{self.where}/sign-in/")
        page.get_by_label("Member number").first.fill(str(number))
        page.get_by_label("PIN or passphrase").fill(PINS[number])
        page.get_by_label("This is my own telephone or computer").check()
        with page.expect_navigation():
            page.get_by_role("button", name="Sign in", exact=True).first.click()
        kept = context.storage_state()
        context.close()
        return kept


@contextmanager
def served(site: str) -> Iterator[str]:
    """The address that was given, or that of a plant that is planted for this walk and thrown away after it."""
    if site:
        yield site.rstrip("/")
        return
    with serving.plant() as address:
        yield address


@contextmanager
def browser() -> Iterator[Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise SystemExit("No Chromium here; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        yield started
        started.close()


if __name__ == "__main__":
    sys.exit(main())
