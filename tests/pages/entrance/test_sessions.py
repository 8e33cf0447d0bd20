"""Being signed in: how long, where, whose; ending it here, there and for somebody who lost a telephone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from coop.ballots.models import Ballot, NamedVote
from coop.journal.models import Entry
from coop.keys.models import Device, OfficeEnding, Session
from coop.members.actions import issue_card
from coop.members.models import Account
from tests import make

pytestmark = pytest.mark.django_db

DOOR = "/bakery/sign-in/"
LIST = "/bakery/me/sessions/"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    for one in (plant.eve, plant.fay, plant.cy):
        make.account(one)
    return plant


def signed_in(number: int = 5, *, own: bool = False, **more: Any) -> Client:
    client = Client(**more)
    form = {"number": str(number), "secret": make.PIN, **({"own": "on"} if own else {})}
    assert client.post(DOOR, form).status_code == 302
    return client


def pass_time(minutes: float) -> None:
    """Everything that is known of sessions lies so much longer back."""
    back = datetime.timedelta(minutes=minutes)
    Session.objects.update(
        made_at=F("made_at") - back, seen_at=F("seen_at") - back, expire_date=F("expire_date") - back
    )


def inside(client: Client) -> bool:
    return client.get("/bakery/bylaws/").status_code == 200


def row(client: Client) -> Session:
    return Session.objects.get(session_key=client.session.session_key)


# --- How long -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("own", "most"), [(True, 30), (False, 10)])
def test_it_falls_shut_when_nobody_is_there(plant: make.Plant, own: bool, most: int) -> None:
    client = signed_in(own=own)
    pass_time(most - 1)
    assert inside(client)  # and the time begins anew
    pass_time(most - 1)
    assert inside(client)
    pass_time(most + 1)
    answer = client.get("/bakery/bylaws/")
    assert answer.headers["Location"] == "/bakery/sign-in/?next=%2Fbakery%2Fbylaws%2F"


def test_after_twelve_hours_it_ends_whatever_happened(plant: make.Plant) -> None:
    client = signed_in(own=True)
    for _half_hour in range(28):
        pass_time(25)
        assert inside(client)
    assert row(client).expire_date == row(client).made_at + datetime.timedelta(hours=12)
    pass_time(25)
    assert not inside(client)


def test_what_a_page_asks_by_itself_keeps_nobody_awake(plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    client = signed_in(own=True)
    pass_time(20)
    fragment = client.get(f"/bakery/ballots/{ballot.pk}/turnout/", headers={"hx-request": "true"})
    assert fragment.status_code == 200
    pass_time(11)
    assert not inside(client)


def test_the_screen_in_the_hall_stays_on(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    screen = signed_in()
    for _time in range(5):
        pass_time(8)
        assert (
            screen.get(f"/bakery/meetings/{meeting.pk}/hall/", headers={"hx-request": "true"}).status_code
            == 200
        )


@pytest.mark.parametrize("own", [True, False])
def test_a_card_used_on_ones_own_telephone_makes_it_a_known_one(plant: make.Plant, own: bool) -> None:
    _card, token = issue_card(member=plant.gus, by=plant.cy, at=make.now())
    client = Client()
    chosen = {"secret": make.PIN, "secret_again": make.PIN} | ({"own": "on"} if own else {})
    assert client.post(f"/bakery/enrol/{token}/", chosen).status_code == 302
    assert row(client).kind == ("own" if own else "borrowed")
    assert Device.objects.filter(account__members=plant.gus).exists() is own


def test_that_somebody_is_there_is_written_once_a_minute(plant: make.Plant) -> None:
    client = signed_in(own=True)
    inside(client)
    before = row(client).seen_at
    assert inside(client)
    assert row(client).seen_at == before
    pass_time(2)
    assert inside(client)
    assert row(client).seen_at > before


def test_signing_in_gives_a_new_key_whatever_cookie_was_there(plant: make.Plant) -> None:
    client = Client()
    client.cookies["session"] = "planted-by-somebody-else-00000000"
    client.post(DOOR, {"number": "5", "secret": make.PIN})
    assert client.session.session_key != "planted-by-somebody-else-00000000"
    assert not Session.objects.filter(session_key__startswith="planted").exists()


def test_an_old_cookie_opens_nothing_after_signing_out(plant: make.Plant) -> None:
    client = signed_in()
    key = client.cookies["session"].value
    client.post("/bakery/sign-out/")
    replayed = Client()
    replayed.cookies["session"] = key
    assert not inside(replayed)


def test_a_member_who_may_not_come_in_any_more_is_out_at_once(plant: make.Plant) -> None:
    client = signed_in()
    Account.objects.filter(members=plant.eve).update(is_active=False)
    assert not inside(client)


def test_a_session_that_ended_meanwhile_does_not_come_back(plant: make.Plant) -> None:
    client = signed_in()
    Session.objects.all().delete()
    assert not inside(client)
    assert not Session.objects.filter(account__isnull=False).exists()


def test_everything_behind_the_door_is_kept_by_no_browser(plant: make.Plant) -> None:
    client = signed_in()
    for address in ("/bakery/", LIST, "/bakery/members/5/", "/bakery/members/999/"):
        assert client.get(address).headers["Cache-Control"] == "no-store, private"


# --- Where ----------------------------------------------------------------------------------------------------------


def test_the_list_names_devices_and_no_keys(plant: make.Plant) -> None:
    phone = signed_in(own=True, HTTP_USER_AGENT=FIREFOX)
    signed_in()
    signed_in(6)
    page = phone.get(LIST).content.decode()
    assert page.count("<tr") == 3  # the head, this one, the other one; nobody else's
    assert "Firefox / Android" in page
    assert "own telephone or computer" in page
    assert "a device of somebody else" in page
    assert "A browser without a name" in page
    assert not any(one.session_key in page for one in Session.objects.all())


def test_the_list_asks_as_often_for_thirty_as_for_one(
    plant: make.Plant, django_assert_max_num_queries: Any
) -> None:
    client = signed_in()
    with django_assert_max_num_queries(8):
        client.get(LIST)
    for _time in range(30):
        signed_in()
    with django_assert_max_num_queries(8):
        assert client.get(LIST).content.decode().count("<tr") == 32


def test_one_is_ended_from_another(plant: make.Plant) -> None:
    here, there = signed_in(own=True), signed_in()
    answer = here.post(f"{LIST}end/", {"session": row(there).handle}, follow=True)
    assert "Signed out there." in answer.content.decode()
    assert inside(here)
    assert not inside(there)
    again = here.post(f"{LIST}end/", {"session": "0" * 32}, follow=True)
    assert "That one was over already." in again.content.decode()


def test_the_one_that_asks_is_signed_out_as_always(plant: make.Plant) -> None:
    here = signed_in()
    answer = here.post(f"{LIST}end/", {"session": row(here).handle})
    assert answer.headers["Location"] == "/bakery/sign-in/?signed-out"
    assert "Clear-Site-Data" in answer.headers


def test_nobody_ends_the_session_of_somebody_else(plant: make.Plant) -> None:
    eve, fay = signed_in(5), signed_in(6)
    eve.post(f"{LIST}end/", {"session": row(fay).handle})
    eve.post(f"{LIST}end-others/")
    assert inside(fay)


def test_all_others_end_and_their_devices_are_strangers_again(plant: make.Plant) -> None:
    here, there, third = signed_in(own=True), signed_in(own=True), signed_in()
    answer = here.post(f"{LIST}end-others/", follow=True)
    assert "2 other sign-ins have ended." in answer.content.decode()
    assert [inside(here), inside(there), inside(third)] == [True, False, False]
    assert not Device.objects.exists()


# --- By an office ---------------------------------------------------------------------------------------------------


def test_the_keeper_ends_what_a_lost_telephone_is_signed_in_on(plant: make.Plant) -> None:
    lost, keeper = signed_in(own=True), signed_in(3)
    page = keeper.get("/bakery/members/5/sessions/end/").content.decode()
    assert "End everything they are signed in on?" in page
    assert inside(lost)  # looking ends nothing
    answer = keeper.post("/bakery/members/5/sessions/end/", follow=True)
    assert "Ended. To come back they give their secret again" in answer.content.decode()
    assert not inside(lost)
    assert inside(keeper)
    assert not Device.objects.exists()
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.actor_name, entry.subject_label, entry.facts) == (
        "sessions-ended",
        "Cy",
        "5 Eve",
        {},
    )


def test_the_member_reads_once_who_did_it(plant: make.Plant) -> None:
    signed_in(3).post("/bakery/members/5/sessions/end/")
    eve = Client()
    page = eve.post(DOOR, {"number": "5", "secret": make.PIN}, follow=True).content.decode()
    assert "Cy ended everything you were signed in on." in page
    assert OfficeEnding.objects.get().told_at is not None
    eve.post("/bakery/sign-out/")
    page = eve.post(DOOR, {"number": "5", "secret": make.PIN}, follow=True).content.decode()
    assert "ended everything" not in page


def test_others_cannot_and_nothing_happens(plant: make.Plant) -> None:
    eve, fay = signed_in(5), signed_in(6)
    for answer in (
        fay.get("/bakery/members/5/sessions/end/"),
        fay.post("/bakery/members/5/sessions/end/"),
    ):
        assert answer.status_code == 409
        assert "No office you hold now allows this" in answer.content.decode()
    assert inside(eve)
    assert not OfficeEnding.objects.exists()
    assert "sessions/end/" not in fay.get("/bakery/members/5/").content.decode()
    assert "/bakery/members/5/sessions/end/" in signed_in(3).get("/bakery/members/5/").content.decode()
    assert LIST in eve.get("/bakery/members/5/").content.decode()


def test_who_never_signed_in_has_nothing_to_end(plant: make.Plant) -> None:
    keeper = signed_in(3)
    answer = keeper.post(f"/bakery/members/{plant.gus.number}/sessions/end/")
    assert answer.status_code == 409
    assert "has never signed in" in answer.content.decode()


# --- The secret again before a vote -----------------------------------------------------------------------------------


@pytest.fixture
def ballot(plant: make.Plant) -> Ballot:
    return make.open_vote(plant).ballot


def vote(client: Client, ballot: Ballot, **more: str) -> Any:
    return client.post(
        f"/bakery/ballots/{ballot.pk}/", {"choice": "for", "form": f"{ballot.pk:032x}", **more}
    )


def asks(client: Client, ballot: Ballot) -> bool:
    return 'name="secret"' in client.get(f"/bakery/ballots/{ballot.pk}/").content.decode()


def test_on_ones_own_telephone_a_vote_asks_for_nothing(plant: make.Plant, ballot: Ballot) -> None:
    phone = signed_in(own=True)
    assert not asks(phone, ballot)
    assert vote(phone, ballot).status_code == 302
    assert NamedVote.objects.count() == 1


def test_elsewhere_it_asks_and_a_wrong_one_keeps_the_choice(plant: make.Plant, ballot: Ballot) -> None:
    client = signed_in()
    assert asks(client, ballot)
    for secret, words in (("", "Give your PIN or passphrase once more."), ("999000", "This is not your PIN")):
        answer = vote(client, ballot, secret=secret)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert 'value="for" required checked' in page or 'value="for" checked' in page
        assert f'value="{ballot.pk:032x}"' in page  # the number of the paper
        assert "999000" not in page
    assert not NamedVote.objects.exists()
    assert vote(client, ballot, secret=make.PIN).status_code == 302
    assert vote(client, ballot, secret=make.PIN).status_code == 302  # the same paper again: the same receipt
    assert NamedVote.objects.count() == 1


def test_wrong_ones_are_counted_for_this_session_alone(plant: make.Plant, ballot: Ballot) -> None:
    client = signed_in()
    codes = [vote(client, ballot, secret="999000").status_code for _try in range(7)]
    assert codes == [422] * 5 + [429] * 2
    answer = vote(client, ballot, secret=make.PIN)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert vote(signed_in(), ballot, secret=make.PIN).status_code == 302  # the door itself is not shut


def test_a_stranger_at_the_door_does_not_keep_a_member_from_voting(plant: make.Plant, ballot: Ballot) -> None:
    client = signed_in()
    stranger = Client()
    for _try in range(9):
        stranger.post(DOOR, {"number": "5", "secret": "999000"})
    assert vote(client, ballot, secret=make.PIN).status_code == 302


def test_after_ten_minutes_of_rest_ones_own_telephone_asks_too(plant: make.Plant, ballot: Ballot) -> None:
    phone = signed_in(own=True)
    pass_time(9)
    assert not asks(phone, ballot)
    pass_time(11)
    assert asks(phone, ballot)
    assert asks(phone, ballot)  # looking does not wake it
    assert vote(phone, ballot).status_code == 422
    assert vote(phone, ballot, secret=make.PIN).status_code == 302
    assert not row(phone).secret_due


def test_an_ended_session_loses_no_paper_but_stores_no_choice(plant: make.Plant, ballot: Ballot) -> None:
    client = signed_in()
    pass_time(11)
    answer = vote(client, ballot, secret=make.PIN)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/bakery/sign-in/?next=")
    assert not NamedVote.objects.exists()
    assert not any("for" in str(one.get_decoded()) for one in Session.objects.all())
