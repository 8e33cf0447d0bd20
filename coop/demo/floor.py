"""The shop floor: places, problems as they went their way, and production meetings with one under way.

Earlier meetings are told by what was said about each problem; the last ones are held, with their people in the book.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from PIL import Image, ImageDraw

from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, Sitting
from coop.meetings.problems import list_item, on_the_list
from coop.production import actions as production
from coop.production.models import Area, Problem

from .timeline import Step, World

MINUTE = datetime.timedelta(minutes=1)
HOUR, DAY = 60 * MINUTE, datetime.timedelta(days=1)
BODY, CHAIR, KEEPER = "PM", "M186", "M316"
HELD = 2  # meetings before the one of today that are played with their people
CALLED = 9 * DAY  # before the day
CATEGORIES = {"energy": "cost", "control": "cost"}  # the list has no such categories
PICTURED = {"PR-29": "water", "PR-28": "drum"}


def floor(world: World, start: datetime.datetime, *, held: bool) -> Iterator[Step]:
    """`held`: with the meetings before today's."""
    plan = Floor(world, start)
    yield from plan.places()
    events = [one for one in world.files.read("calendar")["events"] if one["kind"] == "production_meeting"]
    past = [one for one in events if one["status"] == "held"]
    played = past[-HELD:] if held else []
    said_at = {one["id"]: one["date"] for one in past if one not in played}
    for one in world.files.read("problems")["problems"]:
        yield from plan.problem(one, said_at)
    yield Step(start + 34 * HOUR, partial(plan.go_on_from_book, len(past) - len(played)))
    for one in played:
        hours = [world.moment(one["date"], sitting["time"]) for sitting in one["sittings"]]
        yield from plan.meeting(one, hours, over=True)
    today = next(one for one in events if one["status"] == "under_way")
    yield from plan.meeting(today, [world.now - 8 * HOUR, world.now - 35 * MINUTE, world.now + 7 * HOUR])


