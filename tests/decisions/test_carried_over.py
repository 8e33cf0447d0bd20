"""Old decisions: copied from the book, compared by another, numbered among those made here, never edited."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.decisions import actions as decisions
from coop.decisions.models import CarriedDecision, Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def today(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def copied(plant: make.Plant, number: int = 7, **more: Any) -> CarriedDecision:
    """Number 7 of the year 2024, copied by Ana."""
    facts = {
        "body": plant.assembly,
        "number": number,
        "title": "Canteen open to the school",
        "text": "Pupils enter by the east gate.",
        "outcome": "carried",
        "decided_on": datetime.date(2024, 5, 12),
        "source": "Book of minutes 3, page 41",
        "by": plant.ana,
        "at": make.now(),
    }
    return decisions.carry_over(**{**facts, **more})


def confirmed(plant: make.Plant, number: int = 7, **more: Any) -> CarriedDecision:
    entry = copied(plant, number, **more)
    decisions.confirm_carried(entry=entry, by=plant.bo, at=make.now())
    entry.refresh_from_db()
    return entry


def voted_here(plant: make.Plant) -> Decision:
    item = AgendaItem.objects.get(decision=make.open_vote(plant))
    return meetings.close_vote(item=item, by=plant.bo, at=make.now())


def test_it_waits_for_a_second_person_and_then_counts(plant: make.Plant) -> None:
    entry = copied(plant)
    assert (entry.label, entry.waits, entry.counts) == ("D GA 2024-7", True, False)
    assert entry.text_hash == hashlib.sha256(b"Pupils enter by the east gate.").hexdigest()
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.subject_label) == ("decision-copied", "D GA 2024-7 Canteen open to the school")
    assert line.facts["source"] == "Book of minutes 3, page 41"
    decisions.confirm_carried(entry=entry, by=plant.bo, at=make.now())
    entry.refresh_from_db()
    assert (entry.waits, entry.counts, entry.confirmed_by) == (False, True, plant.bo)


@pytest.mark.parametrize("who", ["bo", "cy", "dee", "eve"])
def test_only_the_keeper_of_the_archive_copies(plant: make.Plant, who: str) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        copied(plant, by=plant.people[who])


def test_the_keeper_of_the_archive_of_another_plant_does_not(plant: make.Plant) -> None:
    with pytest.raises(Refused, match="not-of-this-cooperative"):
        copied(plant, by=make.plant("quarry").ana)


def test_who_copied_it_does_not_confirm_it_and_nobody_twice(plant: make.Plant) -> None:
    entry = copied(plant)
    with pytest.raises(Refused, match="confirm-needs-somebody-else"):
        decisions.confirm_carried(entry=entry, by=plant.ana, at=make.now())
    for who in (plant.dee, plant.eve):
        with pytest.raises(Refused, match="no-office-that-confirms"):
            decisions.confirm_carried(entry=entry, by=who, at=make.now())
    decisions.confirm_carried(entry=entry, by=plant.cy, at=make.now())
    with pytest.raises(Refused, match="entry-settled"):
        decisions.confirm_carried(entry=entry, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="entry-settled"):
        decisions.turn_down_carried(entry=entry, because="No.", by=plant.bo, at=make.now())


def test_a_number_is_taken_by_what_counts_and_by_nothing_that_waits(plant: make.Plant) -> None:
    first, second = copied(plant), copied(plant)
    decisions.confirm_carried(entry=first, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match=r"decision-number-taken \(label=D GA 2024-7\)"):
        decisions.confirm_carried(entry=second, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="decision-number-taken"):
        copied(plant)
    decisions.turn_down_carried(entry=second, because="Entered twice.", by=plant.bo, at=make.now())
    assert copied(plant, decided_on=datetime.date(2023, 5, 12)).label == "D GA 2023-7"


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_number_that_no_book_has(plant: make.Plant, number: int) -> None:
    with pytest.raises(Refused, match="decision-number-out-of-range"):
        copied(plant, number)


def test_the_numbers_made_here_go_on_after_the_highest_carried_over(plant: make.Plant) -> None:
    day = today(plant)
    confirmed(plant, 7, decided_on=day)
    confirmed(plant, 3, decided_on=day)
    confirmed(plant, 40, decided_on=day.replace(year=day.year - 1, day=1))
    copied(plant, 90, decided_on=day)  # waits, so it takes no number
    assert voted_here(plant).number == 8


def test_a_number_given_here_meanwhile_is_not_confirmed(plant: make.Plant) -> None:
    entry = copied(plant, 1, decided_on=today(plant))
    assert voted_here(plant).number == 1
    with pytest.raises(Refused, match="decision-number-taken"):
        decisions.confirm_carried(entry=entry, by=plant.bo, at=make.now())
    with (
        connection.cursor() as cursor,
        pytest.raises(Error, match="a decision made here"),
        transaction.atomic(),
    ):
        cursor.execute(
            "UPDATE decisions_carrieddecision SET confirmed_by_id = %s, confirmed_at = now()", [plant.bo.pk]
        )


def test_the_database_gives_no_number_twice_from_the_other_side_either(plant: make.Plant) -> None:
    """A pending decision that settles under a number from the book, past every rule of ours."""
    entry = confirmed(plant, 1, decided_on=today(plant))
    pending = make.open_vote(plant)
    with (
        connection.cursor() as cursor,
        pytest.raises(Error, match="carried over from the book"),
        transaction.atomic(),
    ):
        cursor.execute(
            "UPDATE decisions_decision SET outcome = 'tie', year = %s, number = 1, decided_at = now() WHERE id = %s",
            [entry.year, pending.pk],
        )


def test_what_was_decided_after_the_first_decision_made_here_is_no_old_decision(plant: make.Plant) -> None:
    voted_here(plant)
    later = make.now() + make.days(40)
    with pytest.raises(Refused, match="decided-here-since"):
        copied(plant, decided_on=plant.cooperative.day_of(later), at=later)
    assert copied(plant, 20, decided_on=today(plant), at=later).waits


def test_a_correction_takes_the_place_of_what_it_names_when_it_is_confirmed(plant: make.Plant) -> None:
    wrong = confirmed(plant)
    right = copied(plant, text="Pupils enter by the west gate.", corrects=wrong)
    wrong.refresh_from_db()
    assert wrong.counts
    decisions.confirm_carried(entry=right, by=plant.bo, at=make.now())
    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.counts, right.counts) == (False, True)
    assert wrong.text == "Pupils enter by the east gate."  # it stays legible
    with pytest.raises(Refused, match="copy-does-not-count"):
        copied(plant, 8, corrects=wrong)


def test_two_corrections_of_one_entry_the_second_is_too_late(plant: make.Plant) -> None:
    wrong = confirmed(plant)
    one, two = (copied(plant, 8 + n, corrects=wrong) for n in (0, 1))
    decisions.confirm_carried(entry=one, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="copy-does-not-count"):
        decisions.confirm_carried(entry=two, by=plant.bo, at=make.now())


def test_turned_down_with_a_reason_by_the_second_or_taken_back_by_the_first(plant: make.Plant) -> None:
    one, two = copied(plant), copied(plant)
    with pytest.raises(Refused, match="no-reason-given"):
        decisions.turn_down_carried(entry=one, because=" ", by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="no-office-that-confirms"):
        decisions.turn_down_carried(entry=one, because="No.", by=plant.eve, at=make.now())
    decisions.turn_down_carried(entry=one, because="Page 41 says Friday.", by=plant.bo, at=make.now())
    decisions.turn_down_carried(entry=two, because="Wrong page.", by=plant.ana, at=make.now())
    assert set(CarriedDecision.objects.values_list("refused_because", flat=True)) == {
        "Page 41 says Friday.",
        "Wrong page.",
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days=st.integers(min_value=-20_000, max_value=20_000))
def test_nothing_carried_over_is_dated_after_its_entry(plant: make.Plant, days: int) -> None:
    """Around the day of entering: it is copied exactly when that day has come, and otherwise nothing is stored."""
    day = today(plant) + datetime.timedelta(days=days)
    with transaction.atomic():
        refused: list[str] = []
        try:
            copied(plant, decided_on=day)
        except Refused as refusal:
            refused = [reason.code for reason in refusal.reasons]
        assert refused == (["still-to-come"] if days > 0 else [])
        stored = list(CarriedDecision.objects.values_list("decided_on", flat=True))
        assert stored == ([] if days > 0 else [day])
        transaction.set_rollback(True)
