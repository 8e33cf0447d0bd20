"""Law 6 for a meeting that is lived through: how it was called, what happened in the hall, what was said to the
minutes, what was agreed and reported."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.meetings import actions as meetings
from coop.meetings.frozen import (
    ADDED,
    ADDED_LATER,
    CALLED_LATER,
    CHANGED_IN_PART,
    FILLED_IN_ONCE,
    ON_A_SITTING,
)
from coop.meetings.models import (
    Action,
    ActionEvent,
    AgendaItem,
    Announcement,
    Attendance,
    ClosedPart,
    ConflictOfInterest,
    Feed,
    Instruction,
    ItemCall,
    Meeting,
    MinutesApproval,
    MinutesEntry,
    MinutesSignature,
    NoticeGiven,
    OffAgenda,
    OnWatch,
    Pause,
    Phrase,
    ProblemCall,
    ProceduralMotion,
    QuorumCount,
    ReportBack,
    ReportRead,
    Request,
    RequestSignature,
    SealedMinutes,
    Series,
    SittingOffice,
    Stay,
    Turn,
    WorkingTable,
)
from coop.members.models import Body, Department
from coop.production.models import Area, Problem
from tests import make
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, idle_triggers
from tests.conftest import administrators_connection, database_clone

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A meeting in every state, and in the one that sits a row of everything."""
    plant = make.plant()
    made: dict[str, Any] = {name: plant.people[name] for name in ("ana", "eve", "fay", "gus")}
    made |= {"body": plant.assembly, **_meetings(plant)}
    made |= _called(plant, made) | _in_the_hall(plant, made) | _afterwards(plant, made)
    return {name: row.pk for name, row in made.items()}


def _meetings(plant: make.Plant) -> dict[str, Any]:
    made: dict[str, Any] = {"draft": make.draft_meeting(plant)}
    made["convened"] = make.convened_meeting(plant)
    for state in ("held", "adjourned", "closed", "sealed"):
        motion = make.supported_motion(plant, title=f"The {state}")
        made[state] = make.meeting_in_session(plant, motions=[motion])
    meetings.close_sitting(sitting=made["adjourned"].sittings.get(), by=plant.bo, at=make.now())
    for state in ("closed", "sealed"):
        who = {"by": plant.bo, "at": make.now()}
        meetings.name_signers(meeting=made[state], members=[plant.ana, plant.bo], **who)
        made[state] = meetings.close_meeting(meeting=made[state], **who)
        made[f"{state}_minutes"] = meetings.close_minutes(meeting=made[state], by=plant.ana, at=make.now())
    for state in ("draft", "convened", "held", "adjourned", "closed"):
        made[f"{state}_sitting"] = made[state].sittings.get()
    made["item"], made["convened_item"] = (made[one].items.all()[1] for one in ("held", "convened"))
    return made


def _called(plant: make.Plant, made: dict[str, Any]) -> dict[str, Any]:
    now, day = make.now(), plant.cooperative.day_of(make.now())
    series = Series.objects.create(
        body=plant.assembly, kind=Meeting.Kind.ORDINARY, title="Assembly", place="Hall", first_on=day,
        every_days=14, hours=[["13:30"]], begun_by=plant.ana, begun_at=now,
    )  # fmt: skip
    ended = Series.objects.create(
        body=plant.assembly, kind=Meeting.Kind.ORDINARY, title="Assembly", place="Hall", first_on=day,
        every_days=14, hours=[["13:30"]], begun_by=plant.ana, begun_at=now, ended_at=now,
    )  # fmt: skip
    asked = {
        "body": plant.assembly,
        "kind": "item",
        "title": "Oven",
        "text": "Mend it.",
        "asked_by": plant.eve,
    }
    asked |= {"asked_at": now, "collects_until": day, "needed": 2}
    # For an assembly: an item that is asked for would have to stand on the agendas made below.
    reached = Request.objects.create(**asked | {"kind": "assembly"}, reached_at=now, due_on=day)
    RequestSignature.objects.create(request=reached, member=plant.eve, signed_at=now)
    NoticeGiven.objects.create(
        meeting=made["held"], channel="board", where="Gate", given_at=now, given_by=plant.ana,
        entered_by=plant.ana, entered_at=now,
    )  # fmt: skip
    return {
        "series": series,
        "ended_series": ended,
        "request": Request.objects.create(**asked),
        "reached": reached,
    }


