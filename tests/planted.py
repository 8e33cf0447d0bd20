"""The invented plant, planted once at NOW; every file of tests that wants it gets a copy of the database.

Planting takes a processor half a minute, copying less than a second. As with the ready database (ready_database.py),
the name holds a hash of everything that planting is made of. When one of these files changes, or the day of NOW, it is
planted anew, once for all who wait for it, in a process of its own (`python -m tests.planted short`). Beside the rows
lies the `World` that planting gave, as a comment on the database: it goes wherever the database goes, and with it.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import pickle
import subprocess
import sys
import tempfile
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import psycopg
from psycopg import sql

from tests import ready_database
from tests.ready_database import ONE_AT_A_TIME, PLACE, Beside, words

if TYPE_CHECKING:
    from coop.demo.timeline import World

NOW = datetime.datetime(2026, 11, 21, 19, 42, 7, tzinfo=datetime.UTC)  # 16:42:07 in Buenos Aires, a Saturday
YEAR = {"short": False, "year": True}  # by kind: whether the assemblies and councils of the year are in it
PLANTED = "coop_planted_"
NOT_HERE = "coop_planted_{}_draft"


def files(place: Path = PLACE) -> Iterator[Path]:
    """All that the application is made of, its data among it, and whoever plants. Pages and words as well: whatever
    planting does not need costs half a minute when it changes, whatever is forgotten would cost the truth."""
    yield place / "requirements.txt"
    yield place / "tests" / "planted.py"
    yield place / "tests" / "settings.py"
    for file in place.glob("coop/**/*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def what_it_is_made_of(kind: str, place: Path = PLACE) -> str:
    found = hashlib.sha256(f"{kind} {NOW.isoformat()} {ready_database.what_it_is_made_of()}".encode())
    for file in sorted(files(place)):
        found.update(f"\0{file.relative_to(place)}\0".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def copied(name: str, kind: str, beside: Beside) -> World:
    """The database `name`, as a copy of the planted one. `beside` connects the administrator to another database."""
    for _try in range(5):  # whoever has another application may just have dropped it
        planted = f"{PLANTED}{kind}_{what_it_is_made_of(kind)}"
        with beside() as administrator:
            if planted not in there(administrator, kind):
                planted = _planted(kind)
            world = _told(administrator, planted)
            try:
                administrator.execute(words("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
                administrator.execute(
                    words("CREATE DATABASE {} TEMPLATE {} OWNER coop_owner STRATEGY FILE_COPY", name, planted)
                )
            except psycopg.errors.InvalidCatalogName:
                continue
            assert world is not None, f"{planted} does not say what was planted"
            return world
    raise AssertionError("the planted database is dropped whenever it is made")


def there(administrator: psycopg.Connection[Any], kind: str) -> list[str]:
    """Those that are finished. By their whole name: nobody's own database is taken for one."""
    found = administrator.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PLANTED}{kind}_([0-9a-f]{{16}}|once)$"]
    )
    return [name for (name,) in found]


def _told(administrator: psycopg.Connection[Any], planted: str) -> World | None:
    row = administrator.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [planted]
    ).fetchone()
    if row is None or row[0] is None:
        return None
    world: World = pickle.loads(zlib.decompress(base64.b64decode(row[0])))
    return world


def _planted(kind: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.planted", kind],
        cwd=PLACE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def make_planted(kind: str, beside: Beside) -> str:
    """Its name. In a fresh process, so that what is imported is what has been hashed."""
    made_of = what_it_is_made_of(kind)
    draft = NOT_HERE.format(kind)
    with beside() as administrator:
        lock = [ONE_AT_A_TIME, list(YEAR).index(kind)]
        administrator.execute("SELECT pg_advisory_lock(%s, %s)", lock)  # until this connection ends
        if f"{PLANTED}{kind}_{made_of}" in (old := there(administrator, kind)):
            return f"{PLANTED}{kind}_{made_of}"
        for name in (*old, draft):
            administrator.execute(words("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
        ready_database.copied(draft, beside)
        told = base64.b64encode(zlib.compress(pickle.dumps(_plant(draft, kind)))).decode()
        administrator.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(draft), sql.Literal(told))
        )
        # Somebody wrote while it was planted: good for whoever waits for it now, and nobody finds it later.
        planted = f"{PLANTED}{kind}_{made_of if made_of == what_it_is_made_of(kind) else 'once'}"
        administrator.execute(words("ALTER DATABASE {} RENAME TO {}", draft, planted))
        return planted


def _plant(name: str, kind: str) -> World:
    """It is committed act by act, as `make run` does it: in one transaction it would take twice as long."""
    from django.conf import settings
    from django.db import connection

    from coop.database_roles.prepare import prepare
    from coop.demo.plant import plant

    connection.settings_dict["NAME"] = name
    prepare(connection)  # who may connect is not copied along
    with tempfile.TemporaryDirectory() as urns, warnings.catch_warnings():
        warnings.simplefilter("error")  # as in every test
        settings.URN_SECRETS = Path(urns)
        world = plant(now=NOW, say=lambda _words: None, year=YEAR[kind])
        assert not list(Path(urns).iterdir()), (
            "the secret of an urn lies in a file: it has to be copied as well"
        )
    connection.close()
    return world


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.conftest import beside_the_tests

    print(make_planted(sys.argv[1], beside_the_tests))


if __name__ == "__main__":
    main()
