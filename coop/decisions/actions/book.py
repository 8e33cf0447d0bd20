"""Decisions of the time before, copied from the book by one person and compared with it by another."""

from __future__ import annotations

import datetime
import hashlib

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible, one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.actions.bodies import locked
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..models import CarriedDecision
from ..rules import obstacles_to_carrying_over, obstacles_to_confirming_carried


def _subject(entry: CarriedDecision) -> Subject:
    return Subject("carried-decision", str(entry.pk), str(entry))


@transaction.atomic
def carry_over(
    *,
    body: Body,
    number: int,
    title: str,
    text: str,
    outcome: str,
    decided_on: datetime.date,
    source: str,
    corrects: CarriedDecision | None = None,
    by: Member,
    at: datetime.datetime,
) -> CarriedDecision:
    """Copies an old decision with its final text and its page of the book (`source`); it waits for a second person.

    `corrects`: a confirmed entry that was copied wrongly; it counts until this one is confirmed in its place.
    """
    body = locked(body.pk)
    refuse_if(
        obstacles_to_carrying_over(
            body, number=number, decided_on=decided_on, corrects=corrects, by=by, at=at
        )
    )
    text = legible(text).strip()
    entry = CarriedDecision.objects.create(
        cooperative=body.cooperative,
        body=body,
        year=decided_on.year,
        number=number,
        title=one_line(title),
        text=text,
        text_hash=hashlib.sha256(text.encode()).hexdigest(),
        outcome=outcome,
        decided_on=decided_on,
        source=one_line(source),
        corrects=corrects,
        entered_by=by,
        entered_at=at,
        entered_on=body.cooperative.day_of(at),
    )
    write(
        body.cooperative.chain,
        verb="decision-copied",
        subject=_subject(entry),
        by=by.actor,
        at=at,
        facts={
            "decided_on": decided_on.isoformat(),
            "outcome": str(outcome),
            "source": entry.source,
            "text_hash": entry.text_hash,
            "corrects": corrects.label if corrects else None,
        },
    )
    return entry


@transaction.atomic
def confirm_carried(*, entry: CarriedDecision, by: Member, at: datetime.datetime) -> None:
    """Somebody else has compared it with the book: from now on it stands in the register of decisions."""
    body = locked(entry.body_id)
    entry = CarriedDecision.objects.select_related("body", "corrects").get(pk=entry.pk)
    refuse_if(obstacles_to_confirming_carried(entry, by=by, at=at))
    if entry.corrects is not None:
        CarriedDecision.objects.filter(pk=entry.corrects.pk).update(replaced_at=at)
    confirm_entry(entry=entry, by=by, at=at)
    write(
        body.cooperative.chain,
        verb="decision-copy-confirmed",
        subject=_subject(entry),
        by=by.actor,
        at=at,
        facts={"source": entry.source},
    )


@transaction.atomic
def turn_down_carried(*, entry: CarriedDecision, because: str, by: Member, at: datetime.datetime) -> None:
    """The book says otherwise: it stays legible, takes no number and counts for nothing."""
    body = locked(entry.body_id)
    turn_down_entry(entry=entry, because=because, by=by, at=at)
    write(
        body.cooperative.chain,
        verb="decision-copy-turned-down",
        subject=_subject(entry),
        by=by.actor,
        at=at,
        facts={"because": because.strip()},
    )
