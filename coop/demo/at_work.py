"""Offices at work: what they are asked, who stands in, what cannot wait, what is handed over, what binds the house."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from coop.decisions.models import CarriedDecision
from coop.in_office import actions
from coop.in_office.models import Answer, Commitment, HandedOver, Question, UrgentDecision
from coop.meetings import actions as meetings
from coop.meetings.calendar import Planned
from coop.meetings.models import AgendaItem, Meeting, Minutes
from coop.members import actions as members
from coop.members.models import Mandate, Office

from .timeline import Step, World

DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)


def at_work(world: World) -> Iterator[Step]:
    told = world.files.read("at_work")
    for one in told["questions"]:
        yield from Asked(world, one).steps()
    for one in told["deputies"]:
        yield Step(when(world, one["named"]), partial(_deputy, world, one))
    yield from Urgent(world, told["urgent"]).steps()
    yield from Handover(world, told["handover"]).steps()
    for one in told["commitments"]:
        yield from Signed(world, one).steps()
    entered = told["course"]["entered"]
    yield Step(when(world, entered), partial(_course, world, told["course"]))


def when(world: World, told: Mapping[str, Any]) -> datetime.datetime:
    """A day of the files, or one that is counted back from the day of loading."""
    if "days_before" in told:
        return world.days_before(told["days_before"], told["time"])
    return world.moment(told["day"], told["time"])


def office(world: World, told: Sequence[str]) -> Office:
    """By the code of its body and its title."""
    body, title = told
    found = Office.objects.select_related("body__cooperative__chain")
    return found.get(body=world.bodies[body], title=title)


def _mandate(world: World, told: Sequence[str], person: str) -> Mandate:
    """The last one, also where it is over."""
    held = Mandate.objects.filter(seat__office=office(world, told), member=world.people[person])
    return held.select_related("member__cooperative__chain").latest("since")


class Asked:
    """A question to an office. What nobody answers stands on the agenda on the day after its last one."""

    def __init__(self, world: World, told: Mapping[str, Any]) -> None:
        self.world, self.told = world, told
        self.question: Question

    def steps(self) -> Iterator[Step]:
        told = self.told
        yield Step(when(self.world, told["asked"]), self._ask)
        if "answered" in told:
            kind = Answer.Kind.IN_PERSON if "in_person" in told else Answer.Kind.ANSWER
            one = {**told["answered"], "text": told["answer"]}
            yield Step(when(self.world, one), partial(self._answer, one, kind))
        if "added" in told:
            added = told["added"]
            yield Step(when(self.world, added), partial(self._answer, added, Answer.Kind.ADDED))
        if "laid" in told:
            yield Step(when(self.world, told["laid"]), self._lay)

    def _ask(self, at: datetime.datetime) -> None:
        self.question = actions.ask_office(
            office=office(self.world, self.told["office"]),
            text=self.told["text"],
            personal="personal" in self.told,
            by=self.world.people[self.told["asked"]["by"]],
            at=at,
        )

    def _answer(self, one: Mapping[str, Any], kind: str, at: datetime.datetime) -> None:
        by = self.world.people[one["by"]]
        actions.answer_question(question=self.question, text=one["text"], kind=kind, by=by, at=at)

    def _lay(self, at: datetime.datetime) -> None:
        actions.lay_question_before_the_body(question=self.question, at=at)


def _deputy(world: World, told: Mapping[str, Any], at: datetime.datetime) -> None:
    body = told["office"][0]
    first = told["since"] if "since" in told else world.files.today + told["in_days"] * DAY
    last = told["until"] if "until" in told else first + told["for_days"] * DAY
    through = told["through"]
    members.name_deputy(
        mandate=_mandate(world, told["office"], told["person"]),
        through=_mandate(world, [body, through["office"]], through["person"]),
        since=world.moment(first),
        until=world.moment(last),
        by=world.people[told["person"]],
        at=at,
    )


class Urgent:
    """Decided at night by an office, and confirmed by the council that should have decided it: its meeting in full."""

    def __init__(self, world: World, told: Mapping[str, Any]) -> None:
        self.world, self.told = world, told
        self.plan: Mapping[str, Any] = told["meeting"]
        self.by = world.people[self.plan["by"]]
        self.hour = world.moment(self.plan["day"], self.plan["time"])
        self.urgent: UrgentDecision
        self.meeting: Meeting
        self.minutes: Minutes

    def steps(self) -> Iterator[Step]:
        world, plan = self.world, self.plan
        yield Step(when(world, self.told["decided"]), self._decide)
        yield Step(when(world, plan["prepared"]), self._prepare)
        yield Step(when(world, plan["convened"]), self._convene)
        yield Step(self.hour - 5 * MINUTE, self._come)
        yield Step(self.hour + 2 * MINUTE, self._open)
        yield Step(self.hour + 25 * MINUTE, self._report)
        yield Step(self.hour + 60 * MINUTE, self._close)
        yield Step(when(world, self.told["settled"]), self._settle)
        yield Step(when(world, plan["drafted"]), self._circulate)
        yield Step(when(world, plan["sealed"]), self._seal)

    def _decide(self, at: datetime.datetime) -> None:
        words = {key: self.told[key] for key in ("title", "text", "because", "cost")}
        self.urgent = actions.decide_urgently(
            office=office(self.world, self.told["office"]),
            body=self.world.bodies[self.told["body"]],
            by=self.world.people[self.told["decided"]["by"]],
            at=at,
            **words,
        )

    def _prepare(self, at: datetime.datetime) -> None:
        """What is owed stands on it at the latest when it is called; the secretary adds the rest."""
        self.meeting = meetings.prepare(
            body=self.world.bodies[self.told["body"]],
            kind=Meeting.Kind.COUNCIL,
            title=self.plan["title"],
            place=self.plan["place"],
            sittings=[Planned(self.hour)],
            by=self.by,
            at=at,
        )
        meetings.take_up_owed(meeting=self.meeting, at=at)
        meetings.add_item(
            meeting=self.meeting,
            kind=AgendaItem.Kind.REPORT,
            title=self.plan["report"]["title"],
            planned_minutes=self.plan["report"]["minutes"],
            by=self.by,
            at=at,
        )

    def _convene(self, at: datetime.datetime) -> None:
        meeting = meetings.convene(meeting=self.meeting, by=self.by, at=at)
        self.meeting = meetings.draw_register(meeting=meeting, at=at)

    def _come(self, at: datetime.datetime) -> None:
        people = [self.world.people[person] for person in self.plan["there"]]
        meetings.check_in_all(meeting=self.meeting, members=people, by=self.by, at=at)

    def _item(self, number: int) -> AgendaItem:
        found = AgendaItem.objects.select_related("meeting__body", "meeting__cooperative__chain")
        return found.get(meeting=self.meeting, number=number)

    def _open(self, at: datetime.datetime) -> None:
        sitting = meetings.open_sitting(sitting=self.meeting.sittings.get(), by=self.by, at=at)
        meetings.call_item(item=self._item(1), sitting=sitting, by=self.by, at=at)

    def _report(self, at: datetime.datetime) -> None:
        self._note(1, self.plan["heard"], at)
        meetings.call_item(item=self._item(2), sitting=self.meeting.sittings.get(), by=self.by, at=at)

    def _close(self, at: datetime.datetime) -> None:
        self._note(2, self.plan["note"], at)
        self.meeting = meetings.close_meeting(meeting=self.meeting, by=self.by, at=at)

    def _note(self, number: int, text: str, at: datetime.datetime) -> None:
        meetings.write_note(item=self._item(number), text=text, revision=0, by=self.by, at=at)

    def _settle(self, at: datetime.datetime) -> None:
        settled = self.told["settled"]
        actions.settle_urgent(
            urgent=self.urgent,
            state=UrgentDecision.State.CONFIRMED,
            said=settled["said"],
            by=self.world.people[settled["by"]],
            at=at,
        )

    def _circulate(self, at: datetime.datetime) -> None:
        self.minutes = meetings.close_minutes(meeting=self.meeting, by=self.by, at=at)

    def _seal(self, at: datetime.datetime) -> None:
        for person in self.plan["signers"]:
            by = self.world.people[person]
            meetings.sign_minutes(minutes=self.minutes, text_hash=self.minutes.hash, by=by, at=at)
        meetings.seal(minutes=self.minutes, first=self.plan["first"], by=self.by, at=at)


class Handover:
    """Who goes signs for what they gave; who comes, so far, for some of it."""

    def __init__(self, world: World, told: Mapping[str, Any]) -> None:
        self.world, self.told = world, told
        self.goes, self.comes = world.people[told["from"]], world.people[told["to"]]
        self.mandate: Mandate
        self.lines: list[HandedOver] = []

    def steps(self) -> Iterator[Step]:
        yield Step(when(self.world, self.told["begun"]), self._begin)
        yield Step(when(self.world, self.told["handed"]), self._hand)
        yield Step(when(self.world, self.told["received"]), self._receive)

    def _begin(self, at: datetime.datetime) -> None:
        self.mandate = _mandate(self.world, self.told["office"], self.told["from"])
        self.lines = actions.begin_handover(mandate=self.mandate, by=self.goes, at=at)
        for kind, text in self.told["lines"]:
            line = actions.add_handover_line(mandate=self.mandate, kind=kind, text=text, by=self.goes, at=at)
            self.lines.append(line)

    def _hand(self, at: datetime.datetime) -> None:
        handed = self.lines[: self.told["handed"]["lines"]]
        actions.sign_handover(mandate=self.mandate, lines=handed, by=self.goes, at=at)

    def _receive(self, at: datetime.datetime) -> None:
        received = self.lines[: self.told["received"]["lines"]]
        actions.sign_handover(mandate=self.mandate, lines=received, by=self.comes, at=at)


class Signed:
    """A contract or a payment: signed once or twice, turned down, or waiting for the second office."""

    def __init__(self, world: World, told: Mapping[str, Any]) -> None:
        self.world, self.told = world, told
        self.made: Commitment

    def steps(self) -> Iterator[Step]:
        yield Step(when(self.world, self.told["signed"]), self._sign)
        if "second" in self.told:
            yield Step(when(self.world, self.told["second"]), self._second)
        if "turned_down" in self.told:
            yield Step(when(self.world, self.told["turned_down"]), self._turn_down)

    def _sign(self, at: datetime.datetime) -> None:
        words = {key: self.told[key] for key in ("kind", "title", "party", "because")}
        self.made = actions.enter_commitment(
            office=office(self.world, self.told["office"]),
            amount=Decimal(self.told["amount"]),
            by=self.world.people[self.told["signed"]["by"]],
            at=at,
            **words,
        )

    def _second(self, at: datetime.datetime) -> None:
        second = self.told["second"]
        by = self.world.people[second["by"]]
        actions.sign_second(commitment=self.made, office=office(self.world, second["office"]), by=by, at=at)

    def _turn_down(self, at: datetime.datetime) -> None:
        told = self.told["turned_down"]
        by = self.world.people[told["by"]]
        actions.turn_down_commitment(commitment=self.made, because=told["because"], by=by, at=at)


def _course(world: World, told: Mapping[str, Any], at: datetime.datetime) -> None:
    """Named, asked for by the office as the assembly had decided, and entered for those who were there."""
    keeper, second = world.people[told["entered"]["by"]], world.people[told["confirmed_by"]]
    course = members.name_course(name=told["name"], about=told["about"], by=keeper, at=at)
    decided = CarriedDecision.objects.select_related("body").get(title=told["decided"])
    asked = members.ask_for_course(
        office=office(world, told["office"]),
        course=course,
        asks=True,
        since=told["since"],
        document=f"{decided.label}, {decided.source}",
        by=keeper,
        at=at,
    )
    members.confirm_course(entry=asked, by=second, at=at)
    for one in told["done"]:
        done = members.enter_course_done(
            member=world.people[one["person"]],
            course=course,
            done_on=one["day"],
            document=one["document"],
            by=keeper,
            at=at,
        )
        members.confirm_course(entry=done, by=second, at=at)
