"""In office: a question put on a telephone is answered before everybody; what could not wait stands on the notice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from coop.in_office.models import UrgentDecision
from coop.meetings import actions as meetings
from tests import make, make_in_office
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


def test_a_question_is_answered_before_everybody_and_counted(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    """Eve asks on a telephone without a script; Bo finds it on the front page; Fay reads how fast he was."""
    eve = people("bakery", PHONE, script=False).signed_in(plant.eve)
    bo, fay = (people("bakery", LAPTOP).signed_in(plant.people[name]) for name in ("bo", "fay"))
    eve.go("offices/").press("president").press("Put a question")
    eve.fill("Your question", "When is the second oven lit?").press("Ask")
    assert eve.reads("waits for its answer")
    assert eve.sideways() == 0
    bo.go().press("When is the second oven lit?")
    bo.fill("Answer", "On Monday, when the bricks are dry.").press("Answer before everybody")
    assert bo.reads("answered in time")
    fay.go("offices/").press("president")
    assert fay.reads("within which half of the answers came")
    assert fay.page.locator(".figure", has_text="within which").inner_text().startswith("0 days")
    assert fay.page.locator(".figure", has_text="answered in time").inner_text().startswith("1 of 1")
    eve.go().press("When is the second oven lit?")
    assert eve.reads("On Monday, when the bricks are dry.")


def test_what_could_not_wait_stands_on_the_next_notice(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    """Bo decides on a telephone; it stands on the draft, on the notice, and on everybody's front page."""
    make_in_office.may_decide(plant)
    bo = people("bakery", PHONE).signed_in(plant.bo)
    eve = people("bakery", LAPTOP, script=False).signed_in(plant.eve)
    bo.go("offices/mine/").press("Decide what cannot wait")
    bo.fill("Title", "Gas bought").fill("What you decide", "Forty bottles from the depot.")
    bo.fill("Why it could not wait", "The ovens would have gone out.").fill("What it costs", "1 200 UC")
    bo.press("Decide it")
    assert bo.reads("not yet before the meeting")
    assert bo.sideways() == 0
    one = UrgentDecision.objects.select_related("body").get()
    eve.go().press("Gas bought")
    assert eve.reads("The ovens would have gone out.")
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(20), at=make.now())
    called = meetings.convene(meeting=draft, by=plant.ana, at=make.now())
    eve.go(f"meetings/{called.pk}/")
    assert eve.reads(f"{one.label} Gas bought")
    eve.go(f"decisions/urgent/{one.pk}/")
    assert eve.page.get_by_role("link", name=re.compile(re.escape(str(called)))).count() == 1
