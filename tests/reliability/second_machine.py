"""The second machine, rehearsed: a standby follows, the first one falls in the middle of a vote, the house moves over.

Both are scratch copies of the house's database, with streaming replication between them, by the steps of
docs/operator.md.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Sequence
from contextlib import suppress

from .copies import Copy, program
from .house import FOLDER, Server, children, command
from .storm import faults, lost, open_votes, said
from .voters import Paper, Storm, statuses

SECONDS, MANY = 3.0, 40  # so long the second machine hears nothing, or so many votes, before the first falls
FOLLOWS = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = %s"
WAITS = "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (second)'"


def moved_over(ballot: int, path: str, papers: Sequence[Paper], dice: random.Random, *, waits: bool) -> str:
    """`waits`: a vote is acknowledged when the second machine has it too. Without that, the last ones may be lost."""
    first, second = Copy("first", 5497).make(), Copy("second", 5496)
    kept = FOLDER / "checkpoints"
    kept.unlink(missing_ok=True)
    try:
        first.start()
        second.make("-R", of=first.port)
        second.start()
        tell(first, "GRANT pg_read_all_stats TO coop_migrations", *([WAITS] if waits else []))
        until_it_follows(first, "quorum" if waits else "async")
        guard = first.manage("guard", 0)
        assert f"Standby second: streaming, {'quorum' if waits else 'async'}" in guard, guard
        first.manage("journal_checkpoint", 0, "--out", str(kept))
        with Server(**first.addresses) as server:
            before, meanwhile, fell = asyncio.run(
                _falls(Storm(server.port, path, papers, dice=dice), first, second)
            )

        began = time.monotonic()
        second.start()
        program("pg_ctl", "-D", str(second.data), "-w", "promote")
        moved = time.monotonic() - began
        second.manage("guard", 0)
        second.manage("journal_verify", 0, "--against", str(kept))
        with Server(**second.addresses) as server:
            asyncio.run(Storm(server.port, path, papers, dice=dice).run())
        stored, marked = open_votes(ballot, papers, second)
        found = faults(papers, stored, marked)
        # The new first machine, told to wait for somebody who is not there: the guard holds votes back, not the commit.
        tell(second, WAITS.replace("second", "third"))
        alone = second.manage("guard", 1)
        assert "standby is “—”, and must be “ANY 1 (third)”." in alone, alone
    finally:
        for copy in (second, first):
            copy.stop("immediate")
            copy.throw_away()
    words = (
        f"of {len(papers)} papers {before} taken, {meanwhile} more while the second machine heard nothing, then the"
        f" first fell; promoted after {moved:.1f} s, guard and chains hold; answers"
        f" {dict(sorted(statuses(papers).items()))}; {said(found)}"
    )
    if any(found.values()):
        raise AssertionError(f"{words}; beside the fall of the first: {lost(papers, stored, fell)}")
    return words


async def _falls(sender: Storm, first: Copy, second: Copy) -> tuple[int, int, float]:
    """How many were taken before the second machine heard nothing any more, how many while it did not, and when the
    first fell (by the clock that only runs on)."""
    running = asyncio.create_task(sender.run())
    before = await _taken(sender, len(sender.papers) // 10, 60)
    [receiver] = [pid for pid in children(second.postmaster() or 0) if "walreceiver" in command(pid)]
    os.kill(receiver, signal.SIGSTOP)
    meanwhile = await _taken(sender, before + MANY, SECONDS)
    fell = time.monotonic()
    await asyncio.to_thread(first.fall)
    sender.over = True
    with suppress(ProcessLookupError):
        os.kill(receiver, signal.SIGKILL)  # what lay in its line is not read after all
    await asyncio.to_thread(second.fall)
    await running
    return before, meanwhile - before, fell


async def _taken(sender: Storm, many: int, seconds: float) -> int:
    """Waits until so many papers are taken, or so long."""
    last = time.monotonic() + seconds
    while True:
        taken = sum(paper.told == "voted" for paper in sender.papers)
        if taken >= many or time.monotonic() > last:
            return taken
        await asyncio.sleep(0.05)


def tell(copy: Copy, *statements: str) -> None:
    with copy.connect() as rights:
        for statement in (*statements, "SELECT pg_reload_conf()"):
            rights.execute(statement)
        time.sleep(0.3)


def until_it_follows(first: Copy, how: str) -> None:
    last = time.monotonic() + 30
    while not first.one(FOLLOWS, how)[0]:
        assert time.monotonic() < last, "nobody follows"
        time.sleep(0.1)
