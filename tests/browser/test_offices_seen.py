"""Pages of offices, elections and pay that nobody sees whom tests/browser/test_every_page.py sends round: of the
commission, of whoever holds an office, keeps the budget or decides what cannot wait, each with something on it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import resolve

from coop.ballots import actions as ballots
from coop.elections import actions as elections
from coop.in_office import actions as in_office
from coop.members.models import Body, Power
from coop.refusals import Reason
from tests import (
    make,
    make_elections,
    make_in_office,
    make_offices,
    make_oversight,
    make_pay,
    make_proclaimed,
)
from tests.browser.conftest import PHONE, WATCHERS, Person
from tests.browser.test_every_page import Visitor
from tests.elections import test_box_again
from tests.pages.test_doors import DOORS, PASSES

pytestmark = pytest.mark.browser

ROOMS = ("election", "contest", "candidature", "objection", "challenge", "recall", "seat-", "urgent", "pay")
FILES = ("-printed", "-list", "-file")


def pages_that_no_watcher_sees() -> set[str]:
    """Of these rooms, by the table of doors."""
    return {
        name
        for name, (methods, audience) in DOORS.items()
        if name.startswith(ROOMS)
        and not name.endswith(FILES)
        and "GET" in methods
        and not PASSES[audience] & set(WATCHERS)
    }


@pytest.fixture
def plant(committed_db: str) -> make.Plant:
    """Pia coordinates packing, with a recall that is admitted; Lou is treasurer, with a scale and a month of pay."""
    made = make_offices.plant(bylaws={"published_floor": 3})
    council = Body.objects.get(cooperative=made.cooperative, code="ADM")
    make.office(made, council, "treasurer", made.lou, [(Power.KEEP_BUDGET, None)])
    make_pay.scale(made)
    make_pay.month(made)
    day = made.cooperative.day_of(make.now())
    ballots.draw_register(body=made.assembly, closes_on=day, by=make.FOUNDING, at=make.now())
    return made


def addresses(plant: make.Plant) -> dict[str, list[str]]:
    """What each of them opens."""
    at, who = make.now(), plant.people
    asked = make_offices.admitted(plant)
    done = test_box_again.proclaimed(plant)
    upheld = test_box_again.upheld(plant, done)
    office = make_offices.office(plant)
    other = make_elections.posted(plant, make_proclaimed.board(plant, seats=1), plant.fay, by=plant.gus)
    other = make_elections.nobody_elected(plant, other)
    waits = elections.challenge(election=other, text="Counted twice.", by=plant.eve, at=at)
    young = make_elections.called(plant, office, by=plant.gus, at=at - make.days(1), vote_in=50)
    (sol,) = make_elections.forward(young, who["sol"], at=at)
    put = elections.nominate(contest=young.contests.get(), member=who["tita"], by=who["sol"], at=at)
    hung = make_elections.posted(plant, office, who["uma"], by=plant.gus)
    candidate = hung.contests.get().candidatures.get()
    objection = elections.object_to(candidature=candidate, text="So.", by=plant.ana, at=at)
    in_office.keep_attempt(
        member=who["pia"],
        what="suspend",
        words="Spoke against the plan.",
        refused=[Reason("protected-in-office", {"name": "Pia", "office": "coordinator of packing"})],
        by=plant.cy,
        at=at,
    )
    elections.declare_kin(relative=who["quin"], degree=2, by=who["pia"], at=at)
    appeal = make_oversight.appeal(plant, plant.kim)
    urgent = make_in_office.urgent(plant)
    held = make_offices.mandate(who["pia"])
    return {
        "gus": [
            "elections/",
            "elections/call/",
            *(f"elections/{young.pk}/{act}" for act in ("", "days/", "annul/", "proclaim/")),
            *(f"elections/{hung.pk}/{act}" for act in ("", "final/", "again/")),
            *(f"candidatures/{sol.pk}/{act}" for act in ("", "sheet/enter/", "refuse/")),
            f"candidatures/{put.pk}/acceptance/",
            f"objections/{objection.pk}/rule/",
            f"challenges/{waits.pk}/",
            f"challenges/{upheld.pk}/box/",
            *(f"recalls/{asked.pk}/{act}" for act in ("", "sheet/enter/", "vote/")),
            "offices/case-files/",
        ],
        "pia": [
            "offices/mine/",
            "offices/mine/kin/",
            f"mandates/{held.pk}/deputy/",
            f"mandates/{held.pk}/handover/",
            f"mandates/{held.pk}/resign/",
            f"recalls/{asked.pk}/answer/",
        ],
        "lou": ["pay/", "pay/ratio/", "pay/scales/1/", "pay/scales/enter/", "pay/months/enter/"],
        "eve": ["pay/mine/"],
        "bo": ["decisions/urgent/take/", f"decisions/urgent/{urgent.pk}/"],
        "cy": [f"appeals/{appeal.pk}/decide/"],
        "kim": [f"appeals/{appeal.pk}/"],
    }


def test_the_pages_of_offices_are_light_fit_and_have_no_fault_that_a_machine_finds(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    seen: set[str] = set()
    for name, opened in addresses(plant).items():
        visitor = Visitor(people("bakery", PHONE).signed_in(plant.people[name]))
        found = {address: visitor.visit(f"/bakery/{address}") for address in opened}
        assert found == dict.fromkeys(opened, (200, {})), name
        seen |= {str(resolve(f"/bakery/{address}").url_name) for address in opened}
    assert pages_that_no_watcher_sees() - seen == set()
