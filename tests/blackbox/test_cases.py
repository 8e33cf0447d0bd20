"""The list of bad inputs and attacks, spoken in plain HTTP to the running server, and after each: nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from coop.database_roles import APPLICATION
from tests.conftest import administrators_connection, database_clone
from tests.reliability.triggers import without_triggers

from . import casting, doors, files, floods, forged, insiders, texts, voters
from .cases import Case
from .server import Rows, running
from .telephone import Answer
from .world import HOUSE, World, made

CASES = [
    case for group in (casting, voters, doors, forged, texts, files, floods, insiders) for case in group.CASES
] + floods.BELOW_THE_PAGES
JOURNAL = ("journal_entry", "journal_chain")
OURS = "chain_id = (SELECT id FROM journal_chain WHERE label = 'bakery')"
CUT = f"""
WITH cut AS (
    DELETE FROM journal_entry WHERE {OURS} AND sequence = (SELECT max(sequence) FROM journal_entry WHERE {OURS})
    RETURNING previous_hash
)
UPDATE journal_chain SET head_sequence = head_sequence - 1, head_hash = previous_hash
FROM cut WHERE label = 'bakery'
"""
TAMPERED = [
    (f"UPDATE journal_entry SET verb = 'closed' WHERE sequence = 3 AND {OURS}", "entry 3"),
    (f"DELETE FROM journal_entry WHERE sequence = 5 AND {OURS}", "5"),
    (CUT, "the tail was cut"),
]
# Numbers of the list that no line of the table sends: where they are held, or that they are not.
ELSEWHERE = {
    21: "needs a second PostgreSQL: make reliability, two machines; while it is away a vote waits, and none is lost",
    38: "sent with 29: the forms of an office that is over",
    39: "sent with 9: a field that names another voter",
    43: "tests/keys/test_waiting.py; sent with 40, where the member is counted whatever the address",
    56: "sent with 49, and tests/browser/test_kiosk.py: two people on one device",
    62: "sent with 61: the Back button of htmx",
    87: "2,000 in a minute are too many for every day: make reliability, flood; and the 3,000 of make bench",
    91: "sent with 53: the only field that takes JSON",
    94: "test_the_application_itself_may_not",
    95: "test_a_checkpoint_that_lies_elsewhere_finds_what_was_done_to_the_journal",
    97: "the same: an older backup is a tail that was cut",
    98: "make reliability: secret",
}
ON_EVERY_ANSWER = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store, private",
}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, log: Path) -> Iterator[World]:
    with (
        database_clone(django_db_blocker) as database,
        administrators_connection() as inside,
        running(database, log) as port,
    ):
        yield made(port, Rows(inside))


def test_every_number_of_the_list_is_sent_or_named() -> None:
    sent = {int(re.sub(r"[a-z]", "", case.number)) for case in CASES}
    assert sent | set(ELSEWHERE) == set(range(1, 101))
    assert not sent & set(ELSEWHERE)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_answer_is_the_one_that_was_promised_and_nothing_changed(world: World, case: Case) -> None:
    given = case.ask(world)
    changed = world.changed()

    answers: Sequence[Answer] = [given] if isinstance(given, Answer) else list(given)
    must = case.must if isinstance(case.must, tuple) else (case.must,) * len(answers)
    assert tuple(answer.status for answer in answers) == must, answers[-1].words
    assert case.reads in answers[-1].words
    if case.changes is not None:
        assert changed == case.changes
    for answer in answers:
        assert "Traceback" not in answer.page
        if case in floods.BELOW_THE_PAGES:
            continue
        assert {name: answer.headers.get(name) for name in ON_EVERY_ANSWER} == ON_EVERY_ANSWER
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("statement", insiders.AGAINST_ALL_RIGHTS)
def test_the_application_itself_may_not(world: World, statement: str) -> None:
    """94: whoever gets hold of the application's own connection changes neither the urn nor the journal with it."""
    world.from_here()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        [login] = cursor.fetchone()
    if statement.startswith("SET ROLE") and login != APPLICATION:
        pytest.skip("one login for everything takes any role; the guard opens no vote on screens with it")
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(vote=world.vote.pk))
    assert refused.value.__cause__.sqlstate == "42501"
    assert world.changed() == set()


@pytest.mark.parametrize(("statement", "told"), TAMPERED)
def test_a_checkpoint_that_lies_elsewhere_finds_what_was_done_to_the_journal(
    world: World, tmp_path: Path, statement: str, told: str
) -> None:
    """95, 97: of somebody with all rights, who switches the triggers off; an older backup is a tail that was cut."""
    kept, inside = tmp_path / "kept.jsonl", world.rows.inside
    call_command("journal_checkpoint", "--coop", HOUSE, "--out", str(kept))
    for table in JOURNAL:
        inside.execute(f"CREATE TEMPORARY TABLE untouched_{table} AS TABLE {table}")
    said = StringIO()
    with without_triggers(inside, *JOURNAL):
        inside.execute("SET session_replication_role = replica")  # no foreign key is asked
        try:
            inside.execute(statement)
            with pytest.raises(SystemExit) as found:
                call_command("journal_verify", "--against", str(kept), "--coop", HOUSE, stdout=said)
        finally:
            for table in JOURNAL:
                inside.execute(f"DELETE FROM {table}")
                inside.execute(f"INSERT INTO {table} TABLE untouched_{table}")
                inside.execute(f"DROP TABLE untouched_{table}")
            inside.execute("SET session_replication_role = origin")
    assert found.value.code == 1
    assert told in said.getvalue()


def test_the_server_has_said_nothing(world: World, log: Path) -> None:
    """No fault of the house, and above all no choice: what was in the address of case 18 stands in no log."""
    assert "Internal Server Error" not in log.read_text()
    assert casting.FORM not in log.read_text()
