"""Meetings go on with the numbers of the old book, once two persons have looked at its last page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import LastInBook
from coop.members.models import Body
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def this_year(plant: make.Plant) -> int:
    return plant.cooperative.day_of(make.now()).year


def entered(plant: make.Plant, last: int = 4, **more: Any) -> LastInBook:
    facts = {
        "body": plant.assembly,
        "year": this_year(plant),
        "last": last,
        "source": "Book of minutes 3, page 212",
        "by": plant.ana,
        "at": make.now(),
    }
    return meetings.go_on_from_book(**{**facts, **more})


def confirmed(plant: make.Plant, last: int = 4, **more: Any) -> LastInBook:
    entry = entered(plant, last, **more)
    meetings.confirm_last(entry=entry, by=plant.bo, at=make.now())
    return entry


def called(plant: make.Plant) -> str:
    return make.convened_meeting(plant, starts_at=make.now(), motions=[]).label


def test_the_first_meeting_called_here_goes_on_and_the_next_after_it(plant: make.Plant) -> None:
    confirmed(plant)
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.subject_label) == ("last-number-confirmed", f"GA {this_year(plant)}-4")
    assert [called(plant) for _ in range(2)] == [f"GA {this_year(plant)}-{number}" for number in (5, 6)]


def test_without_a_second_signature_or_turned_down_it_counts_for_nothing(plant: make.Plant) -> None:
    entered(plant, 4)
    meetings.turn_down_last(entry=entered(plant, 8), because="Page 212 says 4.", by=plant.bo, at=make.now())
    assert called(plant) == f"GA {this_year(plant)}-1"


def test_another_year_and_another_body_count_for_themselves(plant: make.Plant) -> None:
    confirmed(plant, 40, year=this_year(plant) - 1)
    confirmed(plant, 50, body=Body.objects.get(cooperative=plant.cooperative, code="ADM"))
    assert called(plant) == f"GA {this_year(plant)}-1"


def test_entered_again_the_latest_counts(plant: make.Plant) -> None:
    confirmed(plant, 40)
    confirmed(plant, 4)
    assert called(plant) == f"GA {this_year(plant)}-5"


def test_what_was_called_here_keeps_its_number(plant: make.Plant) -> None:
    waiting = entered(plant)
    called(plant)
    with pytest.raises(Refused, match=rf"numbers-begun-here \(label=GA {this_year(plant)}-1\)"):
        meetings.confirm_last(entry=waiting, by=plant.bo, at=make.now())
    with pytest.raises(Refused, match="numbers-begun-here"):
        entered(plant)


def test_two_persons_are_needed_and_the_second_has_an_office(plant: make.Plant) -> None:
    entry = entered(plant)
    with pytest.raises(Refused, match="confirm-needs-somebody-else"):
        meetings.confirm_last(entry=entry, by=plant.ana, at=make.now())
    for who in (plant.dee, plant.eve, make.plant("quarry").bo):
        with pytest.raises(Refused, match=r"no-office-that-confirms|not-of-this-cooperative"):
            meetings.confirm_last(entry=entry, by=who, at=make.now())
    meetings.confirm_last(entry=entry, by=plant.cy, at=make.now())
    with pytest.raises(Refused, match="entry-settled"):
        meetings.turn_down_last(entry=entry, because="No.", by=plant.bo, at=make.now())


@pytest.mark.parametrize("who", ["bo", "cy", "dee", "eve"])
def test_only_the_keeper_of_the_archive_enters(plant: make.Plant, who: str) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        entered(plant, by=plant.people[who])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(years=st.integers(min_value=-60, max_value=60), last=st.integers(min_value=-5, max_value=1_200))
def test_no_year_to_come_and_no_number_that_no_book_has(plant: make.Plant, years: int, last: int) -> None:
    with transaction.atomic():
        refused: list[str] = []
        try:
            entered(plant, last, year=this_year(plant) + years)
        except Refused as refusal:
            refused = [reason.code for reason in refusal.reasons]
        wanted = ["still-to-come"] * (years > 0) + ["meeting-number-out-of-range"] * (not 1 <= last <= 999)
        assert refused == wanted
        assert LastInBook.objects.count() == (0 if wanted else 1)
        transaction.set_rollback(True)
