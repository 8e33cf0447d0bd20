"""Votes for tests, beside `make.plant`: an electoral commission, and ballots of every way, made by the real actions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Question
from coop.charter.models import Bylaws
from coop.members import actions as members
from coop.members.models import Body, Power
from tests import make
from tests.kept_steps import kept

ON_SCREENS = {"electronic_secret_votes": "all"}  # rules under which a secret vote may be held on screens
COMMISSION = ("gus", "hal", "ida")  # they run elections; Jo, Kim and Lou are free to stand or to be trustees


@kept
def commission(plant: make.Plant) -> Body:
    """An electoral commission of three: Gus, Hal and Ida, each with the power to run elections everywhere."""
    body = members.create_body(
        cooperative=plant.cooperative,
        code="ELC",
        name="Electoral commission",
        kind=Body.Kind.COMMISSION,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    for place, name in enumerate(COMMISSION, 1):
        make.office(plant, body, f"commissioner {place}", plant.people[name], [(Power.RUN_ELECTIONS, None)])
    return body


def people(plant: make.Plant, *names: str) -> list[Choice]:
    """Candidates: members by their key in the plant."""
    return [Choice(name, plant.people[name].name, member=plant.people[name]) for name in names]


def election(plant: make.Plant, *names: str, method: str = Question.Method.STV, **more: Any) -> Asked:
    return Asked("Who is elected?", method=method, choices=people(plant, *names), **more)


@kept
def drawn_up(
    plant: make.Plant,
    asked: Sequence[Asked] = (Asked("Shall it be?"),),
    *,
    secrecy: str = Ballot.Secrecy.OPEN,
    channels: Sequence[str] = ("phone",),
    needs_presence: bool = False,
    closes_at: datetime.datetime | None = None,
    title: str = "A vote",
    at: datetime.datetime | None = None,
    **more: Any,
) -> Ballot:
    """A draft outside of any meeting, over a register drawn and final today; Gus drew it up."""
    at = at or make.now()
    day = plant.cooperative.day_of(at)
    register = ballots.draw_register(body=plant.assembly, closes_on=day, by=make.FOUNDING, at=at)
    return ballots.draw_up(
        register=register,
        title=title,
        text="What it is about.",
        questions=list(asked),
        majority="1/2",
        base="valid",
        bylaws=Bylaws.in_force(plant.cooperative, day),
        needs_presence=needs_presence,
        closes_at=closes_at,
        secrecy=secrecy,
        channels=channels,
        by=plant.gus.actor,
        at=at,
        **more,
    )


def with_key(ballot: Ballot, plant: make.Plant, *trustees: str, tested: bool = True) -> dict[int, str]:
    """Gives a secret draft on screens its urn and a tested key; place -> code of Jo, Kim and Lou, or who is named.

    Any two codes open it: `ballots.open_urn(ballot=…, codes=two(codes), by=plant.gus, at=…)`. The plant needs
    `commission(plant)` and `make.plant(bylaws=ON_SCREENS)`.
    """
    keepers = [plant.people[name] for name in trustees or ("jo", "kim", "lou")]
    at = make.now()
    ballots.set_up_urn(ballot=ballot, trustees=keepers, by=plant.gus, at=at)
    codes = {place: ballots.draw_code(ballot=ballot, by=who, at=at) for place, who in enumerate(keepers, 1)}
    ballots.make_key(ballot=ballot, by=plant.gus, at=at)
    if tested:
        need = 2 if len(keepers) == 3 else 3
        ballots.test_key(
            ballot=ballot, codes={place: codes[place] for place in range(1, need + 1)}, by=plant.gus, at=at
        )
    return codes


def two(codes: Mapping[int, str]) -> dict[int, str]:
    """The first and the last code: enough to open an urn that two of three open."""
    return {place: codes[place] for place in (min(codes), max(codes))}


@kept
def opened(plant: make.Plant, asked: Sequence[Asked] = (Asked("Shall it be?"),), **more: Any) -> Ballot:
    """Drawn up and open, for everybody on the register. A secret one on screens needs its key first."""
    ballot = drawn_up(plant, asked, **more)
    return ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
