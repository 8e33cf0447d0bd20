"""One printed code in eight hands at once opens the door once. The control asks first and writes after, and loses."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest

from coop.keys import actions as keys
from coop.keys.actions import codes
from coop.keys.models import OneTimeCode
from coop.keys.passkey_rules import codes_of
from coop.members.models import Account, Member
from tests import make
from tests.races.race import race

pytestmark = pytest.mark.usefixtures("committed_db")


def _eight_hands() -> list[Any]:
    plant = make.plant()
    account = make.account(plant.eve)
    code = keys.print_codes(by=Member.objects.get(pk=plant.eve.pk), at=make.now())[0]
    return race([lambda: keys.use_code(code=code, by=account, at=make.now())] * 8)


def test_one_code_at_once_opens_once() -> None:
    assert sorted(_eight_hands()) == [False] * 7 + [True]


def test_control_asking_first_and_writing_after_lets_several_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask_then_write(account: Account, code: str, at: datetime.datetime) -> bool:
        found = codes_of(account).filter(code_hash=OneTimeCode.hash_of(account, code)).first()
        time.sleep(0.05)
        return found is not None and OneTimeCode.objects.filter(pk=found.pk).exists()

    monkeypatch.setattr(codes, "_spend", ask_then_write)
    assert sum(_eight_hands()) > 1
