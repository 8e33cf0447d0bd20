"""`make run` says in one line why it does not start."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from coop import serve

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "coop.serve", *arguments],
        cwd=ROOT,
        env={"PATH": os.defpath, "SECRET_KEY": "x" * 40, "PEPPER": "x" * 40, **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_busy_port() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit) as refused:
            serve.refuse_busy_port("127.0.0.1", port)
    assert str(refused.value) == (
        f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
    )
    serve.refuse_busy_port("127.0.0.1", port)  # free now


def test_an_address_that_is_not_ours() -> None:
    for address in ("192.0.2.1", "no.such.host.invalid"):
        with pytest.raises(SystemExit, match="no address of this machine"):
            serve.refuse_busy_port(address, 8000)


def test_a_second_run_in_the_same_folder_is_told_where_the_first_is(tmp_path: Path) -> None:
    settings = SimpleNamespace(LOCAL=tmp_path, ORIGIN="http://localhost:8123")
    first = serve.hold_alone(settings)
    with pytest.raises(SystemExit, match=r"already runs from this folder, at http://localhost:8123\."):
        serve.hold_alone(settings)
    first.close()
    serve.hold_alone(settings).close()


def test_an_odd_port_is_one_line() -> None:
    done = run(PORT="http")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "PORT is “http”; it must be a whole number from 1 to 65535.\n"


def test_reset_throws_away_only_the_demo() -> None:
    for variables in ({"DATABASE_URL": "postgresql://db/plant"}, {"COOP_DEMO": "0"}):
        done = run("--forget", **variables)
        assert done.returncode == 1
        assert done.stderr.startswith("make demo-reset throws away only the demo's own database")
