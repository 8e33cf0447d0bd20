"""Price lists, the open book of sales, gifts, contracts with kin."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import CostSheet, Gift, KinContract, Price, PriceList, Product, Sale, SaleSlip
from ..models.selling import SaleFacts
from ..prices import Four
from ..rules import selling as rules
from ..rules.moves import listed_on
from .locks import hold


@transaction.atomic
def enter_prices(
    *,
    cooperative: Cooperative,
    decision: str,
    since: datetime.date,
    prices: Mapping[Product, Four],
    below_cost_by: str = "",
    cost_sheets: Mapping[Product, CostSheet] | None = None,
    by: Member,
    at: datetime.datetime,
) -> PriceList:
    """A list as a decision set it. `below_cost_by`: the decision that lets prices of it lie under cost."""
    cooperative = hold(cooperative)
    decision, below_cost_by, sheets = one_line(decision), one_line(below_cost_by), cost_sheets or {}
    refuse_if(
        rules.obstacles_to_pricing(
            cooperative,
            decision=decision,
            since=since,
            prices=prices,
            below_cost_by=below_cost_by,
            cost_sheets=sheets,
            by=by,
            at=at,
        )
    )
    day = cooperative.day_of(at)
    made = PriceList.objects.create(
        cooperative=cooperative,
        decision=decision,
        since=since,
        entered_by=by,
        entered_at=at,
        entered_on=day,
    )
    percent = Bylaws.in_force(cooperative, day).support_price_percent
    Price.objects.bulk_create(
        Price(
            price_list=made,
            product=product,
            cost_sheet=sheets.get(product),
            **four._asdict(),
            support_percent=percent,
            below_cost_by=below_cost_by if four.peer < four.cost else "",
        )
        for product, four in prices.items()
    )
    facts = {"since": since.isoformat(), "number": len(prices), "below_cost_by": below_cost_by}
    write(cooperative.chain, verb="prices-entered", subject=_list(made), by=by.actor, at=at, facts=facts)
    return made


@transaction.atomic
def confirm_prices(*, price_list: PriceList, by: Member, at: datetime.datetime) -> None:
    """They hold from their day on, or from today when that has gone by; those before end on that day."""
    cooperative = hold(price_list.cooperative)
    refuse_if(rules.obstacles_to_confirming_prices(price_list))
    confirm_entry(entry=price_list, by=by, at=at)
    since = max(price_list.since, cooperative.day_of(at))
    products = price_list.prices.values("product")
    before = Price.objects.filter(product__in=products, since__isnull=False, until=None)
    before.update(until=since)
    price_list.prices.update(since=since)
    facts = {"since": since.isoformat()}
    write(
        cooperative.chain, verb="prices-confirmed", subject=_list(price_list), by=by.actor, at=at, facts=facts
    )


@transaction.atomic
def turn_down_prices(*, price_list: PriceList, because: str, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(price_list.cooperative)
    turn_down_entry(entry=price_list, because=because, by=by, at=at)
    facts = {"because": because.strip()}
    write(
        cooperative.chain,
        verb="prices-turned-down",
        subject=_list(price_list),
        by=by.actor,
        at=at,
        facts=facts,
    )


@transaction.atomic
def write_slip(
    *,
    product: Product,
    kind: str,
    buyer: str,
    quantity: Decimal,
    unit_price: Decimal,
    reason: str = "",
    decision: str = "",
    kin: Member | None = None,
    sold_on: datetime.date,
    form: str | None = None,
    by: Member,
    at: datetime.datetime,
) -> SaleSlip:
    """A sale with its first signature; `quantity` in units. `kin`: the member whose firm buys.

    `form`: 32 letters drawn by chance for the form it was written on; of the same form again comes the slip that is
    there.
    """
    cooperative = hold(product.cooperative)
    if form is not None:
        there = SaleSlip.objects.filter(cooperative=cooperative, form=form).first()
        if there is not None:
            refuse_if(rules.obstacles_to_writing_again(there, by=by))
            return there
    buyer, reason, decision = one_line(buyer), one_line(reason), one_line(decision)
    refuse_if(
        rules.obstacles_to_selling(
            product,
            kind=kind,
            buyer=buyer,
            quantity=quantity,
            unit_price=unit_price,
            reason=reason,
            decision=decision,
            kin=kin,
            sold_on=sold_on,
            by=by,
            at=at,
        )
    )
    price = rules.price_on(product, sold_on)
    assert price is not None  # asked by the rule
    slip = SaleSlip.objects.create(
        cooperative=cooperative,
        product=product,
        price=price,
        kind=kind,
        buyer=buyer,
        quantity=quantity,
        unit_price=unit_price,
        list_price=listed_on(price, kind, sold_on),
        discount_percent=Bylaws.in_force(cooperative, sold_on).discount_percent,
        reason=reason,
        decision=decision,
        kin=kin,
        sold_on=sold_on,
        form=form,
        entered_by=by,
        entered_at=at,
        entered_on=cooperative.day_of(at),
    )
    facts = {"product": product.code, "price": f"{unit_price:f}", "listed": f"{slip.list_price:f}"}
    write(cooperative.chain, verb="sale-written", subject=_slip(slip), by=by.actor, at=at, facts=facts)
    return slip


@transaction.atomic
def sign_sale(*, slip: SaleSlip, by: Member, at: datetime.datetime) -> Sale:
    """The second signature: from now on it stands in the open book."""
    cooperative = hold(slip.cooperative)
    slip = _locked(slip)
    refuse_if(rules.obstacles_to_second_signature(slip, by=by, at=at))
    SaleSlip.objects.filter(pk=slip.pk).update(confirmed_by=by, confirmed_at=at)
    year = cooperative.day_of(at).year
    last = Sale.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))["last"]
    names = [field.attname for field in SaleFacts._meta.get_fields() if hasattr(field, "attname")]
    sale = Sale.objects.create(
        **{name: getattr(slip, name) for name in names},
        slip=slip,
        year=year,
        number=(last or 0) + 1,
        signed_by_id=slip.entered_by_id,
        second_by=by,
        signed_at=at,
    )
    write(
        cooperative.chain,
        verb="sold-under-list" if sale.under_list else "sold",
        subject=Subject("sale", str(sale.pk), sale.label),
        by=by.actor,
        at=at,
        facts={
            "product": slip.product.code,
            "buyer": sale.buyer,
            "price": f"{sale.unit_price:f}",
            "listed": f"{sale.list_price:f}",
        },
    )
    return sale


@transaction.atomic
def refuse_sale(*, slip: SaleSlip, because: str, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(slip.cooperative)
    slip, because = _locked(slip), one_line(because)
    refuse_if(rules.obstacles_to_refusing_sale(slip, because=because, by=by, at=at))
    SaleSlip.objects.filter(pk=slip.pk).update(refused_by=by, refused_at=at, refused_because=because)
    facts = {"because": because}
    write(cooperative.chain, verb="sale-refused", subject=_slip(slip), by=by.actor, at=at, facts=facts)


@transaction.atomic
def enter_gift(
    *,
    member: Member,
    giver: str,
    what: str,
    value: Decimal,
    handed_in: bool,
    received_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Gift:
    """`value`: what it may be worth, in the currency of the house."""
    giver, what = one_line(giver), one_line(what)
    refuse_if(
        rules.obstacles_to_gift(
            member, giver=giver, what=what, value=value, received_on=received_on, by=by, at=at
        )
    )
    gift = Gift.objects.create(
        cooperative=member.cooperative,
        member=member,
        giver=giver,
        what=what,
        value=value,
        handed_in=handed_in,
        received_on=received_on,
        entered_by=by,
        entered_at=at,
    )
    subject = Subject("gift", str(gift.pk), what)
    facts = {"member": member.number, "giver": giver, "handed_in": handed_in}
    write(member.cooperative.chain, verb="gift-entered", subject=subject, by=by.actor, at=at, facts=facts)
    return gift


@transaction.atomic
def enter_kin_contract(
    *,
    member: Member,
    party: str,
    relation: str,
    what: str,
    amount: Decimal,
    decision: str,
    agreed_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> KinContract:
    """`decision`: of the assembly. `relation`: what the other side is to the member, such as "own firm"."""
    party, relation, what, decision = map(one_line, (party, relation, what, decision))
    refuse_if(
        rules.obstacles_to_kin_contract(
            member,
            party=party,
            relation=relation,
            what=what,
            amount=amount,
            decision=decision,
            agreed_on=agreed_on,
            by=by,
            at=at,
        )
    )
    contract = KinContract.objects.create(
        cooperative=member.cooperative,
        member=member,
        party=party,
        relation=relation,
        what=what,
        amount=amount,
        decision=decision,
        agreed_on=agreed_on,
        entered_by=by,
        entered_at=at,
    )
    subject = Subject("kin-contract", str(contract.pk), party)
    facts = {"member": member.number, "decision": decision}
    write(
        member.cooperative.chain,
        verb="kin-contract-entered",
        subject=subject,
        by=by.actor,
        at=at,
        facts=facts,
    )
    return contract


def _locked(slip: SaleSlip) -> SaleSlip:
    held = SaleSlip.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("product").get(pk=slip.pk)


def _list(price_list: PriceList) -> Subject:
    return Subject("price-list", str(price_list.pk), price_list.decision)


def _slip(slip: SaleSlip) -> Subject:
    return Subject("sale-slip", str(slip.pk), slip.buyer)
