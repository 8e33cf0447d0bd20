"""Petitions to recall somebody: one ended a mandate, one had too few signatures, one is to be voted, one was joined to
it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Register
from coop.elections import actions
from coop.elections.constituencies import assembly_of
from coop.elections.models import Petition
from coop.members.models import Mandate

from .commission import ONE, settled
from .files import moved
from .timeline import Step, World
from .urns import LED_BY, OPENED_BY, BoxPlan, Figures, PaperVote

BODIES = {"delegate of POT": ("C-POT", "delegate")}  # an office that several bodies have
WITHOUT_A_VOTE = ("M148", "H05")  # suspended; hired


def recalls(world: World) -> Iterator[Step]:
    for plan in world.files.read("elections")["recalls"]:
        ahead = plan["result"] == "pending" or plan["result"].startswith("joined")
        yield from Recall(world, moved(plan, world.files.ahead) if ahead else plan).steps()


class Recall:
    def __init__(self, world: World, plan: Mapping[str, Any]) -> None:
        self.world, self.plan = world, plan
        self.by = world.people[LED_BY]
        here = [
            one
            for one in settled(world.files)
            if plan["constituency"] in ("all", one["dept"]) and one["id"] != plan["holder"]
        ]
        lots = world.lots(plan["id"])
        self.signers = [one["id"] for one in lots.sample(here, plan["signatures"].get("valid", 1))]
        self.others = [one["id"] for one in settled(world.files) if one["dept"] != plan["constituency"]]
        self.petition: Petition
        self.register: Register

    def steps(self) -> Iterator[Step]:
        moment, plan = self.world.moment, self.plan
        yield Step(moment(plan["filed"], "08:30"), self._file)
        if "verified" not in plan:
            return
        yield Step(moment(plan["handed_in"], "14:10"), self._hand_in)
        yield Step(moment(plan["verified"], "15:00"), self._verify)
        if "answer_of_holder" in plan:
            yield Step(moment(plan["verified"] + ONE, "13:30"), self._answer)
        if "vote" in plan and plan["vote"].get("planned"):
            yield Step(moment(plan["vote"]["date"] - 15 * ONE, "17:20"), self._call)
        elif "vote" in plan:
            closed = plan["register"]["closed"]
            yield Step(moment(closed + ONE, "00:10"), self._draw)
            yield Step(moment(closed + ONE, "11:00"), self._call)
            yield from self._vote()

    def _office(self) -> Mapping[str, str]:
        if self.plan["office"] in BODIES:
            body, title = BODIES[self.plan["office"]]
            return {"seat__office__body__code": body, "seat__office__title": title}
        return {"seat__office__title": self.plan["office"]}

    def _file(self, at: datetime.datetime) -> None:
        held = Mandate.objects.filter(
            Mandate.in_force(at), member=self.world.people[self.plan["holder"]], **self._office()
        )
        by = self.world.people[self.signers[0]]
        self.petition = actions.file_petition(mandate=held.get(), reasons=self.plan["reason"], by=by, at=at)

    def _hand_in(self, at: datetime.datetime) -> None:
        """The sheets as they were written, with the lines that count for nothing."""
        told, number = self.plan["signatures"], self.world.files.number
        lines = [
            *self.signers[1:],
            *self.others[: told.get("other_department", 0)],
            *WITHOUT_A_VOTE[: told.get("not_entitled", 0)],
            *self.signers[1 : 1 + told.get("twice", 0)],
        ]
        actions.enter_sheet(
            petition=self.petition,
            numbers=[number(one) for one in lines],
            by=self.world.people[OPENED_BY],
            at=at,
        )
        actions.hand_in(petition=self.petition, by=self.world.people[self.signers[0]], at=at)

    def _verify(self, at: datetime.datetime) -> None:
        actions.verify(petition=self.petition, by=self.by, at=at)

    def _answer(self, at: datetime.datetime) -> None:
        holder = self.world.people[self.plan["holder"]]
        actions.answer(petition=self.petition, text=self.plan["answer_of_holder"], by=holder, at=at)

    def _draw(self, at: datetime.datetime) -> None:
        self.register = ballots.draw_register(
            body=assembly_of(self.world.cooperative),
            closes_on=self.plan["register"]["closed"],
            needed_at=self.world.moment(self.plan["vote"]["date"], "05:30"),
            by=self.by.actor,
            at=at,
        )

    def _call(self, at: datetime.datetime) -> None:
        """A vote that is done is drawn up by whoever leads; the next one by another, so that a persona may open it."""
        planned = "planned" in self.plan["vote"]
        closes = "22:30" if planned else self.plan["box"]["close"]
        actions.call_vote(
            petition=self.petition,
            register=None if planned else self.register,
            channels=["paper"],
            closes_at=self.world.moment(self.plan["vote"]["date"], closes),
            by=self.world.people[OPENED_BY if planned else LED_BY],
            at=at,
        )

    def _vote(self) -> Iterator[Step]:
        box, day = self.plan["box"], self.plan["vote"]["date"]
        plan = BoxPlan(
            name=box["name"],
            opened=self.world.moment(day, box["open"]),
            closed=self.world.moment(day, box["close"]),
            officers=tuple(box["officers"]),
            witnesses=f"Before {' and '.join(self.world.people[one].name for one in box['officers'])}.",
            signatures=self.plan["vote"]["present"],
            figures=self._figures,
        )
        vote = PaperVote(self.world, self.plan["id"], self._ballot, [plan])
        yield Step(self.world.moment(day, "05:40"), vote.begin)
        yield Step(self.world.moment(day, "21:33"), vote.shut)
        yield Step(self.world.moment(day, self.plan["vote"]["counted"]), vote.count)

    def _ballot(self) -> Ballot:
        found = Petition.objects.select_related("ballot__register").get(pk=self.petition.pk).ballot
        assert found is not None
        return found

    def _figures(self, _ballot: Ballot) -> Figures:
        told: Mapping[str, Any] = self.plan["vote"]
        votes = {"for": told["for"], "against": told["against"], "abstain": told["blank"]}
        return {"1": {"papers": told["present"], "spoiled": told["spoiled"], "votes": votes}}
