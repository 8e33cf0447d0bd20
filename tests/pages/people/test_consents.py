"""What somebody in office asks the register office for, and what its keeper is told beside the sheets."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from coop.members import actions as members
from coop.members.models import Consent, Posting
from tests import make, make_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def client_of(plant: make.Plant, who: str) -> Client:
    return make.sign_in(Client(), plant.people[who])


def at(name: str, *more: object) -> str:
    return reverse(name, args=["bakery", *more])


def read(plant: make.Plant, who: str, name: str, *more: object) -> str:
    answer = client_of(plant, who).get(at(name, *more))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_follows_is_said_before(plant: make.Plant) -> None:
    told = read(plant, "pia", "consent")
    assert "your seat falls empty at the end of that month: coordinator of packing" in told
    assert "your seat falls empty" not in read(plant, "ana", "consent")
    assert "You hold no office" in read(plant, "eve", "consent")


def test_asked_on_the_telephone_and_written_by_the_keeper(plant: make.Plant) -> None:
    pia = plant.people["pia"]
    note = "Pia holds an office (coordinator of packing)"
    sheet = at("member-move", pia.number)
    assert note in read(plant, "cy", "member-move", pia.number)
    assert note in read(plant, "cy", "member", pia.number)
    assert "holds an office (" not in read(plant, "cy", "member-move", plant.eve.number)
    keeper = client_of(plant, "cy")
    day = plant.cooperative.day_of(make.now())
    shown = keeper.get(sheet).context["form"]["seen"].value()
    typed = {"department": "OVN", "crew": "A", "since": day.isoformat(), "reason": "", "seen": shown}
    answer = keeper.post(sheet, typed)
    assert answer.status_code == 409
    assert "This is written only when they ask for it themselves" in answer.content.decode()
    assert 'value="OVN" selected' in answer.content.decode()
    assert Posting.objects.filter(member=pia).count() == 1
    answer = client_of(plant, "pia").post(at("consent"), {"to": "move"}, follow=True)
    assert "holds until" in answer.content.decode()
    assert keeper.post(sheet, typed).status_code == 302
    assert "written on" in read(plant, "pia", "consent")


@pytest.mark.parametrize(("typed", "status"), [({}, 422), ({"to": "fly"}, 422), ({"to": "move"}, 409)])
def test_what_is_no_wish_is_refused(plant: make.Plant, typed: dict[str, str], status: int) -> None:
    members.give_consent(to="move", by=plant.people["pia"], at=make.now())
    assert client_of(plant, "pia").post(at("consent"), typed).status_code == status
    assert client_of(plant, "eve").post(at("consent"), {"to": "move"}).status_code == 409
    assert Consent.objects.count() == 1


def test_nobody_reads_what_another_asks_for(plant: make.Plant) -> None:
    members.give_consent(to="leave", by=plant.people["pia"], at=make.now())
    wish = str(Consent.To.LEAVE.label)
    assert f'<li>{wish} <span class="note">' in read(plant, "pia", "consent")
    for who in ("cy", "ana", "dee"):
        assert wish not in read(plant, who, "journal")
        assert f"<li>{wish}" not in read(plant, who, "consent")
