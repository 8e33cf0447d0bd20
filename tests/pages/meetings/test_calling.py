"""Preparing a meeting, its agenda, the notice that closes it, and cancelling."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coop.journal.models import Entry
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting, Sitting
from coop.members.actions import end_mandate
from coop.members.models import Mandate
from coop.proposals.models import Proposal
from tests import make, make_offices

pytestmark = pytest.mark.django_db

PREPARE = "/bakery/meetings/prepare/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def hour(days: float) -> str:
    """An hour as a browser sends it, on the clock of Buenos Aires."""
    when = (make.now() + make.days(days)).astimezone(datetime.timezone(datetime.timedelta(hours=-3)))
    return when.strftime("%Y-%m-%dT%H:%M")


IN_A_MONTH = hour(30)  # once: two looks at the clock may fall into two minutes


def typed(**more: Any) -> dict[str, Any]:
    return {
        "body": "GA",
        "kind": "extraordinary",
        "title": "Assembly of the roof",
        "place": "Yard",
        "sitting_1": IN_A_MONTH,
        "sitting_2": "",
        "sitting_3": "",
        **more,
    }


def draft(plant: make.Plant, **more: Any) -> Meeting:
    return make.draft_meeting(plant, starts_at=make.now() + make.days(30), **more)


# --- prepare ---------------------------------------------------------------------------------------------


def test_prepare_saves_a_draft_with_its_sittings_in_order(plant: make.Plant, ana: Client) -> None:
    answer = ana.post(PREPARE, typed(sitting_1="2027-03-20T22:30", sitting_2="2027-03-20 06:30"))
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bakery/meetings/{meeting.pk}/")
    assert (meeting.state, meeting.title, meeting.place, meeting.prepared_by) == (
        "draft",
        "Assembly of the roof",
        "Yard",
        plant.ana,
    )
    assert [one.starts_at.astimezone(datetime.UTC).isoformat() for one in meeting.sittings.all()] == [
        "2027-03-20T09:30:00+00:00",
        "2027-03-21T01:30:00+00:00",
    ]


def test_prepare_shows_how_soon_each_kind_can_be(plant: make.Plant, ana: Client) -> None:
    kinds = ana.get(PREPARE).context["kinds"]
    today = plant.cooperative.day_of(make.now())
    assert [(kind, days, (day - today).days) for kind, days, day in kinds] == [
        ("ordinary assembly", 15, 16),
        ("extraordinary assembly", 15, 16),
        ("council meeting", 3, 4),
        ("production meeting", 2, 3),
        ("meeting of a commission or working table", 3, 4),
        ("community assembly", 7, 8),
    ]


def test_prepare_is_not_there_for_others(plant: make.Plant) -> None:
    for who in (plant.bo, plant.eve):
        client = make.sign_in(Client(), who)
        assert client.get(PREPARE).status_code == client.post(PREPARE, typed()).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "This field is required."),
        ("title", "x" * 161, "Ensure this value has at most 160 characters (it has 161)."),
        ("title", "roof\x00", "Some letters of this did not arrive whole. Please type them again."),
        ("title", ["one", "two"], "Two answers came for this. Give one."),
        ("place", " ", "This field is required."),
        ("body", "ADM", "Choose one of those that stand here."),
        ("kind", "party", "Choose one of those that stand here."),
        ("kind", "council", "General assembly does not hold meetings of this kind."),
        ("sitting_1", "", "This field is required."),
        ("sitting_1", "soon", "Write day and hour like 2026-11-28 14:30."),
        ("sitting_1", "2020-01-01T10:00", "That hour is over."),
        ("sitting_1", "0001-01-01T00:00", "That hour is over."),
        ("sitting_1", "9999-12-31T23:59", "That is more than two years away. Look at the year again."),
        ("sitting_2", IN_A_MONTH, "Two sittings cannot begin at the same moment."),
    ],
)
def test_prepare_refuses_what_cannot_be_read(
    plant: make.Plant, ana: Client, field: str, value: Any, words: str
) -> None:
    answer = ana.post(PREPARE, typed(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.context["form"].errors[field]
    assert 'value="Yard"' in answer.content.decode() or field == "place"
    assert not Meeting.objects.exists()


# --- the draft and its agenda ----------------------------------------------------------------------------


def test_the_draft_shows_agenda_timetable_and_last_day(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant, motions=[make.supported_motion(plant)])
    answer = ana.get(f"/bakery/meetings/{meeting.pk}/")
    starts_at = meeting.sittings.get().starts_at
    assert [line.begins - starts_at for line in answer.context["lines"]] == [
        datetime.timedelta(minutes=minutes) for minutes in (0, 10, 20)
    ]
    assert answer.context["ends_at"] == starts_at + datetime.timedelta(minutes=30)
    day = plant.cooperative.day_of(starts_at)
    assert answer.context["last_day"] == day - datetime.timedelta(days=16)
    assert [step.state for step in answer.context["steps"]] == ["now", "next", "next", "next"]
    assert answer.context["against_convening"] == []


def test_a_draft_is_nobody_elses(plant: make.Plant) -> None:
    meeting = draft(plant)
    for who in (plant.bo, plant.eve):
        assert make.sign_in(Client(), who).get(f"/bakery/meetings/{meeting.pk}/").status_code == 404


def test_items_are_added_at_the_end(plant: make.Plant, ana: Client) -> None:
    meeting, motion = draft(plant), make.supported_motion(plant)
    add = f"/bakery/meetings/{meeting.pk}/items/add/"
    ana.post(add, {"kind": "proposal", "proposal": motion.pk, "planned_minutes": "25"})
    ana.post(add, {"kind": "report", "title": "Accounts", "planned_minutes": "5"})
    assert list(meeting.items.values_list("number", "kind", "title", "planned_minutes")) == [
        (1, "signers", "choice of two members who sign the minutes", 10),
        (2, "report", "The new oven", 10),
        (3, "proposal", str(motion), 25),
        (4, "report", "Accounts", 5),
    ]
    motion.refresh_from_db()
    assert motion.state == Proposal.State.TABLED


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "report", "title": "", "planned_minutes": "5"},
        {"kind": "report", "title": "x" * 201, "planned_minutes": "5"},
        {"kind": "report", "title": "Oven\x00", "planned_minutes": "5"},
        {"kind": "report", "title": ["One", "Two"], "planned_minutes": "5"},
        {"kind": "report", "title": "Oven", "planned_minutes": "0"},
        {"kind": "report", "title": "Oven", "planned_minutes": "9" * 5000},
        {"kind": "report", "title": "Oven"},
        {"kind": "proposal", "planned_minutes": "5"},
        {"kind": "proposal", "proposal": "9" * 40, "planned_minutes": "5"},
        {"kind": "proposal", "proposal": "x", "planned_minutes": "5"},
        {"kind": "party", "title": "Oven", "planned_minutes": "5"},
        {"kind": ["report", "signers"], "title": "Oven", "planned_minutes": "5"},
        {},
    ],
)
def test_an_item_that_cannot_be_read_is_refused(
    plant: make.Plant, ana: Client, wrong: dict[str, Any]
) -> None:
    meeting = draft(plant)
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/items/add/", wrong)
    assert answer.status_code == 422
    assert meeting.items.count() == 2


def test_a_proposal_that_went_elsewhere_meanwhile_is_refused(plant: make.Plant, ana: Client) -> None:
    first, second, motion = draft(plant), draft(plant), make.supported_motion(plant)
    data = {"kind": "proposal", "proposal": motion.pk, "planned_minutes": "7"}
    ana.post(f"/bakery/meetings/{first.pk}/items/add/", data)
    answer = ana.post(f"/bakery/meetings/{second.pk}/items/add/", data)
    assert answer.status_code == 422
    assert second.items.count() == 2


def test_an_item_is_taken_off(plant: make.Plant, ana: Client) -> None:
    motion = make.supported_motion(plant)
    meeting = draft(plant, motions=[motion])
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/items/2/remove/")
    assert answer.status_code == 302
    assert list(meeting.items.values_list("number", "kind")) == [(1, "signers"), (2, "report")]
    motion.refresh_from_db()
    assert motion.state == Proposal.State.ADMITTED
    assert ana.post(f"/bakery/meetings/{meeting.pk}/items/9/remove/").status_code == 404


def test_the_agenda_is_closed_after_the_notice(plant: make.Plant, ana: Client) -> None:
    meeting = make.convened_meeting(plant)
    report = {"kind": "report", "title": "Late", "planned_minutes": "5"}
    for answer in (
        ana.post(f"/bakery/meetings/{meeting.pk}/items/add/", report),
        ana.post(f"/bakery/meetings/{meeting.pk}/items/add/", {"kind": "report"}),
        ana.post(f"/bakery/meetings/{meeting.pk}/items/1/remove/"),
    ):
        assert answer.status_code == 409
        assert "the agenda is closed" in answer.content.decode()
    assert meeting.items.count() == 3


# --- convene and cancel ----------------------------------------------------------------------------------


def test_convening_is_asked_once_more_and_leads_to_the_notice(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant)
    address = f"/bakery/meetings/{meeting.pk}/convene/"
    lines = Entry.objects.count()
    assert "Convene: post the notice" in ana.get(address).content.decode()
    assert Entry.objects.count() == lines
    answer = ana.post(address)
    assert answer["Location"] == f"/bakery/meetings/{meeting.pk}/notice/"
    meeting.refresh_from_db()
    assert (meeting.state, meeting.number, meeting.convened_by) == ("convened", 1, plant.ana)
    assert ana.post(address).status_code == 409


def test_too_late_to_convene(plant: make.Plant, ana: Client) -> None:
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(15))
    page = ana.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "Too late: the bylaws ask for 15 days of notice" in page
    assert "Convene the meeting" not in page
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/convene/")
    assert answer.status_code == 409
    meeting.refresh_from_db()
    assert meeting.state == "draft"


def test_the_hour_is_the_one_of_the_plant(plant: make.Plant, ana: Client) -> None:
    """22:30 in Buenos Aires is the day after in UTC: the days of notice count from the day at the plant."""
    when = timezone.make_aware(datetime.datetime(2027, 3, 20, 22, 30), plant.cooperative.zone)
    meeting = draft(plant)
    Sitting.objects.filter(meeting=meeting).update(starts_at=when)
    answer = ana.get(f"/bakery/meetings/{meeting.pk}/")
    assert answer.context["last_day"] == datetime.date(2027, 3, 4)
    assert "Saturday 20 March 2027, 22:30" in answer.content.decode()


def test_cancelling_is_asked_once_more(plant: make.Plant, ana: Client) -> None:
    motion = make.supported_motion(plant)
    meeting = actions.convene(meeting=draft(plant, motions=[motion]), by=plant.ana, at=make.now())
    address = f"/bakery/meetings/{meeting.pk}/cancel/"
    assert "Yes, cancel it" in ana.get(address).content.decode()
    assert ana.post(address).status_code == 422  # whoever was called reads why
    assert (
        ana.post(address, {"because": "The hall is flooded."})["Location"]
        == f"/bakery/meetings/{meeting.pk}/"
    )
    meeting.refresh_from_db()
    motion.refresh_from_db()
    assert (meeting.state, motion.state) == ("cancelled", "admitted")
    assert ana.post(address).status_code == 409


def test_a_meeting_in_session_is_not_cancelled(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = ana.get(f"/bakery/meetings/{meeting.pk}/cancel/").content.decode()
    assert "Yes, cancel it" not in page
    assert ana.post(f"/bakery/meetings/{meeting.pk}/cancel/").status_code == 409


def test_a_draft_that_was_cancelled_is_seen_by_nobody_else(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant)
    ana.post(f"/bakery/meetings/{meeting.pk}/cancel/", {"because": "The hall is flooded."})
    assert ana.get(f"/bakery/meetings/{meeting.pk}/").status_code == 200
    eve = make.sign_in(Client(), plant.eve)
    assert eve.get(f"/bakery/meetings/{meeting.pk}/").status_code == 404
    assert eve.get("/bakery/meetings/").context["past"] == []


def test_only_posts_change_the_agenda(plant: make.Plant, ana: Client) -> None:
    meeting = draft(plant)
    assert ana.get(f"/bakery/meetings/{meeting.pk}/items/add/").status_code == 405
    assert ana.get(f"/bakery/meetings/{meeting.pk}/items/1/remove/").status_code == 405
    assert AgendaItem.objects.filter(meeting=meeting).count() == 2


def test_once_the_council_has_no_majority_the_auditor_calls_the_assembly() -> None:
    plant = make_offices.plant()
    dee = make.sign_in(Client(), plant.dee)
    assert dee.get("/bakery/meetings/prepare/").status_code == 404
    for name in ("ana", "cy", "bo"):
        end_mandate(
            mandate=make_offices.mandate(plant.people[name]),
            ended=Mandate.Ended.RESIGNED,
            document="Letters",
            by=make.FOUNDING,
            at=make.now(),
        )
    assert dee.get("/bakery/meetings/prepare/").status_code == 200
    assert "/bakery/meetings/prepare/" in dee.get("/bakery/meetings/").content.decode()
    assert make.sign_in(Client(), plant.eve).get("/bakery/meetings/prepare/").status_code == 404
