"""The pay ratio month by month, as a picture with its ceiling, and the alarm above it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.members.models import Power
from coop.members.models.countersigned import waiting
from coop.pay.models import PayMonth, PayScale

from .. import access
from ..access import Here, acting, enter, page_of
from ..stories import Story

SHOWN = 24  # months on one page


def told_ratio(ratio: Fraction) -> str:
    """1.26 : 1, to the second decimal, never down to a ceiling that it is above.

    >>> told_ratio(Fraction(3, 2)), told_ratio(Fraction(30001, 20000))
    ('1.50', '1.51')
    """
    hundredths = -(-ratio.numerator * 100 // ratio.denominator)
    return str(number_format(Decimal(hundredths) / 100, decimal_pos=2))


@dataclass(frozen=True)
class Bar:
    """A month: the ratio in words, and the lengths of the picture in per cent of the width."""

    month: PayMonth
    name: str
    ratio: str
    without: str
    with_: str
    ceiling: str
    sentence: str
    over: bool
    length: str
    mark: str


def bar(month: PayMonth) -> Bar:
    """The picture begins at 1 : 1, where everybody is paid the same, and the ceiling stands at two thirds of it."""
    ratio, ceiling = month.compared, Fraction(month.ceiling)
    words = {
        "month": date_format(month.month, "F Y"),
        "ratio": told_ratio(ratio),
        "ceiling": told_ratio(ceiling),
    }
    sentence = (
        _("In %(month)s the highest pay was %(ratio)s times the lowest: above the ceiling of %(ceiling)s.")
        if month.over
        else _("In %(month)s the highest pay was %(ratio)s times the lowest; the ceiling is %(ceiling)s.")
    )
    room = max(ceiling - 1, Fraction(1, 2)) * Fraction(3, 2)
    return Bar(
        month=month,
        name=words["month"],
        ratio=words["ratio"],
        without=told_ratio(Fraction(month.ratio)),
        with_=told_ratio(Fraction(month.ratio_with)),
        ceiling=words["ceiling"],
        sentence=sentence % words,
        over=month.over,
        length=f"{float(min(Fraction(1), (ratio - 1) / room) * 100):.2f}%",
        mark=f"{float((ceiling - 1) / room * 100):.2f}%",
    )


@require_safe
def ratio(request: HttpRequest, coop: str) -> HttpResponse:
    """Month by month, the newest first; to everybody."""
    here = enter(request, coop)
    page = page_of(request, access.pay_months(here).prefetch_related("grades__grade"), SHOWN)
    bars = [bar(month) for month in page]
    context = {"page": page, "bars": bars, "keeps": here.may(Power.KEEP_BUDGET)}
    return render(request, "pay/ratio.html", context)


def duties(here: Here) -> list[Story]:
    """For whoever keeps the budget, or audits: the last month is above the ceiling. Who confirms sees what waits."""
    found = []
    if here.powers.confirms:
        others = access.pay_scales(here).filter(waiting()).exclude(entered_by=acting(here))
        found += [_to_compare(here, one) for one in others]
    if here.may(Power.KEEP_BUDGET) or here.may(Power.AUDIT):
        last = access.pay_months(here).first()
        if last is not None and last.over:
            found.append(_alarm(here, last))
    return found


def _to_compare(here: Here, one: PayScale) -> Story:
    return Story(
        kicker=_("Pay scale to compare"),
        headline=one.adopted_by,
        address=reverse("pay-scale", args=[here.cooperative.slug, one.number]),
        word=_("waits for a second person"),
        shape="waiting",
    )


def _alarm(here: Here, last: PayMonth) -> Story:
    return Story(
        kicker=_("Equal pay"),
        headline=bar(last).sentence,
        address=reverse("pay-ratio", args=[here.cooperative.slug]),
        word=_("above the ceiling"),
        shape="late",
        meta=_("the bylaws say how far pay may lie apart"),
    )
