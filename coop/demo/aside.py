"""Where the plant is planted: act by act in a copy of the database, which then takes the place of the first.

Everything or nothing, and every act in a transaction of its own, as in life. In a single transaction PostgreSQL keeps
each state that a row has had since it began, and looks through all of them whenever the row is read: of the journal's
head, which moves on with every line, there are thousands. That took as long as everything else together.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg import sql

from coop.database_roles import OWNER
from coop.database_roles.acting import acting_as_administrator
from coop.database_roles.prepare import prepare

from .plant import plant, planted
from .timeline import World

LOCK = 0x4C554345  # "LUCE": one loading at a time


class LoadingElsewhere(Exception):
    """Another process is planting at this moment."""


class InUse(Exception):
    """Somebody is connected to the database, so that no other can take its place."""


def plant_at_once(*, now: datetime.datetime, say: Callable[[str], Any], year: bool) -> None:
    """Everything or nothing, whatever happens on the way; the tables of a stranger's server are not copied."""
    embedded = "LOCAL_HOME" in connection.settings_dict
    if embedded and not connection.in_atomic_block:
        _in_a_copy(now=now, say=say, year=year)
    else:
        _in_one_transaction(now=now, say=say, year=year)


@transaction.atomic
def _in_one_transaction(*, now: datetime.datetime, say: Callable[[str], Any], year: bool) -> World:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise LoadingElsewhere
    return plant(now=now, say=say, year=year)


def _in_a_copy(*, now: datetime.datetime, say: Callable[[str], Any], year: bool) -> None:
    name = connection.settings_dict["NAME"]
    draft, before = f"{name}_draft", f"{name}_before"
    with _alone_beside() as beside:
        if planted():  # while this one waited its turn
            return
        connection.close()
        beside("DROP DATABASE IF EXISTS {} WITH (FORCE)", draft)  # one that was broken off
        beside("DROP DATABASE IF EXISTS {} WITH (FORCE)", before)
        try:
            beside("CREATE DATABASE {} TEMPLATE {} OWNER {}", draft, name, OWNER)
            with _connected_to(draft):
                prepare(connection)  # who may connect is not copied along
                with connection.cursor() as cursor:
                    cursor.execute("SET synchronous_commit = off")  # what is lost now is planted anew
                plant(now=now, say=say, year=year)
            beside(
                "ALTER DATABASE {} RENAME TO {}; ALTER DATABASE {} RENAME TO {}", name, before, draft, name
            )
        except OperationalError as refused:
            if getattr(refused.__cause__, "sqlstate", "") == "55006":
                raise InUse from refused
            raise
        finally:
            beside("DROP DATABASE IF EXISTS {} WITH (FORCE)", draft)
        beside("DROP DATABASE {} WITH (FORCE)", before)


@contextmanager
def _alone_beside() -> Iterator[Callable[..., None]]:
    """Statements of the administrator, connected to none of the databases, with nobody else planting."""
    with acting_as_administrator(connection):
        outside = connection._nodb_cursor()
        cursor = outside.__enter__()
    try:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise LoadingElsewhere
        yield lambda words, *names: cursor.execute(sql.SQL(words).format(*map(sql.Identifier, names)))
    finally:  # given back by hand: a server takes its time to see that a line was closed
        cursor.execute("SELECT pg_advisory_unlock_all()")
        outside.__exit__(None, None, None)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
