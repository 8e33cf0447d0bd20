"""Ranges for exclusion constraints without the btree_gist extension (the embedded PostgreSQL ships none)."""

from typing import Any

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, DateTimeRangeField
from django.db.models import Func


class Number(Func):
    """A number as a range of one: GiST knows ranges."""

    template = "int8range(%(expressions)s, %(expressions)s, '[]')"
    arity = 1
    output_field = BigIntegerRangeField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        sql, params = super().as_sql(compiler, connection, **extra)
        return sql, (*params, *params)  # the expression stands twice, so do its parameters


class Days(Func):
    """From a day up to, but not including, another; an empty end is open."""

    function = "daterange"
    output_field = DateRangeField()


class Moments(Func):
    """From a moment up to, but not including, another; an empty end is open."""

    function = "tstzrange"
    output_field = DateTimeRangeField()
