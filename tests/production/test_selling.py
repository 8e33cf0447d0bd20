"""Prices as they were voted, and the open book: nothing goes under list without a reason and two signatures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from coop.journal.models import Entry
from coop.production import actions as production
from coop.production.models import Price, PriceList, Sale, SaleSlip
from coop.production.prices import Four
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


# --- Prices ---------------------------------------------------------------------------------------------------------


def test_prices_hold_from_the_second_signature_and_the_next_take_over(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    first = make_selling.entered(plant, product, days_ago=20)
    day = make_selling.today(plant)
    assert price_on(product, day) is None
    assert refused(lambda: production.confirm_prices(price_list=first, by=plant.gus, at=make.now())) != []
    production.confirm_prices(price_list=first, by=plant.bo, at=make.now() - make.days(20))
    dearer = Four(*(amount + 1 for amount in make_selling.LOAF))
    second = make_selling.entered(plant, product, four=dearer, days_ago=10)
    production.confirm_prices(price_list=second, by=plant.bo, at=make.now() - make.days(9))
    held = {(price.since, price.until): price.market for price in Price.objects.all()}
    assert held == {
        (day - make.days(20), day - make.days(9)): Decimal(104),
        (day - make.days(9), None): Decimal(105),
    }
    assert [price_on(product, day - make.days(ago)).market for ago in (20, 10, 9, 0)] == [104, 104, 105, 105]  # type: ignore[union-attr]


def test_a_list_does_not_reach_back_behind_one_that_holds(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    early = make_selling.entered(plant, product, days_ago=20)
    late = make_selling.entered(plant, product, days_ago=10)
    production.confirm_prices(price_list=late, by=plant.bo, at=make.now() - make.days(10))
    assert refused(lambda: production.confirm_prices(price_list=early, by=plant.bo, at=make.now())) == [
        "prices-overlap"
    ]
    production.turn_down_prices(price_list=early, because="Voted down", by=plant.bo, at=make.now())


@pytest.mark.parametrize(
    ("four", "more", "why"),
    [
        (("71.50", "70", "104", "116"), {}, ["price-under-cost"]),
        (("71.50", "78", "104", "116.49"), {}, ["support-price-too-high"]),
        (("71.50", "105", "104", "103"), {}, ["prices-out-of-order"]),
        (("71.50", "78", "104", "116"), {"days": -1}, ["prices-not-backwards"]),
        (("71.50", "78", "104", "116"), {"days": 732}, ["prices-too-far"]),
        (("1E9", "1E9", "1E9", "1E9"), {}, ["amount-out-of-range"]),
    ],
)
def test_prices_outside_the_bylaws_are_refused(
    plant: make.Plant, four: tuple[str, ...], more: dict[str, int], why: list[str]
) -> None:
    product = make_selling.product(plant)
    since = make_selling.today(plant) + make.days(more.get("days", 0))
    prices = Four(*map(Decimal, four))
    assert refused(lambda: make_selling.entered(plant, product, four=prices, since=since, days_ago=0)) == why
    assert PriceList.objects.count() == 0


def test_under_cost_by_a_decision_that_says_so(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    four = Four(*map(Decimal, ("71.50", "70", "104", "116")))
    made = make_selling.entered(plant, product, four=four, below_cost_by="D GA 2026-4")
    assert made.prices.get().below_cost_by == "D GA 2026-4"


def test_without_a_decision_or_an_office_there_is_no_list(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    act: dict[str, Any] = {
        "cooperative": plant.cooperative,
        "since": make_selling.today(plant),
        "at": make.now(),
    }
    four = {product: make_selling.LOAF}
    assert refused(lambda: production.enter_prices(decision="", prices=four, by=plant.gus, **act)) == [
        "without-a-decision"
    ]
    assert refused(
        lambda: production.enter_prices(decision="D GA 2026-3", prices=four, by=plant.eve, **act)
    ) == ["no-mandate"]
    assert refused(
        lambda: production.enter_prices(decision="D GA 2026-3", prices={}, by=plant.gus, **act)
    ) == ["prices-of-nothing"]


# --- Sales ----------------------------------------------------------------------------------------------------------


def test_two_sign_and_it_stands_in_the_book(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    slip = make_selling.slip(plant, product)
    assert Sale.objects.count() == 0
    assert refused(lambda: production.sign_sale(slip=slip, by=plant.gus, at=make.now())) == [
        "sale-needs-somebody-else"
    ]
    assert refused(lambda: production.sign_sale(slip=slip, by=plant.dee, at=make.now())) == [
        "sale-needs-an-office"
    ]
    sale = production.sign_sale(slip=slip, by=plant.bo, at=make.now())
    assert (sale.number, sale.signed_by, sale.second_by, sale.under_list) == (1, plant.gus, plant.bo, False)
    assert (sale.list_price, sale.unit_price, sale.quantity) == (Decimal(104), Decimal(104), Decimal(60))
    assert Entry.objects.last().verb == "sold"
    assert refused(lambda: production.sign_sale(slip=slip, by=plant.ana, at=make.now())) == ["entry-settled"]


@pytest.mark.parametrize(
    ("price", "kind", "more", "why"),
    [
        ("103.99", "market", {}, ["under-list-without-reason"]),
        ("98.79", "market", {"reason": "Friend"}, ["far-under-list"]),
        ("98.80", "market", {"reason": "Two per cent for quantity"}, []),
        ("90", "market", {"reason": "x", "decision": "D GA 2026-5"}, []),
        ("74.10", "peer", {"reason": "x"}, []),
        ("78", "peer", {}, []),
        ("115", "support", {}, ["under-list-without-reason"]),
        ("104", "friends", {}, ["no-such-buyer"]),
        ("104", "market", {"quantity": Decimal(0)}, ["amount-out-of-range"]),
        ("-1", "market", {"reason": "x", "decision": "D GA 2026-5"}, ["amount-out-of-range"]),
        ("90", "market", {"reason": "x", "decision": "D GA 2026-99"}, ["decision-not-on-record"]),
        ("104", "market", {"buyer": " "}, ["sale-without-buyer"]),
    ],
)
def test_what_goes_under_list_has_its_reason_or_decision(
    plant: make.Plant, price: str, kind: str, more: dict[str, Any], why: list[str]
) -> None:
    product = make_selling.priced(plant)
    act = lambda: make_selling.slip(plant, product, price, kind, **more)  # noqa: E731
    if why:
        assert refused(act) == why
        assert SaleSlip.objects.count() == 0
    else:
        sale = production.sign_sale(slip=act(), by=plant.bo, at=make.now())
        assert Entry.objects.last().verb == ("sold-under-list" if sale.under_list else "sold")


def test_under_cost_it_takes_a_decision_even_within_the_discount() -> None:
    plant = make_selling.plant(bylaws={"discount_percent": 20})
    product = make_selling.priced(plant)
    assert refused(lambda: make_selling.slip(plant, product, "71.49", "peer", reason="x")) == [
        "under-cost-without-decision"
    ]
    make_selling.slip(plant, product, "71.49", "peer", reason="x", decision="D GA 2026-5")


@pytest.mark.parametrize("days", [1, -32, 40000])
def test_a_sale_is_written_down_within_a_month(plant: make.Plant, days: int) -> None:
    product = make_selling.priced(plant)
    day = make_selling.today(plant) + make.days(days)
    assert "sold-on-another-day" in refused(lambda: make_selling.slip(plant, product, sold_on=day))


def test_before_there_was_a_price_nothing_is_sold(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    day = make_selling.today(plant) - make.days(21)
    assert refused(lambda: make_selling.slip(plant, product, sold_on=day)) == ["no-price-that-day"]


def test_a_members_own_firm_buys_by_decision_and_they_do_not_sign(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    assert refused(lambda: make_selling.slip(plant, product, kin=plant.bo)) == ["sale-to-kin"]
    slip = make_selling.slip(plant, product, kin=plant.bo, decision="D GA 2026-6")
    assert refused(lambda: production.sign_sale(slip=slip, by=plant.bo, at=make.now())) == [
        "sale-to-yourself"
    ]
    production.sign_sale(slip=slip, by=plant.ana, at=make.now())


def test_who_may_sign_may_refuse(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    slip = make_selling.slip(plant, product)
    assert refused(lambda: production.refuse_sale(slip=slip, because=" ", by=plant.bo, at=make.now())) == [
        "no-reason-given"
    ]
    production.refuse_sale(slip=slip, because="Nobody knows the buyer", by=plant.bo, at=make.now())
    assert refused(lambda: production.sign_sale(slip=slip, by=plant.ana, at=make.now())) == ["entry-settled"]
    own = make_selling.slip(plant, product)
    production.refuse_sale(slip=own, because="Typed twice", by=plant.gus, at=make.now())


# --- Past every rule of ours, by SQL --------------------------------------------------------------------------------


COPIED = (
    "cooperative_id, product_id, price_id, kind, buyer, quantity, unit_price, list_price, discount_percent,"
    " reason, decision, kin_id, sold_on"
)


def book(slip: SaleSlip, *, second: str, **changed: str) -> None:
    """A line put into the book by SQL, as the slip has it but for what is changed."""
    names = [name.strip() for name in COPIED.split(",")]
    values = ", ".join(changed.get(name, name) for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO production_sale ({COPIED}, slip_id, year, number, signed_by_id, second_by_id, signed_at)"
            f" SELECT {values}, id, 2026, 900, entered_by_id, {second}, now() FROM production_saleslip WHERE id = %s",
            [slip.pk],
        )


def test_by_sql_no_sale_is_stored_without_the_second_signature(plant: make.Plant) -> None:
    slip = make_selling.slip(plant, make_selling.priced(plant), "100", reason="Quantity")
    for second in (
        "NULL",
        "entered_by_id",
        str(plant.bo.pk),
    ):  # missing, the same hand, one who has not signed
        with pytest.raises(IntegrityError):
            book(slip, second=second)
    SaleSlip.objects.filter(pk=slip.pk).update(confirmed_by=plant.bo, confirmed_at=make.now())
    book(slip, second="confirmed_by_id")  # the control: signed by two, it goes in


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "''"},
        {"unit_price": "90"},
        {"list_price": "100"},
        {"discount_percent": "20"},
        {"buyer": "'Friends'"},
        {"quantity": "600"},
    ],
)
def test_by_sql_a_line_of_the_book_says_what_was_signed(plant: make.Plant, changed: dict[str, str]) -> None:
    slip = make_selling.slip(plant, make_selling.priced(plant), "100", reason="Quantity")
    SaleSlip.objects.filter(pk=slip.pk).update(confirmed_by=plant.bo, confirmed_at=make.now())
    with pytest.raises(IntegrityError):
        book(slip, second="confirmed_by_id", **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "''"},  # under list
        {"unit_price": "90"},  # far under list, no decision
        {"unit_price": "60", "reason": "'x'"},
        {"list_price": "100"},  # not that of the list
        {"kind": "'peer'"},
        {"discount_percent": "20"},  # not that of the bylaws
        {"sold_on": "sold_on - 40"},  # no price held
        {"quantity": "0"},
    ],
)
def test_by_sql_no_slip_under_list_is_stored_without_its_reason(
    plant: make.Plant, changed: dict[str, str]
) -> None:
    slip = make_selling.slip(plant, make_selling.priced(plant), "100", reason="Quantity")
    names = [name.strip() for name in COPIED.split(",")]

    def insert(values: dict[str, str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO production_saleslip ({COPIED}, entered_by_id, entered_at, entered_on)"
                f" SELECT {', '.join(values.get(name, name) for name in names)}, entered_by_id, now(), entered_on"
                " FROM production_saleslip WHERE id = %s",
                [slip.pk],
            )

    insert({})  # the control
    with pytest.raises(IntegrityError):
        insert(changed)


def test_by_sql_two_prices_of_one_day_are_refused(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    again = make_selling.entered(plant, product, days_ago=5)
    PriceList.objects.filter(pk=again.pk).update(confirmed_by=plant.bo, confirmed_at=make.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.filter(price_list=again).update(since=again.since)


# --- Gifts and contracts with kin -----------------------------------------------------------------------------------


def test_gifts_are_entered_by_who_got_them_or_by_an_office(plant: make.Plant) -> None:
    act: dict[str, Any] = {"giver": "A supplier", "what": "A watch", "handed_in": True, "at": make.now()}
    act |= {"value": Decimal(90), "received_on": make_selling.today(plant)}
    assert production.enter_gift(member=plant.eve, by=plant.eve, **act).handed_in
    production.enter_gift(member=plant.eve, by=plant.bo, **act)
    assert refused(lambda: production.enter_gift(member=plant.eve, by=plant.fay, **act)) == ["gift-of-others"]
    far = act | {"received_on": datetime.date(9999, 12, 31), "value": Decimal(-1), "what": ""}
    assert refused(lambda: production.enter_gift(member=plant.eve, by=plant.eve, **far)) == [
        "gift-without-words",
        "amount-out-of-range",
        "day-out-of-range",
    ]


def test_a_contract_with_kin_cites_the_assembly_and_is_entered_by_somebody_else(plant: make.Plant) -> None:
    act: dict[str, Any] = {
        "member": plant.bo,
        "party": "Bo and sons",
        "relation": "own firm",
        "what": "Flour",
        "amount": Decimal(1000),
        "agreed_on": make_selling.today(plant),
        "at": make.now(),
    }
    assert refused(lambda: production.enter_kin_contract(decision=" ", by=plant.ana, **act)) == [
        "contract-without-assembly"
    ]
    assert refused(lambda: production.enter_kin_contract(decision="D GA 2026-7", by=plant.bo, **act)) == [
        "contract-of-your-own"
    ]
    made = production.enter_kin_contract(decision="D GA 2026-7", by=plant.ana, **act)
    assert (made.member, made.decision) == (plant.bo, "D GA 2026-7")


def test_what_buyers_promise_and_who_refuses_is_written_down_by_an_office(plant: make.Plant) -> None:
    year, day = make.now().year, make_selling.today(plant)
    act: dict[str, Any] = {"cooperative": plant.cooperative, "at": make.now()}
    pledge: dict[str, Any] = act | {
        "buyer": "Union of the port",
        "kind": "support",
        "what": "Kits",
        "year": year,
    }
    production.enter_pledge(amount=Decimal(5000), by=plant.bo, **pledge)
    assert refused(lambda: production.enter_pledge(amount=Decimal(0), by=plant.eve, **pledge)) == [
        "sale-needs-an-office",
        "amount-out-of-range",
    ]
    far = pledge | {"year": 9999, "buyer": "", "kind": "friends"}
    assert refused(lambda: production.enter_pledge(amount=Decimal(1), by=plant.bo, **far)) == [
        "pledge-without-words",
        "no-such-buyer",
        "year-out-of-range",
    ]
    refusal: dict[str, Any] = act | {"refuser": "Bank of the river", "what": "A loan"}
    assert production.enter_refusal(refused_on=day, by=plant.bo, **refusal).because == ""
    ahead = refusal | {"what": " ", "refused_on": day + make.days(1)}
    assert refused(lambda: production.enter_refusal(by=plant.bo, **ahead)) == [
        "refusal-without-words",
        "day-out-of-range",
    ]
