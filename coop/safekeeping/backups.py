"""Writing a copy of the whole database, and making a database of it again.

A copy is a folder: the dump in PostgreSQL's own format, the manifest, and the checkpoints of the journal at that
moment. Sessions are left out, so nobody is signed in by a backup. What never lies in the database is not in it
either: the pepper of the PINs and the secrets of urns.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from coop.clock import now
from coop.database_roles.acting import acting_as_administrator, acting_as_owner
from coop.database_roles.prepare import prepare, withhold
from coop.journal.checkpoints import checkpoint
from coop.journal.models import Chain

from . import programs
from .machine import note
from .manifest import CHECKPOINTS, DUMP, MANIFEST, Contents, Manifest, sha256_of

LEFT_OUT = ["keys_session"]
PATIENCE = 10_000  # milliseconds that the dump waits for a table that somebody holds
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
)
# Every trigger of ours with its state, and the text of every function of ours: what a restored record is guarded by.
GUARDS = """
SELECT count(*) FILTER (WHERE kind = 't'),
    encode(sha256(convert_to(string_agg(said, E'\\n' ORDER BY said), 'UTF8')), 'hex')
FROM (
    SELECT 't' AS kind, concat_ws(' ', tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid)) AS said
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'f', pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
) AS everything
"""


class AlreadyThere(RuntimeError):
    """Nothing is ever written over."""


def back_up(folder: Path) -> Manifest:
    """Everything at one moment. Until it is whole the folder has another name, so half of one is never taken for it."""
    if folder.exists():
        raise AlreadyThere(f"{folder} is there already. Name a new folder; nothing is written over.")
    draft = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    with acting_as_owner(connection), _at_one_moment() as (snapshot, cursor):
        heads = Chain.objects.order_by("label")
        at = now()
        lines = [
            checkpoint(chain=head.label, sequence=head.head_sequence, hash=head.head_hash, at=at).line()
            for head in heads
        ]
        contents = contents_of(cursor)
        programs.run(
            "pg_dump",
            connection,
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--lock-wait-timeout={PATIENCE}",
            *(f"--exclude-table-data=public.{table}" for table in LEFT_OUT),
            f"--file={draft / DUMP}",
        )
        made = Manifest(
            made_at=at.isoformat(),
            database=connection.settings_dict["NAME"],
            postgresql=connection.connection.info.server_version // 10000,
            bytes=(draft / DUMP).stat().st_size,
            sha256=sha256_of(draft / DUMP),
            left_out=LEFT_OUT,
            contents=contents,
        )
    _write(draft / CHECKPOINTS, "".join(f"{line}\n" for line in lines))
    _write(draft / MANIFEST, made.text())
    (draft / DUMP).chmod(0o600)
    draft.rename(folder)
    note(settings.BACKUP_NOTE)
    return made


def restore(folder: Path, made: Manifest) -> Contents:
    """Into the database of the settings, which must be empty; what is there then, to be compared."""
    prepare(connection)
    with acting_as_owner(connection):
        refuse_if_filled()
        programs.run(
            "pg_restore",
            connection,
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={connection.settings_dict['NAME']}",
            str(folder / DUMP),
        )
        with _at_one_moment() as (_snapshot, cursor):
            found = contents_of(cursor)
    withhold(connection)
    return found


def refuse_if_filled() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        if tables := cursor.fetchall():
            raise AlreadyThere(
                f"The database {connection.settings_dict['NAME']} has {len(tables)} tables. "
                "A backup is restored into an empty one; nothing is written over."
            )


@contextmanager
def scratch_database() -> Iterator[str]:
    """Another, empty database beside that of the settings, which every connection means meanwhile; gone afterwards."""
    usual = connection.settings_dict["NAME"]
    name = f"{usual}_rehearsal"
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def contents_of(cursor: CursorWrapper) -> Contents:
    cursor.execute(TABLES)
    rows = {}
    for (table,) in cursor.fetchall():
        if table not in LEFT_OUT:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            rows[table] = cursor.fetchone()[0]
    cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    migrations = [name for (name,) in cursor.fetchall()]
    cursor.execute(GUARDS)
    triggers, guards = cursor.fetchone()
    return Contents(migrations, rows, triggers, guards)


@contextmanager
def _at_one_moment() -> Iterator[tuple[str, CursorWrapper]]:
    """One snapshot for what is counted here and what another program copies."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0], cursor


def _administer(statement: sql.Composed) -> None:
    with acting_as_administrator(connection), connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
