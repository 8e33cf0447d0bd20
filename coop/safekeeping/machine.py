"""What is read from the machine and not from PostgreSQL: the age of the notes of what was done, and the disk."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

HOUR = 3600.0
DEBIANS = Path("/var/lib/postgresql")  # where Debian's PostgreSQL keeps its data
HERE = {"", "localhost", "127.0.0.1", "::1"}


def rehearsal_note() -> Path:
    """Beside that of the last backup. `manage.py restore` touches it; whoever rehearses elsewhere touches it too."""
    return settings.BACKUP_NOTE.with_name("last-rehearsal")


def note(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


def hours_since(file: Path) -> float | None:
    try:
        return (time.time() - file.stat().st_mtime) / HOUR
    except FileNotFoundError:
        return None


def free_share(connection: BaseDatabaseWrapper) -> float | None:
    """Of the disk on which PostgreSQL keeps its data, what it may still fill. None where that is not seen from here."""
    place = _data_of(connection)
    if place is None or not place.exists():
        return None
    disk = shutil.disk_usage(place)
    return disk.free / (disk.free + disk.used)  # what is kept back for root is neither


def _data_of(connection: BaseDatabaseWrapper) -> Path | None:
    """PostgreSQL itself tells this to its administrator only."""
    if cluster := getattr(connection, "cluster", None):
        data: Path = cluster.data
        return data
    host = connection.settings_dict["HOST"]
    return DEBIANS if host in HERE or host.startswith("/") else None
