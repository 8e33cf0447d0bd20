"""Questions that depend on who reads a page and when: their SQL is put together once for all whom it asks alike.

A question is a function of `Here` that gives a queryset. It is put together for two invented readers in two invented
co-operatives at two invented hours. What differs between the two must be a value of the reader (who they are, where,
the hour, the day, so many days before or after); otherwise nothing is kept, and Django puts the question together each
time, as it always does. Alike are readers with the same powers and, where a question looks at them, the same bylaws.

What a question may not do: go another way for another hour (`if here.day.month == 12`). That cannot be found out here.
Only the words are kept, never an answer.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet, prefetch_related_objects

from coop.asked_often import Filled, PutTogether
from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Member
from coop.members.powers import Powers

from .access import Here

Row = TypeVar("Row")
Question = Callable[[Here], QuerySet[Any, Row]]

HOURS = (  # nothing of the one is the same in the other: neither year, month, day, weekday, hour nor minute
    datetime.datetime(2031, 3, 4, 5, 6, 7, 8, tzinfo=datetime.UTC),
    datetime.datetime(2044, 8, 15, 16, 17, 18, 19, tzinfo=datetime.UTC),
)
MOST = 600  # wordings; each question has one for every set of powers that somebody holds


def asked(here: Here, question: Question[Row]) -> list[Row]:
    """The rows that `question(here)` gives, with what it prefetches."""
    wording = _wording(here, question)
    if wording is None:
        return list(question(here))
    rows = wording.rows(here)
    if rows and wording.prefetched:
        prefetch_related_objects(rows, *wording.prefetched)
    return rows


# --- Wordings -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place(Filled):
    """Where a value of the reader comes in: which one, and how far from it."""

    name: str
    distance: datetime.timedelta | None = None


class _Wording:
    """The SQL of a question, and what comes into its places."""

    def __init__(
        self, question: PutTogether[Any], places: Sequence[Any], prefetched: tuple[Any, ...]
    ) -> None:
        self.question, self.prefetched = question, prefetched
        question.fill(places)

    def rows(self, here: Here) -> list[Any]:
        values = _values(here)
        filled = tuple(
            _fill(place, values) if type(place) is _Place else place for place in self.question.places
        )
        return self.question.rows(filled)


class _Nothing:
    """A question that no row can answer, whoever asks."""

    prefetched = ()

    def rows(self, _here: Here) -> list[Any]:
        return []


class _OfBylaws(Exception):
    """The question looks at the bylaws."""


class _CannotBeKept(Exception):
    """Its SQL hangs on something that is no value of the reader."""


LOOKS_AT_BYLAWS, UNKNOWN = object(), object()
_kept: dict[tuple[Any, ...], Any] = {}


def _wording(here: Here, question: Question[Any]) -> _Wording | _Nothing | None:
    """None: it is put together each time."""
    key: tuple[Any, ...] = (question, here.powers.held)
    found = _known(key, question, here.powers, None)
    if found is LOOKS_AT_BYLAWS:
        key = (*key, here.bylaws.pk, here.bylaws.recorded_at)  # a version of the bylaws never changes
        found = _known(key, question, here.powers, here.bylaws)
    wording: _Wording | _Nothing | None = found
    return wording


def _known(key: tuple[Any, ...], question: Question[Any], powers: Powers, bylaws: Bylaws | None) -> Any:
    found = _kept.get(key, UNKNOWN)
    if found is UNKNOWN:
        found = _put_together(question, powers, bylaws)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = found
    return found


def _put_together(question: Question[Any], powers: Powers, bylaws: Bylaws | None) -> Any:
    readers = [_Invented(powers, bylaws, hour, bool(which)) for which, hour in enumerate(HOURS)]
    try:
        with _nothing_asked():
            querysets = [question(reader) for reader in readers]
            first, second = [PutTogether(queryset) for queryset in querysets]
        if first.words != second.words or len(first.places) != len(second.places):
            return None
        values = [_values(reader) for reader in readers]
        pairs = zip(first.places, second.places, strict=True)
        prefetched = querysets[0]._prefetch_related_lookups  # type: ignore[attr-defined]
        return _Wording(first, [_explained(one, other, values) for one, other in pairs], prefetched)
    except EmptyResultSet:
        return _Nothing()
    except _OfBylaws:
        return LOOKS_AT_BYLAWS
    except _CannotBeKept:
        return None


@contextmanager
def _nothing_asked() -> Iterator[None]:
    def refuse(*_what: Any) -> NoReturn:
        raise _CannotBeKept

    with connection.execute_wrapper(refuse):
        yield


# --- Invented readers -----------------------------------------------------------------------------------------------


class _Invented(Here):
    """Nobody, nowhere, at no hour of ours; but their powers, and the bylaws where they are told, are real."""

    def __init__(self, powers: Powers, bylaws: Bylaws | None, at: datetime.datetime, second: bool) -> None:
        house, member = _made_up(Cooperative, second), _made_up(Member, second)
        house.time_zone = ("Asia/Tokyo", "America/Caracas")[second]
        member.cooperative = house
        super().__init__(house, member, at, demo=second)
        self.powers, self._bylaws = powers, bylaws

    @property
    def bylaws(self) -> Bylaws:
        if self._bylaws is None:
            raise _OfBylaws
        return self._bylaws


def _made_up(model: type[Any], second: bool) -> Any:
    """A row with something else in every column than any other has."""
    made = model()
    for field in model._meta.concrete_fields:
        setattr(made, field.attname, _made_up_value(field, second))
    return made


def _made_up_value(field: models.Field[Any, Any], second: bool) -> Any:
    if isinstance(field, models.BooleanField):
        return second
    if isinstance(field, models.CharField | models.TextField):
        return f"made-up-{random.getrandbits(64)}"
    if isinstance(field, models.DateTimeField):
        return HOURS[second] - datetime.timedelta(days=random.randrange(9_000, 90_000))  # noqa: S311
    if isinstance(field, models.DateField):
        return HOURS[second].date() - datetime.timedelta(days=random.randrange(9_000, 90_000))  # noqa: S311
    return random.randrange(10**9, 2 * 10**9)  # noqa: S311


# --- Values ---------------------------------------------------------------------------------------------------------


def _values(here: Here) -> dict[str, Any]:
    assert here.member is not None
    return {"member": here.member.pk, "cooperative": here.cooperative.pk, "at": here.at, "day": here.day}


def _explained(one: Any, other: Any, values: Sequence[dict[str, Any]]) -> Any:
    """The place of a value of the reader, or a value that is the same for everybody. Raises `_CannotBeKept`."""
    first, second = values
    if isinstance(one, int) and isinstance(other, int):
        for name in ("member", "cooperative"):
            if one == first[name] and other == second[name]:
                return _Place(name)
    if isinstance(one, datetime.date) and type(one) is type(other):
        name = "at" if isinstance(one, datetime.datetime) else "day"
        if (distance := one - first[name]) == other - second[name]:
            return _Place(name, distance)
    if type(one) is type(other) and one == other:
        return one
    raise _CannotBeKept


def _fill(place: _Place, values: dict[str, Any]) -> Any:
    value = values[place.name]
    return value if place.distance is None else value + place.distance
