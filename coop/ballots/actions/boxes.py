"""Boxes for paper: made before the vote ends, and a record of whatever happens to each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..boxes import boxes_of
from ..models import Ballot, Urn, UrnEntry
from ..rules.boxes import NewBox, obstacles_to_making_boxes, obstacles_to_recording
from .locks import locked, subject_of


@transaction.atomic
def make_boxes(*, ballot: Ballot, boxes: Sequence[NewBox], by: Member, at: datetime.datetime) -> list[Urn]:
    """Boxes with the next free numbers. No box is taken away: one that was never opened for voting is not counted."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_making_boxes(ballot, boxes, by=by, at=at))
    first = Urn.objects.filter(ballot=ballot).count() + 1
    made = Urn.objects.bulk_create(
        Urn(
            ballot=ballot,
            number=number,
            name=box.name.strip(),
            crew=box.crew,
            mobile=box.mobile,
            part=box.part,
        )
        for number, box in enumerate(boxes, first)
    )
    write(
        ballot.cooperative.chain,
        verb="boxes-made",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"boxes": [urn.name for urn in made]},
    )
    return made


@transaction.atomic
def record_box(
    *,
    urn: Urn,
    kind: str,
    seals: str = "",
    words: str = "",
    happened_at: datetime.datetime,
    into: Urn | None = None,
    by: Member,
    at: datetime.datetime,
) -> UrnEntry:
    """One line of the record of a box, as it happened at `happened_at`; mixing says into which other box."""
    ballot = locked(urn.ballot)
    boxes = boxes_of(ballot)
    box = next(one for one in boxes if one.urn.pk == urn.pk)
    other = next((one for one in boxes if into is not None and one.urn.pk == into.pk), None)
    refuse_if(
        obstacles_to_recording(
            ballot,
            box,
            boxes,
            kind=kind,
            seals=seals,
            words=words,
            happened_at=happened_at,
            into=other,
            by=by,
            at=at,
        )
    )
    if kind == UrnEntry.Kind.MIXED:
        Urn.objects.filter(pk=urn.pk).update(mixed_into=into)
    made = UrnEntry.objects.create(
        urn=box.urn,
        kind=kind,
        seals=seals.strip(),
        words=words.strip(),
        happened_at=happened_at,
        entered_at=at,
        entered_by=by,
    )
    write(
        ballot.cooperative.chain,
        verb="box-recorded",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"box": box.urn.name, "step": kind},
    )
    return made
