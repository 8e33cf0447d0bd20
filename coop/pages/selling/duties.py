"""What plan, prices and sales ask of an office today: slips to sign, copies to compare, figures that are missing."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.members.models import Body, Power
from coop.members.models.countersigned import waiting
from coop.production.clocks import figures_due
from coop.production.models import PlanLine, Price, PriceList, PriceMove, Product, SaleSlip
from coop.production.planned import last_month, without_output
from coop.production.rules.answering import LEADS

from ..access import Here, acting
from ..stories import Story
from ..timetable import say_day, say_distance
from .told import price, units

FEW = 4
LASTS = datetime.timedelta(days=365)  # the assembly looks at prices every year
SOON = datetime.timedelta(days=30)


def lists(here: Here) -> dict[str, QuerySet[Any]]:
    """What may wait for an office; which of it does, the front page asks together with everything else."""
    found: dict[str, QuerySet[Any]] = {"outputs": _missing(here)}
    if here.powers.signs:
        found["slips"] = _of_others(here, SaleSlip)
    if here.powers.confirms:
        found |= {
            "plans": _of_others(here, PlanLine).filter(replaced_at=None),
            "prices": _of_others(here, PriceList),
            "price-moves": _moves(here),
        }
    if here.may(Power.KEEP_BUDGET):
        found["old-prices"] = _old(here)
    return found


def duties(here: Here, some: frozenset[str]) -> list[Story]:
    """`some`: the names of `lists` in which there is anything."""
    told = _slips(here) if "slips" in some else []
    told += _lists(here) if "prices" in some else []
    told += _plans(here) if "plans" in some else []
    told += _moved(here) if "price-moves" in some else []
    told += _figures(here) if "outputs" in some else []
    return told + (_aging(here) if "old-prices" in some else [])


def _of_others(here: Here, entries: type[Any]) -> QuerySet[Any]:
    """What waits and was entered by somebody else."""
    waits: QuerySet[Any] = entries._default_manager.filter(waiting(), cooperative=here.cooperative)
    return waits.exclude(entered_by=acting(here))


def _slips(here: Here) -> list[Story]:
    """What goes under list rings louder, and comes first."""
    found = _of_others(here, SaleSlip).exclude(kin=acting(here).pk).select_related("product", "entered_by")
    under = Q(unit_price__lt=F("list_price"))
    stories = []
    for one in [*found.filter(under)[:FEW], *found.exclude(under)[:FEW]]:
        less = one.unit_price < one.list_price
        listed = {"price": price(here, one.unit_price), "listed": price(here, one.list_price)}
        stories.append(
            Story(
                kicker=_("Sale under list") if less else _("Sale to sign"),
                headline=f"{one.buyer}: {units(one.quantity, one.product.unit)} · {one.product.name}",
                address=reverse("sale-slip", args=[here.cooperative.slug, one.pk]),
                text=one.reason if less else "",
                word=_("waits for your second signature") if less else _("waits for a second signature"),
                shape="late" if less else "waiting",
                meta=_("%(price)s, list %(listed)s") % listed,
            )
        )
    return stories[:FEW]


def _lists(here: Here) -> list[Story]:
    return [
        Story(
            kicker=_("Price list to compare"),
            headline=one.decision,
            address=reverse("price-list", args=[here.cooperative.slug, one.pk]),
            word=_("waits for a second person"),
            shape="waiting",
            meta=_("from %(day)s") % {"day": date_format(one.since, "DATE_FORMAT")},
        )
        for one in _of_others(here, PriceList).order_by("since")[:FEW]
    ]


def _moves(here: Here) -> QuerySet[Any]:
    return _of_others(here, PriceMove).filter(until__gt=here.day, price__until=None)


def _moved(here: Here) -> list[Story]:
    return [
        Story(
            kicker=_("Emergency price to sign"),
            headline=one.price.product.name,
            address=reverse("price-move", args=[here.cooperative.slug, one.pk]),
            text=one.because,
            word=_("waits for a second person"),
            shape="late",
        )
        for one in _moves(here).select_related("price__product")[:FEW]
    ]


def _plans(here: Here) -> list[Story]:
    years: dict[int, int] = {}
    for year in _of_others(here, PlanLine).filter(replaced_at=None).values_list("year", flat=True)[:500]:
        years[year] = years.get(year, 0) + 1
    return [
        Story(
            kicker=_("Plan to compare"),
            headline=_("Production plan %(year)s") % {"year": year},
            address=reverse("plan", args=[here.cooperative.slug]) + f"?year={year}",
            word=_("waits for a second person"),
            shape="waiting",
            meta=ngettext("one line", "%(many)s lines", many) % {"many": many},
        )
        for year, many in sorted(years.items())
    ]


def _missing(here: Here) -> QuerySet[Product]:
    """Products without a figure of the last month, for whoever keeps the budget or leads those who answer for them."""
    year, month = last_month(here.day)
    found = without_output(here.cooperative, year, month)
    if here.may(Power.KEEP_BUDGET):
        return found
    led = Body.objects.filter(
        here.powers.over(*LEADS, field="pk"),
        cooperative=here.cooperative,
        kind__in=[Body.Kind.PRODUCTION_MEETING, Body.Kind.DEPARTMENT_COUNCIL],
    )
    return found.filter(
        Q(department__in=led.exclude(department=None).values("department"))
        | Q(cooperative__in=led.filter(department=None).values("cooperative"))
    )


def _figures(here: Here) -> list[Story]:
    year, month = last_month(here.day)
    due = figures_due(year, month, here.bylaws.monthly_figures_days)
    names = list(_missing(here).values_list("name", flat=True)[: FEW + 1])
    told = ", ".join(names[:FEW]) + (" …" if len(names) > FEW else "")
    first = datetime.date(year, month, 1)
    return [
        Story(
            kicker=_("Figures of the month"),
            headline=_("What %(month)s brought") % {"month": date_format(first, "F Y")},
            address=reverse("output-enter", args=[here.cooperative.slug]),
            text=told,
            word=_("late") if here.day > due else _("not entered yet"),
            shape="late" if here.day > due else "waiting",
            meta=_("by %(day)s (%(distance)s)")
            % {"day": say_day(due), "distance": say_distance(here.day, due)},
        )
    ]


def _old(here: Here) -> QuerySet[Price]:
    """Prices in force that are a year old soon."""
    return Price.objects.filter(
        product__cooperative=here.cooperative, until=None, since__lte=here.day - LASTS + SOON
    )


def _aging(here: Here) -> list[Story]:
    first = _old(here).order_by("since").select_related("price_list")[0]
    assert first.since is not None
    ends = first.since + LASTS
    return [
        Story(
            kicker=_("Prices"),
            headline=_("The price list is a year old on %(day)s") % {"day": say_day(ends)},
            address=reverse("prices", args=[here.cooperative.slug]),
            word=_("late") if ends < here.day else _("to be looked at by the assembly"),
            shape="late" if ends < here.day else "waiting",
            meta=first.price_list.decision,
        )
    ]
