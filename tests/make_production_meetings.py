"""Production meetings for tests: Kim calls them, chairs them and writes their minutes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from coop.meetings import actions as meetings
from coop.meetings.models import Action, Meeting, Sitting
from coop.meetings.problems import list_item
from coop.members.models import Body, Department, Power, Shift
from coop.production import actions as production
from coop.production.models import Area, HandoverLine, Problem
from tests import make, make_production
from tests.kept_steps import kept

RP = "RP"


@kept
def plant() -> make.Plant:
    """The bakery whose production meeting Kim leads alone, with everything that takes."""
    made = make_production.plant()
    body = make_production.body(made, RP)
    make.office(
        made, body, "secretary of production", made.kim, [(Power.CONVENE, body), (Power.RECORD_MINUTES, body)]
    )
    return made


def prepared(
    plant: make.Plant, *, convened: bool = False, starts_at: datetime.datetime | None = None
) -> Meeting:
    """A draft for a quarter of an hour ago, prepared ten days ago; its notice went out then."""
    at = make.now() - make.days(10)
    meeting = meetings.prepare(
        body=Body.objects.get(cooperative=plant.cooperative, code=RP),
        kind=Meeting.Kind.PRODUCTION,
        title="Production meeting",
        place="Oven hall",
        sittings=[starts_at or make.now() - datetime.timedelta(minutes=15)],
        by=plant.kim,
        at=at,
    )
    return meetings.convene(meeting=meeting, by=plant.kim, at=at) if convened else meeting


def in_session(plant: make.Plant) -> Sitting:
    """Ana to Hal are there, and Kim has opened a minute ago."""
    meeting = prepared(plant, convened=True)
    at = make.now() - datetime.timedelta(minutes=1)
    for name in make.NAMES[:8]:
        meetings.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.kim, at=at)
    sitting = meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.kim, at=at)
    sitting.meeting.refresh_from_db()
    return sitting


def taken_up(plant: make.Plant, sitting: Sitting, problem: Problem) -> None:
    """The sitting speaks about the problem, under its list."""
    item = list_item(sitting.meeting)
    assert item is not None
    if not sitting.calls.filter(item=item, ended_at=None).exists():
        meetings.call_item(item=item, sitting=sitting, by=plant.kim, at=make.now())
    meetings.call_problem(problem=problem, sitting=sitting, by=plant.kim, at=make.now())


def closed(plant: make.Plant, sitting: Sitting) -> Meeting:
    meetings.close_sitting(sitting=sitting, by=plant.kim, at=make.now())
    return meetings.close_meeting(meeting=sitting.meeting, by=plant.kim, at=make.now())


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """The addresses of a list of problems."""
    meeting, stuck = before_the_assembly(plant)
    here = {"key": meeting.pk}
    acts = ("call", "say", "take-up", "measure", "agree", "send-up", "send-down", "solved")
    on_it = {f"meeting-problem-{act}": {**here, "problem": stuck.pk} for act in acts}
    return {
        **_handed_over(plant, stuck.area),
        "action-measured": {"key": _measured(plant, meeting, stuck).pk},
        "meeting-problems": here,
        "meeting-problem-leave": here,
        "meeting-problem": {**here, "problem": stuck.pk},
        **on_it,
    }


def _measured(plant: make.Plant, meeting: Meeting, stuck: Problem) -> Action:
    """Eve has something to do about a problem that was measured."""
    item = list_item(meeting)
    assert item is not None
    production.say(
        problem=stuck,
        kind="measure",
        measured="gas a day",
        value_before=Decimal(3),
        by=plant.ana,
        at=make.now(),
    )
    day = plant.cooperative.day_of(make.now())
    who: dict[str, Any] = {"owner": plant.eve, "by": plant.ana, "at": make.now()}
    return meetings.agree(item=item, text="Order the tables", due_on=day, problem=stuck, **who)


def _handed_over(plant: make.Plant, area: Area) -> dict[str, dict[str, Any]]:
    """A sheet that Eve gave and nobody has read."""
    at = make.now()
    line = HandoverLine.objects.create(area=area, question="Order the tables", made_at=at - make.days(3))
    sheet = production.hand_over(
        area=area,
        day=plant.cooperative.day_of(at),
        shift=Shift.objects.get(cooperative=plant.cooperative, code="morning"),
        answers={line.pk: None},
        by=plant.eve,
        at=at,
    )
    place = {"area": area.pk}
    return {
        **{name: {"key": sheet.pk} for name in ("shift-sheet", "shift-take")},
        **dict.fromkeys(("shift-give", "shift-pad-printed", "shift-lines", "shift-line-add"), place),
        "shift-line-drop": {**place, "line": line.pk},
    }


def before_the_assembly(plant: make.Plant) -> tuple[Meeting, Problem]:
    """An assembly in session that speaks about a problem which was sent up to it. After everything else is made: from
    now on every draft of the assembly gets its list."""
    department = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    area = Area.objects.create(department=department, name="Night oven", made_at=make.now() - make.days(90))
    stuck = _sent_up(plant, area)
    meeting = make.meeting_in_session(plant, motions=[])
    sitting, who = meeting.sittings.get(), {"by": plant.ana, "at": make.now()}
    item = list_item(meeting)
    assert item is not None
    meetings.call_item(item=item, sitting=sitting, **who)
    meetings.call_problem(problem=stuck, sitting=sitting, **who)
    return meeting, stuck


def _sent_up(plant: make.Plant, area: Area) -> Problem:
    """Raised by Eve and sent up three times, without those who would have done it."""
    at = make.now() - make.days(30)
    day = plant.cooperative.day_of(at)
    return Problem.objects.create(
        cooperative=plant.cooperative,
        year=day.year,
        number=900,  # others are raised besides
        area=area,
        category="cost",
        title="Bread",
        priority="high",
        raised_by=plant.eve,
        raised_at=at,
        answer_by=day,
        level=Problem.Level.ASSEMBLY,
    )
