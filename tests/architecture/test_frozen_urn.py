"""Law 6 for the sealed urn: what PostgreSQL itself refuses, and what application and reader may not see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, RollEntry, SealedUrn, Trustee
from tests import make, make_votes
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, idle_triggers
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A secret vote on screens in every state; in the open one and the later ones Ana and Eve have voted."""
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    made: dict[str, Any] = {"eve": plant.eve, "lou": plant.lou}
    codes = {}
    for state in ("bare", "set_up", "untested", "draft", "running", "over", "counted", "annulled"):
        made[state] = ballot = make_votes.drawn_up(plant, secrecy="secret", title=state)
        if state == "set_up":
            ballots.set_up_urn(
                ballot=ballot, trustees=[plant.jo, plant.kim, plant.lou], by=plant.gus, at=make.now()
            )
        elif state != "bare":
            codes[state] = make_votes.with_key(ballot, plant, tested=state != "untested")
        if state in ("running", "over", "counted"):
            _voted(plant, ballot)
        if state in ("over", "counted"):
            ballots.close(ballot=ballot, by=plant.gus.actor, at=make.now())
    ballots.open_urn(
        ballot=made["counted"], codes=make_votes.two(codes["counted"]), by=plant.gus, at=make.now()
    )
    ballots.annul(ballot=made["annulled"], because="Twice", by=plant.gus.actor, at=make.now())
    for state in ("set_up", "untested", "draft", "running", "over", "counted", "annulled"):
        made[f"{state}_urn"] = SealedUrn.objects.get(ballot=made[state])
        made[f"{state}_trustee"] = Trustee.objects.get(urn__ballot=made[state], place=1)
    made["lou_there"] = RollEntry.objects.get(ballot=made["running"], member=plant.lou)
    made["eve_there"] = RollEntry.objects.get(ballot=made["running"], member=plant.eve)
    return {name: row.pk for name, row in made.items()}


def _voted(plant: make.Plant, ballot: Ballot) -> None:
    ballots.open_ballot(ballot=ballot, present=(), by=plant.gus.actor, at=make.now())
    for who in (plant.ana, plant.eve):
        ballots.cast_secret(ballot=ballot, answers={1: "for"}, form=f"{who.pk:032x}", by=who, at=make.now())


# The application has no right, and a trigger refuses everybody else.
WITHOUT_RIGHT = [
    *(
        statement
        for table, change in {
            "ballots_finalenvelope": "body = 'x'",
            "ballots_sealedkey": "blob = 'x'",
        }.items()
        for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}")
    ),
    "UPDATE ballots_envelope SET body = 'x'",
    "DELETE FROM ballots_envelope WHERE ballot_id = {running}",
    "INSERT INTO ballots_envelope (ballot_id, tracker, body) VALUES ({running}, 'x', 'y')",
    "INSERT INTO ballots_envelope (ballot_id, tracker, body) VALUES ({over}, sha256('y'), 'y')",
    "INSERT INTO ballots_finalenvelope (ballot_id, tracker, body) VALUES ({over}, sha256('y'), 'y')",
    (
        "INSERT INTO ballots_finalenvelope (ballot_id, tracker, body)"
        " SELECT ballot_id, tracker, body FROM ballots_envelope WHERE ballot_id = {running}"
    ),
    "DELETE FROM ballots_sealedurn",
    "DELETE FROM ballots_trustee",
    "UPDATE ballots_sealedurn SET need = 3",
    "UPDATE ballots_sealedurn SET length = 500",
    "UPDATE ballots_sealedurn SET mark = 'x' WHERE id = {draft_urn}",
    "UPDATE ballots_trustee SET member_id = {eve} WHERE id = {set_up_trustee}",
    "UPDATE ballots_trustee SET place = 9 WHERE id = {set_up_trustee}",
]
# The application has the right on the column; what the row says forbids it.
BY_TRIGGER = [
    # a key, once and while the vote is a draft
    "UPDATE ballots_sealedurn SET public_key = 'x' WHERE id = {draft_urn}",
    "UPDATE ballots_sealedurn SET tested_at = now() WHERE id = {running_urn}",
    "UPDATE ballots_sealedurn SET tested_at = now(), tested_with = '{{1}}' WHERE id = {untested_urn}",
    "UPDATE ballots_sealedurn SET tested_at = now() WHERE id = {untested_urn}",
    "UPDATE ballots_trustee SET public_key = 'x' WHERE id = {draft_trustee}",
    "INSERT INTO ballots_sealedkey (urn_id, holders, blob) VALUES ({running_urn}, '{{7,8}}', 'x')",
    "INSERT INTO ballots_trustee (urn_id, place, member_id) VALUES ({running_urn}, 4, {eve})",
    "INSERT INTO ballots_sealedurn (ballot_id, mark, need, length) VALUES ({running}, 'y', 2, 64)",
    # number and root, when the urn is shaken; then they stay
    "UPDATE ballots_sealedurn SET envelopes = 0, root = 'x' WHERE id = {draft_urn}",
    "UPDATE ballots_sealedurn SET envelopes = 2, root = 'x' WHERE id = {running_urn}",
    "UPDATE ballots_sealedurn SET envelopes = 3 WHERE id = {over_urn}",
    "UPDATE ballots_sealedurn SET root = 'x' WHERE id = {over_urn}",
    # opened when it is closed, by enough; destroyed when it is counted
    "UPDATE ballots_sealedurn SET opened_at = now(), opened_with = '{{1}}' WHERE id = {over_urn}",
    "UPDATE ballots_sealedurn SET opened_at = now(), opened_with = '{{1,2}}' WHERE id = {annulled_urn}",
    "UPDATE ballots_sealedurn SET destroyed_at = now(), destroyed_note = 'In the yard' WHERE id = {over_urn}",
    "UPDATE ballots_sealedurn SET destroyed_at = now(), destroyed_note = '' WHERE id = {counted_urn}",
    # no vote opens without a tested key, none is counted unopened, nobody is marked without an envelope
    "UPDATE ballots_ballot SET state = 'open', opened_at = now(), roll_size = 12 WHERE id = {bare}",
    "UPDATE ballots_ballot SET state = 'open', opened_at = now(), roll_size = 12 WHERE id = {untested}",
    "UPDATE ballots_ballot SET state = 'counted', counted_at = now() WHERE id = {over}",
    "UPDATE ballots_rollentry SET channel = 'phone' WHERE id = {lou_there}",
    "UPDATE ballots_rollentry SET channel = NULL WHERE id = {eve_there}",
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


ALLOWED = [
    "UPDATE ballots_trustee SET salt = 'x', public_key = 'y', drawn_at = now() WHERE id = {set_up_trustee}",
    "UPDATE ballots_sealedurn SET tested_at = now(), tested_with = '{{1,2}}' WHERE id = {untested_urn}",
    "UPDATE ballots_sealedurn SET opened_at = now(), opened_with = '{{1,2}}' WHERE id = {over_urn}",
    "UPDATE ballots_sealedurn SET destroyed_at = now(), destroyed_note = 'In the yard' WHERE id = {counted_urn}",
    "UPDATE ballots_ballot SET state = 'closed', closed_at = now(), present = 12 WHERE id = {running}",
]


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    found = idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_urn"])
    assert found == []


# --- Who may see what -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("coop_app", "SELECT count(*) FROM ballots_envelope"),
        ("coop_app", "SELECT 1 FROM ballots_envelope LIMIT 1 FOR UPDATE"),
        ("coop_app", "COPY ballots_envelope TO STDOUT"),
        ("coop_app", "TRUNCATE ballots_envelope"),
        ("coop_app", "TRUNCATE ballots_finalenvelope"),
        (
            "coop_app",
            "INSERT INTO ballots_finalenvelope (ballot_id, tracker, body) VALUES ({over}, 'x', 'y')",
        ),
        ("coop_app", "ALTER TABLE ballots_envelope DISABLE TRIGGER ALL"),
        ("coop_app", "ALTER FUNCTION ballots_cast_sealed(bigint, bigint, bytea) SECURITY INVOKER"),
        ("coop_app", "SET session_replication_role = replica"),
        ("coop_app", "CREATE TABLE ballots_envelope_too (x int)"),
        ("coop_app", "CREATE TEMPORARY TABLE ballots_rollentry (x int)"),
        ("coop_reader", "SELECT count(*) FROM ballots_envelope"),
        ("coop_reader", "SELECT ballots_shake({over})"),
        ("coop_reader", "SELECT ballots_cast_sealed({running}, {lou}, 'x')"),
    ],
)
def test_what_a_role_may_not(house: House, role: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), house.connection.transaction():
        house.connection.execute(f"SET LOCAL ROLE {role}")
        house.connection.execute(statement.format(**house.rows))


