"""Whatever the database says, a person reads a sentence: never a 500, never a stack trace."""

from __future__ import annotations

import psycopg
import pytest
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    transaction,
)
from django.test import Client, RequestFactory

from coop.keys.store import SessionStore
from coop.members.models import Member
from coop.pages.errors import RefusalsAsPages
from coop.refusals import Reason, Refused
from tests import make


def answer(problem: Exception) -> tuple[int, str]:
    request = RequestFactory().post("/bakery/", {"text": "What I had typed."})
    made = RefusalsAsPages(lambda _request: None).process_exception(request, problem)  # type: ignore[arg-type, return-value]
    assert made is not None
    return made.status_code, made.content.decode()


def test_a_refusal_is_a_page_with_its_reasons_and_what_was_typed(db: None) -> None:
    status, html = answer(Refused([Reason("support-time-over")]))
    assert status == 409
    assert "The time for collecting support is over." in html
    assert "What I had typed." in html


def test_somebody_who_was_faster_is_no_fault_of_the_house(db: None) -> None:
    plant = make.plant()
    with pytest.raises(IntegrityError) as taken, transaction.atomic():
        Member.objects.create(
            cooperative=plant.cooperative,
            number=1,
            name="X",
            plain_name="x",
            joined="2026-01-01",
            language="en",
        )
    status, html = answer(taken.value)
    assert status == 409
    assert "Somebody else did this a moment earlier." in html


def test_a_broken_rule_of_the_database_is_still_a_fault(db: None) -> None:
    with pytest.raises(IntegrityError) as broken, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO journal_chain (label, head_sequence, head_hash) VALUES ('', 0, '')")
    request = RequestFactory().get("/")
    assert RefusalsAsPages(lambda _request: None).process_exception(request, broken.value) is None  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (OperationalError("lock"), 503),
        (InterfaceError("the connection is closed"), 503),
        (DataError("range"), 400),
    ],
)
def test_a_busy_database_and_an_odd_value(problem: Exception, status: int) -> None:
    assert answer(problem)[0] == status


@pytest.mark.parametrize("found", [psycopg.errors.DataCorrupted, psycopg.errors.IndexCorrupted])
def test_what_rotted_on_the_disk_is_told_as_it_is(found: type[Exception]) -> None:
    problem = InternalError("invalid page in block 7")
    problem.__cause__ = found("invalid page in block 7")
    status, html = answer(problem)
    assert status == 503
    assert "no vote opens on screens until then" in html
    assert "Wait a moment" not in html


def test_another_fault_inside_postgresql_is_not_taken_for_rot() -> None:
    request = RequestFactory().get("/")
    problem = InternalError("unexpected")
    problem.__cause__ = psycopg.errors.InternalError_("unexpected")
    assert RefusalsAsPages(lambda _request: None).process_exception(request, problem) is None  # type: ignore[arg-type, return-value]


def test_a_database_that_falls_before_the_page_is_reached_is_no_fault_of_the_page(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session is looked for in the middleware, where no page catches anything."""
    plant = make.plant()
    client = make.sign_in(Client(raise_request_exception=False), plant.eve)

    def fall(store: SessionStore) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(SessionStore, "_get_session_from_db", fall)
    answered = client.get("/bakery/")
    assert (answered.status_code, answered["Retry-After"]) == (503, "5")
    assert "The house is busy" in answered.content.decode()
