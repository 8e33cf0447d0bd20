"""Equal pay: the scale of the rules is entered and compared, and the last months are paid by it to every member."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, Decimal
from functools import partial
from typing import Any

from coop.pay import actions
from coop.pay.ratio import Line, due
from coop.pay.rules.scales import NewGrade, NewSupplement

from .act import CREWS
from .timeline import Step, World

CENT = Decimal("0.01")
PAID_ON = 5  # of the month after
NIGHT = "night"


def pay(world: World) -> Iterator[Step]:
    told = world.files.read("coop")
    plan, base = told["pay_scale"], Decimal(told["rules"]["pay"]["base_monthly_advance"])
    yield Step(world.moment(plan["entered"]["day"], "15:40"), partial(_scale, world, plan, base))
    for month, entered in _months(world, plan):
        yield Step(world.moment(entered, "15:00"), partial(_month, world, plan, base, month))


def _scale(world: World, plan: Mapping[str, Any], base: Decimal, at: datetime.datetime) -> None:
    by = plan["entered"]
    made = actions.enter_scale(
        cooperative=world.cooperative,
        grades=[NewGrade(one["code"], one["title"], base) for one in plan["grades"]],
        supplements=[_supplement(one) for one in plan["supplements"]],
        adopted_on=plan["adopted"],
        adopted_by=plan["adopted_by"],
        valid_from=plan["valid_from"],
        by=world.people[by["by"]],
        at=at,
    )
    actions.confirm_scale(scale=made, by=world.people[by["confirmed_by"]], at=at)


def _supplement(one: Mapping[str, Any]) -> NewSupplement:
    percent, amount = one.get("percent"), one.get("amount")
    return NewSupplement(
        one["code"],
        one["title"],
        one["kind"],
        percent=None if percent is None else Decimal(percent),
        amount=None if amount is None else Decimal(amount),
    )


def _months(world: World, plan: Mapping[str, Any]) -> list[tuple[datetime.date, datetime.date]]:
    """The last months that are paid already, the oldest first, each with the day on which it was entered."""
    first = world.files.today.replace(day=1)
    found: list[tuple[datetime.date, datetime.date]] = []
    while len(found) < plan["months"]:
        entered = first.replace(day=PAID_ON)
        first = (first - datetime.timedelta(days=1)).replace(day=1)
        if entered < world.files.today:
            found.append((first, entered))
    return found[::-1]


def _month(
    world: World, plan: Mapping[str, Any], base: Decimal, month: datetime.date, at: datetime.datetime
) -> None:
    rates = {one["code"]: one for one in plan["supplements"]}
    nights = {code: _nights(world, code, month) for code in CREWS.values()}
    lines = [
        _line(world, one, rates, nights, base, month)
        for one in world.files.read("members")["members"]
        if one["status"] != "suspended" and one["joined"] <= _last(month)
    ]
    actions.enter_month(
        cooperative=world.cooperative,
        month=month,
        lines=lines,
        by=world.people[plan["entered"]["by"]],
        at=at,
    )


def _last(month: datetime.date) -> datetime.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _nights(world: World, crew: str, month: datetime.date) -> Decimal:
    """The part of the month that this crew works at night."""
    rota, shifts = world.rota
    days = [month.replace(day=day) for day in range(1, _last(month).day + 1)]
    worked = sum(rota.shift_of(world.crews[crew], day, shifts).code == NIGHT for day in days)
    return Decimal(worked) / len(days)


def _line(
    world: World,
    one: Mapping[str, Any],
    rates: Mapping[str, Any],
    nights: Mapping[str, Decimal],
    base: Decimal,
    month: datetime.date,
) -> Line:
    """Whoever joined in the month is paid from that day on. A part of a cent is left off a supplement."""
    days = _last(month).day
    there = days if one["joined"] < month else days - one["joined"].day + 1
    share = (Decimal(100 * there) / days).quantize(CENT)
    paid = due(base, share, world.cooperative.currency_decimals)
    years = min(month.year - one["joined"].year, rates["years"]["percent"])
    extra = {
        "heat": Decimal(rates["heat"]["amount"]) * share / 100
        if one["dept"] in rates["heat"]["departments"]
        else Decimal(0),
        "night": paid * rates["night"]["percent"] / 100 * nights[CREWS[one["shift"]]],
        "years": paid * years / 100,
    }
    cut = {code: amount.quantize(CENT, ROUND_DOWN) for code, amount in extra.items()}
    told = {code: amount for code, amount in cut.items() if amount > 0}
    return Line(world.files.number(one["id"]), "A", paid, share, told)
