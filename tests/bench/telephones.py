"""The driver of `python -m tests.bench.hall together`: a hall of telephones that ask as the page makes them ask.

    PYTHON telephones.py FLOOR_FOLDER WORK_FOLDER SECONDS TARGET.json ...

Runs under the Python of the floor, whose `bench` and `load` it takes: databases, servers, one kept connection for each
telephone. The recipe of a target has besides what the floor wants:

    polled    what every telephone asks for, and `extra`: its headers
    often     how many of them ask every five seconds, where the users do not say who does
    move      what one person does now and then, so that the answer changes for all: `path` and `fields`. With a user
              who has `turns` the path is that user's, turn by turn; else one user after the other takes it once.

A user asks every `every` seconds, 15 where the line says nothing, at an own moment, with the ETag of the last answer.
What takes longer than it should is counted from the moment the telephone meant to ask. One JSON line for each target.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import math
import random
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any

OFTEN, SELDOM = 5.0, 15.0  # seconds between two questions of whoever is on the list, and of the others
MOVES = 60.0  # seconds between two changes for everybody: a speaker has three minutes, a vote moves faster
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)


class Hall:
    """One target under load: its telephones, and what they were answered."""

    def __init__(self, load: Any, target: Any, recipe: dict[str, Any], users: list[dict[str, Any]]) -> None:
        self.load, self.target, self.recipe, self.users = load, target, recipe, users
        self.times: list[float] = []
        self.same = self.fresh = self.moved = 0
        self.errors: list[str] = []

    async def telephone(self, user: dict[str, Any], due: float, since: float, until: float) -> None:
        client, etag = self.load.Client(self.target.url), ""
        path = self.recipe["polled"].format(**user)
        while due < until:
            await asyncio.sleep(due - time.perf_counter())
            extra = self.recipe.get("extra", "") + (f"If-None-Match: {etag}\r\n" if etag else "")
            try:
                status, head, _body = await client.request("GET", path, user["cookie"], extra=extra)
            except OSError as error:
                status, head = 0, repr(error).encode()
            if found := ETAG.search(head):
                etag = found[1].decode()
            if due >= since:
                self.times.append(time.perf_counter() - due)
                self.same += status == 304
                self.fresh += status == 200
            if status not in (200, 304):
                self.errors.append(f"{status} {head[:80]!r}")
            due += user.get("every", SELDOM)
        client.close()

    async def somebody_moves(self, since: float, until: float) -> None:
        """From the first counted moment on: whoever leads gives the floor to the next, or the next one votes."""
        client, move = self.load.Client(self.target.url), self.recipe["move"]
        leader = next((user for user in self.users if "turns" in user), None)
        acts = [(leader, turn) for turn in leader["turns"]] if leader else [(user, 0) for user in self.users]
        for number in range(math.ceil((until - since) / MOVES)):
            await asyncio.sleep(since + number * MOVES - time.perf_counter())
            user, turn = acts[number]
            fields = {"csrfmiddlewaretoken": user["csrf"], **move.get("fields", {})}
            try:
                status, head, _body = await client.request(
                    "POST", move["path"].format(turn=turn), user["cookie"], fields
                )
            except OSError as error:
                status, head = 0, repr(error).encode()
            self.moved += status == 302
            if status != 302:
                self.errors.append(f"{status} {head[:80]!r}")
        client.close()

    async def sits(self, seconds: float) -> dict[str, Any]:
        chance, begin = random.Random(1), time.perf_counter()
        since, until = begin + SELDOM, begin + SELDOM + seconds  # first everybody has asked once
        asking = [
            self.telephone(user, begin + chance.uniform(0, user.get("every", SELDOM)), since, until)
            for user in self.users
        ]
        watched = {"server": self.target.process.pid, "postgres": self.target.database_pid}
        before: dict[str, float] = {}

        async def watch() -> None:
            await asyncio.sleep(since - time.perf_counter())
            before.update({name: self.load.tree(pid)["cpu_s"] for name, pid in watched.items() if pid})

        await asyncio.gather(watch(), self.somebody_moves(since, until), *asking)
        spent = {name: self.load.tree(watched[name])["cpu_s"] - was for name, was in before.items()}
        return self.figures(seconds, spent)

    def figures(self, seconds: float, spent: dict[str, float]) -> dict[str, Any]:
        times, answers = sorted(self.times), len(self.times)
        at = lambda share: round(times[min(answers - 1, int(share * answers))] * 1000, 1)  # noqa: E731
        return {
            "name": self.target.name,
            "telephones": len(self.users),
            "per_second": round(answers / seconds, 1),
            "same": round(self.same / answers, 3),
            "p50_ms": at(0.5),
            "p99_ms": at(0.99),
            "max_ms": at(1),
            "moved": self.moved,
            "errors": len(self.errors),
            "samples": self.errors[:3],
            **{f"{name}_ms": round(cpu / answers * 1000, 2) for name, cpu in spent.items()},
            **{f"{name}_cores": round(cpu / seconds, 2) for name, cpu in spent.items()},
        }


def main(arguments: list[str]) -> None:
    floor, work, seconds, *paths = arguments
    sys.path.insert(0, floor)
    bench, load = importlib.import_module("bench"), importlib.import_module("load")
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    Path(work).mkdir(parents=True, exist_ok=True)
    database, targets = bench.Database(Path(work)), []
    try:
        for path in paths:
            target = bench.Target(Path(path), database, Path(work))
            targets.append(target)
            recipe = json.loads(target.recipe.read_text())
            users = [json.loads(line) for line in target.users.read_text().splitlines()]
            for user in users[: recipe.get("often", 0)]:
                user["every"] = OFTEN
            hall = Hall(load, target, recipe, users)
            print(json.dumps(asyncio.run(hall.sits(float(seconds)))), flush=True)
            target.stop()
    finally:
        for target in targets:
            if target.process.poll() is None:
                target.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
