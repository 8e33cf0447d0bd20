"""What follows an assembly: its minutes from the secretary's notes to the seal, and what was promised."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from coop.meetings import actions as meetings
from coop.meetings.models import Action, Meeting, Minutes, MinutesEntry

from .called import places
from .timeline import Step, World

CIRCULATED, SIGNED, SEALED = "18:00", "10:00", "18:30"
Kind = MinutesEntry.Kind


class Paperwork:
    """`meeting`: the assembly, asked for when its day has come."""

    def __init__(self, world: World, plan: Mapping[str, Any], meeting: Callable[[], Meeting]) -> None:
        self.world, self.plan, self.meeting = world, plan, meeting
        self.secretary = world.people[plan["secretary"]]
        self.minutes: Minutes
        self.objection: MinutesEntry

    def steps(self) -> Iterator[Step]:
        told = self.plan["minutes"]
        moment = self.world.moment
        yield Step(moment(told["drafted"], "16:30"), self._write)
        yield Step(moment(told["drafted"], CIRCULATED), self._circulate)
        if "dissent" in told:
            yield Step(moment(told["dissent"]["date"], "12:10"), self._dissent)
        for one in told["objections"]:
            yield Step(moment(one["date"], "21:15"), partial(self._object, one))
            yield Step(moment(one["answered"]["date"], "15:00"), partial(self._answer, one))
        yield Step(moment(told["signed"], SIGNED), self._sign)
        says = f"{self.plan['id']}: the minutes are sealed"
        yield Step(moment(told["signed"], SEALED), self._seal, says=says)
        if "sent_to_authority" in told:
            yield Step(moment(told["sent_to_authority"], "11:00"), self._send)
        for one in self._promised():
            if one["status"] == "done":
                yield Step(moment(one["due"], "11:30"), partial(self._finish, one))

    def _write(self, at: datetime.datetime) -> None:
        """The secretary's own words, where the files have a note on an item."""
        for line in self.plan["items"]:
            if "note" in line:
                number, part = places(self.plan)[line["item"]]
                item = self.meeting().items.get(number=number, part=part)
                meetings.write_note(
                    item=item, text=_sentence(line["note"]), revision=0, by=self.secretary, at=at
                )

    def _circulate(self, at: datetime.datetime) -> None:
        self.minutes = meetings.close_minutes(meeting=self.meeting(), by=self.secretary, at=at)

    def _dissent(self, at: datetime.datetime) -> None:
        told = self.plan["minutes"]["dissent"]
        self._speak(Kind.DISSENT, told["item"], told["text"], told["by"], at)

    def _object(self, told: Mapping[str, Any], at: datetime.datetime) -> None:
        text = _sentence(told["about"])
        self.objection = self._speak(Kind.OBJECTION, told["item"], text, told["by"], at)

    def _speak(self, kind: str, item: int, text: str, by: str, at: datetime.datetime) -> MinutesEntry:
        return meetings.speak_up(
            minutes=self.minutes,
            kind=kind,
            item_number=places(self.plan)[item][0],
            text=text,
            by=self.world.people[by],
            at=at,
        )

    def _answer(self, told: Mapping[str, Any], at: datetime.datetime) -> None:
        meetings.find(
            entry=self.objection,
            upheld=told["result"] != "rejected",
            text=_sentence(told["found"]),
            by=self.world.people[told["answered"]["by"]],
            at=at,
        )

    def _sign(self, at: datetime.datetime) -> None:
        for person in self.plan["minutes"]["signers"]:
            by = self.world.people[person]
            meetings.sign_minutes(minutes=self.minutes, text_hash=self.minutes.hash, by=by, at=at)

    def _seal(self, at: datetime.datetime) -> None:
        number = self.plan["minutes"]["number"]
        meetings.seal(minutes=self.minutes, first=number, by=self.secretary, at=at)

    def _send(self, at: datetime.datetime) -> None:
        meetings.enter_afterwards(
            minutes=self.minutes,
            kind=Kind.SENT,
            happened_on=self.plan["minutes"]["sent_to_authority"],
            document=f"Receipt of the office of co-operatives, minutes {self.plan['minutes']['number']}",
            by=self.secretary,
            at=at,
        )

    def _promised(self) -> list[Mapping[str, Any]]:
        proposals = {one["id"]: one for one in self.world.files.read("proposals")["proposals"]}
        return [
            follow
            for line in self.plan["items"]
            for follow in proposals.get(line.get("proposal", ""), {}).get("follow_up", [])
        ]

    def _finish(self, told: Mapping[str, Any], at: datetime.datetime) -> None:
        action = Action.objects.get(item__meeting=self.meeting(), text=told["what"])
        owner = self.world.people[told["who"]]
        meetings.finish_action(action=action, note="Done on the day it was promised for.", by=owner, at=at)


def _sentence(words: str) -> str:
    """The files note in half sentences."""
    return f"{words[0].upper()}{words[1:].rstrip('.')}."
