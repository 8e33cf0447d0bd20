"""An agreement on telephones: written by its writer, commented by a shift, agreed, and laid before the assembly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.proposals.models import Proposal
from tests import make, make_agreement
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_an_article_goes_from_its_writer_to_the_assembly(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    text = make_agreement.agreement(plant, comments_until=plant.cooperative.day_of(make.now()))
    fay = people("bakery", PHONE, script=script).sign_in(plant.fay)
    fay.go(f"agreements/{text.pk}/").press("Add an article")
    fay.fill("Title", "Night work").pick("Who writes it?", str(plant.gus.number)).press("Add it")
    assert fay.reads("It has no words yet.")

    gus = people("bakery", PHONE, script=script).sign_in(plant.gus)
    gus.go(f"agreements/{text.pk}/").press("1. Night work").press("Write it")
    gus.fill("Text", "Nobody works more than six nights.").press("Save it")
    assert gus.reads("Saved as a new version.")
    assert gus.sideways() == 0

    eve = people("bakery", PHONE, script=script).sign_in(plant.eve)
    eve.go("proposals/").press("What is agreed about work, and what is being written")
    eve.press("Labour agreement").press("1. Night work")
    eve.fill("Your comment", "Six is too many. Write five.").press("Say it")
    assert eve.reads("Crew A")
    assert eve.sideways() == 0

    gus.press("Write it").fill("Text", "Nobody works more than five nights.").press("Save it")
    eve.go(f"agreements/{text.pk}/text/?marked=1")
    assert eve.page.locator("del").inner_text() == "six"
    assert eve.page.locator("ins").inner_text() == "five"

    fay.press("Say how far it is").choose("agreed in the commission").press("Save")
    fay.go(f"agreements/{text.pk}/").press("Lay it before the assembly").press("Make it a proposal")
    assert fay.reads("Nobody works more than five nights.")
    fay.press("Publish it").press("Publish it")
    laid = Proposal.objects.get(kind="agreement")
    assert laid.state == "open"
    gus.go(f"agreements/{text.pk}/")
    assert gus.reads(f"It is before the assembly ({laid.label})")
    assert gus.sideways() == 0
