"""The list of people follows what is typed, and what is kept as a view is what stands there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.members.models import SavedView
from tests import make
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


def test_the_list_follows_what_is_typed(plant: make.Plant, people: Callable[..., Person]) -> None:
    keeper = people("bakery", PHONE).signed_in(plant.cy).go("members/")
    keeper.page.get_by_label("Name or number").press_sequentially("an")
    assert keeper.reads("2 people · “an”")
    keeper.page.wait_for_url("**/members/?words=an")
    assert keeper.page.evaluate("document.activeElement.id") == "id_words"
    assert keeper.sideways() == 0
    keeper.page.get_by_text("Kept views").click()
    keeper.fill("Keep this search as", "Half of Anabel").press("Keep")
    assert keeper.page.url.endswith("/members/?words=an")
    assert keeper.page.get_by_role("link", name="Half of Anabel").is_visible()
    assert SavedView.objects.get().query == "words=an"


def test_without_a_script_there_is_the_button(plant: make.Plant, people: Callable[..., Person]) -> None:
    eve = people("bakery", PHONE, script=False).signed_in(plant.eve).go("members/")
    eve.fill("Name or number", "AN").press("Search")
    assert eve.reads("2 people · “AN”")
    assert eve.sideways() == 0
