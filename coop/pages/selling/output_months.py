"""The output of a year month by month, and the second signature under a whole month."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.production import actions
from coop.production.models import Output, OutputSigned
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from .told import units, year_of, years_beside


@require_safe
def months(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    return _months(request, here, year_of(request, here))


def _months(
    request: HttpRequest, here: Here, year: int, *, refused: list[Reason] | None = None
) -> HttpResponse:
    context = {
        "year": year,
        "beside": years_beside(year, here.day),
        "rows": _rows(here, year),
        "refused": refused,
    }
    return render(request, "selling/products/months_signed.html", context, status=409 if refused else 200)


def _rows(here: Here, year: int) -> list[dict[str, Any]]:
    """The last month first; each with its figures, and who signed what stands there now."""
    by_month: dict[int, list[Output]] = {}
    for one in access.outputs(here, year):
        by_month.setdefault(one.month, []).append(one)
    signed: dict[int, OutputSigned] = {one.month: one for one in access.outputs_signed(here, year)}
    me, rows = acting(here), []
    for month in sorted(by_month, reverse=True):
        figures, last = by_month[month], signed.get(month)
        whole = last is not None and last.last_id == max(one.pk for one in figures)
        rows.append(
            {
                "month": month,
                "name": str(MONTHS[month]),
                "figures": [
                    (one.product, units(one.amount, one.product.unit), one.entered_by) for one in figures
                ],
                "last": last,
                "whole": whole,
                "word": _("signed by two") if whole else _("waits for a second signature"),
                "shape": "yes" if whole else "waiting",
                "signs": not whole
                and here.powers.confirms
                and all(one.entered_by_id != me.pk for one in figures),
            }
        )
    return rows


@require_POST
def sign(request: HttpRequest, coop: str) -> HttpResponse:
    """The whole month at once, by somebody who entered none of it."""
    here = enter(request, coop)
    year, month = year_of(request, here), request.POST.get("month", "")
    if not (month.isascii() and month.isdigit() and 1 <= int(month[:3]) <= 12):
        return _months(request, here, year, refused=[Reason("no-such-month")])
    try:
        actions.sign_month(
            cooperative=here.cooperative, year=year, month=int(month), by=acting(here), at=here.at
        )
    except Refused as refusal:
        return _months(request, here, year, refused=refusal.reasons)
    messages.success(request, _("Signed. A figure that is corrected later asks for a signature again."))
    return redirect(reverse("output-months", args=[coop]) + f"?year={year}")
