"""A fall challenged and answered on the screen; what waits for whoever keeps the budget."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.budget import actions as budget
from coop.budget.models import Amendment, Challenge, Year
from coop.members.models import Member
from coop.pages.budget.duties import month_due
from tests import make, make_budget
from tests.make_budget import admitted, at, decided, in_session, item_for, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


def to(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def read(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'")


def fallen(plant: make.Plant) -> Amendment:
    year = make_budget.opened(plant)
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    less = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000}, title="More bags")
    make_budget.laid(plant, year)
    voted(more)
    less.refresh_from_db()
    return less


def test_it_is_challenged_and_answered_where_everybody_reads_it(plant: make.Plant) -> None:
    asked = fallen(plant)
    eve, kim = as_(plant.eve), as_(plant.kim)
    assert "Challenge that it fell" in read(eve.get(to("budget-amendment", asked.pk)))
    form = read(eve.get(to("budget-amendment-challenge", asked.pk)))
    assert "As the figures are now, the meeting can vote on it all the same." in form
    assert eve.post(to("budget-amendment-challenge", asked.pk), {"because": " "}).status_code == 422
    sent = eve.post(
        to("budget-amendment-challenge", asked.pk), {"because": "It only gives back."}, follow=True
    )
    assert "waits for the commission" in read(sent)
    again = eve.post(to("budget-amendment-challenge", asked.pk), {"because": "Once more."})
    assert (again.status_code, Challenge.objects.count()) == (409, 1)
    assert "Once more." in read(again)
    assert "A challenge to answer" in read(kim.get(to("home")))
    made = Challenge.objects.get()
    assert "It only gives back." in read(kim.get(to("budget-challenge-answer", made.pk)))
    assert kim.post(to("budget-challenge-answer", made.pk), {"answer": "No."}).status_code == 422
    typed = {"ruling": "right", "answer": "Nobody needs that gas."}
    told = read(kim.post(to("budget-challenge-answer", made.pk), typed, follow=True))
    assert "challenged with reason" in told
    assert "Nobody needs that gas." in told
    assert kim.post(to("budget-challenge-answer", made.pk), typed).status_code == 409
    assert "A challenge to answer" not in read(kim.get(to("home")))


def test_who_may_not(plant: make.Plant) -> None:
    asked = fallen(plant)
    made = budget.challenge_fall(amendment=asked, because="No.", by=plant.eve, at=make.now())
    assert as_(plant.lou).get(to("budget-challenge-answer", made.pk)).status_code == 404
    carried = Amendment.objects.get(state="carried")
    page = as_(plant.eve).get(to("budget-amendment-challenge", carried.pk))
    assert f"{carried.label} has not fallen." in read(page)
    assert "Challenge that it fell" not in read(as_(plant.eve).get(to("budget-amendment", carried.pk)))


def test_the_chair_takes_up_what_can_stand_again(plant: make.Plant) -> None:
    """What fell for want of money has no button until the money came back."""
    year = make_budget.opened(plant)
    big = admitted(plant, year, {"E-GAS": 5_000, "E-RES": -5_000}, title="Big")
    back = admitted(plant, year, {"E-GAS": -1_500, "E-RES": 1_500}, title="Back")
    late = admitted(plant, year, {"E-FLR": 1_200, "E-RES": -1_200}, title="Late")
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, big))
    bo = as_(plant.bo)
    standing = Amendment.objects.filter(year=year).in_bulk()
    assert [standing[one.pk].fell_because for one in (back, late)] == ["contrary", "source"]
    refused = bo.post(to("budget-amendment-want", late.pk))
    assert refused.status_code == 409
    assert f"{late.label} cannot be voted all the same." in read(refused)
    assert bo.post(to("budget-amendment-want", back.pk)).status_code == 302
    decided(plant, item_for(meeting, back))
    assert bo.post(to("budget-amendment-want", late.pk)).status_code == 302
    decided(plant, item_for(meeting, late))
    assert Amendment.objects.get(pk=late.pk).state == "carried"


def test_ten_days_after_a_month_its_figures_are_asked_for() -> None:
    asked = [
        month_due(datetime.date(2027, *day), 2027)
        for day in ((1, 5), (1, 31), (2, 10), (2, 11), (3, 10), (3, 11), (12, 31))
    ]
    assert asked == [0, 0, 0, 1, 1, 2, 11]
    assert month_due(datetime.date(2028, 1, 10), 2027) == 11
    assert month_due(datetime.date(2028, 1, 11), 2027) == 12
    assert month_due(datetime.date(2026, 12, 31), 2027) == 0


def test_a_month_that_was_not_entered_waits_for_the_keeper(plant: make.Plant) -> None:
    year = make_budget.opened(plant, ahead=make.now().year - at().year)
    year = budget.adopt(
        year=make_budget.put(plant, year), decision="D GA 2026-10", by=make_budget.CHAIR, at=at(60)
    )
    year = make_budget.running(plant, year)
    kim = as_(plant.kim)

    def asked() -> tuple[bool, int]:
        kim.get(to("home"))
        with CaptureQueriesContext(connection) as queries:
            words = read(kim.get(to("home")))
        return "A month to enter" in words, len(queries)

    month = month_due(make.now().date(), year.year)
    there, before = asked()
    assert there is bool(month)
    for each in range(1, month + 1):
        amounts = {"E-GAS": Decimal(5)}
        budget.enter_month(
            year=year, month=each, amounts=amounts, source="Ledger", by=plant.kim, at=make.now()
        )
    assert asked() == (False, before)
    assert Year.objects.get(pk=year.pk).state == "running"
