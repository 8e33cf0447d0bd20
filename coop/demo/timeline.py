"""The world of one loading, and the steps that are played into it in the order of their moments."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coop.charter.models import Cooperative
from coop.members.models import Body, Crew, Department, Member, Rota, Shift
from coop.proposals.models import Proposal

from .files import Files


@dataclass(frozen=True)
class Step:
    """Something that happened at a moment. `says` is a line of progress, told before it happens."""

    at: datetime.datetime
    act: Callable[[datetime.datetime], object]
    says: str = ""


@dataclass
class World:
    """What exists so far. Whoever draws lots takes a seeded source of their own from `lots`."""

    files: Files
    now: datetime.datetime
    cooperative: Cooperative
    people: dict[str, Member]  # by M310, H05
    bodies: dict[str, Body]  # by code, and so the next two
    departments: dict[str, Department]
    crews: dict[str, Crew]
    seed: int
    proposals: dict[str, Proposal] = field(default_factory=dict)  # by P-07

    @cached_property
    def rota(self) -> tuple[Rota, list[Shift]]:
        """Which crew works which shift: `rota.shift_of(crew, day, shifts)`. It stays as it was founded."""
        rota = Rota.objects.get(cooperative=self.cooperative)
        return rota, list(Shift.objects.filter(cooperative=self.cooperative))

    def moment(self, day: datetime.date, time: str = "00:00") -> datetime.datetime:
        """A moment where the plant stands."""
        return datetime.datetime.combine(day, datetime.time.fromisoformat(time), self.cooperative.zone)

    def days_before(self, days: int, time: str) -> datetime.datetime:
        """A moment counted back from the day of loading."""
        return self.moment(self.files.today - datetime.timedelta(days=days), time)

    def lots(self, name: str) -> random.Random:
        """The same draws at every loading, whatever else is drawn elsewhere."""
        return random.Random(f"{self.seed} {name}")  # noqa: S311 - a demonstration that repeats, no secret

    def spread(
        self, lots: random.Random, many: int, since: datetime.datetime, until: datetime.datetime
    ) -> list[datetime.datetime]:
        """So many moments between two others, in order, to the second."""
        seconds = int((until - since).total_seconds())
        return [since + datetime.timedelta(seconds=at) for at in sorted(lots.sample(range(1, seconds), many))]


def play(steps: list[Step], *, until: datetime.datetime, say: Callable[[str], Any]) -> None:
    """In the order of their moments; of equal ones, as they were listed. Nothing is played from the future."""
    for step in sorted(steps, key=lambda step: step.at):
        if step.at > until:
            raise ValueError(f"a step of the demo lies in the future: {step.at}")
        if step.says:
            say(step.says)
        step.act(step.at)
