"""What a request costs in processor time, Python's and PostgreSQL's, asked inside one process through WSGI.

    python tests/bench/inside.py USERS.jsonl '{"page": "/poll/1/"}' 60     the site of DJANGO_SETTINGS_MODULE

Nothing of the server and the socket is in it, and little of what else the machine does: a process that waits costs
nothing. How fast a processor works changes from one minute to the next all the same. So sites are compared only by
short rounds that follow one another at once (`running`): each is a process that, for every line it is given with the
name of a request, asks itself that so many times and says what it cost.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

User = Mapping[str, Any]
Cost = tuple[float, float]  # milliseconds of Python and of PostgreSQL for one request
NANOSECOND = 1e-6  # milliseconds


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
        ran = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
        return int(ran) * NANOSECOND

    def cost(
        self, address: str, users: Iterable[User], fields: Mapping[str, str] | None, expected: int
    ) -> Cost:
        """Of one request, of as many as there are users."""
        asked, database, start = 0, self.of_postgres(), time.process_time()
        for user in users:
            sent = {name: value.format(**user) for name, value in fields.items()} if fields else None
            status = self.ask(address, user, sent)
            if status != expected:
                raise SystemExit(f"{address} answered {status}")
            asked += 1
        return (time.process_time() - start) * 1000 / asked, (self.of_postgres() - database) / asked


def of_each(site: Site, requests: Mapping[str, Any], users: list[User], each: int) -> Callable[[str], Cost]:
    """What asks the named request `each` times, of other people each time. Whoever casts does so once."""
    there: dict[str, Iterator[User]] = {
        name: cycle(users) if isinstance(what, str) else iter(users) for name, what in requests.items()
    }

    def cost(name: str) -> Cost:
        what, mine = requests[name], list(islice(there[name], each))
        if isinstance(what, str):
            return site.cost(what, mine, None, 200)
        return site.cost(what["path"], mine, what["fields"], what["expect"])

    return cost


def least(
    site: Site, requests: Mapping[str, Any], users: list[User], *, rounds: int = 5, each: int = 60
) -> dict[str, Cost]:
    """By the name of the request: the least of Python in all rounds, and the mean of PostgreSQL."""
    cost = of_each(site, requests, users, each)
    costs = [{name: cost(name) for name in requests} for _turn in range(rounds + 1)]
    del costs[0]  # it warms up
    return {
        name: (min(one[name][0] for one in costs), sum(one[name][1] for one in costs) / rounds)
        for name in requests
    }


@contextmanager
def running(
    users: Path, requests: Mapping[str, Any], each: int, environment: Mapping[str, str]
) -> Iterator[Callable[[str], Cost]]:
    """A site in a process of its own, that says what the named request costs."""
    words = [sys.executable, __file__, str(users), json.dumps(requests), str(each)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, env={**os.environ, **environment}, stdin=pipe, stdout=pipe, text=True
    ) as site:
        assert site.stdin is not None
        assert site.stdout is not None
        to_it, from_it = site.stdin, site.stdout

        def cost(name: str) -> Cost:
            to_it.write(f"{name}\n")
            to_it.flush()
            python, database = json.loads(from_it.readline())
            return python, database

        yield cost


if __name__ == "__main__":
    import django
    from django.conf import settings

    # As a server runs: no file is looked for on the disk with every request.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    django.setup()
    people = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
    measured = of_each(Site(), json.loads(sys.argv[2]), people, each=int(sys.argv[3]))
    for line in sys.stdin:
        print(json.dumps(measured(line.strip())), flush=True)