def _in_the_hall(plant: make.Plant, made: dict[str, Any]) -> dict[str, Any]:
    """Of what is ended later one row is under way and one is over."""
    now, before = make.now(), make.now() - HOUR / 4
    item, sitting = made["item"], made["held_sitting"]
    on_item = {"item": item, "sitting": sitting}
    decided = make.open_vote(plant, motions=[make.supported_motion(plant, title="Announced")])
    Announcement.objects.create(
        decision=decided,
        item=AgendaItem.objects.get(decision=decided),
        announced_by=plant.bo,
        announced_at=now,
    )
    QuorumCount.objects.create(
        sitting=sitting, present=8, needed=7, call=1, counted_by=plant.ana, counted_at=now
    )
    ProceduralMotion.objects.create(
        **on_item,
        kind="close_list",
        moved_by=plant.eve,
        outcome="carried",
        entered_by=plant.ana,
        decided_at=now,
    )
    OnWatch.objects.create(sitting=sitting, member=plant.lou, named_by=plant.ana, named_at=now)
    named = {"sitting": sitting, "power": "chair", "named_by": plant.ana, "named_at": before}
    asked = {**on_item, "asked_at": before, "entered_by": plant.ana, "seconds": 180}
    stay = Stay.objects.filter(sitting=sitting).first()
    gone = Attendance.objects.filter(meeting=made["adjourned"]).first()
    assert stay is not None
    assert gone is not None
    spoken_about = {"problem": _problem(plant, before), "called_by": plant.bo, "called_at": before}
    aside = {"item": item, "because": "Own report", "declared_by": plant.eve, "declared_at": before}
    return {
        "stay": stay,
        "stayed": Stay.objects.get(attendance=gone),
        "office_over": SittingOffice.objects.create(**named, member=plant.eve, ended_at=now),
        "office": SittingOffice.objects.create(**named, member=plant.fay),
        "pause_over": Pause.objects.create(
            sitting=sitting, since=before, until=now, because="Alarm", called_by=plant.bo
        ),
        "pause": Pause.objects.create(sitting=sitting, since=before, because="Alarm", called_by=plant.bo),
        "call_over": ItemCall.objects.create(**on_item, called_by=plant.bo, called_at=before, ended_at=now),
        "call": ItemCall.objects.create(**on_item, called_by=plant.bo, called_at=before),
        "problem_over": ProblemCall.objects.create(**spoken_about, sitting=sitting, ended_at=now),
        "problem_call": ProblemCall.objects.create(**spoken_about, sitting=sitting),
        "aside_over": ConflictOfInterest.objects.create(**aside, member=plant.eve, lifted_at=now),
        "aside": ConflictOfInterest.objects.create(**aside, member=plant.fay),
        "turn": Turn.objects.create(**asked, member=plant.eve),
        "turn_over": Turn.objects.create(**asked, member=plant.fay, began_at=before, ended_at=now),
        "turn_withdrawn": Turn.objects.create(**asked, member=plant.gus, withdrawn_at=now),
        "off": OffAgenda.objects.create(
            meeting=made["held"], title="Gate", raised_by=plant.eve, raised_at=now, entered_by=plant.ana
        ),
    }


def _problem(plant: make.Plant, at: datetime.datetime) -> Problem:
    area = Area.objects.create(department=Department.objects.get(code="OVN"), name="Oven 1", made_at=at)
    return Problem.objects.create(
        cooperative=plant.cooperative, year=at.year, number=1, area=area, category="quality", title="Door",
        priority="high", raised_by=plant.eve, raised_at=at, answer_by=at.date(),
    )  # fmt: skip


