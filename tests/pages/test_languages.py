"""The words of other languages: whole, with the same places to fill in, and the terms of the co-operative."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.dateformat import format as formatted

from tests.pages.catalogues import LOCALE, Entry, entries

WHOLE = {"es", "pt_BR"}  # of the others only what has words already is looked at
LANGUAGES = sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\((\w+)\)[sd]|(%%|%[sd])")
TAGS = re.compile(r"</?[a-z][^>]*>")
DAY = datetime.date(2026, 11, 28)

# English, and what one of the words of the other language has to hold. docs/languages.md has the whole list.
TERMS = {
    "es": {
        r"registers? of voters": "padr[oó]n",
        r"agenda": "rden del día",
        r"recall(ed)?": "revoc",
        r"amendments?": "nmienda",
        r"quorum": "quórum",
        r"tellers?": "scrutador",
        r"bylaws": "eglamento",
        r"statute": "statuto",
        r"electoral commission": "omisión electoral",
        r"acclamation": "clamación",
        r"counting minutes": "cta de escrutinio",
        r"book of attendance|attendance book": "ibro de asistencia",
        r"second round": "segunda vuelta",
        r"second call": "segunda convocatoria",
        r"internal rules": "eglamento interno",
        r"working table": "esa de trabajo",
        r"alternates?": "uplente",
        r"dissent": "oto salvado",
        r"point of order": "oción de orden",
    },
    "pt_BR": {
        r"registers? of voters": "ista de votantes|istas de votantes",
        r"agenda": "rdem do dia",
        r"recall(ed)?": "evog",
        r"amendments?": "menda",
        r"quorum": "quórum",
        r"tellers?": "scrutinador",
        r"statute": "statuto",
        r"electoral commission": "omissão eleitoral",
        r"acclamation": "clamação",
        r"counting minutes": "ta de apuração",
        r"second round": "segundo turno",
        r"second call": "segunda convocação",
        r"internal rules": "egimento interno",
        r"alternates?": "uplente",
        r"dissent": "oto em separado",
        r"point of order": "uestão de ordem",
    },
}


def faults(entry: Entry, terms: dict[str, str]) -> Iterator[str]:
    if entry.flags & {"fuzzy", "obsolete"}:
        yield "unsure or out of use"
    if len(entry.words) != (2 if entry.plural else 1) or not all(text.strip() for text in entry.words):
        yield "no words"
        return
    if places(entry.words[-1]) != places(entry.plural or entry.source):
        yield "other places to fill in"
    if entry.plural and not places(entry.words[0]) <= places(entry.source) | places(entry.plural):
        yield "a place to fill in that the English has not"
    for text in entry.words:
        if edges(text) != edges(entry.source) or TAGS.findall(text) != TAGS.findall(entry.source):
            yield "another edge, or other tags"
    english, told = f"{entry.source} {entry.plural}", " ".join(entry.words)
    for term, ours in terms.items():
        if re.search(rf"(?<!\()\b({term})\b", english, re.IGNORECASE) and not re.search(
            ours, told, re.IGNORECASE
        ):
            yield f"not the word of the house for “{term}”"


def places(text: str) -> set[str]:
    return {name or other for name, other in PLACES.findall(text)}


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_says_what_the_english_says(language: str) -> None:
    told = entries((LOCALE / language / "LC_MESSAGES" / "django.po").read_text())
    assert len({entry.key for entry in told}) == len(told) > 5000
    told = [entry for entry in told if language in WHOLE or any(entry.words)]
    found = [(entry.source, fault) for entry in told for fault in faults(entry, TERMS[language])]
    assert found == []


DAYS = {
    "es": ("28 de noviembre de 2026", "sábado 28 de noviembre de 2026"),
    "pt_BR": ("28 de novembro de 2026", "sábado, 28 de novembro de 2026"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_written_as_people_write_them(language: str) -> None:
    told = entries((LOCALE / language / "LC_MESSAGES" / "django.po").read_text())
    formats = {entry.context: entry.words[0] for entry in told if "Django date format" in entry.context}
    with translation.override(language.replace("_", "-").lower()):
        said = {context: formatted(DAY, pattern).lower() for context, pattern in formats.items()}
    assert (said["day; Django date format"], said["date line; Django date format"]) == DAYS[language]


def test_the_check_finds_what_it_is_for() -> None:
    terms = {"quorum": "quórum"}
    good = Entry("%(n)s of the quorum", words=["%(n)s del quórum"])
    assert list(faults(good, terms)) == []
    for words in (
        ["%(m)s del quórum"],
        [""],
        [" %(n)s del quórum"],
        ["%(n)s de la cuenta"],
        ["<b>%(n)s</b> quórum"],
    ):
        assert list(faults(Entry(good.source, words=words), terms)), words
    plural = Entry("one day", "%(n)s days", words=["un día", "%(n)s días"])
    assert list(faults(plural, {})) == []
    assert list(faults(Entry("one day", "%(n)s days", words=["un día", "unos días"]), {}))
    assert list(faults(Entry("now", words=["ahora"], flags={"fuzzy"}), {}))
