"""Questions put together once for everybody: each reader gets what the question itself gives, or nothing is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from coop.meetings.models import Action, Meeting
from coop.members.models import Mandate, Member
from coop.pages import asked_here
from coop.pages.access import Here, acting
from coop.pages.asked_here import asked
from coop.pages.belonging import bodies_of
from coop.pages.councils import reports_back
from coop.pages.desks import waits
from coop.pages.minutes import duties as minutes_duties
from coop.pages.shifts import sheets as shift_sheets
from coop.pages.tasks import tasks
from coop.pages.votes import waiting as votes_waiting
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    asked_here._kept.clear()
    yield
    asked_here._kept.clear()


def place(who: Member, at: datetime.datetime | None = None) -> Here:
    return Here(who.cooperative, who, at or make.now(), demo=False)


def wordings() -> list[Any]:
    return list(asked_here._kept.values())


# --- To each their own ----------------------------------------------------------------------------------------------

EVERY = waits.of_reader((True,) * len(waits.TOGETHER))
QUESTIONS = [
    EVERY,
    votes_waiting._mine,
    waits.own_drafts,
    minutes_duties.unsigned,
    reports_back.untold,
    reports_back.unread,
    shift_sheets._next_to_read,
    tasks.due_soon,
]


def test_each_reader_of_the_front_page_gets_their_own(plant: make.Plant) -> None:
    """In two houses, by people with and without an office; in turn, so that each finds what another one left."""
    other = make.plant("forge")
    for one in (plant, other):
        make.open_vote(one)
        make.published_motion(one, title="Showers")
        make.motion(one, title="Only mine")
    readers = [one for house in (plant, other) for one in (house.eve, house.ida, house.cy, house.hal)]
    for question in QUESTIONS:
        for reader in readers:
            here = place(reader)
            assert asked(here, question) == list(question(here)), (question, reader.name)
    assert all(found is not None for found in wordings())  # each of them could be kept


def test_the_front_page_finds_what_each_list_holds(plant: make.Plant) -> None:
    make.open_vote(plant)
    make.motion(plant)
    for reader, drafts in ((plant.eve, True), (plant.hal, False)):
        here = place(reader)
        [found] = asked(here, EVERY)
        assert found["drafts"] is drafts
        assert {name: found[name] for name in waits.LISTS} == {
            name: rows(here).exists() for name, rows in waits.LISTS.items()
        }
        assert found["bodies"] == [body.pk for body in bodies_of(here)] != []
        assert len(found["lines"]) == 1


def test_a_second_asking_puts_nothing_together(plant: make.Plant) -> None:
    asked(place(plant.eve), votes_waiting._mine)
    kept = wordings()
    asked(place(plant.gus), votes_waiting._mine)
    assert wordings() == kept
    assert len(kept) == 1


def coming(here: Here) -> QuerySet[Meeting]:
    return Meeting.objects.filter(cooperative=here.cooperative, body__in=bodies_of(here))


def with_sittings(here: Here) -> QuerySet[Meeting]:
    return coming(here).prefetch_related("sittings")


def test_what_is_fetched_beforehand_comes_along(plant: make.Plant) -> None:
    make.open_vote(plant)
    [meeting] = asked(place(plant.eve), with_sittings)
    with CaptureQueriesContext(connection) as queries:
        assert [sitting.meeting_id for sitting in meeting.sittings.all()] == [meeting.pk]
    assert len(queries) == 0


# --- The hour, with a distance --------------------------------------------------------------------------------------


def last_week(here: Here) -> QuerySet[Mandate]:
    return Mandate.objects.filter(since__gt=here.at - datetime.timedelta(days=7), member=acting(here))


def test_so_many_days_before_the_hour(plant: make.Plant) -> None:
    mandate = Mandate.objects.select_related("member__cooperative").latest("since")
    for days, found in ((6, True), (8, False)):
        at = mandate.since + make.days(days)
        assert (mandate.pk in [one.pk for one in asked(place(mandate.member, at), last_week)]) is found
    [wording] = wordings()
    assert wording is not None


def actions_by_then(here: Here) -> QuerySet[Action]:
    return Action.objects.filter(due_on__lte=here.day + datetime.timedelta(days=3), owner=acting(here))


def test_a_day_keeps_its_distance(plant: make.Plant) -> None:
    here = place(plant.eve)
    asked(here, actions_by_then)
    [wording] = wordings()
    filled = [asked_here._fill(one, asked_here._values(here)) for one in wording.question.places]
    assert filled == [here.day + datetime.timedelta(days=3), plant.eve.pk]


# --- What hangs on anything else is put together each time ----------------------------------------------------------


def of_my_number(here: Here) -> QuerySet[Member]:
    return Member.objects.filter(number=acting(here).number, cooperative=here.cooperative)


def of_this_year(here: Here) -> QuerySet[Meeting]:
    return Meeting.objects.filter(cooperative=here.cooperative, year=here.day.year)


def since_midnight(here: Here) -> QuerySet[Meeting]:
    midnight = here.at.replace(hour=0, minute=0)
    return Meeting.objects.filter(closed_at__gte=midnight)


def asks_itself(here: Here) -> QuerySet[Mandate]:
    return Mandate.objects.filter(pk__in=list(Mandate.objects.values_list("pk", flat=True)))


def founders_only(here: Here) -> QuerySet[Member]:
    found = Member.objects.filter(cooperative=here.cooperative)
    return found.filter(number=1) if acting(here).founder else found


@pytest.mark.parametrize("question", [of_my_number, of_this_year, since_midnight, asks_itself, founders_only])
def test_other_values_are_not_kept(plant: make.Plant, question: Any) -> None:
    for reader in (plant.eve, plant.gus):
        here = place(reader)
        assert asked(here, question) == list(question(here))
    assert wordings() == [None]


def test_a_question_that_nobody_can_answer_asks_nothing(plant: make.Plant) -> None:
    with CaptureQueriesContext(connection) as queries:
        here = place(plant.eve)
        assert here.powers.held == frozenset()
        before = len(queries)
        assert asked(here, lambda _here: Mandate.objects.none()) == []
        assert len(queries) == before


# --- Powers and bylaws ----------------------------------------------------------------------------------------------


def over_mine(here: Here) -> QuerySet[Meeting]:
    return Meeting.objects.filter(here.powers.over("chair"), cooperative=here.cooperative)


def test_whoever_has_other_powers_has_other_words(plant: make.Plant) -> None:
    """The powers stand in the words themselves: nobody is answered with those of somebody else."""
    meeting = make.convened_meeting(plant)
    chairs = [one for one in plant.people.values() if any(p == "chair" for p, _b in place(one).powers.held)]
    assert chairs
    assert asked(place(plant.eve), over_mine) == []
    assert asked(place(chairs[0]), over_mine) == [meeting]
    assert asked(place(plant.eve), over_mine) == []


def test_other_bylaws_are_other_words(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where minutes are approved by vote nobody is asked to sign; before they were, some were."""
    here = place(plant.eve)
    asked(here, minutes_duties.unsigned)
    assert len(wordings()) == 2  # that it looks at the bylaws, and the words by these
    monkeypatch.setattr(minutes_duties, "by_vote", lambda _bylaws: True)
    later = place(plant.eve)
    later.bylaws.pk += 1
    assert asked(later, minutes_duties.unsigned) == []
    assert [type(one).__name__ for one in wordings()] == ["object", "_Wording", "_Nothing"]
