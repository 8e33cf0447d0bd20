"""All minutes: by body and year, and every word of them found again, with or without accents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.meetings.minutes_blocks import plain
from coop.meetings.models import Meeting, Minutes, SealedMinutes
from coop.members.folding import fold
from coop.members.models import Body

from .access import Here, enter, page_of
from .sheets import Sheet, WordsField

PAGE = 20
MOST_WORDS = 12
EXCERPTS = 3
AROUND = 70  # letters before and after a word that was found
_WORD = re.compile(r"\w+")


class SearchForm(Sheet):
    words = WordsField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        held = Meeting.objects.filter(cooperative=here.cooperative, minutes__isnull=False)
        bodies = Body.objects.filter(pk__in=held.values("body")).order_by("code")
        years = held.order_by("-year").values_list("year", flat=True).distinct()
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]
        every = [("", gettext_lazy("all"))]
        self.fields["body"].choices = [*every, *((one.code, one.name) for one in bodies)]  # type: ignore[attr-defined]
        self.fields["year"].choices = [*every, *((str(one), str(one)) for one in years)]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Piece:
    words: str
    found: bool


@dataclass(frozen=True)
class Found:
    minutes: Minutes
    excerpts: list[list[Piece]]


@require_safe
def found(request: HttpRequest, coop: str) -> HttpResponse:
    """Every member reads it. The words of closed parts are not among those that are searched."""
    here = enter(request, coop)
    asked = {key: request.GET[key] for key in ("words", "body", "year") if key in request.GET}
    form = SearchForm(request.GET if asked else None, here=here)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words = _WORD.findall(fold(told.get("words", "")))[:MOST_WORDS]
    page = page_of(request, _matching(here, told, words), PAGE)
    page.object_list = [Found(one, excerpts(one.text, words)) for one in page.object_list]
    context = {
        "form": form,
        "page": page,
        "searched": bool(words),
        "query": "".join(f"{key}={value}&" for key, value in _encoded(asked)),
    }
    return render(request, "minutes/found.html", context, status=422 if form.errors else 200)


def _encoded(asked: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, quote(value)) for key, value in asked.items() if value]


def _matching(here: Here, told: dict[str, Any], words: list[str]) -> QuerySet[Minutes]:
    """Minutes that hold every word, or a word that begins with it; the latest first."""
    sealed = SealedMinutes.objects.filter(minutes=OuterRef("pk"))
    matching = (
        Minutes.objects.filter(meeting__cooperative=here.cooperative)
        .select_related("meeting__body")
        .annotate(is_sealed=Exists(sealed), book_number=F("sealed__number"))
        .order_by("-meeting__closed_at", "-pk")
    )
    conditions = Q()
    if told.get("body"):
        conditions &= Q(meeting__body__code=told["body"])
    if told.get("year"):
        conditions &= Q(meeting__year=int(told["year"]))
    if words:
        asked = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
        matching = matching.annotate(vector=SearchVector("searched", config="simple"))
        conditions &= Q(vector=asked)
    return matching.filter(conditions)


def excerpts(text: str, words: list[str]) -> list[list[Piece]]:
    """A few places of the text with the words marked, as they are written there, accents and all.

    >>> [[(one.words, one.found) for one in place] for place in excerpts("La **panadería** abre.", ["panaderia"])]
    [[('La ', False), ('panadería', True), (' abre.', False)]]
    """
    if not words:
        return []
    told = " ".join(plain(text).split())
    hits = [
        (match.start(), match.end())
        for match in _WORD.finditer(told)
        if any(fold(match[0]).startswith(word) for word in words)
    ]
    places: list[list[Piece]] = []
    end = -1
    for begin, _stop in hits:
        if begin < end:
            continue
        start, end = max(0, begin - AROUND), min(len(told), begin + AROUND)
        places.append(_pieces(told, start, end, hits))
        if len(places) == EXCERPTS:
            break
    return places


def _pieces(told: str, start: int, end: int, hits: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for begin, stop in hits:
        if begin < start or begin >= end:
            continue
        if begin > at:
            pieces.append(Piece(("… " if at == start > 0 else "") + told[at:begin], False))
        pieces.append(Piece(told[begin:stop], True))
        at = stop
    if at < end:
        pieces.append(Piece(told[at:end] + (" …" if end < len(told) else ""), False))
    return pieces
