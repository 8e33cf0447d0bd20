"""The second in which the chair says "now hands", while people press on their telephones. The control must lose."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.actions import casting, hands
from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.meetings.ways import Way
from tests import make
from tests.races.race import PATIENCE, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def storm() -> tuple[Ballot, list[Any]]:
    """Eight people vote on a screen while the chair moves to hands whoever is left."""
    plant = make.plant()
    ballot = make.open_vote(plant, way=Way.SCREENS_AND_HANDS).ballot
    people = [plant.people[name.lower()] for name in make.NAMES[:8]]

    def now_hands() -> int:
        time.sleep(0.02)
        return ballots.move_to_hands(ballot=ballot, by=plant.bo, at=make.now())

    return ballot, race([*(lambda who=who: make.cast(ballot, who) for who in people), now_hands])


def on_both(ballot: Ballot) -> int:
    """People who are counted by hand although a vote of theirs lies in the box."""
    return NamedVote.objects.filter(question__ballot=ballot, entry__channel="hands").count()


def _slow_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds every voter between the mark on the roll and the vote."""
    mark = casting._mark

    def slowly(entry: RollEntry) -> bool:
        time.sleep(0.05 if entry.member_id % 2 else 0)
        return mark(entry)

    monkeypatch.setattr(casting, "_mark", slowly)


def test_everybody_is_on_one_channel_whoever_was_first(monkeypatch: pytest.MonkeyPatch) -> None:
    _slow_cast(monkeypatch)
    ballot, results = storm()
    codes = refusals([one for one in results if not isinstance(one, int)])
    assert set(codes) <= {"already-voted", "counted-by-hand", "nobody-left-for-hands"}
    cast = NamedVote.objects.filter(question__ballot=ballot).count()
    roll = RollEntry.objects.filter(ballot=ballot)
    assert on_both(ballot) == 0
    assert roll.filter(channel="phone").count() == cast
    assert roll.filter(channel="phone").count() + roll.filter(channel="hands").count() == 8


def test_control_asking_first_and_writing_after_counts_people_twice(
    monkeypatch: pytest.MonkeyPatch, administrator: Any
) -> None:
    """The lock of the ballot, the one statement and the trigger taken away: a hand and a vote of one person."""
    administrator.execute("ALTER TABLE ballots_rollentry DISABLE TRIGGER USER")
    asked, marked = threading.Event(), threading.Semaphore(0)

    def unlocked(ballot: Ballot) -> Ballot:
        return Ballot.objects.select_related("register", "cooperative", "body").get(pk=ballot.pk)

    def asking_first(ballot: Ballot) -> int:
        left = list(RollEntry.objects.filter(ballot=ballot, channel=None, present=True).values_list("pk"))
        asked.set()
        for _person in left:
            assert marked.acquire(timeout=PATIENCE)  # meanwhile they vote
        return RollEntry.objects.filter(pk__in=[pk for (pk,) in left]).update(channel="hands")

    def slowly(entry: RollEntry) -> bool:
        assert asked.wait(timeout=PATIENCE)
        done = RollEntry.objects.filter(pk=entry.pk, channel=None).update(channel="phone") == 1
        marked.release()
        return done

    monkeypatch.setattr(hands, "locked", unlocked)
    monkeypatch.setattr(hands, "_fill_empty_lines", asking_first)
    monkeypatch.setattr(casting, "_mark", slowly)
    ballot, results = storm()
    assert refusals(results) == []
    assert on_both(ballot) == 8
