"""A sitting without power: it voted by lamp, and its tally sheets were typed in the next morning."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from coop.ballots import actions as ballots
from coop.meetings import actions as meetings

from .hall import CODES
from .seated import Seated
from .timeline import Step

MINUTE = datetime.timedelta(minutes=1)
TYPED_BY, CONFIRMED_BY = ("M317", "M284"), "M120"


def typed_in(
    assembly: Seated, number: int, since: datetime.datetime, dark: datetime.datetime
) -> Iterator[Step]:
    """`since`: the sitting begins with its first item; `dark`: the first vote that was held by lamp."""
    plan, moment = assembly.plan, assembly.world.moment
    yield Step(since, partial(assembly.call, number, plan["items"][0]))
    yield Step(since + 65 * MINUTE, partial(assembly.close_sitting, number))
    morning = moment(plan["date"] + datetime.timedelta(days=1), "08:30")
    voted = [line["item"] for line in plan["items"] if "by_sitting" in line]
    for place, item in enumerate(voted):
        began = dark + 6 * place * MINUTE
        yield Step(morning + 9 * place * MINUTE, partial(_type_in, assembly, number, item, began))
    yield Step(morning + 60 * MINUTE, partial(assembly.close, assembly.parts[-1]["chair"]))


def _type_in(
    assembly: Seated, number: int, item: int, began: datetime.datetime, at: datetime.datetime
) -> None:
    people = assembly.world.people
    vote, by = assembly.votes[item], people[CONFIRMED_BY]
    typed_by = [people[person] for person in TYPED_BY]
    ballots.name_tellers(ballot=vote.ballot, members=typed_by, by=by, at=at)
    meetings.record_part_from_paper(
        item=vote.item,
        sitting=assembly.sitting(number),
        began_at=began,
        ended_at=began + 5 * MINUTE,
        source=f"Tally sheets of {assembly.plan['id']}, third sitting, folder 3",
        by=by,
        at=at,
    )
    figures = assembly.figures(number, item)
    votes = {code: figures[code] for code in CODES}
    vote.hands(assembly.sitting(number), votes, typed_by, by, at)
    vote.close(typed_by, by, at)
