"""Sheets of access cards, and getting in with the code that stands on one."""

from __future__ import annotations

import datetime
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import AccessCard, Account, Department, Member, Standing
from coop.members.typed_codes import SIGNS, code_for, in_groups, read
from coop.pages import paper
from coop.pages.people import cards
from tests import make

pytestmark = pytest.mark.django_db

SECRET = {"secret": "740291", "secret_again": "740291"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def sheets(client: Client, query: str = "") -> tuple[Any, dict[str, Any]]:
    """The answer to pressing the button, and the data of the sheets (empty when none came)."""
    with patch.object(paper, "printed", wraps=paper.printed) as printing:
        answer = client.post(f"/bakery/cards/{query}")
    return answer, printing.call_args.args[1] if printing.called else {}


def gone(plant: make.Plant, who: Member) -> None:
    actions.change_standing(
        member=who, kind="member", status=Standing.Status.LEFT, since=plant.cooperative.day_of(make.now()),
        reason="", by=make.FOUNDING, at=make.now(),
    )  # fmt: skip


# --- By the sheet ---------------------------------------------------------------------------------------------------


def test_everybody_who_was_never_in_gets_a_card_and_the_others_are_told(
    keeper: Client, plant: make.Plant
) -> None:
    make.account(plant.eve)
    gone(plant, plant.lou)
    page = keeper.get("/bakery/cards/").content.decode()
    assert "12 cards to print" in page  # fifteen people: Lou has gone, Cy and Eve are in
    assert "2 more of them can sign in already and get none" in page
    assert "Make the cards, 2 sheets" in page
    answer, data = sheets(keeper)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
    assert [one["name"] for one in data["cards"]] == [
        "Ana", "Bo", "Dee", "Fay", "Gus", "Hal", "Ida", "Jo", "Kim", "Max", "Nan", "Oz",
    ]  # fmt: skip
    assert [row[1] for row in data["list"]["rows"]] == [one["name"] for one in data["cards"]]
    assert data["list"]["notes"][1] == "In already, so without a new card: 3 Cy, 5 Eve"
    assert AccessCard.objects.count() == 12


@pytest.mark.parametrize(
    ("host", "warned"), [("localhost:8000", True), ("127.0.0.1", True), ("192.168.1.7", False)]
)
def test_cards_that_no_telephone_can_open_are_warned_of(
    keeper: Client, settings: Any, host: str, warned: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = keeper.get("/bakery/cards/", HTTP_HOST=host).content.decode()
    assert ("No telephone can open these cards" in page) is warned


def test_what_stands_on_a_card_opens_the_door_and_stands_nowhere_else(
    keeper: Client, plant: make.Plant
) -> None:
    _answer, data = sheets(keeper, "?words=fay")
    (card,) = data["cards"]
    assert (card["house"], card["name"], card["number"], card["place"]) == (
        "Bakery",
        "Fay",
        "6",
        "Ovens, Crew A",
    )
    assert card["address"] == "http://testserver/bakery/enrol/"
    assert len(card["steps"]) == 3
    assert card["square"].startswith("<svg")
    code = read(card["code"])
    assert code
    row = AccessCard.objects.get()
    assert row.code_hash == AccessCard.hash_of_code(code)
    seen = keeper.get("/bakery/cards/").content.decode() + keeper.get("/bakery/journal/").content.decode()
    assert card["code"] not in seen
    assert not Entry.objects.filter(facts__icontains=code).exists()


def test_the_square_on_the_card_is_the_address_of_the_card(keeper: Client, plant: make.Plant) -> None:
    drawn: list[str] = []
    with patch.object(cards, "square_of", side_effect=lambda address: drawn.append(address) or "<svg/>"):
        _answer, data = sheets(keeper, "?words=fay")
    found = re.fullmatch(r"http://testserver/bakery/enrol/([\w-]{22})/", drawn[0])
    assert found
    assert in_groups(code_for(found[1])) == data["cards"][0]["code"]
    assert Client().get(f"/bakery/enrol/{found[1]}/").status_code == 200


def test_behind_a_proxy_the_card_carries_the_address_people_type(
    keeper: Client, plant: make.Plant, settings: Any
) -> None:
    settings.HTTPS, settings.ORIGIN = True, "https://assembly.example"
    _answer, data = sheets(keeper, "?words=fay")
    assert data["cards"][0]["address"] == "https://assembly.example/bakery/enrol/"


def test_a_department_a_crew_or_those_whose_card_ran_out(keeper: Client, plant: make.Plant) -> None:
    actions.post(
        member=plant.kim, department=Department.objects.get(code="PAC"), crew=None,
        since=datetime.date(2021, 1, 1), reason="", by=make.FOUNDING, at=make.now(),
    )  # fmt: skip
    actions.issue_card(member=plant.hal, by=plant.cy, at=make.now() - make.days(15))
    chosen = {
        query: [one["name"] for one in sheets(keeper, query)[1]["cards"]]
        for query in ("?department=PAC", "?access=over", "?department=OVN&words=ha")
    }
    assert chosen == {
        "?department=PAC": ["Kim"],
        "?access=over": ["Hal"],
        "?department=OVN&words=ha": ["Hal"],
    }


def test_a_second_printing_ends_the_first(keeper: Client, plant: make.Plant) -> None:
    codes = [read(sheets(keeper, "?words=fay")[1]["cards"][0]["code"]) for _time in range(2)]
    assert codes[0] != codes[1]
    found = [AccessCard.objects.get(code_hash=AccessCard.hash_of_code(str(code))) for code in codes]
    assert [card.withdrawn_at is None for card in found] == [False, True]


def test_nothing_to_print_and_too_much_are_said(
    keeper: Client, plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = keeper.get("/bakery/cards/?words=nobody")
    assert "None of these people needs a card" in nobody.content.decode()
    assert keeper.post("/bakery/cards/?words=cy").status_code == 409
    monkeypatch.setattr(cards, "MOST", 5)
    answer = keeper.post("/bakery/cards/")
    assert answer.status_code == 409
    assert "These are 14 cards; at most 5 are printed at once." in answer.content.decode()
    assert keeper.post("/bakery/cards/?department=nowhere").status_code == 422
    assert not AccessCard.objects.exists()


def test_who_does_not_keep_the_register_finds_no_cards(plant: make.Plant) -> None:
    for name in ("eve", "ana", "bo", "dee"):
        client = make.sign_in(Client(), plant.people[name])
        assert client.get("/bakery/cards/").status_code == 404
        assert client.post("/bakery/cards/").status_code == 404
    assert not AccessCard.objects.exists()


def test_the_choice_costs_as_many_questions_for_many(keeper: Client, plant: make.Plant) -> None:
    with CaptureQueriesContext(connection) as few:
        keeper.get("/bakery/cards/?words=lou")
    for number in range(100, 130):
        make.member(plant.cooperative, number, f"Worker {number}")
    with CaptureQueriesContext(connection) as many:
        keeper.get("/bakery/cards/")
    assert len(many) == len(few)


# --- With the code --------------------------------------------------------------------------------------------------


def code_of(plant: make.Plant, who: Member, **when: Any) -> str:
    _card, token = actions.issue_card(member=who, by=plant.cy, at=when.get("at", make.now()))
    return in_groups(code_for(token))


def typed(client: Client, number: object, code: str, house: str = "bakery") -> Any:
    return client.post(f"/{house}/enrol/", {"number": number, "code": code})


def test_number_and_code_lead_to_the_card_and_use_nothing_up(client: Client, plant: make.Plant) -> None:
    code = code_of(plant, plant.fay)
    for way in (code, code.lower(), code.replace(" ", ""), code.replace(" ", "-"), f"  {code} "):
        answer = typed(client, 6, way)
        assert answer.status_code == 302
        assert client.get(answer.headers["Location"]).status_code == 200
    assert AccessCard.objects.get().used_at is None
    address = answer.headers["Location"]
    assert client.post(address, SECRET).headers["Location"] == "/bakery/"
    assert Account.objects.get(members=plant.fay).check_password("740291")
    assert Client().post(address, SECRET).status_code == 409
    assert typed(Client(), 6, code).status_code == 422  # it was used


def test_the_card_of_one_person_can_be_typed_too(client: Client, keeper: Client, plant: make.Plant) -> None:
    page = keeper.post("/bakery/members/6/card/").content.decode()
    found = re.search(r"<code>http://testserver/bakery/enrol/</code><br><b[^>]*>([\w ]{14})</b>", page)
    assert found
    assert typed(client, 6, found[1]).status_code == 302


def test_every_wrong_pair_gets_the_same_answer(client: Client, plant: make.Plant) -> None:
    mill = make.plant("mill")
    code, other = code_of(plant, plant.fay), code_of(plant, plant.gus)
    over = code_of(plant, plant.hal, at=make.now() - make.days(14))
    withdrawn, _new = code_of(plant, plant.ida), code_of(plant, plant.ida)
    foreign = code_of(mill, mill.fay)
    left = code_of(plant, plant.jo)
    gone(plant, plant.jo)
    answers = [
        typed(client, *pair)
        for pair in [(7, code), (6, other), (99, code), (8, over), (9, withdrawn), (6, foreign), (10, left)]
    ]
    assert {answer.status_code for answer in answers} == {422}
    words = "No valid card has this number and this code"
    assert {answer.content.decode().count(words) for answer in answers} == {1}
    assert f'value="{code}"' in answers[0].content.decode()  # what was typed is kept


def test_wrong_codes_and_wrong_pins_with_the_number_of_a_newcomer_hold_up_no_good_card(
    client: Client, plant: make.Plant
) -> None:
    code, other = code_of(plant, plant.fay), code_of(plant, plant.gus)
    for _try in range(20):
        assert typed(client, 6, other).status_code == 422
    for _try in range(6):
        last = Client().post("/bakery/sign-in/", {"number": 6, "secret": "999000"})
    assert last.status_code == 429
    assert typed(Client(), 6, code).status_code == 302


def test_whoever_tries_codes_out_waits_at_their_address_and_nowhere_else(
    client: Client, plant: make.Plant
) -> None:
    code, other = code_of(plant, plant.fay), code_of(plant, plant.gus)
    make.account(plant.eve)
    for number in range(100, 160):
        assert typed(client, number, other).status_code == 422
    held = typed(client, 6, code)
    assert (held.status_code, held.headers["Retry-After"]) == (429, "600")
    page = held.content.decode()
    assert "Too many codes typed from here were wrong. Wait 10 min before the next one" in page
    assert "signed in on before" not in page  # a newcomer has no such device
    assert client.post("/bakery/sign-in/", {"number": 5, "secret": make.PIN}).status_code == 302
    assert typed(Client(REMOTE_ADDR="200.1.1.9"), 6, code).status_code == 302


def test_a_card_wipes_out_no_wrong_tries_at_the_secret(client: Client, plant: make.Plant) -> None:
    code = code_of(plant, plant.fay)
    make.account(plant.fay)
    for _try in range(5):
        client.post("/bakery/sign-in/", {"number": 6, "secret": "999000"})
    assert typed(client, 6, code).status_code == 302
    assert client.post("/bakery/sign-in/", {"number": 6, "secret": make.PIN}).status_code == 429


def test_a_slip_of_the_finger_is_told_before_anything_is_looked_up(client: Client, plant: make.Plant) -> None:
    code = code_of(plant, plant.fay)
    wrong = code[:-1] + SIGNS[SIGNS.index(code[-1]) - 1]
    for bad in (wrong, code[:-1], code + "7", "", "Ñ" * 12, "x" * 5000, "7K3M\x009XWQ2F4H", "７" * 12):
        answer = typed(client, 6, bad)
        assert (answer.status_code, "code" in answer.context["form"].errors) == (422, True), bad
    for number in ("", "x", "-1", "9" * 10, "٦"):
        assert "number" in typed(client, number, code).context["form"].errors


def test_the_address_that_stands_for_a_typed_card_lives_half_an_hour(
    client: Client, plant: make.Plant
) -> None:
    address = typed(client, 6, code_of(plant, plant.fay)).headers["Location"]
    assert client.get(address.replace(":", ";")).status_code == 404
    assert client.get(address[:-3] + "xx/").status_code == 404
    assert client.get(address.replace("/bakery/", "/mill/")).status_code == 404
    with patch("django.core.signing.time.time", return_value=make.now().timestamp() + 31 * 60):
        assert client.get(address).status_code == 404
    assert client.get(address).status_code == 200


def test_a_birth_date_is_refused_as_a_secret_where_it_is_known(client: Client, plant: make.Plant) -> None:
    Member.objects.filter(pk=plant.fay.pk).update(born=datetime.date(1990, 2, 3))
    address = typed(client, 6, code_of(plant, plant.fay)).headers["Location"]
    for pin in ("030290", "03021990", "19900203"):
        answer = client.post(address, {"secret": pin, "secret_again": pin})
        assert answer.status_code == 422
        assert "one of the first things somebody would try" in answer.content.decode()
    assert client.post(address, SECRET).status_code == 302
