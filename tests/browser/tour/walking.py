"""Somebody at a screen: every tap and every box that is typed in is counted, and how far down they had to look."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

PHONE, LAPTOP, HALL = (320, 640), (1280, 800), (1920, 1080)
PICTURE_AT_MOST = 60 * 1024  # bytes
TO_THE_SHEET = "Walked as far as the sheet on which it is done"
PATIENCE = 60_000  # milliseconds; a busy machine takes its time


@dataclass(frozen=True)
class Task:
    """One of the things that somebody comes for."""

    number: int
    words: str
    member: int  # who walks it in the plant of the demonstration
    walk: Callable[[Walk], object] | None = None
    gap: str = ""  # what Asamblea does not do of it, or why it is not walked
    picture: str = ""  # its name, for the ten that are done most
    window: tuple[int, int] | None = None  # where it differs from that of the persona


@dataclass
class Walk:
    """From the front page to where the task is done."""

    page: Any
    house: str  # http://localhost:8000/lucerna
    pictures: Path
    picture: str = ""
    taps: int = 0
    boxes: int = 0
    pages: int = 0
    furthest: float = 0.0  # screens from the top of a page to what was tapped
    furthest_what: str = ""  # its words, and the page it stood on: for whoever wants it higher
    photographed: bool = False

    @property
    def where(self) -> str:
        """The address without its figures, as the list of addresses has it."""
        path = "/" + self.page.url.split("/", 3)[3].split("?")[0].split("#")[0]
        return re.sub(r"/\d+(?=/|$)", "/…", path)

    def _reached(self, found: Any) -> Any:
        """Opens what is folded over it, as a person would: one tap more."""
        found.wait_for(state="attached")
        if not found.is_visible():
            fold = found.locator("xpath=ancestor::details[not(@open)]").first
            fold.locator("xpath=./summary").click()
            self.taps += 1
        top = found.evaluate("e => e.getBoundingClientRect().top + window.scrollY")
        down = top / self.page.viewport_size["height"]
        if down > self.furthest:
            said = found.evaluate("e => (e.labels?.[0] ?? e).innerText || e.getAttribute('aria-label') || ''")
            self.furthest, self.furthest_what = down, f"{' '.join(said.split())[:40]!r} on {self.where}"
        self.taps += 1
        return found

    def tap(self, words: str, *, nth: int = 0, inside: str = "", behind: str = "") -> Walk:
        """A button or a link that says this, from its first letter on; the page that comes is waited for.

        `behind`: a pattern of what stands before the words, such as a number that the year has given.
        """
        within = self.page.locator(inside) if inside else self.page
        exact = re.compile(rf"^\s*{behind}{re.escape(words)}")
        found = within.get_by_role("button", name=exact, include_hidden=True).or_(
            within.get_by_role("link", name=exact, include_hidden=True)
        )
        with self.page.expect_navigation():
            self._reached(found.nth(nth)).click()
        self.pages += 1
        return self

    def window_of(self, words: str) -> Walk:
        """A link that opens a window of its own, for the projector."""
        with self.page.expect_popup() as opened:
            self._reached(self.page.get_by_role("link", name=re.compile(rf"^\s*{words}")).first).click()
        self.page = opened.value
        self.pages += 1
        return self

    def open(self, words: str) -> Walk:
        """Unfolds what stands under these words."""
        self._reached(self.page.locator("summary", has_text=words).first).click()
        return self

    def choose(self, words: str, *, nth: int = 0) -> Walk:
        """A choice among several, or a tick."""
        name = re.compile(rf"^\s*{re.escape(words)}")
        found = self.page.get_by_role("radio", name=name, include_hidden=True).or_(
            self.page.get_by_role("checkbox", name=name, include_hidden=True)
        )
        self._reached(found.nth(nth)).check(force=True)
        return self

    def pick(self, label: str, option: str | int) -> Walk:
        """One of a list that rolls down."""
        name = re.compile(rf"^\s*{re.escape(label)}")
        box = self._reached(self.page.get_by_label(name).first)
        box.select_option(index=option) if isinstance(option, int) else box.select_option(label=option)
        return self

    def fill(self, label: str, words: str, *, nth: int = 0) -> Walk:
        name = re.compile(rf"^\s*{re.escape(label)}")
        box = self.page.get_by_label(name).nth(nth)
        box.wait_for(state="attached")
        if not box.is_visible():
            box.locator("xpath=ancestor::details[not(@open)]").first.locator("xpath=./summary").click()
            self.taps += 1
        box.fill(words)
        self.boxes += 1
        return self

    def reads(self, words: str) -> Walk:
        """The task is done when this can be read."""
        pattern = re.compile(re.escape(words).replace(r"\ ", r"\s+"))
        self.page.get_by_text(pattern).first.wait_for(state="attached")
        return self

    def photo(self) -> Walk:
        """The page as it stands now is the one that is shown."""
        if self.picture and not self.photographed:
            photograph(self.page, self.pictures / f"{self.picture}.png")
            self.photographed = True
        return self


def photograph(page: Any, where: Path, *, screens: float = 2.2, colours: int = 24) -> Path:
    """What is on the page, at most so many screens of it, with as many colours as the size allows."""
    page.evaluate("document.fonts.ready")
    wide, high = page.viewport_size["width"], page.viewport_size["height"]
    whole = page.evaluate("document.documentElement.scrollHeight")
    tall = min(whole, int(high * screens)) if wide <= PHONE[0] else min(whole, high)
    shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": wide, "height": tall})
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    if wide > 700:  # a desk and a hall are shown smaller than they are
        smaller = 960 if wide > 1000 else 560
        picture = picture.resize((smaller, round(picture.height * smaller / wide)), Image.Resampling.LANCZOS)
    while True:
        out = io.BytesIO()
        few = picture.quantize(palette=_palette(picture, colours), dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= PICTURE_AT_MOST or colours <= 4:
            break
        colours //= 2
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(out.getvalue())
    return where


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    """The colours there is most of, as they are, and the two commonest reds, which an average would make brown."""
    counted = sorted(picture.getcolors(1 << 24) or [], reverse=True)
    reds = [colour for _count, colour in counted if colour[0] - colour[2] > 90][:2]
    most = [colour for _count, colour in counted][: colours - len(reds)]
    chosen = [part for colour in (*most, *reds) for part in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette(chosen + chosen[:3] * (256 - len(chosen) // 3))
    return palette
