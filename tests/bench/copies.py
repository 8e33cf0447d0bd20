"""Many out of one: rows of a plant written again in SQL, as the years before it or as other plants beside it.

Every row that is written again gets a number so much higher, and so do the numbers with which rows speak of each
other. The triggers sleep meanwhile, and the journal of a copy is no chain: for databases that are thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from coop.database_roles.acting import acting_as_administrator

GROWING = (
    "ballots", "budget", "decisions", "documents", "elections", "in_office", "meetings", "oversight", "pay",
    "production", "proposals", "search",
)  # fmt: skip
FAR = 100_000_000  # between the numbers of one copy and of the next
# What is over in the years before: the model, its states that still ask for something, and what is written then.
OVER = (
    ("ballots.Ballot", ("draft", "open", "closed"), "state = 'counted'"),
    ("proposals.Proposal", ("draft", "open", "admitted", "tabled"), "state = 'fallen'"),
    ("proposals.Amendment", ("draft", "submitted", "admitted"), "state = 'fallen'"),
    ("meetings.Meeting", ("draft", "convened", "in_session"), "state = 'closed', closed_at = prepared_at"),
    ("production.Problem", ("open", "in_progress", "solved"), "state = 'verified'"),
)
Model = type[models.Model]


def write_years_before(years: int) -> int:
    """What was written in a year, for the years before: its days and its year one less each time, and whatever is open
    over. Who works there, the bylaws and the journal stay what they are. Tells how many rows were written."""
    grown = [
        model for name in GROWING for model in apps.get_app_config(name).get_models(include_auto_created=True)
    ]
    return _written_again(grown, years - 1, _earlier, after=_over)


def write_plants_beside(plants: int) -> int:
    """Everything of the one plant, its people and their accounts, for so many plants in all. How many rows."""
    everything = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("coop.") and model._meta.managed and not model._meta.proxy
    ]
    return _written_again(everything, plants - 1, lambda _field, name: name)


def _written_again(
    wanted: list[Model],
    times: int,
    told: Callable[[Any, str], str],
    after: Callable[[Any], None] | None = None,
) -> int:
    written = 0
    with triggers_asleep(model._meta.db_table for model in wanted) as cursor:
        grown = _those_that_can(wanted, times, told, cursor)
        for model in grown:
            cursor.execute(_copies(model, grown, told), {"times": times})
            written += cursor.rowcount
        if after is not None:
            after(cursor)
    vacuumed()
    return written


def vacuumed() -> None:
    """What PostgreSQL does by itself in the quiet minutes that a measure does not have."""
    with acting_as_administrator(connection), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _those_that_can(
    wanted: list[Model], times: int, told: Callable[[Any, str], str], cursor: Any
) -> list[Model]:
    """Some rows there can be only once in a house, such as a place that has a name: they stay one, and every copy of
    what lies there speaks of it. Which these are, the database says: tried, and taken back, until all can."""
    grown = list(wanted)
    while True:
        with transaction.atomic():
            once = [model for model in grown if not _all_copied(model, grown, times, told, cursor)]
            transaction.set_rollback(True)
        if not once:
            return grown
        grown = [model for model in grown if model not in once]


def _all_copied(
    model: Model, grown: list[Model], times: int, told: Callable[[Any, str], str], cursor: Any
) -> bool:
    cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
    (rows,) = cursor.fetchone()
    try:
        with transaction.atomic():
            cursor.execute(_copies(model, grown, told), {"times": times})
            return bool(cursor.rowcount == rows * times)
    except IntegrityError:
        return False


@contextmanager
def triggers_asleep(tables: Iterable[str]) -> Iterator[Any]:
    """A cursor to which nothing is frozen in these tables, and no key is looked up."""
    with acting_as_administrator(connection), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
        yield cursor
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL')


def _over(cursor: Any) -> None:
    """Most moments and people of an end are missing in the copies, so nothing asks for them any more."""
    for name, states, over in OVER:
        table = apps.get_model(name)._meta.db_table
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [table]
        )
        for (rule,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{rule}"')
        cursor.execute(f"UPDATE {table} SET {over} WHERE id >= %s AND state = ANY(%s)", [FAR, list(states)])


def _copies(model: Model, grown: Collection[Model], told: Callable[[Any, str], str]) -> str:
    fields = [field for field in model._meta.concrete_fields if field.column and not field.generated]
    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, grown, told) for field in fields)
    checked_late = any(getattr(rule, "deferrable", None) for rule in model._meta.constraints)
    return (
        f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {values} '
        f'FROM "{table}" CROSS JOIN generate_series(1, %(times)s) AS again '
        + ("" if checked_late else "ON CONFLICT DO NOTHING")
    )


def _value(field: Any, grown: Collection[Model], told: Callable[[Any, str], str]) -> str:
    name, related = f'"{field.column}"', field.remote_field
    if related is not None:
        return _far(name) if related.model in grown else name
    if field.primary_key and isinstance(field, models.IntegerField):
        return _far(name)
    if isinstance(field, models.UUIDField):
        return f"md5({name}::text || again)::uuid"
    if field.name == "slug":  # a plain word
        return f"{name} || again"
    if field.unique and isinstance(field, models.CharField | models.TextField):
        return f"left(md5({name} || again) || {name}, {field.max_length or 200})"
    if field.unique and isinstance(field, models.BinaryField):
        return f"sha256({name} || again::text::bytea)"
    return told(field, name)


def _far(name: str) -> str:
    return f"{name} + again::bigint * {FAR}"


def _earlier(field: Any, name: str) -> str:
    if isinstance(field, models.DateField):
        kind = "timestamptz" if isinstance(field, models.DateTimeField) else "date"
        return f"({name} - make_interval(years => again))::{kind}"
    if field.name == "year" and isinstance(field, models.IntegerField):
        return f"{name} - again"
    return name
