"""A missing or odd setting stops the start with one line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coop.environment import Environment, OddSetting


def given(value: str) -> Environment:
    return Environment({"NAME": value})


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", True)]
)
def test_flags(value: str, meant: bool) -> None:
    assert given(value).flag("NAME", default=True) is meant


READERS: dict[str, Callable[[Environment], Any]] = {
    "flag": lambda env: env.flag("NAME"),
    "integer": lambda env: env.integer("NAME", 8000, 1, 65535),
    "choice": lambda env: env.choice("NAME", "INFO", ("INFO", "ERROR")),
    "hosts": lambda env: env.hosts("NAME"),
    "networks": lambda env: env.networks("NAME"),
    "origin": lambda env: env.origin("NAME", "http://localhost"),
    "database": lambda env: env.database("NAME"),
    "secret": lambda env: env.secret("NAME", Path("/nowhere")),
}


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("flag", "maybe"),
        ("integer", "0"),
        ("integer", "65536"),
        ("integer", "-1"),
        ("integer", "8000.0"),
        ("integer", "٨٠"),
        ("integer", "9" * 5000),
        ("choice", "info"),
        ("hosts", "*"),
        ("hosts", "hall.local, http://other"),
        ("hosts", "two words"),
        ("networks", "10.0.0.0/33"),
        ("networks", "10.0.0.5/24"),
        ("networks", "proxy.local"),
        ("networks", "0.0.0.0/0"),
        ("origin", "assembly.example"),
        ("origin", "ftp://assembly.example"),
        ("origin", "https://assembly.example/path"),
        ("origin", "https://somebody@assembly.example"),
        ("origin", "https://assembly.example:port"),
        ("origin", "https://"),
        ("database", "mysql://localhost/coop"),
        ("database", "postgresql://localhost"),
        ("database", "postgresql://localhost:many/coop"),
        ("database", "postgresql:///coop?port=many"),
        ("database", "postgresql://localhost/coop?sslmod=require"),
        ("database", "postgresql://localhost/coop?sslmode"),
        ("secret", "too short"),
        ("flag", "1\n0"),
    ],
)
def test_an_odd_value_is_refused_in_one_line(reader: str, value: str) -> None:
    with pytest.raises(OddSetting) as refused:
        READERS[reader](given(value))
    line = str(refused.value)
    assert line.startswith("NAME ")
    assert "\n" not in line


def test_origin() -> None:
    assert given("https://assembly.example/").origin("NAME", "") == (
        "https",
        "assembly.example",
        "https://assembly.example",
    )
    assert given("http://[fd00::1]:8000").origin("NAME", "")[1] == "[fd00::1]"


def test_database() -> None:
    found = given("postgresql://coop%40home:p%2Fw@db:6432/plant?sslmode=require").database("NAME")
    assert found == {
        "NAME": "plant",
        "USER": "coop@home",
        "PASSWORD": "p/w",
        "HOST": "db",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }
    socket = given("postgres://coop@/plant?host=/run/postgresql&port=5433").database("NAME")
    assert socket
    assert (socket["HOST"], socket["PORT"]) == ("/run/postgresql", "5433")
    assert given("").database("NAME") is None


def test_a_misspelt_setting_is_noticed() -> None:
    env = Environment({"COOP_DEMMO": "1"})
    env.flag("COOP_DEMO")
    with pytest.raises(OddSetting, match=r"COOP_DEMMO is not a setting\. The settings are: COOP_DEMO\."):
        env.refuse_unknown("COOP_")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = Environment({}).secret("PEPPER", folder)
    assert len(first) >= 32
    assert Environment({}).secret("PEPPER", folder) == first
    assert (folder / "pepper").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["pepper"]
    (folder / "pepper").chmod(0o644)
    with pytest.raises(OddSetting, match="chmod 600"):
        Environment({}).secret("PEPPER", folder)
