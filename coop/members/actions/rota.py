"""What changes about the plant after the founding: the rota from a day on, another department, another crew."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.refusals import refuse_if

from ..models import Crew, Department, Member, Rota
from ..rules.plant import obstacles_to_adding, obstacles_to_changing_rota, obstacles_to_withdrawing_rota


@transaction.atomic
def change_rota(
    *,
    anchor: datetime.date,
    every_days: int,
    step: int,
    offset: int,
    by: Member,
    at: datetime.datetime,
) -> Rota:
    """From `anchor` on crews go round by this rule; until then by the one before, which stays on record.

    `step`: shifts further each turn (−1: one earlier). `offset`: how many shifts after its position each crew begins.
    """
    rotas = Rota.objects.filter(cooperative=by.cooperative_id)
    list(rotas.select_for_update(no_key=True))  # two changes at once: the second sees the first
    refuse_if(obstacles_to_changing_rota(anchor, every_days, by=by, at=at))
    rota = Rota.objects.create(
        cooperative=by.cooperative, anchor=anchor, every_days=every_days, step=step, offset=offset
    )
    facts = {"since": anchor.isoformat(), "every_days": every_days, "step": step, "offset": offset}
    write(by.cooperative.chain, verb="rota-changed", subject=_subject(rota), by=by.actor, at=at, facts=facts)
    return rota


@transaction.atomic
def withdraw_rota(*, rota: Rota, by: Member, at: datetime.datetime) -> None:
    """A rota that has not begun, and was entered wrongly or is given up."""
    locked = Rota.objects.select_for_update(of=("self",), no_key=True).get(pk=rota.pk)
    refuse_if(obstacles_to_withdrawing_rota(locked, by=by, at=at))
    subject, since = _subject(locked), locked.anchor.isoformat()
    locked.delete()
    write(
        by.cooperative.chain,
        verb="rota-withdrawn",
        subject=subject,
        by=by.actor,
        at=at,
        facts={"since": since},
    )


def _subject(rota: Rota) -> Subject:
    return Subject("rota", str(rota.pk), rota.anchor.isoformat())


@transaction.atomic
def add_department(*, code: str, name: str, by: Member, at: datetime.datetime) -> Department:
    refuse_if(obstacles_to_adding(Department, code, name, by=by, at=at))
    made = Department.objects.create(cooperative=by.cooperative, code=code, name=name.strip())
    subject = Subject("department", str(made.pk), made.name)
    write(
        by.cooperative.chain,
        verb="department-added",
        subject=subject,
        by=by.actor,
        at=at,
        facts={"code": code},
    )
    return made


@transaction.atomic
def add_crew(*, code: str, name: str, position: int, by: Member, at: datetime.datetime) -> Crew:
    """`position`: the shift it works from the anchor of a rota on, before the offset of the rota (`Rota.shift_of`)."""
    refuse_if(obstacles_to_adding(Crew, code, name, by=by, at=at))
    made = Crew.objects.create(cooperative=by.cooperative, code=code, name=name.strip(), position=position)
    subject = Subject("crew", str(made.pk), made.name)
    write(by.cooperative.chain, verb="crew-added", subject=subject, by=by.actor, at=at, facts={"code": code})
    return made
