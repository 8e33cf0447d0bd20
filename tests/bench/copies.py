"""Many out of one: rows of a plant written again in SQL, as the years before it or as other plants beside it.

Every row that is written again gets a number so much higher, and so do the numbers with which rows speak of each
other. The triggers sleep meanwhile, and the journal of a copy is no chain: for databases that are thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

from coop.database_roles.acting import acting_as_administrator

GROWING = (
    "ballots", "budget", "decisions", "documents", "elections", "in_office", "meetings", "oversight", "pay",
    "production", "proposals", "search",
)  # fmt: skip
FAR = 100_000_000  # between the numbers of one copy and of the next
# What is over in the years before: the model, its states that still ask for something, and what they become.
OVER = (
    ("ballots.Ballot", ("draft", "open", "closed"), "counted"),
    ("proposals.Proposal", ("draft", "open", "admitted", "tabled"), "fallen"),
    ("proposals.Amendment", ("draft", "submitted", "admitted"), "fallen"),
    ("meetings.Meeting", ("draft", "convened", "in_session"), "closed"),
    ("production.Problem", ("open", "in_progress", "solved"), "verified"),
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
    grown: list[Model],
    times: int,
    told: Callable[[Any, str], str],
    after: Callable[[Any], None] | None = None,
) -> int:
    tables = {model._meta.db_table for model in grown}
    written = 0
    with triggers_asleep(tables) as cursor:
        for model in grown:
            cursor.execute(_copies(model, tables, told), {"times": times})
            written += cursor.rowcount
        if after is not None:
            after(cursor)
    with acting_as_administrator(connection), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return written


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
    for name, states, over in OVER:
        table = apps.get_model(name)._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET state = %s WHERE id >= %s AND state = ANY(%s)", [over, FAR, list(states)]
        )


def _copies(model: Model, grown: set[str], told: Callable[[Any, str], str]) -> str:
    fields = [field for field in model._meta.concrete_fields if field.column and not field.generated]
    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, grown, told) for field in fields)
    return (
        f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {values} '
        f'FROM "{table}" CROSS JOIN generate_series(1, %(times)s) AS again ON CONFLICT DO NOTHING'
    )


def _value(field: Any, grown: set[str], told: Callable[[Any, str], str]) -> str:
    name, related = f'"{field.column}"', field.remote_field
    if related is not None:
        return _far(name) if related.model._meta.db_table in grown else name
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
