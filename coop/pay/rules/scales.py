"""What stands in the way of entering a pay scale. No writes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from coop.charter.models import Bylaws, Cooperative
from coop.members.folding import fold
from coop.members.models import Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..models import PayScale, Supplement
from ..ratio import as_text, highest_to_lowest

FARTHEST = datetime.timedelta(days=5 * 366)  # nobody adopts a scale for later than that
MOST_LINES = 60


@dataclass(frozen=True)
class NewGrade:
    """`jobs`: as the register calls them."""

    code: str
    title: str
    amount: Decimal
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewSupplement:
    """Either `percent` of the pay of the month, or `amount` a month, at most."""

    code: str
    title: str
    kind: str
    percent: Decimal | None = None
    amount: Decimal | None = None


def obstacles_to_keeping_pay(cooperative: Cooperative, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever keeps the budget enters scales and months."""
    found = obstacles_without(Power.KEEP_BUDGET, by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return found


def obstacles_to_entering_scale(
    cooperative: Cooperative,
    *,
    grades: Sequence[NewGrade],
    supplements: Sequence[NewSupplement],
    adopted_on: datetime.date,
    adopted_by: str,
    valid_from: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Adopted already, holding from that day or later, and within the ceiling of the bylaws of that day."""
    found = obstacles_to_keeping_pay(cooperative, by=by, at=at)
    today = cooperative.day_of(at)
    if not adopted_by.strip():
        found.append(Reason("scale-names-no-decision"))
    if adopted_on > today:
        found.append(Reason("adopted-in-the-future"))
    if valid_from < adopted_on:
        found.append(Reason("holds-before-adopted"))
    if valid_from > today + FARTHEST:
        found.append(Reason("holds-too-late"))
    if not grades:
        return [*found, Reason("scale-without-grade")]
    if len(grades) + len(supplements) > MOST_LINES:
        return [*found, Reason("scale-too-long", {"most": MOST_LINES})]
    codes = [*(one.code for one in grades), *(one.code for one in supplements)]
    found += [Reason("scale-code-twice", {"code": code}) for code in _twice(codes)]
    jobs = [job for one in grades for job in one.jobs]
    found += [Reason("job-in-two-grades", {"code": job}) for job in _twice(jobs)]
    found += _in_amounts(grades, supplements, decimals=cooperative.currency_decimals)
    if found:
        return found
    return _against_bylaws(grades, supplements, Bylaws.in_force(cooperative, max(valid_from, today)))


def _twice(words: Sequence[str]) -> list[str]:
    """Those that stand there before, however they are spelt."""
    seen = [fold(word) for word in words]
    return [word for place, word in enumerate(words) if seen.index(fold(word)) < place]


def _in_amounts(
    grades: Sequence[NewGrade], supplements: Sequence[NewSupplement], *, decimals: int
) -> list[Reason]:
    found = [
        Reason("scale-amount-wrong", {"code": one.code, "decimals": decimals})
        for one in grades
        if not fits(one.amount, decimals)
    ]
    for extra in supplements:
        if (extra.percent is None) == (extra.amount is None) or extra.kind not in Supplement.Kind.values:
            found.append(Reason("supplement-percent-or-amount", {"code": extra.code}))
        elif extra.amount is not None and not fits(extra.amount, decimals):
            found.append(Reason("scale-amount-wrong", {"code": extra.code, "decimals": decimals}))
        elif extra.percent is not None and not (0 < extra.percent <= 100 and fits(extra.percent, 2)):
            found.append(Reason("supplement-percent-wrong", {"code": extra.code}))
    return found


def fits(amount: Decimal, decimals: int) -> bool:
    """Above zero, storable, and with no part smaller than the currency has.

    >>> fits(Decimal("1900.50"), 2), fits(Decimal("1900.505"), 2), fits(Decimal(0), 2), fits(Decimal("NaN"), 2)
    (True, False, False, False)
    """
    if not amount.is_finite() or not 0 < amount < Decimal(10) ** 10:
        return False
    return amount == round(amount, decimals)


def _against_bylaws(
    grades: Sequence[NewGrade], supplements: Sequence[NewSupplement], bylaws: Bylaws
) -> list[Reason]:
    found = []
    ratio = highest_to_lowest(Fraction(one.amount) for one in grades)
    if ratio > Fraction(bylaws.pay_ratio):
        found.append(
            Reason("scale-over-ceiling", {"ratio": as_text(ratio), "ceiling": str(bylaws.pay_ratio)})
        )
    most = bylaws.seniority_supplement_percent
    for extra in supplements:
        if extra.kind != Supplement.Kind.SENIORITY:
            continue
        if extra.percent is None or extra.percent > most:
            found.append(Reason("seniority-over-bylaws", {"code": extra.code, "most": most}))
    return found


def scale_on(cooperative: Cooperative, day: datetime.date) -> PayScale | None:
    """The scale in force on a day."""
    held = PayScale.objects.filter(PayScale.holding_on(day), cooperative=cooperative)
    return held.order_by("-valid_from", "-number").first()
