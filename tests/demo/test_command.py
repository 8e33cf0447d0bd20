"""`manage.py demo`: plants once, tells how far it is, and never where it could do harm."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from coop.charter.models import Cooperative
from coop.clock import now
from coop.demo.personas import PINS
from coop.demo.plant import LOCK
from coop.journal.models import Entry
from tests.conftest import plain_connection


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_it_plants_once_with_progress_and_tells_who_one_may_be(settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="not there yet"):
        run("--personas")
    lines = run("--short")
    assert lines[0] == "  The books go over: 314 people, 25 bodies, their offices and mandates ..."
    assert lines[2:4] == [
        "  Today's assembly: 182 people come in ...",
        "  A vote opens, and the first votes are cast ...",
    ]
    assert lines[4].startswith("The demonstration plant is there (")
    seconds = int(lines[4].partition("(")[2].split()[0])
    assert seconds < 60

    before = Entry.objects.count()
    assert run() == ["The demonstration plant “lucerna” is there already."]
    assert Entry.objects.count() == before

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


@pytest.mark.django_db
def test_two_at_once_do_not_meet(settings: Any) -> None:
    settings.DEMO = True
    assert now() is not None
    with plain_connection(connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="just now"):
            run()
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])  # a server takes its time to see a closed line
    assert Cooperative.objects.count() == 0


@pytest.mark.django_db
def test_what_breaks_on_the_way_leaves_nothing(settings: Any, monkeypatch: Any) -> None:
    settings.DEMO = True

    def broken(**_all: Any) -> None:
        raise LookupError("lots")

    monkeypatch.setattr("coop.demo.history.adopt_bylaws", broken)
    with pytest.raises(LookupError):
        run()
    assert (Cooperative.objects.count(), Entry.objects.count()) == (0, 0)
