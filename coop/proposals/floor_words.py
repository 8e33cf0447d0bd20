"""The clauses of a plan, a price list or a choice of technique, made from their figures, so that words and number are
one. In the language of the co-operative."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coop.charter.models import Cooperative
from coop.production.models import Price, Product
from coop.production.prices import Four


class Monthly(NamedTuple):
    """What a product shall bring in a month, and what the machines can do; in units."""

    target: Decimal
    capacity: Decimal | None = None


class Way(NamedTuple):
    """One way of doing it, and what it means: a `TechnicalOption` before there is a row."""

    name: str
    cost: str
    jobs: str
    safety: str
    training: str


def clauses_of_plan(
    house: Cooperative,
    figures: Mapping[Product, Monthly],
    *,
    year: int,
    from_month: int,
    now: Mapping[int, Decimal],
) -> list[str]:
    """`now`: by product, what was planned for that month so far."""
    with translation.override(house.language):
        first = {"month": MONTHS[from_month], "year": year}
        clauses = []
        for product, monthly in figures.items():
            told = {
                **first,
                "product": _named(product),
                "target": _units(monthly.target, product),
                "capacity": _units(monthly.capacity, product) if monthly.capacity is not None else "",
            }
            words = (
                _(
                    "%(product)s: %(target)s a month, from %(month)s %(year)s on. The machines can do %(capacity)s."
                )
                if monthly.capacity is not None
                else _("%(product)s: %(target)s a month, from %(month)s %(year)s on.")
            ) % told
            if product.pk in now:
                words += "\n" + _("So far: %(target)s.") % {"target": _units(now[product.pk], product)}
            clauses.append(words)
        clauses.append(_("If it is decided later, it holds from the month of the decision."))
        return clauses


def clauses_of_prices(
    house: Cooperative,
    prices: Mapping[Product, Four],
    *,
    since: datetime.date | None,
    now: Mapping[int, Price],
) -> list[str]:
    """`now`: by product, the price that holds."""
    with translation.override(house.language):
        clauses = [_price(house, product, four, now.get(product.pk)) for product, four in prices.items()]
        clauses.append(
            _("These prices hold from %(day)s; if they are decided later, from that day.")
            % {"day": date_format(since, "DATE_FORMAT")}
            if since is not None
            else _("These prices hold from the day of the decision.")
        )
        return clauses


def _price(house: Cooperative, product: Product, four: Four, before: Price | None) -> str:
    told = {name: _money(house, amount) for name, amount in four._asdict().items()}
    words = _(
        "%(product)s, for one %(unit)s: cost %(cost)s, other plants of workers %(peer)s, market %(market)s, supporters"
        " %(support)s."
    ) % {**told, "product": _named(product), "unit": product.unit}
    if before is not None:
        so_far = {name: _money(house, getattr(before, name)) for name in Four._fields}
        words += (
            "\n"
            + _(
                "So far: cost %(cost)s, other plants of workers %(peer)s, market %(market)s, supporters %(support)s."
            )
            % so_far
        )
    if four.peer < four.cost:
        words += "\n" + _("Other plants of workers pay less than it costs: this proposal asks to allow that.")
    return words


def clauses_of_technique(house: Cooperative, ways: Sequence[Way], *, took_part: str) -> list[str]:
    """A clause for each option, and who looked into it."""
    with translation.override(house.language):
        clauses = [
            "\n".join(
                [
                    way.name,
                    _("Cost, and where the money comes from: %(words)s") % {"words": way.cost},
                    _("Jobs: %(words)s") % {"words": way.jobs},
                    _("Safety and health: %(words)s") % {"words": way.safety},
                    _("Training: %(words)s") % {"words": way.training},
                ]
            )
            for way in ways
        ]
        return [*clauses, _("Who took part in the study: %(names)s") % {"names": took_part}]


def _named(product: Product) -> str:
    return f"{product.code} {product.name}"


def _units(amount: Decimal, product: Product) -> str:
    decimals = max(0, -int(amount.normalize().as_tuple().exponent))
    return f"{number_format(amount, decimal_pos=decimals, force_grouping=True)} {product.unit}"


def _money(house: Cooperative, amount: Decimal) -> str:
    decimals = max(house.currency_decimals, -int(amount.normalize().as_tuple().exponent))
    return f"{number_format(amount, decimal_pos=decimals, force_grouping=True)} {house.currency_code}"
