"""Twenty wrong guesses in one moment: none is lost, and no more are looked at than one after another would be."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest

from coop.keys import actions
from coop.keys.actions import guesses as counting
from coop.keys.guess import Guess
from coop.keys.models import Guesses
from tests import make
from tests.races.race import loses, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")
GUESS = Guess(1, 5, "200.1.1.9")


def begin(moment: datetime.datetime) -> Any:
    return lambda: actions.begin_guess(by=GUESS, at=moment)


def test_twenty_at_once_get_five_tries() -> None:
    at = make.now()
    results = race([begin(at + datetime.timedelta(milliseconds=place % 7)) for place in range(20)])
    assert refusals(results) == ["too-many-tries"] * 15
    assert Guesses.objects.get(bucket=GUESS.bucket).wrong == 5


def test_twenty_at_once_from_one_address_count_twenty() -> None:
    at = make.now()
    guesses = [Guess(1, number, "200.1.1.9") for number in range(20)]
    results = race([lambda one=one: actions.guessed_wrong(by=one, at=at) for one in guesses])  # type: ignore[misc]
    assert refusals(results) == []
    assert Guesses.objects.get().wrong == 20


def test_control_reading_first_and_writing_after_loses_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same race with a counter that reads, adds and writes: more than five are looked at."""

    def count(bucket: str, at: datetime.datetime) -> bool:
        held = Guesses.objects.filter(bucket=bucket).first()
        wrong = held.wrong if held else 0
        time.sleep(0.05)
        Guesses.objects.update_or_create(
            bucket=bucket, defaults={"wrong": wrong + 1, "since": at, "last_at": at}
        )
        return True

    monkeypatch.setattr(counting, "_count", count)

    def looked_at_too_often() -> bool:
        Guesses.objects.all().delete()
        return len(refusals(race([begin(make.now())] * 20))) < 15

    assert loses(looked_at_too_often)
