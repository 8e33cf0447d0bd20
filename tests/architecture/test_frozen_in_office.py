"""Law 6 for offices: what PostgreSQL refuses about questions, deputies, urgent decisions, signatures and courses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.in_office import actions
from coop.in_office.models import HandedOver
from coop.members import actions as members
from coop.members.models import Mandate
from coop.refusals import Reason
from tests import make, make_in_office, make_signatures
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A question that was answered, a deputy, and two urgent decisions: one waits, one is settled."""
    plant, now = make.plant(), make.now()
    made: dict[str, Any] = {"asked": make_in_office.question(plant)}
    made["answer"] = actions.answer_question(question=made["asked"], text="Monday.", by=plant.bo, at=now)
    held = {one.member_id: one for one in Mandate.objects.all()}
    days = {"since": now + make.days(1), "until": now + make.days(3)}
    made["deputy"] = members.name_deputy(
        mandate=held[plant.bo.pk], through=held[plant.cy.pk], by=plant.bo, at=now, **days
    )
    made["ended"] = members.name_deputy(
        mandate=held[plant.ana.pk], through=held[plant.cy.pk], by=plant.ana, at=now, **days
    )
    members.end_deputy(deputy=made["ended"], by=plant.ana, at=now)
    made["meeting"] = make.meeting_in_session(plant)
    made["ana"] = plant.ana
    made["waits"] = make_in_office.urgent(plant, at=now - make.days(1))
    made["settled"] = actions.decide_urgently(
        office=made["waits"].office,
        body=plant.assembly,
        title="Gas",
        text="Gas.",
        because="Fire.",
        cost="None.",
        by=plant.bo,
        at=now - make.days(1),
    )
    type(made["settled"]).objects.filter(pk=made["settled"].pk).update(
        state="confirmed", meeting=made["meeting"], settled_by=plant.ana, settled_at=now
    )
    made["line"] = HandedOver.objects.create(
        mandate=held[plant.bo.pk], kind="keys", text="Key", added_at=now, handed_at=now
    )
    made |= _signatures(plant)
    made["attempt"] = actions.keep_attempt(
        member=plant.bo,
        what="suspend",
        words="So.",
        refused=[Reason("protected-in-office", {"name": "Bo", "office": "x"})],
        by=plant.cy,
        at=now,
    )
    return {name: row.pk for name, row in made.items()}


def _signatures(plant: make.Plant) -> dict[str, Any]:
    """Two commitments, one of which waits; a course, who has done it, and an office that asks for it."""
    make_signatures.limited(plant)
    course = make_signatures.course(plant)
    president, made = make_in_office.office(plant), make_signatures
    return {
        "eve": plant.eve,
        "bo": plant.bo,
        "president": president,
        "secretary": make_in_office.office(plant, "secretary"),
        "course": course,
        "asks": made.asked(plant, course, title="secretary"),
        "done": made.done(plant, course, plant.eve),
        "entered": made.done(plant, course, plant.fay, confirmed=False),
        "small": made.commitment(plant, "900"),
        "unsigned": made.commitment(plant, "1500"),
    }


WITHOUT_RIGHT = [
    "UPDATE in_office_question SET text = 'x' WHERE id = {asked}",
    "UPDATE in_office_question SET due_on = due_on + 1 WHERE id = {asked}",
    "UPDATE in_office_question SET personal = true WHERE id = {asked}",
    "DELETE FROM in_office_question",
    "UPDATE in_office_answer SET text = 'x' WHERE id = {answer}",
    "DELETE FROM in_office_answer",
    "DELETE FROM in_office_urgentdecision",
    "DELETE FROM in_office_handedover",
    "UPDATE in_office_handedover SET text = 'x' WHERE id = {line}",
    "DELETE FROM in_office_commitment",
    "UPDATE in_office_attempt SET words = 'x' WHERE id = {attempt}",
    "DELETE FROM in_office_attempt",
    "UPDATE members_course SET name = 'x' WHERE id = {course}",
    "DELETE FROM members_course",
    "UPDATE members_courseasked SET since = since + 1 WHERE id = {asks}",
    "DELETE FROM members_courseasked",
    "UPDATE members_coursedone SET member_id = {bo} WHERE id = {done}",
    "DELETE FROM members_coursedone",
    "DELETE FROM members_deputy",
    "UPDATE members_deputy SET until = until + interval '1 day' WHERE id = {deputy}",
]
SECOND = "second_at = now(), second_by_id = {bo}, second_office_id = {president}"
SETTLES = "settled_by_id = {ana}, settled_at = now(), meeting_id = {meeting}"
BY_TRIGGER = [
    *each("members_courseasked", "asks", "confirmed_at = now()"),
    *each("members_coursedone", "done", "confirmed_at = now()"),
    again("members_courseasked", "{asks}"),
    again("members_coursedone", "{done}", member_id="{bo}"),
    *each(
        "in_office_commitment",
        "unsigned",
        "amount = 5",
        "party = 'x'",
        "over = 9000",
        "state = 'signed', second_at = now(), second_by_id = {eve}, second_office_id = {president}",
    ),
    *each("in_office_commitment", "small", "state = 'refused'", "amount = 5", SECOND),
    again("in_office_commitment", "{small}", number="900", signed_by_id="{eve}"),
    again("in_office_commitment", "{small}", number="901", over="0"),
    again("in_office_commitment", "{unsigned}", number="902", state="'refused'"),
    *each("in_office_handedover", "line", "handed_at = NULL", "handed_at = now() + interval '1 day'"),
    *each("members_deputy", "ended", "ended_at = NULL", "ended_at = until"),
    *each(
        "in_office_urgentdecision",
        "waits",
        "text = 'x'",
        "due_on = due_on + 1",
        "number = 900",
        "cost = 'x'",
        "request_id = NULL",
        f"state = 'confirmed', because = 'x', {SETTLES}",
    ),
    *each("in_office_urgentdecision", "settled", "state = 'waiting'", "state = 'ended'", "said = 'x'"),
    again("in_office_urgentdecision", "{settled}", number="901", request_id="NULL"),
]
FORWARD = [
    *each("in_office_commitment", "unsigned", f"state = 'signed', {SECOND}"),
    *each(
        "members_coursedone",
        "entered",
        "confirmed_by_id = {bo}, confirmed_at = now()",
        "refused_by_id = {bo}, refused_at = now(), refused_because = 'x'",
    ),
    *each("in_office_handedover", "line", "received_at = now() + interval '1 day', received_by_id = {ana}"),
    *each("members_deputy", "deputy", "ended_at = since + interval '1 hour'"),
    *each("in_office_urgentdecision", "waits", f"state = 'ended', said = 'No.', {SETTLES}"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=ELSEWHERE["test_frozen_in_office"]) == []
