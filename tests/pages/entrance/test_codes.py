"""Ten printed codes: made with the secret, each good once in its place."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from coop.journal.models import Entry
from coop.keys.models import OneTimeCode
from coop.members import actions
from coop.members.models import Account, Member
from coop.members.typed_codes import new_code, read
from coop.pages import paper
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def eve(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.eve)


def printed(client: Client) -> list[str]:
    page = client.post("/bakery/me/codes/", {"secret": make.PIN, "as": "page"}).content.decode()
    return re.findall(r'<li><span class="slip__number">([\w ]{14})</span>', page)


def door(code: str, number: int = 5, client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).post("/bakery/sign-in/code/", {"number": number, "code": code, **more})


def test_ten_codes_are_shown_once_and_only_their_hashes_kept(eve: Client, plant: make.Plant) -> None:
    assert "You have no codes that work." in eve.get("/bakery/me/codes/").content.decode()
    codes = printed(eve)
    assert len(set(codes)) == 10
    kept = set(OneTimeCode.objects.values_list("code_hash", flat=True))
    account = Account.objects.get(members=plant.eve)
    assert kept == {OneTimeCode.hash_of(account, str(read(code))) for code in codes}
    page = eve.get("/bakery/me/codes/").content.decode()
    assert "10 of 10 codes are left" in page
    assert not [code for code in codes if code in page]
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.facts) == ("codes-printed", {})


def test_as_a_sheet_they_come_as_a_pdf(eve: Client, plant: make.Plant) -> None:
    with patch.object(paper, "printed", wraps=paper.printed) as printing:
        answer = eve.post("/bakery/me/codes/", {"secret": make.PIN, "as": "paper"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    codes = printing.call_args.args[1]["codes"]
    assert len(codes) == 10
    assert door(codes[0]).status_code == 302


def test_the_secret_is_asked_again_and_guesses_are_counted(eve: Client, plant: make.Plant) -> None:
    for _try in range(5):
        answer = eve.post("/bakery/me/codes/", {"secret": "740291", "as": "page"})
        assert answer.status_code == 422
        assert "That is not your secret." in answer.content.decode()
    assert eve.post("/bakery/me/codes/", {"secret": make.PIN}).status_code == 429
    assert eve.post("/bakery/me/codes/", {}).status_code == 422
    assert not OneTimeCode.objects.exists()


def test_a_code_opens_the_door_once_however_it_is_typed(eve: Client, plant: make.Plant) -> None:
    first, second, third, *_others = printed(eve)
    client = Client()
    assert door(f" {first.lower().replace(' ', '-')} ", client=client).headers["Location"] == "/bakery/"
    assert client.get("/bakery/bylaws/").status_code == 200
    again = door(first)
    assert again.status_code == 422
    assert "the code has been used" in again.content.decode()
    assert door(second.replace(" ", "")).status_code == 302
    onward = Client().post("/bakery/sign-in/code/?next=/bakery/bylaws/", {"number": 5, "code": third})
    assert onward.headers["Location"] == "/bakery/bylaws/"
    assert "7 of 10 codes are left" in eve.get("/bakery/me/codes/").content.decode()


def test_wrong_pairs_look_alike_and_wait_like_wrong_secrets(eve: Client, plant: make.Plant) -> None:
    code, *_others = printed(eve)
    bodies = set()
    for number, typed in ((6, code), (99, code), (5, new_code())):
        answer = door(typed, number)
        assert answer.status_code == 422
        bodies.add("Number and code do not belong together" in answer.content.decode())
    assert bodies == {True}
    for _try in range(4):
        door(new_code(), 5)
    assert (
        door(code, 5).status_code == 429
    )  # a right one is not looked at while the door waits, and not used up
    assert OneTimeCode.objects.filter(used_at=None).count() == 10
    for bad in ("", "7K3M", "x" * 5000, "7K3M\x009XWQ2F4H"):
        assert door(bad, 5).status_code == 422


def test_wrong_codes_hold_up_no_secret_and_wrong_secrets_no_code(eve: Client, plant: make.Plant) -> None:
    code, *_others = printed(eve)
    for _try in range(5):
        assert Client().post("/bakery/sign-in/", {"number": 5, "secret": "999000"}).status_code == 422
    assert door(code, 5).status_code == 302
    for _try in range(5):
        door(new_code(), 12)
    assert door(new_code(), 12).status_code == 429
    make.account(plant.lou)
    assert Client().post("/bakery/sign-in/", {"number": 12, "secret": make.PIN}).status_code == 302


def test_a_new_sheet_and_a_replaced_secret_end_the_old_ones(eve: Client, plant: make.Plant) -> None:
    old, *_others = printed(eve)
    new, newer, *_others = printed(eve)
    assert door(old).status_code == 422
    assert door(new).status_code == 302
    who = Member.objects.get(pk=plant.eve.pk)
    card, _token = actions.issue_card(member=who, by=plant.cy, at=make.now())
    actions.countersign_card(card=card, by=plant.bo, at=make.now())
    actions.enrol(card=card, secret="740258", by=who, at=make.now())
    assert door(newer).status_code == 422


def test_who_has_left_or_is_shut_out_does_not_come_in_by_a_code(eve: Client, plant: make.Plant) -> None:
    code, *_others = printed(eve)
    account = Account.objects.filter(members=plant.eve)
    account.update(is_active=False)
    assert door(code).status_code == 422
    account.update(is_active=True)
    actions.change_standing(
        member=plant.eve, kind="member", status="left", since=plant.cooperative.day_of(make.now()), reason="",
        by=make.FOUNDING, at=make.now(),
    )  # fmt: skip
    assert door(code).status_code == 422
    assert OneTimeCode.objects.filter(used_at=None).count() == 10
