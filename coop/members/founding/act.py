"""What a founding act says: the co-operative, its rules, plant and people, its bodies and who holds their offices."""

from __future__ import annotations

import datetime
import itertools
import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..actions.plant import Layout
from ..models import Body, Power

When = datetime.date | datetime.datetime | None  # None: from the founding on, or without an end

# What the three first office-holders must be able to do (ruling 13); convening and the rest over the assembly.
FIRST_THREE: dict[str, tuple[Power, ...]] = {
    "register-keeper": (Power.KEEP_REGISTER,),
    "secretary": (Power.RECORD_MINUTES, Power.CONVENE),
    "chair": (Power.CHAIR,),
}


class FaultyAct(Exception):
    """Everything that is wrong with an act, a line each."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A standing from a day on, after the one somebody was admitted with."""

    since: datetime.date
    kind: str
    status: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Person:
    number: int
    joined: datetime.date
    department: str | None
    crew: str | None
    facts: dict[str, Any]  # handed on to `admit` as they are
    standings: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Holder:
    member: int
    seat: int
    alternate: bool = False
    since: When = None
    until: When = None
    document: str = ""

    def at(self, moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> bool:
        """Whether the seat is held at that moment, founded then."""
        since, until = moment_of(self.since, zone), moment_of(self.until, zone)
        return (since or moment) <= moment and (until is None or moment < until)


@dataclass(frozen=True, kw_only=True)
class OfficePlan:
    title: str
    term_months: int | None
    recallable: bool
    powers: tuple[tuple[str, str | None], ...]  # power, over which body (None: everywhere)
    seats: tuple[tuple[bool, str | None, str | None], ...]  # alternate, crew, department
    holders: tuple[Holder, ...]

    def has(self, powers: Iterable[Power], assembly: str) -> bool:
        return all((power, None) in self.powers or (power, assembly) in self.powers for power in powers)


@dataclass(frozen=True, kw_only=True)
class BodyPlan:
    code: str
    name: str
    kind: str
    composition: str
    department: str | None = None
    crew: str | None = None
    offices: tuple[OfficePlan, ...] = ()


ASSEMBLY = BodyPlan(
    code="GA", name="General assembly", kind=Body.Kind.ASSEMBLY, composition=Body.Composition.ALL_MEMBERS
)


@dataclass(frozen=True, kw_only=True)
class Act:
    document: str
    cooperative: dict[str, Any]
    bylaws: dict[str, Any]
    bylaws_since: datetime.date | None  # None: since the co-operative was founded
    layout: Layout
    people: tuple[Person, ...]
    bodies: tuple[BodyPlan, ...]

    @property
    def assembly(self) -> str:
        return next(body.code for body in self.bodies if body.kind == Body.Kind.ASSEMBLY)

    def first_three(self, at: datetime.datetime) -> dict[str, tuple[OfficePlan, int]]:
        """Who holds the three offices at that moment: three different members. FaultyAct when there are none."""
        zone = zoneinfo.ZoneInfo(self.cooperative["time_zone"])
        found: list[list[tuple[OfficePlan, int]]] = []
        missing = []
        for name, powers in FIRST_THREE.items():
            offices = [o for body in self.bodies for o in body.offices if o.has(powers, self.assembly)]
            holders = [
                (office, holder.member)
                for office in offices
                for holder in office.holders
                if not holder.alternate and holder.at(at, zone)
            ]
            if not holders:
                asked = " and ".join(power.value for power in powers)
                missing.append(f"bodies: nobody is {name}, an office with the power {asked} and a holder now")
            found.append(holders)
        if missing:
            raise FaultyAct(missing)
        for chosen in itertools.product(*found):
            if len({member for _office, member in chosen}) == len(FIRST_THREE):
                return dict(zip(FIRST_THREE, chosen, strict=True))
        raise FaultyAct([f"bodies: {', '.join(FIRST_THREE)} must be three different members"])


def moment_of(when: When, zone: zoneinfo.ZoneInfo) -> datetime.datetime | None:
    """A day is meant from its first moment on where the plant stands; so is a moment without a zone."""
    if when is None:
        return None
    if not isinstance(when, datetime.datetime):
        when = datetime.datetime.combine(when, datetime.time())
    return when if when.tzinfo else when.replace(tzinfo=zone)
