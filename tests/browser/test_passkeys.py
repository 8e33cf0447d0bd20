"""A passkey in a real browser: made, used at the door, and told plainly where none can be."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from coop.keys.models import Passkey
from tests import make
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _house(site: str, settings: Any) -> None:
    settings.ORIGIN, settings.HOST = site, "localhost"


def with_a_device(person: Person) -> Any:
    """Chromium's own telephone: it has seen its owner and holds passkeys inside."""
    wire = person.page.context.new_cdp_session(person.page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return wire


def make_one(person: Person) -> None:
    person.go("me/passkeys/")
    person.fill("What it is on", "My telephone").fill("Your PIN or passphrase, once more", make.PIN)
    person.press("Go on to the device").press("Make the passkey")


def test_made_signed_out_and_in_again_and_a_replay_is_refused(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    ana = people("bakery", PHONE).sign_in(plant.ana)
    with_a_device(ana)
    make_one(ana)
    assert ana.reads("Added. Next time you can sign in with it.")
    assert ana.reads("My telephone")
    assert Passkey.objects.get().account == plant.ana.account

    ana.page.context.clear_cookies()
    ana.go("sign-in/").press("I use a passkey")
    sent: list[str] = []
    ana.page.on("request", lambda one: sent.append(one.post_data) if one.method == "POST" else None)
    ana.press("Sign in with a passkey")
    assert ana.page.url.endswith("/bakery/")
    assert ana.page.context.request.get(f"{ana.site}/bakery/bylaws/").url.endswith("/bakery/bylaws/")
    count = Passkey.objects.get().counter
    assert count > 0

    ana.page.context.clear_cookies()
    ana.go("sign-in/passkey/")
    ana.page.evaluate(
        "(body) => { const sent = new URLSearchParams(body); const form = document.querySelector('[data-passkey]');"
        " form.elements.credential.value = sent.get('credential'); form.submit(); }",
        sent[-1],
    )
    assert ana.reads("The answer of the device is not one to this page")
    assert Passkey.objects.get().counter == count
    assert ana.sideways() == 0


def test_a_device_without_a_passkey_says_so_and_nothing_happens(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    lou = people("bakery", PHONE)
    with_a_device(lou)
    lou.go("sign-in/passkey/")
    lou.page.get_by_role("button", name="Sign in with a passkey").click()
    assert lou.reads("It was stopped, or the device holds no passkey for this house.")
    assert lou.page.url.endswith("/bakery/sign-in/passkey/")


def test_a_copy_of_a_key_that_counts_less_is_refused(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    ana = people("bakery", PHONE).sign_in(plant.ana)
    with_a_device(ana)
    make_one(ana)
    Passkey.objects.update(counter=1000)
    ana.page.context.clear_cookies()
    ana.go("sign-in/passkey/").press("Sign in with a passkey")
    assert ana.reads("there may be a copy of it")


def test_without_a_script_the_page_says_what_is_missing(
    plant: make.Plant, people: Callable[..., Person]
) -> None:
    plain = people("bakery", PHONE, script=False).go("sign-in/passkey/")
    assert plain.reads("Passkeys need the script of this page")
    assert plain.page.get_by_role("button", name="Sign in with a passkey").count() == 0
    options = json.loads(plain.page.locator("[data-options]").get_attribute("data-options"))
    assert len(base64.urlsafe_b64decode(options["challenge"] + "==")) == 64
