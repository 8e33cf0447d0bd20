"""What every election has: the call, who comes forward with how many signatures, the list, the papers, the end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Question, Register
from coop.elections import actions
from coop.elections.constituencies import assembly_of
from coop.elections.models import Contest, Election
from coop.elections.timetable import timetable
from coop.members.models import Seat

from .act import CREWS
from .files import Files
from .personas import PINS
from .timeline import Step, World
from .urns import LED_BY, BoxPlan

ONE = datetime.timedelta(days=1)
NIGHT = "06:30"  # when the boxes of the night are closed, the morning after


@dataclass(frozen=True)
class Standing:
    """Somebody who stands, with so many signatures; None: as many as are needed."""

    person: str
    signatures: int | None = None
    statement: str = ""


@dataclass(frozen=True)
class ContestPlan:
    body: str
    office: str
    stand: Sequence[Standing]


class Run:
    """What every election has: the call, who comes forward, the list, the papers; and the proclamation."""

    def __init__(self, world: World, plan: Mapping[str, Any]) -> None:
        self.world, self.plan = world, plan
        self.by = world.people[LED_BY]
        self.vote_on: datetime.date = plan["vote"] if "vote" in plan else plan["timetable"]["vote"]
        self.called_on: datetime.date = plan["called"] if "called" in plan else plan["timetable"]["called"]
        self.ends_on: datetime.date | None = None
        self.contests: list[ContestPlan] = []
        self.election: Election
        self.register: Register

    def until_the_papers(self, *, drawn_up_by: str = LED_BY, says: str = "") -> Iterator[Step]:
        """Days as the timetable has them: half of the time for candidates, then the list, objections, the papers."""
        moment, closed = self.world.moment, self.plan["register"]["closed"]
        yield Step(moment(self.called_on, "10:00"), self._call, says)
        for place, contest in enumerate(self.contests):
            for number, one in enumerate(contest.stand):
                day = self.called_on + (1 + (place + number) % 9) * ONE
                yield Step(moment(day, f"{12 + number % 8}:{place + 10}"), partial(self._forward, place, one))
        posted, final = self._days()
        yield Step(moment(posted, "09:00"), self._post)
        yield Step(moment(closed + ONE, "00:10"), self._draw)
        yield Step(moment(max(final, closed + ONE), "11:00"), partial(self._final, drawn_up_by))

    def _days(self) -> tuple[datetime.date, datetime.date]:
        """When the list is posted, and the first day after the objections: as the call computes them."""
        days = timetable(self.called_on, self.vote_on, challenge_days=3)
        return days.published, days.objections_until + ONE

    def _call(self, at: datetime.datetime) -> None:
        seats = Seat.objects.select_related("office__body__department", "crew", "department")
        self.election = actions.call_election(
            title=self.plan["title"],
            contests=[
                (
                    list(
                        seats.filter(office__body__code=one.body, office__title=one.office, **self._full(one))
                    ),
                    Question.Method.PLURALITY,
                )
                for one in self.contests
            ],
            vote_on=self.vote_on,
            begins_on=self.plan["begins"],
            ends_on=self.ends_on,
            by=self.by,
            at=at,
        )

    @staticmethod
    def _full(one: ContestPlan) -> dict[str, bool]:
        """The seats of alternates are filled with whoever comes next, where enough stand for that."""
        return {} if len(one.stand) > 2 else {"alternate": False}

    def _contest(self, place: int) -> Contest:
        return self.election.contests.select_related("election", "office__body").get(number=place + 1)

    def _forward(self, place: int, one: Standing, at: datetime.datetime) -> None:
        """Comes forward with the sheet of signatures in hand, and is admitted."""
        contest, member = self._contest(place), self.world.people[one.person]
        stood = actions.nominate(contest=contest, member=member, statement=one.statement, by=member, at=at)
        needed = contest.signatures if one.signatures is None else one.signatures
        signers = self._signers(contest, one.person, needed - stood.signatures.count())
        if signers:
            numbers = [self.world.files.number(signer) for signer in signers]
            actions.enter_signatures(candidature=stood, numbers=numbers, by=self.by, at=at)
        actions.admit_candidature(candidature=stood, by=self.by, at=at)

    def _signers(self, contest: Contest, person: str, many: int) -> list[str]:
        lots = self.world.lots(f"{self.plan['id']} {person}")
        stand = {one.person for plan in self.contests for one in plan.stand}
        crew, department = contest.crew, contest.department
        found = [
            one
            for one in settled(self.world.files)
            if one["id"] not in stand
            and crew in ("", CREWS[one["shift"]])
            and department in ("", one["dept"])
        ]
        return [one["id"] for one in lots.sample(found, many)]

    def _post(self, at: datetime.datetime) -> None:
        self.election = actions.post_candidates(election=self.election, by=self.by, at=at)

    def _draw(self, at: datetime.datetime) -> None:
        self.register = ballots.draw_register(
            body=assembly_of(self.world.cooperative),
            closes_on=self.plan["register"]["closed"],
            needed_at=self.world.moment(self.vote_on, "04:30"),
            by=self.by.actor,
            at=at,
        )

    def _final(self, drawn_up_by: str, at: datetime.datetime) -> None:
        actions.make_final(
            election=self.election,
            register=self.register,
            channels=["paper"],
            closes_at=self.closes_at,
            by=self.world.people[drawn_up_by],
            at=at,
        )
        self.election.refresh_from_db()

    @property
    def closes_at(self) -> datetime.datetime:
        return self.world.moment(self.vote_on + ONE, NIGHT)

    def _papers(self) -> list[Ballot]:
        found = Ballot.objects.filter(pk__in=self.election.votes.values("ballot"), parent=None)
        return list(found.order_by("pk"))

    def _proclaim(self, at: datetime.datetime) -> None:
        actions.proclaim(election=self.election, by=self.by, at=at)

    def box(self, box: Mapping[str, Any], day: datetime.date, **more: Any) -> BoxPlan:
        """As the file has it; a box of the night is closed on the morning after."""
        closed = day + ONE if box.get("closes_next_day") else day
        return BoxPlan(
            name=box["name"],
            opened=self.world.moment(day, box["open"]),
            closed=self.world.moment(closed, box.get("sealed_at", box["close"])),
            officers=tuple(box["officers"]),
            witnesses=self._witnesses(box),
            **more,
        )

    def _witnesses(self, box: Mapping[str, Any]) -> str:
        names = [self.world.people[one].name for one in box.get("witnesses", box["officers"])]
        return f"Before {' and '.join(names)}."


@lru_cache(maxsize=2)
def settled(files: Files) -> list[Mapping[str, Any]]:
    """Whoever was a member before the books went over and never changed standing; no persona, and nobody of the
    commission."""
    commission = {
        row["person"]
        for body in files.read("bodies")["bodies"]
        if body["id"] == "B-ELC"
        for row in body["seats"]
    }
    start = files.read("coop")["coop"]["start"]["day"]
    return [
        one
        for one in files.read("members")["members"]
        if one["status"] == "active"
        and "was" not in one
        and one["joined"] < start
        and one["id"] not in commission
        and files.number(one["id"]) not in PINS
    ]
