"""The list of problems in a meeting: onto the agenda by itself, gone through, counted once, told in the minutes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions as meetings
from coop.meetings.literal import literal
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Meeting, ProblemCall, Sitting
from coop.meetings.problems import Group, list_item, of_problem, on_the_list, touched_in
from coop.members import actions as members
from coop.members.models import Member
from coop.members.powers import powers_of
from coop.production import actions as production
from coop.production.models import MeetingHeld, Problem
from coop.production.rules.answering import answered_by, answers_for
from coop.refusals import Refused
from tests import make, make_production
from tests.make_production import fresh, problem
from tests.make_production_meetings import RP, closed, in_session, plant, prepared, taken_up

pytestmark = pytest.mark.django_db
Level = Problem.Level
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(name="plant")
def _plant() -> make.Plant:
    return plant()


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


# --- Onto the agenda ------------------------------------------------------------------------------------------------


def test_a_production_meeting_has_its_list_from_the_first_draft_on(plant: make.Plant) -> None:
    draft = prepared(plant)
    assert [(item.number, item.kind) for item in draft.items.all()] == [(1, "problems")]
    assert meetings.take_up_problems(meeting=draft, at=make.now()) is None


def test_the_list_comes_after_those_who_sign_and_after_earlier_actions(plant: make.Plant) -> None:
    draft = prepared(plant)
    item = list_item(draft)
    assert item is not None
    meetings.remove_item(item=item, by=plant.kim, at=make.now())
    for kind in ("signers", "actions", "report"):
        meetings.add_item(meeting=draft, kind=kind, title=kind, by=plant.kim, at=make.now())
    meetings.take_up_problems(meeting=draft, at=make.now())
    found = [(one.number, one.kind) for one in draft.items.all()]
    assert found == [(1, "signers"), (2, "actions"), (3, "problems"), (4, "report")]


def test_an_assembly_has_one_only_when_something_was_sent_up_to_it_and_the_clock_puts_it_there(
    plant: make.Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(30), at=make.now())
    call_command("tick")
    assert list_item(draft) is None
    stuck = problem(plant)
    for _step in range(3):
        production.send_up(problem=fresh(stuck), words="We cannot buy it.", by=plant.ida, at=make.now())
    call_command("tick")
    assert "problems on the agenda: " in capsys.readouterr().out
    item = list_item(draft)
    assert item is not None
    assert (item.number, list(on_the_list(draft))) == (2, [stuck])  # after who signs


def test_the_order_is_stopped_safety_then_by_priority_and_clock_then_what_came_down(
    plant: make.Plant,
) -> None:
    MeetingHeld.objects.create(
        body=make_production.body(plant, RP), label="RP 2020-9", at=make.now() - make.days(9)
    )
    normal = problem(plant, title="Normal", priority="normal")
    high = problem(plant, title="High")
    down = problem(plant, title="Came down")
    safety = problem(plant, title="Safety", priority="safety")
    stopped = problem(plant, title="Stopped", priority="low", stopped=True)
    production.send_up(problem=down, words="Too much for us.", by=plant.kim, at=make.now())
    production.send_down(problem=fresh(down), words="Buy it.", by=plant.ida, at=make.now())
    found = [(one.title, one.group) for one in on_the_list(prepared(plant))]  # type: ignore[attr-defined]
    assert found == [
        ("Stopped", Group.STOPPED),
        ("Safety", Group.SAFETY),
        ("High", Group.LISTED),
        ("Normal", Group.LISTED),
        ("Came down", Group.CAME_DOWN),
    ]
    assert {normal, high, down, safety, stopped} == set(on_the_list(prepared(plant)))


def test_the_list_asks_one_question_at_one_and_at_thirty(plant: make.Plant) -> None:
    draft = prepared(plant)
    for many in (1, 29):
        for number in range(many):
            problem(plant, title=f"{many} {number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown = [(one.area.department.name, one.raised_by) for one in on_the_list(draft)]
        assert (len(asked), len(shown)) == (1, 1 if many == 1 else 30)


# --- In session -----------------------------------------------------------------------------------------------------


def test_one_problem_at_a_time_is_spoken_about_under_the_list(plant: make.Plant) -> None:
    first, second = problem(plant, title="One"), problem(plant, title="Two")
    sitting = in_session(plant)
    assert refused(
        lambda: meetings.call_problem(problem=first, sitting=sitting, by=plant.kim, at=make.now())
    ) == ["list-not-called"]
    taken_up(plant, sitting, first)
    assert refused(
        lambda: meetings.call_problem(problem=first, sitting=sitting, by=plant.kim, at=make.now())
    ) == ["problem-called-already"]
    taken_up(plant, sitting, second)
    assert [(one.problem, one.ended_at is None) for one in ProblemCall.objects.all()] == [
        (first, False),
        (second, True),
    ]
    meetings.leave_problem(sitting=sitting, by=plant.kim, at=make.now())
    assert refused(lambda: meetings.leave_problem(sitting=sitting, by=plant.kim, at=make.now())) == [
        "no-problem-called"
    ]


def test_what_stands_before_others_and_who_does_not_lead_are_refused(plant: make.Plant) -> None:
    up, here = problem(plant, title="Up"), problem(plant, title="Here")
    production.send_up(problem=up, words="Too much for us.", by=plant.kim, at=make.now())
    sitting = in_session(plant)
    taken_up(plant, sitting, here)
    assert refused(
        lambda: meetings.call_problem(problem=up, sitting=sitting, by=plant.kim, at=make.now())
    ) == ["problem-before-others"]
    assert refused(
        lambda: meetings.call_problem(problem=here, sitting=sitting, by=plant.eve, at=make.now())
    ) == ["no-mandate", "problem-called-already"]


def test_with_its_item_the_problem_is_left(plant: make.Plant) -> None:
    sitting = in_session(plant)
    taken_up(plant, sitting, problem(plant))
    item = list_item(sitting.meeting)
    assert item is not None
    meetings.end_item(item=item, sitting=sitting, by=plant.kim, at=make.now())
    assert not ProblemCall.objects.filter(ended_at=None).exists()


def test_an_action_names_its_problem_and_who_has_left_takes_on_none(plant: make.Plant) -> None:
    found, other = problem(plant), problem(plant, title="Other")
    sitting = in_session(plant)
    taken_up(plant, sitting, found)
    item = list_item(sitting.meeting)
    assert item is not None
    day = plant.cooperative.day_of(make.now()) + make.days(7)
    by: dict[str, Any] = {"due_on": day, "by": plant.kim, "at": make.now()}
    action = meetings.agree(item=item, text="Order a hinge", owner=plant.fay, problem=found, **by)
    assert list(of_problem(found)) == [action]
    assert refused(lambda: meetings.agree(item=item, text="Look", owner=plant.fay, problem=other, **by)) == [
        "problem-not-spoken-about"
    ]
    today = plant.cooperative.day_of(make.now())
    members.leave(member=plant.lou, since=today, document="Letter", by=plant.cy, at=make.now())
    assert refused(lambda: meetings.agree(item=item, text="Look", owner=plant.lou, problem=found, **by)) == [
        "not-in-the-register"
    ]


# --- Counted when the meeting ends ----------------------------------------------------------------------------------


def test_what_two_meetings_leave_goes_up_and_what_was_touched_stays(plant: make.Plant) -> None:
    left, spoken, acted = (problem(plant, title=words) for words in ("Left", "Spoken", "Acted"))
    for _meeting in range(2):
        sitting = in_session(plant)
        taken_up(plant, sitting, spoken)
        taken_up(plant, sitting, acted)
        production.say(problem=fresh(acted), kind="cause", words="The hinge.", by=plant.kim, at=make.now())
        assert list(touched_in(sitting.meeting, make.now())) == [acted]
        closed(plant, sitting)
    levels = [(fresh(one).level, fresh(one).untouched) for one in (left, spoken, acted)]
    assert levels == [(Level.COUNCIL, 0), (Level.COUNCIL, 0), (Level.MEETING, 0)]


def test_words_that_come_while_another_problem_is_spoken_about_are_not_of_the_meeting(
    plant: make.Plant,
) -> None:
    first, second = problem(plant, title="One"), problem(plant, title="Two")
    sitting = in_session(plant)
    taken_up(plant, sitting, first)
    production.say(problem=second, kind="note", words="From home.", by=plant.eve, at=make.now())
    assert list(touched_in(sitting.meeting, make.now())) == []


def test_a_meeting_that_found_no_quorum_leaves_nothing(plant: make.Plant) -> None:
    left = problem(plant)
    meeting = prepared(plant, convened=True, starts_at=make.now() - make.days(1.5))
    meetings.close_sitting(sitting=meeting.sittings.get(), by=plant.kim, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.kim, at=make.now())
    assert (fresh(left).untouched, MeetingHeld.objects.count()) == (0, 0)


def test_the_answer_from_above_comes_down_to_the_next_production_meeting(plant: make.Plant) -> None:
    stuck = problem(plant)
    for _meeting in range(2):
        closed(plant, in_session(plant))
    assert fresh(stuck).level == Level.COUNCIL
    assert list(on_the_list(prepared(plant))) == []
    production.send_down(problem=fresh(stuck), words="Buy the hinge.", by=plant.ida, at=make.now())
    (found,) = on_the_list(prepared(plant))
    assert (found, found.group) == (stuck, Group.CAME_DOWN)  # type: ignore[attr-defined]


# --- Minutes and measures -------------------------------------------------------------------------------------------


def test_the_minutes_tell_each_problem_before_and_after_and_what_went_up(plant: make.Plant) -> None:
    spoken, left = problem(plant, title="The door *jams*"), problem(plant, title="Left")
    closed(plant, in_session(plant))
    sitting = in_session(plant)
    taken_up(plant, sitting, spoken)
    who: dict[str, Any] = {"by": plant.kim, "at": make.now()}
    production.take_up(problem=fresh(spoken), **who)
    production.say(problem=fresh(spoken), kind="cause", words="The hinge\nis worn.", **who)
    measured = {"measured": "minutes a shift", "value_before": Decimal("12.5")}
    production.say(problem=fresh(spoken), kind="measure", **measured, **who)
    item = list_item(sitting.meeting)
    assert item is not None
    day = datetime.date(2026, 12, 31)
    day = max(day, plant.cooperative.day_of(make.now()) + make.days(5))
    meetings.agree(item=item, text="Order a hinge", owner=plant.fay, problem=spoken, due_on=day, **who)
    text = compose(closed(plant, sitting), language="en")
    assert (
        f"**{literal(spoken.label)}. The door \\*jams\\*** (Oven 1). It stood: open. Now: in progress.\n\n"
        "- Taken up (sitting 1).\n- A cause: The hinge is worn (sitting 1).\n"
        "- Measured: minutes a shift: 12\\.5 before (sitting 1)."
    ) in text
    assert f"- {literal(spoken.label)}, Order a hinge: Fay, by " in text
    assert f"Left by the meetings long enough to go up by themselves: {literal(left.label)}." in text


def test_who_did_it_measures_again_once(plant: make.Plant) -> None:
    found = problem(plant)
    now = make.now()
    measure: Callable[[], Any] = lambda: production.measure_afterwards(  # noqa: E731
        problem=found, value_after=Decimal("0.5"), by=plant.fay, at=make.now()
    )
    assert refused(measure) == ["nothing-measured-before"]
    production.say(
        problem=found, kind="measure", measured="kg", value_before=Decimal(3), by=plant.kim, at=now
    )
    measure()
    last = found.events.last()
    assert last is not None
    assert (last.measured, last.value_before, last.value_after, last.by) == (
        "kg",
        3,
        Decimal("0.5"),
        plant.fay,
    )
    assert refused(measure) == ["nothing-measured-before"]


def test_the_item_of_another_meeting_is_no_list(plant: make.Plant) -> None:
    """PostgreSQL keeps it: one list on an agenda, and a problem is called only in a meeting that sits."""
    draft = prepared(plant)
    with pytest.raises(IntegrityError, match="one_list_of_problems_on_an_agenda"), transaction.atomic():
        AgendaItem.objects.create(meeting=draft, number=9, kind="problems", title="Again")
    sitting: Sitting = draft.sittings.get()
    who: Member = plant.kim
    with pytest.raises(IntegrityError, match="meetings_problemcall"), transaction.atomic():
        ProblemCall.objects.create(
            sitting=sitting, problem=problem(plant), called_by=who, called_at=make.now()
        )
    assert draft.state == Meeting.State.DRAFT


# --- Named for the day ----------------------------------------------------------------------------------------------


def answers_there(member: Member, thing: Problem) -> tuple[bool, bool]:
    """As the act asks, and as the front page asks."""
    department, now = thing.area.department, make.now()
    places = answered_by(member, powers_of(member, now), now)
    return answers_for(member, department, now), department in places


def test_whoever_leads_a_sitting_for_the_day_answers_in_it_like_the_elected(plant: make.Plant) -> None:
    thing = problem(plant)
    sitting = in_session(plant)
    who: dict[str, Any] = {"by": plant.fay, "at": make.now()}
    assert refused(lambda: production.take_up(problem=thing, **who)) == ["answers-for-no-such-place"]
    assert answers_there(plant.fay, thing) == (False, False)
    meetings.name_for_the_day(sitting=sitting, power="chair", member=plant.fay, by=plant.kim, at=make.now())
    assert answers_there(plant.fay, thing) == (True, True)
    assert answers_there(plant.gus, thing) == (False, False)
    who["at"] = make.now()
    production.say(problem=thing, kind="decision", words="A new hinge.", **who)
    production.take_up(problem=thing, **who)
    production.send_up(problem=thing, words="No hinge here.", **who)
    assert fresh(thing).level == Level.COUNCIL
    meetings.close_sitting(sitting=sitting, by=plant.fay, at=make.now())
    assert answers_there(plant.fay, thing) == (False, False)
    assert refused(lambda: production.say(problem=thing, kind="answer", words="Soon.", **who)) == [
        "answers-for-no-such-place"
    ]


def test_whoever_leads_another_meeting_for_the_day_does_not_answer_for_a_place(plant: make.Plant) -> None:
    thing = problem(plant)
    assembly = make.meeting_in_session(plant, motions=[])
    sitting = assembly.sittings.get()
    meetings.name_for_the_day(sitting=sitting, power="chair", member=plant.fay, by=plant.ana, at=make.now())
    assert answers_there(plant.fay, thing) == (False, False)
