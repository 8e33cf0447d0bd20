"""Triggers that are switched off, as somebody with all rights does it, and on again as they were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

OF_OURS = "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
STATES = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "D": "DISABLE"}


@contextmanager
def without_triggers(inside: psycopg.Connection[Any], *tables: str) -> Iterator[None]:
    before = {table: inside.execute(OF_OURS, [table]).fetchall() for table in tables}
    for table in tables:
        inside.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    try:
        yield
    finally:
        for table, triggers in before.items():
            for name, state in triggers:
                inside.execute(
                    sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(
                        sql.Identifier(table), sql.SQL(STATES[state]), sql.Identifier(name)
                    )
                )
