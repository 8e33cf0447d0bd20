"""A backup, its way back, and what is found when it is not what it seems. One copy is made for the whole module."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client

from coop.journal.models import Chain
from coop.keys.models import Session
from coop.safekeeping import manifest, programs
from coop.safekeeping.management.commands import restore
from tests import make
from tests.conftest import administrators_connection, database_clone


def run(*arguments: Any) -> tuple[int, str]:
    """Exit code, and everything that was said."""
    out = StringIO()
    try:
        call_command(*map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as refused:
        return 2, out.getvalue() + str(refused)
    return 0, out.getvalue()


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[make.Plant]:
    with database_clone(django_db_blocker), django_db_blocker.unblock():
        yield make.plant()


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("note") / "local" / "last-backup"
        patch.setattr(settings, "BACKUP_NOTE", file)
        yield file


@pytest.fixture(scope="module")
def backup(house: make.Plant, note: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    make.sign_in(Client(), house.ana)
    assert Session.objects.count() == 1
    folder = tmp_path_factory.mktemp("kept") / "monday"
    code, said = run("backup", folder)
    assert (code, said.startswith(f"{folder}: ")) == (0, True)
    return folder


@pytest.fixture
def copy(backup: Path, tmp_path: Path) -> Path:
    """One to be tampered with."""
    return Path(shutil.copytree(backup, tmp_path / "copy"))


def test_only_its_owner_reads_it_and_it_says_what_it_holds(
    house: make.Plant, backup: Path, note: Path
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in backup.iterdir()} == {
        "database.dump": 0o600,
        "manifest.json": 0o600,
        "checkpoints.jsonl": 0o600,
    }
    made = manifest.read(backup)
    chain = Chain.objects.get()
    kept = json.loads((backup / "checkpoints.jsonl").read_text())
    assert (kept["chain"], kept["sequence"], kept["hash"]) == (
        chain.label,
        chain.head_sequence,
        chain.head_hash,
    )
    assert made.contents.rows["journal_entry"] == chain.head_sequence > 0
    assert made.bytes == (backup / "database.dump").stat().st_size
    assert "keys_session" not in made.contents.rows
    assert note.exists()
    assert list(backup.parent.iterdir()) == [backup]  # the unfinished one is gone


def test_nothing_is_written_over(house: make.Plant, backup: Path) -> None:
    before = {file: file.read_bytes() for file in backup.iterdir()}
    code, said = run("backup", backup)
    assert (code, "is there already" in said) == (2, True)
    code, said = run("restore", backup)
    assert (code, "A backup is restored into an empty one" in said) == (2, True)
    assert {file: file.read_bytes() for file in backup.iterdir()} == before


def test_a_rehearsed_restore_is_the_house_again(
    house: make.Plant, backup: Path, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its guards stand, and nobody is signed in: asked in the rehearsed database itself, by the application."""
    usual = connection.settings_dict["NAME"]
    tried: list[object] = []
    compared = restore.differences

    def and_ask(*contents: Any) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database(), (SELECT count(*) FROM keys_session)")
            tried.append(cursor.fetchone())
        for statement in ("UPDATE journal_entry SET verb = 'x'", "DELETE FROM django_migrations"):
            with pytest.raises(DatabaseError, match=r"append-only|permission denied"):
                connection.cursor().execute(statement)
        with administrators_connection() as tampering, pytest.raises(psycopg.Error, match="append-only"):
            tampering.execute("UPDATE journal_entry SET verb = 'x'")
        return compared(*contents)

    monkeypatch.setattr(restore, "differences", and_ask)
    code, said = run("restore", backup, "--rehearse", "--against", backup / "checkpoints.jsonl")
    assert (code, said.count("entries, nothing found"), "triggers stand" in said) == (0, 2, True), said
    assert tried == [("coop_app", f"{usual}_rehearsal", 0)]
    assert (note.parent / "last-rehearsal").exists()
    assert connection.settings_dict["NAME"] == usual
    with administrators_connection() as beside:
        names = {name for (name,) in beside.execute("SELECT datname FROM pg_database").fetchall()}
    assert f"{usual}_rehearsal" not in names


def test_a_dump_that_was_touched_is_refused(house: make.Plant, copy: Path) -> None:
    content = bytearray((copy / "database.dump").read_bytes())
    content[len(content) // 2] ^= 1
    (copy / "database.dump").write_bytes(content)
    code, said = run("restore", copy, "--rehearse")
    assert (code, "is not what was written" in said) == (2, True)


@pytest.mark.parametrize("missing", ["manifest.json", "checkpoints.jsonl", "database.dump"])
def test_half_a_backup_is_none(house: make.Plant, copy: Path, missing: str) -> None:
    (copy / missing).unlink()
    code, said = run("restore", copy, "--rehearse")
    assert (code, missing in said) == (2, True)


def test_rows_and_triggers_that_are_not_as_they_were_are_named(
    house: make.Plant, copy: Path, note: Path
) -> None:
    (note.parent / "last-rehearsal").unlink(missing_ok=True)
    values = json.loads((copy / "manifest.json").read_text())
    entries = values["contents"]["rows"]["journal_entry"]
    values["contents"]["rows"]["journal_entry"] = entries + 1
    values["contents"]["guards"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(values))
    code, said = run("restore", copy, "--rehearse")
    assert code == 1
    assert f"journal_entry: {entries + 1} rows were kept, {entries} are there" in said
    assert "the triggers are not those that were kept" in said
    assert "triggers stand." not in said
    assert not (note.parent / "last-rehearsal").exists()


def test_an_older_backup_and_a_history_written_anew_are_found_by_a_checkpoint_kept_outside(
    house: make.Plant, backup: Path, tmp_path: Path
) -> None:
    """Each verifies in itself; only somebody else's checkpoint knows more (case 97)."""
    [line] = (backup / "checkpoints.jsonl").read_text().splitlines()
    here = json.loads(line)
    another = here | {"hash": "ab" * 32}
    later = another | {"sequence": here["sequence"] + 2}
    outside = tmp_path / "board.jsonl"
    outside.write_text(f"{json.dumps(another)}\n{json.dumps(later)}\n")
    code, said = run("restore", backup, "--rehearse", "--against", outside)
    assert (code, "This is an older backup." in said, "entries, nothing found" in said) == (2, True, False)
    assert f"this backup ends at entry {here['sequence']}" in said
    code, said = run("restore", backup, "--rehearse", "--against", outside, "--older")
    first = here["sequence"] + 1
    assert code == 1
    assert f"the tail was cut: entries {first} to {first + 1} are gone" in said
    assert f"the chain was rewritten: entry {here['sequence']} has another hash" in said


def test_a_backup_that_breaks_off_leaves_none(
    house: make.Plant, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note.unlink(missing_ok=True)

    def full(*_arguments: Any) -> None:
        raise programs.ProgramFailed("pg_dump: no space left")

    monkeypatch.setattr(programs, "run", full)
    code, said = run("backup", tmp_path / "tuesday")
    assert (code, said) == (2, "pg_dump: no space left")
    assert not (tmp_path / "tuesday").exists()
    assert not note.exists()


def test_the_password_is_in_no_command_line() -> None:
    login = {"host": "db", "user": "coop_migrations", "password": "s3cret", "port": "", "context": object()}
    assert programs.environment(login) | {"PATH": ""} == {
        "PATH": "",
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
        "PGHOST": "db",
        "PGUSER": "coop_migrations",
        "PGPASSWORD": "s3cret",
    }
