"""No vote on screens opens on a server that may lose it: each condition flipped once, and read from a real server."""

from __future__ import annotations

import os
import shutil
import time
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from coop.ballots import actions as ballots
from coop.database_roles.acting import acting_as_administrator
from coop.refusals import Refused
from coop.safekeeping import guard, machine
from coop.safekeeping.machine import note, rehearsal_note
from coop.safekeeping.management.commands.guard import told
from coop.safekeeping.standby import Standby, standbys
from tests import make, make_votes
from tests.infrastructure.test_settings import settings_with

ON = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}
GOOD = guard.Readings(
    ON, owners="", apart=0.0, backup=23.9, rehearsed=743.9, waits_for="", follow=0, rotten=0, free=0.2
)
FLIPPED = [
    ({"postgresql": ON | {"fsync": "off"}}, ("fsync", "off", "on")),
    ({"postgresql": ON | {"full_page_writes": "off"}}, ("full_page_writes", "off", "on")),
    ({"postgresql": ON | {"synchronous_commit": "off"}}, ("synchronous_commit", "off", "on")),
    ({"postgresql": ON | {"synchronous_commit": "local"}}, ("synchronous_commit", "local", "on")),
    ({"postgresql": ON | {"data_checksums": "off"}}, ("data_checksums", "off", "on")),
    ({"owners": "postgres: superuser"}, ("owns", "postgres: superuser", "nothing")),
    ({"apart": 1.01}, ("clocks_apart", "1.0 s", "≤ 1 s")),
    ({"apart": 7200.0}, ("clocks_apart", "7200.0 s", "≤ 1 s")),
    ({"backup": 24.1}, ("last_backup", "24.1 h", "≤ 24 h")),
    ({"backup": None}, ("last_backup", "—", "≤ 24 h")),
    ({"backup": -5.0}, ("last_backup", "-5.0 h", "≤ 24 h")),  # a file from the future stays young for ever
    ({"rehearsed": 744.1}, ("last_rehearsal", "744.1 h", "≤ 744 h")),
    ({"rehearsed": None}, ("last_rehearsal", "—", "≤ 744 h")),
    ({"rotten": 1}, ("checksum_failures", "1", "0")),
    ({"waits_for": "ANY 1 (second)"}, ("standby", "—", "ANY 1 (second)")),
    ({"free": 0.199}, ("free_space", "19.9%", "≥ 20%")),
    ({"free": 0.1}, ("free_space", "10.0%", "≥ 20%")),
    ({"free": 0.099}, ("nearly_full", "9.9%", "≥ 20%")),
]


def test_a_server_that_keeps_what_it_acknowledges() -> None:
    assert guard.findings_in(GOOD, hours=24) == []
    replicated = GOOD._replace(postgresql=ON | {"synchronous_commit": "remote_apply"}, apart=1.0, backup=0.0)
    assert guard.findings_in(replicated, hours=24) == []
    followed = GOOD._replace(waits_for="ANY 1 (second)", follow=1)
    assert guard.findings_in(followed, hours=24) == []
    assert guard.findings_in(GOOD._replace(follow=1), hours=24) == []  # it follows, and no vote waits for it
    assert guard.findings_in(GOOD._replace(free=None), hours=24) == []  # the disk of another machine


@pytest.mark.parametrize(("flipped", "told"), FLIPPED)
def test_each_condition_flipped(flipped: dict[str, Any], told: tuple[str, str, str]) -> None:
    assert guard.findings_in(GOOD._replace(**flipped), hours=24) == [told]


@pytest.mark.parametrize("name", ON)
def test_what_cannot_be_read_does_not_hold(name: str) -> None:
    found = GOOD._replace(postgresql={key: value for key, value in ON.items() if key != name})
    assert guard.findings_in(found, hours=24) == [(name, "?", "on")]


def test_where_no_backup_is_asked_for_none_is_missed() -> None:
    assert guard.findings_in(GOOD._replace(backup=None, rehearsed=None), hours=0) == []


# --- Read from a server ----------------------------------------------------------------------------------------------


