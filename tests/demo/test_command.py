"""`manage.py demo`: plants once, tells how far it is, and never where it could do harm."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from coop.charter.models import Cooperative
from coop.clock import now
from coop.demo.aside import LOCK
from coop.demo.personas import PINS
from coop.journal.models import Entry
from tests.conftest import beside_the_tests, plain_connection


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue().splitlines()


def databases() -> set[str]:
    with beside_the_tests() as beside:
        return {name for (name,) in beside.execute("SELECT datname FROM pg_database")}


def connected_to() -> tuple[str, ...]:
    """The database, whether it waits for the disk, and as whom."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('synchronous_commit'), session_user")
        found: tuple[str, ...] = cursor.fetchone()
        return found


beside_the_database = pytest.mark.skipif(
    "LOCAL_HOME" not in connection.settings_dict, reason="a server of one's own is planted in one transaction"
)


def test_it_plants_once_with_progress_and_tells_who_one_may_be(committed_db: str, settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="not there yet"):
        run("--personas")
    usual = connected_to()
    lines = run("--short")
    assert lines[:-1] == [
        "  The books go over: 314 people, 26 bodies, their offices and mandates ...",
        "  Since then: cards, changes in the register, a recall, proposals and signatures ...",
        "  The electoral commission runs the elections: boxes, a tie, a run-off, two rounds ...",
        "  The councils amend the budget of next year, and clash ...",
        "  Projects for the community fund, and a vote on them ...",
        "  A commission writes the labour agreement, and every shift comments on it ...",
        "  PM-21: Open list and plan for the last quarter ...",
        "  Today's assembly: 182 people come in ...",
        "  A vote opens, and the first votes are cast ...",
    ]
    assert lines[-1].startswith("The demonstration plant is there (")
    assert lines[-1].partition("(")[2].partition(" seconds).")[0].isdecimal()

    before = Entry.objects.count()
    assert run() == ["The demonstration plant “lucerna” is there already."]
    assert Entry.objects.count() == before
    assert not {f"{committed_db}_draft", f"{committed_db}_before"} & databases()
    assert connected_to() == usual
    assert usual[0] == committed_db

    table = run("--personas")
    assert table[0].split() == ["Name", "Number", "Office", "PIN"]
    assert [(line.split()[-1]) for line in table[1:]] == [pin for _number, pin in sorted(PINS.items())]
    assert len({len(line) for line in table}) == 1
    assert table[2].split() == ["Iara", "Puentealto", "Cobrizal", "58", "member", "316904"]
    assert "secretary, Administrative council" in table[8]


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["--personas"]])
def test_outside_of_a_demonstration_it_is_refused(settings: Any, arguments: list[str]) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="COOP_DEMO=1"):
        run(*arguments)
    assert Cooperative.objects.count() == 0


def broken(*_all: Any) -> None:
    """In the place of a step soon after the founding."""
    assert Cooperative.objects.count() == 1
    raise LookupError("lots")


@pytest.mark.django_db
def test_two_at_once_do_not_meet_in_one_transaction(settings: Any) -> None:
    settings.DEMO = True
    assert now() is not None
    with plain_connection(connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="just now"):
            run()
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])  # a server takes its time to see a closed line
    assert Cooperative.objects.count() == 0


@pytest.mark.django_db
def test_what_breaks_in_one_transaction_leaves_nothing(settings: Any, monkeypatch: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr("coop.demo.history._enrol", broken)
    with pytest.raises(LookupError):
        run()
    assert (Cooperative.objects.count(), Entry.objects.count()) == (0, 0)


@beside_the_database
def test_two_at_once_do_not_meet_beside_the_database(committed_db: str, settings: Any) -> None:
    settings.DEMO = True
    with beside_the_tests() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="just now"):
            run()
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert Cooperative.objects.count() == 0
    assert f"{committed_db}_draft" not in databases()


@beside_the_database
def test_what_breaks_in_the_copy_leaves_the_database_as_it_was(
    committed_db: str, settings: Any, monkeypatch: Any
) -> None:
    """Also a copy that a program left behind when it was killed is no obstacle."""
    settings.DEMO = True
    with beside_the_tests() as beside:
        beside.execute(f'CREATE DATABASE "{committed_db}_draft"')
    monkeypatch.setattr("coop.demo.history._enrol", broken)
    with pytest.raises(LookupError):
        run()
    assert (Cooperative.objects.count(), Entry.objects.count()) == (0, 0)
    assert f"{committed_db}_draft" not in databases()


@beside_the_database
def test_who_else_uses_the_database_is_told_to_stop_first(
    committed_db: str, settings: Any, monkeypatch: Any
) -> None:
    settings.DEMO = True
    monkeypatch.setattr("coop.demo.aside.plant", lambda **_all: None)
    told = pytest.raises(CommandError, match="Another program uses the database")
    with plain_connection(connection.get_connection_params()), told:
        run()
    assert f"{committed_db}_draft" not in databases()
