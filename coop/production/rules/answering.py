"""Who answers for a place: the council of its department, and who leads the meetings before which problems come."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db.models import Exists, Q, QuerySet

from coop.members.backend import may_enter
from coop.members.models import Body, Department, Mandate, Member, Power
from coop.members.powers import Powers, powers_of
from coop.refusals import Reason

from ..models import Problem

LEADS = (Power.CONVENE, Power.CHAIR, Power.RECORD_MINUTES)
Kind = Body.Kind
LEVEL_OF = {
    Kind.PRODUCTION_MEETING: Problem.Level.MEETING,
    Kind.DEPARTMENT_COUNCIL: Problem.Level.COUNCIL,
    Kind.ADMINISTRATIVE_COUNCIL: Problem.Level.ADMINISTRATION,
    Kind.ASSEMBLY: Problem.Level.ASSEMBLY,
}
_FOR_THE_DAY: list[Callable[[Member, datetime.datetime], QuerySet[Body]]] = [
    lambda _member, _at: Body.objects.none()
]


def led_by(member: Member, powers: Powers, at: datetime.datetime) -> Q:
    """The bodies that a member leads: by an office, or named for a sitting that is under way."""
    return powers.over(*LEADS, field="pk") | Q(pk__in=_FOR_THE_DAY[0](member, at))


def tell_who_leads_for_the_day(question: Callable[[Member, datetime.datetime], QuerySet[Body]]) -> None:
    """Only the meetings, which are further up, know whom those present have named: they say so when the house starts
    (`meetings/apps.py`)."""
    _FOR_THE_DAY[0] = question


def answering(department: Department) -> QuerySet[Body]:
    """The bodies before which problems of a department come: production meetings of it or of all, its council, the
    administrative council."""
    of_it = Q(department=department)
    kinds = Q(kind=Kind.PRODUCTION_MEETING) & (of_it | Q(department=None))
    kinds |= Q(kind=Kind.DEPARTMENT_COUNCIL) & of_it
    kinds |= Q(kind=Kind.ADMINISTRATIVE_COUNCIL)
    return Body.objects.filter(kinds, cooperative=department.cooperative_id)


def council_of(department: Department) -> QuerySet[Body]:
    """The council of the department; the administrative council where a department has none."""
    own = Body.objects.filter(kind=Kind.DEPARTMENT_COUNCIL, department=department)
    if own.exists():
        return own
    return Body.objects.filter(kind=Kind.ADMINISTRATIVE_COUNCIL, cooperative=department.cooperative_id)


def sits_in_council(member: Member, department: Department, at: datetime.datetime) -> bool:
    """Holds a seat there at that moment; an alternate does not yet."""
    held = Mandate.objects.filter(Mandate.in_force(at), member=member, seat__alternate=False)
    return held.filter(seat__office__body__in=council_of(department)).exists()


def answers_for(member: Member, department: Department, at: datetime.datetime) -> bool:
    """Whether a member sits in the council of the place or leads a meeting before which its problems come."""
    if member.cooperative_id != department.cooperative_id:
        return False
    if sits_in_council(member, department, at):
        return True
    return answering(department).filter(led_by(member, powers_of(member, at), at)).exists()


def answered_by(member: Member, powers: Powers, at: datetime.datetime) -> QuerySet[Department]:
    """The departments for whose places a member answers (`answers_for`), as a condition: no question is asked yet."""
    departments = Department.objects.filter(cooperative=member.cooperative_id)
    bodies = Body.objects.filter(cooperative=member.cooperative_id)
    held = Mandate.objects.filter(Mandate.in_force(at), member=member, seat__alternate=False)
    seats = bodies.filter(pk__in=held.values("seat__office__body"))
    with_council = bodies.filter(kind=Kind.DEPARTMENT_COUNCIL, department__isnull=False)
    led = bodies.filter(led_by(member, powers, at))
    of_all = led.filter(kind=Kind.ADMINISTRATIVE_COUNCIL) | led.filter(
        kind=Kind.PRODUCTION_MEETING, department=None
    )
    own = seats.filter(kind=Kind.DEPARTMENT_COUNCIL) | led.filter(
        kind__in=(Kind.PRODUCTION_MEETING, Kind.DEPARTMENT_COUNCIL)
    )
    left_over = Exists(seats.filter(kind=Kind.ADMINISTRATIVE_COUNCIL)) & ~Q(
        pk__in=with_council.values("department")
    )
    return departments.filter(Q(pk__in=own.values("department")) | Exists(of_all) | left_over)


def before(problem: Problem) -> QuerySet[Body]:
    """The bodies before which a problem stands now, by its level."""
    department = problem.area.department
    bodies = Body.objects.filter(cooperative=department.cooperative_id)
    if problem.level == Problem.Level.MEETING:
        return bodies.filter(Q(department=department) | Q(department=None), kind=Kind.PRODUCTION_MEETING)
    if problem.level == Problem.Level.COUNCIL:
        return council_of(department)
    if problem.level == Problem.Level.ADMINISTRATION:
        return bodies.filter(kind=Kind.ADMINISTRATIVE_COUNCIL)
    return bodies.filter(kind=Kind.ASSEMBLY)


def standing_before(body: Body) -> QuerySet[Problem]:
    """What stands before a body, to be done or said to be solved. What is sent to a council that a department does not
    have comes before the administrative council, so nothing waits where nobody meets."""
    problems = Problem.objects.filter(
        cooperative=body.cooperative_id, state__in=[*Problem.TO_DO, Problem.State.SOLVED]
    )
    if body.kind not in LEVEL_OF:
        return problems.none()
    here = Q(level=LEVEL_OF[Kind(body.kind)])
    if body.kind == Kind.ADMINISTRATIVE_COUNCIL:
        councils = Body.objects.filter(kind=Kind.DEPARTMENT_COUNCIL, cooperative=body.cooperative_id)
        without = Department.objects.filter(cooperative=body.cooperative_id)
        without = without.exclude(pk__in=councils.filter(department__isnull=False).values("department"))
        here |= Q(level=Problem.Level.COUNCIL, area__department__in=without)
    if body.department_id is not None:
        here &= Q(area__department=body.department_id)
    return problems.filter(here)


def speaks_for(member: Member, bodies: QuerySet[Body], at: datetime.datetime) -> bool:
    """Whether a member holds a seat in one of the bodies or leads it."""
    held = Mandate.objects.filter(Mandate.in_force(at), member=member, seat__alternate=False)
    if held.filter(seat__office__body__in=bodies).exists():
        return True
    return bodies.filter(led_by(member, powers_of(member, at), at)).exists()


def obstacles_to_taking_part(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Everybody of the house may speak about a problem: members, on trial or hired."""
    return obstacles_of_the_house(by, problem.cooperative_id, at)


def obstacles_of_the_house(by: Member, cooperative: int, at: datetime.datetime) -> list[Reason]:
    if by.cooperative_id == cooperative and may_enter(by, by.cooperative.day_of(at)):
        return []
    return [Reason("not-in-the-register", {"name": by.name})]


def obstacles_to_answering(problem: Problem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    department = problem.area.department
    if answers_for(by, department, at):
        return []
    return [Reason("answers-for-no-such-place", {"department": department.name})]
