"""What a request costs in processor time, Python's and PostgreSQL's, asked inside one process through WSGI.

    python tests/bench/inside.py USERS.jsonl '{"page": "/poll/1/"}'     of the site of DJANGO_SETTINGS_MODULE, as JSON

Nothing of the server and the socket is in it, and little of what else the machine does: a process that waits costs
nothing. Each figure is the least of all rounds.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

User = Mapping[str, Any]
TICK = 10.0  # milliseconds: how finely Linux tells the time of another process


class Site:
    """One application, and the process of PostgreSQL that answers it."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()

    def ask(self, address: str, user: User, fields: Mapping[str, str] | None = None) -> int:
        """The status of the answer. With fields it is a POST."""
        path, _, query = address.partition("?")
        body = urlencode(fields).encode() if fields is not None else b""
        environ = {
            "REQUEST_METHOD": "GET" if fields is None else "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": user["cookie"],
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
        }
        said: list[str] = []
        answer = self.application(environ, lambda status, _headers, _problem=None: said.append(status))
        for _piece in answer:
            pass
        answer.close()
        return int(said[0][:3])

    def of_postgres(self) -> float:
        """Milliseconds of processor time that the process behind the connection has used."""
        from django.db import connection

        connection.ensure_connection()
        stat = (
            Path(f"/proc/{connection.connection.info.backend_pid}/stat")
            .read_text()
            .rpartition(")")[2]
            .split()
        )
        return (int(stat[11]) + int(stat[12])) * TICK

    def cost(
        self, address: str, users: Iterable[User], fields: Mapping[str, str] | None, expected: int
    ) -> tuple[float, float]:
        """Milliseconds of Python and of PostgreSQL for one request, of as many as there are users."""
        asked, database, start = 0, self.of_postgres(), time.process_time()
        for user in users:
            sent = {name: value.format(**user) for name, value in fields.items()} if fields else None
            status = self.ask(address, user, sent)
            if status != expected:
                raise SystemExit(f"{address} answered {status}")
            asked += 1
        return (time.process_time() - start) * 1000 / asked, (self.of_postgres() - database) / asked


def least(
    site: Site, requests: Mapping[str, Any], users: list[User], *, rounds: int = 5, each: int = 60
) -> dict[str, tuple[float, float]]:
    """By the name of the request: Python's and PostgreSQL's milliseconds. Whoever casts does so once."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in requests}
    voters: Iterator[User] = iter(users)
    for turn in range(rounds + 1):  # the first one warms up
        for name, what in requests.items():
            if isinstance(what, str):
                cost = site.cost(what, users[:each], None, 200)
            else:
                mine = [next(voters) for _one in range(each)]
                cost = site.cost(what["path"], mine, what["fields"], what["expect"])
            if turn:
                found[name].append(cost)
    return {
        name: (min(one for one, _other in costs), sum(other for _one, other in costs) / len(costs))
        for name, costs in found.items()
    }


if __name__ == "__main__":
    import django

    django.setup()
    people = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
    print(json.dumps(least(Site(), json.loads(sys.argv[2]), people)))
