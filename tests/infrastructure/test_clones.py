"""A committed copy is handed on only when nothing but its rows was touched."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from coop.journal.models import Entry
from coop.members.models import Member
from tests import conftest, make
from tests.clones import Copy
from tests.conftest import administrators_connection


@pytest.fixture
def copy(committed_db: str) -> Copy:
    with administrators_connection() as inside:
        return Copy(inside)


def test_rows_are_taken_out_and_the_triggers_stand_again(copy: Copy) -> None:
    make.open_vote(make.plant())
    with administrators_connection() as inside:
        assert copy.emptied(inside)
    assert (Member.objects.count(), Entry.objects.count()) == (0, 0)
    make.plant()
    with administrators_connection() as inside, pytest.raises(psycopg.Error) as refused:
        inside.execute("DELETE FROM journal_entry")
    assert refused.value.sqlstate == "23001"


@pytest.mark.parametrize(
    "touched",
    [
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "GRANT TRUNCATE ON journal_entry TO coop_app",
        "GRANT UPDATE (verb) ON journal_entry TO coop_app",
        "ALTER TABLE journal_entry ALTER COLUMN verb DROP NOT NULL",
        "CREATE TABLE more (id int)",
        "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 7', current_database()); END $$",
    ],
)
def test_a_copy_that_somebody_touched_is_dropped(copy: Copy, touched: str) -> None:
    with administrators_connection() as inside:
        inside.execute(touched)
        assert not copy.emptied(inside)


def test_whoever_is_still_connected_is_sent_away(copy: Copy) -> None:
    with administrators_connection() as inside, administrators_connection() as hangs_on:
        hangs_on.execute("BEGIN")
        hangs_on.execute("LOCK TABLE members_member")
        connection.close()
        assert copy.emptied(inside)
        with pytest.raises(psycopg.OperationalError):
            hangs_on.execute("SELECT 1")


def test_the_copy_in_use_is_not_lying_ready(committed_db: str) -> None:
    assert committed_db not in conftest.READY_COPY
