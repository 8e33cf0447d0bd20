"""The secretary's desk: checking in by number, opening, signers, sittings; and the register of voters."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Attendance, Meeting, Signer
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def at(meeting: Meeting, rest: str = "attendance/") -> str:
    return f"/bakery/meetings/{meeting.pk}/{rest}"


# --- the desk --------------------------------------------------------------------------------------------


def test_the_desk_is_not_there_for_others(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    eve = make.sign_in(Client(), plant.eve)
    assert eve.get(at(meeting)).status_code == 404
    assert not Attendance.objects.filter(meeting=meeting, member=plant.lou).exists()


def test_what_refreshes_itself_holds_no_form(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = ana.get(at(meeting), headers={"HX-Request": "true"}).content.decode()
    assert "present with a vote" in page
    assert "<form" not in page
    assert "<html" not in page


# --- opening ---------------------------------------------------------------------------------------------


def test_opening_with_a_quorum(plant: make.Plant, ana: Client) -> None:
    meeting = make.convened_meeting(plant)
    for name in make.NAMES[:6]:
        actions.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=make.now())
    page = ana.get(at(meeting)).content.decode()
    assert "No quorum: 6 present, 7 needed." in page
    assert "1 more needed for first call." in page
    assert "Open it" not in page
    assert ana.post(at(meeting, "sittings/1/open/")).status_code == 409
    ana.post(at(meeting, "coming/"), {"number": plant.gus.number})
    assert "Open it" in ana.get(at(meeting)).content.decode()
    assert ana.post(at(meeting, "sittings/1/open/"))["Location"] == at(meeting)
    sitting = meeting.sittings.get()
    assert (sitting.opened_on_call, sitting.present_at_opening) == (1, 7)
    assert ana.post(at(meeting, "sittings/1/open/")).status_code == 409
    assert ana.post(at(meeting, "sittings/2/open/")).status_code == 404


def test_on_second_call_whoever_is_there_suffices(plant: make.Plant, ana: Client) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() - datetime.timedelta(minutes=61))
    ana.post(at(meeting, "coming/"), {"number": plant.eve.number})
    assert "second call" in ana.get(at(meeting)).content.decode()
    ana.post(at(meeting, "sittings/1/open/"))
    assert meeting.sittings.get().opened_on_call == 2


def test_only_who_leads_opens(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    eve = make.sign_in(Client(), plant.eve)
    assert eve.post(at(meeting, "sittings/1/open/")).status_code == 404
    assert eve.get(at(meeting, "sittings/1/open/")).status_code == 405


# --- signers ---------------------------------------------------------------------------------------------


def test_two_sign(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    numbers = {"first": plant.eve.number, "second": plant.fay.number}
    page = ana.post(at(meeting, "signers/"), numbers, follow=True).content.decode()
    assert "Eve and Fay sign the minutes." in page
    assert set(Signer.objects.values_list("member_id", flat=True)) == {plant.eve.pk, plant.fay.pk}
    assert ana.post(at(meeting, "signers/"), numbers).status_code == 409


@pytest.mark.parametrize(
    ("first", "second", "status", "words"),
    [
        ("5", "5", 409, "Name two different members."),
        ("5", "12", 409, "Lou is not checked in."),
        ("5", "999", 422, "Nobody here has the number 999."),
        ("5", "", 422, "This field is required."),
        ("5", "six", 422, "A member number has only digits."),
        (["5", "6"], "7", 422, "Two answers came for this. Give one."),
    ],
)
def test_signers_that_cannot_be(
    plant: make.Plant, ana: Client, first: Any, second: str, status: int, words: str
) -> None:
    meeting = make.meeting_in_session(plant)
    answer = ana.post(at(meeting, "signers/"), {"first": first, "second": second})
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert f'value="{second}"' in page or not second
    assert not Signer.objects.exists()


def test_signers_only_by_post_and_by_who_leads(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    assert ana.get(at(meeting, "signers/")).status_code == 405
    eve = make.sign_in(Client(), plant.eve)
    assert eve.post(at(meeting, "signers/"), {"first": 5, "second": 6}).status_code == 404


# --- several sittings -----------------------------------------------------------------------------------


@pytest.fixture
def two_sittings(plant: make.Plant) -> Meeting:
    """The first sitting was to begin two hours ago and was not opened; the second begins in an hour."""
    at = make.now() - make.days(18)
    made = actions.prepare(
        body=plant.assembly, kind="extraordinary", title="Canteen", place="Hall",
        sittings=[make.now() - 2 * HOUR, make.now() + HOUR], by=plant.ana, at=at,
    )  # fmt: skip
    actions.add_item(meeting=made, kind=AgendaItem.Kind.REPORT, title="Flour", by=plant.ana, at=at)
    return actions.convene(meeting=made, by=plant.ana, at=at)


def test_a_sitting_nobody_opened_is_given_up_and_the_next_is_the_one_to_open(
    plant: make.Plant, two_sittings: Meeting, client: Client
) -> None:
    make.sign_in(client, plant.ana)
    desk = client.get(f"/bakery/meetings/{two_sittings.pk}/attendance/")
    assert desk.context["next_sitting"].number == 2
    assert [(sitting.number, *more) for sitting, *more in desk.context["ending"]] == [(1, [], "")]
    assert "It was not opened by the hour of its second call." in desk.content.decode()
    answer = client.post(f"/bakery/meetings/{two_sittings.pk}/sittings/1/close/", follow=True)
    assert "Sitting 1 was not held; so it stands in the minutes." in answer.content.decode()
    assert answer.context["ending"] == []
    assert answer.context["next_sitting"].number == 2


def test_closing_what_is_still_to_come_is_refused(
    plant: make.Plant, two_sittings: Meeting, client: Client
) -> None:
    make.sign_in(client, plant.ana)
    answer = client.post(f"/bakery/meetings/{two_sittings.pk}/sittings/2/close/")
    assert answer.status_code == 409
    assert "A sitting has still to be held." in answer.content.decode()


def test_only_those_who_lead_close_a_sitting(
    plant: make.Plant, two_sittings: Meeting, client: Client
) -> None:
    make.sign_in(client, plant.eve)
    assert client.post(f"/bakery/meetings/{two_sittings.pk}/sittings/1/close/").status_code == 404


# --- the register ----------------------------------------------------------------------------------------


def test_the_register_hangs_on_the_board(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    answer = make.sign_in(Client(), plant.lou).get(at(meeting, "register/"), follow=True)
    assert [(one.number, one.name, one.department, one.crew) for one in answer.context["page"]] == [
        (number, name, "OVN", "A") for number, name in enumerate(make.NAMES, 1)
    ]
    assert meeting.register is not None
    assert meeting.register.hash in answer.content.decode()


def test_before_it_is_drawn_the_register_tells_its_day(plant: make.Plant) -> None:
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(30))
    meeting = actions.convene(meeting=meeting, by=plant.ana, at=make.now())
    page = make.sign_in(Client(), plant.lou).get(at(meeting, "register/")).content.decode()
    assert "The register of voters closes on" in page
    assert "<table" not in page


# --- one and three hundred -------------------------------------------------------------------------------


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_the_number_of_queries_does_not_grow_with_the_people(plant: make.Plant, ana: Client) -> None:
    pages = ("attendance/", "", "minutes/")
    small = make.meeting_in_session(plant, motions=[], present=("Ana", *make.NAMES[2:8]))
    few = [queries(ana, at(small, page)) for page in pages]
    people = [make.member(plant.cooperative, number, f"Member {number}") for number in range(101, 161)]
    plant.people |= {person.name.lower(): person for person in people}
    large = make.meeting_in_session(
        plant, motions=[], present=[*make.NAMES[:12], *(person.name for person in people)]
    )
    assert large.register is not None
    assert large.register.size == 72
    assert [queries(ana, at(large, page)) for page in pages] == few
    shown = ana.get(at(large)).context["page"]
    assert (shown.paginator.count, len(shown)) == (72, 50)
