"""Entering a pay scale, and the second signature under it. The co-operative's row is held: scales are numbered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Grade, PayScale, Supplement
from ..ratio import as_text, highest_to_lowest
from ..rules.scales import NewGrade, NewSupplement, obstacles_to_entering_scale


def subject_of(scale: PayScale) -> Subject:
    return Subject("pay-scale", str(scale.number), scale.adopted_by)


def hold(cooperative: Cooperative) -> Cooperative:
    """One person at a time gives numbers."""
    return (
        Cooperative.objects.select_for_update(of=("self",), no_key=True)
        .select_related("chain")
        .get(pk=cooperative.pk)
    )


@transaction.atomic
def enter_scale(
    *,
    cooperative: Cooperative,
    grades: Sequence[NewGrade],
    supplements: Sequence[NewSupplement],
    adopted_on: datetime.date,
    adopted_by: str,
    valid_from: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> PayScale:
    """What was adopted (`adopted_by`: decision, or book and page); it counts with the second signature."""
    cooperative = hold(cooperative)
    refuse_if(
        obstacles_to_entering_scale(
            cooperative,
            grades=grades,
            supplements=supplements,
            adopted_on=adopted_on,
            adopted_by=adopted_by,
            valid_from=valid_from,
            by=by,
            at=at,
        )
    )
    last = PayScale.objects.filter(cooperative=cooperative).aggregate(last=Max("number"))["last"] or 0
    made = PayScale.objects.create(
        cooperative=cooperative,
        number=last + 1,
        adopted_on=adopted_on,
        adopted_by=one_line(adopted_by),
        valid_from=valid_from,
        entered_by=by,
        entered_at=at,
        entered_on=cooperative.day_of(at),
    )
    Grade.objects.bulk_create(
        Grade(
            scale=made,
            place=place,
            code=one.code,
            title=one.title,
            amount=one.amount,
            jobs="\n".join(one.jobs),
        )
        for place, one in enumerate(grades, 1)
    )
    Supplement.objects.bulk_create(
        Supplement(
            scale=made,
            place=place,
            code=one.code,
            title=one.title,
            kind=one.kind,
            percent=one.percent,
            amount=one.amount,
        )
        for place, one in enumerate(supplements, 1)
    )
    write(
        cooperative.chain,
        verb="pay-scale-entered",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={
            "valid_from": valid_from.isoformat(),
            "grades": len(grades),
            "supplements": len(supplements),
            "ratio": as_text(highest_to_lowest(Fraction(one.amount) for one in grades)),
        },
    )
    return made


@transaction.atomic
def confirm_scale(*, scale: PayScale, by: Member, at: datetime.datetime) -> None:
    """Somebody else has compared it with the decision: from its day on it is what holds."""
    cooperative = hold(scale.cooperative)
    confirm_entry(entry=scale, by=by, at=at)
    write(cooperative.chain, verb="pay-scale-confirmed", subject=subject_of(scale), by=by.actor, at=at)


@transaction.atomic
def turn_down_scale(*, scale: PayScale, because: str, by: Member, at: datetime.datetime) -> None:
    cooperative = hold(scale.cooperative)
    turn_down_entry(entry=scale, because=because, by=by, at=at)
    write(
        cooperative.chain,
        verb="pay-scale-turned-down",
        subject=subject_of(scale),
        by=by.actor,
        at=at,
        facts={"because": because.strip()},
    )
