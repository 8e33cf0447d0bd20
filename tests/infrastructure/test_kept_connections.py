"""A hall of telephones, each with a connection that it keeps: whoever comes last is answered like the first."""

from __future__ import annotations

import http.client
import os
import resource
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from coop import serve

KEPT = 800  # for each worker; a server that is told nothing takes in 512
APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
"""


@contextmanager
def served(folder: Path, *, told: bool) -> Iterator[int]:
    """The port of a server that answers "ok", started as the house is; or without a word about connections."""
    (folder / "said_ok.py").write_text(APPLICATION)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [*serve.command_for("127.0.0.1", port)[:-1], "said_ok:application"]
    if not told:
        first = command.index("--backlog")
        del command[first : first + 4]
    server = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)})
    try:
        for _try in range(300):
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as first_asked:
                    asked(first_asked)
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def asked(connection: http.client.HTTPConnection) -> bytes:
    connection.request("GET", "/")
    return connection.getresponse().read()


def answered(port: int, count: int) -> int:
    """How many of `count` telephones, one after the other, hear something while all before keep their connection."""
    with ExitStack() as kept:
        for place in range(count):
            one = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            kept.callback(one.close)
            try:
                assert asked(one) == b"ok"
            except TimeoutError:
                return place
    return count


@pytest.mark.parametrize("told", [True, False], ids=["as-it-is", "without"])
def test_the_last_of_many_is_answered(tmp_path: Path, told: bool) -> None:
    serve.let_many_in()
    count = KEPT * (os.cpu_count() or 1)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 2 * count:
        pytest.skip("this machine allows too few open files")
    with served(tmp_path, told=told) as port:
        heard = answered(port, count)
    assert (heard == count) is told, heard
