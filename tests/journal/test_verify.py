"""Somebody with all rights tampers; the check names what they did. A chain nobody touched passes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from coop.journal.actions import start_chain
from coop.journal.checkpoints import Checkpoint, checkpoint
from coop.journal.hashing import START, digest, hashed_fields
from coop.journal.models import Chain, Entry
from coop.journal.verify import Finding, Kind, verify

from .conftest import NOON, append

Administrator = psycopg.Connection[Any]


@contextmanager
def without_triggers(administrator: Administrator) -> Iterator[None]:
    for table in ("journal_entry", "journal_chain"):
        administrator.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in ("journal_entry", "journal_chain"):
        administrator.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def kept(chain: Chain) -> Checkpoint:
    chain.refresh_from_db()
    return checkpoint(chain=chain.label, sequence=chain.head_sequence, hash=chain.head_hash, at=NOON)


def rehash(administrator: Administrator, chain: Chain, *, since: int, head: bool = True) -> None:
    """What a careful forger does: every hash after the change is made to fit again."""
    before = Entry.objects.filter(chain=chain, sequence__lt=since).order_by("-sequence").first()
    previous = before.hash if before else START
    for entry in Entry.objects.filter(chain=chain, sequence__gte=since).order_by("sequence"):
        entry.previous_hash = previous
        previous = digest(hashed_fields(entry, chain=chain.label))
        administrator.execute(
            "UPDATE journal_entry SET previous_hash = %s, hash = %s WHERE id = %s",
            [entry.previous_hash, previous, entry.pk],
        )
        last = entry.sequence
    if head:
        administrator.execute("UPDATE journal_chain SET head_sequence = %s, head_hash = %s", [last, previous])


def tamper(administrator: Administrator, *statements: str) -> None:
    for statement in statements:
        administrator.execute(statement)


def test_control_a_chain_nobody_touched_passes(committed_chain: Chain) -> None:
    early = kept(committed_chain)
    append(committed_chain, "reopened")
    empty = checkpoint(chain="lucerna", sequence=0, hash=START, at=NOON)
    assert verify([committed_chain], [empty, early, kept(committed_chain)]) == []


def test_an_empty_chain_passes(chain: Chain) -> None:
    assert verify([chain], [kept(chain)]) == []


EDITS = [
    "verb = 'closed'",
    "actor_id = 'member:13'",
    "actor_name = 'Ana Ruíz'",
    "at = at + interval '1 microsecond'",
    "subject_kind = 'x'",
    "subject_id = '9'",
    "subject_label = subject_label || ' '",
    "facts = facts || '{\"place\": 99}'",
    "facts = '{\"place\": 3.5}'",
]


def test_whichever_field_of_whichever_entry_is_edited_that_entry_is_named(
    committed_chain: Chain, administrator: Administrator
) -> None:
    tamper(administrator, "CREATE TEMPORARY TABLE untouched AS TABLE journal_entry")
    with without_triggers(administrator):
        for sequence in range(1, 6):
            for edit in EDITS:
                tamper(administrator, f"UPDATE journal_entry SET {edit} WHERE sequence = {sequence}")
                assert verify([committed_chain]) == [Finding("lucerna", Kind.EDITED, sequence)], edit
                tamper(
                    administrator, "DELETE FROM journal_entry", "INSERT INTO journal_entry TABLE untouched"
                )
    assert verify([committed_chain]) == []


def test_an_edited_entry_with_its_own_hash_mended_breaks_the_next(
    committed_chain: Chain, administrator: Administrator
) -> None:
    with without_triggers(administrator):
        tamper(administrator, "UPDATE journal_entry SET verb = 'closed' WHERE sequence = 3")
        entry = Entry.objects.get(sequence=3)
        administrator.execute(
            "UPDATE journal_entry SET hash = %s WHERE sequence = 3",
            [digest(hashed_fields(entry, chain="lucerna"))],
        )
    assert verify([committed_chain]) == [Finding("lucerna", Kind.UNLINKED, 4)]


@pytest.mark.parametrize(("where", "first", "last"), [("= 3", 3, 3), ("IN (2, 3)", 2, 3), ("= 1", 1, 1)])
def test_deleted_entries_are_named(
    committed_chain: Chain, administrator: Administrator, where: str, first: int, last: int
) -> None:
    before = kept(committed_chain)
    with without_triggers(administrator):
        tamper(administrator, f"DELETE FROM journal_entry WHERE sequence {where}")
    found = [Finding("lucerna", Kind.DELETED, first, last=last)]
    assert verify([committed_chain]) == found
    assert verify([committed_chain], [before]) == found


def test_a_deleted_entry_with_the_rest_moved_up_and_rehashed_is_found_by_a_checkpoint(
    committed_chain: Chain, administrator: Administrator
) -> None:
    before = kept(committed_chain)
    with without_triggers(administrator):
        tamper(administrator, "DELETE FROM journal_entry WHERE sequence = 3")
        for sequence in (4, 5):
            tamper(
                administrator,
                f"UPDATE journal_entry SET sequence = {sequence - 1} WHERE sequence = {sequence}",
            )
        rehash(administrator, committed_chain, since=3)
    assert verify([committed_chain]) == [], "nothing inside the database tells"
    assert verify([committed_chain], [before]) == [Finding("lucerna", Kind.CUT, 5, last=5, checkpoint=before)]


def test_a_cut_tail_is_told_by_the_head(committed_chain: Chain, administrator: Administrator) -> None:
    with without_triggers(administrator):
        tamper(administrator, "DELETE FROM journal_entry WHERE sequence > 3")
    assert verify([committed_chain]) == [Finding("lucerna", Kind.CUT, 4, last=5)]


def test_a_cut_tail_with_its_head_is_told_by_a_checkpoint_only(
    committed_chain: Chain, administrator: Administrator
) -> None:
    before = kept(committed_chain)
    with without_triggers(administrator):
        tamper(
            administrator,
            "DELETE FROM journal_entry WHERE sequence > 3",
            "UPDATE journal_chain SET head_sequence = 3, head_hash ="
            " (SELECT hash FROM journal_entry WHERE sequence = 3)",
        )
    assert verify([committed_chain]) == []
    assert verify([committed_chain], [before]) == [Finding("lucerna", Kind.CUT, 4, last=5, checkpoint=before)]


def test_a_tail_cut_and_grown_again_is_a_rewritten_chain(
    committed_chain: Chain, administrator: Administrator
) -> None:
    before = kept(committed_chain)
    with without_triggers(administrator):
        tamper(
            administrator,
            "DELETE FROM journal_entry WHERE sequence > 3",
            "UPDATE journal_chain SET head_sequence = 3, head_hash ="
            " (SELECT hash FROM journal_entry WHERE sequence = 3)",
        )
    append(committed_chain, "settled", "thanked", "forgotten")
    assert verify([committed_chain]) == []
    assert verify([committed_chain], [before]) == [Finding("lucerna", Kind.REWRITTEN, 5, checkpoint=before)]


def test_a_chain_written_anew_is_told_by_a_checkpoint_only(
    committed_chain: Chain, administrator: Administrator
) -> None:
    before = kept(committed_chain)
    with without_triggers(administrator):
        tamper(administrator, "UPDATE journal_entry SET actor_name = 'Nobody' WHERE sequence = 2")
        rehash(administrator, committed_chain, since=2)
    assert verify([committed_chain]) == []
    assert verify([committed_chain], [before]) == [Finding("lucerna", Kind.REWRITTEN, 5, checkpoint=before)]


def test_rewritten_without_mending_the_head_is_told_by_the_head(
    committed_chain: Chain, administrator: Administrator
) -> None:
    with without_triggers(administrator):
        tamper(administrator, "UPDATE journal_entry SET actor_name = 'Nobody' WHERE sequence = 2")
        rehash(administrator, committed_chain, since=2, head=False)
    assert verify([committed_chain]) == [Finding("lucerna", Kind.HEAD, 5)]


def test_entries_behind_the_head_are_named(committed_chain: Chain, administrator: Administrator) -> None:
    with without_triggers(administrator):
        tamper(
            administrator,
            "UPDATE journal_chain SET head_sequence = 4, head_hash ="
            " (SELECT hash FROM journal_entry WHERE sequence = 4)",
        )
    assert verify([committed_chain]) == [Finding("lucerna", Kind.BEYOND_HEAD, 5, last=5)]


def test_an_entry_moved_to_another_chain_is_named(
    committed_chain: Chain, administrator: Administrator
) -> None:
    other = start_chain(label="norte")
    with without_triggers(administrator):
        administrator.execute("UPDATE journal_entry SET chain_id = %s WHERE sequence = 1", [other.pk])
        administrator.execute(
            "UPDATE journal_chain SET head_sequence = 1, head_hash ="
            " (SELECT hash FROM journal_entry WHERE sequence = 1) WHERE label = 'norte'"
        )
    assert verify([committed_chain, other]) == [
        Finding("lucerna", Kind.DELETED, 1, last=1),
        Finding("norte", Kind.EDITED, 1),
    ]


def test_a_renamed_chain_is_missing_under_the_name_that_was_kept(
    committed_chain: Chain, administrator: Administrator
) -> None:
    before = kept(committed_chain)
    with without_triggers(administrator):
        tamper(administrator, "UPDATE journal_chain SET label = 'norte'")
    found = verify(Chain.objects.all(), [before])
    assert found[-1] == Finding("lucerna", Kind.CHAIN_MISSING, 5, checkpoint=before)
    assert {finding.kind for finding in found[:-1]} == {Kind.EDITED}
