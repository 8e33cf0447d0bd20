"""Sheets of handover at two places: the last shifts; one was seen otherwise, the last was read by nobody."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from coop.members.models import Shift
from coop.production import actions
from coop.production.models import Area, Handover
from coop.production.rules.handovers import lines_of

from .floor import CHAIR
from .timeline import Step, World

MINUTE = datetime.timedelta(minutes=1)
LINES = (
    "Which alarms are bridged, and with whose key?",
    "Which machines are locked?",
    "Who is missing?",
    "Which actions are late here?",
    "What was promised to the next shift?",
)
# Place, who gives and takes in turn, and what they tell: words for one line, by its place in the list.
PLACES = (
    (
        "Billet casting pit",
        ("M169", "M133", "M147", "M156"),
        {0: "Water alarm, numbered key 4, M169 and M156", 4: "A dry mould for the first cast"},
    ),
    (
        "Line 1",
        ("M002", "M007", "M036", "M044"),
        {2: "One anode setter, since four o'clock", 3: "Chisels on pots 9 and 10"},
    ),
)
OTHERWISE = "The alarm was bridged with a wire, not with the key. The wire is on the desk."
LAST = 4  # shifts that are told


def shifts(world: World, start: datetime.datetime) -> Iterator[Step]:
    yield Step(start + datetime.timedelta(hours=45), partial(_ask, world))
    ends = _ends(world)
    for turn, (name, people, words) in enumerate(PLACES):
        for number, (end, shift, day) in enumerate(ends):
            given, taken = people[number % len(people)], people[(number + 1) % len(people)]
            told = words if number % 2 == turn else {}
            yield Step(end - 4 * MINUTE, partial(_give, world, name, shift, day, given, told))
            unread = turn == 0 and number == len(ends) - 1
            if not unread and end + 9 * MINUTE < world.now:
                saw = OTHERWISE if turn == 0 and number == 0 else ""
                yield Step(end + 8 * MINUTE, partial(_take, world, name, day, shift, taken, saw))


def _ends(world: World) -> list[tuple[datetime.datetime, Shift, datetime.date]]:
    """The last changes of shift: when, which shift ends, and the day on which it began."""
    _rota, every = world.rota
    found = []
    for back in range(4):
        day = world.files.today - datetime.timedelta(days=back)
        for shift in every:
            begins = world.moment(day, shift.starts.isoformat())
            ends = world.moment(day, shift.ends.isoformat())
            if ends <= begins:
                ends = world.moment(day + datetime.timedelta(days=1), shift.ends.isoformat())
            if ends < world.now:
                found.append((ends, shift, day))
    return sorted(found, key=lambda one: one[0])[-LAST:]


def _area(name: str) -> Area:
    return Area.objects.select_related("department__cooperative__chain").get(name=name)


def _ask(world: World, at: datetime.datetime) -> None:
    for name, _people, _words in PLACES:
        for question in LINES:
            actions.ask_in_handover(area=_area(name), question=question, by=world.people[CHAIR], at=at)


def _give(
    world: World,
    name: str,
    shift: Shift,
    day: datetime.date,
    who: str,
    told: dict[int, str],
    at: datetime.datetime,
) -> None:
    area = _area(name)
    lines = lines_of(area, at).order_by("pk")
    answers = {line.pk: told.get(place) for place, line in enumerate(lines)}
    actions.hand_over(area=area, day=day, shift=shift, answers=answers, by=world.people[who], at=at)


def _take(
    world: World, name: str, day: datetime.date, shift: Shift, who: str, saw: str, at: datetime.datetime
) -> None:
    sheet = Handover.objects.get(area__name=name, day=day, shift=shift)
    actions.take_over(sheet=sheet, words=saw, by=world.people[who], at=at)
