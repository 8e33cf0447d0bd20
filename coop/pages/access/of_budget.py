"""Budgets of this co-operative, or 404. A draft is for whoever keeps the budget; so is nothing else."""

from __future__ import annotations

from django.db.models import QuerySet

from coop.budget.models import Amendment, Year
from coop.budget.untold import year_as_told
from coop.meetings.budgets import untold_since
from coop.members.models import Power

from .entering import Here, one


def budgets(here: Here) -> QuerySet[Year]:
    """The newest year first, and of a year the last text."""
    found = Year.objects.filter(cooperative=here.cooperative).order_by("-year", "-text")
    return found if here.may(Power.KEEP_BUDGET) else found.exclude(state=Year.State.DRAFT)


def budget(here: Here, key: int) -> Year:
    thing: Year = one(budgets(here), pk=key)
    thing.cooperative = here.cooperative
    return year_as_told(thing, untold_since([thing]).get(thing.pk))


def budget_amendments(year: Year) -> QuerySet[Amendment]:
    """Those that were handed in; a draft is its writer's alone."""
    found = year.amendments.filter(number__isnull=False).select_related("author", "on_behalf_of", "amends")
    return found.prefetch_related("moves__line").order_by("number")
