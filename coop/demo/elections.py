"""The elections of the year, run by the electoral commission: the council and the síndico, coordinators, a by-election.

Where the file and the rules of the house differ, the rules win; the head of elections.yaml says where.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Question
from coop.ballots.rules.boxes import NewBox
from coop.elections import actions

from .commission import NIGHT, ONE, ContestPlan, Run, Standing
from .files import moved
from .timeline import Step, World
from .urns import OPENED_BY, BoxPlan, Figures, PaperVote, figures_of


def elections(world: World) -> Iterator[Step]:
    plans = {one["id"]: one for one in world.files.read("elections")["elections"]}
    yield from Council(world, plans["EL-1"], plans["EL-1b"]).steps()
    yield from Coordinators(world, plans["EL-2"]).steps()
    yield from ByElection(world, moved(plans["EL-5"], world.files.ahead)).steps()


# --- EL-1 -------------------------------------------------------------------------------------------------------------


class Council(Run):
    """Seven seats and the síndico on one paper, four boxes, and a run-off for the seventh seat."""

    def __init__(self, world: World, plan: Mapping[str, Any], again: Mapping[str, Any]) -> None:
        super().__init__(world, plan)
        self.again = again
        for office in plan["offices"]:
            stand = [
                Standing(one["person"], one["nominated_by"])
                for one in plan["candidates"]
                if one.get("for_post", "member") == office["office"]
            ]
            self.contests.append(ContestPlan(office["body"], office["office"], stand))

    def steps(self) -> Iterator[Step]:
        yield from self.until_the_papers(
            says="The electoral commission runs the elections: boxes, a tie, a run-off, two rounds"
        )
        moment, day = self.world.moment, self.vote_on
        vote = PaperVote(self.world, "EL-1", lambda: self._papers()[0], self._boxes())
        day_boxes = [one["name"] for one in self.plan["urns"] if not one.get("closes_next_day")]
        night = [one["name"] for one in self.plan["urns"] if one.get("closes_next_day")]
        yield Step(moment(day, "04:40"), vote.begin)
        yield Step(moment(day, "22:50"), lambda at: vote.shut(at, *day_boxes))
        yield Step(moment(day + ONE, "06:50"), lambda at: vote.shut(at, *night))
        yield Step(moment(day + ONE, "08:20"), vote.count)
        yield Step(moment(day + ONE, "08:40"), self._run_off)
        box = self.box(
            self.again["box"], day + ONE, signatures=self.again["totals"]["signatures"], figures=self._last
        )
        second = PaperVote(self.world, "EL-1b", self._second, [box])
        yield Step(moment(day + ONE, "08:50"), second.begin)
        yield Step(moment(day + ONE, "22:50"), second.shut)
        yield Step(moment(day + ONE, "23:20"), second.count)
        yield Step(moment(day + ONE, "23:45"), self._proclaim)

    def _boxes(self) -> list[BoxPlan]:
        rota, shifts = self.world.rota
        works = {
            rota.shift_of(crew, self.vote_on, shifts).code: crew.code for crew in self.world.crews.values()
        }
        shift = {"U-M": "morning", "U-A": "afternoon", "U-N": "night"}
        mixed = {"U-M": ["U-M", "U-H"], "U-A": ["U-A"], "U-N": ["U-N"], "U-H": []}
        into = {"U-H": next(one["name"] for one in self.plan["urns"] if one["id"] == "U-M")}
        return [
            self.box(
                one,
                self.vote_on,
                signatures=one["signatures"],
                figures=partial(self._figures, mixed[one["id"]]) if mixed[one["id"]] else None,
                crew=works[shift[one["id"]]] if one["id"] in shift else "",
                mobile=one["id"] == "U-H",
                into=into.get(one["id"], ""),
                remark=one.get("remark", ""),
            )
            for one in self.plan["urns"]
        ]

    def _figures(self, boxes: Sequence[str], _ballot: Ballot) -> Figures:
        """Of these boxes together: the council, and the síndico."""
        here = [one for one in self.plan["urns"] if one["id"] in boxes]
        papers = sum(one["ballots"] for one in here)
        council = {
            row["candidate"]: sum(row[box] for box in boxes) for row in self.plan["result"]["council"]
        } | {"blank": sum(one["blank"] for one in here)}
        auditor = {
            key: sum(one["sindico"][key] for one in here) for key in here[0]["sindico"] if key != "spoiled"
        }
        spoiled = sum(one["spoiled"] for one in here), sum(one["sindico"]["spoiled"] for one in here)
        return {
            "1": figures_of(self.world, papers, spoiled[0], council),
            "2": figures_of(self.world, papers, spoiled[1], auditor),
        }

    def _run_off(self, at: datetime.datetime) -> None:
        actions.hold_next_round(
            election=self.election,
            ballot=self._papers()[0],
            title=self.again["title"],
            closes_at=self.world.moment(self.vote_on + ONE, "22:45"),
            by=self.by,
            at=at,
        )

    def _second(self) -> Ballot:
        return Ballot.objects.select_related("register").get(parent=self._papers()[0])

    def _last(self, _ballot: Ballot) -> Figures:
        totals = self.again["totals"]
        votes = {row["candidate"]: row["total"] for row in self.again["result"]} | {"blank": totals["blank"]}
        return {"1": figures_of(self.world, totals["ballots"], totals["spoiled"], votes)}


# --- EL-2 -------------------------------------------------------------------------------------------------------------


class Coordinators(Run):
    """Every coordinator by their own people on one day; whoever has not more than half goes into a second round."""

    def __init__(self, world: World, plan: Mapping[str, Any]) -> None:
        super().__init__(world, plan)
        self.first = [one for one in plan["contests"] if one.get("round", 1) == 1]
        self.later = [one for one in plan["contests"] if one.get("round", 1) == 2]
        for one in self.first:
            self.contests.append(
                ContestPlan("B-MGT", one["post"], [Standing(person) for person in one["votes"]])
            )

    def steps(self) -> Iterator[Step]:
        yield from self.until_the_papers()
        moment, day = self.world.moment, self.vote_on
        for minute, one in enumerate(self.first):
            yield from self._hold(one, partial(self._paper, one["post"]), day, minute)
        for minute, one in enumerate(self.later):
            again = self.plan["second_round"]
            yield Step(moment(day + ONE, "15:00"), partial(self._again, one["post"]))
            yield from self._hold(one, partial(self._second, one["post"]), again, minute)
        yield Step(moment(self.plan["proclaimed"], "10:00"), self._proclaim)

    def _hold(
        self, one: Mapping[str, Any], paper: Callable[[], Ballot], day: datetime.date, minute: int
    ) -> Iterator[Step]:
        box = self.box(self.plan["box"], day, signatures=one["ballots"], figures=partial(self._figures, one))
        vote = PaperVote(self.world, f"EL-2 {one['post']} {one.get('round', 1)}", paper, [box])
        yield Step(self.world.moment(day, f"04:{30 + minute}"), vote.begin)
        yield Step(self.world.moment(day, f"22:{40 + minute}"), vote.shut)
        yield Step(self.world.moment(day + ONE, f"09:{10 + minute}"), vote.count)

    def _paper(self, post: str) -> Ballot:
        contest = self.election.contests.select_related("question__ballot__register").get(office__title=post)
        assert contest.question is not None
        return contest.question.ballot

    def _second(self, post: str) -> Ballot:
        return Ballot.objects.select_related("register").get(parent=self._paper(post))

    def _again(self, post: str, at: datetime.datetime) -> None:
        actions.hold_next_round(
            election=self.election,
            ballot=self._paper(post),
            title=f"{self.plan['title']}: {post}, second round",
            closes_at=self.world.moment(self.plan["second_round"] + ONE, NIGHT),
            by=self.by,
            at=at,
        )

    def _figures(self, one: Mapping[str, Any], ballot: Ballot) -> Figures:
        votes: dict[str, int] = dict(one["votes"]) | {"blank": one["blank"]}
        if (
            ballot.questions.get().method == Question.Method.MOTION
        ):  # whoever stands alone: yes, no, abstention
            votes = {"for": sum(one["votes"].values()), "against": 0, "abstain": one["blank"]}
        return {"1": figures_of(self.world, one["ballots"], one["spoiled"], votes)}


# --- EL-5 -------------------------------------------------------------------------------------------------------------


class ByElection(Run):
    """For the rest of a term that a recall has ended: the list is final, the boxes stand ready, the vote lies ahead."""

    def __init__(self, world: World, plan: Mapping[str, Any]) -> None:
        super().__init__(world, plan)
        stand = [Standing(one["person"], statement=one["statement"]) for one in plan["candidates"]]
        self.contests = [ContestPlan("B-MGT", f"coordinator of {plan['scope']}", stand)]
        recalled = {one["person"] for one in plan["barred"]}
        for body in world.files.read("bodies")["bodies"]:
            for row in body["seats"]:
                if body["id"] == "B-MGT" and row["person"] in recalled:
                    self.ends_on = row["term_until"]

    @property
    def closes_at(self) -> datetime.datetime:
        return self.world.moment(self.vote_on + ONE, self.plan["urns"][-1]["close"])

    def steps(self) -> Iterator[Step]:
        yield from self.until_the_papers(drawn_up_by=OPENED_BY)
        for one in self.plan["barred"]:
            yield Step(self.world.moment(self.called_on + ONE, "18:00"), partial(self._put_forward, one))
            yield Step(self.world.moment(self.called_on + 2 * ONE, "18:00"), partial(self._refuse, one))
        yield Step(self.world.moment(self._days()[1], "16:00"), self._make_boxes)

    def _put_forward(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        (by,) = self._signers(self._contest(0), one["person"], 1)
        actions.nominate(
            contest=self._contest(0),
            member=self.world.people[one["person"]],
            by=self.world.people[by],
            at=at,
        )

    def _refuse(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        stood = self._contest(0).candidatures.get(member=self.world.people[one["person"]])
        because = one["why"][0].upper() + one["why"][1:] + "."
        actions.refuse_candidature(candidature=stood, because=because, by=self.by, at=at)

    def _make_boxes(self, at: datetime.datetime) -> None:
        ballots.make_boxes(
            ballot=self._papers()[0],
            boxes=[NewBox(f"{one['name']}, {one['open']} to {one['close']}") for one in self.plan["urns"]],
            by=self.world.people[OPENED_BY],
            at=at,
        )
