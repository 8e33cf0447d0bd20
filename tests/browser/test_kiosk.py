"""Two members after one another at the tablet of the gate, without a script: the second finds nothing of the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.ballots.models import NamedVote
from tests import make
from tests.browser.conftest import LAPTOP, PHONE, Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [False, True])
def test_one_votes_and_the_next_finds_nothing(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    ballot = make.open_vote(plant).ballot
    tablet = people("bakery", LAPTOP, script=script).sign_in(plant.cy)
    tablet.go("kiosk/start/").fill("Where the tablet stands", "Gate").press("Make it one, and sign me out")
    assert tablet.reads("Who are you?")

    def come(number: int) -> None:
        tablet.fill("Member number", str(number)).fill("PIN or passphrase", make.PIN).press("Go in")

    come(5)
    tablet.go(f"ballots/{ballot.pk}/").choose("For")
    tablet.fill("Your PIN or passphrase once more", make.PIN).press("Enter my vote")
    assert tablet.reads("Done. You are signed out")
    assert NamedVote.objects.count() == 1

    for _step in range(4):  # the Back button leads to no page of the first
        tablet.page.go_back()
        tablet.page.wait_for_load_state()
        words = tablet.page.inner_text("body")
        assert "Eve" not in words
        assert "Your vote is in" not in words
        assert "Who are you?" in words or "Done." in words
    tablet.go("kiosk/")
    assert tablet.page.input_value("[name=number]") == ""
    assert tablet.page.input_value("[name=secret]") == ""
    stored = tablet.page.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)]")
    assert set(stored) <= {"/bakery/kiosk/"}  # htmx notes the address of the page that is shown
    come(6)
    assert "Fay" in tablet.page.inner_text(".folio__who")


def test_the_tablet_fits_a_small_screen(plant: make.Plant, people: Callable[..., Person]) -> None:
    tablet = people("bakery", PHONE).sign_in(plant.cy)
    assert tablet.go("kiosk/start/").sideways() <= 0
    tablet.fill("Where the tablet stands", "Gate").press("Make it one, and sign me out")
    assert tablet.sideways() <= 0
    assert tablet.go("kiosk/end/").sideways() <= 0
