"""The server of `make run` over a copy of the test database, and a digest of every row of it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from coop.serve import command_for, die_with_parent, end

COMES_UP_WITHIN = 300.0  # seconds; only what never comes takes them
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
)
# Of a session: that somebody was there, written once a minute, and what their next page will tell them.
NO_STATE = ("seen_at", "expire_date", "session_data")


@contextmanager
def running(database: str, log: Path) -> Iterator[int]:
    """Its port. What the server says goes into `log`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.blackbox.settings",
        "BLACKBOX_DATABASE": database,
        "BLACKBOX_URNS": str(settings.URN_SECRETS),
    }
    with log.open("wb") as said:
        process = subprocess.Popen(
            command_for("127.0.0.1", port), cwd=settings.BASE_DIR, env=environment, stdout=said, stderr=said,
            start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
    try:
        last = time.monotonic() + COMES_UP_WITHIN
        while process.poll() is None and time.monotonic() < last:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        else:
            raise AssertionError(log.read_text())
        yield port
    finally:
        end([process])


class Rows:
    """Everything that is stored, table by table, as somebody with all rights reads it."""

    def __init__(self, inside: psycopg.Connection[Any]) -> None:
        self.inside = inside
        self.question = sql.SQL(" UNION ALL ").join(
            sql.SQL(
                "SELECT {name}, md5(coalesce(string_agg(row, '|' ORDER BY row), ''))"
                " FROM (SELECT (to_jsonb(t) - {left_out}::text[])::text AS row FROM {table} t) AS rows"
            ).format(name=sql.Literal(name), table=sql.Identifier(name), left_out=sql.Literal(list(NO_STATE)))
            for (name,) in inside.execute(TABLES).fetchall()
        )

    def now(self) -> dict[str, str]:
        return dict(self.inside.execute(self.question, prepare=True).fetchall())


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}
