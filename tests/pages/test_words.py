"""A plant whose people and papers are written in Greek, read in a pseudo-language: every word of ours is in brackets.

What is left in Latin letters outside brackets is a string somebody forgot to translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import _trans  # type: ignore[attr-defined]

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.pages import kept
from tests import make
from tests.pages.test_doors import DOORS, World, keys_of

pytestmark = pytest.mark.django_db

GREEK = ("Άννα", "Βίων", "Κίμων", "Δάφνη", "Εύα", "Φαίη", "Γη", "Ήβη", "Ίδη", "Ιώ", "Κλειώ", "Λίνος")
SKIPPED = {"script", "style", "code", "svg"}
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle", "use", "line"}
INLINE = {"a", "b", "em", "strong", "q"}  # a sentence goes on through these
SPOKEN = ("alt", "aria-label", "placeholder", "title", "content")


class Words(HTMLParser):
    """Texts and spoken attributes of a page; parts that say their own language or are not words are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = [""]
        self.skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in INLINE:
            self.found.append("")
        own_language = tag != "html" and ("lang" in given or given.get("translate") == "no")
        if tag not in VOID and (self.skipping or tag in SKIPPED or own_language):
            self.skipping.append(tag)
        if self.skipping or tag == "meta":
            return
        self.found[-1:-1] = [given[name] or "" for name in SPOKEN if name in given]
        if tag == "input" and given.get("type") == "submit":
            self.found[-1:-1] = [given.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.found.append("")
        if self.skipping and tag not in VOID:
            self.skipping.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.found[-1] += data


def outside_brackets(text: str) -> str:
    depth, left = 0, ""
    for letter in text:
        if letter == "⟦":
            depth += 1
        elif letter == "⟧":
            depth -= 1
        elif depth == 0:
            left += letter
    return left


# How proposals, decisions and hashes are quoted is the same in every language; so are codes and clock times.
QUOTED = re.compile(
    r"\b((P|RC|EL|F|AP|CS) \d{4}-\d+|A\d+(\.\d+)?|(D )?GA( \d{4}-\d+)?|ADM|OVN|PAC|UC|UTC|"
    r"[0-9a-f]{4}( [0-9a-f]{4}){2,}|[0-9a-f]{32,64})\b|testserver/\S*"
)


def untranslated(html: str) -> list[str]:
    words = Words()
    words.feed(html)
    left = (QUOTED.sub("", outside_brackets(text)) for text in words.found)
    return [" ".join(text.split()) for text in left if re.search("[A-Za-z]", text)]


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every translated string comes back in brackets. (The functions of Django's `_trans` are what all roads use.)"""
    _trans.gettext("")  # the real functions move in on first use
    for name in ("gettext", "pgettext", "ngettext", "npgettext"):
        real = getattr(_trans, name)

        def bracket(*arguments: Any, real: Any = real) -> str:
            said = real(*arguments)
            return f"⟦{said}⟧" if said else said

        monkeypatch.setattr(_trans, name, bracket)
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def world() -> World:
    plant = make.plant("bakery", names=GREEK)
    text = {"title": "Λουτρά", "clauses": ["Κάθε Δευτέρα."], "reasons": "Γιατί."}
    motion = make.supported_motion(plant, **text)
    made = World(plant, plant)
    decided = make.open_vote(plant, motions=[motion])
    for name in ("ana", "bo", "eve"):
        make.cast(decided.ballot, plant.people[name])
    item = AgendaItem.objects.get(decision=decided)
    meetings.write_note(item=item, text="Κείμενο.", revision=0, by=plant.ana, at=make.now())
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    keys = keys_of(plant)
    decided.refresh_from_db()
    keys |= {"ballot-result": {"key": decided.ballot_id}, "decision": {"key": decided.pk}}
    made.keys = keys
    return made


# Words the world itself carries in Latin letters: names made by tests/make.py.
DATA = re.compile(
    r"Order the tables|(The )?[Nn]ight oven|Burners|delegate( at the table)?|clerk|convener|Council( of the ovens)?|"
    r"the list of problems|PR( \d{4}-\d+)?|"
    r"C-bakery( \d{4}-\d+)?|PC \d{4}-\d+|Bicycles|Find out why|Told\.|gas a day|It was read|"
    r"http://(localhost:8000)?|Other|([Mm]ore )?[Bb]read|"
    r"Book of minutes 3, page 41|Packing since Monday|Open on Mondays|"
    r"Cooperativa bakery|Bakery|bakery|Puerto|Crew [AB]|Ovens|Packing( hall)?|Morning|Night|General assembly|"
    r"Administrative council|secretary|president|register-keeper|auditor|Max|Nan|Oz|Founding act(, 2 March 2020)?|"
    r"Founding act, Bakery of the Port|Assembly of the canteen|The new oven|Canteen open to the school|Canteen|Showers|"
    r"appeal against a sanction|A member appeals against a suspension|The assembly hears the member, and decides|"
    r"choice of two members who sign the minutes|"  # an item keeps the words of whoever put it there
    r"Benches|A vote|Which oven\?|Three offers came|Shall it be\?|Gate|"
    r"On Mondays the canteen serves ninety lunches|Pupils enter by the east gate|"
    r"zero|three|"  # figures in words: each language writes its own, by no catalogue
    r"English|Español|Português( \(Brasil\))?"
)


@pytest.mark.parametrize("who", ["ana", "lou", "cy"])
def test_every_word_of_every_page_is_translated(world: World, pseudo: None, who: str) -> None:
    client = make.sign_in(Client(), world.plant.people[who])
    found = {}
    for name, (methods, _audience) in DOORS.items():
        if "GET" not in methods or name in ("health", "sign-in"):
            continue
        answer = client.get(world.address(name))
        if answer.status_code not in (200, 404, 409) or "text/html" not in answer.headers["Content-Type"]:
            continue
        left = [
            text
            for text in untranslated(answer.content.decode())
            if re.search("[A-Za-z]{2}", DATA.sub("", text))
        ]
        if left:
            found[name] = left
    assert not found, "; ".join(sorted({text for texts in found.values() for text in texts}))


def test_the_sign_in_page_is_translated(world: World, pseudo: None) -> None:
    html = Client().get(world.address("sign-in")).content.decode()
    assert [text for text in untranslated(html) if re.search("[A-Za-z]{2}", DATA.sub("", text))] == []


def test_the_check_finds_a_forgotten_word() -> None:
    page = "<html><body><p>⟦Vote⟧ now</p><p>⟦For ⟦two⟧⟧ Άννα</p><button aria-label='Close'>⟦x⟧</button></body></html>"
    assert untranslated(page) == ["now", "Close"]
