"""What must hold on this server before a vote on screens opens, so that no acknowledged vote is lost.

On a screen the database is the only witness of a vote; on paper and by hands there is another, and no guard is asked.
A crash of a program cannot show that `fsync` is off, only a loss of power can: hence it is asked, and not tried.

How a server is asked and its answers are held against what they must be stands here once; a secret vote asks for more
in the same way (`ballots/sealed/guards.py`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from .machine import HOUR, free_share, hours_since, rehearsal_note

# The name of a guard -> the readings that will do, the usual one first.
Wanted = Mapping[str, tuple[str, ...]]

# Settings of PostgreSQL without which a vote that was acknowledged can be gone.
KEPT: Wanted = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
}
# Without checksums a page that rotted is read as if it were sound.
POSTGRESQL: Wanted = {**KEPT, "data_checksums": ("on",)}
APART = 1.0  # seconds between the clock of the application and that of the database
REHEARSED = 31 * 24  # hours within which a backup was restored: one that nobody has restored is a hope
FREE = 0.20  # of PostgreSQL's disk, before a vote opens that will fill it further
NEARLY_FULL = 0.10  # PostgreSQL is near a stop, vote or no vote

# Whoever is or may become a superuser, an owner of tables or a maker of roles switches triggers off.
LOGINS = """
SELECT role.rolname, CASE
    WHEN role.rolsuper THEN 'superuser'
    WHEN role.rolbypassrls OR role.rolcreaterole THEN 'administrator'
    WHEN EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND pg_has_role(role.oid, relowner, 'MEMBER')) THEN 'owner'
    WHEN EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND pg_has_role(role.oid, proowner, 'MEMBER')) THEN 'owner' END, role.rolname = current_user
FROM pg_roles role WHERE role.rolname IN (session_user, current_user) ORDER BY 1
"""
# An ordinary login sees that somebody follows, and not who or how far; such a line counts as one that streams.
FOLLOWED = """
SELECT current_setting('synchronous_standby_names'),
    count(*) FILTER (WHERE state IS NULL OR state = 'streaming' AND sync_state IN ('sync', 'quorum'))
FROM pg_stat_replication
"""
ROTTEN = "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"


class Finding(NamedTuple):
    """A guard, what it says, and what it must say."""

    guard: str
    found: str
    wanted: str


# --- One way to ask, and to hold the answers against what they must be --------------------------------------


def settings_read(cursor: CursorWrapper, names: Collection[str]) -> dict[str, str]:
    """As they are for this very connection."""
    cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(names)])
    return dict(cursor.fetchall())


def owners_read(cursor: CursorWrapper, *, acting: bool = False) -> str:
    """Who of those behind this connection may do more than read and write rows. `acting`: only the role it acts as."""
    cursor.execute(LOGINS)
    return ", ".join(
        f"{name}: {may}" for name, may, acts in cursor.fetchall() if may and (acts or not acting)
    )


def unlike(found: Mapping[str, str], wanted: Wanted) -> list[Finding]:
    """Every reading that will not do; one that is not there at all will not do either."""
    return [
        Finding(name, said, values[0])
        for name, values in wanted.items()
        if (said := found.get(name, "?")) not in values
    ]


# --- What every vote on screens asks ------------------------------------------------------------------------


class Readings(NamedTuple):
    """What holds now, for this very connection."""

    postgresql: Mapping[str, str]
    owners: str  # the logins that may do more than read and write rows
    apart: float  # seconds between the two clocks, at least
    backup: float | None  # hours since the last backup; None: there is none
    rehearsed: float | None  # hours since one was restored, for a try or in earnest
    waits_for: str  # the standbys that a vote waits for, as PostgreSQL is told; empty: none is
    follow: int  # how many of them stream
    rotten: int  # pages that were read and did not fit their checksum
    free: float | None  # of PostgreSQL's disk; None: it is not seen from here


def findings() -> list[Finding]:
    """Why no vote on screens may open on this server. Where `UNGUARDED` names a reason, nothing is asked."""
    return [] if settings.UNGUARDED else findings_in(readings(), hours=settings.BACKUP_HOURS)


def findings_in(found: Readings, *, hours: int) -> list[Finding]:
    """`hours`: how old the last backup may be; 0 asks for none, and for none that was restored."""
    wrong = unlike(found.postgresql, POSTGRESQL)
    if found.owners:
        wrong.append(Finding("owns", found.owners, "nothing"))
    if found.apart > APART:
        wrong.append(Finding("clocks_apart", f"{found.apart:.1f} s", f"≤ {APART:.0f} s"))
    if hours:
        wrong += _too_old("last_backup", found.backup, hours) + _too_old(
            "last_rehearsal", found.rehearsed, REHEARSED
        )
    if found.rotten:
        wrong.append(Finding("checksum_failures", str(found.rotten), "0"))
    if found.waits_for and not found.follow:  # then the opening itself would wait, and every vote after it
        wrong.append(Finding("standby", "—", found.waits_for))
    if found.free is not None and found.free < FREE:
        name = "nearly_full" if found.free < NEARLY_FULL else "free_space"
        wrong.append(Finding(name, f"{found.free:.1%}", f"≥ {FREE:.0%}"))
    return wrong


def _too_old(guard: str, age: float | None, hours: int) -> list[Finding]:
    """A file from the future would stay young for ever, so it counts as none that will do."""
    if age is None:
        return [Finding(guard, "—", f"≤ {hours} h")]
    return [] if -APART / HOUR <= age <= hours else [Finding(guard, f"{age:.1f} h", f"≤ {hours} h")]


def readings() -> Readings:
    with connection.cursor() as cursor:
        postgresql = settings_read(cursor, POSTGRESQL)
        owners, apart = owners_read(cursor), _apart(cursor)
        cursor.execute(FOLLOWED)
        waits_for, follow = cursor.fetchone()
        cursor.execute(ROTTEN)
        [rotten] = cursor.fetchone()
    backup, rehearsed = hours_since(settings.BACKUP_NOTE), hours_since(rehearsal_note())
    free = free_share(connection)
    return Readings(postgresql, owners, apart, backup, rehearsed, waits_for, follow, rotten, free)


def _apart(cursor: CursorWrapper) -> float:
    """At least so far: the answer was written at some moment between question and answer."""
    before = time.time()
    cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
    there: float = cursor.fetchone()[0]
    return max(before - there, there - time.time(), 0.0)
