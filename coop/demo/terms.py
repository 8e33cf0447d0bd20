"""Terms that began within the year: named, or held on top of a seat; entered by the secretary and signed by the
commission. The seats that an election gives are given by proclaiming it (elections.py)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.members import actions
from coop.members.models import Mandate, Seat

from .act import alternate
from .timeline import Step, World

SECRETARY, CONFIRMED_BY = "M310", "M284"
JUST_BEFORE = datetime.timedelta(minutes=10)


def terms(world: World, start: datetime.datetime) -> Iterator[Step]:
    """Just before a term begins, once for a whole body: whoever is elected leads from the first minute."""
    for body in world.files.read("bodies")["bodies"]:
        rows = [row for row in body["seats"] if row["since"] > start.date() and "seat_of" not in row]
        for since in sorted({row["since"] for row in rows}):
            evening = world.moment(since, "00:00") - JUST_BEFORE
            beginning = [row for row in rows if row["since"] == since]
            yield Step(evening, partial(_enter, world, body, beginning))


def _enter(
    world: World, body: Mapping[str, Any], rows: list[Mapping[str, Any]], at: datetime.datetime
) -> None:
    seats = Seat.objects.filter(office__body=world.bodies[body["id"]])
    by_place = {
        (seat.office.title, seat.alternate, seat.number): seat
        for seat in seats.select_related("office__body__cooperative")
    }
    secretary = world.people[SECRETARY]
    for row, place in _places(body, rows):
        mandate = actions.begin_mandate(
            seat=by_place[place],
            member=world.people[row["person"]],
            since=world.moment(row["since"]),
            until=world.moment(row.get("term_until", row["until"])),
            begun=row.get("begun", body.get("begun", Mandate.Begun.NAMED)),
            document=f"{body['book']['title']}, page {body['book']['page']}",
            entered_by=secretary,
            by=secretary.actor,
            at=at,
        )
        actions.confirm_mandate(mandate=mandate, by=world.people[CONFIRMED_BY], at=at)


def _places(
    body: Mapping[str, Any], rows: list[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], tuple[str, bool, int]]]:
    """Each row with title, alternate and number of the seats it fills: its own, and the one on top of it."""
    base, tops = body.get("seats_are"), body.get("on_top", {})
    numbers = {True: 0, False: 0}
    for row in (row for row in body["seats"] if "seat_of" not in row):
        spare = alternate(row)
        numbers[spare] += 1
        if row not in rows:
            continue
        proclaimed = "elected_in" in body and "begun" not in row
        if base and not proclaimed:
            yield row, (base, spare, numbers[spare])
        if row["post"] in tops if base else not proclaimed:
            yield row, (row["post"], False, 1)
