"""The door: which house, signing in and out, the personas of a demonstration, enrolling with a printed card."""

import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as configured
from django.test import Client

from coop.keys.models import Session
from coop.members import actions
from coop.members.models import AccessCard, Account, Member, Standing
from coop.pages.entrance.personas import PERSONAS
from coop.refusals import Reason, Refused
from tests import make

pytestmark = pytest.mark.django_db

NEUTRAL = "Number and secret do not belong together."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def eve(plant: make.Plant) -> Member:
    """Has an account and the secret make.PIN; nobody is signed in."""
    make.sign_in(Client(), plant.eve)
    return plant.eve


def who(client: Client) -> Any:
    """The account that is signed in, by the number under which sessions keep it."""
    return client.session.get("_auth_user_id")


def card_for(member: Member, plant: make.Plant, **when: Any) -> str:
    _card, token = actions.issue_card(member=member, by=plant.cy, at=when.get("at", make.now()))
    return token


# --- Which house ----------------------------------------------------------------------------------------------------


def test_the_doorstep_leads_into_the_only_house(client: Client, plant: make.Plant) -> None:
    assert client.get("/").headers["Location"] == "/bakery/"


def test_the_doorstep_lists_several_houses(client: Client, plant: make.Plant) -> None:
    make.plant("mill")
    answer = client.get("/")
    assert answer.status_code == 200
    assert [house.slug for house in answer.context["houses"]] == ["bakery", "mill"]
    assert 'href="/mill/"' in answer.content.decode()


def test_the_doorstep_of_an_empty_installation_says_what_to_do(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "manage.py demo" in page
    assert "manage.py found" in page


def test_health_asks_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/health/").status_code == 405


def test_language_is_kept_in_a_cookie_and_leads_only_back_into_the_house(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/bakery/sign-in/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/bakery/sign-in/")
    assert answer.cookies["language"].value == "en"
    assert (
        client.post("/language/", {"language": "en", "next": "https://evil.example/"}).headers["Location"]
        == "/"
    )
    assert client.post("/language/", {"language": "tlh"}).status_code == 422
    assert client.get("/language/").status_code == 405


# --- Signing in -----------------------------------------------------------------------------------------------------


def test_sign_in_works_and_gives_a_new_session(client: Client, eve: Member) -> None:
    client.get("/bakery/sign-in/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    answer = client.post("/bakery/sign-in/", {"number": str(eve.number), "secret": make.PIN})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/bakery/")
    assert who(client) == str(eve.account_id)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get("/bakery/sign-in/").headers["Location"] == "/bakery/"


def test_spaces_around_number_and_secret_are_forgiven(client: Client, eve: Member) -> None:
    assert client.post("/bakery/sign-in/", {"number": " 5 ", "secret": f"{make.PIN} "}).status_code == 302


@pytest.mark.parametrize(
    ("number", "secret"),
    [
        pytest.param("5", "000111", id="wrong secret"),
        pytest.param("999", make.PIN, id="unknown number"),
        pytest.param("6", make.PIN, id="no account yet"),
        pytest.param("0", make.PIN, id="nobody has number 0"),
    ],
)
def test_unknown_number_and_wrong_secret_read_the_same(
    client: Client, eve: Member, number: str, secret: str
) -> None:
    answer = client.post("/bakery/sign-in/", {"number": number, "secret": secret})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(NEUTRAL) == 1
    assert f'value="{number}"' in page  # the number stays
    assert secret not in page  # the secret never does
    assert who(client) is None


def test_somebody_who_has_left_does_not_get_in(client: Client, plant: make.Plant, eve: Member) -> None:
    actions.change_standing(
        member=eve, kind="member", status=Standing.Status.LEFT, since=plant.cooperative.day_of(make.now()),
        reason="moved away", by=make.FOUNDING, at=make.now(),
    )  # fmt: skip
    answer = client.post("/bakery/sign-in/", {"number": "5", "secret": make.PIN})
    assert answer.status_code == 422
    assert NEUTRAL in answer.content.decode()


def test_an_account_opens_only_its_own_house(client: Client, eve: Member) -> None:
    make.plant("mill")
    assert client.post("/mill/sign-in/", {"number": "5", "secret": make.PIN}).status_code == 422
    client.post("/bakery/sign-in/", {"number": "5", "secret": make.PIN})
    assert client.get("/mill/").status_code == 404
    assert client.get("/no-such-house/sign-in/").status_code == 404


@pytest.mark.parametrize(
    "number", ["", "five", "5.0", "-5", "٥", "5" * 10, "5" * 5000, "5\x00", "1e3"], ids=lambda text: text[:12]
)
def test_a_number_that_is_none_gets_its_own_words(client: Client, eve: Member, number: str) -> None:
    answer = client.post("/bakery/sign-in/", {"number": number, "secret": make.PIN})
    assert answer.status_code == 422
    assert "number" in answer.context["form"].errors
    assert NEUTRAL not in answer.content.decode()


@pytest.mark.parametrize("secret", ["", "x" * 201, "582047\x00"], ids=["none", "endless", "nul"])
def test_a_secret_that_is_none_is_not_tried(client: Client, eve: Member, secret: str) -> None:
    with patch.object(Account, "check_password") as tried:
        answer = client.post("/bakery/sign-in/", {"number": "5", "secret": secret})
    assert answer.status_code == 422
    assert not tried.called


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/bakery/bylaws/?own=1", "/bakery/bylaws/?own=1"),
        ("/bakery/members/5/", "/bakery/members/5/"),
        ("/mill/bylaws/", "/bakery/"),
        ("/bakery/../mill/bylaws/", "/bakery/"),
        ("/bakery/%2e%2e/mill/", "/bakery/"),
        ("//evil.example/bakery/", "/bakery/"),
        ("/\\evil.example/bakery/", "/bakery/"),
        ("https://evil.example/bakery/", "/bakery/"),
        ("javascript:alert(1)", "/bakery/"),
        ("/bakery/sign-in/", "/bakery/"),
        ("/bakery/sign-out/", "/bakery/"),
        ("/nowhere", "/bakery/"),
        ("", "/bakery/"),
    ],
)
def test_next_leads_only_to_pages_of_this_house(
    client: Client, eve: Member, wanted: str, reached: str
) -> None:
    page = client.get("/bakery/sign-in/", {"next": wanted})
    assert page.context["onward"] == reached
    answer = client.post("/bakery/sign-in/", {"number": "5", "secret": make.PIN, "next": wanted})
    assert answer.headers["Location"] == reached


