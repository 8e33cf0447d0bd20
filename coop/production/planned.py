"""A year of products as it was planned and as it came: read in three questions, however many products."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from coop.charter.models import Cooperative
from coop.members.models import Body

from .models import MeetingHeld, Output, PlanChange, PlanLine, Product

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Month:
    """`target` and `capacity` in units; `output` is the figure that counts, None while nobody has entered one."""

    number: int
    target: Decimal | None
    capacity: Decimal | None
    output: Output | None

    @property
    def made(self) -> Decimal | None:
        return self.output.amount if self.output else None


@dataclass(frozen=True)
class ProductYear:
    product: Product
    year: int
    months: tuple[Month, ...]

    @property
    def told(self) -> list[Month]:
        """The months that have a figure."""
        return [one for one in self.months if one.output is not None]

    @property
    def made(self) -> Decimal:
        return sum((one.made or NOTHING for one in self.told), NOTHING)

    @property
    def planned_so_far(self) -> Decimal:
        """Of the months that have a figure, and for which something was planned."""
        return sum((one.target or NOTHING for one in self.told), NOTHING)

    @property
    def percent_of_plan(self) -> int | None:
        """Made of what was planned, down to whole per cent; None where nothing was planned or told."""
        return percent(self.made, self.planned_so_far)

    @property
    def percent_of_capacity(self) -> int | None:
        """Of the months that have a figure and a capacity."""
        both = [(one.made or NOTHING, one.capacity) for one in self.told if one.capacity is not None]
        made, could = sum((one for one, _could in both), NOTHING), sum((one for _made, one in both), NOTHING)
        return percent(made, could)


def percent(part: Decimal, whole: Decimal) -> int | None:
    """
    >>> percent(Decimal(402), Decimal(420)), percent(Decimal(1), Decimal(0))
    (95, None)
    """
    return int(part * 100 // whole) if whole else None


def years_of(products: Iterable[Product], year: int) -> list[ProductYear]:
    """What two have signed of the plan or a vote has set, and the last figure of each month."""
    products = list(products)
    lines: dict[int, list[PlanLine]] = defaultdict(list)
    counted = PlanLine.objects.filter(PlanLine.counted(), product__in=products, year=year)
    for line in counted.order_by("from_month"):
        lines[line.product_id].append(line)
    outputs: dict[tuple[int, int], Output] = {}
    for one in (
        Output.objects.filter(product__in=products, year=year)
        .order_by("product_id", "month", "-version")
        .distinct("product_id", "month")
    ):
        outputs[one.product_id, one.month] = one
    return [
        ProductYear(
            product,
            year,
            tuple(
                _month(number, lines[product.pk], outputs.get((product.pk, number)))
                for number in range(1, 13)
            ),
        )
        for product in products
    ]


def _month(number: int, lines: list[PlanLine], output: Output | None) -> Month:
    held = [line for line in lines if line.from_month <= number]
    if not held:
        return Month(number, None, None, output)
    return Month(number, held[-1].target, held[-1].capacity, output)


def changes_now(cooperative: Cooperative, at: datetime.datetime) -> dict[int, PlanChange]:
    """By product: what could not wait, and holds as long as no production meeting has been held since."""
    met = MeetingHeld.objects.filter(
        Q(body__department=None) | Q(body__department=OuterRef("product__department")),
        body__cooperative=cooperative,
        body__kind=Body.Kind.PRODUCTION_MEETING,
        at__gt=OuterRef("entered_at"),
    )
    day = cooperative.day_of(at)
    held = PlanChange.objects.filter(
        ~Exists(met), product__cooperative=cooperative, since__lte=day, until__gt=day
    )
    return {one.product_id: one for one in held.select_related("entered_by")}


def last_month(day: datetime.date) -> tuple[int, int]:
    """Year and month of the last month that is over.

    >>> last_month(datetime.date(2026, 1, 31))
    (2025, 12)
    """
    before = day.replace(day=1) - datetime.timedelta(days=1)
    return before.year, before.month


def without_output(cooperative: Cooperative, year: int, month: int) -> QuerySet[Product]:
    """Products that were planned for the month and have no figure yet, by code."""
    planned = PlanLine.objects.filter(
        PlanLine.counted(), product=OuterRef("pk"), year=year, from_month__lte=month
    )
    told = Output.objects.filter(product=OuterRef("pk"), year=year, month=month)
    found = Product.objects.filter(Exists(planned), ~Exists(told), cooperative=cooperative)
    return found.order_by("code")
