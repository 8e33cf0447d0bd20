"""Beside each act stand three sentences of help: what it does, what happens next, and whether it can be taken back.

Looked for in the templates, so that a page nobody opens in a test is not forgotten either.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "templates"
ACT = re.compile(r'<form\b[^>]*\bmethod="post"')
PART = re.compile(r'{%\s*include "([^"#]+)')
HELP = re.compile(r'{% include "shared/help\.html" with ([^%]*?) only %}')
DRAWN_ONCE = re.compile(r'{% in_every_page "([^"]+)" %}')
PARTS = ("title", "one", "two", "three")


class Without(NamedTuple):
    template: str
    because: str


WITHOUT = (
    Without(
        "entrance/kiosk/end.html",
        "the tablet at the gate: one question, and what happens stands in the line under it",
    ),
    Without(
        "entrance/kiosk/kiosk.html", "the same tablet: one question, one button, and somebody waits behind"
    ),
    Without("proposals/life_of_proposals/take_over.html", "three sentences stand open above the button"),
    Without(
        "people/members/member.html", "the page of a person: what a card does stands open beside its button"
    ),
    Without(
        "people/members/members.html", "a list: what it means to keep a search stands open beside the field"
    ),
    Without("minutes/close.html", "three sentences stand open above the button"),
    Without("offices/office/mine.html", "a list: its one button ends a deputy, whose sheet has the help"),
    Without("proposals/publish.html", "three sentences stand open above the button"),
)


def faults(text: str, parts: str = "") -> list[str]:
    """What the help on a page lacks that has an act, itself or in one of its `parts`. A template that serves several
    acts says something else of each."""
    if not ACT.search(text + parts):
        return []
    helps = HELP.findall(text)
    if not helps:
        return ["no help"]
    found = []
    for given in helps:
        named = dict(part.split("=", 1) for part in given.split())
        if missing := [part for part in PARTS if part not in named]:
            found.append(f"no {', '.join(missing)}")
            continue
        said = {part: said_as(named[part], text) for part in PARTS}
        found += [f"nothing said as {part}" for part in PARTS if not said[part]]
        found += [f"no question: {title}" for title in said["title"] if not title.endswith("?")]
        sentences = [one for part in PARTS[1:] for one in said[part]]
        found += [f"no sentence: {one}" for one in sentences if not one.endswith((".", "?"))]
    return found


def said_as(name: str, text: str) -> list[str]:
    """The sentences that a template gives this name; of what a page hands over, the name itself."""
    if "." in name:
        return [f"{name}."]
    found: list[str] = re.findall(
        r'{% translate "([^"]+)"(?: context "[^"]*")? as ' + re.escape(name) + " %}", text
    )
    return found


def parts_of(text: str, there: dict[str, str]) -> dict[str, str]:
    """What a page includes, and what that includes."""
    found: dict[str, str] = {}
    waiting = PART.findall(text)
    while waiting:
        name = waiting.pop()
        if name in there and name not in found:
            found[name] = there[name]
            waiting += PART.findall(there[name])
    return found


def test_every_act_has_three_sentences_beside_it() -> None:
    there = {path.relative_to(ROOT).as_posix(): path.read_text() for path in ROOT.rglob("*.html")}
    there = {name: DRAWN_ONCE.sub(lambda part: there[part[1]], text) for name, text in there.items()}
    pages = {name: text for name, text in sorted(there.items()) if "{% extends " in text}
    found = {name: faults(text, "".join(parts_of(text, there).values())) for name, text in pages.items()}
    assert len(found) > 300
    lacking = {name: told for name, told in found.items() if told}
    assert lacking == {one.template: ["no help"] for one in WITHOUT}
    assert all(one.because for one in WITHOUT)


def test_the_check_finds_what_it_is_for() -> None:
    said = "".join(
        f'{{% translate "{words}" as {name} %}}'
        for name, words in (("t", "Why?"), ("a", "So."), ("b", "Then."), ("c", "Back."))
    )
    act = '<form class="form" method="post" novalidate>'
    include = '{% include "shared/help.html" with title=t one=a two=b three=c only %}'
    assert faults(act + said + include) == []
    assert faults('<form method="get">') == []
    assert faults(act + said) == ["no help"]
    assert faults("a list", parts=act) == ["no help"]
    assert parts_of(
        '{% include "a" %}', {"a": '{% include "b#c" %}{% include "a" %}', "b": "x", "d": "y"}
    ).keys() == {"a", "b"}
    assert faults(act + said + include.replace(" three=c", "")) == ["no three"]
    assert faults(act + said.replace('"Back."', '""') + include) == ["nothing said as three"]
    assert faults(act + said.replace("Why?", "Why") + include) == ["no question: Why"]
    assert faults(act + said.replace("Then.", "Then") + include) == ["no sentence: Then"]
    assert faults(act + said + include.replace("one=a", "one=book.help.0")) == []


PAGER, ASIDE = '"shared/pager.html"', "{% block aside %}"


def behind_the_list(text: str) -> bool:
    """Whether somebody has to pass a whole list to come to the help; the aside stands below it on a telephone."""
    content = text.split(ASIDE)[0]
    return PAGER in content and text.rfind('"shared/help.html"') > content.find(PAGER)


def test_nobody_has_to_pass_a_list_to_come_to_the_help() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in ROOT.rglob("*.html")}
    long = [name for name, text in texts.items() if PAGER in text and "shared/help.html" in text]
    assert len(long) > 15
    assert [name for name in long if behind_the_list(texts[name])] == []
    told, pager = '{% include "shared/help.html" %}', '{% include "shared/pager.html" %}'
    assert not behind_the_list(told + pager)
    assert behind_the_list(pager + told)
    assert behind_the_list(pager + ASIDE + told)