def test_a_page_behind_the_door_sends_here_and_back(client: Client, eve: Member) -> None:
    assert (
        client.get("/bakery/members/").headers["Location"] == "/bakery/sign-in/?next=%2Fbakery%2Fmembers%2F"
    )


def test_other_methods_are_refused(client: Client, plant: make.Plant) -> None:
    assert client.put("/bakery/sign-in/").status_code == 405
    assert client.get("/bakery/sign-out/").status_code == 405
    assert client.get("/bakery/sign-in/as/").status_code == 405
    assert client.delete("/bakery/enrol/abc/").status_code == 405


# --- The personas of a demonstration --------------------------------------------------------------------------------


@pytest.fixture
def lucerna(settings: Any) -> make.Plant:
    """A demonstration: its members 2 (Bo) and 3 (Cy) have accounts, of whom only 2 is a persona."""
    settings.DEMO = True
    plant = make.plant("lucerna")
    for member in (plant.bo, plant.cy):
        make.sign_in(Client(), member)
    return plant


def test_a_demonstration_offers_its_personas_with_one_tap(client: Client, lucerna: make.Plant) -> None:
    page = client.get("/lucerna/sign-in/", {"next": "/lucerna/bylaws/"})
    assert [persona["number"] for persona in page.context["personas"]] == [2]
    answer = client.post("/lucerna/sign-in/as/", {"number": "2", "next": "/lucerna/bylaws/"})
    assert answer.headers["Location"] == "/lucerna/bylaws/"
    assert who(client) == str(lucerna.bo.account_id)


def test_from_one_persona_to_another(client: Client, lucerna: make.Plant) -> None:
    make.sign_in(client, lucerna.cy)
    client.post("/lucerna/sign-in/as/", {"number": "2"})
    assert who(client) == str(lucerna.bo.account_id)


@pytest.mark.parametrize(
    "number", ["3", "144", "", "2 ", "two", "2\x00", "9" * 5000], ids=lambda text: text[:9]
)
def test_who_is_no_persona_is_not_here(client: Client, lucerna: make.Plant, number: str) -> None:
    assert client.post("/lucerna/sign-in/as/", {"number": number}).status_code == 404
    assert who(client) is None


def test_outside_a_demonstration_there_are_no_personas(
    client: Client, lucerna: make.Plant, settings: Any
) -> None:
    settings.DEMO = False
    assert client.get("/lucerna/sign-in/").context["personas"] == []
    assert client.post("/lucerna/sign-in/as/", {"number": "2"}).status_code == 404
    assert who(client) is None


def test_a_real_house_beside_the_demonstration_has_none(client: Client, lucerna: make.Plant) -> None:
    bakery = make.plant()
    make.sign_in(Client(), bakery.bo)
    assert client.get("/bakery/sign-in/").context["personas"] == []
    assert client.post("/bakery/sign-in/as/", {"number": "2"}).status_code == 404


