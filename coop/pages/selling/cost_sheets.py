"""What a unit of a product costs, part by part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.budget.money import typed
from coop.production import actions
from coop.production.models import CostSheet
from coop.refusals import Refused

from .. import access
from ..access import acting, budget_keeper, enter
from ..paper import to_print
from ..sheets import Sheet
from .products import PARTS
from .told import PriceField, column, on_paper, price, units


class CostForm(Sheet):
    material = PriceField(label=PARTS["material"])
    other_inputs = PriceField(label=PARTS["other_inputs"])
    energy = PriceField(label=PARTS["energy"])
    work = PriceField(label=PARTS["work"])
    wear = PriceField(label=PARTS["wear"])
    work_hours = PriceField(label=gettext_lazy("Hours of work in a unit"))


@require_http_methods(["GET", "POST"])
def enter_cost(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The newest sheet stands in the form; each is kept, none is mended."""
    here = budget_keeper(request, coop)
    product = access.product(here, key)
    last = CostSheet.objects.filter(product=product).first()
    names = (*CostSheet.PARTS, "work_hours")
    initial = {name: typed(getattr(last, name)) for name in names} if last else {}
    form = CostForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"form": form, "product": product}
    if request.method == "GET":
        return render(request, "selling/products/cost.html", context)
    if not form.is_valid():
        return render(request, "selling/products/cost.html", context, status=422)
    parts = {name: form.cleaned_data[name] for name in CostSheet.PARTS}
    try:
        made = actions.enter_cost_sheet(
            product=product,
            parts=parts,
            work_hours=form.cleaned_data["work_hours"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "selling/products/cost.html", context, status=409)
    messages.success(request, _("Entered: a unit costs %(total)s.") % {"total": price(here, made.total)})
    return redirect("product", coop, product.pk)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A product for the notice board: what a unit costs, part by part, of the newest sheet."""
    here = enter(request, coop)
    product = access.product(here, key)
    sheet = CostSheet.objects.filter(product=product).first()
    title = _("Cost sheet: %(name)s") % {"name": product.name}
    rows, notes = [], [_("No cost sheet has been entered yet.")]
    if sheet is not None:
        rows = [[str(words), price(here, getattr(sheet, part))] for part, words in PARTS.items()]
        rows.append([_("Together"), price(here, sheet.total)])
        hours = units(sheet.work_hours)
        notes = [
            _("Of one %(unit)s. Hours of work in it: %(hours)s.") % {"unit": product.unit, "hours": hours}
        ]
    columns = [column(_("Part"), "wide"), column(_("Cost"), number=True)]
    return to_print("list", on_paper(here, title, notes=notes, columns=columns, rows=rows), name=title)
