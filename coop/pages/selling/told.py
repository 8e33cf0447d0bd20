"""Units, prices and decisions as people read and type them, on the pages of products, prices and sales."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.intake import writing
from coop.production.models import PlanLine, PriceList, SaleSlip

from ..access import Here
from ..budget.amounts import AmountField
from ..sheets import WordsField

YEARS_BACK = 10
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class UnitsField(AmountField):
    """So many units of a product."""

    decimals = 3


class PriceField(AmountField):
    """The price of one unit; of a kilo it may have more decimals than our money."""

    decimals = 4


def decision_field(**more: Any) -> WordsField:
    more.setdefault("label", gettext_lazy("Decision of the assembly"))
    return WordsField(
        help_text=gettext_lazy("Its number, such as “D GA 2026-3”. It has to stand on record, carried."),
        max_length=200,
        **more,
    )


def units(amount: Decimal, unit: str = "") -> str:
    """
    >>> units(Decimal("402.500"), "t")
    '402.5 t'
    """
    decimals = max(0, -int(amount.normalize().as_tuple().exponent))
    told = number_format(amount, decimal_pos=decimals, force_grouping=True)
    return f"{told} {unit}" if unit else str(told)


def price(here: Here, amount: Decimal) -> str:
    """With the decimals of our money, and more where it has them."""
    decimals = max(here.cooperative.currency_decimals, -int(amount.normalize().as_tuple().exponent))
    told = number_format(amount, decimal_pos=decimals, force_grouping=True)
    return f"{told} {here.cooperative.currency_code}"


def state_of(entry: PlanLine | PriceList | SaleSlip) -> tuple[str, str]:
    """Of what two have to sign: in words, and as a shape."""
    if entry.waits:
        return _("waits for a second signature"), "waiting"
    if entry.refused_at is not None:
        return _("turned down"), "stopped"
    if getattr(entry, "replaced_at", None) is not None:
        return _("replaced by a later vote"), "draft"
    if getattr(entry, "voted", False):
        return _("set by the vote"), "yes"
    return _("signed by two"), "yes"


def year_of(request: HttpRequest, here: Here) -> int:
    """The year that the address asks for; without one this year. Years that no book has are not there."""
    asked = request.GET.get("year", "")
    if not asked:
        return here.day.year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        raise Http404
    year = int(asked)
    if not here.day.year - YEARS_BACK <= year <= here.day.year + 2:
        raise Http404
    return year


def years_beside(year: int, today: datetime.date) -> list[int]:
    """The year before and the next one, as far as there are pages of them."""
    return [one for one in (year - 1, year + 1) if today.year - YEARS_BACK <= one <= today.year + 1]


def as_file(
    here: Here, kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[writing.Value]]
) -> HttpResponse:
    """A table for a spreadsheet. `kind`: xlsx or csv; another one is not there."""
    if kind not in KINDS:
        raise Http404
    content = writing.as_csv(heads, rows) if kind == "csv" else writing.as_xlsx(name, heads, rows)
    answer = HttpResponse(content, content_type=KINDS[kind])
    filename = get_valid_filename(f"{here.cooperative.slug}-{name}.{kind}")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def on_paper(here: Here, title: str, **more: Any) -> dict[str, Any]:
    """What every sheet wants at its head and foot."""
    return {
        "title": title,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": f"{here.cooperative.short_name} · {title}",
        **more,
    }


def column(words: str, width: str = "auto", *, number: bool = False) -> dict[str, Any]:
    return {"words": words, "width": width, "number": number}
