"""Passkeys: a device made of a few lines signs rightly, and then in every wrong way there is."""

from __future__ import annotations

import hashlib
import json
import os
import re
from html import unescape
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from coop.journal.models import Entry
from coop.keys.models import Passkey
from coop.members import actions
from coop.members.models import Account, Member
from tests import make

pytestmark = pytest.mark.django_db

ORIGIN = "http://testserver"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@pytest.fixture(autouse=True)
def _house(settings: Any) -> None:
    settings.ORIGIN, settings.HOST, settings.HTTPS = ORIGIN, "testserver", True


@pytest.fixture
def plant(settings: Any) -> make.Plant:
    return make.plant()


class Device:
    """What a telephone does when a page asks it for a passkey."""

    def __init__(self, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = os.urandom(32)  # never that of another device, as id() of one that is gone may be
        self.count, self.counts = 0, counts
        self.owner = b""

    def _data(self, flags: int, host: str) -> bytes:
        self.count += int(self.counts)
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _answer(self, **response: Any) -> str:
        name = bytes_to_base64url(self.credential)
        made = {key: bytes_to_base64url(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": made})

    def make(self, options: dict[str, Any], *, origin: str = ORIGIN, flags: int = PRESENT | VERIFIED) -> str:
        self.owner = base64url_to_bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        data = self._data(flags | ATTESTED, options["rp"]["id"])
        data += bytes(16) + len(self.credential).to_bytes(2) + self.credential + public
        said = {"type": "webauthn.create", "challenge": options["challenge"], "origin": origin}
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=json.dumps(said).encode(), attestationObject=attestation)

    def sign(
        self,
        options: dict[str, Any],
        *,
        origin: str = ORIGIN,
        host: str = "testserver",
        flags: int = PRESENT | VERIFIED,
        owner: bytes | None = None,
    ) -> str:
        said = json.dumps(
            {"type": "webauthn.get", "challenge": options["challenge"], "origin": origin}
        ).encode()
        data = self._data(flags, host)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=owner or self.owner
        )


def options_in(page: Any) -> dict[str, Any]:
    found = re.search(r'data-options="([^"]+)"', page.content.decode())
    assert found
    read: dict[str, Any] = json.loads(unescape(found[1]))
    return read


def begin(client: Client, name: str = "Telephone") -> dict[str, Any]:
    answer = client.post("/bakery/me/passkeys/", {"name": name, "secret": make.PIN})
    assert answer.headers["Location"] == "/bakery/me/passkeys/add/"
    return options_in(client.get("/bakery/me/passkeys/add/"))


def added(plant: make.Plant, device: Device, who: Member | None = None) -> Client:
    client = make.sign_in(Client(), who or plant.ana)
    answer = client.post("/bakery/me/passkeys/add/", {"credential": device.make(begin(client))})
    assert answer.headers["Location"] == "/bakery/me/passkeys/"
    return client


def asked(client: Client) -> dict[str, Any]:
    return options_in(client.get("/bakery/sign-in/passkey/"))


def door(client: Client, credential: str, **more: Any) -> Any:
    return client.post("/bakery/sign-in/passkey/", {"credential": credential, **more})


def is_in(client: Client) -> bool:
    return client.get("/bakery/bylaws/").status_code == 200


def test_a_passkey_is_added_signs_in_and_is_taken_away(plant: make.Plant) -> None:
    device = Device()
    mine = added(plant, device)
    passkey = Passkey.objects.get()
    assert (passkey.account, passkey.name, passkey.counter) == (plant.ana.account, "Telephone", 1)
    assert Entry.objects.latest("sequence").verb == "passkey-added"
    client = Client()
    assert door(client, device.sign(asked(client))).headers["Location"] == "/bakery/"
    assert client.session["_auth_user_id"] == str(passkey.account_id)
    passkey.refresh_from_db()
    assert passkey.counter == 2
    assert mine.post(f"/bakery/me/passkeys/{passkey.pk}/remove/").status_code == 302
    assert Entry.objects.latest("sequence").verb == "passkey-removed"
    other = Client()
    assert door(other, device.sign(asked(other))).status_code == 409
    assert not is_in(other)
    assert mine.post(f"/bakery/me/passkeys/{passkey.pk}/remove/").status_code == 404


def test_an_answer_is_taken_once(plant: make.Plant) -> None:
    device = Device()
    added(plant, device)
    client = Client()
    answer = device.sign(asked(client))
    door(client, answer)
    client.post("/bakery/sign-out/")
    assert door(client, answer).status_code == 409  # nothing was asked
    asked(client)
    replayed = door(client, answer)  # something else was asked
    assert replayed.status_code == 409
    assert "The answer of the device is not one to this page" in replayed.content.decode()
    assert not is_in(client)


def test_a_count_that_goes_back_is_a_copy(plant: make.Plant) -> None:
    device = Device()
    added(plant, device)
    device.count = 0
    client = Client()
    answer = door(client, device.sign(asked(client)))
    assert answer.status_code == 409
    assert "there may be a copy of it" in answer.content.decode()
    assert not is_in(client)
    device.count = 40
    assert door(client, device.sign(asked(client))).status_code == 302


def test_a_device_that_never_counts_comes_in_again_and_again(plant: make.Plant) -> None:
    device = Device(counts=False)
    added(plant, device)
    for _time in range(3):
        client = Client()
        assert door(client, device.sign(asked(client))).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://testserver.example"},
        {"origin": "http://testserver:81"},
        {"host": "example.org"},
        {"flags": PRESENT},  # the device has not seen its owner
        {"owner": b"x" * 16},
    ],
    ids=["origin", "port", "house", "owner not seen", "owner"],
)
def test_signed_elsewhere_or_without_its_owner(plant: make.Plant, wrong: dict[str, Any]) -> None:
    device = Device()
    added(plant, device)
    client = Client()
    assert door(client, device.sign(asked(client), **wrong)).status_code == 409
    assert not is_in(client)


