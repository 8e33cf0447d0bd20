"""Emergency prices: one that was set is moved until a day; a second person signs, and everybody reads why."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.members.rules.second_person import obstacles_to_confirming
from coop.production import actions
from coop.production.models import PriceMove
from coop.production.rules.moves import LONGEST
from coop.production.rules.selling import price_on
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, budget_keeper, enter
from ..second_person import answered
from ..sheets import DayField, Sheet, WordsField
from .told import PriceField, price

FEW = 20


class MoveSheet(Sheet):
    peer = PriceField(label=gettext_lazy("Other plants of workers"))
    market = PriceField(label=gettext_lazy("Market"))
    support = PriceField(label=gettext_lazy("Supporters"))
    until = DayField(
        label=gettext_lazy("First day on which the price of the list holds again"),
        help_text=gettext_lazy("At most thirty days from now. It ends by itself."),
    )
    because = WordsField(label=gettext_lazy("Why it cannot wait"), max_length=300)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """`key`: of the product. By whoever keeps the prices."""
    here = budget_keeper(request, coop)
    product = access.product(here, key)
    held = price_on(product, here.day)
    if held is None:
        raise Http404
    held.product = product
    first: dict[str, Any] = {name: getattr(held, name).normalize() for name in ("peer", "market", "support")}
    first["until"] = here.day + datetime.timedelta(days=LONGEST.days)
    form = MoveSheet(request.POST if request.method == "POST" else None, initial=first)
    context: dict[str, Any] = {"form": form, "product": product, "cost": price(here, held.cost)}
    if request.method == "GET":
        return render(request, "selling/prices/move.html", context)
    if not form.is_valid():
        return render(request, "selling/prices/move.html", context, status=422)
    try:
        actions.move_price(price=held, **form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "selling/prices/move.html", context, status=409)
    messages.success(request, _("Written down. It holds when a second person has signed it."))
    return redirect("prices", coop)


@require_safe
def one_move(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """What was moved, by how much, and why."""
    here = enter(request, coop)
    return _page(request, here, access.price_move(here, key))


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second signature, or a refusal with its reason."""
    here = enter(request, coop)
    shown = access.price_move(here, key)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_move, move=shown),
            turn_down=partial(actions.turn_down_move, move=shown),
            confirmed=_("Signed. The price holds from today."),
        )
    except Refused as refusal:
        return _page(request, here, shown, refused=refusal.reasons, typed=request.POST.get("because", ""))
    return redirect("price-move", coop, key)


def _page(
    request: HttpRequest,
    here: Here,
    shown: PriceMove,
    *,
    refused: list[Reason] | None = None,
    typed: str = "",
) -> HttpResponse:
    me = acting(here)
    waits = shown.waits
    context = {
        "move": shown,
        "row": moved(here, shown),
        "refused": refused,
        "typed": typed,
        "mine": shown.entered_by_id == me.pk,
        "signs": waits and not obstacles_to_confirming(shown, by=me, at=here.at, powers=here.powers),
    }
    return render(request, "selling/prices/one_move.html", context, status=409 if refused else 200)


def moves_now(here: Here) -> list[dict[str, Any]]:
    """What holds today or waits for a second signature."""
    return [moved(here, one) for one in access.price_moves_now(here)[:FEW]]


def moved(here: Here, one: PriceMove) -> dict[str, Any]:
    if one.waits:
        state = (_("waits for a second signature"), "waiting")
    elif one.refused_at is not None:
        state = (_("turned down"), "stopped")
    elif one.until <= here.day:
        state = (_("over"), "draft")
    else:
        state = (_("holds until %(day)s") % {"day": date_format(one.until, "DATE_FORMAT")}, "live")
    amounts = [price(here, amount) for amount in (one.peer, one.market, one.support)]
    listed = [price(here, amount) for amount in (one.price.peer, one.price.market, one.price.support)]
    return {"move": one, "state": state, "amounts": amounts, "listed": listed}
