"""Plants Lucerna: the founding act, then what happened since, act by act. `aside` makes it everything or nothing."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Callable
from typing import Any

from coop.charter.models import Cooperative
from coop.meetings import due
from coop.members.founding.found import found
from coop.members.models import Body, Crew, Department, Member

from .act import act
from .agreement import agreement
from .archive import archive
from .assemblies import Today, draft
from .at_work import at_work
from .auditing import auditing
from .budget import budget
from .councils import councils
from .elections import elections
from .files import Files, raw
from .floor import floor
from .funds import choosing
from .held import held
from .history import history
from .motions import motions
from .pay import pay
from .personas import PLANT
from .recalls import recalls
from .selling import selling
from .shifts import shifts
from .timeline import Step, World, play
from .votes import Votes


def planted() -> Cooperative | None:
    return Cooperative.objects.filter(slug=PLANT).first()


def zone() -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(raw("coop")["coop"]["time_zone"])


def plant(*, now: datetime.datetime, say: Callable[[str], Any], year: bool = True) -> World:
    """Two loadings at moments of one day differ in nothing but the hours of today.

    `year`: with the assemblies and councils held so far; without them it takes a third of the time.
    """
    files = Files(now.astimezone(zone()).date())
    plan = act(files)
    say(
        f"The books go over: {len(plan.people)} people, {len(plan.bodies)} bodies, their offices and mandates"
    )
    start = files.read("coop")["coop"]["start"]
    at = datetime.datetime.combine(start["day"], datetime.time.fromisoformat(start["time"]), zone())
    founded = found(act=plan, at=at)
    world = _world(files, founded.cooperative, now)
    today = Today(world)
    first_cards = {card.member.number: card.token for card in founded.cards}
    say("Since then: cards, changes in the register, a recall, proposals and signatures")
    play(
        [
            *history(world, at, first_cards),
            *elections(world),
            *recalls(world),
            *pay(world),
            *budget(world),
            *choosing(world),
            *archive(world, at),
            *motions(world, settled=year),
            *(held(world) if year else ()),
            *(councils(world, at) if year else ()),
            *agreement(world),
            *selling(world, settled=year),
            *floor(world, at, held=year),
            *shifts(world, at),
            *draft(world),
            *at_work(world),
            *auditing(world, settled=year),
            *today.steps(),
            *Votes(world).steps(),
            Step(now, tick),
        ],
        until=now,
        say=say,
    )
    return world


def tick(at: datetime.datetime) -> None:
    """What the clock would have done by itself until now: drafts of series, registers that have become final."""
    for find in due.finders():
        for task in find(at):
            task.act()


def _world(files: Files, cooperative: Cooperative, now: datetime.datetime) -> World:
    def by_code(model: Any) -> dict[str, Any]:
        found = model.objects.filter(cooperative=cooperative)
        return {one.code: one for one in found}

    people = Member.objects.filter(cooperative=cooperative).select_related("cooperative__chain")
    bodies = Body.objects.filter(cooperative=cooperative).select_related("cooperative__chain")
    return World(
        files=files,
        now=now,
        cooperative=cooperative,
        people={_key(member.number): member for member in people},
        bodies={body.code: body for body in bodies},
        departments=by_code(Department),
        crews=by_code(Crew),
        seed=files.read("today")["seed"],
    )


def _key(number: int) -> str:
    return f"H{number - 900:02}" if number > 900 else f"M{number:03}"
