"""Questions to the database that every request asks again: their SQL is put together once in a process.

Putting together one SELECT takes Django three times as long as PostgreSQL takes to answer it. What it asks stays
written as a queryset, with a `given` wherever a value comes in; only the words are kept, never an answer.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet, Value

Found = TypeVar("Found")


def given(name: str) -> Any:
    """The place of a value that is known when the question is asked. It cannot be None: that would be other SQL."""
    return _Given(name)


class _Given(Value):
    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Often(Generic[Found]):
    """`Often(lambda: Account.objects.filter(pk=given("key")))` asks with `.all(key=7)` or `.first(key=7)`.

    The queryset may filter, join (`select_related`), leave columns out, annotate and name its values; what it
    prefetches or counts is not kept here. It asks no default database but the one.
    """

    def __init__(self, question: Callable[[], QuerySet[Any, Found]]) -> None:
        self._question = question
        self._kept: tuple[QuerySet[Any, Found], Any, str, tuple[Any, ...]] | None = None

    def all(self, **values: Any) -> list[Found]:
        queryset, kept, words, places = self._kept or self._put_together()
        filled = tuple(values[place.value] if isinstance(place, _Given) else place for place in places)
        return asked_in_words(queryset, kept, words, filled)

    def first(self, **values: Any) -> Found | None:
        """The first of them. The queryset says itself how many it wants at most, and in which order."""
        return next(iter(self.all(**values)), None)

    def _put_together(self) -> tuple[QuerySet[Any, Found], Any, str, tuple[Any, ...]]:
        queryset = self._question()
        compiler = queryset.query.get_compiler(queryset.db)
        words, places = compiler.as_sql()
        self._kept = queryset, compiler, words, tuple(places)
        return self._kept


def asked_in_words(
    queryset: QuerySet[Any, Found], kept: Any, words: str, filled: tuple[Any, ...]
) -> list[Found]:
    """The rows of a question whose SQL is known, read as Django reads them; `kept` is the compiler that made it."""
    compiler = copy.copy(kept)  # one for each asking: another thread has another connection
    compiler.connection = connections[queryset.db]
    compiler.as_sql = lambda *_arguments, **_more: (words, filled)
    reader: Any = queryset._iterable_class
    return list(reader(_Asked(queryset, compiler)))


class _Asked:
    """What Django's own readers of rows want to know of a queryset: here its compiler has the SQL already."""

    _known_related_objects: dict[Any, Any] = {}
    _hints: dict[Any, Any] = {}

    def __init__(self, queryset: Any, compiler: Any) -> None:
        self.db, self.model, self._fields = queryset.db, queryset.model, queryset._fields
        self.query = _Words(queryset.query, compiler)


class _Words:
    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *_arguments: Any, **_more: Any) -> Any:
        return self._compiler


def known_already(one: Model, name: str, rows: Sequence[Model]) -> None:
    """What `one.<name>.all()` gives without asking, as after `prefetch_related`."""
    found = getattr(one, name).all()
    found._result_cache, found._prefetch_done = list(rows), True
    if not hasattr(one, "_prefetched_objects_cache"):
        one._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    one._prefetched_objects_cache[name] = found  # type: ignore[attr-defined]
