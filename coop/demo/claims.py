"""Claims against the register of an assembly: a wrong department, mended and granted; a suspension, refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Claim, Register
from coop.members import actions as members
from coop.members.actions.corrections import strike
from coop.members.models import Posting

from .history import KEEPER
from .timeline import Step, World

ONE = datetime.timedelta(days=1)


def claims(
    world: World, plan: Mapping[str, Any], closing: datetime.date, register: Callable[[], Register]
) -> Iterator[Step]:
    """`register`: of the meeting, drawn in the night after `closing`. When the claims days are over it is final."""
    wrong = plan.get("wrongly_posted")
    if wrong:
        yield Step(world.moment(closing - 2 * ONE, "11:00"), partial(_post, world, wrong))
        before_they_sit = world.moment(closing + 3 * ONE, "10:00")
        yield Step(before_they_sit, partial(_strike, world, wrong))
    for number, one in enumerate(plan["claims"]):
        made: list[Claim] = []
        hour = f"{9 + number:02}:15"
        yield Step(world.moment(closing + 2 * ONE, hour), partial(_claim, world, one, register, made))
        yield Step(world.moment(closing + 4 * ONE, hour), partial(_decide, world, one, made))
    yield Step(
        world.moment(closing + 5 * ONE, "00:05"), lambda at: ballots.make_final(register=register(), at=at)
    )


def _post(world: World, wrong: Mapping[str, Any], at: datetime.datetime) -> None:
    """A slip of the keeper: the line above was meant."""
    member = world.people[wrong["person"]]
    posting = member.postings.filter(until=None, struck_at=None).select_related("crew").get()
    members.post(
        member=member,
        department=world.departments[wrong["department"]],
        crew=posting.crew,
        since=world.cooperative.day_of(at),
        reason="",
        by=world.people[KEEPER].actor,
        at=at,
    )


def _strike(world: World, wrong: Mapping[str, Any], at: datetime.datetime) -> None:
    entry = Posting.objects.get(
        member=world.people[wrong["person"]], department__code=wrong["department"], struck_at=None
    )
    strike(entry=entry, because=wrong["because"], by=world.people[KEEPER], at=at)


def _claim(
    world: World,
    one: Mapping[str, Any],
    register: Callable[[], Register],
    made: list[Claim],
    at: datetime.datetime,
) -> None:
    """At the table of the commission, which writes it down."""
    who = world.people[one["about"]]
    made.append(
        ballots.claim(
            register=register(),
            kind=one["kind"],
            member=who,
            text=one["text"],
            claimed_by=who,
            by=world.people[one["by"]],
            at=at,
        )
    )


def _decide(world: World, one: Mapping[str, Any], made: list[Claim], at: datetime.datetime) -> None:
    act = ballots.grant_claim if one["granted"] else ballots.refuse_claim
    act(claim=made[0], reasons=one["reasons"], by=world.people[one["decided_by"]], at=at)
