"""The two assemblies: GA-4, still a draft, and the one of today with its open vote."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Register
from coop.charter.models import Bylaws
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.calendar import Planned, register_closing_day
from coop.meetings.models import AgendaItem, Meeting, Request

from .claims import claims
from .motions import signatories
from .timeline import Step, World

MINUTE = datetime.timedelta(minutes=1)
HALF_HOUR, HOUR = 30 * MINUTE, 60 * MINUTE
Kind = AgendaItem.Kind


def draft(world: World) -> Iterator[Step]:
    """GA-4: three sittings, the agenda as it stands with what members asked for, the notice still to be posted."""
    one = next(one for one in world.files.read("assemblies")["assemblies"] if one["id"] == "GA-4")
    asked: list[Request] = []
    yield from _requested(world, one, asked)
    laid_down = world.moment(one["prepared"]["date"], one["prepared"]["time"])
    yield Step(laid_down, partial(_prepare_draft, world, one, asked))


def _requested(world: World, one: Mapping[str, Any], asked: list[Request]) -> Iterator[Step]:
    """Signed by so many; the last of them on the day on which the draft takes it up."""
    plan, line = one["asked"], one["agenda_draft"][-1]
    begun, last = world.moment(plan["date"], "13:50"), world.moment(plan["last"], plan["until"])
    yield Step(begun, partial(_ask, world, plan, line["title"], asked))
    lots = world.lots("asked by members")
    willing = [person for person in signatories(world, plan["date"]) if person != plan["by"]]
    signing = lots.sample(willing, line["asked_by_members"] - 1)
    # enough have signed only after today's meeting was called: its agenda would have to take the item up
    early, late = signing[:25], signing[25:]
    hours = world.spread(lots, len(early), begun, last - 5 * HOUR)
    hours += world.spread(lots, len(late), last - 3 * HOUR, last)
    for person, at in zip([*early, *late], hours, strict=True):
        yield Step(at, partial(_sign_request, world, asked, person))


def _ask(
    world: World, plan: Mapping[str, Any], title: str, asked: list[Request], at: datetime.datetime
) -> None:
    asked.append(
        meetings.ask(
            body=world.bodies["GA"],
            kind=Request.Kind.ITEM,
            title=title,
            text=plan["text"],
            collects_until=plan["last"],
            by=world.people[plan["by"]],
            at=at,
        )
    )


def _sign_request(world: World, asked: list[Request], person: str, at: datetime.datetime) -> None:
    meetings.sign_request(request=asked[0], by=world.people[person], at=at)


def _prepare_draft(world: World, one: Mapping[str, Any], asked: list[Request], at: datetime.datetime) -> None:
    hours = [
        Planned(
            world.moment(one["date"], sitting["time"]),
            ", ".join(crew.replace("_", " ") for crew in sitting["for_crews"]),
        )
        for sitting in one["sittings"]
    ]
    meeting = _prepare(world, one, hours, at)
    for line in one["agenda_draft"]:
        kind = Kind.PROPOSAL if "proposal" in line else Kind.REPORT if line["item"] > 1 else Kind.SIGNERS
        by_members = "asked_by_members" in line
        _add(
            world,
            meeting,
            {"kind": Kind.REQUESTED if by_members else kind, **line},
            one["prepared"]["by"],
            at,
            request=Request.objects.get(pk=asked[0].pk) if by_members else None,
        )


def _prepare(
    world: World,
    one: Mapping[str, Any],
    sittings: Sequence[Planned | datetime.datetime],
    at: datetime.datetime,
) -> Meeting:
    return meetings.prepare(
        body=world.bodies["GA"],
        kind=one["kind"],
        title=one["title"],
        place=one["place"],
        sittings=sittings,
        by=world.people[one["prepared"]["by"]],
        at=at,
    )


def _add(
    world: World,
    meeting: Meeting,
    line: Mapping[str, Any],
    by: str,
    at: datetime.datetime,
    request: Request | None = None,
) -> None:
    proposal = world.proposals.get(line.get("proposal", ""))
    meetings.add_item(
        meeting=meeting,
        kind=line["kind"],
        title="" if proposal else line.get("title", ""),
        proposal=proposal,
        request=request,
        planned_minutes=line["minutes"],
        by=world.people[by],
        at=at,
    )


class Today:
    """The assembly of the day of loading. Its hours are counted back from now; the vote is open until the night."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.files.read("today")["assembly"]
        self.starts = _floor(world.now - 45 * MINUTE)
        self.vote_opens = world.now - 13 * MINUTE
        self.held_on = self.starts.astimezone(world.cooperative.zone).date()
        self.meeting: Meeting
        self.decision: Decision

    def steps(self) -> Iterator[Step]:
        yield Step(self._before("prepared"), self._prepare)
        yield Step(self._before("convened"), self._convene)
        lots = self.world.lots("today")
        there = [person for person in self.plan["there"] if person != self.plan["table"]]
        away = {*self.plan["there"], *self.plan["not_there"]}
        drawn = lots.sample(
            [person for person in signatories(self.world) if person not in away],
            self.plan["came_by_the_hour"] + self.plan["came_late"],
        )
        on_time, late = drawn[: self.plan["came_by_the_hour"]], drawn[self.plan["came_by_the_hour"] :]
        first = [*there, *on_time, *self.plan["with_voice_only"]]
        lots.shuffle(first)
        yield from self._door(first, late)
        opened = self.starts + 12 * MINUTE
        yield Step(opened, self._open, says=f"Today's assembly: {len(first) + len(late) + 1} people come in")
        yield Step(opened + 3 * MINUTE, partial(self._sign, lots.sample(sorted(on_time), 2)))
        yield from self._vote(drawn)

    def _before(self, name: str) -> datetime.datetime:
        day = self.held_on - datetime.timedelta(days=self.plan[name]["days_before"])
        return self.world.moment(day, self.plan[name]["time"])

    def _prepare(self, at: datetime.datetime) -> None:
        self.meeting = _prepare(self.world, self.plan, [self.starts], at)
        for line in self.plan["agenda"]:
            _add(self.world, self.meeting, line, self.plan["prepared"]["by"], at)

    def _convene(self, at: datetime.datetime) -> None:
        by = self.world.people[self.plan["convened"]["by"]]
        self.meeting = meetings.convene(meeting=self.meeting, by=by, at=at)

    def _door(self, first: list[str], late: list[str]) -> Iterator[Step]:
        """Who keeps the table comes first; the register has been drawn the night its closing day ended."""
        lots = self.world.lots("door")  # hours have lots of their own: they depend on the hour of loading
        bylaws = Bylaws.in_force(self.world.cooperative, self.held_on)
        closing = register_closing_day(self.held_on, days_before=bylaws.register_closing_days)
        yield Step(self.world.moment(closing + datetime.timedelta(days=1), "00:05"), self._draw)
        yield from claims(self.world, self.plan, closing, self._register)
        yield Step(self.starts - HALF_HOUR, partial(self._come, self.plan["table"]))
        hall = self.world.spread(lots, len(first), self.starts - HALF_HOUR, self.starts + 11 * MINUTE)
        behind = self.world.spread(lots, len(late), self.starts + 13 * MINUTE, self.vote_opens)
        for person, at in zip([*first, *late], [*hall, *behind], strict=True):
            yield Step(at, partial(self._come, person))

    def _register(self) -> Register:
        assert self.meeting.register is not None  # drawn before anybody claims
        return self.meeting.register

    def _draw(self, at: datetime.datetime) -> None:
        self.meeting = meetings.draw_register(meeting=self.meeting, at=at)

    def _come(self, person: str, at: datetime.datetime) -> None:
        """With an account by their own telephone, the others at the table by their number."""
        member = self.world.people[person]
        by = member if member.account_id else self.world.people[self.plan["table"]]
        meetings.check_in(meeting=self.meeting, member=member, by=by, at=at)

    def _open(self, at: datetime.datetime) -> None:
        chair = self.world.people[self.plan["chair"]]
        meetings.open_sitting(sitting=self.meeting.sittings.get(), by=chair, at=at)

    def _sign(self, people: list[str], at: datetime.datetime) -> None:
        secretary = self.world.people[self.plan["table"]]
        members = [self.world.people[person] for person in people]
        meetings.name_signers(meeting=self.meeting, members=members, by=secretary, at=at)

    # --- The vote -----------------------------------------------------------------------------------------------

    def _vote(self, drawn: list[str]) -> Iterator[Step]:
        lots = self.world.lots("vote")
        yield Step(self.vote_opens, self._open_vote, says="A vote opens, and the first votes are cast")
        choices = [code for code, many in self.plan["votes"].items() for _ in range(many)]
        lots.shuffle(choices)
        voters = lots.sample(sorted(drawn), len(choices))
        forms = [f"{lots.getrandbits(128):032x}" for _ in voters]
        moments = self.world.spread(lots, len(choices), self.vote_opens, self.world.now - MINUTE)
        for person, choice, form, at in zip(voters, choices, forms, moments, strict=True):
            yield Step(at, partial(self._cast, person, choice, form))

    def _open_vote(self, at: datetime.datetime) -> None:
        item = self.meeting.items.get(proposal=self.world.proposals[self.plan["motion"]])
        chair = self.world.people[self.plan["chair"]]
        self.decision = meetings.open_vote(item=item, closes_at=self.closes_at, by=chair, at=at)

    @property
    def closes_at(self) -> datetime.datetime:
        """The end of the day, or eight hours from now when that is later."""
        midnight = self.world.moment(self.world.files.today + datetime.timedelta(days=1))
        return max(midnight, self.world.now + datetime.timedelta(hours=8))

    def _cast(self, person: str, choice: str, form: str, at: datetime.datetime) -> None:
        member = self.world.people[person]
        ballots.cast(ballot=self.decision.ballot, answers={1: choice}, form=form, by=member, at=at)


def _floor(moment: datetime.datetime) -> datetime.datetime:
    """The half hour before."""
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
