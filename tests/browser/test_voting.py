"""A paper in a real browser: the line breaks, the device goes dark, there is no script, only a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, NamedVote, RollEntry
from tests import make, make_votes
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser

COLOURS = [Choice("red", "Red"), Choice("blue", "Blue"), Choice("green", "Green")]
KEPT = "Object.values(localStorage).concat(Object.values(sessionStorage)).join()"


def paper(plant: make.Plant) -> Ballot:
    asked = [Asked("Which colours?", "approval", COLOURS), Asked("In which order?", "runoff", COLOURS)]
    return make_votes.opened(plant, asked, closes_at=make.now() + make.days(1))


def mark(person: Person) -> None:
    """Blue and red; green first, then red."""
    for name in ("Blue", "Red"):
        person.page.locator(".choice--mark", has_text=name).click()
    person.page.locator("select[name='rank-2-green']").select_option("1")
    person.page.locator("select[name='rank-2-red']").select_option("2")


def answers(ballot: Ballot) -> list[str]:
    votes = NamedVote.objects.filter(question__ballot=ballot).order_by("question__number")
    return list(votes.values_list("answer", flat=True))


def test_a_broken_line_keeps_the_paper_and_what_was_marked(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    ballot = paper(plant)
    eve = people("bakery", PHONE).sign_in(plant.eve).go(f"ballots/{ballot.pk}/")
    assert Axe().run(eve.page).response["violations"] == []
    assert eve.sideways() == 0
    mark(eve)
    eve.page.context.set_offline(True)
    eve.page.get_by_role("button", name="Enter my vote").click()
    assert eve.reads("Not sent yet: there is no connection.")
    assert answers(ballot) == []
    eve.page.context.set_offline(False)
    eve.page.reload()  # as when the telephone was put away and the page was loaded anew
    eve.press("Enter my vote")
    assert eve.reads("Your vote is in: Blue, Red")
    assert answers(ballot) == ["blue=red", "green>red"]
    assert "rank-2-green" not in eve.page.evaluate(KEPT)


def test_the_marks_of_a_secret_vote_are_kept_nowhere(
    committed_db: str, people: Callable[..., Person]
) -> None:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    make.account(plant.eve)
    asked = [Asked("Which colours?", "approval", COLOURS), Asked("In which order?", "runoff", COLOURS)]
    ballot = make_votes.drawn_up(plant, asked, secrecy="secret", closes_at=make.now() + make.days(1))
    make_votes.with_key(ballot, plant)
    ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    eve = people("bakery", PHONE).sign_in(plant.eve).go(f"ballots/{ballot.pk}/")
    mark(eve)
    eve.page.context.set_offline(True)
    eve.page.get_by_role("button", name="Put my vote into the urn").click()
    assert eve.reads("Not sent yet: there is no connection.")
    kept: Any = eve.page.evaluate(KEPT)
    assert "rank" not in kept
    assert "mark" not in kept
    eve.page.context.set_offline(False)
    eve.press("Put my vote into the urn")
    assert eve.reads("Your vote is in the urn")
    assert Axe().run(eve.page).response["violations"] == []
    assert "Green" not in eve.page.content()
    assert RollEntry.objects.get(ballot=ballot, member=plant.eve).channel == "phone"


def test_without_a_script_and_by_keyboard_alone(plant: make.Plant, people: Callable[..., Person]) -> None:
    ballot = paper(plant)
    fay = people("bakery", PHONE, script=False).sign_in(plant.fay).go(f"ballots/{ballot.pk}/")
    fay.page.locator("input[name='mark-1-blue'][value='0']").focus()
    fay.page.keyboard.press("ArrowDown")
    fay.page.locator("select[name='rank-2-green']").select_option("1")
    fay.press("Enter my vote")
    assert fay.reads("Your vote is in: Blue")
    assert answers(ballot) == ["blue", "green"]
    gus = people("bakery", PHONE).sign_in(plant.gus).go(f"ballots/{ballot.pk}/")
    gus.page.locator("input[name='mark-1-red'][value='0']").focus()
    gus.page.keyboard.press("Space")  # with a script the space bar turns the card over
    assert gus.page.locator("input[name='mark-1-red'][value='1']").is_checked()
