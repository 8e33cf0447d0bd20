"""The box above a list: finds lines by words of theirs. It works without a script, and no accent or capital matters.

    look = Look(request, year=year)
    page = page_of(request, look.among(found, "V {year}-{number} {buyer} {product__name}"), ON_A_PAGE)

The page shows `shared/look.html` above the list and gives `look.query` to the pager.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import Formatter
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import CharField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains
from django.http import HttpRequest

from coop.members.folding import fold

T = TypeVar("T")
FEW = 5  # lines that one sees at a glance: above them stands no box
LONGEST = 120
MOST = 8  # words; more say nothing more


class Folded(Func):
    """As `coop.members.folding` does it; a line is compared in the database, for a list is longer than a page."""

    template = r"lower(regexp_replace(normalize((%(expressions)s)::text, NFKD), '[\u0300-\u036f]', '', 'g'))"
    output_field = TextField()


class Look:
    """What the address asks of a list. `kept`: what else it says, which a search keeps, such as the year."""

    few = FEW

    def __init__(self, request: HttpRequest, **kept: Any) -> None:
        typed = request.GET.get("words", "").replace("\0", " ")
        self.words = " ".join(typed[:LONGEST].split())
        self.kept = {name: str(value) for name, value in kept.items() if value not in ("", None)}

    @property
    def parts(self) -> list[str]:
        return self.words.split()[:MOST]

    @property
    def query(self) -> str:
        """For the addresses of the other pages: empty, or with the sign that joins what comes behind."""
        asked = self.kept | ({"words": self.words} if self.words else {})
        return f"{urlencode(asked)}&" if asked else ""

    @property
    def everything(self) -> str:
        """The address of the whole list."""
        return f"?{urlencode(self.kept)}"

    def among(self, found: QuerySet[Any], told: str) -> QuerySet[Any]:
        """Those that hold every word somewhere in what is told of them: `told` names their fields in braces, as a
        label is written, so that a number is found as people quote it. No question more."""
        for part in self.parts:
            found = found.filter(
                Contains(Folded(_as_told(told)), Folded(Value(part, output_field=TextField())))
            )
        return found

    def within(self, lines: Iterable[T], told: Callable[[T], str]) -> list[T]:
        """The same of lines that are no rows of a table."""
        parts = [fold(part) for part in self.parts]
        return [line for line in lines if all(part in fold(told(line)) for part in parts)]


def _as_told(told: str) -> Concat | F:
    pieces: list[Any] = []
    for words, field, _form, _conversion in Formatter().parse(told):
        pieces += [Value(words)] if words else []
        pieces += [F(field)] if field else []
    return Concat(*pieces, output_field=CharField()) if len(pieces) > 1 else pieces[0]