class Floor:
    def __init__(self, world: World, start: datetime.datetime) -> None:
        self.world, self.start = world, start
        self.areas: dict[tuple[str, str], Area] = {}
        self.problems: dict[str, Problem] = {}
        self.meetings: dict[str, Meeting] = {}

    @property
    def chair(self) -> Any:
        return self.world.people[CHAIR]

    def places(self) -> Iterator[Step]:
        yield Step(self.start + 33 * HOUR, self._places)

    def _places(self, at: datetime.datetime) -> None:
        """Those of the departments, and those that problems name besides."""
        named = [
            (one["code"], area)
            for one in self.world.files.read("coop")["departments"]
            for area in one.get("areas", [])
        ]
        named += [(one["dept"], one["area"]) for one in self.world.files.read("problems")["problems"]]
        for code, name in dict.fromkeys(named):
            department = self.world.departments[code]
            self.areas[code, name] = production.add_area(
                department=department, name=name, by=self.world.people[KEEPER], at=at
            )

    def go_on_from_book(self, last: int, at: datetime.datetime) -> None:
        plan = self.world.files.read("archive")
        entry = meetings.go_on_from_book(
            body=self.world.bodies[BODY],
            year=self.start.year,
            last=last,
            source="Book of production meetings",
            by=self.world.people[plan["entered_by"]],
            at=at,
        )
        meetings.confirm_last(entry=entry, by=self.world.people[plan["confirmed_by"]], at=at)

    # --- Problems ---------------------------------------------------------------------------------------------------

    def problem(self, one: Mapping[str, Any], said_at: Mapping[str, datetime.date]) -> Iterator[Step]:
        """Raised at night, spoken about, solved and confirmed, as the list has it."""
        moment = self.world.moment
        raised = max(moment(one["raised_on"], "02:40"), self.start + 40 * HOUR)
        steps = [Step(raised, partial(self._raise, one))]
        days = [said_at[label] for label in one["meetings"] if label in said_at]
        if days:
            steps.append(Step(max(moment(days[0], "13:50"), raised + HOUR), partial(self._said, one)))
        if one["state"] == "verified":
            closed = moment(one["closed_on"], "09:30")
            steps.append(Step(closed - DAY, partial(self._solved, one)))
            steps.append(Step(closed, partial(self._verified, one)))
        if one["state"] == "reopened":
            back = moment(one["reopened_on"], "03:10")
            steps.append(Step(back - 30 * DAY, partial(self._solved, one)))
            steps.append(Step(back - 29 * DAY, partial(self._verified, one)))
            steps.append(Step(back, partial(self._came_back, one)))
        if one["state"] == "solved":
            steps.append(Step(moment(days[-1] + 9 * DAY, "10:10"), partial(self._solved, one)))
        if one["state"] == "escalated":
            steps.append(Step(moment(one["escalated_on"], "15:20"), partial(self._sent_up, one)))
        yield from (step for step in steps if step.at < self.world.now - 10 * HOUR)

    def _raise(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        self.problems[one["id"]] = production.raise_problem(
            area=self.areas[one["dept"], one["area"]],
            category=CATEGORIES.get(one["category"], one["category"]),
            priority=one["priority"],
            title=one["title"],
            details=one["description"],
            photos=[picture(PICTURED[one["id"]])] if one["id"] in PICTURED else [],
            by=self.world.people[one["raised_by"]],
            at=at,
        )

    def _said(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """What a meeting made of it: causes, ideas, what was decided, what is measured."""
        problem = self.problems[one["id"]]
        said = [("cause", words) for words in one.get("causes", [])]
        said += [("idea", words) for words in one.get("ideas", [])]
        if one.get("decision"):
            said.append(("decision", one["decision"]))
        for kind, words in said:
            production.say(problem=problem, kind=kind, words=words, by=self.chair, at=at)
        measure = one.get("measure")
        if measure:
            production.say(
                problem=problem,
                kind="measure",
                measured=measure["name"],
                value_before=_figure(measure["before"]),
                by=self.chair,
                at=at,
            )
        if one["state"] != "open":
            production.take_up(problem=problem, by=self.chair, at=at)

    def _solved(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        problem = self.problems[one["id"]]
        doing = [action["who"] for action in one.get("actions", [])] or [CHAIR]
        who = next((person for person in doing if person != one["raised_by"]), CHAIR)
        measure = one.get("measure", {})
        if measure.get("after") is not None:
            after = _figure(measure["after"])
            production.measure_afterwards(
                problem=problem, value_after=after, by=self.world.people[who], at=at
            )
        words = one["actions"][0]["what"] if one.get("actions") else "Done as decided"
        production.say_solved(problem=problem, words=words, by=self.world.people[who], at=at)

    def _verified(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        who = self.world.people[one.get("verified_by", one["raised_by"])]
        production.verify(problem=self.problems[one["id"]], by=who, at=at)

    def _came_back(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        who = self.world.people[one["raised_by"]]
        words = one["reopened_because"]
        production.reopen(problem=self.problems[one["id"]], words=words, by=who, at=at)

    def _sent_up(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        words = one.get("decision") or "It cannot be solved here."
        for _level in range(2):  # the council of the department cannot pay it either
            production.send_up(problem=self.problems[one["id"]], words=words, by=self.chair, at=at)

    # --- Meetings ---------------------------------------------------------------------------------------------------

    def meeting(
        self, one: Mapping[str, Any], hours: list[datetime.datetime], *, over: bool = False
    ) -> Iterator[Step]:
        """Called in time, and held as far as it lies behind."""
        called = self.world.moment(hours[0].astimezone(self.world.cooperative.zone).date() - CALLED, "12:00")
        yield Step(called, partial(self._call, one, hours), says=f"{one['id']}: {one['title']}")
        lots = self.world.lots(one["id"])
        for number, (sitting, hour) in enumerate(zip(one["sittings"], hours, strict=True), 1):
            if hour > self.world.now:
                break
            chair = sitting["chair"]
            seed = lots.random()
            yield Step(hour - 4 * MINUTE, partial(self._come, one, chair, sitting["present"], (number, seed)))
            yield Step(hour + MINUTE, partial(self._open, one, number, chair))
            yield Step(hour + 2 * MINUTE, partial(self._through, one, number, chair))
            if number == 2:
                for place, label in enumerate(one["problems"]):
                    yield Step(hour + (5 + 9 * place) * MINUTE, partial(self._talked_over, one, label, chair))
            if over or number == 1:
                yield Step(hour + 44 * MINUTE, partial(self._close_sitting, one, number, chair))
        if over:
            yield Step(hours[-1] + 50 * MINUTE, partial(self._close, one))
            yield Step(hours[-1] + 12 * HOUR, partial(self._circulate, one))

    def _call(self, one: Mapping[str, Any], hours: list[datetime.datetime], at: datetime.datetime) -> None:
        meeting = meetings.prepare(
            body=self.world.bodies[BODY],
            kind=Meeting.Kind.PRODUCTION,
            title=one["title"],
            place="Canteen",
            sittings=hours,
            by=self.chair,
            at=at,
        )
        meeting = meetings.convene(meeting=meeting, by=self.chair, at=at)
        self.meetings[one["id"]] = meetings.draw_register(meeting=meeting, at=at)

    def _come(
        self, one: Mapping[str, Any], chair: str, many: int, part: tuple[int, float], at: datetime.datetime
    ) -> None:
        """A page of the book: everybody of the register by lot, nobody twice on one day."""
        meeting = self.meetings[one["id"]]
        assert meeting.register is not None
        lots = self.world.lots(f"{one['id']} book")
        everybody = sorted(meeting.register.lines().values_list("member__number", flat=True))
        lots.shuffle(everybody)
        number, _seed = part
        some = everybody[(number - 1) * 100 : (number - 1) * 100 + min(many, 100)]
        members = [self.world.people[f"M{one:03}"] for one in some]
        meetings.check_in_all(meeting=meeting, members=members, by=self.world.people[chair], at=at)

    def _sitting(self, one: Mapping[str, Any], number: int) -> Sitting:
        found = Sitting.objects.select_related("meeting__body", "meeting__cooperative__chain")
        return found.get(meeting=self.meetings[one["id"]], number=number)

    def _open(self, one: Mapping[str, Any], number: int, chair: str, at: datetime.datetime) -> None:
        meetings.open_sitting(sitting=self._sitting(one, number), by=self.world.people[chair], at=at)

    def _through(self, one: Mapping[str, Any], number: int, chair: str, at: datetime.datetime) -> None:
        """The list is called. In the first sitting what goes on is read out, except what the day is about."""
        sitting, by = self._sitting(one, number), self.world.people[chair]
        item = list_item(sitting.meeting)
        assert item is not None
        meetings.call_item(item=item, sitting=sitting, by=by, at=at)
        today = [self.problems[label].pk for label in one["problems"] if label in self.problems]
        for problem in on_the_list(sitting.meeting).exclude(pk__in=today) if number == 1 else ():
            meetings.call_problem(problem=problem, sitting=sitting, by=by, at=at)
            words = "Read out. What was agreed goes on."
            production.say(problem=problem, kind="note", words=words, by=by, at=at)

    def _talked_over(self, one: Mapping[str, Any], label: str, chair: str, at: datetime.datetime) -> None:
        """What was said about a problem, and who sees to what; not about one that stands before another body."""
        sitting, by = self._sitting(one, 2), self.world.people[chair]
        problem, item = self.problems[label], list_item(sitting.meeting)
        assert item is not None
        if not on_the_list(sitting.meeting).filter(pk=problem.pk).exists():
            return
        meetings.call_problem(problem=problem, sitting=sitting, by=by, at=at)
        told = next(one for one in self.world.files.read("problems")["problems"] if one["id"] == label)
        self._said(told, at)
        look = {"what": "Look at it with the night crew, and say what it needs", "who": CHAIR}
        doing = (told.get("actions") or [look])[0]
        meetings.agree(
            item=item,
            text=doing["what"],
            owner=self.world.people[doing["who"]],
            due_on=self.world.cooperative.day_of(at) + 10 * DAY,
            problem=problem,
            by=by,
            at=at,
        )

    def _close_sitting(self, one: Mapping[str, Any], number: int, chair: str, at: datetime.datetime) -> None:
        meetings.close_sitting(sitting=self._sitting(one, number), by=self.world.people[chair], at=at)

    def _close(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        self.meetings[one["id"]] = meetings.close_meeting(
            meeting=self.meetings[one["id"]], by=self.chair, at=at
        )

    def _circulate(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """The three sheets are one record; whoever puts it together circulates it."""
        meetings.close_minutes(
            meeting=self.meetings[one["id"]], by=self.world.people[one["record_by"]], at=at
        )


def _figure(value: Any) -> Decimal:
    return Decimal(str(value))


def picture(kind: str) -> bytes:
    """A drawing in place of a photograph: water on a floor, or a drum on its side. Nobody's photo."""
    drawn = Image.new("RGB", (960, 640), (196, 190, 178))
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 430, 960, 640), fill=(120, 116, 108))
    if kind == "water":
        pen.ellipse((180, 470, 780, 600), fill=(92, 128, 150))
        pen.rectangle((440, 60, 520, 480), fill=(90, 84, 78))
    else:
        pen.rectangle((300, 330, 640, 540), fill=(150, 74, 52))
        pen.ellipse((250, 330, 350, 540), fill=(120, 58, 40))
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=80)
    return written.getvalue()
