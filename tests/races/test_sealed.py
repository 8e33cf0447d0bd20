"""Sealed votes of many at once, the second in which a vote closes, and what can be found out afterwards.

Each promise has a control with its guard taken away, which must lose. Members are 300 where something is guessed: by
chance one of them is guessed right, and `linking.BY_CHANCE` never are.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.frozen.urn import CAST_SEALED, SHAKE
from coop.ballots.models import Ballot, FinalEnvelope, RollEntry
from coop.ballots.sealed import sealing
from coop.members.models import Member
from coop.refusals import Refused
from tests import make, make_votes
from tests.races.race import loses, race, refusals
from tests.reliability import linking

pytestmark = pytest.mark.usefixtures("committed_db")
WRITERS = 8
MANY = 300


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


def an_open_vote(plant: make.Plant, *asked: Asked) -> tuple[Ballot, dict[int, str]]:
    ballot = make_votes.drawn_up(plant, asked or (Asked("Shall it be?"),), secrecy="secret")
    codes = make_votes.with_key(ballot, plant)
    return ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now()), codes


def cast(ballot: Ballot, who: Member, answer: str = "for", form: str = "") -> ballots.SecretReceipt:
    form = form or secrets.token_hex(16)
    return ballots.cast_secret(ballot=ballot, answers={1: answer}, form=form, by=who, at=make.now())


def replaced(administrator: Any, function: str, *changes: tuple[str, str]) -> None:
    """The function with a guard taken out, as only somebody with all rights could put it there."""
    text = function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    for guard, instead in changes:
        assert guard in text, guard
        text = text.replace(guard, instead)
    administrator.execute(text)


# --- One member, one vote --------------------------------------------------------------------------------------------


def _fifty_of_one(plant: make.Plant, ballot: Ballot) -> list[Any]:
    return race([lambda: cast(ballot, plant.eve, secrets.choice(["for", "against"])) for _hand in range(50)])


def test_fifty_forms_of_one_member_at_once_are_one_envelope(plant: make.Plant, administrator: Any) -> None:
    ballot, _codes = an_open_vote(plant)
    results = _fifty_of_one(plant, ballot)
    assert refusals(results) == ["already-voted"] * 49
    assert _envelopes(administrator, ballot) == 1
    receipt = next(result for result in results if isinstance(result, ballots.SecretReceipt))
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    stored = FinalEnvelope.objects.get(ballot=ballot)
    assert sealing.receipt_words(bytes(stored.tracker)) == receipt.words  # who was told so has that vote


def test_control_without_the_row_of_the_roll_one_member_has_several_envelopes(
    plant: make.Plant, administrator: Any
) -> None:
    """And closing sees it: more envelopes than people."""
    ballot, _codes = an_open_vote(plant)
    replaced(administrator, CAST_SEALED, (" FOR NO KEY UPDATE;", "; PERFORM pg_sleep(0.05);"))
    turns = iter(make.NAMES)

    def one_has_several() -> bool:
        who = plant.people[next(turns).lower()]
        before = _envelopes(administrator, ballot)
        race([lambda: cast(ballot, who) for _hand in range(10)])
        return _envelopes(administrator, ballot) > before + 1

    assert loses(one_has_several)
    with pytest.raises(Refused) as no:
        ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert [reason.code for reason in no.value.reasons] == ["urn-does-not-match"]


def test_one_form_sent_many_times_at_once_is_one_receipt(plant: make.Plant, administrator: Any) -> None:
    ballot, _codes = an_open_vote(plant)
    results = race([lambda: cast(ballot, plant.eve, "for", "ab" * 16)] * 8)
    assert refusals(results) == []
    assert len(set(results)) == 1
    assert _envelopes(administrator, ballot) == 1


def _envelopes(administrator: Any, ballot: Ballot) -> int:
    found = administrator.execute(
        "SELECT count(*) FROM ballots_envelope WHERE ballot_id = %s", [ballot.pk]
    ).fetchone()
    return int(found[0])


# --- Closing ---------------------------------------------------------------------------------------------------------

ROUNDS = 20
HELD_BEFORE_COMMIT = """
CREATE FUNCTION public.held() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.channel = 'phone' AND OLD.channel IS NULL THEN PERFORM pg_sleep(0.04); END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER held AFTER UPDATE ON ballots_rollentry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION held();
"""


def _storms(plant: make.Plant, administrator: Any) -> Iterator[bool]:
    """Rounds of closing and casting at once; whether one went wrong: an error, or a vote told and not counted."""
    administrator.execute(HELD_BEFORE_COMMIT)  # every vote in flight stays there for a while
    for _round in range(ROUNDS):
        ballot, _codes = an_open_vote(plant)
        people = [plant.people[name.lower()] for name in make.NAMES[:WRITERS]]
        closed = threading.Event()

        def close(ballot: Ballot = ballot, closed: threading.Event = closed) -> None:
            closed.wait(0.02)
            ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())

        results = race([*(lambda who=who, ballot=ballot: cast(ballot, who) for who in people), close])  # type: ignore[misc]
        told = {result.words for result in results if isinstance(result, ballots.SecretReceipt)}
        kept = {
            sealing.receipt_words(bytes(tracker))
            for tracker in FinalEnvelope.objects.filter(ballot=ballot).values_list("tracker", flat=True)
        }
        failed = [
            result for result in results if isinstance(result, Exception) and not isinstance(result, Refused)
        ]
        yield bool(failed) or told != kept or _envelopes(administrator, ballot) > 0


def test_closing_waits_for_votes_in_flight(plant: make.Plant, administrator: Any) -> None:
    assert list(_storms(plant, administrator)) == [False] * ROUNDS


def test_control_without_the_share_lock_closing_goes_wrong(plant: make.Plant, administrator: Any) -> None:
    replaced(administrator, CAST_SEALED, (" FOR SHARE;", ";"))
    assert any(_storms(plant, administrator))


# --- Who voted how: from the tables ----------------------------------------------------------------------------------


@pytest.fixture
def crowd(plant: make.Plant) -> list[Member]:
    for number in range(100, 100 + MANY):
        make.member(plant.cooperative, number, f"Member {number}")
    return list(Member.objects.filter(number__gte=100))


def _all_cast(ballot: Ballot, crowd: list[Member]) -> dict[int, str]:
    """Everybody votes, eight at a time, in an order that nobody knows; member -> receipt."""
    order = list(crowd)
    secrets.SystemRandom().shuffle(order)
    told: dict[int, str] = {}

    def write(some: list[Member]) -> None:
        for who in some:
            told[who.pk] = cast(ballot, who, secrets.choice(["for", "against"])).words

    assert (
        refusals(race([lambda place=place: write(order[place::WRITERS]) for place in range(WRITERS)])) == []
    )  # type: ignore[misc]
    return told


def _guesses(administrator: Any, ballot: Ballot, table: str) -> dict[str, dict[int, str]]:
    """What somebody with all rights reads out of the tables: member -> envelope, in four ways."""
    place = "xmin::text::bigint, (ctid::text::point)[0], (ctid::text::point)[1]"
    roll = administrator.execute(
        f"SELECT member_id, {place} FROM ballots_rollentry WHERE ballot_id = %s AND channel = 'phone'",
        [ballot.pk],
    ).fetchall()
    urn = administrator.execute(
        f"SELECT tracker, {place} FROM {table} WHERE ballot_id = %s", [ballot.pk]
    ).fetchall()
    words = {bytes(row[0]): sealing.receipt_words(bytes(row[0])) for row in urn}
    by_number = {row[1]: words[bytes(row[0])] for row in urn}

    def ranked(key: Callable[[Any], Any]) -> dict[int, str]:
        pairs = zip(sorted(roll, key=key), sorted(urn, key=key), strict=True)
        return {one[0]: words[bytes(other[0])] for one, other in pairs}

    def nearest(row: Any) -> str:
        return words[bytes(min(urn, key=lambda one: abs(one[1] - row[1]))[0])]

    return {
        "equal transaction": {row[0]: by_number.get(row[1], "") for row in roll},
        "nearest transaction": {row[0]: nearest(row) for row in roll},
        "order of transactions": ranked(lambda row: row[1:]),
        "place in the file": ranked(lambda row: row[2:]),
    }


def _right(administrator: Any, ballot: Ballot, told: dict[int, str], table: str) -> dict[str, int]:
    return {
        attack: sum(told[member] == guess for member, guess in guessed.items())
        for attack, guessed in _guesses(administrator, ballot, table).items()
    }


def test_after_closing_no_table_leads_from_a_member_to_an_envelope(
    plant: make.Plant, crowd: list[Member], administrator: Any
) -> None:
    ballot, _codes = an_open_vote(plant)
    told = _all_cast(ballot, crowd)
    before = _right(administrator, ballot, told, "ballots_envelope")
    assert max(before.values()) > MANY * 0.9  # while the vote is open the attack works: it is an attack
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    after = _right(administrator, ballot, told, "ballots_finalenvelope")
    assert max(after.values()) < linking.BY_CHANCE, after
    for table in ("ballots_rollentry", "ballots_finalenvelope"):
        found = administrator.execute(
            f"SELECT count(DISTINCT xmin::text) FROM {table} WHERE ballot_id = %s", [ballot.pk]
        )
        assert found.fetchone() == (1,), table
    assert _envelopes(administrator, ballot) == 0


def test_control_an_urn_that_is_not_shaken_gives_everybody_away(
    plant: make.Plant, crowd: list[Member], administrator: Any
) -> None:
    ballot, _codes = an_open_vote(plant)
    told = _all_cast(ballot, crowd)
    replaced(
        administrator,
        SHAKE,
        (" ORDER BY tracker;", " ORDER BY xmin::text::bigint;"),
        ("UPDATE ballots_rollentry SET channel = channel WHERE id = line;", "NULL;"),
    )
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    after = _right(administrator, ballot, told, "ballots_finalenvelope")
    assert max(after.values()) > MANY * 0.9, after


# --- What was voted: from every file ---------------------------------------------------------------------------------

CODES = [f"k{secrets.token_hex(6)}" for _place in range(4)]


def _hits(marks: list[str]) -> list[str]:
    """Files of the cluster (tables, write-ahead log, server's log) that hold one of the marks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    home = connection.cluster.data  # type: ignore[attr-defined]
    found = subprocess.run(
        ["grep", "-rlaF", *(part for mark in marks for part in ("-e", mark)), str(home)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.defpath, "LC_ALL": "C"},
    )
    # Other tests use the same cluster: files of theirs go while this one reads.
    assert [
        line for line in found.stderr.splitlines() if not line.endswith("No such file or directory")
    ] == []
    assert found.returncode in (0, 1) or found.stderr
    return found.stdout.split()


@pytest.fixture
def flushed(administrator: Any) -> Callable[[], None]:
    return lambda: administrator.execute("CHECKPOINT")


def test_no_choice_stands_in_any_file_of_the_database(
    plant: make.Plant, administrator: Any, flushed: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    """A ranking is a text that no paper holds: "b>a" is in a file only if somebody's vote is."""
    if not hasattr(connection, "cluster"):
        pytest.skip("the files of this server cannot be read from here")
    asked = Asked("Which?", method="schulze", choices=[Choice(code, f"Option {code}") for code in CODES])
    ballot, codes = an_open_vote(plant, asked)
    marks = [f"{one}>{other}" for one in CODES for other in CODES if one != other]
    for name in make.NAMES:
        answer = CODES[:]
        secrets.SystemRandom().shuffle(answer)
        cast(ballot, plant.people[name.lower()], ">".join(answer))
    with contextlib.suppress(Refused):
        cast(ballot, plant.eve, ">".join(CODES))  # a refused one must leave nothing either
    flushed()
    assert _hits(marks) == []
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
    flushed()
    assert _hits(marks) == []  # the count writes totals, never a paper
    assert not any(mark in caplog.text for mark in marks)
    assert RollEntry.objects.filter(ballot=ballot, channel="phone").count() == 12
    # The control: one vote written down in clear is found.
    administrator.execute(f"CREATE TABLE public.plain AS SELECT '{marks[0]}'::text")
    flushed()
    assert _hits(marks) != []
