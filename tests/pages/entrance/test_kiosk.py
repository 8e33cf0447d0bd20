"""A tablet at the gate: number and PIN, one act, signed out, and nothing of the first is there for the second."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.journal.models import Entry
from coop.keys.models import Device, Kiosk, Session
from coop.members.models import Member
from tests import make, make_votes

pytestmark = pytest.mark.django_db

GATE = "/bakery/kiosk/"


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    for one in (plant.ana, plant.cy, plant.eve, plant.fay):
        make.account(one)
    return plant


@pytest.fixture
def gate(plant: make.Plant) -> Client:
    """A browser on which Cy, who keeps the register, has started a tablet."""
    tablet = Client()
    tablet.post("/bakery/sign-in/", {"number": "3", "secret": make.PIN, "own": "on"})
    answer = tablet.post(f"{GATE}start/", {"place": "Gate"})
    assert answer.headers["Location"] == GATE
    return tablet


def come(tablet: Client, number: int, secret: str = make.PIN, **more: Any) -> Any:
    return tablet.post(GATE, {"number": str(number), "secret": secret}, **more)


def inside(tablet: Client) -> bool:
    return tablet.get("/bakery/bylaws/").status_code == 200


# --- Its beginning and end --------------------------------------------------------------------------------------------


def test_starting_it_signs_the_keeper_out_and_is_written_down(gate: Client) -> None:
    kiosk = Kiosk.objects.get()
    assert (kiosk.place, kiosk.started_by.name, kiosk.ended_at) == ("Gate", "Cy", None)
    assert not inside(gate)
    assert gate.cookies["device"].value == ""  # the tablet is nobody's own
    assert (gate.cookies["kiosk"]["httponly"], gate.cookies["kiosk"]["samesite"]) == (True, "Lax")
    assert gate.cookies["kiosk"].value.partition(":")[0] != kiosk.token_hash
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.actor_name, entry.subject_label) == ("kiosk-started", "Cy", "Gate")


def test_who_keeps_no_register_and_no_minutes_starts_none(plant: make.Plant) -> None:
    eve = make.sign_in(Client(), plant.eve)
    for answer in (eve.get(f"{GATE}start/"), eve.post(f"{GATE}start/", {"place": "Gate"})):
        assert answer.status_code == 409
    assert not Kiosk.objects.exists()
    assert make.sign_in(Client(), plant.ana).get(f"{GATE}start/").status_code == 200  # she records minutes


@pytest.mark.parametrize("place", ["", "   ", "\u200b", "x" * 61, "a\x00b"])
def test_a_place_that_is_none_comes_back(plant: make.Plant, place: str) -> None:
    answer = make.sign_in(Client(), plant.cy).post(f"{GATE}start/", {"place": place})
    assert answer.status_code == 422
    assert not Kiosk.objects.exists()


def test_ending_it_takes_the_secret_of_somebody_who_may(gate: Client) -> None:
    assert gate.get(f"{GATE}end/").status_code == 200
    assert gate.post(f"{GATE}end/", {"number": "3", "secret": "999000"}).status_code == 422
    refused = gate.post(f"{GATE}end/", {"number": "5", "secret": make.PIN})
    assert refused.status_code == 409
    assert "No office you hold now allows this" in refused.content.decode()
    assert Kiosk.objects.get().ended_at is None
    answer = gate.post(f"{GATE}end/", {"number": "3", "secret": make.PIN})
    assert answer.headers["Location"] == "/bakery/sign-in/"
    assert Kiosk.objects.get().ended_by.name == "Cy"  # type: ignore[union-attr]
    assert gate.get("/bakery/sign-in/").status_code == 200
    assert Entry.objects.latest("pk").verb == "kiosk-ended"


def test_any_other_browser_is_told_that_it_is_none(plant: make.Plant) -> None:
    for client in (Client(), make.sign_in(Client(), plant.eve)):
        for address in (GATE, f"{GATE}end/"):
            assert "This device is no tablet for everybody" in client.get(address).content.decode()
            assert client.post(address, {"number": "5", "secret": make.PIN}).status_code == 409
    forged = Client()
    forged.cookies["kiosk"] = "forged"
    assert "is no tablet" in forged.get(GATE).content.decode()
    assert forged.get("/bakery/sign-in/").status_code == 200


def test_a_tablet_of_the_quarry_is_none_in_the_bakery(gate: Client) -> None:
    make.plant("quarry")
    assert "is no tablet" in gate.get("/quarry/kiosk/").content.decode()


# --- One act ----------------------------------------------------------------------------------------------------------


def test_its_form_takes_the_place_of_the_door(gate: Client) -> None:
    assert gate.get("/bakery/sign-in/?next=/bakery/members/5/").headers["Location"] == GATE
    page = gate.get(GATE).content.decode()
    assert page.count('autocomplete="off"') == 3  # the form, the number, the secret
    assert 'name="own"' not in page
    assert "Gate" in page


def test_a_vote_signs_out(gate: Client, plant: make.Plant) -> None:
    ballot: Ballot = make.open_vote(plant).ballot
    assert come(gate, 5).headers["Location"] == "/bakery/"
    address = f"/bakery/ballots/{ballot.pk}/"
    form = {"choice": "for", "form": "ab" * 16}
    assert gate.post(address, form).status_code == 422  # the secret again, as on every strange device
    assert inside(gate)  # a form that comes back is no act
    answer = gate.post(address, form | {"secret": make.PIN})
    assert answer.headers["Location"] == f"{GATE}?done"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert NamedVote.objects.count() == 1
    assert not inside(gate)
    assert "Done. You are signed out" in gate.get(f"{GATE}?done").content.decode()


def test_a_secret_vote_signs_out_too_and_its_receipt_stands_to_be_copied(
    gate: Client, plant: make.Plant
) -> None:
    make_votes.commission(plant)
    draft = make_votes.drawn_up(plant, secrecy="secret")
    make_votes.with_key(draft, plant)
    ballot = ballots.open_ballot(ballot=draft, present=(), by=plant.hal.actor, at=make.now())
    come(gate, 5)
    form = {"choice": "for", "form": "ab" * 16, "secret": make.PIN}
    answer = gate.post(f"/bakery/ballots/{ballot.pk}/", form)
    assert (answer.status_code, answer.headers["Refresh"]) == (200, f"60; url={GATE}?done")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert RollEntry.objects.filter(channel="phone").get().member == plant.eve
    assert not inside(gate)


def test_a_signature_signs_out(gate: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    come(gate, 6)
    assert gate.post(f"/bakery/proposals/{motion.pk}/support/").headers["Location"] == f"{GATE}?done"
    assert not inside(gate)


def test_an_act_asked_for_by_htmx_moves_the_whole_window(gate: Client, plant: make.Plant) -> None:
    motion = make.published_motion(plant)
    come(gate, 6)
    answer = gate.post(f"/bakery/proposals/{motion.pk}/support/", headers={"hx-request": "true"})
    assert not inside(gate)
    assert answer.headers["HX-Redirect"] == f"{GATE}?done"


def test_signing_out_leads_back_to_its_form(gate: Client) -> None:
    come(gate, 5)
    answer = gate.post("/bakery/sign-out/")
    assert answer.headers["Location"] == f"{GATE}?done"
    assert "Clear-Site-Data" in answer.headers
    assert not inside(gate)


def test_nothing_of_the_first_is_there_for_the_second(gate: Client, plant: make.Plant) -> None:
    come(gate, 5)
    assert "Eve" in gate.get("/bakery/members/5/").content.decode()
    key = gate.session.session_key
    gate.get(GATE)  # somebody goes back to the form without signing out
    assert not Session.objects.filter(session_key=key).exists()
    page = gate.get(GATE).content.decode()
    assert "Eve" not in page
    assert 'value="5"' not in page
    answer = come(gate, 6, follow=True)
    page = answer.content.decode()
    assert "Fay" in page
    assert "Eve" not in page
    assert answer.redirect_chain == [("/bakery/", 302)]


def test_the_page_on_which_somebody_is_signed_out_names_nobody(gate: Client) -> None:
    come(gate, 5)
    page = gate.get(GATE).content.decode()
    assert "Eve" not in page
    assert "Who are you?" in page


def test_after_two_minutes_without_anybody_it_is_shut(gate: Client) -> None:
    come(gate, 5)
    page = gate.get("/bakery/bylaws/")
    assert page.headers["Refresh"] == f"120; url={GATE}?over"
    back = datetime.timedelta(minutes=2, seconds=1)
    Session.objects.update(seen_at=F("seen_at") - back, expire_date=F("expire_date") - back)
    assert not inside(gate)
    assert "Nobody was here" in gate.get(f"{GATE}?over").content.decode()


def test_wrong_tries_are_counted_and_the_number_goes_away(gate: Client) -> None:
    answers = [come(gate, 5, "999000") for _try in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert answers[0]["Refresh"] == f"60; url={GATE}"
    assert "999000" not in answers[0].content.decode()
    assert come(gate, 6).status_code == 302


@pytest.mark.parametrize("number", ["", "five", "9" * 10, "5\x00"])
def test_a_number_that_is_none_comes_back(gate: Client, number: str) -> None:
    assert gate.post(GATE, {"number": number, "secret": make.PIN}).status_code == 422


def test_nobody_calls_the_tablet_their_own(gate: Client) -> None:
    gate.post(GATE, {"number": "5", "secret": make.PIN, "own": "on"})
    assert Session.objects.get(account__isnull=False).kind == "kiosk"
    assert not Device.objects.filter(account__members__number=5).exists()
    assert not gate.cookies["device"].value


def test_other_browsers_of_the_member_are_left_alone(gate: Client, plant: make.Plant) -> None:
    phone = make.sign_in(Client(), plant.eve)
    come(gate, 5)
    gate.post("/bakery/sign-out/")
    assert inside(phone)


def test_what_belongs_to_ones_own_device_is_not_there(gate: Client) -> None:
    come(gate, 5)
    for address in ("/bakery/", "/bakery/members/5/", "/bakery/me/eligibility/"):
        page = gate.get(address).content.decode()
        for own in ("codes", "passkeys", "sessions"):
            assert f"/bakery/me/{own}/" not in page, address
    for address in ("codes/", "passkeys/", "passkeys/add/", "sessions/"):
        assert gate.get(f"/bakery/me/{address}").status_code == 404
    for address in ("codes/", "passkeys/", "sessions/end/", "sessions/end-others/"):
        assert gate.post(f"/bakery/me/{address}", {"secret": make.PIN}).status_code == 404
    phone = make.sign_in(Client(), Member.objects.get(number=5))
    assert "/bakery/me/sessions/" in phone.get("/bakery/").content.decode()
    assert phone.get("/bakery/me/codes/").status_code == 200
