"""What happened to people and offices between the day the books went over and the day of loading."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from coop.charter.actions import adopt_bylaws
from coop.members import actions
from coop.members.models import AccessCard, Application, Mandate, Standing

from . import act
from .articles import articles
from .personas import PINS
from .terms import SECRETARY, terms
from .timeline import Step, World

KEEPER, CHAIR = "M316", "M120"
MORNING = "10:00"
HOUR = datetime.timedelta(hours=1)


def history(world: World, start: datetime.datetime, first_cards: Mapping[int, str]) -> Iterator[Step]:
    yield from cards(world, start, first_cards)
    yield from register(world, start)
    yield from applications(world)
    yield from terms(world, start)
    yield from offices(world, start)
    yield from rules(world)


def cards(world: World, start: datetime.datetime, first_cards: Mapping[int, str]) -> Iterator[Step]:
    """The first three come in with the cards of the founding act; the keeper hands out the others."""
    for number, token in first_cards.items():
        yield Step(start + HOUR, partial(_enrol, world, number, token))
    for number in PINS.keys() - first_cards.keys():
        yield Step(start + 24 * HOUR, partial(_hand_out, world, number))


def _hand_out(world: World, number: int, at: datetime.datetime) -> None:
    member, keeper = world.people[f"M{number:03}"], world.people[KEEPER]
    _card, token = actions.issue_card(member=member, by=keeper, at=at)
    _enrol(world, number, token, at)


def _enrol(world: World, number: int, token: str, at: datetime.datetime) -> None:
    member = world.people[f"M{number:03}"]
    card = AccessCard.objects.get(token_hash=AccessCard.hash_of(token))
    member.account = actions.enrol(card=card, secret=PINS[number], by=member, at=at)


def register(world: World, start: datetime.datetime) -> Iterator[Step]:
    """Who came later is admitted that day, and what changes about somebody is entered that day."""
    for one in act.people(world.files):
        day = act.joined(one)
        if day > start.date():
            yield Step(world.moment(day, "08:00"), partial(_admit, world, one))
        elif "joined" in one:
            for change in act.changes(one):
                if change["since"] > start.date() and "suspension" in one:
                    yield from _suspension(world, one, change["since"])
                elif change["since"] > start.date():
                    yield Step(
                        world.moment(change["since"], "08:00"), partial(_change, world, one["id"], change)
                    )


def _admit(world: World, one: Mapping[str, Any], at: datetime.datetime) -> None:
    facts = act.person(world.files, one, at.date())
    facts.pop("standings", None)
    department, crew = facts.pop("department"), facts.pop("crew")
    world.people[one["id"]] = actions.admit(
        cooperative=world.cooperative,
        department=world.departments[department],
        crew=world.crews[crew],
        by=world.people[KEEPER].actor,
        at=at,
        **facts,
    )


def _suspension(world: World, one: Mapping[str, Any], since: datetime.date) -> Iterator[Step]:
    """Entered by the keeper, appealed in time, and upheld by the assembly: the day after, that is written down too."""
    told = one["suspension"]
    yield Step(world.moment(since, "08:00"), partial(_suspend, world, one["id"], since, told))
    yield Step(world.moment(told["appealed"], MORNING), partial(_appeal_suspension, world, one["id"]))
    yield Step(world.moment(told["upheld"], MORNING), partial(_uphold, world, one["id"], told))


def _suspend(
    world: World, person: str, since: datetime.date, told: Mapping[str, Any], at: datetime.datetime
) -> None:
    actions.suspend(
        member=world.people[person],
        since=since,
        expected_until=told["until"],
        reason=told["reason"],
        document=told["document"],
        by=world.people[KEEPER],
        at=at,
    )


def _suspended(world: World, person: str) -> Standing:
    found = Standing.objects.filter(member=world.people[person], status=Standing.Status.SUSPENDED)
    return found.select_related("member").get()


def _appeal_suspension(world: World, person: str, at: datetime.datetime) -> None:
    actions.appeal_suspension(standing=_suspended(world, person), by=world.people[person], at=at)


def _uphold(world: World, person: str, told: Mapping[str, Any], at: datetime.datetime) -> None:
    actions.uphold_suspension(
        standing=_suspended(world, person), document=told["upheld_by"], by=world.people[KEEPER], at=at
    )


def _change(world: World, person: str, change: Mapping[str, Any], at: datetime.datetime) -> None:
    actions.change_standing(
        member=world.people[person],
        kind="member",
        status=change["status"],
        since=change["since"],
        reason="",
        by=world.people[KEEPER].actor,
        at=at,
    )


def applications(world: World) -> Iterator[Step]:
    """Asked by the person, refused by the keeper's hand, appealed by the person."""
    for one in world.files.read("members")["applications"]:
        made: list[Application] = []
        yield Step(world.moment(one["applied"], MORNING), partial(_apply, world, one, made))
        if "refused" in one:
            yield Step(world.moment(one["refused"]["day"], MORNING), partial(_refuse, world, one, made))
            yield Step(world.moment(one["appealed"]["day"], MORNING), partial(_appeal, world, one, made))


