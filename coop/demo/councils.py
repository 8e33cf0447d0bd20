"""Department councils: a series each, its drafts, notices, meetings, minutes and reports, month by month."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.ballots import actions as ballots
from coop.meetings import actions as meetings
from coop.meetings.calendar import Planned
from coop.meetings.councils import delegates
from coop.meetings.models import AgendaItem, Meeting, Minutes, Series
from coop.meetings.ways import Way
from coop.members.models import Member

from .personas import PINS
from .timeline import Step, World

ONE, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
EVERY_DAYS = 30
DRAFTED, CALLED = 10 * ONE, 6 * ONE  # before the day
HEARD = (
    "It was read out and talked over. Whoever knows more tells the secretary before the next meeting.",
    "The figures were explained. Two asked how they were taken, and were answered.",
    "All agreed that it cannot wait for next year. It stays on the list until it is done.",
    "The afternoon crew saw it otherwise than the morning crew. Both write down what they saw.",
    "What was promised last time was read out first. Then it was talked over for half an hour.",
)


def councils(world: World, start: datetime.datetime) -> Iterator[Step]:
    """The meetings after the books went over; the one before gives the number to go on from."""
    events = [one for one in world.files.read("calendar")["events"] if one["kind"] == "council_meeting"]
    chairs = {one["id"]: _leaders(one) for one in world.files.read("bodies")["bodies"]}
    for body in dict.fromkeys(one["body"] for one in events):
        of_body = [one for one in events if one["body"] == body]
        in_the_book = [one for one in of_body if one["date"] <= start.date()]
        to_come = [one for one in of_body if one["date"] > start.date()]
        yield from Council(world, body, chairs[body], in_the_book, to_come).steps(start)


def _leaders(body: Mapping[str, Any]) -> dict[str, str]:
    return {
        row["post"]: row["person"] for row in body["seats"] if row["post"] in ("spokesperson", "secretary")
    }


class Council:
    def __init__(
        self,
        world: World,
        code: str,
        leaders: Mapping[str, str],
        in_the_book: list[Mapping[str, Any]],
        events: list[Mapping[str, Any]],
    ) -> None:
        self.world, self.code, self.events, self.in_the_book = world, code, events, in_the_book
        self.body = world.bodies[code]
        self.secretary = world.people[leaders["secretary"]]
        self.speaker = world.people[leaders["spokesperson"]]
        self.lots = world.lots(code)
        self.missed: Counter[int] = Counter()  # by member, so that nobody is away too often
        self.series: Series
        self.meetings: dict[str, Meeting] = {}
        self.minutes: dict[str, Minutes] = {}

    def steps(self, start: datetime.datetime) -> Iterator[Step]:
        yield Step(start + datetime.timedelta(hours=30), self._go_on_from_book)
        yield Step(start + datetime.timedelta(hours=32), self._begin_series)
        for one in self.events:
            yield from self._month(one)

    def _go_on_from_book(self, at: datetime.datetime) -> None:
        """Numbers go on: the meetings of January stand in the book."""
        plan = self.world.files.read("archive")
        if not self.in_the_book:
            return
        entry = meetings.go_on_from_book(
            body=self.body,
            year=self.in_the_book[-1]["date"].year,
            last=len(self.in_the_book),
            source="Book of the council",
            by=self.world.people[plan["entered_by"]],
            at=at,
        )
        meetings.confirm_last(entry=entry, by=self.world.people[plan["confirmed_by"]], at=at)

    def _begin_series(self, at: datetime.datetime) -> None:
        self.series = meetings.begin_series(
            body=self.body,
            kind=Meeting.Kind.COUNCIL,
            title="Monthly meeting",
            place="Room over the canteen",
            first_on=self.events[0]["date"],
            every_days=EVERY_DAYS,
            hours=[[one["time"]] for one in self.events[:3]],
            by=self.secretary,
            at=at,
        )

    def _month(self, one: Mapping[str, Any]) -> Iterator[Step]:
        """As far as it lies behind: drafted, called, held, written down, signed and sealed, reported."""
        world, day = self.world, one["date"]
        hour = world.moment(day, one["time"])
        steps = [
            Step(world.moment(day - DRAFTED, "09:00"), partial(self._draft, one)),
            Step(world.moment(day - CALLED, "12:00"), partial(self._call, one)),
        ]
        if hour + 3 * 60 * MINUTE < world.now:
            if one["status"] == "no_quorum":
                steps += self._in_vain(one, hour)
            else:
                steps += self._held(one, hour)
        yield from (step for step in steps if step.at < world.now)

    def _draft(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """The series has laid it down; the secretary puts day, title and agenda right."""
        (draft,) = meetings.prepare_turns(series=self.series, at=at)
        meeting = meetings.correct_draft(
            meeting=draft,
            kind=draft.kind,
            title=one["title"],
            place=draft.place,
            sittings=[Planned(self.world.moment(one["date"], one["time"]))],
            by=self.secretary,
            at=at,
        )
        facts: dict[str, Any] = {"title": one["title"], "planned_minutes": 40}
        taken_over = meeting.items.filter(kind=AgendaItem.Kind.REPORT).first()
        if taken_over is None:
            meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.REPORT, by=self.secretary, at=at, **facts)
        else:
            members_only = AgendaItem.Openness.MEMBERS
            meetings.change_item(item=taken_over, openness=members_only, by=self.secretary, at=at, **facts)
        if "motion" in one:
            meetings.add_item(
                meeting=meeting,
                kind=AgendaItem.Kind.PROPOSAL,
                proposal=self.world.proposals[one["motion"]],
                planned_minutes=30,
                by=self.secretary,
                at=at,
            )
        self.meetings[one["id"]] = meeting

    def _call(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        meeting = meetings.convene(meeting=self.meetings[one["id"]], by=self.secretary, at=at)
        self.meetings[one["id"]] = meetings.draw_register(meeting=meeting, at=at)

    # --- Held -------------------------------------------------------------------------------------------------------

    def _in_vain(self, one: Mapping[str, Any], hour: datetime.datetime) -> list[Step]:
        return [
            Step(hour + 2 * MINUTE, partial(self._come, one)),
            Step(hour + 65 * MINUTE, partial(self._give_up, one)),
        ]

    def _give_up(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        meeting = self.meetings[one["id"]]
        meetings.close_sitting(sitting=meeting.sittings.get(), by=self.secretary, at=at)
        meetings.close_meeting(meeting=meeting, by=self.secretary, at=at)

    def _held(self, one: Mapping[str, Any], hour: datetime.datetime) -> list[Step]:
        day, moment = one["date"], self.world.moment
        steps = [
            Step(hour - 4 * MINUTE, partial(self._come, one)),
            Step(hour + 3 * MINUTE, partial(self._open, one)),
            Step(hour + 70 * MINUTE, partial(self._close, one)),
            Step(moment(day + 2 * ONE, "19:00"), partial(self._circulate, one)),
            Step(moment(day + 8 * ONE, "10:20"), partial(self._seal, one)),
        ]
        if "motion" in one:
            steps += [
                Step(moment(day - 2 * ONE, "22:15"), partial(self._instruct, one)),
                Step(hour + 30 * MINUTE, partial(self._vote, one)),
            ]
        return [*steps, Step(moment(day + 3 * ONE, "14:20"), partial(self._report, one))]

    def _people(self, one: Mapping[str, Any], at: datetime.datetime) -> list[Member]:
        """The secretary, and of the others those who have missed least are away."""
        sent = [delegate.member for delegate in delegates(self.body, at)]
        away = len(sent) - one.get("present", len(sent))
        others = sorted(
            (member for member in sent if member.pk != self.secretary.pk),
            key=lambda member: (self.missed[member.pk], -member.number),
        )
        stayed = {member.pk for member in others[:away]}
        self.missed.update(stayed)
        return [member for member in sent if member.pk not in stayed]

    def _come(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        people = [self.world.people[f"M{member.number:03}"] for member in self._people(one, at)]
        meetings.check_in_all(meeting=self.meetings[one["id"]], members=people, by=self.secretary, at=at)

    def _open(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        meeting = self.meetings[one["id"]]
        sitting = meetings.open_sitting(sitting=meeting.sittings.get(), by=self.secretary, at=at)
        meetings.call_item(item=meeting.items.get(number=1), sitting=sitting, by=self.secretary, at=at)

    def _close(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        meeting = self.meetings[one["id"]]
        item = meeting.items.get(number=1)
        meetings.write_note(item=item, text=self.lots.choice(HEARD), revision=0, by=self.secretary, at=at)
        self.meetings[one["id"]] = meetings.close_meeting(meeting=meeting, by=self.secretary, at=at)

    def _circulate(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        self.minutes[one["id"]] = meetings.close_minutes(
            meeting=self.meetings[one["id"]], by=self.secretary, at=at
        )

    def _seal(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        minutes = self.minutes[one["id"]]
        there = minutes.meeting.attendances.filter(member=self.speaker)
        for person in [self.secretary, *([self.speaker] if there.exists() else [])]:
            meetings.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=person, at=at)
        meetings.seal(minutes=minutes, first=len(self.in_the_book) + 1, by=self.secretary, at=at)

    def _report(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """One of those who were there tells the department; who tries the plant out has one still to give."""
        meeting = self.meetings[one["id"]]
        there = list(meeting.attendances.select_related("member").order_by("member__number"))
        who = next((row.member for row in there if row.member.number in PINS), self.lots.choice(there).member)
        if who.number in PINS and one is self._last_held():
            return
        text = f"We spoke about this: {one['title']}. Ask me at the board; the minutes follow."
        meetings.report_back(
            meeting=meeting,
            text=text,
            told_at="Change of shift, at the board",
            by=self.world.people[f"M{who.number:03}"],
            at=at,
        )

    def _last_held(self) -> Mapping[str, Any]:
        return [one for one in self.events if self.world.moment(one["date"], one["time"]) < self.world.now][
            -1
        ]

    # --- A vote of a council ----------------------------------------------------------------------------------------

    def _instruct(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        assert self.body.department is not None
        meetings.instruct(
            item=self.meetings[one["id"]].items.get(number=2),
            department=self.body.department,
            given_on=self.world.cooperative.day_of(at),
            text="",
            by=self.secretary,
            at=at,
            **one["instruction"],
        )

    def _vote(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """On telephones, so that everybody reads who voted how beside what the department had told them."""
        meeting = self.meetings[one["id"]]
        item = meeting.items.select_related("meeting").get(number=2)
        meetings.call_item(item=item, sitting=meeting.sittings.get(), by=self.secretary, at=at)
        ballot = meetings.open_vote(item=item, way=Way.SCREENS, by=self.secretary, at=at).ballot
        answers = [code for code, many in one["votes"].items() for _ in range(many)]
        there = meeting.attendances.order_by("member__number").values_list("member__number", flat=True)
        for number, answer in zip(there, answers, strict=True):
            who = self.world.people[f"M{number:03}"]
            form = f"{self.lots.getrandbits(128):032x}"
            ballots.cast(ballot=ballot, answers={1: answer}, form=form, by=who, at=at)
        meetings.close_vote(item=item, by=self.secretary, at=at)
        meetings.announce(item=item, by=self.secretary, at=at)
