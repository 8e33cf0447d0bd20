"""The rules of the house in words: what holds today, where each number comes from, what changed and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from coop.charter.differences import Difference, by_section, history
from coop.charter.kinds import Article, Value
from coop.charter.models import Bylaws
from coop.charter.wording import value_in_words

from ..access import Here, enter


@dataclass(frozen=True)
class Rule:
    """One article as a member reads it."""

    key: str
    meaning: str
    value: str
    usual: str  # what the table proposes, where this house does otherwise
    source: str


@dataclass(frozen=True)
class Chapter:
    code: str
    title: str
    rules: list[Rule]


@dataclass(frozen=True)
class Change:
    meaning: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    bylaws: Bylaws
    changes: list[Change]
    state: str  # "past", "now" or "to come"


@require_safe
def bylaws(request: HttpRequest, coop: str) -> HttpResponse:
    """What holds today."""
    here = enter(request, coop)
    versions = _versions(here)
    now = next(version for version in versions if version.state == "now")
    return _show(request, here, now, versions)


@require_safe
def version(request: HttpRequest, coop: str, version: int) -> HttpResponse:
    """One version, also of the past or of the days to come."""
    here = enter(request, coop)
    versions = _versions(here)
    found = next((one for one in versions if one.bylaws.version == version), None)
    if found is None:
        raise Http404
    return _show(request, here, found, versions)


def _show(request: HttpRequest, here: Here, shown: Version, versions: list[Version]) -> HttpResponse:
    own = request.GET.get("only") == "own"
    chapters = _chapters(shown.bylaws.values(), here.cooperative.currency_code)
    deviating = sum(1 for chapter in chapters for rule in chapter.rules if rule.usual)
    if own:
        kept = [Chapter(one.code, one.title, [rule for rule in one.rules if rule.usual]) for one in chapters]
        chapters = [chapter for chapter in kept if chapter.rules]
    context = {
        "shown": shown,
        "versions": versions,
        "chapters": chapters,
        "own": own,
        "deviating": deviating,
        "count": sum(len(chapter.rules) for chapter in chapters),
    }
    return render(request, "books/bylaws/bylaws.html", context)


def _versions(here: Here) -> list[Version]:
    """All versions, the newest first, each with what it changed."""
    rows = list(Bylaws.objects.filter(cooperative=here.cooperative).order_by("version"))
    now = here.bylaws.version
    currency = here.cooperative.currency_code
    told = [
        Version(row, [_change(one, currency) for one in changes], _state(row.version, now))
        for row, changes in zip(rows, history(row.values() for row in rows), strict=True)
    ]
    return told[::-1]


def _state(version: int, now: int) -> str:
    return "now" if version == now else "past" if version < now else "to come"


def _change(difference: Difference, currency: str) -> Change:
    article, before, after = difference
    return Change(
        gettext(article.meaning), _words(article, before, currency), _words(article, after, currency)
    )


def _chapters(values: Mapping[str, Value], currency: str) -> list[Chapter]:
    return [
        Chapter(
            section.code,
            gettext(section.title),
            [
                Rule(
                    key=line.article.key,
                    meaning=gettext(line.article.meaning),
                    value=_words(line.article, line.value, currency),
                    usual=_words(line.article, line.article.default, currency) if line.differs else "",
                    source=gettext(line.article.source),
                )
                for line in section.lines
            ],
        )
        for section in by_section(values)
    ]


def _words(article: Article, value: Any, currency: str) -> str:
    return value_in_words(article, value, currency=currency)
