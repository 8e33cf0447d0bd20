"""What must hold on this server before a secret vote on screens may open (ruling 7), each as one line.

Some keep an acknowledged vote from being lost (fsync and its like), others keep choices or their order out of files
(logs of statements and of errors, commit times). What cannot be read from here is told in docs/secrecy.md. They are
asked as every vote on screens asks (`safekeeping/guard.py`); unlike there, no setting keeps them from being asked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection

from coop.refusals import Reason
from coop.safekeeping.guard import KEPT, Wanted, owners_read, settings_read, unlike

POSTGRESQL: Wanted = {
    **KEPT,
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length": ("0", "-1"),  # harmless where no statement is logged; see the lines above
    "log_parameter_max_length_on_error": ("0",),
    "track_commit_timestamp": ("off",),
}
TALKATIVE = (
    "auto_explain",
    "pgaudit",
    "pg_stat_monitor",
)  # modules that write statements with their values down
WANTED: Wanted = {
    **POSTGRESQL,
    "modules_that_log": ("none",),
    "server_side_binding": ("on",),
    "DEBUG": ("off",),
    "owns": ("nothing",),
    "urn_folder": ("private",),
}


def readings() -> dict[str, str]:
    """What holds now: settings of this very connection, and ours."""
    with connection.cursor() as cursor:
        found = settings_read(cursor, POSTGRESQL)
        # Which libraries are preloaded is shown to administrators only; what a loaded one can be told, to everybody.
        cursor.execute(
            "SELECT DISTINCT split_part(name, '.', 1) FROM pg_settings WHERE split_part(name, '.', 1) = ANY (%s)",
            [list(TALKATIVE)],
        )
        found["modules_that_log"] = ", ".join(sorted(name for (name,) in cursor.fetchall())) or "none"
        owners = owners_read(cursor, acting=True)
    options = settings.DATABASES["default"].get("OPTIONS", {})
    found["server_side_binding"] = _word(options.get("server_side_binding", False))
    found["DEBUG"] = _word(settings.DEBUG)
    found["owns"] = "something" if owners else "nothing"
    found["urn_folder"] = "private" if _private(Path(settings.URN_SECRETS)) else "open to others"
    return found


def obstacles_in(found: Mapping[str, str]) -> list[Reason]:
    """A reason for every reading that will not do."""
    return [Reason("guard-fails", one._asdict()) for one in unlike(found, WANTED)]


def obstacles_from_guards() -> list[Reason]:
    return obstacles_in(readings())


def _word(flag: object) -> str:
    return "on" if flag else "off"


def _private(folder: Path) -> bool:
    """Made by us and read by nobody else; a folder that is not there yet will be made so."""
    try:
        found = folder.stat()
    except FileNotFoundError:
        return True
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
