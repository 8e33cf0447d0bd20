"""Signing for the house: once up to the limit of the bylaws, twice over it. The co-operative's row is held first."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from coop.budget.money import plain
from coop.charter.models import Bylaws, Cooperative
from coop.decisions.models import Decision
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.members.models import Member, Office
from coop.refusals import in_full, refuse_if

from ..models import Commitment
from ..rules.commitments import (
    obstacles_to_committing,
    obstacles_to_signing_second,
    obstacles_to_turning_down_commitment,
)

State = Commitment.State


def subject_of(commitment: Commitment) -> Subject:
    return Subject("commitment", str(commitment.pk), str(commitment))


@transaction.atomic
def enter_commitment(
    *,
    office: Office,
    kind: str,
    title: str,
    party: str,
    amount: Decimal,
    because: str,
    decision: Decision | None = None,
    by: Member,
    at: datetime.datetime,
) -> Commitment:
    """Signed by the first. It binds at once, or waits for the second when the amount is over the limit of the day."""
    cooperative = Cooperative.objects.select_for_update(of=("self",), no_key=True).get(pk=by.cooperative_id)
    title, party, because = one_line(title), one_line(party), legible(because).strip()
    refuse_if(
        obstacles_to_committing(
            office,
            title=title,
            party=party,
            because=because,
            amount=amount,
            decision=decision,
            by=by,
            at=at,
        )
    )
    day = cooperative.day_of(at)
    limit = Bylaws.in_force(cooperative, day).two_signatures_over
    last = Commitment.objects.filter(cooperative=cooperative, year=day.year).aggregate(last=Max("number"))
    made = Commitment.objects.create(
        cooperative=cooperative,
        year=day.year,
        number=(last["last"] or 0) + 1,
        kind=kind,
        title=title,
        party=party,
        amount=amount,
        because=because,
        decision=decision,
        over=limit,
        office=office,
        signed_by=by,
        signed_at=at,
        signed_on=day,
        state=State.WAITING if 0 < limit < amount else State.SIGNED,
    )
    write(
        cooperative.chain,
        verb="commitment-entered" if made.needs_two else "commitment-signed",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={"office": office.title, "amount": plain(amount), "party": party},
    )
    return made


@transaction.atomic
def sign_second(*, commitment: Commitment, office: Office, by: Member, at: datetime.datetime) -> Commitment:
    """From this moment it binds the house."""
    commitment = locked(commitment)
    refuse_if(obstacles_to_signing_second(commitment, office, by=by, at=at))
    commitment.state, commitment.second_office = State.SIGNED, office
    commitment.second_by, commitment.second_at = by, at
    commitment.save(update_fields=["state", "second_office", "second_by", "second_at"])
    write(
        commitment.cooperative.chain,
        verb="commitment-countersigned",
        subject=subject_of(commitment),
        by=by.actor,
        at=at,
        facts={"office": office.title},
    )
    return commitment


@transaction.atomic
def turn_down_commitment(
    *, commitment: Commitment, because: str, by: Member, at: datetime.datetime
) -> Commitment:
    """It never bound anybody; it stays legible with the reason."""
    commitment = locked(commitment)
    because = in_full(because, 300)
    refuse_if(obstacles_to_turning_down_commitment(commitment, because, by=by, at=at))
    commitment.state, commitment.refused_by = State.REFUSED, by
    commitment.refused_at, commitment.refused_because = at, because
    commitment.save(update_fields=["state", "refused_by", "refused_at", "refused_because"])
    write(
        commitment.cooperative.chain,
        verb="commitment-turned-down",
        subject=subject_of(commitment),
        by=by.actor,
        at=at,
        facts={"because": because},
    )
    return commitment


def locked(commitment: Commitment) -> Commitment:
    held = Commitment.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain", "office").get(pk=commitment.pk)
