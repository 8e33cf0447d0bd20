"""Two votes that no meeting leads: a consultation that is open, and a secret election that waits for its key."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Register
from coop.charter.models import Bylaws

from .motions import signatories
from .timeline import Step, World

ASSEMBLY = "GA"


class Votes:
    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.files.read("today")["votes"]
        self.register: Register
        self.consultation: Ballot

    def steps(self) -> Iterator[Step]:
        days = self.plan["register"]["days_before"]
        yield Step(self.world.days_before(days - 1, "00:10"), partial(self._draw, days))
        plan = self.plan["consultation"]
        yield Step(self._when(plan["drawn_up"]), self._consult)
        yield Step(self._when(plan["opened"]), self._open)
        lots = self.world.lots("consultation")
        voters = lots.sample(signatories(self.world), plan["cast"])
        answers = [self._ranking(lots.random, plan["choices"]) for _voter in voters]
        hours = self.world.lots(
            "hours of the consultation"
        )  # of their own: they depend on the hour of loading
        moments = self.world.spread(hours, len(voters), self._when(plan["opened"]), self.world.now)
        for voter, answer, at in zip(voters, answers, moments, strict=True):
            yield Step(at, partial(self._cast, voter, answer))
        yield Step(self._when(self.plan["election"]["drawn_up"]), self._elect)

    def _when(self, moment: Mapping[str, Any]) -> datetime.datetime:
        return self.world.days_before(moment["days_before"], moment["time"])

    def _draw(self, days: int, at: datetime.datetime) -> None:
        self.register = ballots.draw_register(
            body=self.world.bodies[ASSEMBLY],
            closes_on=self.world.files.today - datetime.timedelta(days=days),
            needed_at=self._when(self.plan["consultation"]["opened"]),
            by=self.world.people[self.plan["consultation"]["drawn_up"]["by"]].actor,
            at=at,
        )

    def _consult(self, at: datetime.datetime) -> None:
        plan = self.plan["consultation"]
        asked = Asked(
            plan["question"],
            method=plan["method"],
            choices=[Choice(code, label) for code, label in plan["choices"].items()],
        )
        opened = self._when(plan["opened"])
        closes_at = opened + datetime.timedelta(days=plan["open_for_days"])
        self.consultation = self._draw_up(plan, asked, at, closes_at=closes_at)

    def _elect(self, at: datetime.datetime) -> None:
        """Its trustees are named, its boxes made and its key divided by whoever tries the plant out."""
        plan = self.plan["election"]
        people = [self.world.people[person] for person in plan["candidates"]]
        asked = Asked(
            plan["question"],
            method=plan["method"],
            choices=[Choice(f"m{member.number}", member.name, member=member) for member in people],
            seats=plan["seats"],
        )
        self._draw_up(plan, asked, at, secrecy=Ballot.Secrecy.SECRET, channels=plan["channels"])

    def _draw_up(self, plan: Mapping[str, Any], asked: Asked, at: datetime.datetime, **more: Any) -> Ballot:
        by = self.world.people[plan["drawn_up"]["by"]]
        bylaws = Bylaws.in_force(self.world.cooperative, self.world.cooperative.day_of(at))
        return ballots.draw_up(
            register=self.register,
            title=plan["title"],
            text=plan["text"].strip(),
            questions=[asked],
            majority=bylaws.majority_election,
            base=bylaws.base_election,
            tie_rule=bylaws.tie_rule_election,
            bylaws=bylaws,
            needs_presence=False,
            drawn_up_by=by,
            by=by.actor,
            at=at,
            **more,
        )

    def _open(self, at: datetime.datetime) -> None:
        by = self.world.people[self.plan["consultation"]["opened"]["by"]]
        self.consultation = ballots.open_ballot(ballot=self.consultation, present=(), by=by.actor, at=at)

    @staticmethod
    def _ranking(chance: Any, choices: Mapping[str, str]) -> str:
        """Some rank all, some two or three; the first named are liked a little better."""
        liked = sorted(choices, key=lambda code: chance() + 0.12 * list(choices).index(code))
        return ">".join(liked[: 2 + int(chance() * (len(liked) - 1))])

    def _cast(self, voter: str, answer: str, at: datetime.datetime) -> None:
        member = self.world.people[voter]
        ballots.cast(
            ballot=self.consultation, answers={1: answer}, form=f"{member.pk:032x}", by=member, at=at
        )
