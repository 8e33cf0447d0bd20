"""Copies of the house's PostgreSQL, made as an administrator makes them, that run beside it on sockets of their own.

The house can be sent to one of them: whatever is done to it there (an accident, rot, a full disk, a machine that falls)
is done to a whole plant, and the next proof finds the first one untouched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from coop.local_postgres.cluster import ADMINISTRATOR, PORT
from coop.local_postgres.programs import binaries, servant

from .house import ROOT, cluster, command

VOTES = "SELECT count(*), md5(coalesce(string_agg(v::text, '|' ORDER BY v.id), '')) FROM ballots_namedvote v"


def program(name: str, *arguments: str, fails: bool = False) -> tuple[int, str]:
    done = subprocess.run(
        [str(binaries() / name), *arguments], capture_output=True, text=True, cwd="/",
        env={"LC_ALL": "C", "PATH": os.defpath}, **servant(),
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert fails or done.returncode == 0, said
    return done.returncode, said


def handed_over(*places: Path) -> None:
    """What root made here belongs to whoever PostgreSQL runs as."""
    if servant():
        for place in places:
            os.chown(place, servant()["user"], servant()["group"])


class Copy:
    """`port` only names the socket: nothing listens on the network."""

    def __init__(self, name: str, port: int = 5499, place: Path | None = None) -> None:
        self.name, self.port = name, str(port)
        self.data = (place or cluster().home) / name
        self.sockets = cluster().sockets
        self.throw_away()

    def make(self, *more: str, of: str = PORT) -> Copy:
        program(
            "pg_basebackup", "-d", f"host={self.sockets} port={of} user={ADMINISTRATOR} application_name={self.name}",
            "-X", "stream", "-c", "fast", "-D", str(self.data), *more,
        )  # fmt: skip
        return self

    def start(self, *settings: str) -> None:
        options = " ".join(f"-c {one}" for one in settings)
        # Its log goes to a file: a pipe would stay open as long as the server runs.
        log = self.sockets / f"log-{self.name}"
        program(
            "pg_ctl", "-D", str(self.data), "-l", str(log), "-w", "-t", "60",
            "-o", f"-k '{self.sockets}' -p {self.port} -c listen_addresses='' {options}", "start",
        )  # fmt: skip

    def stop(self, how: str = "fast") -> None:
        program("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop", fails=True)

    def postmaster(self) -> int | None:
        with suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().split()[0])
        return None

    def stands(self) -> bool:
        return (pid := self.postmaster()) is not None and str(self.data) in command(pid)

    def fall(self) -> None:
        """kill -9 of the postmaster; its children notice and go. A machine without power says no more than this."""
        if pid := self.postmaster():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            while Path(f"/proc/{pid}").exists():
                time.sleep(0.05)
            time.sleep(0.5)

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.sockets), port=self.port, user=ADMINISTRATOR, dbname="coop", autocommit=True
        )

    def one(self, question: str, *values: object) -> Any:
        with self.connect() as connection:
            return connection.execute(question, values).fetchone()

    @contextmanager
    def running(self, *settings: str) -> Iterator[Copy]:
        self.start(*settings)
        try:
            yield self
        finally:
            self.stop("immediate")

    @property
    def addresses(self) -> dict[str, str]:
        """What a server is told, whose database this shall be."""
        at = f"coop?host={self.sockets}&port={self.port}"
        return {
            "DATABASE_URL": f"postgresql://coop_app@/{at}",
            "DATABASE_OWNER_URL": f"postgresql://coop_migrations@/{at}",
            "COOP_BACKUP_HOURS": "0",
        }

    def manage(self, verb: str, code: int, *more: str) -> str:
        """What a command of the house says over it, by a program of its own; and it must end with this code."""
        line, environment = [sys.executable, "manage.py", verb, *more], {**os.environ, **self.addresses}
        done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == code, f"{verb}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def throw_away(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
