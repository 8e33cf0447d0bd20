"""Several amendments of a budget voted in one question, on the page that everybody follows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.budget.models import Amendment, InBloc, Year
from coop.meetings import actions as meetings
from tests import make, make_budget
from tests.make_budget import admitted, decided, fresh, in_session, item_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def asked(plant: make.Plant) -> list[Amendment]:
    """Two that clash, and two that nobody disputes; before an assembly in session."""
    year = make_budget.opened(plant)
    asked = [
        admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas"),
        admitted(plant, year, {"E-GAS": -1_000, "E-RES": 1_000}, title="Less gas"),
        admitted(plant, year, {"E-RES": -100, "E-BAG": 100}, title="Paper bags"),
        admitted(plant, year, {"I-CAK": 2_000, "E-BAG": 2_000}, title="More cakes"),
    ]
    make_budget.laid(plant, year)
    return [Amendment.objects.select_related("year").get(pk=one.pk) for one in asked]


def page(year: Year) -> str:
    return f"/bakery/budget/{year.pk}/vote/"


def together(year: Year) -> str:
    return f"/bakery/budget/{year.pk}/together/"


def test_whoever_chairs_ticks_them_and_a_member_takes_one_out(
    plant: make.Plant, asked: list[Amendment]
) -> None:
    gas, less, bags, cakes = asked
    meeting = in_session(plant, gas.year)
    bo, gus = make.sign_in(Client(), plant.bo), make.sign_in(Client(), plant.gus)
    offered = bo.get(page(gas.year))
    assert [one.amendment for one in offered.context["free"]] == [cakes, bags]
    assert offered.content.decode().count('name="together"') == 2
    assert gus.get(page(gas.year)).content.decode().count('name="together"') == 0
    assert gus.post(together(gas.year), {"together": [bags.pk, cakes.pk]}).status_code == 404

    refused = bo.post(together(gas.year), {"together": [bags.pk, less.pk, "x", "9" * 40]})
    assert refused.status_code == 409
    words = refused.content.decode()
    assert "A2 is voted by itself: something that waits clashes with it" in words
    assert f'value="{bags.pk}" checked' in words
    assert f'value="{cakes.pk}" checked' not in words

    answer = bo.post(together(gas.year), {"together": [bags.pk, cakes.pk]})
    assert answer["Location"] == page(gas.year)
    read = gus.get(page(gas.year)).content.decode()
    assert read.count("Voted in one question: A3 and A4.") == 2
    assert read.count("Vote on it by itself") == 2
    assert (
        "Vote on it by itself"
        not in make.sign_in(Client(), plant.people["max"]).get(page(gas.year)).content.decode()
    )
    desk = bo.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert desk.count("voted together with others, as A4") == 1

    answer = gus.post(f"/bakery/budget/amendments/{bags.pk}/singly/")
    assert answer["Location"] == page(gas.year)
    assert InBloc.objects.get(amendment=bags).out_by == plant.gus
    offered = bo.get(page(gas.year)).content.decode()  # the chair is not led to put it back unseen
    assert f'value="{cakes.pk}" checked' in offered
    assert (f'value="{bags.pk}"' in offered, f'value="{bags.pk}" checked' in offered) == (True, False)
    assert offered.count("somebody wanted it voted by itself") == 1
    again = gus.post(f"/bakery/budget/amendments/{bags.pk}/singly/")
    assert again.status_code == 409
    assert "A3 is voted by itself already." in again.content.decode()


def test_nothing_of_a_bloc_is_told_before_the_chair_tells_it(
    plant: make.Plant, asked: list[Amendment]
) -> None:
    gas, _less, bags, cakes = asked
    meeting = in_session(plant, gas.year)
    meetings.vote_in_bloc(year=fresh(gas.year), parts=[bags, cakes], by=plant.bo, at=make.now())
    gus = make.sign_in(Client(), plant.gus)
    decided(plant, item_for(meeting, gas))
    meetings.announce(item=item_for(meeting, gas), by=plant.bo, at=make.now())
    hall = f"/bakery/meetings/{meeting.pk}/hall/?item=3.1"
    words = gus.get(hall).content.decode()
    assert "Next, in one question:" in words
    decided(plant, item_for(meeting, cakes))
    told = {one.amendment: one.word for one in gus.get(page(gas.year)).context["standing"].votes}
    assert {told[bags], told[cakes]} == {"counted; the chair announces it"}
    agenda = gus.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "carried, together with others" not in agenda
    meetings.announce(item=item_for(meeting, cakes), by=plant.bo, at=make.now())
    told = {one.amendment: one.word for one in gus.get(page(gas.year)).context["standing"].votes}
    assert (told[bags], told[cakes]) == ("carried", "carried")
    agenda = gus.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "carried, together with others as A4" in agenda


def test_its_questions_do_not_grow_with_the_bloc(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = [admitted(plant, year, {"I-CAK": 10 + more, "E-BAG": 10 + more}) for more in range(8)]
    make_budget.laid(plant, year)
    in_session(plant, year)
    client = make.sign_in(Client(), plant.bo)
    asked = list(Amendment.objects.filter(pk__in=[one.pk for one in asked]).select_related("year"))

    def questions() -> int:
        client.get(page(year))
        with CaptureQueriesContext(connection) as found:
            client.get(page(year))
        return len(found)

    meetings.vote_in_bloc(year=fresh(year), parts=asked[:2], by=plant.bo, at=make.now())
    few = questions()
    meetings.vote_singly(amendment=asked[0], by=plant.gus, at=make.now())  # the other is left alone
    meetings.vote_in_bloc(year=fresh(year), parts=asked, by=plant.bo, at=make.now())
    assert questions() == few
