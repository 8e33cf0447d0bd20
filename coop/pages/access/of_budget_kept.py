"""Lines of a budget, its months and movements, and what could not be met; of budgets that this person reads, or 404."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.asked_often import Often
from coop.budget.models import Amendment, Line, Movement, Unmet, Year
from coop.members.models import Department, Office

from .entering import Here, one
from .of_budget import budget_amendments, budgets, keeping_offices


def budget_line(year: Year, code: str) -> Line:
    thing: Line = one(year.lines.select_related("department"), code=code)
    thing.year = year
    return thing


def budget_lines_named(here: Here, code: str) -> QuerySet[Line]:
    """The line of this code in every budget that this person reads, the newest first."""
    found = Line.objects.filter(code=code, year__in=budgets(here).order_by())
    return found.select_related("year", "department").order_by("-year__year", "-year__text")


def budget_line_amendments(line: Line) -> QuerySet[Amendment]:
    return budget_amendments(line.year).filter(moves__line=line)


def budget_movements(year: Year) -> QuerySet[Movement]:
    found = Movement.objects.filter(year=year).select_related("source", "target", "entered_by")
    return found.order_by("number")


def budget_unmet(here: Here) -> QuerySet[Unmet]:
    """What could not be met, of the newest year first."""
    found = Unmet.objects.filter(year__in=budgets(here).order_by())
    related = (
        "year",
        "amendment__year",
        "amendment__author",
        "amendment__on_behalf_of",
        "department",
        "carried_to",
    )
    return found.select_related(*related).order_by("-year__year", "-year__text", "pk")


def departments(here: Here) -> QuerySet[Department]:
    return Department.objects.filter(cooperative=here.cooperative).order_by("code")


OFFICE = Often(lambda: keeping_offices().select_related("office")[:1])


def budget_office(here: Here) -> Office | None:
    """The first office that keeps the budget: whom to ask about it."""
    first = OFFICE.first(cooperative=here.cooperative.pk)
    return first.office if first else None
