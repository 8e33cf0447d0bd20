"""An election from the call to the first minute in office: telephones with and without a script, a sheet of paper for
signatures, an objection, a sealed urn and a box. What happens at the box and with the codes of the urn is made by the
actions; tests/browser/test_one_count.py presses it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.elections import actions as elections
from coop.elections.models import Candidature, Election
from coop.members.models import Department
from tests import make, make_offices, make_paper, make_votes
from tests.browser.conftest import LAPTOP, PHONE, Person
from tests.browser.test_one_count import story

pytestmark = pytest.mark.browser

WHO = ("ana", "gus", "hal", "pia", "quin", "rita", "sol", "tita", "uma")
WITHOUT_SCRIPT = ("sol", "ana")
CALLS_A_MEETING, NOTHING = "Prepare a meeting", "There is nothing at this address"
DAY = datetime.timedelta(days=1)
TITLE = "Coordinators for one year"


@pytest.fixture
def packing(committed_db: str) -> make.Plant:
    """Eleven pack, so that a vote on screens is secret; Pia coordinates them. Gus and Hal are of the commission."""
    made = make_offices.plant(bylaws=make_votes.ON_SCREENS | {"nomination_percent": 10})
    hall = Department.objects.get(cooperative=made.cooperative, code="PAC")
    for number, name in enumerate(("Vera", "Wim", "Xan", "Yara", "Zoe"), 40):
        make.member(made.cooperative, number, name, hall)
    day = made.cooperative.day_of(make.now())
    ballots.draw_register(body=made.assembly, closes_on=day, by=make.FOUNDING, at=make.now())
    return made


def test_an_election_from_the_call_to_the_first_minute_in_office(
    packing: make.Plant, people: Callable[..., Person], later: Callable[[datetime.timedelta], None]
) -> None:
    who = packing.people
    at = {
        name: people(
            "bakery", LAPTOP if name in ("gus", "hal") else PHONE, script=name not in WITHOUT_SCRIPT
        ).signed_in(who[name])
        for name in WHO
    }
    ana, gus, hal, pia, rita, sol, tita, uma = (
        at[name] for name in ("ana", "gus", "hal", "pia", "rita", "sol", "tita", "uma")
    )

    # Gus looks at the days before he calls it: the vote is in fifty days, those elected begin a week later.
    vote = packing.cooperative.day_of(make.now()) + 50 * DAY
    gus.go("elections/").press("Call an election").fill("What is elected", TITLE)
    gus.page.get_by_label("Coordinator of packing").check()
    gus.fill("Day of the vote", vote.isoformat()).fill("Those elected begin on", (vote + 7 * DAY).isoformat())
    gus.press("Compute the days first")
    assert gus.reads("Nothing is called yet.")
    gus.press("Call this election")
    election = Election.objects.get()
    told = f"Election · {election.label}"

    # Sol stands, on a telephone without a script. It needs two signatures of eleven; his own is one.
    story(sol, told).press("Stand myself coordinator of packing")
    assert sol.reads("Nothing stands in your way: you may stand.")
    sol.fill("What I stand for", "Rest after nights.").fill(
        "Kin of mine who hold an office, or stand for one", "none"
    )
    sol.press("I stand")
    assert sol.reads("1 of 2")

    # Rita puts Uma forward by name. Uma accepts, with her kin; Tita signs for her.
    story(rita, told).press("Put somebody forward coordinator of packing").fill("Whom", "um")
    rita.press("Put this person forward").choose("Uma").press("Put this person forward")
    story(uma, "You were put forward").press("Accept")
    uma.fill("Kin of mine who hold an office, or stand for one", "My aunt Dee, auditor").press(
        "I accept, and stand"
    )
    story(tita, told).press("Uma").press("I sign for this person")
    assert tita.reads("Enough have signed.")
    assert tita.sideways() == 0

    # Ana works at the ovens: she reads why she cannot stand, and there is no form.
    ana.go("elections/").press(TITLE).press("Stand myself coordinator of packing")
    assert ana.reads("only those stand who work where it is elected")
    assert ana.page.get_by_role("button", name="I stand").count() == 0

    # Vera has signed for Sol on paper. Gus looks at the lines, enters them, and puts both on the list.
    gus.go("elections/").press(TITLE).press("Sol")
    assert gus.reads("1 more signature is needed")
    written = f"{who['sol'].number}\n40"
    gus.press("Enter a sheet of paper").fill("The member numbers of the sheet, one a line", written)
    gus.press("Look at each line first")
    assert gus.reads("signed already")
    gus.press("Enter these lines").press("Put on the list")
    gus.go("elections/").press(TITLE).press("Uma").press("Put on the list")

    # After the last day of candidates he posts the list. Ana objects; Hal dismisses it, with the rule.
    later(26 * DAY)
    story(gus, told).press("Post the list of candidates")
    ana.go("elections/").press(TITLE).press("Uma").press("Object")
    ana.fill("Why this person may not stand", "Her aunt audits.").press("Put it before the commission")
    story(hal, told).press("Uma").press("Decide this objection Ana")
    hal.choose("It is dismissed").fill("Why", "An aunt is of the third degree.").press("Decide")
    assert uma.go("elections/").press(TITLE).press("Uma").reads("An aunt is of the third degree.")

    # The list is final: telephones and paper, until the morning after. Nobody opens it before its day.
    later(8 * DAY)
    story(gus, told).press("Make the list final")
    gus.page.get_by_label("On which register of voters").select_option(index=2)  # the one that is final
    gus.page.get_by_label("On a screen").check()
    gus.page.get_by_label("On paper").check()
    gus.fill("Closes at", f"{vote + DAY}T06:30").press("Make it final, and draw up the papers")
    assert gus.reads("on its day a second person of the commission opens it")
    ballot = Ballot.objects.get()
    codes = make_votes.with_key(ballot, packing)
    story(hal, "Vote to open")
    assert hal.reads("nobody votes before")
    later(vote - packing.cooperative.day_of(make.now()) - 34 * DAY)
    story(hal, "Vote to open").press("Open the vote")

    # Rita and Tita vote on their telephones, three others on paper. Sol has four votes of five.
    for voter in (rita, tita):
        voter.go().press("Vote now")
        voter.choose("Sol").press("Put my vote into the urn")
        assert voter.reads("Your vote is in the urn")
    make_paper.name_tellers(packing, ballot, "eve", "fay")
    (box,) = make_paper.open_boxes(packing, ballot, "Gate")
    make_paper.give(packing, box, "pia", "quin", "uma")
    make_paper.end(packing, ballot, box)
    codes_of = {name: f"m{who[name].number}" for name in ("sol", "uma")}
    figures = {
        "1": {"papers": 3, "spoiled": 0, "votes": {"blank": 0, codes_of["sol"]: 2, codes_of["uma"]: 1}}
    }
    make_paper.agreed(packing, ballot, box, figures, tellers=("eve", "fay"))
    elections.open_urn(ballot=ballot, codes=make_votes.two(codes), by=packing.gus, at=make.now())

    # Gus reads who would be proclaimed, and proclaims. Everybody reads it, with the figures and the alternate.
    story(gus, told).press("Proclaim who is elected")
    gus.press("Proclaim them")
    assert rita.go("elections/").press(TITLE).reads("Sol 4, Uma 1")
    assert rita.reads("5 of 11 voted")
    assert rita.sideways() == 0

    # Until the day Pia calls the meetings of the coordinators; in the first minute of the day Sol does, and Pia not.
    assert pia.go("meetings/prepare/").reads(CALLS_A_MEETING)
    assert sol.go("meetings/prepare/").reads(NOTHING)
    later(7 * DAY)
    pia.page.reload()
    assert pia.reads(NOTHING)
    sol.page.reload()
    assert sol.reads(CALLS_A_MEETING)
    assert Candidature.objects.filter(state="admitted").count() == 2
