"""A plant of the demonstration that is planted for one walk, served as `make run` does, and thrown away after it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / ".local" / "tour"
PLANTING = 1800  # seconds: on a busy machine the year of the works takes its time


@contextmanager
def plant() -> Iterator[str]:
    """Its address."""
    from coop.local_postgres import Cluster

    FOLDER.mkdir(parents=True, exist_ok=True)
    thrown_away(Cluster)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    given = {name: words for name, words in os.environ.items() if not name.startswith(("COOP_", "DATABASE_"))}
    mine = {
        "DJANGO_SETTINGS_MODULE": "tests.browser.tour.settings",
        "COOP_DEMO": "1",
        "PORT": str(port),
        "SECRET_KEY": "only-for-a-walk-" * 4,
        "PEPPER": "only-for-a-walk-" * 4,
    }
    server = subprocess.Popen([sys.executable, "-m", "coop.serve"], cwd=ROOT, env=given | mine)
    try:
        wait_for(server, port)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(60)
        thrown_away(Cluster)


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    last = time.monotonic() + PLANTING
    while time.monotonic() < last and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.5)
    raise SystemExit("The plant did not come up; what it said stands above.")


def thrown_away(cluster: Any) -> None:
    with suppress(FileNotFoundError):
        cluster(FOLDER / "plant").forget()
    shutil.rmtree(FOLDER / "static", ignore_errors=True)
