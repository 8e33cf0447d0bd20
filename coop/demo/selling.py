"""What the plant makes and sells: plan and output, the price list of the assembly, an emergency price, sales."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from coop.decisions.models import CarriedDecision, Decision
from coop.production import actions
from coop.production.models import CostSheet, Price, Product
from coop.production.prices import Four

from .timeline import Step, World

TREASURER, CHAIR, SECRETARY = "M315", "M120", "M310"
PLAN_OF_THE_BOOK = "Production plan, voted with the budget"
FIGURES_ON = 5  # of the month after
# Which department makes what, by the first letters of its code; and the codes of what is planned as a whole.
MADE_BY = {"ING": "CST", "BIL": "CST", "SLB": "CST", "ANO": "CRB", "LAB": "QLA", "WSH": "MNT"}
OTHERWISE = "EXT"
CODES = {
    "Foundry alloy ingots": "ING",
    "Extrusion billets": "BIL",
    "Rolling slabs": "SLB",
    "Extruded profiles": "PRF",
    "Baked anodes": "ANO",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep")
CAPACITY = Decimal("1.5")  # of what is planned: the lines were built for more


def selling(world: World, *, settled: bool) -> Iterator[Step]:
    """`settled`: with what the assembly on prices decided; without it nothing has a price."""
    shop = Shop(world)
    start = world.files.read("coop")["coop"]["start"]["day"]
    steps: list[tuple[datetime.date, str, Any]] = [
        (start + datetime.timedelta(days=11), "10:00", shop.products),
        (start + datetime.timedelta(days=12), "10:00", shop.plan),
    ]
    year = world.files.today.year
    for number in range(1, len(MONTHS) + 1):
        told = max(datetime.date(year, number + 1, FIGURES_ON), start + datetime.timedelta(days=13))
        steps.append((told, f"14:{number:02}", partial(shop.output, number)))
    if settled:
        listed = world.files.read("network")["price_list"]
        steps.append((listed["valid_from"] - datetime.timedelta(days=2), "15:00", shop.prices))
        sold = world.files.read("network")["sales_of_the_week"]
        steps += [(sale["date"], "16:00", partial(shop.sale, sale)) for sale in sold]
        today = world.files.today
        steps.append((today - datetime.timedelta(days=1), "10:00", shop.waits))
        steps.append((today - datetime.timedelta(days=6), "10:30", shop.beside))
        steps += shop.by_hand()
    for day, hour, act in steps:
        at = world.moment(day, hour)
        if at < world.now:
            yield Step(at, act)


class Shop:
    """Acts in the order of their days; the treasurer enters, somebody else compares and signs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.keeper, self.chair = world.people[TREASURER], world.people[CHAIR]
        self.by_code: dict[str, Product] = {}

    def products(self, at: datetime.datetime) -> None:
        coop, network = (self.world.files.read(name) for name in ("coop", "network"))
        told = [(CODES[one["product"]], one["product"], one["unit"]) for one in coop["plan_2026"]]
        told += [(one["sku"], one["name"], one["unit"]) for one in network["price_list"]["items"]]
        for code, name, unit in told:
            department = self.world.departments[MADE_BY.get(code[:3], OTHERWISE)]
            self.by_code[code] = actions.add_product(
                department=department, code=code, name=name, unit=unit, by=self.keeper, at=at
            )

    def plan(self, at: datetime.datetime) -> None:
        """As it was voted with the budget, before the books went over."""
        cited = CarriedDecision.objects.select_related("body").get(
            cooperative=self.world.cooperative, title=PLAN_OF_THE_BOOK
        )
        for one in self.world.files.read("coop")["plan_2026"]:
            target = Decimal(one["month_target"])
            line = actions.enter_plan(
                product=self.by_code[CODES[one["product"]]],
                year=self.world.files.today.year,
                target=target,
                capacity=target * CAPACITY,
                decision=f"D {cited.body.code} {cited.year}-{cited.number}",
                by=self.keeper,
                at=at,
            )
            actions.confirm_plan(line=line, by=self.chair, at=at)

    def output(self, number: int, at: datetime.datetime) -> None:
        year = self.world.files.today.year
        figures = [
            actions.Figure(
                self.by_code[CODES[one["product"]]], year, number, Decimal(one[MONTHS[number - 1]])
            )
            for one in self.world.files.read("coop")["output_2026"]
        ]
        actions.enter_outputs(cooperative=self.world.cooperative, figures=figures, by=self.keeper, at=at)

    def prices(self, at: datetime.datetime) -> None:
        """The list of the assembly, with the two cost sheets that are known part by part."""
        network = self.world.files.read("network")
        listed, sheets = network["price_list"], {}
        for one in network["cost_sheets"]:
            product = self.by_code[one["sku"]]
            parts = {part: Decimal(one["metal" if part == "material" else part]) for part in CostSheet.PARTS}
            hours = Decimal(one["work_hours"])
            sheets[product] = actions.enter_cost_sheet(
                product=product, parts=parts, work_hours=hours, by=self.keeper, at=at
            )
        decided = Decision.objects.get(
            proposal=self.world.proposals["P-04"], amendment=None, outcome=Decision.Outcome.CARRIED
        )
        made = actions.enter_prices(
            cooperative=self.world.cooperative,
            decision=decided.label,
            since=listed["valid_from"],
            prices={
                self.by_code[one["sku"]]: Four(*(Decimal(one[name]) for name in Four._fields))
                for one in listed["items"]
            },
            cost_sheets=sheets,
            by=self.keeper,
            at=at,
        )
        actions.confirm_prices(price_list=made, by=self.chair, at=at)

    def sale(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        peers = {peer["id"]: peer["name"] for peer in self.world.files.read("network")["peers"]}
        slip = actions.write_slip(
            product=self.by_code[one["sku"]],
            kind=one["kind"],
            buyer=peers.get(one["buyer"], one["buyer"]),
            quantity=Decimal(one["quantity"]),
            unit_price=Decimal(one["price"]),
            reason=one.get("reason", ""),
            sold_on=one["date"],
            by=self.keeper,
            at=at,
        )
        actions.sign_sale(slip=slip, by=self.world.people[SECRETARY], at=at)

    def waits(self, at: datetime.datetime) -> None:
        """Under list, with its reason; nobody has signed it as the second yet."""
        actions.write_slip(
            product=self.by_code["BIL-203"],
            kind="market",
            buyer="Comercial Dos Faros",
            quantity=Decimal(18),
            unit_price=Decimal("2428.00"),
            reason="takes the billets with scratched ends that wait in the yard",
            sold_on=self.world.cooperative.day_of(at),
            by=self.keeper,
            at=at,
        )

    def by_hand(self) -> Iterator[tuple[datetime.date, str, Any]]:
        """A price that could not wait, a buyer who sold on what was bought as a peer, an order against principles."""
        network, today = self.world.files.read("network"), self.world.files.today
        for hour, name, act in (
            ("11:00", "buyers_barred", self._barred),
            ("11:30", "orders_refused", self._refused),
        ):
            for one in network[name]:
                yield today - datetime.timedelta(days=one["days_before"]), hour, partial(act, one)
        moved = network["price_moved"]
        yield today - datetime.timedelta(days=moved["days_before"]), "12:00", partial(self._moved, moved)

    def _moved(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        day = self.world.cooperative.day_of(at)
        move = actions.move_price(
            price=Price.objects.get(product=self.by_code[one["sku"]], since__lte=day, until=None),
            **{name: Decimal(one[name]) for name in ("peer", "market", "support")},
            because=one["because"],
            until=day + datetime.timedelta(days=one["open_for_days"]),
            by=self.keeper,
            at=at,
        )
        actions.confirm_move(move=move, by=self.chair, at=at)

    def _barred(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        house = self.world.cooperative
        actions.bar_buyer(
            cooperative=house, buyer=one["buyer"], because=one["because"], by=self.keeper, at=at
        )

    def _refused(self, one: Mapping[str, Any], at: datetime.datetime) -> None:
        """By us, and why."""
        actions.enter_refusal(
            cooperative=self.world.cooperative,
            refuser=one["refuser"],
            what=one["what"],
            because=one["because"],
            ours=True,
            refused_on=self.world.cooperative.day_of(at),
            by=self.keeper,
            at=at,
        )

    def beside(self, at: datetime.datetime) -> None:
        """What supporters promised, what was given to the treasurer and handed in, and who would not buy."""
        world, day = self.world, self.world.cooperative.day_of(at)
        house: dict[str, Any] = {"cooperative": world.cooperative, "by": self.keeper, "at": at}
        for place, one in enumerate(world.files.read("network")["buyers_at_support_price"], 1):
            amount = Decimal(2500 * place)
            actions.enter_pledge(
                buyer=one["name"], kind="support", year=day.year, amount=amount, what=one["for"], **house
            )
        actions.enter_gift(
            member=self.keeper,
            giver="Comercial Dos Faros",
            what="A case of wine at the harbour feast",
            value=Decimal(60),
            handed_in=True,
            received_on=day,
            by=self.keeper,
            at=at,
        )
        actions.enter_refusal(
            refuser="Provincial roads office",
            what="Signposts of our profiles, tender of the spring",
            because="A supplier without a bank guarantee is not admitted.",
            refused_on=day,
            **house,
        )
