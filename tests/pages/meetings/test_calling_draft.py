"""A draft put right and called too late, its items in order, a date that is planned, and a meeting called again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting, Request
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant(bylaws={"item_request_percent": 20, "extraordinary_request_percent": 20})


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def draft(plant: make.Plant, days: float = 30, **more: Any) -> Meeting:
    return make.draft_meeting(plant, starts_at=make.now() + make.days(days), at=make.now(), **more)


def day(plant: make.Plant, days: int) -> str:
    return (plant.cooperative.day_of(make.now()) + datetime.timedelta(days=days)).isoformat()


def typed(plant: make.Plant, **more: Any) -> dict[str, Any]:
    first = {"kind": "ordinary", "title": "Roof", "place": "Yard", "sitting_1": f"{day(plant, 40)}T06:30"}
    second = {"sitting_2": f"{day(plant, 40)}T22:30", "for_whom_2": "night crew", "place_2": "Gate"}
    return {**first, **second, **more}


def test_a_draft_is_put_right_on_one_sheet(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant)
    address = f"/bakery/meetings/{meeting.pk}/correct/"
    shown = ana.get(address).context["form"]
    assert (shown["title"].value(), shown.many) == ("Assembly of the canteen", 3)
    assert ana.post(address, typed(plant))["Location"] == f"/bakery/meetings/{meeting.pk}/"
    assert list(meeting.sittings.values_list("number", "for_whom", "place")) == [
        (1, "", ""),
        (2, "night crew", "Gate"),
    ]
    again = ana.get(address).context["form"]
    assert (again["sitting_2"].value(), again["place_2"].value()) == (f"{day(plant, 40)}T22:30", "Gate")
    assert "night crew · Gate" in ana.get(f"/bakery/meetings/{meeting.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sitting_1": ""}, "sitting_1"),
        ({"sitting_1": "9999-12-31T10:00"}, "sitting_1"),
        ({"sitting_1": "2020-01-01T10:00"}, "sitting_1"),
        ({"sitting_2": ""}, "sitting_2"),
        ({"kind": "council"}, "kind"),
        ({"title": "x" * 161}, "title"),
        ({"place": ["a", "b"]}, "place"),
        ({"for_whom_2": "\x00"}, "for_whom_2"),
    ],
)
def test_what_no_draft_takes_stays_on_the_sheet(
    plant: make.Plant, ana: Client, change: dict[str, Any], field: str
) -> None:
    meeting = draft(plant)
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/correct/", typed(plant, **change))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Gate" in answer.content.decode()
    assert meeting.sittings.count() == 1


def test_a_convened_meeting_is_not_put_right(plant: make.Plant, ana: Client) -> None:
    meeting = actions.convene(meeting=draft(plant), by=plant.ana, at=make.now())
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/correct/", typed(plant))
    assert answer.status_code == 409
    assert "It is no longer being prepared." in answer.content.decode()
    assert ana.get(f"/bakery/meetings/{meeting.pk}/items/1/change/").status_code == 404


def test_items_move_and_change(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant)
    items = f"/bakery/meetings/{meeting.pk}/items"
    ana.post(f"{items}/2/move/", {"up": "1"})
    assert [item.kind for item in meeting.items.all()] == ["report", "signers"]
    ana.post(f"{items}/1/move/", {"down": "1"})
    assert ana.get(f"{items}/2/change/").context["form"]["title"].value() == "The new oven"
    change = {"title": "Two ovens", "planned_minutes": 25, "openness": "public"}
    assert ana.post(f"{items}/2/change/", change).status_code == 302
    oven = meeting.items.get(number=2)
    assert (oven.title, oven.planned_minutes, oven.openness) == ("Two ovens", 25, "public")
    wrong = ana.post(f"{items}/2/change/", change | {"openness": "secret", "planned_minutes": 0})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["openness", "planned_minutes"])


def test_too_late_is_told_before_the_first_item(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant, days=3)
    address = f"/bakery/meetings/{meeting.pk}/"
    page = ana.get(address)
    html = page.content.decode()
    assert [reason.code for reason in page.context["late"]] == ["notice-too-late"]
    assert html.index("so the last day was") < html.index("Add an item")
    assert "Convene it all the same, with everybody" in html
    assert ana.post(f"{address}convene/").status_code == 409
    assert "stays away" in ana.get(f"{address}convene/?universal=1").content.decode()
    assert ana.post(f"{address}convene/", {"universal": "1"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.universal) == ("convened", True)


def test_a_cancelled_meeting_says_why(plant: make.Plant, ana: Client) -> None:
    meeting = make.convened_meeting(plant)
    address = f"/bakery/meetings/{meeting.pk}/cancel/"
    assert ana.post(address).status_code == 422
    assert ana.post(address, {"because": "The hall is flooded."}).status_code == 302
    page = make.sign_in(Client(), plant.lou).get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "The hall is flooded." in page


def test_a_meeting_is_called_again_on_another_day(plant: make.Plant, ana: Client) -> None:
    meeting = make.convened_meeting(plant)
    actions.cancel(meeting=meeting, because="No quorum.", by=plant.ana, at=make.now())
    address = f"/bakery/meetings/{meeting.pk}/copy/"
    words = {"title": "Assembly, second date", "place": "Yard"}
    for wrong in ("", "2020-01-01", "9999-12-31", day(plant, 0)):
        answer = ana.post(address, {**words, "day": wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day"])
    ana.post(address, {**words, "day": day(plant, 25)})
    made = Meeting.objects.get(copied_from=meeting)
    zone = plant.cooperative.zone
    before, after = (one.sittings.get().starts_at.astimezone(zone) for one in (meeting, made))
    assert (after.date().isoformat(), after.time()) == (day(plant, 25), before.time())
    assert [item.kind for item in made.items.all()] == ["signers", "proposal", "report"]


def test_a_date_is_planned_before_anything_is_made(plant: make.Plant, ana: Client) -> None:
    when = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=60)
    plan = f"/bakery/meetings/plan/?body=GA&kind=extraordinary&day={when}"
    page = ana.get(plan)
    days = {row.words: (when - row.day).days for row in page.context["last_days"]}
    assert (days["Notice posted"], days["Register of voters closes"]) == (16, 15)
    assert page.context["prepare_address"].startswith("/bakery/meetings/prepare/?body=GA")
    sheet = ana.get(page.context["prepare_address"]).context["form"]
    assert sheet["sitting_1"].value() == f"{when}T06:00"
    eve = make.sign_in(Client(), plant.eve)
    assert "prepare_address" not in eve.get(plan).context
    late = eve.get(f"/bakery/meetings/plan/?body=GA&kind=extraordinary&day={day(plant, 3)}")
    assert late.context["soonest"].isoformat() == day(plant, 16)
    for wrong in ("day=9999-12-31", "day=x", "day=2020-01-01", "day=" + "9" * 400, "kind=council"):
        answer = eve.get(f"/bakery/meetings/plan/?body=GA&kind=extraordinary&day={when}&{wrong}")
        assert answer.status_code == 422, wrong
    assert not Meeting.objects.exists()


# --- What members ask for ---------------------------------------------------------------------------------


def ask(client: Client, plant: make.Plant, kind: str = "item", **more: Any) -> Any:
    sheet = {"body": "GA", "kind": kind, "title": "The roof", "text": "It leaks.", **more}
    return client.post("/bakery/requests/ask/", {"collects_until": day(plant, 30), **sheet})


def reached(plant: make.Plant, kind: str = "item", at: datetime.datetime | None = None) -> Request:
    at = at or make.now()
    facts = {"body": plant.assembly, "kind": kind, "title": "The roof", "text": "It leaks.", "at": at}
    until = plant.cooperative.day_of(at) + datetime.timedelta(days=30)
    request = actions.ask(collects_until=until, by=plant.eve, **facts)
    for who in (plant.fay, plant.gus):
        actions.sign_request(request=request, by=who, at=at)
    request.refresh_from_db()
    return request


def test_signatures_are_collected_on_telephones(plant: make.Plant, ana: Client) -> None:
    eve, fay = (make.sign_in(Client(), one) for one in (plant.eve, plant.fay))
    request_page = ask(eve, plant)["Location"]
    assert "1 of 3 signatures" in fay.get(request_page).content.decode()
    assert fay.post(f"{request_page}sign/").status_code == 302
    assert fay.post(f"{request_page}sign/").status_code == 302  # a second tap changes nothing
    page = fay.get(request_page)
    assert "2 of 3 signatures" in page.content.decode()
    assert page.context["signatures"] is None
    assert "Who has signed" not in page.content.decode()
    assert "Fay" in ana.get(request_page).content.decode()
    nan = make.sign_in(Client(), plant.people["nan"])
    assert nan.post(f"{request_page}sign/").status_code == 409
    assert Request.objects.get().signatures.count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "council"}, "kind"),
        ({"collects_until": "9999-12-31"}, "collects_until"),
        ({"collects_until": "2020-01-01"}, "collects_until"),
        ({"title": ""}, "title"),
        ({"text": "x" * 4001}, "text"),
        ({"body": "XX"}, "body"),
    ],
)
def test_what_cannot_be_asked(plant: make.Plant, change: dict[str, str], field: str) -> None:
    answer = ask(make.sign_in(Client(), plant.eve), plant, **change)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Request.objects.exists()


def test_whoever_calls_reads_it_at_home_and_puts_it_on_the_agenda(plant: make.Plant, ana: Client) -> None:
    request = reached(plant)
    home = ana.get("/bakery/").content.decode()
    assert "asked for by 3 members" in home
    assert "goes on the next agenda" in home
    meeting = draft(plant)
    address = f"/bakery/meetings/{meeting.pk}/"
    assert ana.post(f"{address}convene/").status_code == 409
    add = {"kind": "requested", "request": request.pk, "planned_minutes": 15}
    assert ana.post(f"{address}items/add/", add).status_code == 302
    assert AgendaItem.objects.get(request=request).title == "The roof"
    assert "asked for by 3 members" not in ana.get("/bakery/").content.decode()
    assert ana.post(f"{address}convene/").status_code == 302


def test_a_demanded_assembly_is_prepared_from_its_page(plant: make.Plant, ana: Client) -> None:
    request = reached(plant, "assembly")
    assert "to be held by" in ana.get("/bakery/").content.decode()
    sheet = f"/bakery/meetings/prepare/?request={request.pk}"
    assert ana.get(sheet).context["form"]["title"].value() == "The roof"
    words = {"body": "GA", "kind": "extraordinary", "title": "The roof", "place": "Yard"}
    ana.post(sheet, {**words, "sitting_1": f"{day(plant, 20)}T06:30"})
    assert Meeting.objects.get().request == request
    dee = make.sign_in(Client(), plant.dee)
    for who in (dee, make.sign_in(Client(), plant.eve)):
        assert who.get(sheet).status_code == 404


def test_past_its_day_the_auditor_prepares_and_convenes_it(plant: make.Plant) -> None:
    request = reached(plant, "assembly", make.now() - make.days(40))
    dee = make.sign_in(Client(), plant.dee)
    assert "asked for by 3 members" in dee.get("/bakery/").content.decode()
    sheet = f"/bakery/meetings/prepare/?request={request.pk}"
    words = {"body": "GA", "kind": "extraordinary", "title": "The roof", "place": "Yard"}
    made = dee.post(sheet, {**words, "sitting_1": f"{day(plant, 20)}T06:30"})["Location"]
    add = {"kind": "report", "title": "The roof", "planned_minutes": 10}
    assert dee.post(f"{made}items/add/", add).status_code == 302
    assert dee.post(f"{made}convene/").status_code == 302
    assert Meeting.objects.get().convened_by == plant.dee


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "x", "-1"])
def test_requests_that_are_not_there(ana: Client, number: str) -> None:
    assert ana.get(f"/bakery/meetings/prepare/?request={number}").status_code == 404
    assert ana.get(f"/bakery/requests/{number}/").status_code == 404


def test_the_list_of_requests_does_not_grow_its_questions(plant: make.Plant, ana: Client) -> None:
    counts = []
    for many in (1, 19):
        for number in range(many):
            at = make.now() - make.days(number + many)
            reached(plant, at=at)
        ana.get("/bakery/requests/")
        with CaptureQueriesContext(connection) as asked:
            assert ana.get("/bakery/requests/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- The notice on paper, and who was told ----------------------------------------------------------------


def proof(plant: make.Plant, **more: Any) -> dict[str, Any]:
    """As somebody types it a minute after the notice."""
    local = make.now().astimezone(plant.cooperative.zone)
    hour = local.strftime("%Y-%m-%dT%H:%M")
    return {"channel": "board", "crew": "A", "where": "East gate", "given_at": hour, "given_by": "1", **more}


def test_proof_for_each_crew(plant: make.Plant, ana: Client) -> None:
    meeting = actions.convene(meeting=draft(plant), by=plant.ana, at=make.now())
    address = f"/bakery/meetings/{meeting.pk}/notice/given/"
    assert [one.day for one in ana.get(address).context["told"]] == [None, None]
    assert ana.post(address, proof(plant)).status_code == 302
    page = ana.get(address)
    today = plant.cooperative.day_of(make.now())
    assert [(one.crew.code, one.day, one.in_time) for one in page.context["told"]] == [
        ("A", today, True),
        ("B", None, False),
    ]
    assert "Every crew has to be told by" in page.content.decode()
    ana.post(address, proof(plant, crew="", channel="read_aloud"))
    assert [one.in_time for one in ana.get(address).context["told"]] == [True, True]
    assert "Every crew was told in time." in ana.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    lou = make.sign_in(Client(), plant.lou)
    assert "Every crew was told" not in lou.get(f"/bakery/meetings/{meeting.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"channel": "pigeon"}, 422),
        ({"crew": "Z"}, 422),
        ({"where": ""}, 422),
        ({"given_by": "999"}, 422),
        ({"given_at": "soon"}, 422),
        ({"given_at": "2020-01-01T10:00"}, 409),
        ({"given_at": "9999-01-01T10:00"}, 409),
    ],
)
def test_proofs_that_are_none(plant: make.Plant, ana: Client, change: dict[str, str], status: int) -> None:
    meeting = actions.convene(meeting=draft(plant), by=plant.ana, at=make.now())
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/notice/given/", proof(plant, **change))
    assert answer.status_code == status
    assert not meeting.notices_given.exists()
    assert "East gate" in answer.content.decode() or "where" in change


def test_told_too_late_for_one_crew(plant: make.Plant, ana: Client) -> None:
    """Convened in time; the proof for crew B is of three days ago, after the last lawful day."""
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(8.5), at=make.now() - make.days(20))
    actions.convene(meeting=meeting, by=plant.ana, at=make.now() - make.days(8))
    address = f"/bakery/meetings/{meeting.pk}/notice/given/"
    ana.post(address, proof(plant, crew="B"))
    page = ana.get(address).content.decode()
    assert "told too late" in page
    assert "void for all" in page


def test_the_notice_and_all_papers_are_printed(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant, motions=[make.supported_motion(plant)])
    for address in ("notice/printed/", "papers/"):
        answer = ana.get(f"/bakery/meetings/{meeting.pk}/{address}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")
    actions.convene(meeting=meeting, by=plant.ana, at=make.now())
    first, second = (ana.get(f"/bakery/meetings/{meeting.pk}/papers/").content for _once in range(2))
    assert first == second