@pytest.mark.parametrize("role", ["coop_app", "coop_reader"])
def test_after_closing_the_envelopes_can_be_read(house: House, role: str) -> None:
    with house.connection.transaction(force_rollback=True):
        house.connection.execute(f"SET LOCAL ROLE {role}")
        found = house.connection.execute(
            "SELECT count(*) FROM ballots_finalenvelope WHERE ballot_id = %s", [house.rows["over"]]
        )
        assert found.fetchone() == (2,)


def test_the_functions_look_nowhere_else(house: House) -> None:
    """A temporary table of the application cannot stand in for the roll or the urn."""
    found = house.connection.execute(
        "SELECT proname, prosecdef, pg_get_userbyid(proowner), proconfig FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'public'::regnamespace ORDER BY proname"
    ).fetchall()
    paths = ["search_path=public, pg_temp"]
    assert found == [
        ("ballots_cast_sealed", True, "coop_owner", paths),
        ("ballots_shake", True, "coop_owner", paths),
    ]


def test_a_function_of_the_same_name_marks_nobody(house: House) -> None:
    """What the application calls itself is not the function that the trigger asks for.

    It may not make one at all; the trigger holds even where somebody let it.
    """
    base = house.connection.info.dbname
    with pytest.raises(psycopg.errors.RestrictViolation), house.connection.transaction():
        house.connection.execute(f'GRANT TEMPORARY ON DATABASE "{base}" TO coop_app')
        house.connection.execute("SET LOCAL ROLE coop_app")
        house.connection.execute(
            "CREATE FUNCTION pg_temp.ballots_cast_sealed(box bigint, voter bigint, sealed bytea) RETURNS text"
            " LANGUAGE plpgsql AS $$ BEGIN UPDATE public.ballots_rollentry SET channel = 'phone'"
            " WHERE ballot_id = box AND member_id = voter; RETURN 'RECORDED'; END $$"
        )
        house.connection.execute(
            "SELECT pg_temp.ballots_cast_sealed(%s, %s, 'x')", [house.rows["running"], house.rows["lou"]]
        )


def test_no_row_of_the_urn_says_who_or_when(house: House) -> None:
    """No member, no time, no number in sequence, no default that tells one."""
    found = house.connection.execute(
        "SELECT table_name, column_name, data_type, column_default, is_identity FROM information_schema.columns"
        " WHERE table_name IN ('ballots_envelope', 'ballots_finalenvelope') ORDER BY 1, 2"
    ).fetchall()
    assert found == [
        (table, column, kind, None, "NO")
        for table in ("ballots_envelope", "ballots_finalenvelope")
        for column, kind in (("ballot_id", "bigint"), ("body", "bytea"), ("tracker", "bytea"))
    ]
