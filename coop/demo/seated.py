"""An assembly that sits: what whoever leads it does at the table, whichever way its votes are counted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from coop.meetings import actions as meetings
from coop.meetings.models import Sitting
from coop.members.models import Member

from .called import Called
from .crowd import Crowd
from .hall import Vote
from .timeline import World


class Seated(Called):
    def __init__(self, world: World, plan: Mapping[str, Any]) -> None:
        super().__init__(world, plan)
        self.crowd = Crowd(world, plan, self.parts)
        self.votes: dict[int, Vote] = {}

    def sitting(self, number: int) -> Sitting:
        found = Sitting.objects.select_related("meeting__body", "meeting__cooperative__chain")
        return found.get(meeting=self.meeting, number=number)

    def chair(self, number: int) -> Member:
        return self.world.people[self.parts[number - 1]["chair"]]

    def leading(self, number: int, item: int) -> Member:
        for_them = self.plan.get("chair_for", {})
        return (
            self.world.people[for_them["person"]] if item in for_them.get("items", []) else self.chair(number)
        )

    def call(self, number: int, line: Mapping[str, Any], at: datetime.datetime) -> None:
        by = self.leading(number, line["item"])
        item = self.item(line["item"])
        meetings.call_item(item=item, sitting=self.sitting(number), by=by, at=at)
        if number == 1 and "chosen" in line:
            chosen = [self.world.people[person] for person in line["chosen"]]
            meetings.name_signers(meeting=self.meeting, members=chosen, by=by, at=at)

    def close_sitting(self, number: int, at: datetime.datetime) -> None:
        meetings.close_sitting(sitting=self.sitting(number), by=self.chair(number), at=at)

    def close(self, chair: str, at: datetime.datetime) -> None:
        self.meeting = meetings.close_meeting(meeting=self.meeting, by=self.world.people[chair], at=at)

    def figures(self, number: int, item: int) -> Mapping[str, int]:
        line = next(one for one in self.plan["items"] if one["item"] == item)
        figures: Mapping[str, int] = line["by_sitting"][number - 1] if self.several else line["votes"]
        return figures