def test_personas_are_nine_different_people_with_words() -> None:
    assert len({persona.number for persona in PERSONAS}) == 9
    assert all(str(persona.title) and str(persona.sentence) for persona in PERSONAS)


# --- Signing out ----------------------------------------------------------------------------------------------------


def test_sign_out_ends_the_session_and_clears_the_device(client: Client, eve: Member) -> None:
    make.sign_in(client, eve)
    key = client.session.session_key
    answer = client.post("/bakery/sign-out/")
    assert answer.headers["Location"] == "/bakery/sign-in/?signed-out"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/bakery/").status_code == 302
    assert "You are signed out" in client.get(answer.headers["Location"]).content.decode()


def test_sign_out_twice_and_with_a_lost_session_is_fine(client: Client, eve: Member) -> None:
    for _time in range(2):
        assert client.post("/bakery/sign-out/").status_code == 302


def test_nothing_behind_the_door_is_stored_in_the_browser(client: Client, eve: Member) -> None:
    make.sign_in(client, eve)
    answer = client.get("/bakery/bylaws/")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "HX-Request" in answer.headers["Vary"]


def test_a_form_from_elsewhere_is_refused(plant: make.Plant) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/bakery/sign-in/", {"number": "5", "secret": make.PIN})
    assert answer.status_code == 403
    assert "What you typed is below" not in answer.content.decode()  # for nothing is


@pytest.mark.parametrize(
    ("where", "field"), [("sign-in/code/", "code"), ("sign-in/passkey/", "credential"), ("enrol/", "code")]
)
def test_what_opens_the_door_is_not_shown_again_by_a_form_that_was_too_old(
    plant: make.Plant, where: str, field: str
) -> None:
    """A code on paper is still good then, and the tablet at the gate has other eyes before it."""
    page = Client(enforce_csrf_checks=True).post(f"/bakery/{where}", {"number": "5", field: "7K2M-Q9XT-4WBD"})
    assert page.status_code == 403
    assert "7K2M" not in page.content.decode()


# --- Enrolling with a printed card ----------------------------------------------------------------------------------


