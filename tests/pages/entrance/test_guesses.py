"""Guessing secrets: one member from many places, many members from one place, and a plant behind one address."""

from __future__ import annotations

import datetime
import statistics
import time
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from coop.keys.models import Device, Guesses
from coop.keys.waiting import ADDRESS_TRIES, FREE_TRIES
from coop.meetings import due
from coop.members.models import Account, Member
from coop.pages import clock
from tests import make

pytestmark = pytest.mark.django_db

DOOR = "/bakery/sign-in/"
WRONG = "999000"


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    for one in (plant.eve, plant.fay):
        make.account(one)
    return plant


def knock(client: Client, number: int, secret: str = make.PIN, **more: Any) -> Any:
    return client.post(DOOR, {"number": str(number), "secret": secret}, **more)


def own_phone(member: Member) -> Client:
    """A telephone on which the member has signed in, said that it is theirs, and signed out."""
    phone = Client()
    assert phone.post(DOOR, {"number": member.number, "secret": make.PIN, "own": "on"}).status_code == 302
    phone.post("/bakery/sign-out/")
    return phone


def later(monkeypatch: pytest.MonkeyPatch, **distance: float) -> None:
    """The clock of the pages goes ahead."""
    moment = make.now() + datetime.timedelta(**distance)
    monkeypatch.setattr(clock, "now", lambda: moment)


def statuses(answers: list[Any]) -> dict[int, int]:
    codes = [answer.status_code for answer in answers]
    return {code: codes.count(code) for code in sorted(set(codes))}


# --- One member ---------------------------------------------------------------------------------------------------


def test_five_hundred_wrong_pins_on_one_member(plant: make.Plant) -> None:
    """Five are looked at. The member's own telephone still opens, and even the right secret of a stranger does not."""
    phone = own_phone(plant.eve)
    stranger = Client()
    with patch.object(Account, "check_password", autospec=True, return_value=False) as looked_at:
        answers = [knock(stranger, plant.eve.number, f"{pin:06d}") for pin in range(500)]
    assert statuses(answers) == {422: FREE_TRIES, 429: 495}
    assert looked_at.call_count == FREE_TRIES
    assert answers[-1]["Retry-After"] == "900"
    assert "Wait 15 min before the next one." in answers[-1].content.decode()
    assert knock(Client(), plant.eve.number).status_code == 429
    assert knock(phone, plant.eve.number).status_code == 302
    assert knock(Client(), plant.fay.number).status_code == 302  # nobody else waits


def test_right_and_wrong_read_the_same_while_the_door_waits(plant: make.Plant) -> None:
    for _try in range(FREE_TRIES):
        knock(Client(), plant.eve.number, WRONG)

    def page(secret: str) -> str:
        text = knock(Client(), plant.eve.number, secret).content.decode()
        return "".join(line for line in text.splitlines() if "csrf" not in line and "datetime" not in line)

    assert page(make.PIN) == page(WRONG)
    assert f'value="{plant.eve.number}"' in page(WRONG)  # the number stays typed


def test_a_number_nobody_has_waits_like_any_other(plant: make.Plant) -> None:
    known = [knock(Client(), plant.eve.number, WRONG) for _try in range(7)]
    unknown = [knock(Client(), 777, WRONG) for _try in range(7)]
    assert [answer.status_code for answer in known] == [422] * 5 + [429] * 2
    assert [answer.status_code for answer in unknown] == [422] * 5 + [429] * 2
    assert unknown[-1]["Retry-After"] == known[-1]["Retry-After"] == "900"


