"""What is made: products with plan, output and use of capacity of a year; one product, its months, cost and prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.members.models import Department, Power
from coop.production import actions
from coop.production.models import CostSheet, Output, PlanChange, Price, Product
from coop.production.planned import Month, ProductYear, changes_now, years_of
from coop.production.rules.answering import answers_for
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, budget_keeper, enter, page_of
from ..looking import Look
from ..sheets import Sheet, WordsField
from .told import price, state_of, units, year_of, years_beside

ON_A_PAGE = 30
FEW = 12
PARTS = {
    "material": gettext_lazy("Material"),
    "other_inputs": gettext_lazy("Other things bought"),
    "energy": gettext_lazy("Energy"),
    "work": gettext_lazy("Work"),
    "wear": gettext_lazy("Wear of machines"),
}


@require_safe
def products(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    year = year_of(request, here)
    look = Look(request, year=request.GET.get("year") and year)
    found = look.among(access.products(here), "{name} {code} {department__name}")
    page = page_of(request, found, ON_A_PAGE)
    changes = changes_now(here.cooperative, here.at)
    rows = [_row(one, changes.get(one.product.pk)) for one in years_of(page, year)]
    context = {
        "look": look,
        "page": page,
        "rows": [row for row in rows if row["moves"]],
        "still": [row for row in rows if not row["moves"]],
        "year": year,
        "beside": years_beside(year, here.day),
        "keeps": here.may(Power.KEEP_BUDGET),
    }
    return render(request, "selling/products/products.html", context)


def _row(one: ProductYear, change: PlanChange | None) -> dict[str, Any]:
    unit = one.product.unit
    return {
        "product": one.product,
        "made": units(one.made, unit) if one.told else "",
        "planned": units(one.planned_so_far, unit) if one.planned_so_far else "",
        "of_plan": one.percent_of_plan,
        "of_capacity": one.percent_of_capacity,
        "last": _month_name(one.told[-1].number) if one.told else "",
        "changed": change is not None,
        "moves": bool(one.told or change),
    }


def _month_name(number: int) -> str:
    return str(MONTHS[number])


# --- One product ------------------------------------------------------------------------------------------------------


@require_safe
def product(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    shown = access.product(here, key)
    year = year_of(request, here)
    told = years_of([shown], year)[0]
    change = changes_now(here.cooperative, here.at).get(shown.pk)
    sheets = CostSheet.objects.filter(product=shown).select_related("entered_by")[:2]
    context = {
        "product": shown,
        "year": year,
        "beside": years_beside(year, here.day),
        "told": told,
        "made": units(told.made, shown.unit),
        "bars": bars(told),
        "corrected": _corrected(shown, year),
        "lines": [
            (one, state_of(one), units(one.target, shown.unit), units(one.capacity) if one.capacity else "")
            for one in access.plan_lines(here).filter(product=shown, year=year)
        ],
        "change": change,
        "changed_to": units(change.target, shown.unit) if change else "",
        "costs": [_cost(here, one) for one in sheets],
        "prices": [_price(here, one) for one in _prices(shown)],
        "keeps": here.may(Power.KEEP_BUDGET),
        "answers": answers_for(acting(here), shown.department, here.at),
        "today": here.day,
    }
    return render(request, "selling/products/product.html", context)


def bars(told: ProductYear) -> list[dict[str, Any]]:
    """Each month as a bar of one scale, with a mark where the plan is; the table beside it says the same."""
    amounts = [amount for one in told.months for amount in (one.made, one.target, one.capacity) if amount]
    longest = max(amounts, default=Decimal(0))
    return [_bar(told.product, one, longest) for one in told.months]


def _bar(product: Product, one: Month, longest: Decimal) -> dict[str, Any]:
    name = _month_name(one.number)
    under = one.made is not None and one.target is not None and one.made < one.target
    return {
        "name": name,
        "made": "" if one.made is None else units(one.made, product.unit),
        "target": "" if one.target is None else units(one.target, product.unit),
        "capacity": "" if one.capacity is None else units(one.capacity, product.unit),
        "use": f"{one.made * 100 // one.capacity} %" if one.made is not None and one.capacity else "",
        "length": _share(one.made, longest),
        "mark": _share(one.target, longest) if one.target else "",
        "under": under,
        "late": one.output is not None and one.output.late,
        "output": one.output,
    }


def _share(amount: Decimal | None, longest: Decimal) -> str:
    return f"{(amount * 100 / longest).quantize(Decimal('0.1'))}%" if amount and longest else "0%"


def _corrected(product: Product, year: int) -> list[tuple[str, str, str, Output]]:
    """Figures that took the place of others, with what stood there before."""
    found = Output.objects.filter(product=product, year=year).select_related("entered_by")
    told: list[tuple[str, str, str, Output]] = []
    before: Output | None = None
    for one in found.order_by("month", "version"):
        if one.version > 1 and before is not None:
            told.append((_month_name(one.month), units(before.amount), units(one.amount), one))
        before = one
    return told[:FEW]


def _cost(here: Here, sheet: CostSheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "parts": [(words, price(here, getattr(sheet, part))) for part, words in PARTS.items()],
        "total": price(here, sheet.total),
        "hours": units(sheet.work_hours),
    }


def _prices(product: Product) -> list[Price]:
    """Those in force, to come and earlier, the newest first; lists that wait stand on their own page."""
    held = Price.objects.filter(product=product, since__isnull=False).select_related("price_list")
    return list(held.order_by("-since")[:FEW])


def _price(here: Here, one: Price) -> dict[str, Any]:
    holds = one.since is not None and one.since <= here.day and (one.until is None or one.until > here.day)
    return {
        "price": one,
        "holds": holds,
        "amounts": [price(here, amount) for amount in (one.cost, one.peer, one.market, one.support)],
    }


# --- A new one --------------------------------------------------------------------------------------------------------


class ProductSheet(Sheet):
    code = WordsField(
        label=gettext_lazy("Code"),
        max_length=16,
        help_text=gettext_lazy("Capital letters, figures and hyphens, such as KIT-W1."),
    )
    name = WordsField(label=gettext_lazy("Name"), max_length=120)
    unit = WordsField(
        label=gettext_lazy("Counted in"), max_length=16, help_text=gettext_lazy("Such as t, kg or piece.")
    )
    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        None, label=gettext_lazy("Department that makes it")
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["department"]
        field.queryset = Department.objects.filter(cooperative=here.cooperative).order_by("name")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, coop: str) -> HttpResponse:
    here = budget_keeper(request, coop)
    form = ProductSheet(request.POST if request.method == "POST" else None, here=here)
    if request.method == "GET":
        return render(request, "selling/products/add.html", {"form": form})
    if not form.is_valid():
        return render(request, "selling/products/add.html", {"form": form}, status=422)
    try:
        made = actions.add_product(**form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        return render(
            request, "selling/products/add.html", {"form": form, "refused": refusal.reasons}, status=409
        )
    messages.success(request, _("Entered: %(name)s.") % {"name": made.name})
    return redirect("product", coop, made.pk)
