"""The assemblies that were held: GA-1 in one sitting, GA-2 and GA-3 in three each, from the notice to the last item."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.meetings import actions as meetings
from coop.meetings.models import Attendance
from coop.members.models import Member, Power

from .by_lamp import typed_in
from .hall import Vote
from .minutes import Paperwork
from .seated import Seated
from .terms import SECRETARY
from .timeline import Step, World

MINUTE = datetime.timedelta(minutes=1)
HOUR = 60 * MINUTE
EACH_IN_SITTINGS, EACH_ALONE = 12 * MINUTE, 24 * MINUTE  # from one item to the next
CHAIR = "M120"


def held(world: World) -> Iterator[Step]:
    for one in world.files.read("assemblies")["assemblies"]:
        if "minutes" in one:
            yield from Held(world, one).steps()


class Held(Seated):
    def steps(self) -> Iterator[Step]:
        yield from self.calling()
        for number in range(1, len(self.parts) + 1):
            yield from self._sitting(number)
        yield from Paperwork(self.world, self.plan, lambda: self.meeting).steps()

    # --- A sitting --------------------------------------------------------------------------------------------------

    def _sitting(self, number: int) -> Iterator[Step]:
        hour, part = self.hour(number), self.parts[number - 1]
        for minutes, arrived in self._doors(number):
            yield Step(hour + minutes * MINUTE, partial(self._come, number, arrived))
        opened = self._opened(number)
        if not self.several and "with_voice_only" in self.plan:
            yield Step(opened - 2 * MINUTE, partial(self._come_with_voice, number))
        yield Step(opened - MINUTE, partial(self._name, number))
        told = f"{self.plan['id']}: {part['present']} people sit down in sitting {number}"
        yield Step(opened, partial(self._open, number), says=told)
        yield from self._items(number, opened + 4 * MINUTE)

    def _doors(self, number: int) -> list[tuple[int, tuple[int, int]]]:
        """Minutes from the hour, and from which to which of the crowd: two pages of the book before it opens."""
        present = self.parts[number - 1]["present"]
        if "calls" not in self.plan:
            return [(-10, (0, present * 2 // 3)), (35, (present * 2 // 3, present))]
        first = self.plan["calls"][0]["present"]
        return [(-25, (0, first // 2)), (-5, (first // 2, first)), (45, (first, present))]

    def _opened(self, number: int) -> datetime.datetime:
        """On second call: no single sitting has half of the register, and GA-1 had not."""
        if "opened" in self.plan:
            return self.world.moment(self.plan["date"], self.plan["opened"])
        return self.hour(number) + HOUR + 2 * MINUTE

    def _table(self, number: int) -> Member:
        """Who writes the book of the door: the secretary, or the chair until somebody is named."""
        return self.world.people[SECRETARY if self.plan["secretary"] == SECRETARY else CHAIR]

    def _come(self, number: int, which: tuple[int, int], at: datetime.datetime) -> None:
        people = self.crowd.of(number, self.register())[slice(*which)]
        members = [self.world.people[person] for person in people]
        meetings.check_in_all(meeting=self.meeting, members=members, by=self._table(number), at=at)

    def _come_with_voice(self, number: int, at: datetime.datetime) -> None:
        members = [self.world.people[person] for person in self.plan["with_voice_only"]]
        meetings.check_in_all(meeting=self.meeting, members=members, by=self._table(number), at=at)

    def _name(self, number: int, at: datetime.datetime) -> None:
        """Who leads without an office over the assembly is chosen by those present."""
        part = self.parts[number - 1]
        for power, person, holder in (
            (Power.CHAIR, part["chair"], CHAIR),
            (Power.RECORD_MINUTES, part["secretary"], SECRETARY),
        ):
            if person != holder:
                self._name_one(number, power, person, at)

    def _name_one(self, number: int, power: Power, person: str, at: datetime.datetime) -> None:
        meetings.name_for_the_day(
            sitting=self.sitting(number),
            power=power,
            member=self.world.people[person],
            by=self.world.people[CHAIR],
            at=at,
        )

    def _open(self, number: int, at: datetime.datetime) -> None:
        meetings.open_sitting(sitting=self.sitting(number), by=self.chair(number), at=at)

    # --- Its items --------------------------------------------------------------------------------------------------

    def _items(self, number: int, since: datetime.datetime) -> Iterator[Step]:
        """One after the other; where they were counted by lamp, the sheets are typed in next morning."""
        dark = self.parts[number - 1].get("recorded_from_paper", False)
        at = since
        for line in self.plan["items"]:
            voted = "votes" in line or "by_sitting" in line
            if not dark:
                yield from self._item(number, line, at, voted=voted)
                at += EACH_IN_SITTINGS if self.several else EACH_ALONE
        last = number == len(self.parts)
        if dark:
            yield from typed_in(self, number, since, self._opened(number) + 18 * MINUTE)
        elif last:
            end = self._closed(at)
            yield Step(end - 3 * MINUTE, self._agree)
            yield Step(end, partial(self.close, self.parts[-1]["chair"]))
        else:
            yield Step(at, partial(self.close_sitting, number))

    def _closed(self, at: datetime.datetime) -> datetime.datetime:
        if "closed" in self.plan:
            return self.world.moment(self.plan["date"], self.plan["closed"])
        return at + 3 * MINUTE

    def _item(
        self, number: int, line: Mapping[str, Any], at: datetime.datetime, *, voted: bool
    ) -> Iterator[Step]:
        if not voted:
            yield Step(at, partial(self.call, number, line))
            return
        item = line["item"]
        yield Step(at, partial(self._before, number, line))
        yield Step(at + 4 * MINUTE, partial(self._ask, number, line))
        yield Step(at + 7 * MINUTE, partial(self._count, number, item))
        yield Step(at + 9 * MINUTE, partial(self._rest_or_close, number, item))

    def _before(self, number: int, line: Mapping[str, Any], at: datetime.datetime) -> None:
        """People go home in between; who answers for what is voted on steps aside, and hands over the chair."""
        here = Attendance.objects.filter(meeting=self.meeting, left_at=None, votes=True)
        if line.get("present") is not None:
            home = self.crowd.tired(here.count() - line["present"])
            leaving = here.filter(member__in=[self.world.people[person] for person in home])
            for one in leaving.select_related("meeting__body", "meeting__cooperative__chain", "member"):
                meetings.leave(attendance=one, by=self._table(number), at=at)
        if line.get("not_entitled"):
            aside = [self.world.people[person] for person in self.crowd.responsible()]
            assert len(aside) == line["not_entitled"]
            meetings.step_aside_all(
                item=self.item(line["item"]),
                members=aside,
                because="Own management",
                by=self._table(number),
                at=at,
            )
        items = self.plan.get("chair_for", {}).get("items", [])
        if items and line["item"] == items[0]:
            self._name_one(number, Power.CHAIR, self.plan["chair_for"]["person"], at)
        elif items and line["item"] == items[-1] + 1:
            self._name_one(number, Power.CHAIR, CHAIR, at)
        self.call(number, line, at)

    def _ask(self, number: int, line: Mapping[str, Any], at: datetime.datetime) -> None:
        by, item = self.leading(number, line["item"]), line["item"]
        if number == 1:
            self.votes[item] = Vote(self.item(item), line["method"])
            tellers = [self.world.people[person] for person in self.crowd.tellers()]
            self.votes[item].open(tellers, by, at)
        self.votes[item].box(self.sitting(number), several=self.several, by=by, at=at)

    def _count(self, number: int, item: int, at: datetime.datetime) -> None:
        here = Attendance.objects.filter(meeting=self.meeting, left_at=None, votes=True)
        self.votes[item].count(
            self.sitting(number),
            counted=self.figures(number, item),
            there=list(here.values_list("member__number", flat=True)),
            tellers=self._tellers(number),
            by=self.leading(number, item),
            at=at,
        )

    def _tellers(self, number: int) -> list[Member]:
        return [self.world.people[person] for person in self.crowd.tellers(number)]

    def _rest_or_close(self, number: int, item: int, at: datetime.datetime) -> None:
        by = self.leading(number, item)
        if number < len(self.parts):
            self.votes[item].rest(self.sitting(number), by, at)
        else:
            self.votes[item].close(self._tellers(number), by, at)

    def _agree(self, at: datetime.datetime) -> None:
        """What follows from a proposal that was carried is taken on by somebody before they go home."""
        for line in self.plan["items"]:
            for follow in self.crowd.follow_up(line.get("proposal")):
                meetings.agree(
                    item=self.item(line["item"]),
                    text=follow["what"],
                    owner=self.world.people[follow["who"]],
                    due_on=follow["due"],
                    by=self.chair(len(self.parts)),
                    at=at,
                )