def test_the_cluster_of_the_tests_is_read_and_found_unsafe(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_NOTE = tmp_path / "none"
    found = guard.readings()
    with connection.cursor() as cursor:
        for name, said in found.postgresql.items():
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (said,)
    assert set(found.postgresql) == set(ON)
    assert found.apart <= guard.APART
    assert (found.backup, found.rehearsed, found.waits_for, found.follow) == (None, None, "", 0)
    assert found.rotten == 0
    if "LOCAL_HOME" in connection.settings_dict:
        assert found.free is not None
        assert 0 <= found.free <= 1


def test_the_settings_of_this_very_connection_count(db: None) -> None:
    for said in ("on", "off"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL synchronous_commit = {said}")
        assert guard.readings().postgresql["synchronous_commit"] == said


def test_a_login_that_may_do_more_is_named(committed_db: str) -> None:
    """The application's own owns nothing, where it signs in as itself; the administrator's may switch triggers off."""
    if "LOCAL_HOME" in connection.settings_dict:
        assert guard.readings().owners == ""
    with acting_as_administrator(connection):
        owners = guard.readings().owners
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            [me] = cursor.fetchone()
            assert guard.owners_read(cursor, acting=True) == owners
            cursor.execute("SET ROLE coop_app")  # it can be taken off again
            assert guard.owners_read(cursor, acting=True) == ""
        assert guard.readings().owners == owners
        with (
            connection.cursor() as cursor
        ):  # whoever is only in the group of the owners takes their rights any time
            cursor.execute("SET ROLE coop_migrations")
            assert guard.owners_read(cursor, acting=True) == "coop_migrations: owner"
    assert owners.startswith(f"{me}: ")


def test_clocks_that_are_apart_are_measured(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_is = time.time
    for ahead in (7200, -7200):
        monkeypatch.setattr(time, "time", lambda ahead=ahead: as_it_is() + ahead)
        assert 7190 < guard.readings().apart < 7210


def test_the_age_of_the_backup_is_that_of_its_note(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_NOTE = tmp_path / "note"
    settings.BACKUP_NOTE.touch()
    then = time.time() - 30 * 3600
    os.utime(settings.BACKUP_NOTE, (then, then))
    backup = guard.readings().backup
    assert backup is not None
    assert 30 <= backup < 31
    assert guard.readings().rehearsed is None
    note(rehearsal_note())
    assert rehearsal_note().parent == tmp_path
    rehearsed = guard.readings().rehearsed
    assert rehearsed is not None
    assert rehearsed < 1


def test_a_standby_that_vanished_and_a_rotten_page_are_read_as_any_login_reads_them(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What PostgreSQL would tell, in the place of its own views: no cluster of tests has either."""
    told = "(VALUES ({state}::text, {sync}::text)) AS pg_stat_replication(state, sync_state)"
    waits, as_it_asks = "'ANY 1 (second)'", guard.FOLLOWED
    for state, sync, follow in (
        ("NULL", "NULL", 1),
        ("'streaming'", "'quorum'", 1),
        ("'streaming'", "'sync'", 1),
        ("'streaming'", "'async'", 0),
        ("'catchup'", "'sync'", 0),
    ):
        asked = as_it_asks.replace("current_setting('synchronous_standby_names')", waits)
        monkeypatch.setattr(
            guard, "FOLLOWED", asked.replace("pg_stat_replication", told.format(state=state, sync=sync))
        )
        found = guard.readings()
        assert (found.waits_for, found.follow) == ("ANY 1 (second)", follow)
    failures = "(VALUES (3, current_database())) AS pg_stat_database(checksum_failures, datname)"
    monkeypatch.setattr(guard, "ROTTEN", guard.ROTTEN.replace("pg_stat_database", failures))
    assert guard.readings().rotten == 3


def at(host: str) -> Any:
    return SimpleNamespace(settings_dict={"HOST": host})


def test_the_disk_is_seen_where_postgresql_is_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "DEBIANS", tmp_path)
    # A tenth is kept back for root: what is used and what may still be filled are the whole.
    disk = SimpleNamespace(total=100, used=67.5, free=22.5)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: disk if place == tmp_path else None)
    for host in ("", "localhost", "127.0.0.1", "/run/postgresql"):
        assert machine.free_share(at(host)) == 0.25
    assert machine.free_share(at("db.example")) is None
    monkeypatch.setattr(machine, "DEBIANS", tmp_path / "not there")
    assert machine.free_share(at("")) is None


# --- Whether a vote opens --------------------------------------------------------------------------------------------


@pytest.fixture
def unsafe(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real plant, whose server flushes nothing and has no backup."""
    settings.UNGUARDED, settings.BACKUP_HOURS = "", 24
    broken = GOOD._replace(postgresql=ON | {"fsync": "off"}, backup=None)
    monkeypatch.setattr(guard, "readings", lambda: broken)


def tried(plant: make.Plant, **more: Any) -> list[tuple[str, object]]:
    ballot = make_votes.drawn_up(plant, **more)
    try:
        ballots.open_ballot(ballot=ballot, present=(), by=plant.gus.actor, at=make.now())
    except Refused as no:
        ballot.refresh_from_db()
        assert ballot.state == "draft"
        return [(reason.code, reason.params.get("guard")) for reason in no.reasons]
    return []


def test_an_unsafe_server_opens_no_vote_on_screens(db: None, unsafe: None) -> None:
    plant = make.plant()
    refused = [("server-not-safe", "fsync"), ("server-not-safe", "last_backup")]
    assert tried(plant) == refused
    assert tried(plant, channels=("phone", "paper")) == refused


def test_on_paper_and_by_hands_the_house_goes_on(db: None, unsafe: None) -> None:
    plant = make.plant()
    assert tried(plant, channels=("paper",)) == []
    assert tried(plant, channels=("hands",)) == []


def test_a_safe_server_and_one_with_a_named_reason_open_it(
    db: None, unsafe: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = make.plant()
    settings.UNGUARDED = "a rehearsal of the vote"
    assert tried(plant) == []
    settings.UNGUARDED = ""
    monkeypatch.setattr(guard, "readings", lambda: GOOD)
    assert tried(plant) == []


def test_a_secret_vote_is_told_each_reason_once(
    db: None, unsafe: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coop.ballots.sealed import guards

    as_they_are = guards.readings
    monkeypatch.setattr(guards, "readings", lambda: as_they_are() | {"fsync": "off"})
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    told = tried(plant, secrecy="secret")
    assert [guard for code, guard in told if guard] == ["fsync", "last_backup"]
    assert ("guard-fails", "fsync") in told


def test_who_watches_the_server_reads_which_guard_holds_votes_back(db: None, unsafe: None) -> None:
    answer = Client().get("/health/")
    assert answer.status_code == 200
    assert answer.content.decode() == "ok\nno vote on screens opens here: fsync, last_backup\n"


def test_the_command_says_it_with_figures(db: None, unsafe: None, settings: Any) -> None:
    settings.UNGUARDED = "a rehearsal"
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("guard", "--backup-hours", "24", stdout=out)
    assert end.value.code == 1
    assert out.getvalue().splitlines() == [
        "fsync is “off”, and must be “on”.",
        "last_backup is “—”, and must be “≤ 24 h”.",
        "Free on the disk of the database: 20%",
        "Hours since a backup was last restored: 744",
        "Votes open all the same; the reason given: a rehearsal",
    ]


def test_the_command_tells_what_holds_nothing_back() -> None:
    """Of a standby as much as the login may see; the disk and the rehearsal also where they cannot be told."""
    one = Standby("second", "streaming", "quorum", 4096)
    assert list(told(GOOD._replace(free=None, rehearsed=None), [one, Standby(None, None, None, None)])) == [
        "The disk of the database is not seen from here: look at it there.",
        "No backup has been restored for a try yet.",
        "Standby second: streaming, quorum, 4096 bytes behind",
        "A standby follows; how far, only a login in pg_read_all_stats may see.",
    ]


def test_nobody_follows_a_cluster_of_tests(committed_db: str) -> None:
    assert standbys() == []


def test_only_a_demonstration_is_unguarded_by_itself() -> None:
    """And the embedded database of a first afternoon has no backup yet."""
    real = "postgresql://coop_app@db/plant"
    found = [
        settings_with(**given)
        for given in (
            {},
            {"COOP_DEMO": "0"},
            {"DATABASE_URL": real},
            {"DATABASE_URL": real, "COOP_BACKUP_HOURS": "48", "COOP_UNGUARDED": "moving house"},
        )
    ]
    assert [(one["UNGUARDED"], one["BACKUP_HOURS"]) for one in found] == [
        ("demonstration", 0),
        ("", 0),
        ("", 24),
        ("moving house", 48),
    ]
