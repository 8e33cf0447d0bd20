"""Promises held against sales, refused orders, peers who sell on, emergency prices, signed months."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from coop.production import actions as production
from coop.production.models import BuyerBar, OutputSigned, Pledge, PriceMove, Product, Refusal
from coop.production.promises import kept, with_sales
from coop.production.rules.moves import listed_on
from coop.production.rules.selling import price_on
from coop.refusals import Refused
from tests import make, make_selling

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


# --- Promises --------------------------------------------------------------------------------------------------------


def pledged(plant: make.Plant, amount: int, **more: Any) -> Pledge:
    facts: dict[str, Any] = {
        "cooperative": plant.cooperative,
        "buyer": "Union of the port",
        "kind": "support",
        "year": make_selling.today(plant).year,
        "what": "Bread",
        "by": plant.bo,
        "at": make.now(),
    }
    return production.enter_pledge(amount=Decimal(amount), **facts | more)


def sold(plant: make.Plant, loaf: Product, quantity: int, buyer: str, kind: str = "support") -> None:
    price = {"support": "116", "market": "104"}[kind]
    slip = make_selling.slip(plant, loaf, price, kind, quantity=Decimal(quantity), buyer=buyer)
    production.sign_sale(slip=slip, by=plant.bo, at=make.now())


def states(plant: make.Plant, *, days: int = 0) -> list[tuple[Decimal, str]]:
    found = with_sales(Pledge.objects.filter(cooperative=plant.cooperative)).order_by("pk")
    day = make_selling.today(plant) + datetime.timedelta(days=days)
    return [(one.bought, kept(one, day).value) for one in found]  # type: ignore[attr-defined]


def test_a_promise_is_held_against_the_open_book(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    pledged(plant, 1000)
    assert states(plant) == [(0, "open")]
    sold(plant, loaf, 5, "UNION of the port")
    sold(plant, loaf, 90, "Union of the port", "market")
    sold(plant, loaf, 90, "Union of the hill")
    make_selling.slip(plant, loaf, "116", "support", quantity=Decimal(90), buyer="Union of the port")
    assert states(plant) == [(580, "open")]
    assert states(plant, days=400) == [(580, "late")]
    sold(plant, loaf, 4, "Union of the port")
    assert states(plant, days=400) == [(1044, "delivered")]


def test_its_last_day_makes_it_late_and_a_later_promise_replaces_it(plant: make.Plant) -> None:
    today = make_selling.today(plant)
    pledged(plant, 1000, due_on=today)
    assert states(plant) == [(0, "open")]
    if (today + datetime.timedelta(days=1)).year == today.year:
        assert states(plant, days=1) == [(0, "late")]
    pledged(plant, 2000)
    assert states(plant) == [(0, "replaced"), (0, "open")]
    assert refused(lambda: pledged(plant, 1, due_on=today.replace(year=today.year + 1))) == [
        "pledge-due-in-its-year"
    ]


def test_an_order_refused_out_of_a_principle_names_it(plant: make.Plant) -> None:
    facts: dict[str, Any] = {
        "cooperative": plant.cooperative,
        "refuser": "Army",
        "what": "Bread for the barracks",
        "ours": True,
        "refused_on": make_selling.today(plant),
        "by": plant.bo,
        "at": make.now(),
    }
    assert refused(lambda: production.enter_refusal(**facts)) == ["refusal-without-principle"]
    production.enter_refusal(**facts, because="We bake for nobody who shoots at workers")
    assert Refusal.objects.get().ours
    bare = facts | {"entered_by": plant.bo, "entered_at": make.now()}
    del bare["by"], bare["at"]
    with pytest.raises(IntegrityError, match="refusal_of_ours_says_why"), transaction.atomic():
        Refusal.objects.create(**bare)


# --- Peers who sell on -----------------------------------------------------------------------------------------------


def barred(plant: make.Plant, buyer: str = "Brick plant") -> BuyerBar:
    facts: dict[str, Any] = {"cooperative": plant.cooperative, "by": plant.bo, "at": make.now()}
    return production.bar_buyer(buyer=buyer, because="Sold our bread at the market's price", **facts)


def test_who_sold_on_pays_no_peer_price_until_somebody_else_lifts_it(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    before = make_selling.slip(plant, loaf, "78", "peer", buyer="Brick plant")
    bar = barred(plant, "BRICK Plant")
    assert refused(lambda: barred(plant)) == ["buyer-barred-already"]
    assert refused(lambda: make_selling.slip(plant, loaf, "78", "peer", buyer="Brick plant")) == [
        "buyer-barred"
    ]
    sign = lambda: production.sign_sale(slip=before, by=plant.bo, at=make.now())  # noqa: E731
    assert refused(sign) == ["buyer-barred"]
    make_selling.slip(plant, loaf, "104", "market", buyer="Brick plant")
    make_selling.slip(plant, loaf, "78", "peer", buyer="Tile plant")
    lift = lambda who: production.lift_bar(bar=bar, because="It was another", by=who, at=make.now())  # noqa: E731
    assert refused(lambda: lift(plant.bo)) == ["confirm-needs-somebody-else"]
    lift(plant.ana)
    assert refused(lambda: lift(plant.ana)) == ["entry-settled"]
    sign()


def test_a_slip_of_a_barred_buyer_can_be_refused(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    slip = make_selling.slip(plant, loaf, "78", "peer", buyer="Brick plant")
    barred(plant)
    production.refuse_sale(slip=slip, because="Barred", by=plant.bo, at=make.now())


# --- Emergency prices ------------------------------------------------------------------------------------------------


def moved(plant: make.Plant, loaf: Product, **more: Any) -> PriceMove:
    today = make_selling.today(plant)
    held = price_on(loaf, today)
    assert held is not None
    facts: dict[str, Any] = {
        "peer": Decimal(82),
        "market": Decimal(110),
        "support": Decimal(120),
        "because": "The currency fell by a fifth",
        "until": today + datetime.timedelta(days=10),
        "by": plant.gus,
        "at": make.now(),
    }
    return production.move_price(price=held, **facts | more)


def test_an_emergency_price_holds_once_two_have_signed_and_ends_by_itself(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    held, today = price_on(loaf, make_selling.today(plant)), make_selling.today(plant)
    assert held is not None
    move = moved(plant, loaf)
    assert listed_on(held, "market", today) == 104
    production.confirm_move(move=move, by=plant.bo, at=make.now())
    last = today + datetime.timedelta(days=9)
    days = (today - datetime.timedelta(days=1), today, last, last + datetime.timedelta(days=1))
    assert [listed_on(held, "market", day) for day in days] == [104, 110, 110, 104]
    assert refused(lambda: make_selling.slip(plant, loaf, "104")) == [
        "under-list-without-reason",
        "far-under-list",
    ]
    slip = make_selling.slip(plant, loaf, "110")
    assert slip.list_price == 110
    assert refused(lambda: moved(plant, loaf)) == ["price-moved-already"]
    production.confirm_prices(
        price_list=make_selling.entered(plant, loaf, days_ago=0, since=today + datetime.timedelta(days=1)),
        by=plant.bo,
        at=make.now(),
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"market": Decimal(117), "support": Decimal(118)}, "price-moved-too-far"),
        ({"market": Decimal(98), "support": Decimal(99)}, "price-moved-too-far"),
        ({"support": Decimal(124)}, "support-price-too-high"),
        ({"peer": Decimal(70)}, "price-under-cost"),
        ({"because": " "}, "no-reason-given"),
    ],
)
def test_an_emergency_price_keeps_to_the_bylaws(plant: make.Plant, more: dict[str, Any], code: str) -> None:
    loaf = make_selling.priced(plant)
    assert refused(lambda: moved(plant, loaf, **more)) == [code]


def test_an_emergency_price_has_an_end_and_a_keeper(plant: make.Plant) -> None:
    loaf, today = make_selling.priced(plant), make_selling.today(plant)
    for days in (0, 31):
        assert refused(lambda days=days: moved(plant, loaf, until=today + datetime.timedelta(days=days))) == [  # type: ignore[misc]
            "move-too-long"
        ]
    assert refused(lambda: moved(plant, loaf, by=plant.eve)) == ["no-mandate"]
    move = moved(plant, loaf)
    assert refused(lambda: production.confirm_move(move=move, by=plant.gus, at=make.now())) != []
    production.turn_down_move(move=move, because="It can wait", by=plant.bo, at=make.now())
    moved(plant, loaf)


def test_postgresql_holds_a_sale_to_the_emergency_price(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    production.confirm_move(move=moved(plant, loaf), by=plant.bo, at=make.now())
    slip = make_selling.slip(plant, loaf, "110")
    with (
        pytest.raises(DatabaseError, match="beside the price"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(
            "INSERT INTO production_saleslip (cooperative_id, product_id, price_id, kind, buyer, quantity,"
            " unit_price, list_price, discount_percent, reason, decision, sold_on, entered_by_id, entered_at,"
            " entered_on) SELECT cooperative_id, product_id, price_id, kind, buyer, quantity, 104, 104,"
            " discount_percent, reason, decision, sold_on, entered_by_id, entered_at, entered_on"
            " FROM production_saleslip WHERE id = %s",
            [slip.pk],
        )


# --- A month, signed whole -------------------------------------------------------------------------------------------


def told(plant: make.Plant, loaf: Product, amount: int, **more: Any) -> None:
    year = make_selling.today(plant).year - 1
    facts: dict[str, Any] = {"year": year, "month": 3, "by": plant.gus, "at": make.now()}
    production.enter_output(product=loaf, amount=Decimal(amount), **facts | more)


def signed(plant: make.Plant, who: str = "bo") -> OutputSigned:
    year = make_selling.today(plant).year - 1
    facts: dict[str, Any] = {"cooperative": plant.cooperative, "at": make.now()}
    return production.sign_month(year=year, month=3, by=plant.people[who], **facts)


def test_a_month_is_signed_whole_by_somebody_who_entered_none_of_it(plant: make.Plant) -> None:
    loaf, roll = make_selling.product(plant), make_selling.product(plant, "ROLL")
    year = make_selling.today(plant).year - 1
    for one in (loaf, roll):
        line = production.enter_plan(
            product=one, year=year, target=Decimal(9), decision="D GA 2026-3", by=plant.gus, at=make.now()
        )
        production.confirm_plans(lines=[line], by=plant.bo, at=make.now())
    assert refused(lambda: signed(plant)) == ["month-without-figures"]
    told(plant, loaf, 8)
    assert refused(lambda: signed(plant)) == ["month-not-whole"]
    told(plant, roll, 7)
    assert "confirm-needs-somebody-else" in refused(lambda: signed(plant, "gus"))
    assert refused(lambda: signed(plant, "eve")) == ["no-office-that-confirms"]
    assert signed(plant).figures == 2
    assert refused(lambda: signed(plant)) == ["entry-settled"]
    told(plant, loaf, 9, because="Counted again")
    signed(plant)
    assert OutputSigned.objects.count() == 2


def test_postgresql_lets_nobody_sign_their_own_month(plant: make.Plant) -> None:
    loaf = make_selling.product(plant)
    told(plant, loaf, 8)
    last = loaf.output.get()
    facts: dict[str, Any] = {"cooperative": plant.cooperative, "year": last.year, "month": 3, "last": last}
    with pytest.raises(DatabaseError, match="entered none of it"), transaction.atomic():
        OutputSigned.objects.create(**facts, figures=1, signed_by=plant.gus, signed_at=make.now())
    told(plant, make_selling.product(plant, "ROLL"), 1)
    with pytest.raises(DatabaseError, match="signed whole"), transaction.atomic():
        OutputSigned.objects.create(**facts, figures=1, signed_by=plant.bo, signed_at=make.now())
