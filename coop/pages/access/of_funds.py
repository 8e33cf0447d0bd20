"""Funds of this co-operative and their projects, or 404. Everybody in the house reads all of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coop.budget.models import Fund, Line, Project, Year
from coop.members.models import Mandate

from .entering import Here, acting, one


def funds(here: Here) -> QuerySet[Fund]:
    """Those of the newest budget first."""
    found = Fund.objects.filter(year__cooperative=here.cooperative).select_related(
        "year", "line", "checked_by", "begun_by"
    )
    return found.order_by("-year__year", "-number")


def fund(here: Here, key: int) -> Fund:
    thing: Fund = one(funds(here), pk=key)
    return _at_home(thing, here)


def fund_project(here: Here, key: int) -> Project:
    found = Project.objects.filter(fund__in=funds(here).order_by())
    related = ("fund__year", "fund__line", "fund__checked_by", "author", "answers", "on_behalf_of")
    thing: Project = one(found.select_related(*related), pk=key)
    _at_home(thing.fund, here)
    return thing


def fund_projects_waiting(here: Here) -> QuerySet[Project]:
    """For this person to answer for, or to check as one of the commission; nobody checks what is their own."""
    me = acting(here)
    seats = Mandate.objects.filter(Mandate.in_force(here.at), member=me, seat__alternate=False)
    to_check = Q(state=Project.State.PUT, agreed_at__isnull=False) & ~Q(author=me) & ~Q(answers=me)
    to_check &= Q(fund__checked_by__in=seats.values("seat__office__body"))
    to_answer = Q(answers=me, agreed_at=None, state__in=[Project.State.PUT, Project.State.NOT_FEASIBLE])
    found = Project.objects.filter(to_check | to_answer, fund__in=funds(here).order_by())
    found = found.filter(fund__state=Fund.State.OPEN).select_related("fund__year")
    return found.order_by("put_at", "pk")


def fund_lines(here: Here) -> QuerySet[Line]:
    """Lines of expense of adopted budgets: where money can be set aside."""
    years = Year.objects.filter(
        cooperative=here.cooperative, state__in=[Year.State.ADOPTED, Year.State.RUNNING]
    )
    found = Line.objects.filter(year__in=years, side=Line.Side.EXPENSE).select_related("year")
    return found.order_by("-year__year", "code")


def _at_home(fund: Fund, here: Here) -> Fund:
    fund.year.cooperative = here.cooperative
    fund.line.year = fund.year
    return fund
