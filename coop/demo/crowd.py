"""Who came to an assembly: those whom the files name, and for the rest the lot, crew by crew."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from coop.ballots.models import Register

from .act import CREWS
from .personas import PINS
from .terms import SECRETARY
from .timeline import World

ON_THE_LINE = ("POT", "CRB", "CST")  # whoever works there cannot leave the furnaces


class Crowd:
    def __init__(self, world: World, plan: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> None:
        self.world, self.plan, self.parts = world, plan, parts
        self._drawn: dict[int, list[str]] = {}
        self._tellers: dict[int, list[str]] = {}

    def of(self, number: int, register: Register) -> list[str]:
        """Who sits in this sitting, in the order in which they came. All are drawn when the first comes."""
        if not self._drawn:
            self._draw(register)
        return self._drawn[number]

    def _draw(self, register: Register) -> None:
        lots = self.world.lots(self.plan["id"])
        entitled = {f"M{number:03}" for number in register.lines().values_list("number", flat=True)}
        people = {one["id"]: one for one in self.world.files.read("members")["members"]}
        taken = set(self.plan.get("not_there", []))
        if self.plan["secretary"] != SECRETARY:
            taken.add(SECRETARY)  # ill; another puts the record together
        fixed = [self._fixed(number) for number in range(1, len(self.parts) + 1)]
        taken |= {person for group in fixed for person in group}
        for number, (part, group) in enumerate(zip(self.parts, fixed, strict=True), 1):
            free = [
                person
                for person in sorted(entitled - taken)
                if people[person]["status"] == "active"
                and self._comes_to(part["for_crews"], people[person])
                and self.world.files.number(person) not in PINS
            ]
            drawn = lots.sample(free, part["present"] - len(group))
            taken |= set(drawn)
            self._tellers[number] = drawn[:2]
            self._drawn[number] = self._in_order(group, drawn, lots)

    @staticmethod
    def _in_order(group: list[str], drawn: list[str], lots: random.Random) -> list[str]:
        rest = drawn[2:]
        lots.shuffle(rest)
        return [*group, *drawn[:2], *rest]

    def _fixed(self, number: int) -> list[str]:
        """Who leads; in the first sitting also who signs; and whoever the minutes name."""
        part = self.parts[number - 1]
        found = [part["chair"], part["secretary"]]
        if number == 1:
            found += self.plan["items"][0]["chosen"]
            found += self.responsible() if "calls" in self.plan else []
            found += [self.plan["chair_for"]["person"]] if "chair_for" in self.plan else []
        if number == len(self.parts):
            found += [one["by"] for one in self.plan["minutes"]["objections"]]
        return list(dict.fromkeys(found))

    def _comes_to(self, for_crews: Sequence[str], person: Mapping[str, Any]) -> bool:
        if not for_crews:
            return True
        rota, shifts = self.world.rota
        crew = self.world.crews[CREWS[person["shift"]]]
        works = rota.shift_of(crew, self.plan["date"], shifts).code
        off_line = f"{works}_off_line" in for_crews and person["dept"] not in ON_THE_LINE
        return works in for_crews or off_line

    def tellers(self, number: int | None = None) -> list[str]:
        """Two of each sitting."""
        if number is not None:
            return self._tellers[number]
        return [person for both in self._tellers.values() for person in both]

    def tired(self, many: int) -> list[str]:
        """So many who go home before the others: nobody with a part in what follows."""
        if many <= 0:
            return []
        going, self._drawn[1] = self._drawn[1][-many:], self._drawn[1][:-many]
        return going

    def responsible(self) -> list[str]:
        """The council, the síndico and the coordinators of the year that is accounted for, as far as they came."""
        found = []
        for body in self.world.files.read("bodies")["bodies"]:
            if body["id"] in ("B-ADM", "B-SIN", "B-MGT"):
                instead = body["before"].get("instead", {})
                found += [
                    instead.get(row["person"], row["person"])
                    for row in body["seats"]
                    if "alternate" not in row["post"].split() and "seat_of" not in row
                ]
        return [person for person in dict.fromkeys(found) if person not in self.plan["not_there"]]

    def follow_up(self, proposal: str | None) -> list[Mapping[str, Any]]:
        for one in self.world.files.read("proposals")["proposals"]:
            if one["id"] == proposal:
                return list(one.get("follow_up", []))
        return []
