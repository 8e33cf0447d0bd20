"""Products, prices and sales for tests."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from coop.decisions.actions import carry_over, confirm_carried
from coop.members.models import Body, Department, Power
from coop.production import actions as production
from coop.production.models import BuyerBar, PlanLine, Price, PriceList, PriceMove, Product, SaleSlip
from coop.production.prices import Four
from tests import make, make_production
from tests.kept_steps import kept

LOAF = Four(Decimal("71.50"), Decimal("78.00"), Decimal("104.00"), Decimal("116.00"))

DECIDED = (3, 4, 5, 6, 7)  # numbers of this year


@kept
def plant(*, bylaws: dict[str, object] | None = None) -> make.Plant:
    """The bakery of `make_production`; Gus keeps the budget."""
    made = make_production.plant(bylaws=bylaws)
    council = Body.objects.get(cooperative=made.cooperative, code="ADM")
    make.office(made, council, "treasurer", made.gus, [(Power.KEEP_BUDGET, None)])
    for number in DECIDED:
        decided(made, number)
    return made


def decided(plant: make.Plant, number: int) -> str:
    """What the assembly carried in January, copied from the book and signed: "D GA 2026-3"."""
    entry = carry_over(
        body=plant.assembly,
        number=number,
        title="Prices and plans",
        text="As they were read out.",
        outcome="carried",
        decided_on=datetime.date(2026, 1, 15),
        source="Book of minutes 3",
        by=plant.ana,
        at=make.now(),
    )
    confirm_carried(entry=entry, by=plant.bo, at=make.now())
    return f"D GA 2026-{number}"


@kept
def product(plant: make.Plant, code: str = "LOAF", *, department: str = "OVN") -> Product:
    return production.add_product(
        department=Department.objects.get(cooperative=plant.cooperative, code=department),
        code=code,
        name=f"Bread {code.lower()}",
        unit="kg",
        by=plant.gus,
        at=make.now() - make.days(500),
    )


def entered(
    plant: make.Plant, of: Product, *, four: Four = LOAF, days_ago: float = 20, **more: Any
) -> PriceList:
    at = make.now() - make.days(days_ago)
    more.setdefault("since", plant.cooperative.day_of(at))
    return production.enter_prices(
        cooperative=plant.cooperative, decision="D GA 2026-3", prices={of: four}, by=plant.gus, at=at, **more
    )


@kept
def priced(plant: make.Plant, *, days_ago: float = 20) -> Product:
    """A loaf whose prices hold since twenty days."""
    made = product(plant)
    at = make.now() - make.days(days_ago)
    production.confirm_prices(price_list=entered(plant, made, days_ago=days_ago), by=plant.bo, at=at)
    return made


def slip(
    plant: make.Plant, of: Product, price: str = "104.00", kind: str = "market", **more: Any
) -> SaleSlip:
    """Gus signs first, today."""
    now = make.now()
    facts: dict[str, Any] = {
        "buyer": "Shop of the port",
        "quantity": Decimal(60),
        "sold_on": plant.cooperative.day_of(now),
        "by": plant.gus,
        "at": now,
    }
    return production.write_slip(product=of, kind=kind, unit_price=Decimal(price), **(facts | more))


def today(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """A product with its prices, and a plan, a list and a slip that wait; nobody of the small plant keeps the budget,
    so they stand there without an act."""
    day, now = today(plant), make.now()
    house: dict[str, Any] = {"cooperative": plant.cooperative}
    first: dict[str, Any] = house | {"entered_by": plant.gus, "entered_at": now, "entered_on": day}
    department = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    facts = {"code": "1001", "name": "Άρτος", "unit": "κιλό", "made_at": now}
    loaf = Product.objects.create(**house, department=department, **facts)
    plan = PlanLine.objects.create(**first, product=loaf, year=day.year, target=9, decision="D GA 2026-3")
    lists = [PriceList.objects.create(**first, decision="D GA 2026-3", since=day) for _one in range(2)]
    amounts = LOAF._asdict() | {"support_percent": 12}
    held, _waits = (Price.objects.create(price_list=one, product=loaf, **amounts) for one in lists)
    PriceList.objects.filter(pk=lists[0].pk).update(confirmed_by=plant.bo, confirmed_at=now)
    Price.objects.filter(pk=held.pk).update(since=day)
    waits = SaleSlip.objects.create(
        **first,
        product=loaf,
        price=held,
        kind="market",
        buyer="Λιμάνι",
        quantity=2,
        unit_price=100,
        list_price=104,
        discount_percent=5,
        reason="Πολλά",
        sold_on=day,
    )
    move = PriceMove.objects.create(
        **first, price=held, peer=79, market=105, support=117, because="Αλεύρι", until=day + make.days(9)
    )
    bar = BuyerBar.objects.create(
        **house, buyer="Λιμάνι", because="Πουλά", since=day, entered_by=plant.gus, entered_at=now
    )
    of_product = ("product", "product-cost", "product-cost-printed", "plan-change", "price-move-enter")
    of_list = ("price-list", "price-list-countersign", "price-list-printed")
    of_slip = ("sale-slip", "sale-slip-sign", "sale-slip-printed")
    return {
        **{name: {"key": loaf.pk} for name in of_product},
        "plan-countersign": {"key": plan.pk},
        **{name: {"key": lists[1].pk} for name in of_list},
        **{name: {"key": waits.pk} for name in of_slip},
        **{name: {"key": move.pk} for name in ("price-move", "price-move-sign")},
        "buyer-bar-lift": {"key": bar.pk},
        **{name: {"kind": "csv"} for name in ("output-list", "prices-file", "sales-file")},
    }
