"""The invented plant is planted once; a file of tests gets a copy of its own, and what it is planted from decides."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coop.members.models import Member
from tests import planted, ready_database
from tests.conftest import administrators_connection, beside_the_tests, planted_copy


def who_may_connect(name: str) -> Any:
    with beside_the_tests() as beside:
        return beside.execute(
            "SELECT datdba, datacl, (SELECT array_agg(setconfig) FROM pg_db_role_setting WHERE setdatabase = oid)"
            " FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()


def test_what_one_file_does_no_other_sees(django_db_setup: None, django_db_blocker: Any) -> None:
    own = connection.settings_dict["NAME"]
    with planted_copy("short", django_db_blocker) as world:
        people = set(world.people.values())
        with administrators_connection() as inside:
            inside.execute("CREATE TABLE left_behind ()")
        world.people.clear()
    with planted_copy("short", django_db_blocker) as world:
        name = connection.settings_dict["NAME"]
        assert "left_behind" not in connection.introspection.table_names()
        assert (
            set(world.people.values()) == people == set(Member.objects.filter(cooperative=world.cooperative))
        )
        assert who_may_connect(name) == who_may_connect(own)
    assert connection.settings_dict["NAME"] == own
    assert who_may_connect(name) is None  # it is dropped


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As much of the house as tells it apart."""
    monkeypatch.setattr(ready_database, "what_it_is_made_of", lambda: "these migrations")
    for name in (
        *("requirements.txt", "tests/planted.py", "tests/settings.py"),
        *("coop/demo/plant.py", "coop/demo/data/today.yaml", "coop/locale/es/LC_MESSAGES/django.mo"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ready_database.PLACE / name, tmp_path / name)
    return tmp_path


def test_whatever_it_is_planted_from_has_it_planted_anew(house: Path) -> None:
    before = planted.what_it_is_made_of("short", house)
    assert planted.what_it_is_made_of("short", house) == before
    seen = {before, planted.what_it_is_made_of("year", house)}
    for number, file in enumerate(sorted(planted.files(house)), start=3):
        file.write_bytes(file.read_bytes() + b" ")
        seen.add(planted.what_it_is_made_of("short", house))
        assert len(seen) == number, file
    assert len(seen) == 8
    (house / "coop/demo/plant.py").rename(house / "coop/demo/other.py")
    assert planted.what_it_is_made_of("short", house) not in seen


def test_another_day_and_another_migration_have_it_planted_anew(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = planted.what_it_is_made_of("short", house)
    with monkeypatch.context() as patch:
        patch.setattr(planted, "NOW", planted.NOW.replace(day=22))
        assert planted.what_it_is_made_of("short", house) != before
    monkeypatch.setattr(ready_database, "what_it_is_made_of", lambda: "others")
    assert planted.what_it_is_made_of("short", house) != before


def test_what_a_run_leaves_in_its_cache_is_no_part_of_it(house: Path) -> None:
    before = planted.what_it_is_made_of("short", house)
    (house / "coop/__pycache__").mkdir()
    (house / "coop/__pycache__/plant.pyc").write_bytes(b"x")
    assert planted.what_it_is_made_of("short", house) == before
