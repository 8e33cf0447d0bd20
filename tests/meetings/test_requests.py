"""What members ask for: how many sign, what the last signature starts, who answers, and who may in their place."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.journal.models import CLOCK, Entry
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, Request
from coop.meetings.requests import answered_by, overdue
from coop.members.models import Body
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    """Twelve vote; 20 % of them are 2.4, so three signatures."""
    return make.plant(bylaws={"extraordinary_request_percent": 20, "item_request_percent": 20})


def refused(act: Any, **facts: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**facts)
    return [reason.code for reason in no.value.reasons]


def asked(plant: make.Plant, kind: str = "assembly", *, at: datetime.datetime | None = None) -> Request:
    at = at or make.now()
    until = plant.cooperative.day_of(at) + datetime.timedelta(days=30)
    words = {"title": "The roof leaks", "text": "Water stands in the packing hall."}
    return meetings.ask(body=plant.assembly, kind=kind, collects_until=until, **words, by=plant.eve, at=at)


def reached(plant: make.Plant, kind: str = "assembly", *, at: datetime.datetime | None = None) -> Request:
    request = asked(plant, kind, at=at)
    for who in (plant.fay, plant.gus):
        request = meetings.sign_request(request=request, by=who, at=at or make.now())
    return request


def drafted(plant: make.Plant, **more: Any) -> Meeting:
    facts = {"body": plant.assembly, "kind": "extraordinary", "title": "The roof", "place": "Yard"}
    facts |= {"sittings": [make.now() + make.days(20)], "by": plant.ana, "at": make.now()}
    return meetings.prepare(**facts | more)


def test_the_last_signature_that_is_needed_starts_the_clock(plant: make.Plant) -> None:
    request = asked(plant)
    assert (request.needed, request.signatures.count(), request.reached_at) == (3, 1, None)
    request = meetings.sign_request(request=request, by=plant.fay, at=make.now())
    assert request.reached_at is None
    at = make.now()
    request = meetings.sign_request(request=request, by=plant.gus, at=at)
    request.refresh_from_db()
    assert request.reached_at == at
    assert request.due_on == plant.cooperative.day_of(at) + datetime.timedelta(days=30)
    meetings.sign_request(request=request, by=plant.hal, at=make.now())  # more may sign
    request.refresh_from_db()
    assert (request.reached_at, request.signatures.count()) == (at, 4)


def test_the_journal_does_not_name_who_signs(plant: make.Plant) -> None:
    reached(plant)
    lines = Entry.objects.filter(subject_kind="request").order_by("sequence")
    assert [(line.verb, line.actor_id) for line in lines] == [
        ("request-begun", plant.eve.actor.id),
        ("request-reached", CLOCK.id),
    ]
    assert not {"Fay", "Gus"} & set(str([line.facts for line in lines]).split("'"))


def test_who_may_not_sign(plant: make.Plant) -> None:
    request = asked(plant)
    sign = {"request": request, "at": make.now()}
    assert refused(meetings.sign_request, by=plant.eve, **sign) == ["request-signed-already"]
    assert refused(meetings.sign_request, by=plant.people["max"], **sign) == ["not-a-full-member"]
    late = make.now() + make.days(31)
    assert refused(meetings.sign_request, request=request, by=plant.fay, at=late) == ["collecting-over"]
    assert refused(meetings.withdraw_request, by=plant.fay, **sign) == ["not-who-asked"]
    meetings.withdraw_request(by=plant.eve, **sign)
    assert refused(meetings.sign_request, by=plant.fay, **sign) == ["request-withdrawn"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "council"}, "not-asked-of-this-body"),
        ({"days": -1}, "collecting-day-over"),
        ({"days": 91}, "collecting-too-long"),
        ({"by": "nan"}, "not-a-full-member"),
    ],
)
def test_what_is_not_asked(plant: make.Plant, facts: dict[str, Any], code: str) -> None:
    until = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=facts.get("days", 30))
    ask = {"body": plant.assembly, "kind": facts.get("kind", "item"), "title": "Roof", "text": "It leaks."}
    who = plant.people[facts.get("by", "eve")]
    assert refused(meetings.ask, collects_until=until, by=who, at=make.now(), **ask) == [code]
    assert not Request.objects.exists()


def test_one_member_of_a_council_is_enough(plant: make.Plant) -> None:
    council = Body.objects.get(code="ADM")
    until = plant.cooperative.day_of(make.now())
    ask = {"body": council, "kind": "council", "title": "Wages", "text": "They are late.", "at": make.now()}
    request = meetings.ask(collects_until=until, by=plant.bo, **ask)
    assert request.reached_at is not None
    assert request.due_on == until + datetime.timedelta(days=6)
    assert refused(meetings.ask, collects_until=until, by=plant.eve, **ask) != []


def test_an_assembly_answers_it_once(plant: make.Plant) -> None:
    request = asked(plant)
    assert refused(drafted, plant=plant, request=request) == ["request-not-reached"]
    for who in (plant.fay, plant.gus):
        meetings.sign_request(request=request, by=who, at=make.now())
    assert refused(drafted, plant=plant, request=request, kind="ordinary") == ["request-wants-another-kind"]
    meeting = drafted(plant, request=request)
    assert answered_by(request) == meeting
    assert refused(drafted, plant=plant, request=request) == ["request-answered-already"]
    meetings.cancel(meeting=meeting, by=plant.ana, at=make.now())
    assert answered_by(request) is None


def test_no_notice_goes_out_without_the_item_that_was_asked_for(plant: make.Plant) -> None:
    request = reached(plant, "item")
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(30), at=make.now())
    act = {"by": plant.ana, "at": make.now()}
    assert refused(meetings.convene, meeting=meeting, **act) == ["item-asked-for-missing"]
    item = meetings.add_item(meeting=meeting, kind="requested", request=request, **act)
    assert (item.title, item.request) == ("The roof leaks", request)
    assert meetings.convene(meeting=meeting, **act).state == "convened"
    again = make.draft_meeting(plant, starts_at=make.now() + make.days(60), at=make.now())
    twice = {"meeting": again, "kind": "requested", "request": request}
    assert refused(meetings.add_item, **twice, **act) == ["request-answered-already"]


def test_an_item_comes_in_after_the_notice_where_the_bylaws_let_it() -> None:
    plant = make.plant("quarry", bylaws={"late_items": True, "item_request_percent": 20})
    starts = make.now() + make.days(30)
    meeting = make.draft_meeting(plant, starts_at=starts, at=make.now())
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now())
    request = reached(plant, "item", at=make.now())
    add = {"meeting": meeting, "kind": "requested", "by": plant.ana}
    assert refused(meetings.add_item, request=request, at=make.now() + make.days(9), **add) == [
        "late-items-over"
    ]
    assert refused(meetings.add_item, at=make.now(), **add) == ["agenda-closed"]
    item = meetings.add_item(request=request, at=make.now() + make.days(8), **add)
    assert item.number == 3


def test_where_the_bylaws_say_nothing_the_agenda_is_closed(plant: make.Plant) -> None:
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(30), at=make.now())
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now())
    add = {"meeting": meeting, "kind": "requested", "request": reached(plant, "item"), "by": plant.ana}
    assert refused(meetings.add_item, at=make.now(), **add) == ["agenda-closed"]


def test_it_is_joined_to_an_ordinary_assembly_that_is_near(plant: make.Plant) -> None:
    request = reached(plant)
    act = {"by": plant.ana, "at": make.now()}
    far = drafted(plant, kind="ordinary", sittings=[make.now() + make.days(95)])
    join = {"kind": "requested", "request": request, **act}
    assert refused(meetings.add_item, meeting=far, **join) == ["ordinary-too-far"]
    other = drafted(plant)
    assert refused(meetings.add_item, meeting=other, **join) == ["joined-to-ordinary-only"]
    near = drafted(plant, kind="ordinary", sittings=[make.now() + make.days(85)])
    meetings.add_item(meeting=near, **join)
    assert answered_by(request) == near


def test_past_due_the_auditor_calls_that_one_and_no_other(plant: make.Plant) -> None:
    request = reached(plant, at=make.now() - make.days(40))
    today = plant.cooperative.day_of(make.now())
    assert overdue(request, today)
    assert not overdue(request, request.due_on)  # type: ignore[arg-type]
    assert refused(drafted, plant=plant, by=plant.dee) == ["no-mandate"]
    assert refused(drafted, plant=plant, by=plant.eve, request=request) == ["no-mandate"]
    meeting = drafted(plant, by=plant.dee, request=request)
    act = {"by": plant.dee, "at": make.now()}
    meetings.add_item(meeting=meeting, kind="report", title="The roof", **act)
    assert meetings.convene(meeting=meeting, **act).convened_by == plant.dee
    assert not overdue(request, today)


def test_before_that_the_auditor_calls_nothing(plant: make.Plant) -> None:
    request = reached(plant, at=make.now() - make.days(10))
    assert refused(drafted, plant=plant, by=plant.dee, request=request) == ["no-mandate"]
