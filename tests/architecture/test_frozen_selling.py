"""Law 6 for sheets of handover, figures, prices and the open book of sales."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest

from coop.members.models import Shift
from coop.production import actions as production
from coop.production.models import CostSheet, PriceList, Product
from coop.proposals import actions as proposals
from coop.proposals.actions.floor import write_plan, write_prices, write_technique
from coop.proposals.floor_words import Monthly, Way
from tests import make, make_production, make_selling
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A sheet that is taken and one that waits, a plan, prices that hold and prices that wait, a sale and a slip."""
    plant, now = make_selling.plant(), make.now()
    made: dict[str, Any] = {"eve": plant.eve, "bo": plant.bo}
    product = made["product"] = make_selling.priced(plant)
    made |= _sheets(plant)
    made["plan"] = production.enter_plan(
        product=product, year=now.year, target=Decimal(9), decision="D GA 2026-3", by=plant.gus, at=now
    )
    production.confirm_plan(line=made["plan"], by=plant.bo, at=now)
    production.change_plan(product=product, target=Decimal(3), because="No flour", by=plant.ida, at=now)
    house = {"cooperative": plant.cooperative, "by": plant.bo, "at": now}
    production.enter_pledge(buyer="x", kind="support", year=now.year, amount=Decimal(9), what="x", **house)
    production.enter_refusal(refuser="x", what="x", refused_on=make_selling.today(plant), **house)
    production.enter_output(
        product=product, year=now.year - 1, month=1, amount=Decimal(9), by=plant.gus, at=now
    )
    parts = dict.fromkeys(CostSheet.PARTS, Decimal(1))
    production.enter_cost_sheet(product=product, parts=parts, work_hours=Decimal(1), by=plant.gus, at=now)
    made["price"] = product.prices.get()
    made["list"] = made["price"].price_list
    waiting = made["waiting_list"] = make_selling.entered(plant, product, days_ago=0)
    made["waiting_price"] = waiting.prices.get()
    made["slip"] = make_selling.slip(plant, product, "100", reason="Quantity")
    made["signed"] = make_selling.slip(plant, product)
    made["sale"] = production.sign_sale(slip=made["signed"], by=plant.bo, at=now)
    day = make_selling.today(plant)
    production.enter_gift(
        member=plant.eve,
        giver="x",
        what="x",
        value=Decimal(1),
        handed_in=True,
        received_on=day,
        by=plant.eve,
        at=now,
    )
    production.enter_kin_contract(
        member=plant.bo,
        party="x",
        relation="x",
        what="x",
        amount=Decimal(1),
        decision="D GA 2026-3",
        agreed_on=day,
        by=plant.ana,
        at=now,
    )
    made |= _moved_and_barred(plant, product) | _asked(plant, product)
    return {name: row.pk for name, row in made.items()}


def _moved_and_barred(plant: make.Plant, product: Product) -> dict[str, Any]:
    """A bar that is lifted, an emergency price that holds, a month that is signed, a list that says it was voted."""
    now, day = make.now(), make_selling.today(plant)
    house = {"cooperative": plant.cooperative, "at": now}
    lifted = production.bar_buyer(buyer="Brick plant", because="Sold on", by=plant.bo, **house)
    production.lift_bar(bar=lifted, because="Another", by=plant.ana, at=now)
    moved = production.move_price(
        price=product.prices.get(since__isnull=False),
        peer=Decimal(82),
        market=Decimal(110),
        support=Decimal(120),
        because="x",
        until=day + make.days(5),
        by=plant.gus,
        at=now,
    )
    production.confirm_move(move=moved, by=plant.bo, at=now)
    year = now.year - 1
    month = production.sign_month(year=year, month=1, by=plant.bo, **house)
    february = production.enter_output(
        product=product, year=year, month=2, amount=Decimal(9), by=plant.gus, at=now
    )
    voted = PriceList.objects.create(
        cooperative=plant.cooperative,
        decision="x",
        since=day,
        voted=True,
        entered_by=plant.gus,
        entered_at=now,
        entered_on=day,
    )
    return {
        "lifted": lifted,
        "moved": moved,
        "month": month,
        "february": february,
        "voted": voted,
        "gus": plant.gus,
    }


def _asked(plant: make.Plant, product: Product) -> dict[str, Any]:
    """A plan, prices and a choice of technique that are published, and a motion that is a draft."""
    now = make.now()
    by: dict[str, Any] = {"title": "x", "by": plant.eve, "at": now}
    plan = write_plan(figures={product: Monthly(Decimal(9))}, year=now.year + 1, **by)
    prices = write_prices(prices={product: make_selling.LOAF}, **by)
    ways = [Way(name, "x", "x", "x", "x") for name in ("a", "b")]
    technique = write_technique(ways=ways, took_part="x", **by)
    for draft in (plan, prices, technique):
        proposals.publish(proposal=draft, by=plant.eve, at=now)
    return {
        "plan_asked": plan.plan_asked.get(),
        "price_asked": prices.prices_asked.get(),
        "option": technique.technical_options.get(number=1),
        "study": technique.technical_study,
        "motion": proposals.write(title="x", clauses=["x"], by=plant.eve, at=now),
        "other": make_selling.product(plant, "ROLL"),
    }


