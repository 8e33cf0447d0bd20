"""What stands in the way of entering the pay of a month; each reason names the member number it is about. No writes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from coop.charter.models import Bylaws, Cooperative
from coop.members.folding import fold
from coop.members.models import Mandate, Member
from coop.refusals import Reason

from ..models import Grade, PayMonth, PayScale, Supplement
from ..ratio import Line, due
from .scales import fits, obstacles_to_keeping_pay, scale_on

MOST_PEOPLE = 20_000
FIRST_YEAR = 2000


@dataclass
class Known:
    """What a month is judged by, each asked once however many people it has."""

    cooperative: Cooperative
    scale: PayScale
    bylaws: Bylaws
    grades: dict[str, Grade]
    supplements: dict[str, Supplement]
    people: dict[int, Member]
    offices: dict[int, str] = field(default_factory=dict)  # by number: what somebody was elected to

    def grade_of(self, member: Member) -> Grade | None:
        """The grade that names the job of this person in the register."""
        job = fold(member.job)
        if not job:
            return None
        return next((one for one in self.grades.values() if job in map(fold, one.jobs.splitlines())), None)


def known(cooperative: Cooperative, month: datetime.date, lines: Sequence[Line]) -> Known | None:
    """None where no scale held on the first of the month."""
    scale = scale_on(cooperative, month)
    if scale is None:
        return None
    numbers = {line.number for line in lines}
    found = Member.objects.filter(cooperative=cooperative, number__in=numbers)
    made = Known(
        cooperative,
        scale,
        Bylaws.in_force(cooperative, month),
        {one.code: one for one in scale.grades.all()},
        {one.code: one for one in scale.supplements.all()},
        {one.number: one for one in found},
    )
    begins, ends = _moments(cooperative, month)
    held = Mandate.objects.filter(
        Mandate.in_force(ends) | Mandate.in_force(begins), member__in=found, seat__alternate=False
    )
    made.offices = dict(held.values_list("member__number", "seat__office__title").order_by("pk"))
    return made


def _moments(cooperative: Cooperative, month: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and the last noon of a month: who was elected on either keeps the pay of their job in it."""
    noon = datetime.time(12)
    last = next_month(month) - datetime.timedelta(days=1)
    return (
        datetime.datetime.combine(month, noon, cooperative.zone),
        datetime.datetime.combine(last, noon, cooperative.zone),
    )


def next_month(month: datetime.date) -> datetime.date:
    """
    >>> next_month(datetime.date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def obstacles_to_entering_month(
    cooperative: Cooperative,
    month: datetime.date,
    lines: Sequence[Line],
    *,
    because: str = "",
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """`because`: why a month that stands here is entered again."""
    found = obstacles_to_keeping_pay(cooperative, by=by, at=at)
    if month.year < FIRST_YEAR or month.replace(day=1) > cooperative.day_of(at):
        return [*found, Reason("month-out-of-range")]
    month = month.replace(day=1)
    if not lines:
        found.append(Reason("month-without-people"))
    if len(lines) > MOST_PEOPLE:
        return [*found, Reason("month-too-long", {"most": MOST_PEOPLE})]
    again = PayMonth.objects.filter(cooperative=cooperative, month=month).exists()
    if again and not because.strip():
        found.append(Reason("month-again-without-reason"))
    if found:
        return found
    facts = known(cooperative, month, lines)
    if facts is None:
        return [Reason("no-scale-then", {"month": month.isoformat()})]
    seen: set[int] = set()
    for line in lines:
        found += _in_line(line, facts, month, twice=line.number in seen)
        seen.add(line.number)
    return found


def _in_line(line: Line, facts: Known, month: datetime.date, *, twice: bool) -> list[Reason]:
    about: dict[str, object] = {"number": line.number}
    member, grade = facts.people.get(line.number), facts.grades.get(line.grade)
    if twice:
        return [Reason("paid-twice", about)]
    if member is None:
        return [Reason("nobody-of-that-number", about)]
    found = []
    if member.joined >= next_month(month):
        found.append(Reason("paid-before-joining", about))
    if grade is None:
        return [*found, Reason("grade-not-on-scale", about | {"grade": line.grade})]
    if not 0 < line.share <= 100 or not fits(line.share, 2):
        return [*found, Reason("share-out-of-range", about)]
    decimals = facts.cooperative.currency_decimals
    if not fits(line.paid, decimals):
        return [*found, Reason("pay-cannot-be", about | {"decimals": decimals})]
    found += _in_supplements(line, facts, decimals)
    return found + _in_office(line, member, grade, facts)


def _in_supplements(line: Line, facts: Known, decimals: int) -> list[Reason]:
    found = []
    for code, amount in line.supplements.items():
        about: dict[str, object] = {"number": line.number, "supplement": code}
        supplement = facts.supplements.get(code)
        if supplement is None:
            found.append(Reason("supplement-not-on-scale", about))
        elif not fits(amount, decimals):
            found.append(Reason("supplement-cannot-be", about))
        elif amount > (most := round(supplement.most(line.paid), decimals)):
            found.append(Reason("supplement-too-high", about | {"most": f"{most:f}"}))
    return found


def _in_office(line: Line, member: Member, grade: Grade, facts: Known) -> list[Reason]:
    """Elected people keep the pay of their job, or have the reference pay, as the bylaws say: never more or less."""
    office = facts.offices.get(line.number)
    if office is None:
        return []
    about: dict[str, object] = {"number": line.number, "office": office}
    decimals = facts.cooperative.currency_decimals
    if facts.bylaws.office_pay == "reference":
        owed = due(facts.cooperative.reference_pay, line.share, decimals)
        return [] if line.paid == owed else [Reason("office-has-reference-pay", about | {"due": f"{owed:f}"})]
    own = facts.grade_of(member)
    if own is not None and own.pk != grade.pk:
        return [Reason("office-keeps-its-grade", about | {"grade": own.code})]
    owed = due(grade.amount, line.share, decimals)
    return [] if line.paid == owed else [Reason("office-keeps-pay-of-job", about | {"due": f"{owed:f}"})]


def differs(line: Line, grade: Grade, decimals: int) -> bool:
    """Paid otherwise than the grade says."""
    return line.paid != due(grade.amount, line.share, decimals)