def _apply(world: World, one: Mapping[str, Any], made: list[Application], at: datetime.datetime) -> None:
    who = world.people[one["by"]]
    made.append(
        actions.apply(
            cooperative=world.cooperative,
            applicant=who,
            text=one["text"],
            applied_on=one["applied"],
            by=who,
            at=at,
        )
    )


def _refuse(world: World, one: Mapping[str, Any], made: list[Application], at: datetime.datetime) -> None:
    refused = one["refused"]
    actions.refuse_application(
        application=made[0],
        decided_on=refused["day"],
        document=refused["document"],
        reasons=refused["reasons"],
        by=world.people[KEEPER],
        at=at,
    )


def _appeal(world: World, one: Mapping[str, Any], made: list[Application], at: datetime.datetime) -> None:
    appealed = one["appealed"]
    actions.appeal_refusal(
        application=made[0],
        appealed_on=appealed["day"],
        appeal=appealed["text"],
        by=world.people[one["by"]],
        at=at,
    )


def offices(world: World, start: datetime.datetime) -> Iterator[Step]:
    """Mandates that were given up, and seats that somebody took over: in that order where they follow."""
    for body in world.files.read("bodies")["bodies"]:
        for row in body["seats"]:
            if row.get("ended") not in (None, "recalled"):  # a recall is voted: recalls.py
                yield Step(
                    world.moment(row["until"], row["until_time"]), partial(_end, world, body["id"], row)
                )
            if "seat_of" in row:
                since = world.moment(row["since"], row.get("since_time", "00:00"))
                yield Step(
                    max(since, world.moment(row["since"], "09:00")), partial(_begin, world, body, row, since)
                )


def _mandate(world: World, body: str, person: str) -> Mandate:
    """The mandate somebody holds in a body where they have one seat, or held last."""
    found = Mandate.objects.filter(seat__office__body=world.bodies[body], member=world.people[person])
    return found.select_related("member__cooperative__chain", "seat__office__body").latest("since")


def _end(world: World, body: str, row: Mapping[str, Any], at: datetime.datetime) -> None:
    actions.end_mandate(
        mandate=_mandate(world, body, row["person"]),
        ended=row["ended"],
        document=row["end_document"],
        by=world.people[SECRETARY].actor,
        at=at,
    )


def _begin(
    world: World,
    body: Mapping[str, Any],
    row: Mapping[str, Any],
    since: datetime.datetime,
    at: datetime.datetime,
) -> None:
    """Entered by the secretary, and signed by the chair an hour later."""
    mandate = actions.begin_mandate(
        seat=_mandate(world, body["id"], row["seat_of"]).seat,
        member=world.people[row["person"]],
        since=since,
        until=world.moment(row["until"] + (world.files.ahead if "ahead" in row else datetime.timedelta())),
        begun=row["begun"],
        document=row["document"],
        entered_by=world.people[SECRETARY],
        by=world.people[SECRETARY].actor,
        at=at,
    )
    actions.confirm_mandate(mandate=mandate, by=world.people[CHAIR], at=at)


def rules(world: World) -> Iterator[Step]:
    for change in world.files.read("coop")["rules_changed"]:
        yield Step(world.moment(change["recorded"], MORNING), partial(_adopt, world, change))


def _adopt(world: World, change: Mapping[str, Any], at: datetime.datetime) -> None:
    recorded_by = world.people[change["recorded_by"]]
    adopt_bylaws(
        cooperative=world.cooperative,
        valid_from=change["valid_from"],
        adopted_by=change["adopted_by"],
        changes=articles({change["rule"]: change["value"]}),
        by=recorded_by.actor,
        at=at,
    )
