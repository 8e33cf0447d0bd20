"""A delegate who works elsewhere leaves the seat at the end of the month; whoever is moved by nobody keeps it."""

from __future__ import annotations

import datetime

import pytest

from coop.elections import actions as elections
from coop.elections.rules.moving_away import seat_empty_from
from coop.meetings.due import seats_of_the_moved
from coop.members import actions as members
from coop.members.models import Department, Mandate
from coop.refusals import Refused
from tests import make, make_offices

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 12)
NOON = datetime.datetime(2026, 5, 12, 15, tzinfo=datetime.UTC)
JUNE = datetime.datetime(2026, 6, 1, 15, tzinfo=datetime.UTC)


@pytest.fixture
def plant() -> make.Plant:
    """Pia coordinates packing since January 2026; Quin is her alternate."""
    made = make_offices.plant()
    for one in Mandate.objects.filter(member__in=[made.people["pia"], made.people["quin"]]):
        members.end_mandate(mandate=one, ended="resigned", document="x", by=make.FOUNDING, at=make.now())
    return made


def held(plant: make.Plant) -> Mandate:
    seats = {seat.alternate: seat for seat in make_offices.office(plant).seats.all()}
    body = seats[False].office.body
    office = members.create_office(
        body=body,
        title="delegate of packing",
        seats=[(alternate, None, seats[False].department) for alternate in (False, True)],
        term_months=12,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    january = datetime.datetime(2026, 1, 5, 15, tzinfo=datetime.UTC)
    first, second = office.seats.all()
    make_offices.hold(second, plant.people["quin"], since=january)
    return make_offices.hold(first, plant.people["pia"], since=january)


def move(plant: make.Plant, to: str, day: datetime.date = DAY) -> None:
    moment = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
    members.give_consent(to="move", by=plant.people["pia"], at=moment)
    department = Department.objects.get(cooperative=plant.cooperative, code=to)
    members.move(
        member=plant.people["pia"],
        department=department,
        crew=None,
        since=day,
        reason="",
        by=plant.cy,
        at=moment,
    )


def tasks(at: datetime.datetime) -> list[str]:
    found = list(seats_of_the_moved(at))
    for task in found:
        task.act()
    return [task.says for task in found]


def test_the_seat_is_theirs_to_the_end_of_the_month(plant: make.Plant) -> None:
    mandate = held(plant)
    assert seat_empty_from(mandate, DAY) is None
    move(plant, "OVN")
    assert seat_empty_from(mandate, DAY) == datetime.date(2026, 6, 1)
    last = JUNE - datetime.timedelta(days=1)
    assert tasks(last) == []
    with pytest.raises(Refused, match="works-with-the-electors"):
        elections.empty_seat_of_the_moved(mandate=mandate, at=last)
    assert tasks(JUNE) == [f"seat empty: member {mandate.member.number} works elsewhere"]
    mandate.refresh_from_db()
    moved_up = Mandate.objects.get(seat=mandate.seat, begun="moved_up")
    assert (mandate.ended, moved_up.member, moved_up.since) == (
        "moved_away",
        plant.people["quin"],
        mandate.until,
    )
    assert tasks(JUNE) == []


def test_who_comes_back_in_time_keeps_it(plant: make.Plant) -> None:
    mandate = held(plant)
    move(plant, "OVN")
    move(plant, "PAC", DAY + datetime.timedelta(days=9))
    assert (seat_empty_from(mandate, JUNE.date()), tasks(JUNE)) == (None, [])


def test_an_office_of_everybody_is_kept(plant: make.Plant) -> None:
    mandate = Mandate.objects.get(member=plant.ana)
    members.give_consent(to="move", by=plant.ana, at=NOON)
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    members.move(member=plant.ana, department=packing, crew=None, since=DAY, reason="", by=plant.cy, at=NOON)
    assert (seat_empty_from(mandate, JUNE.date()), tasks(JUNE)) == (None, [])
