"""The pages of funds: from setting money aside to the last bill, with what was typed kept and reasons in words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.budget.models import Fund, Project
from coop.members.models import Member
from tests import make, make_funds
from tests.make_funds import cast, checked, closed, count, opened, put_forward, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_funds.plant()


def address(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def page(who: Member, name: str, *keys: Any) -> str:
    answer = as_(who).get(address(name, *keys))
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def posted(who: Member, name: str, *keys: Any, **data: Any) -> Any:
    return as_(who).post(address(name, *keys), data)


def words(answer: Any) -> str:
    return str(answer.content.decode().replace("&#x27;", "'"))


PROJECT = {
    "title": "Roof",
    "words": "It drips.",
    "place": "Hall 2",
    "cost": "5.000,00",
    "proof": "Offer 3",
    "person": "",
}


def test_a_fund_is_set_up_on_its_page(plant: make.Plant) -> None:
    year = make_funds.adopted(plant)
    day = plant.cooperative.day_of(make.now()) + datetime.timedelta(9)
    given = {
        "line": year.lines.get(code="E-BAG").pk,
        "title": "What we need",
        "words": "For what makes work easier.",
        "amount": "10,000.00",
        "method": "shares",
        "checked_by": make_funds.commission(plant).pk,
        "projects_until": day.isoformat(),
    }
    assert posted(plant.eve, "fund-set-up", **given).status_code == 404
    wrong = posted(plant.kim, "fund-set-up", **given | {"threshold": "2"})
    assert wrong.status_code == 409
    assert "not by equal shares" in words(wrong)
    assert "For what makes work easier." in words(wrong)
    assert posted(plant.kim, "fund-set-up", **given | {"amount": "1.000"}).status_code == 422
    made = posted(plant.kim, "fund-set-up", **given)
    fund = Fund.objects.get()
    assert (made.status_code, made["Location"]) == (302, address("fund", fund.pk))
    assert (fund.amount, fund.method, fund.projects_until) == (10_000, "shares", day)
    assert fund.label in page(plant.lou, "funds")
    told = page(plant.lou, "fund", fund.pk)
    assert "10,000 UC" in told
    assert "Put a project forward" in told


def test_a_project_is_put_forward_and_checked(plant: make.Plant) -> None:
    fund = set_up(plant, at=make.now(), projects_until=plant.cooperative.day_of(make.now() + make.days(9)))
    dear = posted(plant.eve, "fund-put-forward", fund.pk, **PROJECT | {"cost": "10001"})
    assert dear.status_code == 409
    assert "It costs more than there is in the fund: 10,000." in words(dear)
    assert 'value="Offer 3"' in words(dear)
    nobody = posted(plant.eve, "fund-put-forward", fund.pk, **PROJECT | {"person": "999"})
    assert nobody.status_code == 422
    made = posted(plant.eve, "fund-put-forward", fund.pk, **PROJECT | {"person": str(plant.ida.number)})
    project = Project.objects.get()
    assert made["Location"] == address("fund-project", project.pk)
    assert (project.answers, project.agreed_at, project.cost) == (plant.ida, None, 5_000)
    found = {"feasible": "yes", "because": "Sound.", "revision": "1"}
    assert posted(plant.fay, "fund-project-check", project.pk, **found).status_code == 404
    early = posted(plant.gus, "fund-project-check", project.pk, **found)
    assert (early.status_code, "has not said yes yet" in words(early)) == (409, True)
    assert "Yes, I answer for it" in page(plant.ida, "fund-project", project.pk)
    assert "Yes, I answer for it" not in page(plant.eve, "fund-project", project.pk)
    assert "Do you answer for it?" in page(plant.ida, "funds")
    assert "What waits for you" not in page(plant.gus, "funds")
    assert posted(plant.eve, "fund-project-answer", project.pk).status_code == 404
    assert posted(plant.ida, "fund-project-answer", project.pk).status_code == 302
    assert "What waits for you" not in page(plant.ida, "funds")
    assert "Check the project" in page(plant.gus, "funds")
    late = posted(plant.gus, "fund-project-check", project.pk, **found)
    assert (late.status_code, "written anew meanwhile" in words(late)) == (409, True)
    assert posted(plant.gus, "fund-project-check", project.pk, **found | {"revision": "2"}).status_code == 302
    told = page(plant.lou, "fund-project", project.pk)
    assert "It can be done." in told
    assert "Sound." in told


def test_a_project_is_written_anew_and_taken_back(plant: make.Plant) -> None:
    fund = set_up(plant)
    project = put_forward(plant, fund)
    assert as_(plant.fay).get(address("fund-project-rewrite", project.pk)).status_code == 404
    assert 'value="5000"' in page(plant.eve, "fund-project-rewrite", project.pk)
    again = PROJECT | {"cost": "4000", "revision": "1"}
    assert posted(plant.eve, "fund-project-rewrite", project.pk, **again).status_code == 302
    old = posted(plant.eve, "fund-project-rewrite", project.pk, **again | {"words": "Kept words"})
    assert (old.status_code, "Kept words" in words(old)) == (409, True)
    project.refresh_from_db()
    assert (project.cost, project.revision) == (4_000, 2)
    assert posted(plant.eve, "fund-project-withdraw", project.pk, because="Dear.").status_code == 302
    assert "Why it was taken back: Dear." in page(plant.lou, "fund-project", project.pk)


def test_the_list_is_closed_and_the_vote_drawn_up(plant: make.Plant) -> None:
    fund = set_up(plant)
    put_forward(plant, fund)
    assert "Projects that were not checked yet: 1." in page(plant.kim, "fund", fund.pk)
    stays = posted(plant.kim, "fund-close", fund.pk)
    assert (stays.status_code, "Projects that were not checked yet: 1." in words(stays)) == (409, True)
    checked(plant, fund.projects.get())
    assert posted(plant.eve, "fund-close", fund.pk).status_code == 404
    assert posted(plant.kim, "fund-close", fund.pk).status_code == 302
    assert as_(plant.eve).get(address("fund-vote", fund.pk)).status_code == 404
    assert "1. Roof · 5,000 UC" in page(plant.ana, "fund-vote", fund.pk)
    until = (make.now() + make.days(3)).strftime("%Y-%m-%dT%H:%M")
    given = {"register": "new", "secrecy": "open", "channels": ["phone"], "closes_at": until}
    assert posted(plant.ana, "fund-vote", fund.pk, **given | {"channels": []}).status_code == 422
    made = posted(plant.ana, "fund-vote", fund.pk, **given)
    ballot = Ballot.objects.get()
    assert made["Location"] == address("vote-office", ballot.pk)
    twice = posted(plant.ana, "fund-vote", fund.pk, **given)
    assert (twice.status_code, Ballot.objects.count()) == (409, 1)
    anew = as_(plant.ana).get(address("vote-redraw", ballot.pk))
    assert "On this paper stands the list of a fund." in words(anew)


@pytest.mark.parametrize("where", ["vote-count", "ballot-result"])
def test_counting_writes_down_what_was_chosen_wherever_it_is_counted(plant: make.Plant, where: str) -> None:
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": ["Roof", "Van"], "fay": ["Roof"]})
    ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
    assert posted(plant.bo, where, ballot.pk).status_code == 302
    told = page(plant.lou, "fund", fund.pk)
    first = "Round 1: Roof has 2 votes. It costs 5,000, and there are 10,000: it is paid, and 5,000 are left."
    second = "Round 2: Van has 1 vote. It costs 6,000, and only 5,000 are left: it does not fit and is passed over."
    for sentence in ("Chosen: Roof.", first, second, "Canteen has no vote.", "5,000 are left over."):
        assert sentence in told
    acta = page(plant.lou, "ballot-result", ballot.pk)
    assert first in acta
    assert second in acta
    assert "0 UC of 5,000 UC" in told
    assert "5,000 UC left" in told


def test_bills_are_entered_up_to_the_cost(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": ["Roof"]})
    count(plant, ballot)
    roof = fund.projects.get(title="Roof")
    day = plant.cooperative.day_of(make.now()).isoformat()
    bill = {"amount": "3000", "paid_on": day, "proof": "Bill 77"}
    assert posted(plant.eve, "fund-project-pay", roof.pk, **bill).status_code == 404
    assert posted(plant.kim, "fund-project-pay", roof.pk, **bill).status_code == 302
    more = posted(plant.kim, "fund-project-pay", roof.pk, **bill | {"amount": "2000.01"})
    assert more.status_code == 409
    assert "Of what was chosen for it 2,000 are left." in words(more)
    less = bill | {"amount": "500", "correction": "on"}
    assert posted(plant.kim, "fund-project-pay", roof.pk, **less).status_code == 302
    assert "2,500 UC of 5,000 UC" in page(plant.lou, "fund", fund.pk)
    assert "-500 UC" in page(plant.lou, "fund-project", roof.pk)


def test_giving_up_asks_for_the_decision_of_the_assembly(plant: make.Plant) -> None:
    fund = set_up(plant)
    put_forward(plant, fund)
    no = posted(plant.kim, "fund-give-up", fund.pk, because="No money.")
    assert (no.status_code, "only the assembly gives the choice up" in words(no)) == (409, True)
    assert "No money." in words(no)


def test_a_page_of_many_projects_asks_as_often_as_one_of_few(plant: make.Plant) -> None:
    fund = set_up(plant)
    client = as_(plant.kim)
    checked(plant, put_forward(plant, fund, "P0", 10))
    client.get(address("fund", fund.pk))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address("fund", fund.pk))
    for number in range(1, 30):
        checked(plant, put_forward(plant, fund, f"P{number}", 10))
    with CaptureQueriesContext(connection) as many:
        client.get(address("fund", fund.pk))
    assert len(many) == len(few)


def test_the_sheet_of_a_fund_is_a_pdf(plant: make.Plant) -> None:
    fund = set_up(plant)
    put_forward(plant, fund)
    answer = as_(plant.lou).get(address("fund-printed", fund.pk))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_funds_of_another_house_are_not_there(plant: make.Plant) -> None:
    other = make_funds.plant("mill")
    fund = set_up(other)
    project = put_forward(other, fund)
    for name, key in (("fund", fund.pk), ("fund-project", project.pk), ("fund-put-forward", fund.pk)):
        assert as_(plant.eve).get(address(name, key)).status_code == 404
