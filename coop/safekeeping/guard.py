"""What must hold on this server before a vote on screens opens, so that no acknowledged vote is lost.

On a screen the database is the only witness of a vote; on paper and by hands there is another, and no guard is asked.
A crash of a program cannot show that `fsync` is off, only a loss of power can: hence it is asked, and not tried.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

# Settings of PostgreSQL without which a vote that was acknowledged can be gone -> the values that will do.
KEPT: dict[str, tuple[str, ...]] = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
}
POSTGRESQL = KEPT | {"data_checksums": ("on",)}  # without them a page that rotted is read as if it were sound
APART = 1.0  # seconds between the clock of the application and that of the database
HOUR = 3600.0

# Whoever is or may become a superuser, an owner of tables or a maker of roles switches triggers off.
LOGINS = """
SELECT role.rolname, CASE
    WHEN role.rolsuper THEN 'superuser'
    WHEN role.rolbypassrls OR role.rolcreaterole THEN 'administrator'
    WHEN EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND pg_has_role(role.oid, relowner, 'MEMBER')) THEN 'owner'
    WHEN EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND pg_has_role(role.oid, proowner, 'MEMBER')) THEN 'owner' END
FROM pg_roles role WHERE role.rolname IN (session_user, current_user) ORDER BY 1
"""


class Readings(NamedTuple):
    """What holds now, for this very connection."""

    postgresql: Mapping[str, str]
    owners: str  # the logins that may do more than read and write rows
    apart: float  # seconds between the two clocks, at least
    backup: float | None  # hours since the last backup; None: there is none


class Finding(NamedTuple):
    """A guard, what it says, and what it must say."""

    guard: str
    found: str
    wanted: str


def findings() -> list[Finding]:
    """Why no vote on screens may open on this server. Where `UNGUARDED` names a reason, nothing is asked."""
    return [] if settings.UNGUARDED else findings_in(readings(), hours=settings.BACKUP_HOURS)


def findings_in(found: Readings, *, hours: int) -> list[Finding]:
    """`hours`: how old the last backup may be; 0 asks for none."""
    wrong = [
        Finding(name, said, values[0])
        for name, values in POSTGRESQL.items()
        if (said := found.postgresql.get(name, "?")) not in values
    ]
    if found.owners:
        wrong.append(Finding("owns", found.owners, "nothing"))
    if found.apart > APART:
        wrong.append(Finding("clocks_apart", f"{found.apart:.1f} s", f"≤ {APART:.0f} s"))
    if hours and found.backup is None:
        wrong.append(Finding("last_backup", "—", f"≤ {hours} h"))
    elif hours and found.backup is not None and not -APART / HOUR <= found.backup <= hours:
        wrong.append(Finding("last_backup", f"{found.backup:.1f} h", f"≤ {hours} h"))
    return wrong


def readings() -> Readings:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(POSTGRESQL)])
        postgresql: dict[str, str] = dict(cursor.fetchall())
        cursor.execute(LOGINS)
        owners = ", ".join(f"{name}: {what}" for name, what in cursor.fetchall() if what)
        return Readings(postgresql, owners, _apart(cursor), _hours_since_backup())


def _apart(cursor: CursorWrapper) -> float:
    """At least so far: the answer was written at some moment between question and answer."""
    before = time.time()
    cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
    there: float = cursor.fetchone()[0]
    return max(before - there, there - time.time(), 0.0)


def _hours_since_backup() -> float | None:
    """By the file that `manage.py backup` touches; whoever backs up in another way touches it too."""
    try:
        return (time.time() - settings.BACKUP_NOTE.stat().st_mtime) / HOUR
    except FileNotFoundError:
        return None
