"""Terms that end, the warning of it, and who has held an office over the years and may hold it again."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.charter.models import Bylaws
from coop.elections import actions as elections
from coop.elections.models import Election
from coop.elections.terms_in_a_row import free_from
from coop.elections.who_when import who_becomes_free
from coop.members import actions as members
from coop.members.models import Body, Mandate, Office, Seat
from coop.members.terms import months_later
from tests import make, make_offices

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def plant() -> make.Plant:
    """Pia's term ends in 65 days."""
    return make_offices.plant(bylaws={"term_warning_days": 70, "seniority_delegates_months": 6})


def read(plant: make.Plant, who: str, name: str, *more: object) -> str:
    answer = make.sign_in(Client(), plant.people[who]).get(reverse(name, args=["bakery", *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def day(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def test_what_ends_soon_is_marked_and_the_commission_calls_from_there(plant: make.Plant) -> None:
    seat = Seat.objects.get(office=make_offices.office(plant), alternate=False)
    told = read(plant, "gus", "terms")
    address = reverse("election-call", args=["bakery"]) + f"?seat={seat.pk}"
    assert f'href="{address}"' in told
    assert "no election called" in told
    assert "election-call" not in read(plant, "eve", "terms")
    eve, terms = make.sign_in(Client(), plant.eve), reverse("terms", args=["bakery"])
    found = [
        len(eve.get(terms, {"words": looked_for}).context["rows"])
        for looked_for in ("PACKING pia", "coördinator of packing", "packing zzz")
    ]
    assert found == [1, 1, 0]
    assert address not in read(plant, "eve", "terms")
    form = make.sign_in(Client(), plant.gus).get(address).content.decode()
    assert f'value="{seat.pk}"' in form
    assert "checked" in form


def test_the_front_page_warns_the_commission_alone(plant: make.Plant) -> None:
    assert "One seat to be elected anew" in read(plant, "gus", "home")
    for who in ("ana", "eve"):
        assert "to be elected anew" not in read(plant, who, "home")


def test_an_election_that_is_called_ends_the_warning(plant: make.Plant) -> None:
    elections.call_election(
        title="Coordinator",
        contests=[(list(make_offices.office(plant).seats.all()), "plurality")],
        vote_on=day(plant) + 50 * DAY,
        begins_on=day(plant) + 60 * DAY,
        by=plant.gus,
        at=make.now(),
    )
    told = read(plant, "gus", "terms")
    assert Election.objects.get().label in told
    assert "no election called" not in told
    assert "to be elected anew" not in read(plant, "gus", "home")


def council(plant: make.Plant, seats: int = 2) -> Office:
    """Delegates without a place, each beginning thirty days after the last."""
    body = Body.objects.get(cooperative=plant.cooperative, code="MGT")
    office = members.create_office(
        body=body, title=f"delegate of {seats}", seats=[(False, None, None)] * seats, term_months=12,
        by=make.FOUNDING, at=make.FOUNDED,
    )  # fmt: skip
    for place, seat in enumerate(office.seats.all()):
        who = list(plant.people.values())[place % 12]
        make_offices.hold(seat, who, since=make.now() - (200 + 5 * place) * DAY)
    return office


def test_seats_of_different_days_are_renewed_in_parts(plant: make.Plant) -> None:
    """An election may take one of them: the other holder stays."""
    office = council(plant)
    assert "Renewed in parts" in read(plant, "gus", "terms")
    first, second = office.seats.order_by("number")
    made = elections.call_election(
        title="Half of the council",
        contests=[([first], "plurality")],
        vote_on=day(plant) + 50 * DAY,
        begins_on=day(plant) + 60 * DAY,
        by=plant.gus,
        at=make.now(),
    )
    assert [one.seat for one in made.contests.get().seats.all()] == [first]
    told = read(plant, "gus", "terms")
    assert f"?seat={second.pk}" in told
    assert f"?seat={first.pk}" not in told


def test_who_may_hold_it_again_and_when(plant: make.Plant) -> None:
    """Rest, bar and time as a member; the same days as whoever stands is told."""
    pia, office = plant.people["pia"], make_offices.office(plant)
    bylaws = Bylaws.in_force(plant.cooperative, day(plant))
    now = make_offices.mandate(pia)
    make_offices.hold(now.seat, pia, since=now.since - 366 * DAY)
    newcomer = make.member(plant.cooperative, 77, "Zoe", joined=day(plant) - 10 * DAY)
    free = {one.member.name: (one.day, one.why) for one in who_becomes_free(office, day(plant), bylaws)}
    assert now.until is not None
    rest = months_later(plant.cooperative.day_of(now.until), bylaws.rest_months)
    assert free_from(pia, office, day(plant), bylaws) == rest
    assert free["Pia"] == (rest, "rest")
    assert free["Zoe"] == (months_later(newcomer.joined, 6), "time")
    assert free.keys() == {"Pia", "Zoe"}
    assert "rest after terms in a row" in read(plant, "eve", "office-rotation", office.pk)


def test_a_recall_bars_until_the_end_of_the_term(plant: make.Plant) -> None:
    make_offices.voted_on_paper(plant, 3, 1)
    office = make_offices.office(plant)
    bylaws = Bylaws.in_force(plant.cooperative, day(plant))
    (one,) = who_becomes_free(office, day(plant), bylaws)
    since = plant.cooperative.day_of(Mandate.objects.get(ended="recalled").since)
    assert (one.member.name, one.why, one.day) == ("Pia", "bar", months_later(since, 12))
    told = read(plant, "eve", "office-rotation", office.pk)
    assert "bar after a recall" in told
    assert "moved up as alternate" in told
    assert "Packing: 2" in told
    assert told.count('<line class="bar__fill"') == 2


@pytest.mark.parametrize(
    ("who", "reads"), [("gus", True), ("dee", True), ("pia", True), ("ana", False), ("quin", False)]
)
def test_why_somebody_resigned_is_read_by_few(plant: make.Plant, who: str, reads: bool) -> None:
    office, pia = make_offices.office(plant), plant.people["pia"]
    elections.resign(mandate=make_offices.mandate(pia), because="The nights.", by=pia, at=make.now())
    assert ("Said: The nights." in read(plant, who, "office-rotation", office.pk)) is reads


def test_no_list_grows_its_questions(plant: make.Plant) -> None:
    asked = []
    make.member(plant.cooperative, 77, "Zoe", joined=day(plant) - 10 * DAY)
    for seats in (1, 30):
        office = council(plant, seats)
        for name, more in (("terms", []), ("office-rotation", [office.pk])):
            read(plant, "gus", name, *more)
            with CaptureQueriesContext(
                connection,
            ) as found:
                read(plant, "gus", name, *more)
            asked.append(len(found))
    assert asked[:2] == asked[2:]


def test_another_house_is_not_there(plant: make.Plant) -> None:
    other = make.plant("mill")
    key = Office.objects.filter(body__cooperative=other.cooperative)[0].pk
    answer = make.sign_in(Client(), plant.gus).get(reverse("office-rotation", args=["bakery", key]))
    assert answer.status_code == 404
