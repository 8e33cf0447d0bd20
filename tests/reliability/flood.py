"""The assembly all at once: everybody signs in and votes in a minute, screens ask all the time, strangers clog.

Everybody comes from one address, as a plant behind one router does. The secrets are kept by the real, slow hash.
"""

from __future__ import annotations

import asyncio
import math
import random
import re
import secrets
import socket
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from coop.ballots.models import Ballot
from coop.members.models import Account, Member
from tests import make
from tests.bench import fill

from .house import SLUG, Server, administrator, hang_up
from .voters import post

MINUTE = 60.0
EVERY = 5.0  # seconds between two questions of a screen
IDLE = 500  # lines on which nothing more comes
MUCH = 100 * 1024 * 1024
COOKIE = re.compile(r"^set-cookie: *(session|csrftoken)=([^;]+)", re.IGNORECASE | re.MULTILINE)
IN_THE_BOX = """
SELECT count(*) FROM ballots_namedvote vote JOIN ballots_rollentry entry ON entry.id = vote.entry_id
WHERE entry.ballot_id = %s
"""
Voters = Sequence[Mapping[str, Any]]


@dataclass
class Told:
    """Of each thing that people do: how long it took, and what it was answered."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, Counter[int]] = field(default_factory=dict)

    def note(self, what: str, status: int, began: float) -> None:
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)
        self.statuses.setdefault(what, Counter())[status] += 1

    def __str__(self) -> str:
        return "; ".join(
            f"{what} {dict(sorted(self.statuses[what].items()))} p95 {at(times, 95):.2f} s p99 {at(times, 99):.2f} s"
            for what, times in self.seconds.items()
        )


def at(times: Sequence[float], percent: int) -> float:
    return sorted(times)[max(0, math.ceil(len(times) * percent / 100) - 1)]


async def get(port: int, path: str, cookie: str, more: str = "") -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n{more}Connection: close\r\n\r\n"
        writer.write(head.encode())
        answer = await reader.read()
        return int(answer[9:12] or b"0")
    finally:
        writer.close()


def assembly(server: Server, ballot: Ballot, voters: Voters, screens: int, dice: random.Random) -> str:
    """Each has their own second of the minute. Goals: p95 under 2 s, p99 under 5 s, nothing above 499, no vote lost."""
    told = Told()
    with secrets_known(voters) as signed_in:
        began = time.perf_counter()
        asyncio.run(_minute(server, ballot, voters, signed_in[:screens], dice, told))
        lasted = time.perf_counter() - began
    with administrator() as connection:
        [there] = connection.execute(IN_THE_BOX, [ballot.pk]).fetchall()[0]
    words = f"{len(voters):,} sign in and vote in {lasted:.0f} s beside {screens} screens: {told}"
    bad = sum(count for found in told.statuses.values() for status, count in found.items() if status >= 500)
    everybody = len(voters)
    if bad or (there, told.statuses["sign-in"][302], told.statuses["vote"][302]) != (everybody,) * 3:
        raise AssertionError(f"{words}; {bad} above 499, {there} in the box")
    slow = [what for what, times in told.seconds.items() if at(times, 95) > 2 or at(times, 99) > 5]
    return f"{words}; goal missed: {', '.join(slow)}" if slow else words


@contextmanager
def secrets_known(voters: Voters) -> Iterator[list[str]]:
    """Everybody has a secret meanwhile; the cookies of some who are signed in with it. Other sessions are kept out."""
    members = Member.objects.in_bulk([voter["member"] for voter in voters])
    accounts = Account.objects.filter(members__in=members)
    before = list(accounts)
    accounts.update(password=make_password(make.PIN))
    some = Member.objects.select_related("account").filter(pk__in=members)[:200]
    signed_in = [fill.session(member)["cookie"] for member in some]
    hang_up()
    try:
        yield signed_in
    finally:
        Account.objects.bulk_update(before, ["password"])
        hang_up()


async def _minute(
    server: Server,
    ballot: Ballot,
    voters: Voters,
    screens: Sequence[str],
    dice: random.Random,
    told: Told,
) -> None:
    door, path = f"/{SLUG}/sign-in/", f"/{SLUG}/ballots/{ballot.pk}/"
    over = asyncio.Event()

    async def person(voter: Mapping[str, Any], after: float) -> None:
        await asyncio.sleep(after)
        sent = {
            "csrfmiddlewaretoken": voter["csrf"],
            "number": str(voter["n"]),
            "secret": make.PIN,
            "own": "on",
        }
        began = time.perf_counter()
        status, page = await post(server.port, door, f"csrftoken={voter['csrf']}", sent, hang_up=False)
        told.note("sign-in", status, began)
        mine = {"csrftoken": voter["csrf"], **dict(COOKIE.findall(page.replace("\r\n", "\n")))}
        cookie = "; ".join(f"{name}={value}" for name, value in mine.items())
        paper = {
            "csrfmiddlewaretoken": mine["csrftoken"],
            "choice": "for",
            "form": secrets.token_hex(16),
        }
        began = time.perf_counter()
        told.note("vote", (await post(server.port, path, cookie, paper, hang_up=False))[0], began)

    async def screen(cookie: str, after: float) -> None:
        await asyncio.sleep(after)
        while not over.is_set():
            began = time.perf_counter()
            told.note(
                "screen", await get(server.port, f"{path}turnout/", cookie, "HX-Request: true\r\n"), began
            )
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), EVERY)

    looking = [asyncio.create_task(screen(cookie, dice.uniform(0, EVERY))) for cookie in screens]
    minute = MINUTE * min(1.0, len(voters) / 2000)  # fewer people come just as densely
    await asyncio.gather(*(person(voter, dice.uniform(0, minute)) for voter in voters))
    over.set()
    await asyncio.gather(*looking)


def clogged(server: Server, ballot: Ballot, voters: Voters) -> str:
    """Hundreds of lines on which nothing comes, a hundred megabytes, fifty dear pages: a vote beside them is taken."""
    path, told = f"/{SLUG}/ballots/{ballot.pk}/", Told()
    with ExitStack() as lines:
        for _turn in range(IDLE):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".encode())
        asyncio.run(_beside(server, path, voters, told))
    words = f"{IDLE} idle lines: {told}"
    fine = {"vote": {302}, "much": {413}, "dear": {200, 429}}
    if any(set(told.statuses[what]) - statuses for what, statuses in fine.items()):
        raise AssertionError(words)
    return words


async def _beside(server: Server, path: str, voters: Voters, told: Told) -> None:
    async def dear(number: int) -> None:
        address = (f"/{SLUG}/search/?words=%25", f"/{SLUG}/decisions/printed/")[number % 2]
        began = time.perf_counter()
        told.note("dear", await get(server.port, address, voters[0]["cookie"]), began)

    async def much() -> None:
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost:{server.port}\r\nCookie: {voters[1]['cookie']}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {MUCH}\r\nConnection: close\r\n\r\n"
        )
        with suppress(OSError):
            writer.write(head.encode())
            for _piece in range(MUCH // 65_536):
                writer.write(b"a" * 65_536)
                await writer.drain()
        answer = await reader.read(64)
        writer.close()
        told.note("much", int(answer[9:12] or b"0"), began)

    async def vote(voter: Mapping[str, Any]) -> None:
        paper = {"csrfmiddlewaretoken": voter["csrf"], "choice": "for", "form": secrets.token_hex(16)}
        began = time.perf_counter()
        told.note("vote", (await post(server.port, path, voter["cookie"], paper, hang_up=False))[0], began)

    await asyncio.gather(
        *(dear(number) for number in range(50)), much(), *(vote(voter) for voter in voters[2:22])
    )
