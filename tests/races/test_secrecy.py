"""Two hundred people vote in secret at once. Whoever has every right over the database learns not what, nor whose."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Question
from coop.ballots.sealed.sealing import receipt_words
from coop.local_postgres.cluster import Cluster
from coop.members.models import Member
from tests import make, make_votes
from tests.races.race import loses, race, refusals
from tests.reliability import canary, linking

VOTERS, WRITERS = 200, 8


class Vote:
    """A secret ranking of six, in which two hundred people have voted, eight at a time."""

    def __init__(self) -> None:
        plant = make.plant(bylaws=make_votes.ON_SCREENS)
        make_votes.commission(plant)
        people = [plant.people[name.lower()] for name in make.NAMES]
        people += [
            make.member(plant.cooperative, number, f"Worker {number:03}")
            for number in range(100, 100 + VOTERS - len(people))
        ]
        self.plant, self.codes = plant, canary.codes(6)
        choices = [Choice(code, f"Candidate {place}") for place, code in enumerate(self.codes, 1)]
        asked = Asked("Who?", method=Question.Method.RUNOFF, choices=choices)
        self.ballot: Ballot = make_votes.drawn_up(plant, [asked], secrecy=Ballot.Secrecy.SECRET)
        make_votes.with_key(self.ballot, plant)
        ballots.open_ballot(ballot=self.ballot, present=(), by=plant.hal.actor, at=make.now())
        self.words: dict[int, str] = {}  # member -> receipt: what only the voters know
        turns: Iterator[Member] = iter(random.sample(people, len(people)))
        refusals(race([lambda: self.votes(turns)] * WRITERS))
        assert len(self.words) == VOTERS

    def votes(self, turns: Iterator[Member]) -> None:
        for who in turns:
            answer = ">".join(random.sample(self.codes, len(self.codes)))
            receipt = ballots.cast_secret(
                ballot=self.ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now()
            )
            self.words[who.pk] = receipt.words

    def guesses(self, administrator: Any, *, closed: bool) -> dict[str, int]:
        table = "ballots_finalenvelope" if closed else "ballots_envelope"
        rows = administrator.execute(f"SELECT tracker FROM {table}").fetchall()
        trackers = {receipt_words(bytes(tracker)): bytes(tracker).hex() for (tracker,) in rows}
        truth = {member: trackers[words] for member, words in self.words.items()}
        return linking.guesses_right(administrator, self.ballot.pk, truth, closed=closed)

    def close(self) -> None:
        ballots.close(ballot=self.ballot, by=self.plant.hal.actor, at=make.now())


def files(administrator: Any, since: str) -> list[Path]:
    """What PostgreSQL keeps of this database, and the changes written since then."""
    administrator.execute("CHECKPOINT")
    data: Path = _cluster().data
    (number,) = administrator.execute(
        "SELECT oid FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    (first,) = administrator.execute("SELECT pg_walfile_name(%s::pg_lsn)", [since]).fetchone()
    changes = [file for file in (data / "pg_wal").iterdir() if file.is_file() and file.name >= first]
    return [*canary.everything_in(data / "base" / str(number)), *changes, data / "log"]


def _cluster() -> Cluster:
    if "LOCAL_HOME" not in connection.settings_dict:
        pytest.skip("another machine keeps this database: its files cannot be read from here")
    found: Cluster = connection.cluster  # type: ignore[attr-defined]
    return found


def _now_in_the_changes(administrator: Any) -> str:
    (place,) = administrator.execute("SELECT pg_current_wal_lsn()::text").fetchone()
    return str(place)


def test_nobody_is_linked_to_an_envelope_once_the_urn_is_shaken(administrator: Any) -> None:
    vote = Vote()
    before = vote.guesses(administrator, closed=False)
    vote.close()
    after = vote.guesses(administrator, closed=True)
    assert max(after.values()) < linking.BY_CHANCE, after
    # The control: the same attack on the same votes a moment earlier. It must have found what there was to find.
    assert max(before.values()) > VOTERS / 2, before


def test_no_choice_stands_in_any_file_of_the_database(administrator: Any) -> None:
    since = _now_in_the_changes(administrator)
    vote = Vote()
    vote.close()
    assert canary.found_in(files(administrator, since), vote.codes) == {}

    # The control: one choice in clear is found, even when its table is gone again.
    def is_found() -> bool:  # unless PostgreSQL has just thrown that piece of its changes away
        administrator.execute("CREATE TABLE leak (what text)")
        administrator.execute("INSERT INTO leak VALUES (%s)", [">".join(vote.codes)])
        administrator.execute("DROP TABLE leak")
        return canary.found_in(files(administrator, since), vote.codes) != {}

    assert loses(is_found)


def test_what_is_looked_for_is_found_in_every_guise() -> None:
    one, other = canary.codes(2)
    sought = canary.pattern([one, other])
    leaks = [
        f"{one}>{other}",
        f"{other}={one}",
        f'{{"answers":["{one}","{other}"]}}',
        f"rank-2-{one}=1&rank-2-{other}=2",
        f"{{'rank-2-{one}': ['1']}}",
    ]
    assert [bool(sought.search(leak.encode())) for leak in leaks] == [True] * len(leaks)
    innocent = [f"{one} {'Candidate 1'} {other}", f"rank-2-{one}", *itertools.chain([one], [other])]
    assert [bool(sought.search(words.encode())) for words in innocent] == [False] * len(innocent)
