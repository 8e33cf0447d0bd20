"""A migrated database that stands ready in the cluster of the tests; every run of tests copies it.

Migrating takes half a minute of a processor, copying less than a second. The name of a ready database holds a hash of
the migrations and of everything that they import; when one of these files changes it is made anew, once for all who
wait for it, by the application's own `migrate` in a process of its own (`python -m tests.ready_database`).
"""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
from psycopg import sql

READY = "coop_ready_"
DRAFT = "coop_ready_draft"
ONE_AT_A_TIME = 0x636F6F70  # PostgreSQL's lock of whoever makes a ready database
PLACE = Path(__file__).resolve().parent.parent

Beside = Callable[[], "psycopg.Connection[Any]"]


def modules_of(file: Path) -> Iterator[Path]:
    """The house's own files that a file imports."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        for name in names:
            stem = PLACE / name.replace(".", "/")
            yield from (found for found in (stem.with_suffix(".py"), stem / "__init__.py") if found.is_file())


def what_it_is_made_of() -> str:
    """A hash of the migrations, the roles, the settings, whatever they import, and the programs that run them."""
    waiting = [
        PLACE / "coop" / "settings.py",
        *PLACE.glob("coop/**/migrations/*.py"),
        *PLACE.glob("coop/database_roles/**/*.py"),
    ]
    read: dict[str, bytes] = {}
    while waiting:
        file = waiting.pop()
        name = str(file.relative_to(PLACE))
        if name not in read:
            read[name] = file.read_bytes()
            waiting += modules_of(file)
    found = hashlib.sha256(f"{django.VERSION} {psycopg.__version__} {sys.version}".encode())
    for name in sorted(read):
        found.update(f"\0{name}\0".encode() + read[name])
    return found.hexdigest()[:16]


def copied(name: str, beside: Beside) -> None:
    """The test database `name`, as a copy of the ready one. `beside` connects the administrator to another database."""
    for _try in range(5):  # whoever has other migrations may just have dropped it
        ready = READY + what_it_is_made_of()
        with beside() as administrator:
            if ready not in there(administrator):
                ready = _made()
            try:
                administrator.execute(words("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
                administrator.execute(
                    words("CREATE DATABASE {} TEMPLATE {} OWNER coop_owner STRATEGY FILE_COPY", name, ready)
                )
                return
            except psycopg.errors.InvalidCatalogName:
                continue
    raise AssertionError("the ready database is dropped whenever it is made")


def words(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def there(administrator: psycopg.Connection[Any]) -> list[str]:
    found = administrator.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [READY])
    return [name for (name,) in found]


def _made() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ready_database"],
        cwd=PLACE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def make_ready(beside: Beside, migrate: Callable[[str], None]) -> str:
    """Its name. In a fresh process, so that what is imported is what has been hashed."""
    made_of = what_it_is_made_of()
    with beside() as administrator:
        administrator.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])  # until this connection ends
        if READY + made_of in (old := there(administrator)):
            return READY + made_of
        for name in old:
            administrator.execute(words("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
        administrator.execute(words("CREATE DATABASE {}", DRAFT))
        migrate(DRAFT)
        # Somebody wrote while it was made: good for whoever waits for it now, and nobody finds it later.
        ready = READY + (made_of if made_of == what_it_is_made_of() else "once")
        administrator.execute(words("ALTER DATABASE {} RENAME TO {}", DRAFT, ready))
        return ready


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.conftest import beside_the_tests

    def migrate(name: str) -> None:
        connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()

    print(make_ready(beside_the_tests, migrate))


if __name__ == "__main__":
    main()
