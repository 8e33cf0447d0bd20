"""Ruling 7: rules of the house, size of the register, and every guard of the server, each flipped once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.ballots.rules.casting import obstacles_to_opening
from coop.ballots.rules.urn import obstacles_to_screens
from coop.ballots.sealed import guards
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db

GOOD = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "0",
    "track_commit_timestamp": "off",
    "modules_that_log": "none",
    "server_side_binding": "on",
    "DEBUG": "off",
    "owns": "nothing",
    "urn_folder": "private",
}
FLIPPED = [
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("synchronous_commit", "off"),
    ("synchronous_commit", "local"),
    ("log_statement", "all"),
    ("log_statement", "mod"),
    ("log_min_duration_statement", "0"),
    ("log_min_duration_sample", "250"),
    ("log_transaction_sample_rate", "0.5"),
    ("log_parameter_max_length", "1024"),
    ("log_parameter_max_length_on_error", "-1"),
    ("track_commit_timestamp", "on"),
    ("modules_that_log", "auto_explain"),
    ("server_side_binding", "off"),
    ("DEBUG", "on"),
    ("owns", "something"),
    ("urn_folder", "open to others"),
]


def test_a_server_that_keeps_everything_passes() -> None:
    assert guards.obstacles_in(GOOD) == []


@pytest.mark.parametrize(("guard", "found"), FLIPPED)
def test_each_guard_flipped(guard: str, found: str) -> None:
    reasons = guards.obstacles_in(GOOD | {guard: found})
    assert [(reason.code, reason.params["guard"], reason.params["found"]) for reason in reasons] == [
        ("guard-fails", guard, found)
    ]


def test_no_guard_was_left_unflipped() -> None:
    assert {guard for guard, _found in FLIPPED} == set(guards.WANTED) == set(GOOD)


@pytest.mark.parametrize("guard", GOOD)
def test_what_cannot_be_read_does_not_hold(guard: str) -> None:
    assert guards.obstacles_in({name: value for name, value in GOOD.items() if name != guard}) != []


def test_this_cluster_is_read_and_found_unsafe(real_readings: Any) -> None:
    """A cluster of tests throws its safety away, and the guards see it: a control of the reading itself."""
    found = real_readings()
    assert set(found) == set(GOOD)
    unsafe = {str(reason.params["guard"]) for reason in guards.obstacles_in(found)}
    assert "fsync" in unsafe
    assert unsafe <= {"fsync", "full_page_writes", "synchronous_commit"}


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("SET LOCAL synchronous_commit = off", "synchronous_commit"),
        ("SET LOCAL session_replication_role = DEFAULT", None),
    ],
)
def test_the_settings_of_this_very_connection_count(
    real_readings: Any, statement: str, guard: str | None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        if guard:
            cursor.execute(statement)
    unsafe = {str(reason.params["guard"]) for reason in guards.obstacles_in(real_readings())}
    assert ("synchronous_commit" in unsafe) == (guard is not None)


def test_our_own_settings_are_read(real_readings: Any, settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "urns"
    settings.URN_SECRETS = folder
    assert real_readings()["urn_folder"] == "private"  # it will be made so
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert real_readings()["urn_folder"] == "open to others"
    folder.chmod(0o700)
    assert real_readings()["urn_folder"] == "private"
    settings.DEBUG = True
    assert real_readings()["DEBUG"] == "on"


# --- Whether a vote opens --------------------------------------------------------------------------------------------


def tried(plant: make.Plant, **more: Any) -> tuple[Ballot, list[str]]:
    """A secret vote with its key, and why it does not open."""
    ballot = make_votes.drawn_up(plant, secrecy="secret", **more)
    make_votes.with_key(ballot, plant)
    try:
        ballots.open_ballot(ballot=ballot, present=(), by=plant.gus.actor, at=make.now())
    except Refused as no:
        return ballot, [reason.code for reason in no.reasons]
    return ballot, []


def a_plant(**bylaws: Any) -> make.Plant:
    plant = make.plant(bylaws={**make_votes.ON_SCREENS, **bylaws})
    make_votes.commission(plant)
    return plant


def test_a_failing_guard_opens_no_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "readings", lambda: GOOD | {"fsync": "off", "log_statement": "all"})
    ballot, why = tried(a_plant())
    assert why == ["guard-fails", "guard-fails"]
    ballot.refresh_from_db()
    assert ballot.state == "draft"


def test_rules_that_allow_no_screens() -> None:
    assert tried(a_plant(electronic_secret_votes="off"))[1] == ["no-secret-votes-on-screens"]


def test_a_register_below_the_floor() -> None:
    """Twelve are on the register of the small plant."""
    assert tried(a_plant(small_register_floor=13))[1] == ["register-too-small"]
    assert tried(make_again(small_register_floor=12))[1] == []


def make_again(**bylaws: Any) -> make.Plant:
    plant = make.plant("quarry", bylaws={**make_votes.ON_SCREENS, **bylaws})
    make_votes.commission(plant)
    return plant


def test_consultations_only() -> None:
    """A vote that an office drew up and that elects nobody binds nothing; what a meeting puts to the vote does."""
    plant = a_plant(electronic_secret_votes="consultations")
    binding = ["screens-only-for-consultations"]
    assert tried(plant)[1] == binding  # nobody drew it up: it comes from a meeting
    assert tried(plant, drawn_up_by=plant.gus)[1] == []
    persons = make_votes.election(plant, "ana", "bo")
    assert tried(plant, asked=[persons], drawn_up_by=plant.gus)[1] == binding


def test_on_paper_no_guard_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "readings", dict)
    plant = a_plant(electronic_secret_votes="off", small_register_floor=50)
    ballot = make_votes.drawn_up(plant, secrecy="secret", channels=("paper",))
    assert [
        reason.code for reason in obstacles_to_opening(ballot, make.now()) if reason.code == "guard-fails"
    ] == []
    assert obstacles_to_screens(ballot) != []