def _sheets(plant: make.Plant) -> dict[str, Any]:
    now, area = make.now(), make_production.area()
    line = production.ask_in_handover(area=area, question="Alarms?", by=plant.ida, at=now - make.days(2))
    elsewhere = production.ask_in_handover(
        area=make_production.area("Oven 2"), question="Alarms?", by=plant.ida, at=now - make.days(2)
    )
    dropped = production.ask_in_handover(area=area, question="Old?", by=plant.ida, at=now - make.days(2))
    production.drop_from_handover(line=dropped, by=plant.ida, at=now - make.days(1))
    sheets = [
        production.hand_over(
            area=area,
            day=plant.cooperative.day_of(now),
            shift=shift,
            answers={line.pk: None},
            by=plant.eve,
            at=now,
        )
        for shift in Shift.objects.filter(cooperative=plant.cooperative)
    ]
    production.take_over(sheet=sheets[0], by=plant.fay, at=now)
    return {
        "taken": sheets[0],
        "waits": sheets[1],
        "line": line,
        "elsewhere": elsewhere,
        "dropped": dropped,
        "answer": sheets[0].answers.get(),
    }


WITHOUT_RIGHT = [
    statement
    for table, change in (
        ("handoverline", "question = 'x'"),
        ("handover", "words = 'x'"),
        ("handoveranswer", "words = 'x'"),
        ("product", "name = 'x'"),
        ("planline", "decision = 'x'"),
        ("planchange", "because = 'x'"),
        ("pledge", "buyer = 'x'"),
        ("refusal", "what = 'x'"),
        ("output", "because = 'x'"),
        ("costsheet", "work_hours = 9"),
        ("pricelist", "decision = 'x'"),
        ("price", "support_percent = 99"),
        ("saleslip", "buyer = 'x'"),
        ("sale", "buyer = 'x'"),
        ("gift", "what = 'x'"),
        ("kincontract", "decision = 'x'"),
        ("buyerbar", "buyer = 'x'"),
        ("pricemove", "market = 111"),
        ("outputsigned", "figures = 9"),
    )
    for statement in (
        f"UPDATE production_{table} SET {change}",
        f"DELETE FROM production_{table}",
    )
] + [
    statement
    for table, change in (
        ("planasked", "target = 1"),
        ("priceasked", "market = 111"),
        ("technicaloption", "cost = 'less'"),
        ("technicalstudy", "took_part = 'nobody'"),
    )
    for statement in (
        f"UPDATE proposals_{table} SET {change}",
        f"DELETE FROM proposals_{table}",
    )
]
ALONE = "taken_at = now(), taken_words = '', taken_by_id = {bo}"
BY_TRIGGER = [
    *each("production_handoverline", "dropped", "dropped_at = NULL", "dropped_at = now()"),
    *each("production_handover", "taken", "taken_words = 'x'", "taken_by_id = {bo}"),
    again(
        "production_handover",
        "{waits}",
        day="day - 1",
        taken_at="now()",
        taken_words="''",
        taken_by_id="{bo}",
    ),
    again("production_handoveranswer", "{answer}", line_id="{dropped}"),  # the sheet is taken
    again("production_handoveranswer", "{answer}", handover_id="{waits}", line_id="{elsewhere}"),
    *each("production_planline", "plan", "confirmed_at = now()"),
    *each("production_pricelist", "list", "confirmed_by_id = {eve}"),
    *each("production_price", "price", "since = since - 1"),
    *each("production_price", "waiting_price", "since = '2030-01-01'"),  # nobody has confirmed it
    again("production_price", "{price}", since="NULL", until="NULL", price_list_id="{list}"),
    *each("production_saleslip", "signed", "confirmed_by_id = {eve}"),
    again("production_saleslip", "{slip}", list_price="90"),
    again("production_saleslip", "{slip}", sold_on="sold_on - 40"),
    again("production_sale", "{sale}", slip_id="{slip}", number="900"),
    again("production_sale", "{sale}", number="901", buyer="'x'"),
    *each("production_buyerbar", "lifted", "lifted_because = 'x'"),
    *each("production_pricemove", "moved", "since = since - 1"),
    again(
        "production_outputsigned", "{month}", last_id="{february}", month="2", signed_by_id="{gus}"
    ),  # who entered it
    again("production_planline", "{plan}", voted="true", year="2030", confirmed_by_id="NULL"),
    again("production_price", "{waiting_price}", price_list_id="{voted}"),
    again("proposals_planasked", "{plan_asked}", number="2", product_id="{other}"),
    again("proposals_priceasked", "{price_asked}", number="2", product_id="{other}"),
    again("proposals_technicaloption", "{option}", number="3", name="'c'"),
    again("proposals_technicalstudy", "{study}", proposal_id="{motion}"),
]
FORWARD = [
    *each("production_handover", "waits", ALONE),
    *each("production_handoverline", "line", "dropped_at = now()"),
    *each("production_price", "price", "until = since + 90"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


@pytest.mark.parametrize(
    ("table", "row"), [("planline", "plan"), ("pricelist", "list"), ("saleslip", "signed")]
)
def test_what_two_have_signed_is_not_turned_down(house: House, table: str, row: str) -> None:
    refused = "refused_by_id = {eve}, refused_at = now(), refused_because = 'x'"
    statement = f"UPDATE production_{table} SET {refused} WHERE id = {{{row}}}"
    assert house.tried("application", statement)[0] == "23514"


def test_no_trigger_stands_idle(house: House) -> None:
    tables = ELSEWHERE["test_frozen_selling"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
