"""The tables refuse by themselves: the application by its rights, the owner by triggers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations import RunSQL

from coop.journal.append_only import append_only, never_deleted, write_once
from coop.journal.hashing import START
from coop.journal.models import Chain, Entry

from .conftest import append

Administrator = psycopg.Connection[Any]

CHANGES = [
    "UPDATE journal_entry SET verb = 'x'",
    "UPDATE journal_entry SET facts = '{}'",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry CASCADE",
    "DELETE FROM journal_chain",
    "TRUNCATE journal_chain CASCADE",
]
HEADS = [
    "UPDATE journal_chain SET head_sequence = head_sequence + 1",
    "UPDATE journal_chain SET head_sequence = head_sequence - 1",
    "UPDATE journal_chain SET head_sequence = 0, head_hash = repeat('0', 64)",
    "UPDATE journal_chain SET label = 'other'",
    "INSERT INTO journal_chain (label, head_sequence, head_hash) VALUES ('b', 4, repeat('0', 64))",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_may_not(chain: Chain, statement: str) -> None:
    append(chain, "raised", "solved")
    with pytest.raises(DatabaseError, match=r"permission denied|append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.filter(verb__in=["raised", "solved"]).count() == 2


@pytest.mark.parametrize("statement", HEADS)
def test_the_head_only_moves_to_the_entry_just_written(chain: Chain, statement: str) -> None:
    append(chain, "raised", "solved")
    with pytest.raises(DatabaseError, match=r"only moves|starts empty"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(("sequence", "previous"), [(4, None), (3, START), (1, START)])
def test_an_entry_only_follows_the_head(chain: Chain, sequence: int, previous: str | None) -> None:
    _, last = append(chain, "raised", "solved")
    last.pk, last.sequence, last.previous_hash = None, sequence, previous or last.hash
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        last.save(force_insert=True)


def test_not_even_the_administrator_passes_the_triggers(
    committed_chain: Chain, administrator: Administrator
) -> None:
    for role in ("origin", "replica"):
        administrator.execute(f"SET session_replication_role = {role}")
        for statement in CHANGES:
            with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                administrator.execute(statement)


def test_a_temporary_table_cannot_stand_in_for_the_real_one(
    committed_chain: Chain, administrator: Administrator
) -> None:
    administrator.execute(
        "CREATE TEMPORARY TABLE journal_chain AS SELECT id, 6 AS head_sequence, head_hash FROM journal_chain"
    )
    columns = "chain_id, at, actor_id, actor_name, verb, subject_kind, subject_id, subject_label, facts, hash"
    with pytest.raises(psycopg.errors.RestrictViolation, match="does not follow"):
        administrator.execute(
            f"INSERT INTO journal_entry ({columns}, previous_hash, sequence)"
            f" SELECT {columns}, hash, 7 FROM journal_entry WHERE sequence = 5"
        )


# --- the operations, on a table of their own


def scratch(administrator: Administrator) -> None:
    administrator.execute("DROP TABLE IF EXISTS scratch")
    administrator.execute("CREATE TABLE scratch (id int, name text, done_at timestamptz, note text)")
    administrator.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON scratch TO coop_app")
    administrator.execute("INSERT INTO scratch (id, name) VALUES (1, 'a')")


@contextmanager
def acting(administrator: Administrator, role: str) -> Iterator[None]:
    administrator.execute(f"SET ROLE {role}")
    yield
    administrator.execute("RESET ROLE")


def apply(administrator: Administrator, operation: RunSQL, *, backwards: bool = False) -> None:
    for statement in operation.reverse_sql if backwards else operation.sql:
        administrator.execute(statement)


WRITE_ONCE = write_once("scratch", columns=["done_at", "note"])
FORBIDDEN = [
    (append_only("scratch"), "UPDATE scratch SET note = 'x'"),
    (append_only("scratch"), "DELETE FROM scratch"),
    (append_only("scratch"), "TRUNCATE scratch"),
    (WRITE_ONCE, "UPDATE scratch SET name = 'x'"),
    (WRITE_ONCE, "UPDATE scratch SET done_at = now(), name = 'x'"),
    (WRITE_ONCE, "DELETE FROM scratch"),
    (WRITE_ONCE, "TRUNCATE scratch"),
    (never_deleted("scratch"), "DELETE FROM scratch"),
    (never_deleted("scratch"), "TRUNCATE scratch"),
]
BY_RIGHTS, BY_TRIGGER = psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation


@pytest.mark.parametrize(("role", "refusal"), [("coop_app", BY_RIGHTS), ("none", BY_TRIGGER)])
def test_what_an_operation_forbids_is_refused_until_it_is_reversed(
    administrator: Administrator, role: str, refusal: type[psycopg.Error]
) -> None:
    for operation, statement in FORBIDDEN:
        scratch(administrator)
        apply(administrator, operation)
        with acting(administrator, role), pytest.raises(refusal):
            administrator.execute(statement)
        apply(administrator, operation, backwards=True)
        if "TRUNCATE" not in statement:
            with acting(administrator, role):
                administrator.execute(statement)


def test_a_column_is_written_once_from_empty(administrator: Administrator) -> None:
    for role in ("coop_app", "none"):
        scratch(administrator)
        apply(administrator, WRITE_ONCE)
        with acting(administrator, role):
            administrator.execute("UPDATE scratch SET done_at = '2026-10-14'")
            administrator.execute("UPDATE scratch SET note = 'then the other', done_at = '2026-10-14'")
            for again in ("now()", "NULL"):
                with pytest.raises(BY_TRIGGER, match=r"scratch\.done_at is written once"):
                    administrator.execute(f"UPDATE scratch SET done_at = {again}")
            administrator.execute("INSERT INTO scratch (id) VALUES (2)")


@pytest.mark.parametrize("name", ["a b", "x;drop table y", "", "Entry", 'q"'])
def test_only_plain_names(name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        append_only(name)


def test_write_once_wants_columns() -> None:
    with pytest.raises(ValueError, match="append_only"):
        write_once("scratch", columns=[])
