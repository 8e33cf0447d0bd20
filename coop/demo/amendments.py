"""Amendments: moved in time and signed by five, taken in by the mover, withdrawn, or left to the vote."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.proposals import actions as proposals
from coop.proposals.amending import Change, Whole, Words
from coop.proposals.models import Amendment

from .timeline import Step, World

SUPPORTERS = 5
HOUR = datetime.timedelta(hours=1)


def amendments(world: World, proposal: Mapping[str, Any], willing: list[str]) -> Iterator[Step]:
    """`willing`: who may be drawn to sign."""
    made: dict[str, Amendment] = {}
    for one in proposal.get("amendments", []):
        moved = world.moment(one["moved"]["date"], "13:40")
        yield Step(moved, partial(_submit, world, proposal, one, made))
        lots = world.lots(one["id"])
        signing = lots.sample([person for person in willing if person != one["moved"]["by"]], SUPPORTERS - 1)
        for hours, person in enumerate(signing, 1):
            yield Step(moved + hours * HOUR, partial(_support, world, one["id"], person, made))
        if "accepted" in one:
            yield Step(world.moment(one["accepted"], "18:20"), partial(_accept, one["id"], made))
        if "withdrawn" in one:
            yield Step(
                world.moment(one["withdrawn"]["date"], "18:40"),
                partial(_withdraw, one["id"], one["withdrawn"]["because"], made),
            )


def _submit(
    world: World,
    proposal: Mapping[str, Any],
    one: Mapping[str, Any],
    made: dict[str, Amendment],
    at: datetime.datetime,
) -> None:
    parent = made.get(one.get("amends", ""))
    texts = [clause["text"] for clause in proposal["text"]]
    if parent is not None:
        texts = [row.text for row in parent.changes.order_by("number")]
    body = world.bodies.get(one["by"])
    made[one["id"]] = proposals.submit(
        proposal=world.proposals[proposal["id"]],
        changes=[_change(one["change"], texts)],
        reasons=f"Put forward for: {body.name}." if body else "",
        amends=parent,
        by=world.people[one["moved"]["by"]],
        at=at,
    )


def _change(told: Mapping[str, Any], texts: list[str]) -> Change:
    """ValueError when the words that are to be replaced are not there."""
    if "whole" in told:
        return Whole((told["whole"],))
    clause = texts[told["clause"] - 1]
    if told["replace"] not in clause:
        raise ValueError(f"not in the text: {told['replace']}")
    return Words(told["clause"], clause.replace(told["replace"], told["with"]))


def _support(world: World, key: str, person: str, made: dict[str, Amendment], at: datetime.datetime) -> None:
    proposals.support_amendment(amendment=made[key], by=world.people[person], at=at)


def _accept(key: str, made: dict[str, Amendment], at: datetime.datetime) -> None:
    proposals.accept(amendment=made[key], by=made[key].proposal.mover, at=at)


def _withdraw(key: str, because: str, made: dict[str, Amendment], at: datetime.datetime) -> None:
    proposals.withdraw_amendment(amendment=made[key], because=because, by=made[key].author, at=at)
