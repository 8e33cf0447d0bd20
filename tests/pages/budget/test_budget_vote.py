"""The vote on a budget, followed along by everybody; put on an agenda, put in another order, taken up again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.budget.models import Amendment, OrderMove, Year
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from tests import make, make_budget
from tests.make_budget import admitted, at, decided, fresh, in_session, item_for

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def year(plant: make.Plant) -> Year:
    return make_budget.opened(plant)


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


@pytest.fixture
def bo(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.bo)


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def page(year: Year) -> str:
    return f"/bakery/budget/{year.pk}/vote/"


def asked_for(plant: make.Plant, year: Year) -> tuple[Amendment, Amendment, Amendment]:
    """The furthest, one that pulls the other way, and a small one."""
    return (
        admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas"),
        admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000}, title="More bags"),
        admitted(plant, year, {"E-RES": -2_000, "E-BAG": 2_000}, title="Paper bags"),
    )


def put_again(asked: Amendment) -> Amendment:
    return Amendment.objects.select_related("year").get(pk=asked.pk)


# --- Followed along -------------------------------------------------------------------------------------------------


def test_before_it_is_put_there_is_no_vote_to_follow(plant: make.Plant, year: Year, lou: Client) -> None:
    assert lou.get(page(year)).status_code == 404


def test_everybody_reads_the_totals_the_next_and_where_each_stands(
    plant: make.Plant, year: Year, lou: Client
) -> None:
    large, _contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    in_session(plant, year)
    answer = lou.get(page(year))
    words = answer.content.decode()
    assert answer.context["figures"] == {
        "income": "120,000",
        "expense": "120,000",
        "reserve": "10,000",
        "above": "6,000",
        "floor": "4,000",
        "even": True,
        "below": False,
    }
    assert answer.context["next"].amendment == large
    assert [(one.item.place, one.amendment.short, one.word) for one in answer.context["standing"].votes] == [
        ("3.1", "A1", "waits for its vote"),
        ("3.2", "A3", "waits for its vote"),
        ("3.3", "A2", "waits for its vote"),
    ]
    assert "It moves 6,000 in all, more than what follows." in words
    assert 'hx-trigger="every 5s"' in words
    assert "Put it elsewhere in the order" not in words
    assert lou.get(page(year), headers=HTMX).content.decode().count("<html") == 0
    assert small.short in words


def test_a_result_counts_only_once_the_chair_has_told_it(plant: make.Plant, year: Year, lou: Client) -> None:
    large, contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, large))
    before = lou.get(page(year))
    assert [(one.amendment, one.word) for one in before.context["standing"].votes] == [
        (large, "counted; the chair announces it"),
        (small, "waits for its vote"),
        (contrary, "waits for its vote"),
    ]
    hall = f"/bakery/meetings/{meeting.pk}/hall/?item=3.1"
    assert [one.amendment for one in lou.get(hall).context["budget"]["carried"]] == []
    meetings.announce(item=item_for(meeting, large), by=plant.bo, at=make.now())
    after = lou.get(page(year))
    assert [(one.amendment, one.word) for one in after.context["standing"].votes] == [
        (large, "carried"),
        (small, "waits for its vote"),
        (contrary, "fallen"),
    ]
    assert "A1 was carried and pulls a line the other way." in after.content.decode()
    screen = lou.get(hall)
    assert [one.amendment for one in screen.context["budget"]["carried"]] == [large]
    assert [one.amendment for one in screen.context["budget"]["waits"]] == [small]
    assert "Carried:" in screen.content.decode()


def test_carried_money_is_in_the_totals_and_the_lock_on_the_page(
    plant: make.Plant, year: Year, lou: Client
) -> None:
    large, _contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    for one in (large, small, None):
        decided(plant, item_for(meeting, one))
        meetings.announce(item=item_for(meeting, one), by=plant.bo, at=make.now())
    answer = lou.get(page(year))
    assert (answer.context["figures"]["reserve"], answer.context["figures"]["above"]) == ("8,000", "4,000")
    words = answer.content.decode()
    assert fresh(year).hash in words.replace(" ", "").replace("\u00a0", "") or fresh(year).hash[:4] in words
    assert answer.context["state"] == ("adopted", "yes")


def test_the_agenda_and_the_minutes_say_why_one_fell(plant: make.Plant, year: Year, ana: Client) -> None:
    large, contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, large))
    untold = ana.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "pulls a line the other way" not in untold
    meetings.announce(item=item_for(meeting, large), by=plant.bo, at=make.now())
    words = ana.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "A1 was carried and pulls a line the other way." in words
    desk = ana.get(f"/bakery/meetings/{meeting.pk}/session/").content.decode()
    assert "Fallen" in desk or "fallen" in desk
    minutes = ana.get(f"/bakery/meetings/{meeting.pk}/minutes/").content.decode()
    assert "It fell. A1 was carried and pulls a line the other way." in minutes
    assert contrary.short in words
    assert small.short in words


def test_its_questions_do_not_grow_with_the_amendments(plant: make.Plant, year: Year, lou: Client) -> None:
    def questions(year: Year) -> int:
        lou.get(page(year))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert lou.get(page(year)).status_code == 200
        return len(asked)

    admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    make_budget.laid(plant, year)
    one = questions(year)
    other = make_budget.opened(plant, ahead=2)
    for number in range(30):
        admitted(plant, other, {"E-GAS": 10 + number, "E-FLR": -10 - number})
    make_budget.laid(plant, other)
    assert questions(other) <= one


# --- On an agenda ---------------------------------------------------------------------------------------------------


def test_whoever_calls_the_assembly_puts_it_on_a_draft(
    plant: make.Plant, year: Year, ana: Client, lou: Client
) -> None:
    asked_for(plant, year)
    make_budget.laid(plant, year)
    address = f"/bakery/budget/{year.pk}/agenda/"
    assert lou.get(address).status_code == 404
    assert "No assembly is being prepared" in ana.get(address).content.decode()
    assert "A budget for the agenda" in ana.get("/bakery/").content.decode()
    assert "A budget for the agenda" not in lou.get("/bakery/").content.decode()
    meeting = make.draft_meeting(plant)
    assert "Put it on an agenda" in ana.get(page(year)).content.decode()
    wrong = ana.post(address, {"meeting": "999999", "planned_minutes": "60"})
    assert wrong.status_code == 422
    answer = ana.post(address, {"meeting": str(meeting.pk), "planned_minutes": "90"})
    assert answer["Location"] == f"/bakery/meetings/{meeting.pk}/"
    assert [item.place for item in meeting.items.filter(number=3)] == ["3", "3.1", "3.2", "3.3"]
    assert meeting.items.get(number=3, part=0).planned_minutes == 90
    draft = ana.get(answer["Location"]).content.decode()
    assert draft.count("Take off") == 3  # the parts have no button of their own
    assert "There is nothing to put on" in ana.get(address).content.decode()


# --- In the order of voting -----------------------------------------------------------------------------------------


def test_whoever_chairs_puts_one_elsewhere_with_a_reason(
    plant: make.Plant, year: Year, bo: Client, ana: Client
) -> None:
    large, _contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    address = f"/bakery/budget/amendments/{small.pk}/move/"
    alone = bo.post(address, {"chosen": str(large.pk), "because": "It is quick."})
    assert alone.status_code == 409
    assert "It stands on no agenda" in alone.content.decode()
    assert "It is quick." in alone.content.decode()
    meeting = in_session(plant, year)
    assert "Put it elsewhere in the order" in bo.get(page(year)).content.decode()
    assert ana.get(address).status_code == 404
    assert bo.post(address, {"chosen": str(large.pk), "because": ""}).status_code == 422
    answer = bo.post(address, {"chosen": str(large.pk), "because": "It is quick."})
    assert answer["Location"] == page(year)
    assert OrderMove.objects.get().because == "It is quick."
    assert item_for(meeting, small).place == "3.1"
    assert "It is quick." in bo.get(page(year)).content.decode()


def test_whoever_chairs_takes_up_what_the_meeting_wants(plant: make.Plant, year: Year, bo: Client) -> None:
    large, contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, large))
    meetings.announce(item=item_for(meeting, large), by=plant.bo, at=make.now())
    words = bo.get(page(year)).content.decode()
    assert "The meeting votes on it all the same" in words
    refused = bo.post(f"/bakery/budget/amendments/{small.pk}/want/")
    assert refused.status_code == 409
    answer = bo.post(f"/bakery/budget/amendments/{contrary.pk}/want/")
    assert answer["Location"] == page(year)
    assert put_again(contrary).state == "admitted"


def test_what_is_not_its_turn_is_refused_in_a_sentence(plant: make.Plant, year: Year, bo: Client) -> None:
    _large, contrary, small = asked_for(plant, year)
    make_budget.laid(plant, year)
    meeting: Meeting = in_session(plant, year)
    place = item_for(meeting, contrary).place
    words = bo.post(f"/bakery/meetings/{meeting.pk}/items/{place}/vote/", {"way": "screens"})
    assert words.status_code == 409
    assert "A1 is voted before it. Whoever chairs may put it elsewhere in the order" in words.content.decode()
    assert at() < make.now()
    assert small.short == "A3"


def test_the_desk_leads_to_the_vote_once(plant: make.Plant, year: Year, bo: Client) -> None:
    asked_for(plant, year)
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    desk = bo.get(f"/bakery/meetings/{meeting.pk}/session/").content.decode()
    assert desk.count(f'href="{page(year)}"') == 1
    assert f"The vote on {year.label}" in desk
