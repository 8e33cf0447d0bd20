"""Every page in every language of the house: it opens as it does in English, what programs read stays as it is, and
who hears the page instead of seeing it misses nothing (`heard.py`)."""

from __future__ import annotations

import gettext
import re
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from coop.pages.entrance.languages import choices
from tests import make
from tests.pages.catalogues import LOCALE, entries
from tests.pages.heard import unheard_in
from tests.pages.test_doors import DOORS, World, keys_of

SPOKEN = ["es", "pt-br"]
PLACE_LEFT = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w+\}")
DRAWN = re.compile(r'\s(?:x|y|x1|x2|y1|y2|cx|cy|r|dy|width|height|points|d)="([^"]*)"')
DAY = re.compile(r'<input[^>]*type="(?:date|datetime-local)"[^>]*>')
ISO = re.compile(r'value="\d{4}-\d\d-\d\d(T\d\d:\d\d)?"')


@pytest.fixture
def world() -> World:
    plant, other = make.plant("bakery"), make.plant("quarry")
    return World(plant, other, keys_of(plant))


def folder(language: str) -> str:
    return {"pt-br": "pt_BR"}.get(language, language)


def test_the_house_speaks_three_languages() -> None:
    assert [code for code, _name in choices()] == ["en", *SPOKEN]


@pytest.mark.parametrize("language", SPOKEN)
def test_what_is_spoken_is_what_is_written(language: str) -> None:
    """The compiled words are those of the catalogue; `.ci/words.py` makes them."""
    place = LOCALE / folder(language) / "LC_MESSAGES"
    with (place / "django.mo").open("rb") as compiled:
        spoken: dict[Any, str] = getattr(gettext.GNUTranslations(compiled), "_catalog")  # noqa: B009
    written: dict[Any, str] = {}
    for entry in entries((place / "django.po").read_text()):
        key = f"{entry.context}\x04{entry.source}" if entry.context else entry.source
        if entry.plural:
            written |= {(key, form): words for form, words in enumerate(entry.words)}
        else:
            written[key] = entry.words[0]
    spoken.pop("", None)
    assert spoken == written


def faults(html: str, language: str) -> list[str]:
    found = [] if f'<html lang="{language}"' in html else ["another language"]
    found += [
        f"left open: {one}"
        for one in PLACE_LEFT.findall(re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S))
    ]
    found += [one for one in DAY.findall(html) if " value=" in one and not ISO.search(one)]
    for picture in re.findall(r"<svg\b.*?</svg>", html, flags=re.S):
        found += [f"drawn: {one}" for one in DRAWN.findall(picture) if re.search(r"\d,\d|\d\xa0\d", one)]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "language"), [("ana", "es"), ("cy", "es"), ("ana", "pt-br")])
def test_every_page_opens_in_every_language(world: World, who: str, language: str) -> None:
    client = make.sign_in(Client(), world.plant.people[who])
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    wrong: dict[str, Any] = {}
    opened = 0
    for name, (methods, _audience) in DOORS.items():
        if "GET" not in methods or name in ("health", "sign-in"):
            continue
        answer = client.get(world.address(name))  # what fails is raised here
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            opened += 1
            html = answer.content.decode()
            if found := faults(html, language) + unheard_in(html):
                wrong[name] = found
    assert wrong == {}
    assert opened > 20


def test_the_check_finds_what_it_is_for() -> None:
    good = '<html lang="es"><input type="date" value="2026-11-28"><svg><rect x="1.5"/></svg></html>'
    assert faults(good, "es") == []
    for old, new in (
        ('lang="es"', 'lang="en"'),
        ("2026-11-28", "28/11/2026"),
        ("1.5", "1,5"),
        ("<svg>", "%(who)s<svg>"),
    ):
        assert faults(good.replace(old, new), "es"), new


@pytest.mark.django_db
def test_whoever_signs_in_reads_the_language_of_the_register() -> None:
    plant = make.plant()
    plant.people["eve"].language = "es"
    plant.people["eve"].save(update_fields=["language"])
    make.sign_in(Client(), plant.eve)  # from now on there is a secret
    typed = {"number": plant.eve.number, "secret": make.PIN}
    client = Client()
    answer = client.post("/bakery/sign-in/", {**typed, "own": "on"})
    cookie = answer.cookies[configured.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["max-age"]) == ("es", 365 * 24 * 3600)
    assert '<html lang="es"' in client.get("/bakery/").content.decode()
    # Elsewhere it goes with the window, and a device that chose keeps its choice.
    assert Client().post("/bakery/sign-in/", typed).cookies[configured.LANGUAGE_COOKIE_NAME]["max-age"] == ""
    chosen = Client()
    chosen.post("/language/", {"language": "pt-br", "next": "/bakery/sign-in/"})
    assert configured.LANGUAGE_COOKIE_NAME not in chosen.post("/bakery/sign-in/", typed).cookies
    assert '<html lang="pt-br"' in chosen.get("/bakery/").content.decode()
