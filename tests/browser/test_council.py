"""A council in real browsers, from its secretary's notice to the report back that the department has read; once with
JavaScript off."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from coop.meetings.models import Instruction, ReportBack
from tests import make, make_council
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_department_tells_its_delegate_and_hears_what_came_of_it(
    plant: make.Plant,
    people: Callable[..., Person],
    later: Callable[[datetime.timedelta], None],
    script: bool,
) -> None:
    make_council.motion(plant, make_council.council(plant))
    fay = people("bakery", LAPTOP, script=script).sign_in(plant.fay)
    gus = people("bakery", PHONE, script=script).sign_in(plant.gus)

    # Fay calls the council from its own page, with the motion on the agenda.
    starts = (make.now() + make.days(20)).astimezone(ZoneInfo("America/Argentina/Buenos_Aires"))
    fay.go("councils/").press("Council of the ovens").press("Prepare a meeting")
    fay.pick("What kind of meeting", "council")
    fay.fill("Title", "The night oven").fill("Place", "Canteen")
    fay.fill("Day and hour", starts.strftime("%Y-%m-%dT%H:%M")).press("Save the draft")
    meeting = fay.page.url
    fay.press("Add this proposal").press("Convene the meeting").press("Convene: post the notice")

    # Gus writes down on his telephone what the shift told him.
    council = "councils/C-OVN/"
    gus.go(council)
    assert gus.sideways() == 0
    gus.press("What the department tells its delegates on item 1").choose("Vote for")
    gus.fill("Where it was told", "Shift change of crew B").fill("Votes for, where it was counted", "9")
    gus.fill("Votes against", "4").press("Write it down")
    assert gus.reads("It voted 9 to 4.")
    assert Instruction.objects.get().choice == "for"

    # Twenty days later three delegates come, and Gus votes otherwise.
    later(make.days(20) + datetime.timedelta(minutes=1))
    eve = people("bakery", PHONE, script=script).sign_in(plant.eve)
    for delegate in (fay, gus, eve):
        delegate.page.goto(meeting)
        delegate.press("I am here: check in")
    fay.page.goto(f"{meeting}attendance/")
    fay.press("Open it")
    fay.page.goto(f"{meeting}items/1/vote/")
    fay.press("Open the vote")
    for person, choice in ((fay, "For"), (eve, "For"), (gus, "Against")):
        person.go().press("Vote now")
        person.choose(choice).press("Enter my vote")
    fay.page.goto(f"{meeting}items/1/vote/close/")
    fay.press("Close and count")
    fay.page.goto(f"{meeting}items/1/actions/")
    fay.fill("What is to be done", "Order the burners").fill("Who has taken it on", str(plant.gus.number))
    fay.fill("Until which day", (starts + make.days(2)).strftime("%Y-%m-%d")).press("Write it down")
    fay.page.goto(f"{meeting}close/")
    fay.press("Close the meeting")

    # He is asked to tell it, with decision and vote filled in; and reminded of what he took on.
    gus.go()
    assert gus.reads("Order the burners")
    gus.page.goto(meeting)
    assert gus.reads("against the instruction")
    assert gus.sideways() == 0
    gus.press("Write it")
    box = gus.page.get_by_label("What you tell your department")
    assert "My vote: Against" in box.input_value()
    box.fill(box.input_value() + "The gas is too dear.")
    gus.press("Tell them")
    assert gus.sideways() == 0

    # Lou, who sent him, finds it on the front page, reads it and says so.
    lou = people("bakery", PHONE, script=script).sign_in(plant.lou)
    lou.go()
    assert lou.reads("Your delegate reports")
    lou.go(council).press("Gus told the department")
    assert lou.reads("The gas is too dear.")
    lou.press("I have read it")
    assert lou.reads("one more has read it")
    assert ReportBack.objects.get().readings.count() == 1
    lou.go("proposals/").press("Canteen open to the school")
    assert lou.reads("Council of the ovens: carried, 2 to 1")
