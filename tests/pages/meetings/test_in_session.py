"""The desk while a meeting sits, the floor on a telephone, motions of order, pauses, what is not on the agenda."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coop.meetings import actions
from coop.meetings.models import (
    AgendaItem,
    Announcement,
    ItemCall,
    Meeting,
    OffAgenda,
    Pause,
    ProceduralMotion,
    Turn,
)
from coop.pages import polled
from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    """Item 2 is under way."""
    made = make.meeting_in_session(plant)
    actions.call_item(item=made.items.get(number=2), sitting=made.sittings.get(), by=plant.bo, at=make.now())
    return made


@pytest.fixture
def desk(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


@pytest.fixture
def eve(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.eve)


def at(meeting: Meeting, *steps: object) -> str:
    return "/".join(["/bakery/meetings", str(meeting.pk), *map(str, steps)]) + "/"


def page(client: Client, address: str, **more: Any) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_items_are_called_one_after_the_other(meeting: Meeting, desk: Client, eve: Client) -> None:
    assert "Canteen open to the school</h2>" in page(desk, at(meeting, "session"))
    assert "under way since" in page(eve, at(meeting))
    assert desk.post(at(meeting, "items", 3, "call")).status_code == 302
    assert list(ItemCall.objects.filter(ended_at=None).values_list("item__number", flat=True)) == [3]
    assert "3. The new oven" in page(desk, at(meeting, "session"), headers=HTMX)
    refused = desk.post(at(meeting, "items", 3, "call"))
    assert (refused.status_code, "Item 3 is under way already." in refused.content.decode()) == (409, True)
    desk.post(at(meeting, "items", 3, "end"))
    assert "No item is under way." in page(desk, at(meeting, "session"))
    assert "called" in page(eve, at(meeting))


def test_how_late_it_is_stands_beside_the_plan(plant: make.Plant, desk: Client) -> None:
    meeting = make.meeting_in_session(
        plant
    )  # began half an hour ago; item 2 was planned for ten minutes later
    desk.post(at(meeting, "items", 2, "call"))
    assert "20 minutes late" in page(desk, at(meeting, "session"))


def test_one_button_on_a_telephone_and_my_place(
    plant: make.Plant, meeting: Meeting, eve: Client, desk: Client
) -> None:
    floor = at(meeting, "floor")
    assert "I ask for the floor" in page(eve, floor)
    actions.ask_for_floor(sitting=meeting.sittings.get(), member=plant.fay, by=plant.fay, at=make.now())
    assert eve.post(floor, {"kind": "speaker", "unnamed": "on"}).status_code == 302
    waits = page(eve, floor, headers=HTMX)
    assert "1 speaks before you." in waits
    assert "every 5s" in waits
    assert "every 15s" in page(desk, floor, headers=HTMX)
    turn = Turn.objects.get(member=plant.eve)
    assert (turn.unnamed, turn.seconds) == (True, 180)
    first = Turn.objects.get(member=plant.fay)
    assert desk.post(at(meeting, "turns", turn.pk, "give")).status_code == 409
    desk.post(at(meeting, "turns", first.pk, "give"))
    words = page(eve, floor, headers=HTMX)
    assert "You are next." in words
    began = Turn.objects.get(pk=first.pk).began_at
    assert began is not None
    assert f'data-ends="{int(began.timestamp() + 180)}"' in words
    desk.post(at(meeting, "turns", turn.pk, "give"))
    assert "You have the floor." in page(eve, floor, headers=HTMX)
    assert eve.post(at(meeting, "turns", turn.pk, "end")).status_code == 302
    assert Turn.objects.get(pk=turn.pk).ended_at is not None


def test_off_the_list_for_oneself_and_never_for_others(
    plant: make.Plant, meeting: Meeting, eve: Client
) -> None:
    eve.post(at(meeting, "floor"), {"kind": "speaker"})
    mine = Turn.objects.get()
    other = make.sign_in(Client(), plant.fay)
    assert other.post(at(meeting, "turns", mine.pk, "withdraw")).status_code == 404
    assert "I do not want to speak after all" in page(eve, at(meeting, "floor"))
    assert eve.post(at(meeting, "turns", mine.pk, "withdraw")).status_code == 302
    assert Turn.objects.get().withdrawn_at is not None


def test_a_refusal_stands_beside_what_was_typed(plant: make.Plant, meeting: Meeting, desk: Client) -> None:
    session = at(meeting, "session")
    typed = {"number": "12", "kind": "speaker", "direction": "against", "unnamed": "on"}
    answer = desk.post(session, typed)
    words = answer.content.decode()
    assert (answer.status_code, "Lou is not checked in at this sitting." in words) == (409, True)
    assert 'value="12"' in words
    assert '<option value="against" selected>' in words
    for number in ("", "x", "99", "9" * 400):
        assert desk.post(session, typed | {"number": number}).status_code == 422
    assert desk.post(session, typed | {"kind": "shouting"}).status_code == 422
    assert not Turn.objects.exists()
    assert desk.post(session, typed | {"number": "5"}).status_code == 302
    assert Turn.objects.get().direction == "against"


def test_an_open_fragment_of_the_desk_has_no_box_to_type_in(meeting: Meeting, desk: Client) -> None:
    words = page(desk, at(meeting, "session"), headers=HTMX)
    assert "<html" not in words
    assert 'type="text"' not in words
    assert "<select" not in words


def test_the_debate_is_closed_by_two_thirds_of_the_hands(
    plant: make.Plant, meeting: Meeting, desk: Client
) -> None:
    address = at(meeting, "session", "motion")
    assert "at least two thirds of the votes for and against" in page(desk, address)
    typed = {"kind": "close_debate", "mover": "5", "votes_for": "3", "votes_against": "2", "outcome": ""}
    answer = desk.post(address, typed, follow=True)
    assert "not carried" in answer.content.decode()
    answer = desk.post(address, typed | {"votes_for": "90"})
    assert answer.status_code == 409
    assert "8 with a vote are present" in answer.content.decode()
    assert 'value="90"' in answer.content.decode()
    for wrong in ({"votes_for": "-1"}, {"votes_for": "many"}, {"mover": "77"}, {"kind": "x"}, {"mover": ""}):
        assert desk.post(address, typed | wrong).status_code == 422
    desk.post(address, typed | {"votes_for": "4"})
    assert list(ProceduralMotion.objects.values_list("outcome", flat=True)) == ["not_carried", "carried"]
    assert "The debate is closed" in page(desk, at(meeting, "session"))


def test_a_pause_and_on(plant: make.Plant, meeting: Meeting, desk: Client, eve: Client) -> None:
    address = at(meeting, "session", "pause")
    assert desk.post(address, {"because": "", "minutes": "5"}).status_code == 422
    for minutes in ("0", "721", "soon", "9" * 30):
        assert desk.post(address, {"because": "Smoke", "minutes": minutes}).status_code == 422
    assert desk.post(address, {"because": "Smoke", "minutes": "5"}).status_code == 302
    pause = Pause.objects.get()
    assert pause.goes_on_at is not None
    assert round((pause.goes_on_at - pause.since).total_seconds()) == 300
    again = desk.post(address, {"because": "Smoke", "minutes": "5"})
    assert (again.status_code, 'value="Smoke"' in again.content.decode()) == (409, True)
    screen = page(eve, at(meeting, "hall"), headers=HTMX)
    assert "hall__pause" in screen
    assert "Smoke" not in screen
    assert "Canteen" not in screen
    assert desk.post(at(meeting, "session", "go-on")).status_code == 302
    assert "hall__pause" not in page(eve, at(meeting, "hall"), headers=HTMX)


def test_what_is_raised_from_the_floor_waits(plant: make.Plant, meeting: Meeting, desk: Client) -> None:
    address = at(meeting, "off-agenda")
    assert desk.post(address, {"title": "", "number": "5"}).status_code == 422
    refused = desk.post(address, {"title": "The gate", "text": "It sticks.", "number": "12"})
    assert (refused.status_code, "It sticks." in refused.content.decode()) == (409, True)
    desk.post(address, {"title": "The gate", "text": "It sticks.", "number": "5"})
    assert "The gate" in page(desk, address)
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(30))
    entry = OffAgenda.objects.get()
    assert "Put it on this agenda" in page(desk, at(draft))
    assert desk.post(at(draft, "off-agenda", entry.pk, "take-up")).status_code == 302
    assert draft.items.get(number=3).title == "The gate"
    assert "item 3 of" in page(desk, address)
    assert "Put it on this agenda" not in page(desk, at(draft))


def test_a_result_is_for_the_desk_until_the_chair_has_told_it(
    plant: make.Plant, meeting: Meeting, desk: Client, eve: Client
) -> None:
    decision = actions.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    assert "being voted" in page(eve, at(meeting)) or "pending" in page(eve, at(meeting))
    make.cast(decision.ballot, plant.ana)
    decision = actions.close_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    for address in (at(meeting), at(meeting, "hall")):
        words = page(eve, address)
        assert "he chair announces" in words
        assert decision.label not in words
        assert "Carried" not in words
    assert "Carried: 1 for" in page(desk, at(meeting, "session"))
    assert desk.post(at(meeting, "items", 2, "announce")).status_code == 302
    assert Announcement.objects.get().decision_id == decision.pk
    for address in (at(meeting), at(meeting, "hall")):
        assert "Carried" in page(eve, address)


def test_a_list_of_thirty_costs_no_more_than_one(
    plant: make.Plant, meeting: Meeting, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask(number: int) -> None:
        Turn.objects.create(
            item=meeting.items.get(number=2), sitting=meeting.sittings.get(), member=people[number],
            asked_at=make.now(), entered_by=plant.ana, seconds=180,
        )  # fmt: skip

    people = [make.member(plant.cooperative, 100 + one, f"Worker {one}") for one in range(30)]
    ask(0)
    page(desk, at(meeting, "session"))
    with CaptureQueriesContext(connection) as one:
        page(desk, at(meeting, "session"))
    for number in range(1, 30):
        ask(number)
    with django_assert_num_queries(len(one)):
        page(desk, at(meeting, "session"))


def test_without_a_sitting_the_desk_says_so(plant: make.Plant, desk: Client, eve: Client) -> None:
    meeting = make.convened_meeting(plant)
    assert "No sitting is open" in page(desk, at(meeting, "session"))
    assert desk.post(at(meeting, "items", 2, "call")).status_code == 409
    assert eve.post(at(meeting, "floor"), {"kind": "speaker"}).status_code == 409
    assert eve.get(at(meeting, "session")).status_code == 404


@pytest.fixture
def kept(settings: Any) -> Any:
    settings.HALL_SECONDS = 60
    polled.forget()
    yield
    polled.forget()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("noun", ["hall", "floor"])
def test_a_whole_hall_is_told_the_same_and_asked_who_it_is(
    plant: make.Plant, meeting: Meeting, eve: Client, noun: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make.sign_in(fay := Client(), plant.fay)
    with CaptureQueriesContext(connection) as first:
        told = eve.get(at(meeting, noun), headers=HTMX)
    with CaptureQueriesContext(connection) as second:
        same = fay.get(at(meeting, noun), headers=HTMX)
    assert same.content == told.content
    assert len(second) < len(first)
    assert not [one for one in second if "agendaitem" in one["sql"] or "turn" in one["sql"]]
    again = fay.get(at(meeting, noun), headers={**HTMX, "If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    stranger = make.plant("mill", names=[f"Other {one}" for one in range(12)])
    other = make.sign_in(Client(), stranger.people["ana"])
    assert other.get(at(meeting, noun), headers=HTMX).status_code == 404
    assert other.get(at(meeting, noun).replace("bakery", "mill"), headers=HTMX).status_code == 404


def test_a_vote_is_closed_from_the_desk_though_nobody_called_its_item(
    plant: make.Plant, desk: Client
) -> None:
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    address = at(item.meeting, "session")
    opened = page(desk, address)
    assert "Close the vote on item 2" in opened
    assert 'class="button button--primary">Call' not in opened
    actions.close_vote(item=item, by=plant.bo, at=make.now())
    closed = page(desk, address)
    assert "Close the vote on item 2" not in closed
    assert 'class="button button--primary" id="announce-2"' in closed
    assert 'class="button button--primary">Call' not in closed
    actions.announce(item=item, by=plant.bo, at=make.now())
    assert 'class="button button--primary">Call' in page(desk, address)
