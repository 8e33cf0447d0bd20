"""Items that the rules put on the next agenda by themselves: once, without signatures, and past no notice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from coop.charter.models import Bylaws
from coop.journal.models import CLOCK, Entry
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, Request
from coop.meetings.requests import answered_by, obstacles_to_signing
from coop.members.models import Body
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def owed(plant: make.Plant, about: str = "finding/12", **more: Any) -> Request:
    words = {"title": "Cash book of May", "text": "Article 42 was not kept, and nobody answered."}
    facts = {"body": plant.assembly, "about": about, "asked_by": plant.ana, "by": CLOCK, "at": make.now()}
    return meetings.owe_item(**words | facts | more)


def drafted(plant: make.Plant, **more: Any) -> Meeting:
    facts = {"body": plant.assembly, "kind": "extraordinary", "title": "The roof", "place": "Yard"}
    facts |= {"sittings": [make.now() + make.days(20)], "by": plant.ana, "at": make.now()}
    return meetings.prepare(**facts | more)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("number").values_list("title", flat=True))


def test_it_goes_on_the_draft_that_comes_first(plant: make.Plant) -> None:
    later = drafted(plant, sittings=[make.now() + make.days(40)])
    first = drafted(plant)
    one = owed(plant)
    assert (titles(first), titles(later)) == (["Cash book of May"], [])
    assert answered_by(one) == first
    assert list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "item-taken-up",
        "item-owed",
    ]


def test_with_no_draft_it_waits_for_the_one_that_is_prepared_next(plant: make.Plant) -> None:
    one = owed(plant)
    assert answered_by(one) is None
    assert titles(drafted(plant)) == ["Cash book of May"]
    assert titles(drafted(plant, sittings=[make.now() + make.days(40)])) == []


def test_it_is_owed_once(plant: make.Plant) -> None:
    assert owed(plant) == owed(plant, title="Again")
    assert owed(plant, about="finding/13") != owed(plant)
    assert Request.objects.count() == 2
    with pytest.raises(IntegrityError, match="request_owed_once"), transaction.atomic():
        Request.objects.create(
            body=plant.assembly,
            kind="owed",
            title="x",
            text="x",
            about="finding/12",
            asked_by=plant.ana,
            asked_at=make.now(),
            collects_until=make.now().date(),
            needed=1,
            reached_at=make.now(),
        )


def test_taken_off_by_hand_it_is_on_the_notice_all_the_same(plant: make.Plant) -> None:
    meeting = drafted(plant)
    owed(plant)
    meetings.remove_item(item=meeting.items.get(), by=plant.ana, at=make.now())
    assert titles(meeting) == []
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now())
    assert titles(meeting) == ["Cash book of May"]


def test_a_meeting_that_is_not_held_gives_it_back(plant: make.Plant) -> None:
    meeting = drafted(plant)
    one = owed(plant)
    meetings.cancel(meeting=meeting, because="Flood", by=plant.ana, at=make.now())
    assert answered_by(one) is None
    assert titles(drafted(plant)) == ["Cash book of May"]


def test_nobody_signs_for_it(plant: make.Plant) -> None:
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    reasons = obstacles_to_signing(owed(plant), by=plant.eve, at=make.now(), bylaws=bylaws)
    assert [reason.code for reason in reasons] == ["request-needs-nobody"]


def test_another_body_takes_up_nothing(plant: make.Plant) -> None:
    council = Body.objects.create(
        cooperative=plant.cooperative,
        code="COU",
        name="Council",
        kind="factory_council",
        composition="mandate",
    )
    owed(plant, body=council)
    assert titles(drafted(plant)) == []


def test_its_page_says_whose_matter_it_is_and_asks_for_no_signature(
    plant: make.Plant, client: Client
) -> None:
    make.sign_in(client, plant.eve)
    one = owed(plant)
    page = client.get(f"/bakery/requests/{one.pk}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Put on the next agenda by the rules: General assembly" in text
    assert "Whose matter it is" in text
    assert "signatures" not in text.lower()
    assert client.post(f"/bakery/requests/{one.pk}/sign/").status_code == 409
    assert "owed" not in client.get("/bakery/requests/ask/").content.decode()
