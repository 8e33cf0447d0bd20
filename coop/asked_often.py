"""Questions to the database that every request asks again: their SQL is put together once in a process.

Putting together one SELECT takes Django three times as long as PostgreSQL takes to answer it. What it asks stays
written as a queryset, with a `given` wherever a value comes in; only the words are kept. Of a question that says `told`
the answer is kept too, for pages that are only read and until the journal has a new line (unchanged.py).
"""

from __future__ import annotations

import datetime
import hashlib
import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet, Value
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)

from coop import unchanged

Found = TypeVar("Found")
_LETTERS = string.ascii_letters
Said = bytes  # a hash of all that some rows say


def given(name: str) -> Any:
    """The place of a value that is known when the question is asked. It cannot be None: that would be other SQL."""
    return _Given(name)


class Filled:
    """A place in a question that is filled when it is asked. Equal ones are filled alike."""


class _Given(Filled, Value):
    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Often(Generic[Found]):
    """`Often(lambda: Account.objects.filter(pk=given("key")))` asks with `.all(key=7)` or `.first(key=7)`.

    The queryset may filter, join (`select_related`), leave columns out, annotate and name its values; what it
    prefetches or counts is not kept here. It asks no default database but the one.

    `told`: whatever changes one of its rows writes a line into the journal of the plant. Such a question is not given
    who reads, nor a moment. Nor does it complete what a question without `told` has just said on the same page: that
    may be newer.
    """

    def __init__(self, question: Callable[[], QuerySet[Any, Found]], *, told: bool = False) -> None:
        self._question, self.told = question, told
        self._kept: PutTogether[Found] | None = None

    def all(self, **values: Any) -> list[Found]:
        return self.answer(**values).read()

    def answer(self, **values: Any) -> Answer[Found]:
        """What the database says, to be read or only to be compared with what it said before."""
        kept = self.put_together
        filled = tuple(values[place.value] if type(place) is _Given else place for place in kept.places)
        if not self.told:
            return Answer(kept, kept.answer(filled))
        if datetime.datetime in map(type, filled):
            raise TypeError("What hangs on a moment changes without a line of the journal.")
        asked = kept, _fixed(list(filled))
        return unchanged.said(asked, lambda: Answer(kept, kept.answer(filled)), Answer.letters)

    @property
    def put_together(self) -> PutTogether[Found]:
        if self._kept is None:
            made = PutTogether(self._question())
            made.fill(made.places)
            self._kept = made  # only now: another thread may ask
        return self._kept

    def first(self, **values: Any) -> Found | None:
        """The first of them. The queryset says itself how many it wants at most, and in which order."""
        return next(iter(self.all(**values)), None)


class Answer(Generic[Found]):
    """Rows that were not read yet. The same rows read the same: `said` can stand for all that is read from them."""

    def __init__(self, question: PutTogether[Found], rows: list[tuple[Any, ...]]) -> None:
        self._question, self._rows = question, rows

    def __bool__(self) -> bool:
        return bool(self._rows)

    @cached_property
    def said(self) -> Said:
        """Everything the rows say, as something that can be looked up and is short whatever they say."""
        return hashlib.sha256(repr(self._rows).encode("utf-8", "surrogatepass")).digest()

    def letters(self) -> int:
        return sum(len(value) for row in self._rows for value in row if type(value) is str)

    def read(self) -> list[Found]:
        """The rows, read as Django reads them. Each reader has lists of their own."""
        return self._question.read(map(_own_lists, self._rows))


def _name(number: int) -> str:
    """As short as can be: a question of more than 4,096 letters is read anew each time too."""
    return _LETTERS[number] if number < len(_LETTERS) else str(number)


def _own_lists(row: tuple[Any, ...]) -> tuple[Any, ...]:
    if list not in map(type, row):
        return row
    return tuple(list(value) if type(value) is list else value for value in row)


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if type(value) is list else value


class PutTogether(Generic[Found]):
    """A question with its SQL, and how its rows are read: all that Django finds out anew for every queryset.

    `words` with `places` for its values. Raises `EmptyResultSet` for a question that no row can answer.
    """

    places: Sequence[Any]

    def __init__(self, queryset: QuerySet[Any, Found]) -> None:
        compiler: Any = queryset.query.get_compiler(queryset.db)
        self.words, self.places = compiler.as_sql()
        self._database = queryset.db
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        if compiler.has_composite_fields(columns):
            raise TypeError(f"A key of several columns is not read here: {queryset.model}")
        self._converters = list(compiler.get_converters(columns).items())
        self._reading = _reading(queryset, compiler)

    def fill(self, places: Sequence[Any]) -> None:
        """From here on equal places are one, and each is sent once: psycopg finds anew with every asking how a question
        of more than 50 values is read. What is the same for everybody stays apart, for PostgreSQL takes its type from
        where it stands."""
        number = count()
        keys = [place if isinstance(place, Filled) else next(number) for place in places]
        names = dict(zip(dict.fromkeys(keys), map(_name, count()), strict=False))
        named = (f"%({names[key]})s" for key in keys)
        self.words = re.sub("%[s%]", lambda found: next(named) if found[0] == "%s" else found[0], self.words)
        self.places = tuple(dict(zip(keys, places, strict=True)).values())
        self._names = tuple(names.values())

    def rows(self, values: Sequence[Any]) -> list[Found]:
        """The rows, read as Django reads them. `values`: one for each of the places, once they are filled."""
        return self.read(self.answer(values))

    def answer(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows as the database gives them."""
        with connections[self._database].cursor() as cursor:
            cursor.execute(self.words, dict(zip(self._names, values, strict=True)))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Found]:
        if self._converters:
            connection = connections[self._database]
            rows = [self._converted(row, connection) for row in rows]
        return self._reading(rows)

    def _converted(self, row: Sequence[Any], connection: Any) -> Sequence[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for converter in converters:
                values[place] = converter(values[place], expression, connection)
        return values


Reading = Callable[[Iterable[Sequence[Any]]], list[Any]]


def _reading(queryset: Any, compiler: Any) -> Reading:
    """What the iterable of a queryset does with its rows, with all that does not hang on a row done beforehand."""
    kind = queryset._iterable_class
    if kind is ModelIterable:
        return _models(compiler, queryset.db)
    if kind is ValuesIterable:
        query = queryset.query
        names = query.selected or [*query.extra_select, *query.values_select, *query.annotation_select]
        return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]
    if kind is ValuesListIterable:
        return lambda rows: [tuple(row) for row in rows]
    if kind is FlatValuesListIterable:
        return lambda rows: [row[0] for row in rows]
    raise TypeError(f"{kind.__name__} is not read here.")


def _models(compiler: Any, database: str) -> Reading:
    model, fields = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    joined = get_related_populators(compiler.klass_info, compiler.select, database)  # type: ignore[call-arg]
    told = list((compiler.annotation_col_map or {}).items())

    def read(row: Sequence[Any]) -> Any:
        one = model.from_db(database, names, row[first:end])
        for other in joined:
            other.populate(row, one)
        for name, place in told:
            setattr(one, name, row[place])
        return one

    return lambda rows: [read(row) for row in rows]


def known_already(one: Model, name: str, rows: Sequence[Model]) -> None:
    """What `one.<name>.all()` gives without asking, as after `prefetch_related`."""
    found = getattr(one, name).all()
    found._result_cache, found._prefetch_done = list(rows), True
    if not hasattr(one, "_prefetched_objects_cache"):
        one._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    one._prefetched_objects_cache[name] = found  # type: ignore[attr-defined]
