"""A plant of its own for storms: the server of `make run`, its PostgreSQL, members with their sessions."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".local" / "reliability"
SLUG = "storm"
# `make run`, which otherwise gives up when a busy machine needs more than twenty seconds for its programs.
PATIENT = "from coop import serve; serve.PATIENCE = 300.0; serve.main([])"


def prepare(folder: Path = FOLDER) -> None:
    """Makes this process one of the house: an empty folder, the settings, Django."""
    from coop.local_postgres import Cluster

    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        Cluster(folder / "plant").forget()
    for name in [name for name in os.environ if name.startswith(("COOP_", "DATABASE_"))]:
        del os.environ[name]
    os.environ |= {
        "RELIABILITY": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.reliability.settings",
        "COOP_DEMO": "0",
        "SECRET_KEY": "only-for-storms-" * 4,
        "PEPPER": "only-for-storms-" * 4,
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def cluster() -> Any:
    from django.db import connection

    return connection.cluster  # type: ignore[attr-defined]


@contextmanager
def administrator() -> Iterator[psycopg.Connection[Any]]:
    """Somebody with all rights over the database, waiting until PostgreSQL is back from a fall."""
    from coop.local_postgres.cluster import ADMINISTRATOR, PORT

    last = time.monotonic() + 30
    while True:
        try:
            with psycopg.connect(
                host=str(cluster().sockets), port=PORT, user=ADMINISTRATOR, dbname="coop", autocommit=True
            ) as connection:
                yield connection
                return
        except psycopg.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)


class Server:
    """`make run` itself, on a free port; what it says goes into a file."""

    def __init__(self, broken: str = "", **more: str) -> None:
        """`more`: of its environment, as the addresses of another database than the house's own."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.log = FOLDER / "server.log"
        self.environment = {**os.environ, "PORT": str(self.port), "BROKEN": broken, **more}

    def __enter__(self) -> Server:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PATIENT],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        last = time.monotonic() + 300  # seconds; only what never comes takes them
        while time.monotonic() < last and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return self
            time.sleep(0.1)
        raise SystemExit(f"The server did not come up; see {self.log}")

    def __exit__(self, *problem: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:  # granian, asked to end while it starts a worker anew, may go on
            for pid in self.main():
                os.kill(pid, signal.SIGKILL)  # what `make run` does when its own patience ends
            self.process.wait(60)
        with administrator():  # PostgreSQL is back, whatever was killed last
            hang_up()

    def main(self) -> list[int]:
        return [pid for pid in children(self.process.pid) if "granian" in command(pid)]

    def workers(self) -> list[int]:
        return [
            pid for main in self.main() for pid in children(main) if "resource_tracker" not in command(pid)
        ]


# --- kill -9 ------------------------------------------------------------------------------------------------


def command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return sorted(found)


def postmaster() -> list[int]:
    with suppress(OSError, ValueError, IndexError):
        pid = int((cluster().data / "postmaster.pid").read_text().split()[0])
        if str(cluster().data) in command(pid):
            return [pid]
    return []


def backends() -> list[int]:
    """Processes of PostgreSQL that serve the application."""
    return [pid for main in postmaster() for pid in children(main) if ": coop_app " in command(pid)]


def kill(what: str, server: Server, dice: random.Random) -> bool:
    """kill -9 of one of them; False: there was none at this moment."""
    there = {
        "worker": server.workers,
        "server": server.main,
        "backend": backends,
        "postmaster": postmaster,
    }[what]()
    if not there:
        return False
    with suppress(ProcessLookupError):
        os.kill(dice.choice(there), signal.SIGKILL)
    return True


# --- people and votes ---------------------------------------------------------------------------------------


def settle(members: int) -> tuple[Any, list[dict[str, Any]]]:
    """The plant, and one line for each voter: number, id and cookies of somebody signed in on their own telephone."""
    from tests import make, make_votes
    from tests.bench import fill

    plant = make.plant(SLUG, bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    people = fill.people(plant, members)
    return plant, [fill.session(member) | {"member": member.pk, "name": member.name} for member in people]


def tell(*words: object) -> None:
    print(*words, flush=True)


def hang_up() -> None:
    """This process's own connection did not survive either."""
    from django.db import connections

    connections.close_all()


def forget(folders: Sequence[Path] = (FOLDER,)) -> None:
    hang_up()
    cluster().leave()
    with suppress(Exception):
        cluster().forget()
    for folder in folders:  # what the server said is kept
        shutil.rmtree(folder / "static", ignore_errors=True)
