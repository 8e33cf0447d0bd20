"""Pay: the scale in force and its versions, with the second signature; the ratio month by month; one's own slips."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.members.models import Power
from coop.pay import actions
from coop.pay.models import PayScale, Slip
from coop.pay.rules.scales import scale_on
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, enter, page_of
from ..paper import to_print
from ..second_person import answered, beside
from .ratio import bar, told_ratio

SHOWN = 12  # slips on one page


def money(here: Here, amount: Decimal) -> str:
    """An amount as people read it, with the code of the currency."""
    decimals = here.cooperative.currency_decimals
    told = number_format(round(amount, decimals), decimal_pos=decimals, force_grouping=True)
    return f"{told} {here.cooperative.currency_code}"


# --- The scale --------------------------------------------------------------------------------------------------------


@require_safe
def pay(request: HttpRequest, coop: str) -> HttpResponse:
    """What holds today, what waits, and the ratio of the last month."""
    here = enter(request, coop)
    scale = scale_on(here.cooperative, here.day)
    last = access.pay_months(here).first()
    context = {
        **lines_of(here, scale),
        "scale": scale,
        "reference": money(here, here.cooperative.reference_pay) if here.cooperative.reference_pay else "",
        "versions": [(one, _state(one, scale, here.day)) for one in access.pay_scales(here)[:12]],
        "keeps": here.may(Power.KEEP_BUDGET),
        "last": bar(last) if last else None,
        "last_bars": [bar(last)] if last else [],
    }
    return render(request, "pay/pay.html", context)


def lines_of(here: Here, scale: PayScale | None) -> dict[str, Any]:
    if scale is None:
        return {"grades": [], "supplements": []}
    return {
        "grades": [(one, money(here, one.amount), one.jobs.splitlines()) for one in scale.grades.all()],
        "supplements": [(one, _most(here, one)) for one in scale.supplements.all()],
        "counts": here.bylaws.pay_supplements_count,
        "ceiling": told_ratio(Fraction(here.bylaws.pay_ratio)),
    }


def _most(here: Here, supplement: Any) -> str:
    if supplement.percent is None:
        return _("at most %(amount)s a month") % {"amount": money(here, supplement.amount)}
    percent = number_format(supplement.percent.normalize())
    return _("at most %(percent)s %% of the pay of the month") % {"percent": percent}


def _state(one: PayScale, holding: PayScale | None, day: datetime.date) -> tuple[str, str]:
    """In words, and as a shape."""
    if one.waits:
        return _("waits for a second person"), "waiting"
    if one.refused_at is not None:
        return _("turned down"), "stopped"
    if holding is not None and one.pk == holding.pk:
        return _("in force"), "yes"
    return (_("to come"), "draft") if one.valid_from > day else (_("no longer in force"), "done")


@require_safe
def scale(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    here = enter(request, coop)
    return _shown(request, here, access.pay_scale(here, number))


def _shown(
    request: HttpRequest, here: Here, shown: PayScale, *, refused: list[Reason] | None = None, typed: str = ""
) -> HttpResponse:
    context = {
        **lines_of(here, shown),
        "scale": shown,
        "state": _state(shown, scale_on(here.cooperative, here.day), here.day),
        "refused": refused,
        "typed": typed,
        **beside(here, shown),
    }
    return render(request, "pay/scale.html", context, status=409 if refused else 200)


@require_POST
def countersign(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """The second person confirms, or says what the decision says instead."""
    here = enter(request, coop)
    shown = access.pay_scale(here, number)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_scale, scale=shown),
            turn_down=partial(actions.turn_down_scale, scale=shown),
            confirmed=_("Confirmed. It holds from its day on."),
        )
    except Refused as refusal:
        again = access.pay_scale(here, number)
        return _shown(request, here, again, refused=refusal.reasons, typed=request.POST.get("because", ""))
    return redirect("pay-scale", coop, number)


@require_safe
def printed(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """The scale as a sheet for the notice board."""
    here = enter(request, coop)
    shown = access.pay_scale(here, number)
    told = lines_of(here, shown)
    title = _("Pay scale %(number)s") % {"number": shown.number}
    holds = {"day": date_format(shown.valid_from, "DATE_FORMAT"), "act": shown.adopted_by}
    notes = [_("Valid from %(day)s. Adopted by: %(act)s.") % holds]
    if shown.confirmed_at is None:
        notes.append(_("Not confirmed: nobody is paid by it."))
    notes += [f"{one.title}: {most}." for one, most in told["supplements"]]
    data = {
        "title": title,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": f"{here.cooperative.short_name} · {title}",
        "notes": notes,
        "columns": [
            {"words": _("Grade"), "width": "auto"},
            {"words": _("Jobs"), "width": "wide"},
            {"words": _("A month"), "width": "auto", "number": True},
        ],
        "rows": [
            [one.code, ", ".join(filter(None, [one.title, *jobs])), amount]
            for one, amount, jobs in told["grades"]
        ],
    }
    return to_print("list", data, name=title)


# --- One's own --------------------------------------------------------------------------------------------------------


@require_safe
def mine(request: HttpRequest, coop: str) -> HttpResponse:
    """One's own slips; nobody else has a page that shows them."""
    here = enter(request, coop)
    page = page_of(request, access.my_slips(here), SHOWN)
    context = {"page": page, "slips": [_slip(here, one) for one in page]}
    answer = render(request, "pay/mine.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _slip(here: Here, slip: Slip) -> dict[str, Any]:
    supplements = list(slip.supplements.all())
    total = slip.paid + sum((one.amount for one in supplements), Decimal(0))
    return {
        "month": date_format(slip.month.month, "F Y"),
        "grade": slip.grade,
        "share": number_format(slip.share.normalize()) if slip.share != 100 else "",
        "paid": money(here, slip.paid),
        "supplements": [(one.supplement.title, money(here, one.amount)) for one in supplements],
        "total": money(here, total),
    }
