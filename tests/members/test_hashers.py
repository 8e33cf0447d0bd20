"""A stolen copy of the database gives no PIN away, and an assembly that signs in at once does not wait for the hash."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from coop.members.hashers import PepperedArgon2
from coop.members.models import Account, Member
from tests import make


@pytest.fixture(autouse=True)
def real(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["coop.members.hashers.PepperedArgon2"]


def test_it_costs_what_is_advised_and_not_less() -> None:
    assert make_password(make.PIN).startswith("argon2_pepper$argon2id$v=19$m=19456,t=2,p=1$")


def test_without_the_pepper_the_right_secret_is_a_wrong_one(settings: Any) -> None:
    kept = make_password(make.PIN)
    assert check_password(make.PIN, kept)
    assert not check_password("135791", kept)
    settings.PEPPER = "another"
    assert not check_password(make.PIN, kept)


def test_a_hash_of_another_cost_still_opens_and_is_made_anew_at_sign_in(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = make.plant().eve
    make.account(member)
    with monkeypatch.context() as before:
        before.setattr(PepperedArgon2, "memory_cost", 8 * 1024)
        Account.objects.filter(members=member).update(password=make_password(make.PIN))
    account = Account.objects.get(members=member)
    was_set_at = account.secret_set_at
    assert not account.check_password("135791")
    assert "m=8192," in Account.objects.get(pk=account.pk).password
    assert account.check_password(make.PIN)
    account.refresh_from_db()
    assert "m=19456," in account.password
    assert (account.check_password(make.PIN), account.secret_set_at) == (True, was_set_at)


def test_a_secret_asked_again_does_not_end_the_session_it_is_asked_in(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a sign-in makes the hash anew: sessions hang on it."""
    plant = make.plant()
    make.account(plant.eve)
    with monkeypatch.context() as before:
        before.setattr(PepperedArgon2, "memory_cost", 8 * 1024)
        Account.objects.filter(members=plant.eve).update(password=make_password(make.PIN))
    client = make.sign_in(Client(), Member.objects.get(pk=plant.eve.pk))
    assert "Your new codes" in client.post("/bakery/me/codes/", {"secret": make.PIN}).content.decode()
    assert client.get("/bakery/me/codes/").status_code == 200