def _afterwards(plant: make.Plant, made: dict[str, Any]) -> dict[str, Any]:
    now, day = make.now(), plant.cooperative.day_of(make.now())
    minutes, sealed = made["closed_minutes"], made["sealed_minutes"]
    MinutesEntry.objects.create(minutes=minutes, number=1, kind="objection", text="No.", by=plant.eve, at=now)
    signature = MinutesSignature.objects.create(
        minutes=minutes, member=plant.ana, role="secretary", hash=minutes.hash, signed_at=now
    )
    ClosedPart.objects.create(minutes=minutes, item_number=2, salt="0" * 32, text="x", hash="0" * 64)
    about = AgendaItem.objects.create(
        meeting=made["draft"], number=9, kind="minutes", title="Minutes", minutes=minutes
    )
    MinutesApproval.objects.create(item=about, carried=True, entered_by=plant.bo, entered_at=now)
    SealedMinutes.objects.create(
        minutes=sealed, body=plant.assembly, number=1, how="signatures", text="x", hash="0" * 64, pdf=b"x",
        pdf_hash="0" * 64, sealed_by=plant.ana, sealed_at=now, journal_sequence=1, journal_hash="0" * 64,
    )  # fmt: skip
    agreed = {
        "body": plant.assembly,
        "owner": plant.eve,
        "due_on": day,
        "agreed_by": plant.ana,
        "agreed_at": now,
    }
    action = Action.objects.create(**agreed, item=made["item"], text="Order the bags")
    ActionEvent.objects.create(action=action, kind="note", note="Asked.", by=plant.eve, at=now)
    Instruction.objects.create(
        item=made["item"], department=Department.objects.get(code="OVN"), choice="for", given_on=day,
        source="Shift change", entered_by=plant.eve, entered_at=now,
    )  # fmt: skip
    report = ReportBack.objects.create(
        meeting=made["closed"], member=plant.eve, text="We agreed.", reported_at=now
    )
    ReportRead.objects.create(report=report, member=plant.fay, read_at=now)
    table = Body.objects.create(
        cooperative=plant.cooperative, code="WT1", name="Die 14", kind=Body.Kind.WORKING_TABLE,
        composition=Body.Composition.MANDATE,
    )  # fmt: skip
    phrase = {"cooperative": plant.cooperative, "text": "Read, and nobody asked.", "written_by": plant.ana}
    return {
        "signature": signature,
        "action": action,
        "report": report,
        "table": WorkingTable.objects.create(
            body=table, parent=plant.assembly, task="Less scrap", measure="Scrap", ends_on=day,
            begun_by=plant.ana, begun_at=now,
        ),
        "feed": Feed.objects.create(member=plant.eve, token_hash="x", made_at=now),
        "phrase": Phrase.objects.create(**phrase, title="Read", written_at=now),
        "phrase_over": Phrase.objects.create(**phrase, title="Heard", written_at=now, retired_at=now),
    }  # fmt: skip


def again(table: str, row: str, **changed: str) -> str:
    """A second row like one that is there, except for some columns."""
    other = "".join(f", '{column}', {value}" for column, value in changed.items())
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(one, jsonb_build_object('id', 900000{other}))).*"
        f" FROM {table} one WHERE one.id = {row}"
    )


def first(table: str) -> str:
    return f"(SELECT min(id) FROM {table})"


