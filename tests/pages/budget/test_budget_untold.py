"""What the assembly has voted on a budget is told on no page of it before the chair announces it."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.budget.models import Amendment, Year
from coop.budget.untold import SETTLED
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from tests import make, make_budget
from tests.make_budget import admitted, decided, fresh, in_session, item_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def year(plant: make.Plant) -> Year:
    return make_budget.opened(plant)


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


def told(client: Client, year: Year, *asked: Amendment) -> dict[str, str]:
    """What each page of a budget says, by its name."""
    kept = f"/bakery/budget/{year.pk}/"
    pages = {
        "years": "/bakery/budget/",
        "year": kept,
        "plainly": f"{kept}plainly/",
        "csv": f"{kept}csv/",
        "line": f"{kept}lines/E-GAS/",
        "table": f"{kept}table/",
        "order": f"{kept}order/",
        **{one.short: f"/bakery/budget/amendments/{one.pk}/" for one in asked},
    }
    answers = {name: client.get(address) for name, address in pages.items()}
    assert {name: one.status_code for name, one in answers.items() if one.status_code != 200} == {}
    return {name: one.content.decode() for name, one in answers.items()}


def announce(plant: make.Plant, meeting: Meeting, asked: Amendment | None) -> None:
    meetings.announce(item=item_for(meeting, asked), by=plant.bo, at=make.now())


def test_an_amendment_waits_on_every_page_until_its_result_is_told(
    plant: make.Plant, year: Year, lou: Client
) -> None:
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    less = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000}, title="Less gas")
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    before = told(lou, year, more, less)
    decided(plant, item_for(meeting, more))
    assert told_again(before, told(lou, year, more, less)) == []
    announce(plant, meeting, more)
    after = told(lou, year, more, less)
    assert told_again(before, after) == ["A1", "A2", "csv", "line", "order", "plainly", "table", "year"]
    assert "33,000" in after["year"]
    assert "fallen" in after["A2"]


def told_again(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Pages whose figures or states have changed: what stands between their tags, without codes of forms."""

    def words(page: str) -> list[str]:
        if "<html" not in page:
            return [page]
        return [
            part.partition(">")[2].strip()
            for part in page.split("<")
            if not part.startswith(("script", "style"))
        ]

    return sorted(name for name in before if words(before[name]) != words(after[name]))


def test_a_budget_is_adopted_on_its_pages_when_it_is_told(plant: make.Plant, year: Year, lou: Client) -> None:
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, more))
    announce(plant, meeting, more)
    before = told(lou, year)
    decided(plant, item_for(meeting, None))
    assert fresh(year).state == "adopted"
    assert told_again(before, told(lou, year)) == []
    announce(plant, meeting, None)
    after = told(lou, year)
    assert "adopted" in after["year"]
    assert told_again(before, after) != []


def test_when_the_meeting_is_over_it_is_told_without_a_word_of_the_chair(
    plant: make.Plant, year: Year, lou: Client
) -> None:
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000}, title="More gas")
    make_budget.laid(plant, year)
    meeting = in_session(plant, year)
    decided(plant, item_for(meeting, more))
    assert "33,000" not in told(lou, year)["year"]
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CLOSED, closed_at=make.now())
    assert "33,000" in told(lou, year)["year"]


def test_every_state_that_a_vote_leaves_is_one_that_waits_to_be_told() -> None:
    never = {"draft", "submitted", "admitted", "withdrawn", "not_put"}
    assert set(Amendment.State.values) - never == set(SETTLED)
