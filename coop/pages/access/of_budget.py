"""Budgets of this co-operative, or 404. A draft is for whoever keeps the budget; so is nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Subquery, Window
from django.http import Http404, HttpRequest

from coop.asked_often import Answer, Often, given
from coop.budget.models import Amendment, AmendmentMove, Year
from coop.budget.untold import year_as_told
from coop.charter.models import Cooperative
from coop.meetings.budgets import untold_since
from coop.members.models import OfficePower, Posting, Power

from .entering import Here, acting, enter

BUDGET_PAGE = 20  # lines of what was asked for


def budgets(here: Here) -> QuerySet[Year]:
    """The newest year first, and of a year the last text."""
    found = Year.objects.filter(cooperative=here.cooperative).order_by("-year", "-text")
    return found if here.may(Power.KEEP_BUDGET) else found.exclude(state=Year.State.DRAFT)


def keeping_offices() -> QuerySet[OfficePower]:
    """The offices that keep the budget, as powers."""
    found = OfficePower.objects.filter(
        power=Power.KEEP_BUDGET, office__body__cooperative_id=given("cooperative")
    )
    return found.order_by("office")


def _year() -> QuerySet[Year]:
    return Year.objects.filter(pk=given("key"), cooperative_id=given("cooperative"))


def _reader() -> QuerySet[Any, tuple[str | None, int | None]]:
    """The department of whoever reads it, and the first office that keeps the budget: whom to ask about it."""
    own = Posting.objects.filter(member_id=given("member"), struck_at=None, until=None).order_by(
        "since", "pk"
    )
    return Cooperative.objects.filter(pk=given("cooperative")).values_list(
        Subquery(own.values("department__code")[:1]), Subquery(keeping_offices().values("office")[:1])
    )


YEAR, READER = Often(_year, told=True), Often(_reader)


def budget(here: Here, key: int) -> Year:
    return _shown(here, YEAR.first(key=key, cooperative=here.cooperative.pk))


def budget_to_read(here: Here, key: int) -> tuple[Year, str, int | None]:
    """A year, the reader's own department and the office to ask."""
    year = budget(here, key)
    read_in, office = READER.first(cooperative=here.cooperative.pk, member=acting(here).pk) or (None, None)
    return year, read_in or "", office


def _shown(here: Here, thing: Year | None) -> Year:
    if thing is None or (thing.state == Year.State.DRAFT and not here.may(Power.KEEP_BUDGET)):
        raise Http404
    thing.cooperative = here.cooperative
    return year_as_told(thing, untold_since([thing]).get(thing.pk))


def budget_amendments(year: Year) -> QuerySet[Amendment]:
    """Those that were handed in; a draft is its writer's alone."""
    return _handed_in(year.pk).prefetch_related("moves__line")


def _handed_in(year: Any) -> QuerySet[Amendment]:
    found = Amendment.objects.filter(year_id=year, number__isnull=False)
    return found.select_related("author", "on_behalf_of", "amends").order_by("number")


FIRST_ASKED = Often(
    lambda: _handed_in(given("year")).annotate(many=Window(Count("pk")))[:BUDGET_PAGE], told=True
)
MOVES = Often(
    lambda: (
        AmendmentMove.objects.filter(amendment__in=_handed_in(given("year")).values("pk")[:BUDGET_PAGE])
        .select_related("line")
        .order_by("line__side", "line__code")
    ),
    told=True,
)


def budget_first_asked(year: Year) -> tuple[Answer[Any], Answer[AmendmentMove]]:
    """The first page of the same, not read yet: amendments, each with how `many` there are; and their moves."""
    return FIRST_ASKED.answer(year=year.pk), MOVES.answer(year=year.pk)


def budget_keeper(request: HttpRequest, coop: str) -> Here:
    """For whoever keeps the budget; for everybody else there is nothing here."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_BUDGET):
        raise Http404
    return here