# Of what is only added: a column that somebody would like to write anew.
WISHES = {
    "meetings_actionevent": "note = 'x'",
    "meetings_announcement": "announced_at = now()",
    "meetings_instruction": "choice = 'against'",
    "meetings_closedpart": "text = 'x'",
    "meetings_minutesapproval": "carried = false",
    "meetings_minutesentry": "text = 'x'",
    "meetings_minutessignature": "signed_at = now()",
    "meetings_noticegiven": "given_at = given_at - interval '9 days'",
    "meetings_onwatch": "member_id = {gus}",
    "meetings_proceduralmotion": "outcome = 'not_carried'",
    "meetings_quorumcount": "present = 900",
    "meetings_reportback": "text = 'x'",
    "meetings_reportread": "read_at = now()",
    "meetings_requestsignature": "member_id = {gus}",
    "meetings_sealedminutes": "pdf = 'x'",
    # of what is filled in once: what stands beside it
    "meetings_conflictofinterest": "because = 'x'",
    "meetings_itemcall": "called_at = now()",
    "meetings_pause": "since = now()",
    "meetings_problemcall": "called_at = now()",
    "meetings_phrase": "text = 'x'",
    "meetings_request": "needed = 1",
    "meetings_series": "every_days = 7",
    "meetings_sittingoffice": "member_id = {gus}",
    "meetings_stay": "came_at = now()",
    "meetings_turn": "seconds = 900",
}
WITHOUT_RIGHT = [
    *(f"UPDATE {table} SET {change}" for table, change in WISHES.items()),
    *(f"DELETE FROM {table} WHERE true" for table in (*WISHES, *CHANGED_IN_PART)),
    "UPDATE meetings_minutes SET objections_until = now()",
    "UPDATE meetings_minutes SET searched = ''",
]


def each(table: str, row: str, *changes: str) -> list[str]:
    return [f"UPDATE {table} SET {change} WHERE id = {{{row}}}" for change in changes]


def elsewhere(table: str, row: str, *sittings: str) -> list[str]:
    return [again(table, row, sitting_id=f"{{{one}_sitting}}") for one in sittings]


