"""Calendar addresses: shown once, read without a session, dead when they are ended; nothing of closed items in them."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Feed
from coop.members import actions as members
from coop.members.powers import powers_of
from tests import make, make_council

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def signed(plant: make.Plant, name: str) -> Client:
    return make.sign_in(Client(), plant.people[name])


def address(client: Client, body: str = "") -> str:
    page = client.post("/bakery/me/calendars/", {"body": body})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    found = re.search(r"http://testserver(/bakery/calendar/[\w-]{22}\.ics)", page.content.decode())
    assert found is not None
    return found[1]


def text(answer: object) -> str:
    return answer.content.decode().replace("\r\n ", "")  # type: ignore[attr-defined]


def test_an_address_is_shown_once_and_read_without_a_session(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(2))
    eve = signed(plant, "eve")
    where = address(eve)
    assert where not in eve.get("/bakery/me/calendars/").content.decode()
    assert not Feed.objects.filter(token_hash=where).exists()
    answer = Client().get(where)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    sitting = meeting.sittings.get()
    assert f"UID:sitting-{sitting.pk}@bakery.asamblea" in text(answer)
    assert f"DTSTART:{sitting.starts_at:%Y%m%dT%H%M%SZ}" in text(answer)
    again = Client().get(where, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Feed.objects.get().read_on == plant.cooperative.day_of(make.now())
    assert "private" in answer["Cache-Control"]


def test_wrong_revoked_and_foreign_addresses_are_not_there(plant: make.Plant) -> None:
    eve = signed(plant, "eve")
    where = address(eve)
    make.plant("quarry")
    for wrong in (where[:-5] + "x.ics", "/bakery/calendar/x.ics", where.replace("bakery", "quarry")):
        assert Client().get(wrong).status_code == 404, wrong
    key = Feed.objects.get().pk
    assert signed(plant, "fay").post(f"/bakery/me/calendars/{key}/revoke/").status_code == 404
    assert Client().get(where).status_code == 200
    assert eve.post(f"/bakery/me/calendars/{key}/revoke/").status_code == 302
    assert Client().get(where).status_code == 404
    assert eve.post(f"/bakery/me/calendars/{key}/revoke/").status_code == 404


def test_whoever_is_signed_in_lends_an_address_no_powers(plant: make.Plant) -> None:
    answer = signed(plant, "bo").get(address(signed(plant, "eve")))
    here = answer.wsgi_request.here
    assert here.member == plant.eve
    assert here.powers == powers_of(plant.eve, here.at) != powers_of(plant.bo, here.at)


def test_who_has_left_reads_nothing(plant: make.Plant) -> None:
    where = address(signed(plant, "eve"))
    members.leave(member=plant.eve, since=plant.cooperative.day_of(make.now()), by=plant.cy, at=make.now())
    assert Client().get(where).status_code == 404


def test_a_meeting_that_was_called_off_says_so(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(2))
    where = address(signed(plant, "eve"))
    before = Client().get(where)
    assert "STATUS:CONFIRMED" in text(before)
    actions.cancel(meeting=meeting, because="The hall is flooded", by=plant.ana, at=make.now())
    after = Client().get(where, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "STATUS:CANCELLED" in text(after)


def test_nothing_of_closed_items_leaves_the_house(plant: make.Plant) -> None:
    council = make_council.council(plant)
    meeting = make_council.in_session(plant, council, closed_item=True)
    due_on = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=3)
    facts = {"item": meeting.items.get(number=1), "due_on": due_on, "by": plant.fay, "at": make.now()}
    actions.agree(text="Talk to the neighbour", owner=plant.gus, **facts)
    assert AgendaItem.objects.get(meeting=meeting).openness == "closed"
    gus = signed(plant, "gus")
    mine, whole = text(Client().get(address(gus))), text(Client().get(address(gus, "C-OVN")))
    assert "neighbour" not in mine + whole
    assert f"DTSTART;VALUE=DATE:{due_on:%Y%m%d}" in mine
    assert "An action you have taken on" in mine
    assert "VALUE=DATE:" not in whole
    assert "UID:sitting-" in whole


def test_votes_and_days_of_others_stand_only_where_they_belong(plant: make.Plant) -> None:
    closes_at = make.now() + datetime.timedelta(hours=3)
    decision = make.open_vote(plant, closes_at=closes_at)
    actions.agree(
        item=AgendaItem.objects.get(decision=decision), text="Order the tables", owner=plant.hal,
        due_on=plant.cooperative.day_of(make.now()), by=plant.ana, at=make.now(),
    )  # fmt: skip
    hal, eve = (text(Client().get(address(signed(plant, name)))) for name in ("hal", "eve"))
    assert f"DTSTART:{closes_at:%Y%m%dT%H%M%SZ}" in eve
    assert ("Order the tables" in hal, "Order the tables" in eve) == (True, False)
    assert "Order the tables" in text(Client().get(address(signed(plant, "eve"), "GA")))


def test_one_has_ten_addresses_at_most(plant: make.Plant) -> None:
    eve = signed(plant, "eve")
    for _number in range(10):
        address(eve)
    answer = eve.post("/bakery/me/calendars/", {"body": ""})
    assert answer.status_code == 409
    assert "You have 10 addresses" in answer.content.decode()
    assert eve.post("/bakery/me/calendars/", {"body": "NONE"}).status_code == 422
    assert Feed.objects.count() == 10


def test_one_meeting_as_a_file(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(2))
    answer = signed(plant, "lou").get(f"/bakery/meetings/{meeting.pk}/calendar.ics")
    assert "BEGIN:VEVENT" in text(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="{meeting.label.replace(" ", "_")}.ics"'


def test_a_calendar_asks_no_more_for_many(plant: make.Plant) -> None:
    where = address(signed(plant, "eve"))
    counts = []
    for number in range(6):
        motion = make.supported_motion(plant, title=f"Oven {number}")
        make.convened_meeting(plant, starts_at=make.now() + make.days(2), motions=[motion])
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(where).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[-1]
