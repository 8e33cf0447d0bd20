"""Entering the pay of a month: the slips, and what everybody reads of them. The journal tells nobody's amount."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import GradeInMonth, PayMonth, Slip, SlipSupplement
from ..ratio import Line, as_text, highest_to_lowest
from ..rules.months import Known, differs, known, obstacles_to_entering_month
from .scales import hold


def subject_of(month: PayMonth) -> Subject:
    return Subject("pay-month", str(month.pk), str(month))


@transaction.atomic
def enter_month(
    *,
    cooperative: Cooperative,
    month: datetime.date,
    lines: Sequence[Line],
    because: str = "",
    by: Member,
    at: datetime.datetime,
) -> PayMonth:
    """All slips of a month at once. Entered again with a reason, it takes the place of the entry before."""
    cooperative = hold(cooperative)
    refuse_if(obstacles_to_entering_month(cooperative, month, lines, because=because, by=by, at=at))
    month = month.replace(day=1)
    facts = known(cooperative, month, lines)
    assert facts is not None  # asked under the lock
    last = PayMonth.objects.filter(cooperative=cooperative, month=month).aggregate(last=Max("number"))
    decimals = cooperative.currency_decimals
    made = PayMonth.objects.create(
        cooperative=cooperative,
        month=month,
        number=1 + (last["last"] or 0),
        scale=facts.scale,
        people=len(lines),
        differing=sum(differs(line, facts.grades[line.grade], decimals) for line in lines),
        ratio=as_text(highest_to_lowest(line.month for line in lines)),
        ratio_with=as_text(highest_to_lowest(line.month_with for line in lines)),
        counts_supplements=facts.bylaws.pay_supplements_count,
        ceiling=str(facts.bylaws.pay_ratio),
        because=because.strip(),
        entered_by=by,
        entered_at=at,
    )
    _write_slips(made, lines, facts)
    write(
        cooperative.chain,
        verb="pay-month-entered",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={
            "entry": made.number,
            "people": made.people,
            "ratio": as_text(made.compared),
            "ceiling": made.ceiling,
            "over": made.over,
        },
    )
    return made


def _write_slips(month: PayMonth, lines: Sequence[Line], facts: Known) -> None:
    """Not a slip's number says how much was paid: they go in by the numbers of the register."""
    ordered = sorted(lines, key=lambda line: line.number)
    slips = Slip.objects.bulk_create(
        [
            Slip(
                month=month,
                member=facts.people[line.number],
                grade=facts.grades[line.grade],
                share=line.share,
                paid=line.paid,
            )
            for line in ordered
        ]
    )
    SlipSupplement.objects.bulk_create(
        SlipSupplement(slip=slip, supplement=facts.supplements[code], amount=amount)
        for slip, line in zip(slips, ordered, strict=True)
        for code, amount in line.supplements.items()
    )
    counted = Counter(line.grade for line in lines)
    GradeInMonth.objects.bulk_create(
        GradeInMonth(month=month, grade=facts.grades[code], people=people)
        for code, people in sorted(counted.items())
    )
