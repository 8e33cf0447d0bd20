"""Founding a co-operative from its act: everything or nothing (ruling 13).

From the first minute on every permission comes from a mandate, so the act itself names who keeps the register, who is
secretary and who chairs. Their three cards are the only ones that no member hands out.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from coop.charter.actions import found_cooperative
from coop.charter.models import Cooperative
from coop.journal.models import Actor
from coop.refusals import Refused

from .. import actions
from ..models import Body, Crew, Department, Mandate, Member, Office
from ..terms import months_later
from .act import Act, BodyPlan, FaultyAct, Holder, OfficePlan, Person, moment_of


@dataclass(frozen=True)
class FirstCard:
    office: str
    member: Member
    token: str


@dataclass(frozen=True)
class Founded:
    cooperative: Cooperative
    cards: tuple[FirstCard, ...]


def founder(act: Act) -> Actor:
    """Who does it, as the journal writes it: the act."""
    return Actor("founding-act", act.document)


@transaction.atomic
def found(*, act: Act, at: datetime.datetime) -> Founded:
    """Plants the co-operative with its people, bodies and offices, and issues the first three cards."""
    first = act.first_three(at)
    by = founder(act)
    try:
        cooperative = found_cooperative(
            adopted_by=act.document,
            bylaws=act.bylaws,
            valid_from=act.bylaws_since,
            by=by,
            at=at,
            **act.cooperative,
        )
    except Refused as refused:
        raise FaultyAct([plain(reason_of) for reason_of in map(str, refused.reasons)]) from None
    actions.lay_out(cooperative=cooperative, layout=act.layout, by=by, at=at)
    plant = _Plant(cooperative, by, at, act.document)
    plant.admit(act.people)
    plant.set_up(act.bodies)
    cards = []
    for name, (office, number) in first.items():
        member = plant.members[number]
        _card, token = actions.issue_first_card(member=member, by=by, at=at)
        cards.append(
            FirstCard(office.title if name in office.title else f"{office.title} ({name})", member, token)
        )
    return Founded(cooperative, tuple(cards))


def check(*, act: Act, at: datetime.datetime) -> None:
    """FaultyAct or Refused wherever `found` would raise it: everything is done as there, and undone."""
    with transaction.atomic():
        found(act=act, at=at)
        transaction.set_rollback(True)


def plain(reason: str) -> str:
    """A reason as a line on a terminal; its sentence in the reader's language lives with the pages."""
    return reason.replace("-", " ", reason.partition(" ")[0].count("-"))


class _Plant:
    """What has been made so far, by the codes of the act."""

    def __init__(self, cooperative: Cooperative, by: Actor, at: datetime.datetime, document: str) -> None:
        self.cooperative, self.by, self.at, self.document = cooperative, by, at, document
        self.departments = {one.code: one for one in Department.objects.filter(cooperative=cooperative)}
        self.crews = {one.code: one for one in Crew.objects.filter(cooperative=cooperative)}
        self.members: dict[int, Member] = {}
        self.bodies: dict[str, Body] = {}

    def admit(self, people: tuple[Person, ...]) -> None:
        for person in people:
            member = actions.admit(
                cooperative=self.cooperative,
                number=person.number,
                joined=person.joined,
                department=self.department(person.department),
                crew=self.crew(person.crew),
                by=self.by,
                at=self.at,
                **person.facts,
            )
            self.members[person.number] = member
            for change in person.standings:
                actions.change_standing(
                    member=member,
                    kind=change.kind,
                    status=change.status,
                    since=change.since,
                    reason=change.reason,
                    document=self.document,
                    by=self.by,
                    at=self.at,
                )

    def set_up(self, bodies: tuple[BodyPlan, ...]) -> None:
        """All bodies first: the powers of an office may reach into another body."""
        for plan in bodies:
            self.bodies[plan.code] = actions.create_body(
                cooperative=self.cooperative,
                code=plan.code,
                name=plan.name,
                kind=plan.kind,
                composition=plan.composition,
                department=self.department(plan.department),
                crew=self.crew(plan.crew),
                by=self.by,
                at=self.at,
            )
        for plan in bodies:
            for office in plan.offices:
                self.fill(self.open_office(self.bodies[plan.code], office), office)

    def open_office(self, body: Body, plan: OfficePlan) -> Office:
        return actions.create_office(
            body=body,
            title=plan.title,
            powers=[(power, self.bodies[over] if over else None) for power, over in plan.powers],
            seats=[
                (alternate, self.crew(crew), self.department(department))
                for alternate, crew, department in plan.seats
            ],
            term_months=plan.term_months,
            recallable=plan.recallable,
            by=self.by,
            at=self.at,
        )

    def fill(self, office: Office, plan: OfficePlan) -> None:
        seats = {(seat.alternate, seat.number): seat for seat in office.seats.all()}
        for holder in plan.holders:
            try:
                self.seat(seats[holder.alternate, holder.seat].pk, office, holder)
            except Refused as refused:
                where = f"{office.body.code}, {office.title}, member {holder.member}"
                raise FaultyAct([f"{where}: {plain(str(refused))}"]) from None

    def seat(self, seat: int, office: Office, holder: Holder) -> None:
        zone = self.cooperative.zone
        since = moment_of(holder.since, zone) or self.at
        actions.begin_mandate(
            seat=office.seats.get(pk=seat),
            member=self.members[holder.member],
            since=since,
            until=moment_of(holder.until, zone) or self.end_of_term(office, since),
            begun=Mandate.Begun.CARRIED_OVER if holder.document else Mandate.Begun.FOUNDING,
            document=holder.document or self.document,
            by=self.by,
            at=self.at,
        )

    def end_of_term(self, office: Office, since: datetime.datetime) -> datetime.datetime | None:
        """Where the act does not say until when: the term of the office, if it has one that is not over."""
        if office.term_months is None:
            return None
        day = months_later(self.cooperative.day_of(since), office.term_months)
        end = moment_of(day, self.cooperative.zone)
        return end if end is not None and end > self.at else None

    def department(self, code: str | None) -> Department | None:
        return self.departments[code] if code else None

    def crew(self, code: str | None) -> Crew | None:
        return self.crews[code] if code else None
