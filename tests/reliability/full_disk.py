"""A disk that is full while people vote: where the tables lie, and where the log of changes lies.

Both times every vote that was acknowledged must be there once there is room again, and nobody may read anything but
"your vote is in" and "try again later".
"""

from __future__ import annotations

import asyncio
import random
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from .copies import Copy, handed_over
from .house import FOLDER, Server, cluster
from .storm import faults, must_be_clean, must_find, open_votes
from .triggers import without_triggers
from .voters import Paper, Storm, statuses

MEGABYTE = 1024 * 1024
ONE_LESS = """
DELETE FROM ballots_namedvote WHERE id = (SELECT max(vote.id) FROM ballots_namedvote vote
    JOIN ballots_rollentry entry ON entry.id = vote.entry_id WHERE entry.ballot_id = %s)
"""


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A disk of its own that is soon full; None where nobody may make one."""
    place = FOLDER / "small"
    place.mkdir(parents=True, exist_ok=True)
    size = ["-o", f"size={megabytes}m"]
    made = subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", str(place)], capture_output=True)
    try:
        if made.returncode == 0:
            handed_over(place)
        yield place if made.returncode == 0 else None
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "-l", str(place)], check=True)


def ballast(place: Path) -> Path:
    """Everything that is free, down to the last page."""
    file = place / "ballast"
    with file.open("wb", buffering=0) as out:
        for size in (MEGABYTE, 4096):
            try:
                while out.write(b"\0" * size):
                    pass
            except OSError:
                continue
    return file


def full(ballot: int, path: str, papers: Sequence[Paper], dice: random.Random, *, of_the_log: bool) -> str:
    """`of_the_log`: the disk that is full holds the log of changes, and PostgreSQL itself falls; else the tables."""
    weighed = subprocess.run(["du", "-sm", str(cluster().data)], capture_output=True, text=True).stdout
    with small_disk(int(weighed.split()[0]) + 150) as place:
        if place is None:
            return "left out: only root can make a small disk here"
        copy = Copy("tables", place=None if of_the_log else place)
        log = (place if of_the_log else copy.sockets) / "changes"
        shutil.rmtree(log, ignore_errors=True)
        copy.make(f"--waldir={log}")
        copy.start("max_wal_size=64MB")
        try:
            with Server(**copy.addresses) as server:
                sender = Storm(server.port, path, papers, dice=dice)
                told = asyncio.run(_until_there_is_room(sender, copy, place, write_on=of_the_log))
            must_be_clean(faults(papers, *open_votes(ballot, papers, copy)))
            with copy.connect() as rights, without_triggers(rights, "ballots_namedvote"):
                rights.execute(ONE_LESS, [ballot])
            control = must_find(
                faults(papers, *open_votes(ballot, papers, copy)), one_of=["acknowledged and lost"]
            )
        finally:
            copy.stop("immediate")
            copy.throw_away()
    return f"{told}; answers {dict(sorted(statuses(papers).items()))}; one vote taken out behind its back: {control}"


async def _until_there_is_room(sender: Storm, copy: Copy, place: Path, *, write_on: bool) -> str:
    """In the middle of it the disk is full for some seconds; whoever keeps PostgreSQL starts it again if it fell."""
    running = asyncio.create_task(sender.run())
    while sum(bool(paper.told) for paper in sender.papers) < len(sender.papers) / 10:
        await asyncio.sleep(0.05)
    file = await asyncio.to_thread(ballast, place)
    if write_on:
        await asyncio.to_thread(_write_until_it_falls, copy)
    last = time.monotonic() + 20
    while not statuses(sender.papers)[503] and not running.done() and time.monotonic() < last:
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    later = statuses(sender.papers)[503]
    kept = sum(bool(paper.told) for paper in sender.papers)
    stands = copy.stands()
    file.unlink()
    began = time.monotonic()
    if not stands:
        await asyncio.to_thread(copy.start)
    await running
    if not later:
        raise AssertionError("nobody was told to come back later: the disk was never full")
    return (
        f"full: {kept:,} of {len(sender.papers):,} papers taken, {later:,} answers “later”, PostgreSQL"
        f" {'stands' if stands else 'fell'}; with room again all in {time.monotonic() - began:.1f} s"
    )


def _write_until_it_falls(copy: Copy) -> None:
    """What else a house writes in a day: the segment of the log that was there before the disk was full is used up."""
    with suppress(psycopg.Error), copy.connect() as rights:
        for _megabyte in range(200):
            rights.execute("SELECT pg_logical_emit_message(true, 'ballast', repeat('x', 1024 * 1024))")
