"""Thousands of telephones: each sends its paper until it has a definite answer, and remembers what it was told."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOGETHER = 48  # connections at a time
PATIENCE = 60.0  # seconds after which a telephone that has no answer gives up
ANSWER = 20.0  # seconds it waits for one answer
SIGN = "[0-9A-HJKMNP-TV-Z]"
LEADS_TO = re.compile(r"^location: *(\S+)", re.IGNORECASE | re.MULTILINE)
RECEIPT = re.compile(rf"\b{SIGN}{{4}}(?:-{SIGN}{{4}}){{5}}-{SIGN}{{2}}\b")


@dataclass
class Paper:
    """One form of one member, and how it went. `told`: voted, refused, or nothing when no definite answer came."""

    member: int
    cookie: str
    form: str
    fields: Mapping[str, str]
    told: str = ""
    words: str = ""  # the receipt of a secret vote
    tries: int = 0
    statuses: list[int] = field(default_factory=list)
    heard_at: list[float] = field(default_factory=list)  # of each answer, by the clock that only runs on
    lengths: list[int] = field(default_factory=list)


async def post(
    port: int, path: str, cookie: str, fields: Mapping[str, str], *, hang_up: bool
) -> tuple[int, str]:
    """Status and whole answer, on a connection of its own. `hang_up`: does not wait for the answer."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode() + body)
        await writer.drain()
        if hang_up:
            await asyncio.sleep(0.005)
            raise ConnectionAbortedError
        answer = await reader.read()
        if not answer.startswith(b"HTTP/1.1 "):
            raise ConnectionResetError
        return int(answer[9:12]), answer.decode(errors="replace")
    finally:
        writer.close()


class Storm:
    """Sends papers in a random order, all doors at once."""

    def __init__(
        self, port: int, path: str, papers: Sequence[Paper], *, dice: random.Random, new_form: bool = False
    ) -> None:
        self.port, self.path, self.dice = port, path, dice
        self.papers = dice.sample(papers, len(papers))
        self.new_form = new_form  # the mistake: every try is another paper
        self.done = 0
        self.door = asyncio.Semaphore(TOGETHER)
        self.longest = 0.0  # seconds from the first try to the definite answer
        self.over = False  # the house has gone for good

    async def run(self) -> None:
        await asyncio.gather(*(self.vote(paper) for paper in self.papers))

    async def vote(self, paper: Paper) -> None:
        async with self.door:
            began = time.monotonic()
            while not paper.told and not self.over and time.monotonic() - began < PATIENCE:
                await self.once(paper)
            self.longest = max(self.longest, time.monotonic() - began)
            self.done += 1

    async def once(self, paper: Paper) -> None:
        paper.tries += 1
        fields = {**paper.fields, "form": paper.form}
        lost = self.dice.random() < 0.05  # a telephone that drops off the net after sending
        try:
            async with asyncio.timeout(ANSWER):
                status, answer = await post(self.port, self.path, paper.cookie, fields, hang_up=lost)
        except (OSError, TimeoutError):
            await asyncio.sleep(self.dice.uniform(0.05, 0.3))
            if self.new_form:
                paper.form = f"{self.dice.getrandbits(128):032x}"
            return
        paper.statuses.append(status)
        paper.heard_at.append(time.monotonic())
        paper.lengths.append(len(answer))
        if status == 302:
            to = LEADS_TO.search(answer)
            back = to is not None and to[1] == self.path  # anywhere else is no word about the vote
            paper.told = "voted" if back else f"odd: sent to {to and to[1]}"
        elif status == 200 and (words := RECEIPT.search(answer)):
            paper.told, paper.words = "voted", words[0]
        elif status == 409:
            paper.told = "refused"
        elif status == 503:
            await asyncio.sleep(self.dice.uniform(0.1, 0.5))
        else:
            paper.told = f"odd: {status}"


def statuses(papers: Sequence[Paper]) -> Counter[int]:
    return Counter(status for paper in papers for status in paper.statuses)


def papers_of(
    voters: Sequence[Mapping[str, Any]],
    choices: Sequence[Mapping[str, str]],
    dice: random.Random,
    *,
    presses: int = 2,
) -> list[Paper]:
    """The paper of each voter, as often as they press the button; every fifth sends another one as well."""
    papers = []
    for place, voter in enumerate(voters):
        for turn in range(2 if presses > 1 and place % 5 == 0 else 1):
            form = f"{dice.getrandbits(128):032x}"
            fields = {"csrfmiddlewaretoken": voter["csrf"], **choices[(place + turn) % len(choices)]}
            papers += [
                Paper(voter["member"], voter["cookie"], form, fields)
                for _press in range(1 if turn else presses)
            ]
    return papers


def lengths_of(papers: Sequence[Paper], voters: Sequence[Mapping[str, Any]]) -> dict[str, set[int]]:
    """Name and number with every letter alike -> how long the answers "your vote is in the urn" were."""
    alike = {voter["member"]: re.sub(r"\w", "x", f"{voter['name']} {voter['n']}") for voter in voters}
    found: dict[str, set[int]] = {}
    for paper in papers:
        for status, length in zip(paper.statuses, paper.lengths, strict=True):
            if status == 200:
                found.setdefault(alike[paper.member], set()).add(length)
    return found
