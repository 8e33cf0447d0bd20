"""Proposals: written, published, and signed day by day by those whom the lot draws, never by a persona."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from coop.decisions import actions as decisions
from coop.decisions.models import CarriedDecision, Decision, Ending
from coop.members.models import Standing
from coop.production.models import Product
from coop.proposals import actions as proposals
from coop.proposals.actions.floor import write_plan
from coop.proposals.floor_words import Monthly
from coop.proposals.models import Proposal

from .amendments import amendments
from .personas import PINS
from .timeline import Step, World

DAYS_TO_SIGN = 12
HOUR = datetime.timedelta(hours=1)


def motions(world: World, *, settled: bool) -> Iterator[Step]:
    """`settled`: also those that an assembly or a council has decided since, and what brings one of them back."""
    for one in world.files.read("proposals")["proposals"]:
        if settled or not {"decided_in", "again"} & one.keys():
            yield from _motion(world, one)


def _motion(world: World, one: Mapping[str, Any]) -> Iterator[Step]:
    written, published, last = _moments(world, one)
    yield Step(written, partial(_write, world, one))
    if "supersedes" in one:
        yield Step(written, partial(_takes_the_place, world, one))
    yield Step(published, partial(_publish, world, one["id"]))
    lots = world.lots(one["id"])
    # the author signs with the publication; the threshold admits it, and then nobody can sign any more
    many = min(one["support"]["signatures"], one["support"]["needed"]) - 1
    author = one["from"]["presented_by"]
    signers = lots.sample(
        [person for person in signatories(world, published.date()) if person != author], many
    )
    for person, at in zip(signers, world.spread(lots, many, published, last), strict=True):
        yield Step(at, partial(_support, world, one["id"], person))
    yield from amendments(world, one, signatories(world, published.date()))
    if "review" in one:
        yield Step(world.moment(one["review"]["set"], "10:20"), partial(_review, world, one))
    if one["state"] == "fallen":
        yield Step(published + datetime.timedelta(days=31), partial(_let_fall, world, one["id"]))


def _moments(
    world: World, one: Mapping[str, Any]
) -> tuple[datetime.datetime, datetime.datetime, datetime.datetime]:
    """Written, published, and the last signature: on its day, or in the last hours."""
    before = one.get("days_before")
    if before is None:
        submitted = one["submitted"]
        return (
            world.moment(submitted, "11:00"),
            world.moment(submitted, "14:10"),
            world.moment(one.get("by_noon_of", submitted + datetime.timedelta(days=DAYS_TO_SIGN)), "12:00"),
        )
    published = world.days_before(before["published"], "14:10")
    last = min(published + datetime.timedelta(days=29), world.now - 2 * HOUR)
    if "admitted" in before:
        last = world.days_before(before["admitted"], "12:00")
    return world.days_before(before["written"], "20:30"), published, last


def signatories(world: World, day: datetime.date | None = None) -> list[str]:
    """Members whom nothing keeps from signing, personas left out: they are for the visitors.

    `day`: those who had joined by then.
    """
    return [
        one["id"]
        for one in world.files.read("members")["members"]
        if one["status"] == Standing.Status.ACTIVE
        and world.files.number(one["id"]) not in PINS
        and (day is None or one["joined"] <= day)
    ]


def _write(world: World, one: Mapping[str, Any], at: datetime.datetime) -> None:
    origin = one["from"]
    again = Proposal.objects.get(pk=world.proposals[one["again"]].pk) if "again" in one else None
    if "plan" in one:
        world.proposals[one["id"]] = _write_plan(world, one, at)
        return
    world.proposals[one["id"]] = proposals.write(
        title=one["title"],
        clauses=[clause["text"] for clause in one["text"]],
        reasons=one.get("reasons", ""),
        matter=one.get("matter", Proposal.Matter.ORDINARY),
        on_behalf_of=world.bodies[origin["body"]] if "body" in origin else None,
        again=again,
        by=world.people[origin["presented_by"]],
        at=at,
    )


def _write_plan(world: World, one: Mapping[str, Any], at: datetime.datetime) -> Proposal:
    """For the months that follow the assembly which votes on it."""
    assemblies = world.files.read("assemblies")["assemblies"]
    voted = next(each["date"] for each in assemblies if each["id"] == one["decided_in"])
    begins = (voted.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
    plan = one["plan"]
    product = Product.objects.get(cooperative=world.cooperative, code=plan["product"])
    figures = Monthly(Decimal(plan["month_target"]), Decimal(plan["capacity"]))
    return write_plan(
        title=one["title"],
        figures={product: figures},
        year=begins.year,
        from_month=begins.month,
        reasons=one["reasons"],
        on_behalf_of=world.bodies[one["from"]["body"]],
        by=world.people[one["from"]["presented_by"]],
        at=at,
    )


def _takes_the_place(world: World, one: Mapping[str, Any], at: datetime.datetime) -> None:
    """Its author says in the draft which decision of the time before it takes the place of."""
    draft = world.proposals[one["id"]]
    earlier = CarriedDecision.objects.get(cooperative=world.cooperative, title=one["supersedes"])
    decisions.name_earlier(proposal=draft, earlier=earlier, how=Ending.How.SUPERSEDES, by=draft.author, at=at)


def _review(world: World, one: Mapping[str, Any], at: datetime.datetime) -> None:
    """Whoever calls the assembly sets the day on which the decision is looked at again."""
    made = Decision.objects.get(proposal=world.proposals[one["id"]], amendment=None)
    plan = one["review"]
    decisions.review(decision=made, due_on=plan["due"], by=world.people[plan["by"]], at=at)


def _publish(world: World, key: str, at: datetime.datetime) -> None:
    draft = world.proposals[key]
    world.proposals[key] = proposals.publish(proposal=draft, by=draft.author, at=at)


def _support(world: World, key: str, person: str, at: datetime.datetime) -> None:
    proposals.support(proposal=world.proposals[key], by=world.people[person], at=at)


def _let_fall(world: World, key: str, at: datetime.datetime) -> None:
    world.proposals[key] = proposals.let_fall(proposal=world.proposals[key], at=at)
