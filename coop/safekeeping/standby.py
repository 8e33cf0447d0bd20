"""The second machine, as PostgreSQL tells of it: who follows, whether a vote waits for it, how far it is behind."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from coop.database_roles.acting import acting_as_administrator

FOLLOW = """
SELECT application_name, state, sync_state, pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn)::bigint
FROM pg_stat_replication ORDER BY pid
"""


class Standby(NamedTuple):
    """All but the line itself is told to an administrator, or to a login in `pg_read_all_stats`, only."""

    name: str | None
    state: str | None
    sync_state: str | None
    behind: int | None  # bytes of the log of changes that it has not flushed yet


def standbys() -> list[Standby]:
    with acting_as_administrator(connection), connection.cursor() as cursor:
        cursor.execute(FOLLOW)
        return [Standby(*line) for line in cursor.fetchall()]
