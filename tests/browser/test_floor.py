"""A problem of the night: on the next agenda by itself, left twice, gone up, solved, confirmed, back again."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from coop.meetings import actions as meetings
from coop.meetings.models import Action, Meeting
from coop.production.models import Problem
from tests import make, make_production, make_production_meetings
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


@pytest.fixture
def floor(committed_db: str) -> make.Plant:
    made = make_production_meetings.plant()
    for member in made.people.values():
        make.account(member)
    return made


def since_night(plant: make.Plant) -> datetime.timedelta:
    """From twenty to three of last night until now."""
    here = make.now().astimezone(plant.cooperative.zone)
    night = here.replace(hour=2, minute=40)
    return here - (night if night < here else night - make.days(1))


def begun(plant: make.Plant) -> Meeting:
    return make_production_meetings.in_session(plant).meeting


def test_a_problem_goes_its_way_through_the_meetings(
    floor: make.Plant, people: Callable[..., Person], later: Callable[..., None]
) -> None:
    plant = floor
    eve = people("bakery", PHONE).signed_in(plant.eve)
    eve.page.emulate_media(color_scheme="dark")
    night = since_night(plant)
    later(-night)
    eve.go("problems/raise/").choose("Oven 1").fill("What happens", "The door jams at night")
    eve.choose("Work suffers today")
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": make_production.photo()}
    eve.page.get_by_label("Photo", exact=False).first.set_input_files(photo)
    eve.press("Raise it")
    later(night)
    raised = Problem.objects.get()
    assert (raised.raised_by, raised.photos.count()) == (plant.eve, 1)
    assert raised.raised_at.astimezone(plant.cooperative.zone).hour == 2

    # It stands on the agenda of the next production meeting, and nobody has put it there.
    meeting = begun(plant)
    lou = people("bakery", PHONE).signed_in(plant.lou)
    lou.go(f"meetings/{meeting.pk}/").press("The list: 1 problem")
    assert lou.reads("The door jams at night")
    assert lou.sideways() == 0
    plain = people("bakery", PHONE, script=False).signed_in(plant.lou)
    assert plain.go(f"meetings/{meeting.pk}/problems/").reads("Answer by")

    # Kim goes problem by problem; the hall sees what is spoken about.
    kim = people("bakery", LAPTOP, script=False).signed_in(plant.kim)
    kim.go(f"meetings/{meeting.pk}/session/").press("Problem by problem").press("Call item 1")
    kim.go(f"meetings/{meeting.pk}/problems/").press(f"Speak about it {raised.label}")
    hall = people("bakery", LAPTOP).signed_in(plant.eve)
    assert hall.go(f"meetings/{meeting.pk}/hall/").reads("The door jams at night")
    kim.fill("In a sentence", "The hinge is worn.").press("A cause")
    assert hall.reads("The hinge is worn.")
    # Who hears the page and does not see it is told what came in.
    hall.page.locator("#told[role=status]", has_text="The hinge is worn.").wait_for(state="attached")
    kim.press("An action").fill("What is to be done", "Order a hinge").fill("Who has taken it on", "Fay")
    due = (plant.cooperative.day_of(make.now()) + make.days(7)).isoformat()
    kim.fill("Until which day", due).press("Write it down")
    kim.page.get_by_role("radio").first.check(force=True)  # the Fay who was found
    kim.press("Write it down")
    assert kim.reads("Order a hinge")
    fay = people("bakery", PHONE).signed_in(plant.fay)
    assert fay.go("actions/").reads("Order a hinge")
    fay.press("Order a hinge")
    assert fay.reads(raised.label)
    make_production_meetings.closed(plant, meeting.sittings.get())
    assert Action.objects.get().problem == raised

    # Two meetings pass it by: it goes up, and stands before the council.
    for _meeting in range(2):
        passed = begun(plant)
        make_production_meetings.closed(plant, passed.sittings.get())
    assert make_production.fresh(raised).level == Problem.Level.COUNCIL
    kim.go(f"meetings/{meeting.pk}/problems/{raised.pk}/")
    assert kim.reads("Department council")
    draft = meetings.prepare(
        body=make_production.body(plant, "CO-OVN"),
        kind=Meeting.Kind.COUNCIL,
        title="Council of the ovens",
        place="Canteen",
        sittings=[make.now() + make.days(30)],
        by=_calls_the_council(plant),
        at=make.now(),
    )
    ida = people("bakery", PHONE, script=False).signed_in(plant.ida)
    ida.go(f"meetings/{draft.pk}/problems/")
    assert ida.reads("The door jams at night")
    assert ida.sideways() == 0

    # The council answers, and the next meeting below finds the answer on its list.
    ida.go(f"problems/{raised.pk}/").press("Answer, and send it down")
    ida.fill("The answer", "Buy it.").press("Send the answer down")
    assert ida.reads("The answer has come down.")
    below = begun(plant)
    lou.go(f"meetings/{below.pk}/problems/")
    assert lou.reads("Answered from above")
    lou.press(f"{raised.label} The door jams at night")
    assert lou.reads("Buy it.")
    make_production_meetings.closed(plant, below.sittings.get())

    # Fay mends it, Eve who raised it says so; then it comes back, with its history.
    fay.go(f"problems/{raised.pk}/solved/").fill("What was done", "New hinge.").press("Say that it is solved")
    eve.go(f"problems/{raised.pk}/confirm/").press("Confirm")
    assert make_production.fresh(raised).state == Problem.State.VERIFIED
    eve.go(f"problems/{raised.pk}/came-back/").fill("What happens again", "It jams again.").press(
        "Open it again"
    )
    assert make_production.fresh(raised).state == Problem.State.REOPENED
    again = begun(plant)
    lou.go(f"meetings/{again.pk}/problems/").press(f"{raised.label} The door jams at night")
    for words in ("Came back", "The hinge is worn.", "Buy it.", "New hinge.", "It jams again."):
        assert lou.reads(words)
    for sheet in (f"meetings/{again.pk}/papers/", "problems/board/paper/"):
        paper = lou.page.request.get(f"{lou.site}/bakery/{sheet}")
        assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")


def _calls_the_council(plant: make.Plant) -> make.Member:
    body = make_production.body(plant, "CO-OVN")
    make.office(plant, body, "speaker", plant.ida, [(make.Power.CONVENE, body)])
    return plant.ida
