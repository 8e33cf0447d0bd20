"""Figures that cannot be read in two ways: days with the month in letters, never "3/5" where nobody says of what."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from coop.pages.timetable import say_day

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FORMATS = ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")
MONTHS = set("bFMNEf")
_FORMAT = re.compile(r'\|date:"([^"]+)"')
_FRACTION = re.compile(r"\}\}\s?/\s?\{\{|%\(\w+\)s\s?/\s?%\(")


def faults(text: str) -> list[str]:
    """Days told by the number of their month, and one figure over another."""
    days = [one for one in _FORMAT.findall(text) if set("mn") & set(one) and not MONTHS & set(one)]
    fractions = [line for line in text.splitlines() if _FRACTION.search(re.sub(r'"[^"]*"', "", line))]
    return days + fractions


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_eleventh_of_march_is_not_the_third_of_november(language: str) -> None:
    told = datetime.datetime(2026, 11, 3, 14, 5)
    with translation.override(language):
        written = [date_format(told, one) for one in FORMATS]
    assert [one for one in written if not re.search(r"[a-z]{3}", one.lower())] == []
    assert all("3" in one and "2026" in one and "11" not in one for one in written)


def test_templates_tell_neither_days_in_digits_nor_fractions() -> None:
    wrong = {
        str(path.relative_to(TEMPLATES)): found
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (found := faults(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    ['{{ day|date:"d/m/Y" }}', '{{ day|date:"n-j" }}', "<td>{{ done }}/{{ of }}</td>", "{{ a }} / {{ b }}"],
)
def test_the_check_finds_what_it_is_for(text: str) -> None:
    assert faults(text) != []
    assert (
        faults('{{ day|date:"j F" }} {{ day|date:"SHORT_DATE_FORMAT" }} <a href="{{ site }}/{{ slug }}/">')
        == []
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Friday 1 May 2026"),
        ("es", "viernes 1 de mayo de 2026"),
        (
            "pt-br",
            "sexta-feira, 1 de maio de 2026",
        ),  # small since the spelling of 1990; Django's own has capitals
    ],
)
def test_a_day_is_written_as_the_language_spells_it(language: str, told: str) -> None:
    with translation.override(language):
        assert say_day(datetime.date(2026, 5, 1)) == told
