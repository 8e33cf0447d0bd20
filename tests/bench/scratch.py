"""A database of its own for one measure, made as those of the tests are and dropped afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from coop.database_roles.acting import acting_as_administrator


@contextmanager
def scratch_database() -> Iterator[None]:
    setup_test_environment()
    with acting_as_administrator(connection):
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        yield
    finally:
        with acting_as_administrator(connection):
            teardown_databases(made, verbosity=0)
