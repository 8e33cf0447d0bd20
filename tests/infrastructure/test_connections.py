"""A connection that nobody has broken costs no question; a broken one is found before anything is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from coop.database_roles.acting import acting_as_administrator
from coop.postgres import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[Any]:
    """A connection as a worker of the server keeps it, between two requests."""
    mine: Any = connection.copy()
    mine.settings_dict = {**mine.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
    mine.inc_thread_sharing()
    mine.ensure_connection()
    mine.close_if_unusable_or_obsolete()  # what Django does when a request begins
    assert mine.connection is not None
    assert not mine.health_check_done
    yield mine
    mine.close()


def backend(kept: Any) -> int:
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def cut(kept: Any) -> int:
    """PostgreSQL ends it, as when it is started anew. Gives the number that its backend had."""
    was: int = kept.connection.info.backend_pid
    other: Any = connection.copy()
    with acting_as_administrator(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [was])
        assert cursor.fetchone() == (True,)
    return was


def test_a_line_that_holds_is_asked_nothing(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "is_usable", lambda: pytest.fail("asked"))
    was = kept.connection.info.backend_pid
    assert backend(kept) == was
    assert kept.health_check_done


def test_the_next_request_gets_another_line(kept: Any) -> None:
    was = cut(kept)
    assert backend(kept) != was


def test_without_a_look_the_next_request_would_fail(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "nothing_came", lambda _line: True)
    cut(kept)
    with pytest.raises(OperationalError):
        backend(kept)


def test_what_was_said_unasked_makes_it_ask(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notification: the line holds, and is kept, but only PostgreSQL can tell."""
    with kept.cursor() as cursor:
        cursor.execute("LISTEN something")
    kept.close_if_unusable_or_obsolete()
    asked: list[int] = []
    usable = kept.is_usable

    def ask() -> bool:
        asked.append(1)
        return bool(usable())

    monkeypatch.setattr(kept, "is_usable", ask)
    was = kept.connection.info.backend_pid
    other: Any = connection.copy()
    other.inc_thread_sharing()
    with other.cursor() as cursor:
        cursor.execute("NOTIFY something")
        cursor.execute("SELECT pg_sleep(0.2)")
    other.close()
    assert (backend(kept), asked) == (was, [1])


WARNS = """
CREATE TEMP TABLE written (what text);
CREATE FUNCTION pg_temp.warn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.what = 'alone' THEN RAISE WARNING 'the other has it not'; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON written DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION pg_temp.warn();
"""


@pytest.mark.parametrize(("what", "confirmed"), [("on both", True), ("alone", False)])
def test_a_commit_with_a_warning_is_not_told_as_kept(kept: Any, what: str, confirmed: bool) -> None:
    """As when the wait for the second machine is ended: PostgreSQL keeps it here, and says so in a warning only."""
    with acting_as_administrator(kept):
        with kept.cursor() as cursor:
            cursor.execute(WARNS)
        kept.set_autocommit(False)
        with kept.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE WARNING 'of something else, before'; END $$")
            cursor.execute("INSERT INTO written VALUES (%s)", [what])
        if confirmed:
            kept.commit()
        else:
            with pytest.raises(base.NotConfirmed, match=r"^the other has it not$"):
                kept.commit()
            kept.rollback()
        kept.set_autocommit(True)
        with kept.cursor() as cursor:
            cursor.execute("SELECT what FROM written")
            assert cursor.fetchall() == [(what,)]


def test_what_many_pages_ask_keeps_its_plans() -> None:
    """Two hundred questions, asked in turn as by somebody who goes through the house."""
    with connection.cursor() as cursor:
        for _time in range(settings.DATABASES["default"]["OPTIONS"]["prepare_threshold"] + 1):
            for number in range(200):
                cursor.execute(f"SELECT {number} AS of_many, %s::integer", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%% AS of_many, %%'")
        assert cursor.fetchone() == (200,)
