"""A vote on paper: boxes with their record, signatures and papers counted by two and confirmed by a third.

The files tell figures; who came is drawn by lot among those on the roll. Nothing here is written past the acts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, TellerSheet, Urn
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.boxes import NewBox
from coop.ballots.rules.tellers import Place
from coop.elections import actions as elections

from .timeline import World

LED_BY, OPENED_BY = "M284", "M045"  # of the electoral commission: whoever draws a vote up does not open it
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class BoxPlan:
    """One box. `figures`: of each question, as tellers write them down, with whoever's papers are mixed into it."""

    name: str
    opened: datetime.datetime
    closed: datetime.datetime
    officers: tuple[str, str]
    signatures: int
    figures: Callable[[Ballot], Figures] | None  # None: mixed into another before it is counted
    witnesses: str = ""
    crew: str = ""  # code; whose people sign at it first, where that is told
    mobile: bool = False
    into: str = ""
    remark: str = ""


class PaperVote:
    """Led through by the commission: `begin`, `shut` when boxes close, `count`."""

    def __init__(
        self, world: World, name: str, ballot: Callable[[], Ballot], boxes: Sequence[BoxPlan]
    ) -> None:
        self.world, self.name, self.ballot, self.plans = world, name, ballot, boxes
        self.urns: dict[str, Urn] = {}

    def begin(self, at: datetime.datetime) -> None:
        """The boxes are made, shown empty and sealed; the vote opens; those who will count are named."""
        ballot, led_by = self.ballot(), self.world.people[LED_BY]
        made = ballots.make_boxes(
            ballot=ballot,
            boxes=[NewBox(plan.name, crew=plan.crew, mobile=plan.mobile) for plan in self.plans],
            by=led_by,
            at=at,
        )
        self.urns = {urn.name: urn for urn in made}
        for plan in self.plans:
            self._record(plan, "sealed", at, at)
        ballot = elections.start(ballot=ballot, by=self.world.people[OPENED_BY], at=at)
        tellers = sorted({officer for plan in self.plans for officer in plan.officers})
        members = [self.world.people[teller] for teller in tellers]
        ballots.name_tellers(ballot=ballot, members=members, by=led_by, at=at)

    def shut(self, at: datetime.datetime, *names: str) -> None:
        """Of these boxes (all, where none is named): opened, closed; the signatures of the printed list are read."""
        for plan in self.plans:
            if plan.name in names or not names:
                self._record(plan, "opened", plan.opened, at)
                self._record(plan, "closed", plan.closed, at)
                if plan.remark:
                    self._record(plan, "remark", plan.closed, at, words=plan.remark)
                signed = {"numbers": self._signed(plan)}
                self._agree(plan, signed, at, subject=TellerSheet.Subject.SIGNATURES)

    def count(self, at: datetime.datetime) -> None:
        """The clock has closed the vote. Small boxes are mixed into others before any is unsealed."""
        ballot = ballots.end(ballot=self.ballot(), by=self.world.people[OPENED_BY], at=at)
        for plan in self.plans:
            if plan.into:
                self._record(plan, "mixed", at, at, into=self.urns[plan.into])
        counted = [plan for plan in self.plans if plan.figures]
        for plan in counted:
            self._record(plan, "unsealed", at, at)
        for plan in counted:
            assert plan.figures is not None
            self._agree(plan, plan.figures(ballot), at, remark=plan.remark)
        elections.count_up(ballot=ballot, by=self.world.people[LED_BY], at=at)

    def _record(
        self,
        plan: BoxPlan,
        kind: str,
        happened_at: datetime.datetime,
        at: datetime.datetime,
        *,
        words: str = "",
        into: Urn | None = None,
    ) -> None:
        witnessed = kind in ("sealed", "mixed", "unsealed")
        number = f"{self.urns[plan.name].number:02}{'' if kind == 'sealed' else '-bis'}"
        ballots.record_box(
            urn=self.urns[plan.name],
            kind=kind,
            seals=f"{number}/1, {number}/2" if kind in ("sealed", "closed") else "",
            words=words or (plan.witnesses if witnessed else ""),
            happened_at=happened_at,
            into=into,
            by=self.world.people[LED_BY],
            at=at,
        )

    def _signed(self, plan: BoxPlan) -> list[int]:
        """Who signed at this box: drawn among those who have not voted yet, its own crew before the others."""
        ballot = self.ballot()
        waiting = ballot.roll.filter(channel=None).order_by("member__number")
        numbers = list(waiting.values_list("member__number", flat=True))
        crew = set(ballot.register.lines().filter(crew=plan.crew).values_list("number", flat=True))
        lots = self.world.lots(f"{self.name} {plan.name}")
        lots.shuffle(numbers)
        numbers.sort(key=lambda number: number not in crew)
        return sorted(numbers[: plan.signatures])

    def _agree(
        self,
        plan: BoxPlan,
        figures: Figures,
        at: datetime.datetime,
        *,
        subject: str = TellerSheet.Subject.VOTES,
        remark: str = "",
    ) -> None:
        """The two officers of the box find the same, and a third of the commission confirms it."""
        ballot, place = self.ballot(), Place(Channel.PAPER, self.urns[plan.name])
        for officer in plan.officers:
            ballots.enter_sheet(
                ballot=ballot,
                place=place,
                subject=subject,
                attempt=1,
                figures=figures,
                remark=remark,
                by=self.world.people[officer],
                at=at,
            )
        third = LED_BY if LED_BY not in plan.officers else OPENED_BY
        ballots.confirm_sheets(
            ballot=ballot,
            place=place,
            subject=subject,
            attempt=1,
            remark=remark,
            by=self.world.people[third],
            at=at,
        )


def figures_of(world: World, papers: int, spoiled: int, votes: Mapping[str, int]) -> dict[str, Any]:
    """One question as a sheet has it. `votes`: by person, with blank; a person alone is voted for, or not."""
    codes = {code_of(world, person): number for person, number in votes.items()}
    return {"papers": papers, "spoiled": spoiled, "votes": codes}


def code_of(world: World, person: str) -> str:
    return f"m{world.people[person].number}" if person in world.people else person