def test_a_passkey_that_is_made_elsewhere_is_not_kept(plant: make.Plant) -> None:
    client = make.sign_in(Client(), plant.ana)
    for wrong in ({"origin": "https://evil.example"}, {"flags": PRESENT}):
        answer = client.post(
            "/bakery/me/passkeys/add/", {"credential": Device().make(begin(client), **wrong)}
        )
        assert answer.status_code == 409
    device = Device()
    old = begin(client)
    begin(client)
    assert client.post("/bakery/me/passkeys/add/", {"credential": device.make(old)}).status_code == 409
    assert client.post("/bakery/me/passkeys/add/", {"credential": device.make(old)}).status_code == 409
    assert not Passkey.objects.exists()


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "x",
        "[]",
        "{}",
        "null",
        '{"rawId": 5}',
        '{"rawId": "AAAA", "response": {}}',
        "[" * 9000,
        "x" * 30_000,
    ],
)
def test_rubbish_is_refused_with_words(plant: make.Plant, rubbish: str) -> None:
    added(plant, Device())
    client = Client()
    asked(client)
    assert door(client, rubbish).status_code == 409
    mine = make.sign_in(Client(), plant.ana)
    begin(mine)
    assert mine.post("/bakery/me/passkeys/add/", {"credential": rubbish}).status_code == 409
    known = json.dumps({"rawId": bytes_to_base64url(bytes(Passkey.objects.get().credential)), "response": {}})
    asked(client)
    assert door(client, known).status_code == 409


def test_the_secret_comes_first_and_a_name(plant: make.Plant) -> None:
    client = make.sign_in(Client(), plant.ana)
    assert client.get("/bakery/me/passkeys/add/").headers["Location"] == "/bakery/me/passkeys/"
    assert client.post("/bakery/me/passkeys/", {"name": "x", "secret": "740291"}).status_code == 422
    assert client.post("/bakery/me/passkeys/", {"name": " ", "secret": make.PIN}).status_code == 422
    assert client.get("/bakery/me/passkeys/add/").status_code == 302


def test_no_second_passkey_on_one_device_and_no_sixth(plant: make.Plant) -> None:
    device = Device()
    client = added(plant, device)
    options = begin(client)
    assert [one["id"] for one in options["excludeCredentials"]] == [bytes_to_base64url(device.credential)]
    assert client.post("/bakery/me/passkeys/add/", {"credential": device.make(options)}).status_code == 409
    for _one in range(4):
        client.post("/bakery/me/passkeys/add/", {"credential": Device().make(begin(client))})
    answer = client.post("/bakery/me/passkeys/add/", {"credential": Device().make(begin(client))})
    assert answer.status_code == 409
    assert Passkey.objects.count() == 5


def test_a_stranger_to_the_house_and_a_replaced_secret(plant: make.Plant) -> None:
    mill = make.plant("mill")
    foreign, device = Device(), Device()
    account = make.account(mill.ana)
    Passkey.objects.create(
        account=account,
        credential=foreign.credential,
        public_key=b"x",
        counter=0,
        name="x",
        added_at=make.now(),
    )
    client = Client()
    assert "No passkey of this house" in door(client, foreign.sign(asked(client))).content.decode()
    added(plant, device, plant.eve)
    who = Member.objects.get(pk=plant.eve.pk)
    card, _token = actions.issue_card(member=who, by=plant.cy, at=make.now())
    actions.countersign_card(card=card, by=plant.bo, at=make.now())
    actions.enrol(card=card, secret="740258", by=who, at=make.now())
    assert "No passkey of this house" in door(client, device.sign(asked(client))).content.decode()
    Account.objects.filter(pk=who.account_id).update(is_active=False)
    assert door(client, device.sign(asked(client))).status_code == 409


def test_where_no_passkey_can_be_the_pages_say_so(plant: make.Plant, settings: Any) -> None:
    settings.HTTPS = False
    client = make.sign_in(Client(), plant.ana)
    assert "Not here: browsers keep passkeys only" in client.get("/bakery/me/passkeys/").content.decode()
    assert (
        "Not here: browsers keep passkeys only" in Client().get("/bakery/sign-in/passkey/").content.decode()
    )
    assert "/sign-in/passkey/" not in Client().get("/bakery/sign-in/").content.decode()
    settings.HTTPS, settings.ORIGIN = True, "https://assembly.example"
    assert 'href="https://assembly.example/bakery/"' in client.get("/bakery/me/passkeys/").content.decode()
