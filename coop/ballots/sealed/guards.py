"""What must hold on this server before a secret vote on screens may open (ruling 7), each as one line.

Some keep an acknowledged vote from being lost (fsync and its like), others keep choices or their order out of files
(logs of statements and of errors, commit times). What cannot be read from here is told in docs/secrecy.md.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection

from coop.refusals import Reason
from coop.safekeeping.guard import KEPT

# Name of a setting of PostgreSQL -> the values that will do.
POSTGRESQL: dict[str, tuple[str, ...]] = {
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
OURS = {
    "modules_that_log": "none",
    "server_side_binding": "on",
    "DEBUG": "off",
    "owns": "nothing",
    "urn_folder": "private",
}


def wanted() -> dict[str, str]:
    """Every guard with what it must say."""
    return {
        **{name: values[0] for name, values in POSTGRESQL.items()},
        **OURS,
    }


def readings() -> dict[str, str]:
    """What holds now: settings of this very connection, and ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(POSTGRESQL)])
        found: dict[str, str] = dict(cursor.fetchall())
        # Which libraries are preloaded is shown to administrators only; what a loaded one can be told, to everybody.
        cursor.execute(
            "SELECT DISTINCT split_part(name, '.', 1) FROM pg_settings WHERE split_part(name, '.', 1) = ANY (%s)",
            [list(TALKATIVE)],
        )
        found["modules_that_log"] = ", ".join(sorted(name for (name,) in cursor.fetchall())) or "none"
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR EXISTS (SELECT FROM pg_class WHERE relowner = role.oid"
            " AND relnamespace = 'public'::regnamespace) OR EXISTS (SELECT FROM pg_proc WHERE proowner = role.oid"
            " AND pronamespace = 'public'::regnamespace) FROM pg_roles role WHERE rolname = current_user"
        )
        owns = cursor.fetchone()[0]
    options = settings.DATABASES["default"].get("OPTIONS", {})
    found["server_side_binding"] = _word(options.get("server_side_binding", False))
    found["DEBUG"] = _word(settings.DEBUG)
    found["owns"] = "something" if owns else "nothing"
    found["urn_folder"] = "private" if _private(Path(settings.URN_SECRETS)) else "open to others"
    return found


def obstacles_in(found: Mapping[str, str]) -> list[Reason]:
    """A reason for every reading that will not do; a setting that is not there at all will not do either."""
    reasons = []
    for name, value in wanted().items():
        said = found.get(name, "?")
        if said not in POSTGRESQL.get(name, (value,)):
            reasons.append(Reason("guard-fails", {"guard": name, "found": said, "wanted": value}))
    return reasons


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
