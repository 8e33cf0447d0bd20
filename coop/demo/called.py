"""How an assembly is called: its draft, its notice with the proofs, and its register with the claims against it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Register
from coop.meetings import actions as meetings
from coop.meetings.calendar import Planned
from coop.meetings.models import AgendaItem, Meeting, NoticeGiven

from .claims import claims
from .terms import SECRETARY
from .timeline import Step, World

ONE = datetime.timedelta(days=1)
Kind, Channel = AgendaItem.Kind, NoticeGiven.Channel


def places(plan: Mapping[str, Any]) -> dict[int, tuple[int, int]]:
    """Number and part on the agenda of what the file numbers one by one: amendments stand under their text."""
    found: dict[int, tuple[int, int]] = {}
    before: list[int] = []
    number = 0
    for line in plan["items"]:
        if "amendment" in line:
            before.append(line["item"])
            continue
        number += 1
        found[line["item"]] = (number, 0)
        found |= {key: (number, part) for part, key in enumerate(before, 1)}
        before = []
    return found


class Called:
    """One assembly. `parts`: its sittings as the file tells them, one for an assembly in a single sitting."""

    def __init__(self, world: World, plan: Mapping[str, Any]) -> None:
        self.world, self.plan = world, plan
        single = {"chair": plan["chair"], "secretary": plan.get("secretary"), "for_crews": []}
        if "calls" in plan:
            single |= {"time": plan["calls"][0]["time"], "present": plan["calls"][-1]["present"]}
        self.parts: list[Mapping[str, Any]] = plan.get("sittings") or [single]
        self.several = len(self.parts) > 1
        self.meeting: Meeting

    def item(self, key: int) -> AgendaItem:
        """`key`: as the file counts."""
        number, part = places(self.plan)[key]
        found = AgendaItem.objects.select_related("meeting__body", "meeting__cooperative__chain")
        return found.get(meeting=self.meeting, number=number, part=part)

    def calling(self) -> Iterator[Step]:
        notice, closed = self.plan["notice"], self.plan["register"]["closed"]
        yield Step(self.world.moment(notice["decided"], "15:00"), self._prepare)
        yield Step(self.world.moment(notice["posted"], "10:00"), self._convene)
        yield Step(self.world.moment(notice["posted"] + ONE, "06:10"), self._told)
        yield Step(self.world.moment(closed + ONE, "00:05"), self._draw)
        if self.plan.get("claims"):
            yield from claims(self.world, self.plan, closed, self.register)
        else:
            yield Step(self.world.moment(closed + 5 * ONE, "00:05"), self._make_final)

    def _prepare(self, at: datetime.datetime) -> None:
        by = self.world.people[SECRETARY]
        self.meeting = meetings.prepare(
            body=self.world.bodies["GA"],
            kind=self.plan["kind"],
            title=self.plan["title"],
            place=self.plan["place"],
            sittings=[
                Planned(self.hour(number), self._for_whom(part)) for number, part in enumerate(self.parts, 1)
            ],
            by=by,
            at=at,
        )
        for line in self.plan["items"]:
            if "amendment" in line:
                continue  # it comes onto the agenda under its text when the first sitting opens
            motion = self.world.proposals.get(line.get("motion") or line.get("proposal", ""))
            kind = Kind.PROPOSAL if motion else Kind.SIGNERS if line["item"] == 1 else Kind.REPORT
            meetings.add_item(
                meeting=self.meeting,
                kind=kind,
                title="" if motion else line["title"],
                proposal=motion,
                planned_minutes=line.get("minutes", 15),
                openness=AgendaItem.Openness.CLOSED if line.get("closed") else AgendaItem.Openness.MEMBERS,
                by=by,
                at=at,
            )

    def _for_whom(self, part: Mapping[str, Any]) -> str:
        return ", ".join(crew.replace("_", " ") for crew in part["for_crews"])

    def hour(self, number: int) -> datetime.datetime:
        return self.world.moment(self.plan["date"], self.parts[number - 1]["time"])

    def _convene(self, at: datetime.datetime) -> None:
        by = self.world.people[SECRETARY]
        self.meeting = meetings.convene(meeting=self.meeting, by=by, at=at)
        self._notice(Channel.BOARD, None, "The three gate boards", at, at)
        self._notice(Channel.AUTHORITY, None, "Office of co-operatives, Altamarca", at, at)

    def _told(self, at: datetime.datetime) -> None:
        """Read aloud at every change of shift of the day it was posted."""
        posted = self.plan["notice"]["posted"]
        for code, hour in (("A", "14:00"), ("B", "22:00"), ("C", "22:10")):
            said = self.world.moment(posted, hour)
            self._notice(Channel.READ_ALOUD, code, "Changing room", said, at)

    def _notice(
        self, channel: str, crew: str | None, where: str, given_at: datetime.datetime, at: datetime.datetime
    ) -> None:
        by = self.world.people[SECRETARY]
        meetings.enter_notice(
            meeting=self.meeting,
            channel=channel,
            crew=self.world.crews[crew] if crew else None,
            where=where,
            given_at=given_at,
            given_by=by,
            by=by,
            at=at,
        )

    def register(self) -> Register:
        assert self.meeting.register is not None  # drawn before anybody claims
        return self.meeting.register

    def _draw(self, at: datetime.datetime) -> None:
        self.meeting = meetings.draw_register(meeting=self.meeting, at=at)

    def _make_final(self, at: datetime.datetime) -> None:
        ballots.make_final(register=self.register(), at=at)
