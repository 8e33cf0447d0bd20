"""A fund of this year's budget: members put projects forward, a commission checks, all choose by equal shares."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Register
from coop.budget import actions
from coop.budget.models import Fund, Line, Project, Year
from coop.budget.rules.projects import Written
from coop.decisions import actions as decisions

from .motions import signatories
from .timeline import Step, World

DAY = datetime.timedelta(days=1)
ASSEMBLY = "GA"
MARKS = (1, 2, 2, 3)  # how many projects a paper marks


class Choosing:
    def __init__(self, world: World) -> None:
        self.world, self.told = world, world.files.read("funds")
        self.people = world.lots("projects of the fund").sample(
            signatories(world, self._when(self.told["fund"]["set_up"]).date()), len(self.told["projects"])
        )
        self.fund: Fund
        self.register: Register
        self.ballot: Ballot

    def steps(self) -> Iterator[Step]:
        fund, vote = self.told["fund"], self.told["vote"]
        begun = self._when(fund["set_up"])
        yield Step(begun, self._set_up, says="Projects for the community fund, and a vote on them")
        for place, one in enumerate(self.told["projects"]):
            yield Step(begun + (2 + place) * DAY, partial(self._project, place, one))
            yield Step(
                self._when(self.told["checked"]) + datetime.timedelta(minutes=place),
                partial(self._check, place, one),
            )
        yield Step(self._when(fund["closed"]), self._close)
        yield Step(self.world.days_before(vote["register"]["days_before"], "00:10"), self._draw)
        yield Step(self._when(vote["drawn_up"]), self._draw_up)
        opened = self._when(vote["opened"])
        yield Step(opened, self._open)
        lots = self.world.lots("votes on the projects")
        listed = self.world.days_before(vote["register"]["days_before"], "00:10").date()
        voters = lots.sample(signatories(self.world, listed), vote["cast"])
        moments = self.world.spread(lots, len(voters), opened, opened + vote["open_for_days"] * DAY)
        for voter, at in zip(voters, moments, strict=True):
            yield Step(at, partial(self._cast, voter, self._marked(lots)))
        yield Step(self._when(vote["counted"]), self._count)
        for one in self.told["paid"]:
            yield Step(self._when(one), partial(self._pay, one))

    def _when(self, moment: Mapping[str, Any]) -> datetime.datetime:
        return self.world.days_before(moment["days_before"], moment["time"])

    def _set_up(self, at: datetime.datetime) -> None:
        told = self.told["fund"]
        year = Year.objects.filter(cooperative=self.world.cooperative, state__in=Year.LOCKED).latest("year")
        self.fund = actions.set_up_fund(
            line=Line.objects.select_related("year__cooperative").get(year=year, code=told["line"]),
            title=told["title"],
            words=told["words"],
            amount=Decimal(told["amount"]),
            method=told["method"],
            checked_by=self.world.bodies[told["checked_by"]],
            projects_until=at.date() + told["projects_for_days"] * DAY,
            by=self.world.people[told["set_up"]["by"]],
            at=at,
        )

    def _project(self, place: int, one: Mapping[str, Any], at: datetime.datetime) -> None:
        by = self.world.people[self.people[place]]
        words = {name: one[name] for name in ("title", "words", "place", "proof")}
        written = Written(**words, cost=Decimal(one["cost"]), answers=by)
        actions.put_forward(fund=self.fund, written=written, by=by, at=at)

    def _check(self, place: int, one: Mapping[str, Any], at: datetime.datetime) -> None:
        told = self.told["checked"]
        project = self._of(one["title"])
        actions.check_project(
            project=project,
            revision=project.revision,
            feasible="not_feasible" not in one,
            because=one.get("not_feasible", told["because"]),
            by=self.world.people[told["by"]],
            at=at,
        )

    def _of(self, title: str) -> Project:
        return Project.objects.get(fund=self.fund, title=title)

    def _close(self, at: datetime.datetime) -> None:
        keeper = self.world.people[self.told["fund"]["set_up"]["by"]]
        self.fund = actions.close_list(fund=self.fund, by=keeper, at=at)

    def _draw(self, at: datetime.datetime) -> None:
        vote = self.told["vote"]
        self.register = ballots.draw_register(
            body=self.world.bodies[ASSEMBLY],
            closes_on=at.date(),
            needed_at=self._when(vote["opened"]),
            by=self.world.people[vote["drawn_up"]["by"]].actor,
            at=at,
        )

    def _draw_up(self, at: datetime.datetime) -> None:
        vote = self.told["vote"]
        self.ballot = decisions.draw_up_choice(
            fund=self.fund,
            register=self.register,
            secrecy=Ballot.Secrecy.OPEN,
            channels=["phone"],
            closes_at=self._when(vote["opened"]) + vote["open_for_days"] * DAY,
            by=self.world.people[vote["drawn_up"]["by"]],
            at=at,
        )

    def _open(self, at: datetime.datetime) -> None:
        by = self.world.people[self.told["vote"]["opened"]["by"]]
        self.ballot = ballots.start(ballot=self.ballot, by=by, at=at)

    def _marked(self, lots: Any) -> str:
        """A paper: who is liked more often in the file is marked more often here."""
        there = [one for one in enumerate(self.told["projects"], 1) if "votes" in one[1]]
        liked = sorted(there, key=lambda one: -lots.random() * one[1]["votes"])
        marks = sorted(f"p{number}" for number, _one in liked[: lots.choice(MARKS)])
        return "=".join(marks)

    def _cast(self, voter: str, answer: str, at: datetime.datetime) -> None:
        member = self.world.people[voter]
        ballots.cast(ballot=self.ballot, answers={1: answer}, form=f"{member.pk:032x}", by=member, at=at)

    def _count(self, at: datetime.datetime) -> None:
        by = self.world.people[self.told["vote"]["counted"]["by"]]
        ballots.end(ballot=self.ballot, by=by, at=at)
        decisions.count_up(ballot=self.ballot, by=by, at=at)

    def _pay(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        project = self._of(one["title"])
        if project.state != Project.State.CHOSEN:
            return
        actions.pay_project(
            project=project,
            amount=Decimal(one["amount"]),
            paid_on=at.date(),
            proof=one["proof"],
            by=self.world.people[self.told["fund"]["set_up"]["by"]],
            at=at,
        )


def choosing(world: World) -> Iterator[Step]:
    yield from Choosing(world).steps()
