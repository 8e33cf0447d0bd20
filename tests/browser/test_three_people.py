"""From proposal to minutes, by three people at once in real browsers; once with JavaScript off."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from coop.meetings.models import Minutes
from tests import make
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_motion_becomes_a_decision_by_three_people(
    plant: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    script: bool,
) -> None:
    eve = people("bakery", PHONE, script=script).signed_in(plant.eve)
    gus = people("bakery", PHONE, script=script).signed_in(plant.gus)
    ana = people("bakery", LAPTOP, script=script).sign_in(plant.ana)

    # Eve writes a motion in two clauses on her telephone and publishes it; two others sign.
    eve.go("proposals/write/").fill("Title", "Canteen open to the school")
    eve.fill("Clause 1", "On Mondays the canteen serves ninety lunches.").press("Add another clause")
    eve.fill("Clause 2", "Pupils enter by the east gate.").press("Save as a draft")
    eve.press("Publish it").press("Publish it")
    motion = eve.page.url
    assert eve.reads("2 more needed")
    for signer in (gus, ana):
        signer.page.goto(motion)
        signer.press("Sign it")
    assert ana.reads("Admitted")

    # Ana calls an assembly in twenty days and posts the notice.
    starts = (make.now() + make.days(20)).astimezone(ZoneInfo("America/Argentina/Buenos_Aires"))
    ana.go("meetings/prepare/").pick("What kind of meeting", "extraordinary")
    ana.fill("Title", "Assembly of the canteen").fill("Place", "Packing hall")
    ana.fill("Day and hour", starts.strftime("%Y-%m-%dT%H:%M")).press("Save the draft")
    meeting = ana.page.url
    ana.press("Add the choice of signers").press("Add this proposal")
    ana.press("Convene the meeting").press("Convene: post the notice")

    # Twenty days later: Ana sits at the door, Eve and Gus check themselves in; the quorum is seven.
    later(make.days(20) + datetime.timedelta(minutes=1))
    desk = f"{meeting}attendance/"
    ana.page.goto(desk)
    for member in (plant.ana, plant.bo, plant.cy, plant.dee, plant.fay):
        ana.fill("Number or name", str(member.number)).press("Find").enter()
    ana.page.goto(desk)
    assert ana.reads("No quorum: 5 present, 7 needed")
    for worker in (eve, gus):
        worker.page.goto(meeting)
        worker.press("I am here: check in")
    ana.page.goto(desk)
    ana.press("Open it")
    ana.fill("Number of the first", str(plant.eve.number)).fill("Number of the second", str(plant.fay.number))
    ana.press("Write them down")

    # The vote is opened on item 2; three vote from where they are, Gus against.
    ana.page.goto(f"{meeting}items/2/vote/")
    ana.press("Open the vote")
    for person, choice in ((eve, "For"), (gus, "Against"), (ana, "For")):
        person.go().press("Vote now")
        person.choose(choice).press("Enter my vote")
        assert person.reads("Your vote is in")
    ana.page.goto(f"{meeting}items/2/vote/close/")
    ana.press("Close and count")
    assert ana.reads("Carried: 2 for, 2 were needed, which is more than half of the votes for and against")
    eve.go("decisions/")
    assert eve.reads("GA")

    # The minutes: a sentence of Ana's, then closed for ever.
    ana.page.goto(f"{meeting}minutes/2/")
    ana.fill("What was said, asked and answered", "Gus asked about allergies.").press("Save")
    ana.page.goto(f"{meeting}close/")
    ana.press("Close the meeting")
    ana.page.goto(f"{meeting}minutes/close/")
    ana.press("Circulate the minutes")
    gus.page.goto(f"{meeting}minutes/")
    for words in (
        "Gus asked about allergies.",
        "For 2, against 1, abstaining 0",
        "Chosen to sign these minutes",
    ):
        assert gus.reads(words)
    minutes = Minutes.objects.get()
    assert "Eve and Fay" in minutes.text
    assert gus.reads(minutes.hash[:4])
