"""A problem raised at night on a telephone, with a photo and gloves; the line stopped, and lifted by two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.production.models import Problem
from tests import make, make_production
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


@pytest.fixture
def plant(committed_db: str) -> make.Plant:
    made = make_production.plant()
    for member in made.people.values():
        make.account(member)
    return made


def a_photo() -> dict[str, object]:
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": make_production.photo()}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_problem_is_raised_at_night_and_the_line_is_lifted_by_two(
    plant: make.Plant, people: Callable[..., Person], script: bool
) -> None:
    eve = people("bakery", PHONE, script=script).signed_in(plant.eve)
    eve.page.emulate_media(color_scheme="dark")
    eve.go().press("Problems").press("Raise a problem")
    # Four taps, a few words and the photo.
    eve.choose("Oven 1").fill("What happens", "Burner flame leaks at the door").choose("Somebody can be hurt")
    eve.page.get_by_label("The line stands still because of it").check()
    eve.page.get_by_label("Photo", exact=False).first.set_input_files(a_photo())
    assert eve.sideways() == 0
    eve.press("Raise it")
    made = Problem.objects.get()
    assert (made.raised_by, made.category, made.photos.count()) == (plant.eve, "safety", 1)
    assert eve.reads("The line stands still")
    width = "picture => picture.decode().then(() => picture.naturalWidth)"  # it may still be on its way
    assert eve.page.locator(".photos img").evaluate(width) == 40
    assert eve.sideways() == 0

    # Gus wants to raise the same, and is shown that it is there.
    gus = people("bakery", PHONE, script=script).signed_in(plant.gus)
    gus.go("problems/raise/").choose("Oven 1").fill("What happens", "Flame leaks at the burner door")
    if script:
        gus.page.get_by_role("button", name="Yes: me too").wait_for()
    else:
        gus.choose("Somebody can be hurt").press("Raise it")
        assert gus.reads("Nothing is stored yet.")
    gus.press("Yes: me too")
    assert gus.reads("Counted: you have it too.")
    assert Problem.objects.count() == 1

    # Fay of the same department reads it first; she mends it, and Eve looks and lifts the stop.
    fay = people("bakery", PHONE, script=script).signed_in(plant.fay)
    fay.go().press("Burner flame leaks at the door").press("It is safe again")
    fay.fill("What was done to make it safe", "Gas shut off, seal replaced.").press("It may run again")
    assert fay.reads("Another person looks, and lifts the stop.")
    assert not fay.page.get_by_role("button", name="I have looked: lift the stop").count()
    eve.go().press("Burner flame leaks at the door").press("I have looked: lift the stop")
    assert eve.reads("The line runs again.")
    fay.go(f"problems/{made.pk}/").press("It is solved")
    fay.fill("What was done", "New seal, tried twice.").press("Say that it is solved")
    eve.go().press("Burner flame leaks at the door").press("Yes, it is solved")
    assert eve.reads("Confirmed. The problem is closed.")
    assert make_production.fresh(made).state == "verified"
