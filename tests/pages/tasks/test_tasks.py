"""Actions agreed: written down in session, carried from meeting to meeting, done, moved, handed over, dropped."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.meetings import actions
from coop.meetings.models import Action, AgendaItem, Meeting
from coop.meetings.tasks import age, agreed_in, open_for, reported_in, standing_on
from coop.refusals import Refused
from tests import make, make_council

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def day(plant: make.Plant, ahead: int = 0) -> datetime.date:
    return plant.cooperative.day_of(make.now()) + datetime.timedelta(days=ahead)


def agreed(
    plant: make.Plant, meeting: Meeting, *, ahead: int = 5, text: str = "Order the tables", **more: Any
) -> Action:
    facts = {
        "item": meeting.items.last(),
        "owner": plant.hal,
        "due_on": day(plant, ahead),
        "by": plant.ana,
    }
    return actions.agree(text=text, at=make.now(), **facts | more)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def signed(plant: make.Plant, name: str) -> Client:
    return make.sign_in(Client(), plant.people[name])


# --- Written down ---------------------------------------------------------------------------------------------------


def test_the_secretary_writes_it_down_by_name_or_number(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    ana = signed(plant, "ana")
    address = f"/bakery/meetings/{meeting.pk}/items/2/actions/"
    assert "Write one down" in ana.get(address).content.decode()
    sheet = {"text": "Order the tables", "who": "Hal", "due_on": str(day(plant, 5))}
    asked = ana.post(address, sheet)
    assert asked.status_code == 422
    assert 'name="who-is" value="8"' in asked.content.decode()
    assert ana.post(address, sheet | {"who-is": "8"})["Location"] == address
    action = Action.objects.get()
    assert (action.owner, action.body, action.text) == (plant.hal, plant.assembly, "Order the tables")
    entry = Entry.objects.get(verb="action-agreed")
    assert entry.facts == {"member": 8, "due_on": str(day(plant, 5))}
    assert "Order the tables" in ana.get(f"/bakery/meetings/{meeting.pk}/").content.decode()


def test_what_cannot_be_agreed_is_told_and_nothing_is_stored(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    ana = signed(plant, "ana")
    address = f"/bakery/meetings/{meeting.pk}/items/2/actions/"
    # The meeting opened twenty minutes ago: for twenty minutes after midnight its day is yesterday.
    opened_on = plant.cooperative.day_of(meeting.sittings.get().opened_at)
    for due_on, words in (
        (opened_on - datetime.timedelta(days=1), "The day lies before"),
        (day(plant, 732), "more than two years away"),
    ):
        sheet = {"text": "Order the tables", "who": "8", "due_on": str(due_on)}
        answer = ana.post(address, sheet)
        assert answer.status_code == 409
        assert words in answer.content.decode()
        assert "Order the tables" in answer.content.decode()
    for wrong in ({"due_on": "9999-99-99"}, {"who": "999"}, {"text": " "}, {"who": "Zzz"}):
        sheet = {"text": "x", "who": "8", "due_on": str(day(plant))}
        assert ana.post(address, sheet | wrong).status_code == 422, wrong
    assert not Action.objects.exists()


def test_only_in_session_and_while_the_minutes_are_open(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    with pytest.raises(Refused) as refused:
        agreed(plant, meeting)
    assert codes(refused) == ["minutes-not-yet"]
    meeting = make.meeting_in_session(plant, motions=[])
    with pytest.raises(Refused) as refused:
        agreed(plant, meeting, by=plant.eve)
    assert codes(refused) == ["no-mandate"]
    actions.name_signers(meeting=meeting, members=[plant.ana, plant.bo], by=plant.bo, at=make.now())
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    agreed(plant, Meeting.objects.get(pk=meeting.pk))
    with pytest.raises(Refused):
        agreed(plant, Meeting.objects.get(pk=meeting.pk), by=plant.bo)  # he leads; the record is Ana's
    actions.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    with pytest.raises(Refused) as refused:
        agreed(plant, Meeting.objects.get(pk=meeting.pk))
    assert codes(refused) == ["minutes-closed"]
    assert Action.objects.count() == 1


# --- What becomes of it ---------------------------------------------------------------------------------------------


def test_its_owner_reports_moves_hands_over_and_finishes(plant: make.Plant) -> None:
    action = agreed(plant, make.meeting_in_session(plant))
    hal = signed(plant, "hal")

    def write(act: str, **sheet: str) -> int:
        return hal.post(f"/bakery/actions/{action.pk}/{act}/", sheet).status_code

    assert write("note", note="Asked two shops") == 302
    assert write("move", note="The shop is shut", due_on=str(day(plant, 5))) == 409
    assert write("move", note="The shop is shut", due_on=str(day(plant, 9))) == 302
    assert write("done", note=" ") == 422
    assert write("done", note="They stand in the hall") == 302
    assert write("done", note="Again") == 409
    assert write("reopen", note="One is broken") == 302
    assert write("hand-over", note="I am on leave", who="8") == 409
    assert write("hand-over", note="I am on leave", who="5") == 302
    assert write("done", note="I did it") == 404  # it is Eve's now
    action.refresh_from_db()
    assert (action.owner, action.due_on, action.done_at) == (plant.eve, day(plant, 9), None)
    assert [event.kind for event in action.events.all()] == [
        "note",
        "moved",
        "done",
        "reopened",
        "handed_over",
    ]
    page = signed(plant, "lou").get(f"/bakery/actions/{action.pk}/").content.decode()
    assert "The shop is shut" in page
    assert "It is done" not in page  # a stranger to it has no buttons
    told = "".join(str(entry.facts) for entry in Entry.objects.all())
    assert "on leave" not in told


def test_only_the_secretary_drops_it(plant: make.Plant) -> None:
    action = agreed(plant, make.meeting_in_session(plant))
    why = {"action": action, "note": "The school has its own tables", "at": make.now()}
    for who in (plant.hal, plant.bo):
        with pytest.raises(Refused) as refused:
            actions.drop_action(by=who, **why)
        assert codes(refused) == ["no-mandate"]
    actions.drop_action(by=plant.ana, **why)
    with pytest.raises(Refused) as refused:
        actions.reopen_action(by=plant.ana, **why)
    assert codes(refused) == ["action-not-done"]


# --- From meeting to meeting ----------------------------------------------------------------------------------------


def test_it_comes_to_the_next_agendas_with_its_age(plant: make.Plant) -> None:
    first = make.meeting_in_session(plant, motions=[])
    action = agreed(plant, first)
    done = agreed(plant, first, text="Ask the school")
    actions.close_meeting(meeting=first, by=plant.bo, at=make.now())
    assert (age(action, make.now()), list(standing_on(first, make.now()))) == (0, [])
    second = _later(plant)
    assert [one.age for one in standing_on(second, make.now())] == [0, 0]  # type: ignore[attr-defined]
    actions.finish_action(action=done, note="They come", by=plant.hal, at=make.now())
    actions.close_meeting(meeting=second, by=plant.bo, at=make.now())
    third = _later(plant)
    assert [(one.text, one.age) for one in standing_on(third, make.now())] == [("Order the tables", 1)]  # type: ignore[attr-defined]
    assert age(action, make.now()) == 2
    assert [one.text for one in open_for(plant.assembly, make.now())] == ["Order the tables"]
    assert [event.kind for event in reported_in(second)] == ["done"]
    assert list(agreed_in(second)) == []
    page = signed(plant, "lou").get(f"/bakery/meetings/{third.pk}/").content.decode()
    assert "From earlier meetings" in page
    assert "meeting 2 in a row" in page


def _later(plant: make.Plant) -> Meeting:
    """Another meeting, opened now, whose agenda asks for the actions."""
    at = make.now()
    meeting = make.draft_meeting(plant, starts_at=at - datetime.timedelta(minutes=1), at=at - make.days(18))
    actions.add_item(
        meeting=meeting, kind=AgendaItem.Kind.ACTIONS, title="Actions", by=plant.ana, at=at - make.days(18)
    )
    actions.convene(meeting=meeting, by=plant.ana, at=at - make.days(18))
    for name in make.NAMES[:8]:
        actions.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=at)
    actions.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
    meeting.refresh_from_db()
    return meeting


# --- Who is reminded, and who may read ------------------------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "word"), [(4, None), (3, "Due soon"), (0, "Due soon")])
def test_home_reminds_three_days_before(plant: make.Plant, ahead: int, word: str | None) -> None:
    agreed(plant, make.meeting_in_session(plant), ahead=ahead)
    home = signed(plant, "hal").get("/bakery/").content.decode()
    assert ("You have taken on" in home) == (word is not None)
    assert "You have taken on" not in signed(plant, "eve").get("/bakery/").content.decode()


def test_what_is_overdue_says_so_and_stands_first(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    agreed(plant, meeting, text="Later")
    late = agreed(plant, meeting, text="Long ago")
    Action.objects.filter(pk=late.pk).update(due_on=day(plant, -2))
    page = signed(plant, "lou").get("/bakery/bodies/GA/actions/").content.decode()
    assert "One is overdue" in page
    assert "2 days ago" in page
    assert page.index("Long ago") < page.index("Later")
    assert "2 days ago" in signed(plant, "hal").get("/bakery/").content.decode()


def test_a_closed_item_keeps_its_words(plant: make.Plant) -> None:
    """Lou sits in no council: neither page, list nor journal tells him. The delegates and whoever has it read it."""
    meeting = make_council.in_session(plant, make_council.council(plant), closed_item=True)
    item = meeting.items.get(number=1)
    action = agreed(plant, meeting, text="Talk to the neighbour", item=item, by=plant.fay, owner=plant.kim)
    page, everything = f"/bakery/actions/{action.pk}/", "/bakery/bodies/C-OVN/actions/"
    assert signed(plant, "lou").get(page).status_code == 404
    assert signed(plant, "lou").post(page + "done/", {"note": "x"}).status_code == 404
    for who, told in (("lou", False), ("pia", False), ("gus", True), ("kim", True)):
        client = signed(plant, who)
        for address in (everything, f"/bakery/meetings/{meeting.pk}/"):
            assert ("Talk to the neighbour" in client.get(address).content.decode()) == told, (who, address)
    assert signed(plant, "kim").post(page + "done/", {"note": "Talked"}).status_code == 302
    assert not Entry.objects.filter(subject_label__contains="neighbour").exists()
    assert Entry.objects.get(verb="action-done").subject_label == f"{meeting.label}, 1"


def test_lists_ask_no_more_for_thirty(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    hal = signed(plant, "hal")
    counts = []
    for many in (1, 29):
        for number in range(many):
            agreed(plant, meeting, text=f"Table {number}", ahead=2)
        for address in (
            "/bakery/actions/",
            "/bakery/bodies/GA/actions/",
            f"/bakery/meetings/{meeting.pk}/",
            "/bakery/",
        ):
            with CaptureQueriesContext(connection) as queries:
                assert hal.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:4] == counts[4:]
