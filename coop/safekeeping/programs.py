"""PostgreSQL's own programs, of the server's version, and the environment by which they sign in as the owner."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from coop.database_roles import OWNER
from coop.local_postgres.programs import LocalDatabaseError, installed

# Where psycopg's words for a connection go: into the environment, for a password in a command line is seen by all.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


class ProgramFailed(RuntimeError):
    """What it said, in its own words."""


def run(name: str, connection: BaseDatabaseWrapper, *arguments: str) -> None:
    """As the owner of the tables. To be called within `acting_as_owner`, which knows the login."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        [str(program(name, connection)), "--no-password", f"--role={OWNER}", *arguments],
        env=environment(connection.get_connection_params()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(f"{name}: {done.stderr.strip() or done.returncode}")


def environment(login: dict[str, Any]) -> dict[str, str]:
    given = {VARIABLES[key]: str(value) for key, value in login.items() if key in VARIABLES and value}
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", **given}


def program(name: str, connection: BaseDatabaseWrapper) -> Path:
    """Of the same version as the server: what another writes, this server may not read."""
    connection.ensure_connection()
    major = connection.connection.info.server_version // 10000
    for place in _places(major):
        found = place / name
        if found.exists() and _version(found) == major:
            return found
    raise ProgramFailed(
        f"{name} of PostgreSQL {major} is not on this machine. On Debian: apt-get install postgresql-client-{major}"
    )


def _places(major: int) -> list[Path]:
    places = [Path(f"/usr/lib/postgresql/{major}/bin")]
    if on_path := shutil.which("pg_dump"):
        places.append(Path(on_path).parent)
    with suppress(LocalDatabaseError):
        places.append(installed() / "bin")
    return places


def _version(found: Path) -> int:
    said = subprocess.run([str(found), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = said.stdout.partition("(PostgreSQL) ")[2].partition(".")[0]
    return int(number) if number.isdigit() else 0
