"""A fund on telephones: projects put forward, checked, voted and counted; the minutes tell it round by round."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable

import pytest

from coop.budget.models import Fund
from tests import make, make_funds
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser

DAY = datetime.timedelta(days=1)


@pytest.fixture
def house(committed_db: str) -> make.Plant:
    """The bakery with a fund that has just been set up; everybody has chosen the same PIN."""
    made = make_funds.plant()
    until = made.cooperative.day_of(make.now()) + 9 * DAY
    make_funds.set_up(made, at=make.now(), projects_until=until)
    for member in made.people.values():
        make.account(member)
    return made


def shot(somebody: Person, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if os.environ.get("SHOTS"):
        somebody.page.screenshot(path=f"{os.environ['SHOTS']}/{name}.png", full_page=True)


def put_forward(somebody: Person, title: str, cost: str) -> None:
    somebody.go("funds/").press("What we need").press("Put a project forward")
    somebody.fill("Name of the project", title).fill("What is done, and what it is good for", "We need it.")
    somebody.fill("Where", "Hall 2").fill("What it costs, all of it", cost)
    somebody.fill("What shows the cost", "Offer 3").press("Put it forward")
    assert somebody.reads("waits to be checked")
    assert somebody.sideways() == 0


def found(somebody: Person, title: str, answer: str, because: str) -> None:
    somebody.go("funds/").press("What we need").press(title).press("Check it")
    somebody.choose(answer).fill("Why", because).press("This is what we found")


@pytest.mark.parametrize("script", [True, False])
def test_members_choose_projects_and_read_why(
    house: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    script: bool,
) -> None:
    eve = people("bakery", PHONE, script=script).signed_in(house.eve)
    fay = people("bakery", PHONE, script=script).signed_in(house.fay)
    gus = people("bakery", LAPTOP, script=script).signed_in(house.gus)
    put_forward(eve, "Roof", "5.000,00")
    put_forward(fay, "Van", "6,000.00")
    put_forward(fay, "Pool", "9000")
    shot(fay, f"project-{script}")
    found(gus, "1. Roof", "Yes, it can be done", "The offer is sound.")
    found(gus, "2. Van", "Yes, it can be done", "So is this one.")
    found(gus, "3. Pool", "No, not as it stands", "The floor does not bear it.")
    assert fay.go("funds/").press("What we need").reads("The floor does not bear it.")
    shot(fay, f"fund-{script}")

    later(10 * DAY)
    kim = people("bakery", LAPTOP, script=script).signed_in(house.kim)
    kim.go("funds/").press("What we need").press("Close the list")
    assert kim.reads("The list is closed.")
    ana = people("bakery", LAPTOP, script=script).signed_in(house.ana)
    ana.go("funds/").press("What we need").press("Draw up the vote")
    ana.choose("Open vote")
    ana.page.get_by_label("On a screen").check()
    day = house.cooperative.day_of(make.now()) + 16 * DAY
    ana.fill("Closes at", f"{day}T18:00").press("Draw it up")
    assert ana.reads("Somebody else reads it once more")

    later(3 * DAY)
    bo = people("bakery", LAPTOP, script=script).signed_in(house.bo)
    bo.go(f"ballots/{Fund.objects.get().vote}/office/").press("Open the vote")
    for voter, titles in ((eve, ("Roof", "Van")), (fay, ("Roof",))):
        voter.go("funds/").press("What we need").press("Vote now")
        for title in titles:
            card = voter.page.get_by_role("radiogroup", name=title)
            card.get_by_label("marked", exact=True).check(force=True)
        shot(voter, f"paper-{script}")
        voter.press("Enter my vote")

    later(7 * DAY)
    bo.go(f"ballots/{Fund.objects.get().vote}/office/").press("Count")
    assert bo.reads("Chosen: Roof.")
    eve.go("funds/").press("What we need")
    assert eve.reads("Round 2: Van has 1 vote. It costs 6,000, and only 5,000 are left")
    assert eve.reads("5,000 are left over.")
    assert eve.sideways() == 0
    shot(eve, f"chosen-{script}")
    assert str(Fund.objects.get().state) == "chosen"
