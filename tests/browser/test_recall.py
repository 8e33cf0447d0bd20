"""A recall from the first signature to the next request of the alternate: telephones, a sheet of paper, a sealed urn
and a box. What happens at the box and on the tellers' sheets is made by the actions; tests/browser/test_one_count.py
presses it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.elections.models import Petition
from coop.members.models import Department, Member
from tests import make, make_offices, make_paper, make_votes
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.browser.test_one_count import signs_of, story

pytestmark = pytest.mark.browser

WHO = ("gus", "hal", "jo", "kim", "lou", "pia", "quin", "rita", "sol")
WITHOUT_SCRIPT = ("rita", "hal")
CALLS_A_MEETING, NOTHING = "Prepare a meeting", "There is nothing at this address"


@pytest.fixture
def packing(committed_db: str) -> make.Plant:
    """Ten pack, so that a vote on screens is secret; Pia coordinates them and Quin is her alternate. Gus and Hal are of
    the commission."""
    made = make_offices.plant(bylaws=make_votes.ON_SCREENS)
    hall = Department.objects.get(cooperative=made.cooperative, code="PAC")
    for number, name in enumerate(("Vera", "Wim", "Xan", "Yara"), 40):
        make.member(made.cooperative, number, name, hall)
    day = made.cooperative.day_of(make.now())
    ballots.draw_register(body=made.assembly, closes_on=day, by=make.FOUNDING, at=make.now())
    for name in WHO:
        make.account(made.people[name])
    return made


def test_a_recall_from_the_first_signature_to_the_alternate(
    packing: make.Plant, people: Callable[..., Person]
) -> None:
    who = packing.people
    at = {
        name: people(
            "bakery", LAPTOP if name in ("gus", "hal") else PHONE, script=name not in WITHOUT_SCRIPT
        ).sign_in(who[name])
        for name in WHO
    }
    gus, hal, pia, quin, rita, sol = (at[name] for name in ("gus", "hal", "pia", "quin", "rita", "sol"))

    # Rita, on a telephone without a script, asks that Pia be recalled. It needs two signatures of ten.
    rita.go("offices/").press("Ask for a recall Pia")
    rita.fill("Why", "The ovens stood still.").press("Begin, and sign it")
    assert rita.reads("1 of 2")
    label = Petition.objects.get().label

    # Sol finds it on the front page and signs with one press. Pia sees the number, and nowhere his name.
    story(sol, f"A recall is asked for · {label}")
    assert sol.reads("never by Pia")
    sol.press("I sign this")
    assert sol.reads("You have signed.")
    story(pia, f"Your recall is asked for · {label}")
    assert pia.reads("2 of 2")
    assert pia.page.get_by_text("Sol").count() == 0
    assert pia.sideways() == 0
    pia.press("Answer").fill("Your answer", "The flour was late.").press("Put it beside the reasons")

    # Tita signed on paper. Gus looks at each line of the sheet before he enters it.
    gus.go("recalls/").press("Recall of Pia, coordinator of packing").press("Enter a sheet of paper")
    written = f"{who['tita'].number}\n{who['sol'].number}"
    gus.fill("The member numbers of the sheet, one a line", written).press("Look at each line first")
    assert gus.reads("signed already")
    gus.press("Enter these lines")
    assert gus.reads("2 lines entered, of which 1 count")

    # Rita hands it in, Gus verifies it and calls the vote: telephones and paper, until in five days.
    rita.go("recalls/").press("Recall of Pia, coordinator of packing").press("Hand it in")
    story(gus, f"Recall to verify · {label}").press("Verify")
    assert gus.reads("Verified: 3 signatures count, 2 are needed.")
    gus.press("Call the vote")
    gus.page.get_by_label("On which register of voters").select_option(index=2)  # the one that is final
    gus.page.get_by_label("On a screen").check()
    gus.page.get_by_label("On paper").check()
    ends = (make.now() + datetime.timedelta(days=5)).astimezone(packing.cooperative.zone)
    gus.fill("Closes at", ends.strftime("%Y-%m-%dT%H:%M")).press("Draw it up")
    assert gus.reads("Somebody else of the commission reads it once more and opens it.")
    _key(gus, at, who)
    story(hal, "Vote to open")
    assert hal.reads("The flour was late.")
    hal.press("Open the vote")

    # Rita and Sol vote on their telephones, three others on paper; the hour is over, and the box is counted.
    for voter in (rita, sol):
        voter.go().press("Vote now")
        voter.choose("For").press("Put my vote into the urn")
        assert voter.reads("Your vote is in the urn")
    ballot = Ballot.objects.get(state="open")
    make_paper.name_tellers(packing, ballot, "eve", "fay")
    (box,) = make_paper.open_boxes(packing, ballot, "Gate")
    make_paper.give(packing, box, "tita", "uma", "quin")
    make_paper.end(packing, ballot, box)
    make_paper.agreed(packing, ballot, box, make_paper.motion(2, 1), tellers=("eve", "fay"))

    # Until the count Pia calls the meetings of the coordinators, and Quin, her alternate, does not.
    assert pia.go("meetings/prepare/").reads(CALLS_A_MEETING)
    assert quin.go("meetings/prepare/").reads(NOTHING)

    # Kim and Lou open the urn. In the next request it is the other way round.
    kim = story(at["kim"], "You keep a code of the sealed urn")
    for name in ("Kim", "Lou"):
        kim.fill(f"Code of {name}", CODES[name])
    kim.press("Open the urn and count")
    assert kim.reads("Carried")
    pia.page.reload()
    assert pia.reads(NOTHING)
    quin.page.reload()
    assert quin.reads(CALLS_A_MEETING)

    # Everybody reads what came of it.
    sol.go("recalls/").press("Recall of Pia, coordinator of packing")
    for words in (
        "5 of 10 electors voted.",
        "Quin, alternate, has held the office since that moment.",
        "Pia may not be elected to Coordinators before",
    ):
        assert sol.reads(words)
    assert quin.go("offices/mine/").reads("coordinator of packing")


CODES: dict[str, str] = {}


def _key(gus: Person, at: dict[str, Person], who: dict[str, Member]) -> None:
    """Jo, Kim and Lou each draw a code; the key is made and tried."""
    gus.press("The key of the sealed urn")
    key = gus.page.url
    for field, name in (("First trustee", "jo"), ("Second", "kim"), ("Third", "lou")):
        gus.fill(field, str(who[name].number))
    gus.press("Set up the urn with these trustees")
    for name in ("jo", "kim", "lou"):
        story(at[name], "You keep a code of the sealed urn").press("Show my code, to copy or print")
        CODES[name.capitalize()] = signs_of(at[name])
    gus.page.goto(key)
    gus.press("Make and divide the key")
    gus.fill("Code of Jo", CODES["Jo"]).fill("Code of Kim", CODES["Kim"]).press("Open a test envelope")
    assert gus.reads("The key works")
