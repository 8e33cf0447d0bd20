"""Amendments of the budget of this co-operative, or 404. A draft is its writer's alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coop.budget.models import Amendment, Challenge, PartOf, Year
from coop.budget.untold import as_told, year_as_told
from coop.meetings.budgets import untold_since

from .entering import Here, acting, one
from .of_budget import budgets


def budget_asked(here: Here) -> QuerySet[Amendment]:
    """Those that were handed in, and one's own drafts; of budgets that this person reads."""
    found = Amendment.objects.filter(
        Q(number__isnull=False) | Q(author=acting(here)), year__in=budgets(here).order_by()
    )
    related = ("year", "author", "on_behalf_of", "amends", "through")
    return found.select_related(*related).prefetch_related("moves__line")


def budget_amendment(here: Here, key: int) -> Amendment:
    thing: Amendment = one(budget_asked(here), pk=key)
    return _at_home(thing, here)


def budget_parts(here: Here, year: Year, keys: list[int]) -> list[Amendment]:
    """Those that a common text is to stand for, in their order; 404 when one of them is not there."""
    found = [_at_home(one(budget_asked(here), pk=key, year=year), here) for key in dict.fromkeys(keys)]
    return sorted(found, key=lambda part: part.number or 0)


def budget_part(here: Here, key: int) -> PartOf:
    """An amendment as part of a common text that was handed in."""
    found = PartOf.objects.filter(common__in=budget_asked(here).filter(number__isnull=False))
    thing: PartOf = one(found.select_related("common__year", "part__on_behalf_of"), pk=key)
    return thing


def budget_challenge(here: Here, key: int) -> Challenge:
    """With its amendment, which has fallen."""
    thing: Challenge = one(
        Challenge.objects.filter(amendment__in=budget_asked(here)).select_related("made_by"), pk=key
    )
    thing.amendment = budget_amendment(here, thing.amendment_id)
    return thing


def _at_home(thing: Amendment, here: Here) -> Amendment:
    thing.year.cooperative = here.cooperative
    as_told(thing, year_as_told(thing.year, untold_since([thing.year]).get(thing.year_id)))
    if thing.amends is not None:
        thing.amends.year = thing.year
        as_told(thing.amends, thing.year)
    if thing.through is not None:
        thing.through.year = thing.year
    return thing
