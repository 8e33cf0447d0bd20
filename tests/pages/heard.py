"""What somebody who hears a page and does not see it would miss: told of its HTML, by nobody but the HTML.

After WCAG 2.2: 1.1.1 (a dash alone is no text), 1.3.1 (headings in order, heads of tables, landmarks), 3.3.2 and 4.1.2
(each field has a name, each button says something), 4.1.3 (what comes in by itself is announced).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FIELDS = {"input", "select", "textarea"}
NO_FIELD = {"hidden", "submit", "button", "image", "reset"}
DASHES = {"—", "–", "-"}
SAID = ("a", "button", "summary", "legend", "h1", "h2", "h3", "h4", "h5", "h6", "label", "caption")


@dataclass(eq=False)
class Element:
    name: str
    given: dict[str, str]
    above: Element | None
    children: list[Element | str] = field(default_factory=list)

    def within(self, *names: str) -> Element | None:
        found = self.above
        while found and found.name not in names:
            found = found.above
        return found

    @property
    def unheard(self) -> bool:
        """Hidden from who hears the page, itself or with what is around it."""
        hidden = self.given.get("aria-hidden") == "true" or "hidden" in self.given
        return hidden or bool(self.above and self.above.unheard)

    @property
    def text(self) -> str:
        """What is heard of it: words, pictures by their alternative text."""
        if self.given.get("aria-hidden") == "true" or self.name in ("script", "style", "template"):
            return ""
        if words := self.given.get("aria-label") or self.given.get("alt"):
            return words
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    @property
    def where(self) -> str:
        kept = " ".join(
            f'{key}="{self.given[key]}"' for key in ("id", "name", "class") if self.given.get(key)
        )
        return f"<{self.name} {kept}>".replace(" >", ">")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.all: list[Element] = []
        self.top = self.at = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {key: value or "" for key, value in attrs}, self.at)
        self.at.children.append(made)
        self.all.append(made)
        if tag not in EMPTY:
            self.at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        at: Element | None = self.at
        while at and at.name != tag:
            at = at.above
        if at and at.above:
            self.at = at.above

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(html: str) -> list[Element]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.all


def unheard_in(html: str) -> list[str]:
    """All that would be missed of this page."""
    page = read(html)
    return [
        *_lone_dashes(page),
        *_unnamed(page),
        *_headings(page),
        *_tables(page),
        *_landmarks(page),
        *_polled(page),
        *_pointed_at(page),
        *_leads_nowhere(page),
    ]


def _lone_dashes(page: list[Element]) -> list[str]:
    return [f"a dash alone: {one.where}" for one in page if not one.unheard and one.text.strip() in DASHES]


def _unnamed(page: list[Element]) -> list[str]:
    """Fields without a label, and whatever should say something and says nothing."""
    labels = {
        one.given["for"] for one in page if one.name == "label" and "for" in one.given and one.text.strip()
    }
    there = {one.given["id"]: one for one in page if "id" in one.given}
    found = []
    for one in page:
        named = bool(one.given.get("aria-label")) or any(
            there[key].text.strip() for key in one.given.get("aria-labelledby", "").split() if key in there
        )
        if one.name in FIELDS and one.given.get("type") not in NO_FIELD and "hidden" not in one.given:
            around = one.within("label")
            if not named and one.given.get("id") not in labels and not (around and around.text.strip()):
                found.append(f"a field without a label: {one.where}")
        elif one.name in SAID and not named and not one.unheard and not one.text.strip():
            found.append(f"says nothing: {one.where}")
        elif one.name == "img" and "alt" not in one.given:
            found.append(f"a picture without words: {one.where}")
        elif one.name == "svg" and not one.unheard and not named and one.given.get("role") != "img":
            around = one.within("div", "figure", "a", "button")
            found += [] if around and around.given.get("role") == "img" else [f"a drawing: {one.where}"]
    return found


def _headings(page: list[Element]) -> list[str]:
    levels = [int(one.name[1]) for one in page if one.name in ("h1", "h2", "h3", "h4", "h5", "h6")]
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} headlines (h1)"]
    before = 0
    for level in levels:
        if level > before + 1:
            found.append(f"a heading h{level} after h{before}")
        before = level
    return found


def _tables(page: list[Element]) -> list[str]:
    found = [f"a head without scope: {one.where} {one.text.strip()}" for one in page
             if one.name == "th" and one.given.get("scope") not in ("row", "col", "rowgroup", "colgroup")]  # fmt: skip
    captioned = [one.within("table") for one in page if one.name == "caption"]
    for one in page:
        named = one.given.get("aria-label") or one.given.get("aria-labelledby")
        if one.name == "table" and not named and one not in captioned:
            found.append(f"a table without a caption: {one.where}")
    return found


def _landmarks(page: list[Element]) -> list[str]:
    """One main part; more than one way about (nav) are told apart by their names."""
    count = sum(one.name == "main" for one in page)
    found = [] if count == 1 else [f"{count} main parts"]
    ways = [one for one in page if one.name == "nav"]
    names = [one.given.get("aria-label") or one.given.get("aria-labelledby", "") for one in ways]
    if "" in names or (len(ways) > 1 and len(set(names)) < len(names)):
        found.append(f"ways about not told apart: {sorted(names)}")
    return found


def _polled(page: list[Element]) -> list[str]:
    """What comes in by itself is announced: some of it is marked, and a live part that stays is there to say it."""
    asking = [one for one in page if "every" in one.given.get("hx-trigger", "")]
    said = any(one.given.get("id") == "told" and one.given.get("role") == "status" for one in page)
    marked = [one for one in page if "data-tell" in one.given]
    return [
        f"comes in unheard: {one.where}"
        for one in asking
        if not said or not any(_is_in(other, one) for other in marked)
    ]


def _is_in(one: Element, other: Element) -> bool:
    at: Element | None = one
    while at and at is not other:
        at = at.above
    return at is other


def _pointed_at(page: list[Element]) -> list[str]:
    """What a label, a description or a name points at is there, and once."""
    ids = [one.given["id"] for one in page if one.given.get("id")]
    found = [f"twice the same id: {key}" for key in sorted({key for key in ids if ids.count(key) > 1})]
    for one in page:
        for pointer in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            missing = set(one.given.get(pointer, "").split()) - set(ids)
            found += [f"points at nothing: {one.where} {pointer}={key}" for key in sorted(missing)]
    return found


def _leads_nowhere(page: list[Element]) -> list[str]:
    """A link whose address was forgotten leads to the page on which it stands: no text tells of that."""
    return [f"leads nowhere: {one.where}" for one in page if one.name == "a" and not one.given.get("href")]