def test_a_card_is_looked_at_five_times_and_used_once(client: Client, plant: make.Plant) -> None:
    address = f"/bakery/enrol/{card_for(plant.fay, plant)}/"
    for _look in range(5):
        page = client.get(address)
        assert page.status_code == 200
        assert "Fay" not in page.content.decode()  # whoever finds a card learns no name from it
    answer = client.post(address, {"secret": "740291", "secret_again": "740291"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/bakery/")
    fay = Member.objects.get(pk=plant.fay.pk)
    assert fay.account is not None
    assert fay.account.check_password("740291")
    assert who(client) == str(fay.account_id)
    assert AccessCard.objects.get().used_at is not None
    assert client.post("/bakery/sign-out/").status_code == 302
    assert client.post("/bakery/sign-in/", {"number": "6", "secret": "740291"}).status_code == 302


def test_a_used_card_answers_409_to_looking_and_using(client: Client, plant: make.Plant) -> None:
    address = f"/bakery/enrol/{card_for(plant.fay, plant)}/"
    client.post(address, {"secret": "740291", "secret_again": "740291"})
    second = Client()
    for answer in (second.get(address), second.post(address, {"secret": "550914", "secret_again": "550914"})):
        assert answer.status_code == 409
        assert "This card has been used." in answer.content.decode()
    account = Account.objects.get(members=plant.fay)
    assert account.check_password("740291")


def test_the_slower_of_two_with_one_card_is_refused(client: Client, plant: make.Plant) -> None:
    address = f"/bakery/enrol/{card_for(plant.fay, plant)}/"
    with patch("coop.pages.entrance.enrolment.actions.enrol", side_effect=Refused([Reason("card-used")])):
        answer = client.post(address, {"secret": "740291", "secret_again": "740291"})
    assert answer.status_code == 409
    assert who(client) is None


def test_what_is_no_card_of_this_house_answers_alike(client: Client, plant: make.Plant) -> None:
    make.plant("mill")
    good = card_for(plant.fay, plant)
    expired = card_for(plant.gus, plant, at=make.now() - make.days(15))
    withdrawn = card_for(plant.hal, plant)
    card_for(plant.hal, plant)
    addresses = [
        "/bakery/enrol/forged-token/",
        f"/bakery/enrol/{good[:-1]}/",
        f"/bakery/enrol/{expired}/",
        f"/bakery/enrol/{withdrawn}/",
        f"/bakery/enrol/{'x' * 5000}/",
    ]
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.templates[0].name for answer in answers} == {"entrance/door/no_such_card.html"}
    posted = [client.post(address, {"secret": "740291", "secret_again": "740291"}) for address in addresses]
    assert {answer.status_code for answer in posted} == {404}
    assert client.get(f"/mill/enrol/{good}/").status_code == 404  # a card of the house next door
    assert not Account.objects.exists()


def test_a_card_of_somebody_who_left_is_no_card(client: Client, plant: make.Plant) -> None:
    token = card_for(plant.fay, plant)
    actions.change_standing(
        member=plant.fay, kind="member", status=Standing.Status.LEFT, since=plant.cooperative.day_of(make.now()),
        reason="", by=make.FOUNDING, at=make.now(),
    )  # fmt: skip
    assert client.get(f"/bakery/enrol/{token}/").status_code == 404


def test_a_card_that_replaces_a_secret_waits_for_the_second_person(
    client: Client, plant: make.Plant, eve: Member
) -> None:
    eve = Member.objects.select_related("cooperative__chain").get(pk=eve.pk)
    card, token = actions.issue_card(member=eve, by=plant.cy, at=make.now())
    answer = client.get(f"/bakery/enrol/{token}/")
    assert answer.status_code == 409
    assert "waits for the second signature" in answer.content.decode()
    actions.countersign_card(card=card, by=plant.bo, at=make.now())
    assert client.get(f"/bakery/enrol/{token}/").status_code == 200


def test_a_new_secret_ends_the_sessions_of_the_old_one(
    client: Client, plant: make.Plant, eve: Member
) -> None:
    lost = make.sign_in(Client(), eve)
    card, token = actions.issue_card(member=eve, by=plant.cy, at=make.now())
    actions.countersign_card(card=card, by=plant.bo, at=make.now())
    client.post(f"/bakery/enrol/{token}/", {"secret": "740291", "secret_again": "740291"})
    assert lost.get("/bakery/bylaws/").status_code == 302
    assert client.get("/bakery/bylaws/").status_code == 200


@pytest.mark.parametrize(
    ("secret", "again", "words"),
    [
        ("123456", "123456", "one of the first things somebody would try"),
        ("777777", "777777", "one of the first things somebody would try"),
        ("short", "short", "Take 6 to 12 digits"),
        ("740291", "740292", "The two are not the same"),
        ("", "", "This field is required"),
        ("740291\x00", "740291\x00", "Null characters are not allowed"),
        ("x" * 201, "x" * 201, "at most 200 characters"),
    ],
    ids=["row", "one digit", "short", "different", "empty", "nul", "endless"],
)
def test_weak_secrets_are_refused_with_the_reason(
    client: Client, plant: make.Plant, secret: str, again: str, words: str
) -> None:
    address = f"/bakery/enrol/{card_for(plant.fay, plant)}/"
    answer = client.post(address, {"secret": secret, "secret_again": again})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{secret}"' not in page or not secret
    assert AccessCard.objects.get().used_at is None
    assert not Account.objects.exists()


def test_the_cookie_of_a_session_is_out_of_reach_for_scripts(client: Client, eve: Member) -> None:
    """On one's own device it lasts twelve hours; elsewhere it goes with the window."""
    for own, lasts in (({"own": "on"}, datetime.timedelta(hours=12).total_seconds()), ({}, "")):
        answer = client.post("/bakery/sign-in/", {"number": "5", "secret": make.PIN, **own})
        cookie = answer.cookies[configured.SESSION_COOKIE_NAME]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == lasts


def test_languages_are_offered_once_there_is_a_choice(
    client: Client, plant: make.Plant, settings: Any
) -> None:
    settings.LANGUAGES = [("en", "English")]
    assert client.get("/bakery/sign-in/").context["languages"] == []
    settings.LANGUAGES = [("en", "English"), ("pt-br", "Português (Brasil)")]
    answer = client.get("/bakery/sign-in/")
    assert [code for code, _name in answer.context["languages"]] == ["en", "pt-br"]
    assert 'lang="pt-br"' in answer.content.decode()


def test_a_browser_is_answered_in_its_language(client: Client, plant: make.Plant) -> None:
    for asked, spoken in (("es-AR,en;q=0.5", "es"), ("pt-BR", "pt-br"), ("fr,en;q=0.3", "en"), ("fr", "en")):
        answer = client.get("/bakery/sign-in/", headers={"accept-language": asked})
        assert answer.headers["Content-Language"] == spoken


def test_after_a_wrong_try_the_form_stands_above_the_personas(client: Client, lucerna: make.Plant) -> None:
    def order(page: str) -> bool:
        return page.index('name="secret"') < page.index('class="door"')

    assert not order(client.get("/lucerna/sign-in/").content.decode())
    wrong = client.post("/lucerna/sign-in/", {"number": "2", "secret": "999000"})
    assert order(wrong.content.decode())