def test_the_wait_ends_and_doubles(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    for _try in range(FREE_TRIES):
        knock(Client(), plant.eve.number, WRONG)
    later(monkeypatch, minutes=14)
    assert knock(Client(), plant.eve.number).status_code == 429
    later(monkeypatch, minutes=16)
    assert knock(Client(), plant.eve.number, WRONG).status_code == 422
    assert knock(Client(), plant.eve.number)["Retry-After"] == "1800"
    later(monkeypatch, minutes=47)
    assert knock(Client(), plant.eve.number).status_code == 302
    assert not Guesses.objects.filter(wrong__gte=FREE_TRIES).exists()  # right: forgotten
    assert knock(Client(), plant.eve.number, WRONG).status_code == 422


def test_a_known_device_has_tries_of_its_own(plant: make.Plant) -> None:
    phone = own_phone(plant.eve)
    assert statuses([knock(phone, plant.eve.number, WRONG) for _try in range(8)]) == {422: 5, 429: 3}
    assert knock(Client(), plant.eve.number).status_code == 302  # and shuts nobody else out


def test_a_device_is_known_for_its_member_only(plant: make.Plant) -> None:
    """Eve's telephone is a stranger to Fay."""
    phone = own_phone(plant.eve)
    assert statuses([knock(phone, plant.fay.number, WRONG) for _try in range(6)]) == {422: 5, 429: 1}
    assert knock(Client(), plant.fay.number).status_code == 429
    assert knock(phone, plant.eve.number).status_code == 302


@pytest.mark.parametrize("cookie", ["", "forged", "A" * 22 + ":1abc:forged", "x" * 5000])
def test_a_forged_device_is_a_stranger(plant: make.Plant, cookie: str) -> None:
    own_phone(plant.eve)
    for _try in range(FREE_TRIES):
        knock(Client(), plant.eve.number, WRONG)
    forger = Client()
    forger.cookies["device"] = cookie
    assert knock(forger, plant.eve.number).status_code == 429


def test_a_device_is_not_known_unless_the_person_says_it_is_theirs(plant: make.Plant) -> None:
    hall = Client()
    assert knock(hall, plant.eve.number).status_code == 302
    assert "device" not in hall.cookies
    assert not Device.objects.exists()


def test_the_cookie_of_a_device_is_out_of_reach_and_kept_as_a_hash(plant: make.Plant) -> None:
    answer = Client().post(DOOR, {"number": "5", "secret": make.PIN, "own": "on"})
    cookie = answer.cookies["device"]
    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    device = Device.objects.get()
    assert len(device.token_hash) == 64
    assert device.token_hash not in cookie.value
    assert cookie.value.partition(":")[0] not in device.token_hash


# --- One address --------------------------------------------------------------------------------------------------


def test_one_wrong_pin_over_five_hundred_numbers(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty are looked at, then the address waits; no member does, and known devices behind it are not asked."""
    phone = own_phone(plant.eve)
    sprayed = [knock(Client(), number, WRONG) for number in range(1, 501)]
    assert statuses(sprayed) == {422: ADDRESS_TRIES, 429: 440}
    assert sprayed[-1]["Retry-After"] == "600"
    assert knock(Client(), plant.fay.number).status_code == 429  # a stranger of that address, even if right
    assert knock(phone, plant.eve.number).status_code == 302
    assert knock(Client(REMOTE_ADDR="200.1.1.9"), plant.fay.number).status_code == 302  # from anywhere else
    later(monkeypatch, minutes=11)
    assert knock(Client(), plant.fay.number).status_code == 302


def test_what_somebody_writes_into_the_header_changes_nothing(plant: make.Plant) -> None:
    sprayed = [
        knock(Client(), number, WRONG, headers={"x-forwarded-for": f"1.2.{number // 250}.{number % 250}"})
        for number in range(1, 81)
    ]
    assert statuses(sprayed) == {422: ADDRESS_TRIES, 429: 20}


def test_behind_a_proxy_of_ours_each_address_counts_for_itself(plant: make.Plant, settings: Any) -> None:
    from ipaddress import ip_network

    settings.PROXIES = [ip_network("127.0.0.1")]
    for number in range(1, 71):
        knock(Client(), number, WRONG, headers={"x-forwarded-for": f"{number}.0.0.1, 6.6.6.6"})
    assert knock(Client(), plant.fay.number, headers={"x-forwarded-for": "6.6.6.6"}).status_code == 429
    assert knock(Client(), plant.fay.number, headers={"x-forwarded-for": "7.7.7.7"}).status_code == 302


def test_three_hundred_members_sign_in_from_one_address_within_a_minute(plant: make.Plant) -> None:
    """Right secrets are not counted against an address; neither are the few who mistype."""
    for number in range(100, 400):
        make.account(make.member(plant.cooperative, number, f"Member {number}"))
    began = time.process_time()
    wrong = [knock(Client(), number, WRONG) for number in range(100, 400, 6)]
    right = [knock(Client(), number) for number in range(100, 400)]
    assert time.process_time() - began < 60
    assert statuses(wrong) == {422: 50}
    assert statuses(right) == {302: 300}


# --- What is kept -------------------------------------------------------------------------------------------------


def test_the_counters_name_nobody_and_no_address(plant: make.Plant) -> None:
    knock(Client(REMOTE_ADDR="200.1.1.9"), plant.eve.number, WRONG)
    rows = Guesses.objects.values_list("bucket", "wrong")
    assert sorted(wrong for _bucket, wrong in rows) == [1, 1]
    assert all(len(bucket) == 64 and int(bucket, 16) for bucket, _wrong in rows)


def test_the_counters_of_last_week_are_forgotten(plant: make.Plant) -> None:
    knock(Client(), plant.eve.number, WRONG)
    assert list(due.guesses_to_forget(make.now() + make.days(6.9))) == []
    (task,) = due.guesses_to_forget(make.now() + make.days(7.1))
    task.act()
    assert not Guesses.objects.exists()


# --- The time it takes ----------------------------------------------------------------------------------------------


def test_with_the_real_hash_an_unknown_number_takes_as_long_as_a_wrong_secret(
    plant: make.Plant, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["coop.members.hashers.PepperedArgon2"]
    account = Account.objects.get(members=plant.eve)
    account.set_password(make.PIN)
    account.save(update_fields=["password"])

    def lasted(number: int) -> float:
        Guesses.objects.all().delete()
        began = time.process_time()  # what another program takes of the machine tells nobody anything
        assert knock(Client(), number, WRONG).status_code == 422
        return time.process_time() - began

    lasted(5), lasted(777)  # the first of each warms up
    pairs = [(lasted(5), lasted(777)) for _time in range(11)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert known > 0.02  # the hash is the real one
    assert abs(known - unknown) < known / 3


def test_a_megabyte_of_secret_is_refused_without_hashing(plant: make.Plant) -> None:
    with patch.object(Account, "check_password") as looked_at:
        began = time.process_time()
        answer = knock(Client(), plant.eve.number, "x" * 1_000_000)
    assert answer.status_code in (413, 422)
    assert time.process_time() - began < 2
    assert not looked_at.called
