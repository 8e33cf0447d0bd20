"""Somebody with all rights deletes every vote; and a page of the table of votes rots on the disk."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from .copies import VOTES, Copy, handed_over, program
from .triggers import without_triggers

VoteMore = Callable[[Copy], object]
HEADS = """
SELECT string_agg(concat_ws(' ', label, head_sequence, head_hash), ' ' ORDER BY label)
FROM journal_chain
"""
POINT = "before the accident"


def undone(at_work: Copy, kept: Copy, vote_more: VoteMore, *, archived: bool = True) -> str:
    """A backup while the house works; votes after it; the accident; and a restore to the moment named before it.

    `archived`: what was written after the backup is kept elsewhere. Without it (the protection taken away) nothing
    leads from the backup to that moment.
    """
    archive = at_work.sockets / "archive"
    shutil.rmtree(archive, ignore_errors=True)
    archive.mkdir()
    handed_over(archive)
    keep = f"test ! -f {archive}/%f && cp %p {archive}/%f" if archived else "/bin/true"
    at_work.make()
    with at_work.running("archive_mode=on", f"archive_command='{keep}'"):
        kept.make(of=at_work.port)
        early = at_work.one(VOTES)
        vote_more(at_work)
        before = (at_work.one(VOTES), at_work.one(HEADS))
        with at_work.connect() as rights:
            rights.execute("SELECT pg_create_restore_point(%s)", [POINT])
            with without_triggers(rights, "ballots_namedvote"):
                rights.execute("DELETE FROM ballots_namedvote")
            rights.execute("SELECT pg_switch_wal()")
        after = at_work.one(VOTES)
        at_work.stop("fast")  # what is not archived yet is now
    assert before[0][0] > early[0], "there was nothing to lose"
    assert after[0] == 0, "there was no accident"
    return _restored(kept, archive, before)


def _restored(kept: Copy, archive: Path, before: Any) -> str:
    (kept.data / "recovery.signal").touch()
    handed_over(kept.data / "recovery.signal")
    with (kept.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"\nrestore_command = 'cp {archive}/%f %p'\nrecovery_target_name = '{POINT}'\n"
            "recovery_target_action = 'promote'\n"
        )
    try:
        kept.start()
        _has_arrived(kept)
    except AssertionError as problem:  # PostgreSQL does not come up rather than come up too early
        kept.stop("immediate")
        last = (kept.sockets / f"log-{kept.name}").read_text().strip().splitlines()
        why = next((line for line in reversed(last) if "FATAL" in line), str(problem))
        raise AssertionError(f"not restored: {why.partition('FATAL:')[2].strip() or why}") from None
    try:
        found = (kept.one(VOTES), kept.one(HEADS))
    finally:
        kept.stop("immediate")
    words = f"{before[0][0]:,} votes before the accident, {found[0][0]:,} restored"
    if found != before:
        raise AssertionError(f"{words}: {found} instead of {before}")
    return f"{words}, each the same, and every chain of the journal ends where it ended"


def _has_arrived(kept: Copy) -> None:
    """It may be read while it still goes forward, and before it knows that it cannot get there."""
    end = time.monotonic() + 60
    while kept.stands() and time.monotonic() < end:
        with suppress(psycopg.OperationalError):
            if kept.one("SELECT NOT pg_is_in_recovery()")[0]:
                return
        time.sleep(0.1)
    raise AssertionError("it has not arrived")


def rotten(copy: Copy, *, checksums: bool = True) -> str:
    """Four bytes of the table of votes are turned over on the disk. Whoever reads it must be told."""
    copy.make()
    with copy.running():
        [file] = copy.one("SELECT pg_relation_filepath('ballots_namedvote')")
        votes, _hash = copy.one(VOTES)
        copy.stop("fast")
    assert votes, "there was nothing to rot"
    if not checksums:
        program("pg_checksums", "--disable", "-D", str(copy.data))
    content = bytearray((copy.data / file).read_bytes())
    for offset in range(8192 - 40, 8192 - 36):  # within the first row of the first page
        content[offset] ^= 0xFF
    (copy.data / file).write_bytes(bytes(content))
    code, said = program("pg_checksums", "--check", "-D", str(copy.data), fails=True)
    with copy.running():
        try:
            copy.one(VOTES)
            read = "silently"
        except psycopg.errors.DataCorrupted as problem:
            read = f"with “{str(problem).splitlines()[0]}”"
            guard = copy.manage("guard", 1)
            assert "checksum_failures is “1”, and must be “0”." in guard, guard
            read += ", and no vote opens on it any more"
    lines = said.strip().splitlines()
    found = next((line for line in lines if "Bad checksums" in line), lines[-1])
    words = f"pg_checksums: {found}; the table is read {read}"
    if code == 0 or read == "silently":
        raise AssertionError(words)
    return words