BY_TRIGGER = [
    # what was filled in once stays
    *each("meetings_series", "ended_series", "ended_at = NULL", "ended_at = now()"),
    *each("meetings_request", "reached", "reached_at = NULL, due_on = NULL", "due_on = due_on + 30"),
    *each("meetings_stay", "stayed", "went_at = NULL", "went_at = now()"),
    *each("meetings_sittingoffice", "office_over", "ended_at = NULL", "ended_at = now() + interval '1 day'"),
    *each("meetings_pause", "pause_over", "until = NULL", "until = now() + interval '1 day'"),
    *each("meetings_itemcall", "call_over", "ended_at = NULL", "ended_at = now() + interval '1 day'"),
    *each("meetings_problemcall", "problem_over", "ended_at = NULL", "ended_at = now() + interval '1 day'"),
    *each("meetings_conflictofinterest", "aside_over", "lifted_at = NULL"),
    *each("meetings_turn", "turn_over", "began_at = began_at + interval '1 second'", "ended_at = NULL"),
    *each("meetings_turn", "turn_withdrawn", "withdrawn_at = NULL"),
    *each("meetings_phrase", "phrase_over", "retired_at = NULL"),
    # what changes in part
    *each("meetings_action", "action", "text = 'x'", "agreed_at = now()", "body_id = 0", "problem_id = 0"),
    *each("meetings_feed", "feed", "token_hash = 'y'", "member_id = {fay}", "reads = 'decisions'"),
    *each("meetings_offagenda", "off", "title = 'x'", "raised_by_id = {fay}"),
    *each("meetings_workingtable", "table", "task = 'x'", "ends_on = ends_on + 900"),
    # in the hall nothing is written after the meeting, and only the book and the offices before it
    *elsewhere("meetings_stay", "{stay}", "closed", "draft"),
    *elsewhere("meetings_sittingoffice", "{office}", "closed", "draft"),
    *elsewhere("meetings_onwatch", first("meetings_onwatch"), "closed", "draft"),
    *elsewhere("meetings_quorumcount", first("meetings_quorumcount"), "closed", "draft"),
    *elsewhere("meetings_pause", "{pause}", "closed", "convened"),
    *elsewhere("meetings_itemcall", "{call}", "closed", "convened"),
    *elsewhere("meetings_problemcall", "{problem_call}", "closed", "convened"),
    *elsewhere("meetings_turn", "{turn}", "closed", "convened"),
    *elsewhere("meetings_proceduralmotion", first("meetings_proceduralmotion"), "closed", "convened"),
    *(again("meetings_offagenda", "{off}", meeting_id=f"{{{one}}}") for one in ("draft", "convened")),
    again("meetings_reportback", "{report}", meeting_id="{held}", member_id="{fay}"),
    # another text is not signed, nor what is sealed
    again("meetings_minutessignature", "{signature}", member_id="{fay}", hash=f"'{'1' * 64}'"),
    again("meetings_minutessignature", "{signature}", minutes_id="{sealed_minutes}"),
    # columns that are new in tables tried in test_frozen.py
    *each(
        "meetings_meeting", "convened", "universal = true", "series_id = {series}", "copied_from_id = {held}"
    ),
    *each("meetings_sitting", "convened_sitting", "place = 'x'", "for_whom = 'x'"),
    *each("meetings_agendaitem", "convened_item", "openness = 'closed'", "request_id = {reached}"),
    again("meetings_sitting", "{held_sitting}", number="2", continues_id="{held_sitting}", because="'x'"),
    again(
        "meetings_sitting", "{held_sitting}", number="2", continues_id="{adjourned_sitting}", because="'x'"
    ),
]
GOES_FORWARD = [
    *each("meetings_series", "series", "ended_at = now()"),
    *each("meetings_request", "request", "reached_at = now(), due_on = '2026-12-01'", "withdrawn_at = now()"),
    *each("meetings_stay", "stay", "went_at = now()"),
    *each("meetings_sittingoffice", "office", "ended_at = now()"),
    *each("meetings_pause", "pause", "until = now()"),
    *each("meetings_itemcall", "call", "ended_at = now()"),
    *each("meetings_problemcall", "problem_call", "ended_at = now()"),
    *each("meetings_conflictofinterest", "aside", "lifted_at = now()"),
    *each("meetings_turn", "turn", "began_at = now()", "withdrawn_at = now()"),
    *each("meetings_phrase", "phrase", "retired_at = now()"),
    *each("meetings_action", "action", "owner_id = {fay}, due_on = due_on + 7", "done_at = now()"),
    *each("meetings_feed", "feed", "revoked_at = now()"),
    *each("meetings_offagenda", "off", "item_id = {convened_item}"),
    *each("meetings_workingtable", "table", "after = '3', report = 'Less.', ended_at = now()"),
    *elsewhere("meetings_sittingoffice", "{office}", "convened", "adjourned"),
    *elsewhere("meetings_turn", "{turn}", "adjourned"),
    again("meetings_offagenda", "{off}", meeting_id="{closed}"),
    again("meetings_reportback", "{report}", member_id="{fay}"),
    again("meetings_minutessignature", "{signature}", member_id="{fay}"),
    again(
        "meetings_sitting", "{adjourned_sitting}", number="2", continues_id="{adjourned_sitting}", because="'x'",
        starts_at="now() + interval '1 day'", opened_at="NULL", opened_on_call="NULL",
        present_at_opening="NULL", closed_at="NULL",
    ),
    again("meetings_agendaitem", "{convened_item}", number="9", kind="'requested'", proposal_id="NULL",
          request_id="{reached}"),
]  # fmt: skip


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", GOES_FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    """The statements above are refused for what is wrong with them, not because nothing would pass."""
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_meetings"]) == []


def test_every_table_that_is_kept_is_tried_here() -> None:
    kept = {*ADDED, *ADDED_LATER, *CALLED_LATER, *FILLED_IN_ONCE, *CHANGED_IN_PART, *ON_A_SITTING}
    assert kept == {*WISHES, *CHANGED_IN_PART} == ELSEWHERE["test_frozen_meetings"]
