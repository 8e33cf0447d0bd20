"""Courses and signatures, for tests: Cy enters, Bo is the second; the council signs for the house."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from coop.charter.actions import adopt_bylaws
from coop.charter.models import Bylaws
from coop.decisions import actions as decisions
from coop.decisions.models import CarriedDecision
from coop.in_office import actions
from coop.in_office.models import Commitment
from coop.members import actions as members
from coop.members.models import Course, CourseAsked, CourseDone, Member
from tests import make
from tests.kept_steps import kept
from tests.make_in_office import office


def today(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def decision(plant: make.Plant, number: int = 41) -> CarriedDecision:
    """D GA 2018-41 of the assembly, copied from the book by Ana and compared by Bo; once."""
    there = CarriedDecision.objects.filter(cooperative=plant.cooperative, number=number).first()
    if there is not None:
        return there
    copy = decisions.carry_over(
        body=plant.assembly,
        number=number,
        title="Αποφάσεις",
        text="Whoever keeps the register has done the course.",
        outcome="carried",
        decided_on=datetime.date(2018, 5, 12),
        source="Book of minutes 3, page 41",
        by=plant.ana,
        at=make.now(),
    )
    decisions.confirm_carried(entry=copy, by=plant.bo, at=make.now())
    return copy


@kept
def course(plant: make.Plant, name: str = "Safety basics") -> Course:
    return members.name_course(name=name, about="Δύο πρωινά.", by=plant.cy, at=make.now())


def asked(
    plant: make.Plant,
    one: Course,
    *,
    title: str = "president",
    asks: bool = True,
    since: datetime.date | None = None,
    confirmed: bool = True,
    at: datetime.datetime | None = None,
) -> CourseAsked:
    """By the office, from today on unless told otherwise; confirmed by Bo."""
    at = at or make.now()
    decision(plant)
    made = members.ask_for_course(
        office=office(plant, title),
        course=one,
        asks=asks,
        since=since or plant.cooperative.day_of(at),
        document="D GA 2018-41",
        by=plant.cy,
        at=at,
    )
    if confirmed:
        members.confirm_course(entry=made, by=plant.bo, at=at)
    return made


def done(
    plant: make.Plant,
    one: Course,
    who: Member,
    *,
    on: datetime.date | None = None,
    confirmed: bool = True,
) -> CourseDone:
    made = members.enter_course_done(
        member=who,
        course=one,
        done_on=on or today(plant),
        document="Φύλλο 3",
        by=plant.cy,
        at=make.now(),
    )
    if confirmed:
        members.confirm_course(entry=made, by=plant.bo if who != plant.bo else plant.ana, at=make.now())
    return made


def limited(plant: make.Plant, limit: int = 1000) -> Bylaws:
    """From today on two sign over `limit`."""
    return adopt_bylaws(
        cooperative=plant.cooperative,
        changes={"two_signatures_over": Decimal(limit)},
        valid_from=today(plant),
        adopted_by="D GA 2018-41",
        by=make.FOUNDING,
        at=make.now(),
    )


def commitment(
    plant: make.Plant, amount: str = "1500", *, title: str = "Gas for May", **more: Any
) -> Commitment:
    """Ana signs as secretary."""
    facts: dict[str, Any] = {
        "office": office(plant, "secretary"),
        "kind": Commitment.Kind.PAYMENT,
        "party": "Gas del Puerto",
        "because": "The bill of April.",
        "by": plant.ana,
        "at": make.now(),
    }
    return actions.enter_commitment(title=title, amount=Decimal(amount), **(facts | more))


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """A course the president is to have done and Eve has, neither compared yet; an order that Ana has signed first."""
    limited(plant)
    one = course(plant, "Ασφάλεια")
    asks, entered = asked(plant, one, confirmed=False), done(plant, one, plant.eve, confirmed=False)
    signed = commitment(plant, title="Γκάζι", party="Ήφαιστος", because="Τελείωσε.")
    pages = ("course", "course-ask", "course-done", "course-printed")
    sheets = ("commitment", "commitment-second", "commitment-refuse", "commitment-printed")
    return {
        **{name: {"key": one.pk} for name in pages},
        **{name: {"key": signed.pk} for name in sheets},
        "course-asked-settle": {"key": asks.pk},
        "course-done-settle": {"key": entered.pk},
    }
