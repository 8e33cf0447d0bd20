"""The minutes in real browsers: a lost session, two secretaries at once, and the way from the notes to the seal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.keys.models import Session
from coop.meetings import actions as meetings
from coop.meetings.models import ItemNote, Meeting, SealedMinutes
from coop.members.models import Power
from tests import make
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser
BOX = "What was said, asked and answered"


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    return make.meeting_in_session(plant)


def box(person: Person) -> Any:
    return person.page.get_by_label(BOX, exact=False).first


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_session_that_ends_while_somebody_writes_loses_nothing(
    plant: make.Plant, meeting: Meeting, people: Callable[..., Person], script: bool
) -> None:
    ana = people("bakery", LAPTOP, script=script).signed_in(plant.ana)
    ana.go(f"meetings/{meeting.pk}/minutes/2/")
    box(ana).fill("Gus asked about allergies.\n\nKim answered.")
    if script:
        ana.page.get_by_text("Kept for you at").wait_for()
    Session.objects.all().delete()  # the session is over
    if script:
        box(ana).press_sequentially(" And more.")
        ana.page.get_by_text("You are signed out. Go on writing").wait_for()
        assert "/minutes/2/" in ana.page.url
    words = box(ana).input_value()
    ana.press("Save")
    assert ana.reads("Your session had ended")
    assert ana.page.get_by_label("Your text, kept here").input_value() == words
    assert "allergies" not in ana.page.url
    assert "allergies" not in str(ana.page.context.cookies())
    ana.fill("PIN or passphrase", make.PIN).press("Sign in")
    assert box(ana).input_value() == words
    ana.press("Save")
    assert ItemNote.objects.get().text == words


def test_a_closed_browser_reopens_where_it_was(
    plant: make.Plant, meeting: Meeting, people: Callable[..., Person]
) -> None:
    ana = people("bakery", LAPTOP).sign_in(plant.ana)
    ana.go(f"meetings/{meeting.pk}/minutes/2/")
    box(ana).press_sequentially("Half a sentence")
    ana.page.get_by_text("Kept for you at").wait_for()
    ana.page.context.close()
    again = people("bakery", PHONE).sign_in(plant.ana)
    again.go(f"meetings/{meeting.pk}/minutes/2/")
    assert box(again).input_value() == "Half a sentence"
    assert again.sideways() == 0


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_two_secretaries_at_once_lose_nothing(
    plant: make.Plant, meeting: Meeting, people: Callable[..., Person], script: bool
) -> None:
    make.office(
        plant, plant.assembly, "second secretary", plant.gus, [(Power.RECORD_MINUTES, plant.assembly)]
    )
    ana = people("bakery", LAPTOP, script=script).signed_in(plant.ana)
    gus = people("bakery", PHONE, script=script).signed_in(plant.gus)
    for who in (ana, gus):
        who.go(f"meetings/{meeting.pk}/minutes/2/")
    box(ana).fill("Eve asked.")
    box(gus).fill("Kim answered.")
    ana.press("Save")
    gus.press("Save")
    assert gus.reads("Saved by Ana")
    assert box(gus).input_value() == "Kim answered."
    assert gus.sideways() == 0
    gus.press("Join both texts")
    assert box(gus).input_value() == "Eve asked.\n\nKim answered."
    assert ItemNote.objects.get().text == "Eve asked.\n\nKim answered."


def test_from_the_notes_to_the_seal(
    plant: make.Plant, meeting: Meeting, people: Callable[..., Person], later: Callable[..., None]
) -> None:
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    here = f"meetings/{meeting.pk}/minutes/"
    ana = people("bakery", LAPTOP).signed_in(plant.ana)
    ana.go(here + "3/").page.get_by_label(BOX, exact=False).first.fill("Ninety lunches.")
    ana.press("Save").press("Circulate the minutes").press("Circulate the minutes")
    phone = {name: people("bakery", PHONE).signed_in(plant.people[name]) for name in ("bo", "eve", "fay")}
    for person in phone.values():
        person.go(here).press("Sign these minutes")
        assert person.reads("You have signed the minutes")
        assert person.sideways() == 0
    phone["eve"].press("Object, or enter a dissent").choose("Dissent").fill("In your words", "Too soon.")
    phone["eve"].press("Enter it")
    assert phone["eve"].reads("Too soon.")
    ana.go(here).press("Sign these minutes")
    later(make.days(6))
    ana.go(here).press("Seal the minutes").fill("Number in the book of minutes", "7").press(
        "Seal the minutes"
    )
    assert ana.reads("Sealed: No. 7 in the book")
    sealed = SealedMinutes.objects.get()
    with ana.page.expect_download() as download:
        ana.page.evaluate(
            "address => { const a = document.createElement('a'); a.href = address; a.download = ''; a.click(); }",
            f"{ana.site}/bakery/{here}pdf/",
        )
    assert download.value.path().read_bytes() == bytes(sealed.pdf)
