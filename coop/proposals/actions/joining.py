"""Amendments that become one: a common text that takes their place, or a block that is voted at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Bylaws
from coop.members.models import Member
from coop.refusals import refuse_if

from ..amended_text import AmendedText
from ..amending import Change
from ..models import Amendment, PartOf, Proposal
from ..rules.amendments import (
    obstacles_to_agreeing,
    obstacles_to_amending,
    obstacles_to_joining,
    obstacles_to_leading,
)
from ..wording import tidy_changes
from .amendments import State, admit, locked_amendment, step, write_down
from .proposals import locked

Kind = Amendment.Kind


@transaction.atomic
def propose_common(
    *,
    parts: Sequence[Amendment],
    changes: Sequence[Change],
    reasons: str = "",
    by: Member,
    at: datetime.datetime,
) -> Amendment:
    """One text in place of several amendments (*texto transaccional*); it replaces them when every mover agrees.

    Of carried ones it is the text that reconciles them: no mover is asked, the meeting votes on it (C06).
    """
    proposal = locked(parts[0].proposal)
    text = AmendedText.of(proposal)
    parts = [text.amendments.get(part.pk, part) for part in parts]
    changes = tidy_changes(changes)
    day = by.cooperative.day_of(at)
    bylaws = Bylaws.in_force(by.cooperative, day)
    refuse_if(
        obstacles_to_joining(text, parts)
        + obstacles_to_amending(proposal, changes, by=by, at=at, day=day, bylaws=bylaws)
    )
    whole = write_down(
        proposal=proposal,
        changes=changes,
        reasons=reasons,
        kind=Kind.COMMON,
        support_needed=0,
        by=by,
        at=at,
    )
    reconciles = all(part.state == State.CARRIED for part in parts)
    for part in parts:
        mine = part.author_id == by.pk and not reconciles
        PartOf.objects.create(
            whole=whole, part=part, agreed_by=by if mine else None, agreed_at=at if mine else None
        )
    if reconciles:
        admit(amendment=whole, by=by.actor, at=at, leave_at=at if whole.is_late else None)
    else:
        _replace_when_agreed(whole, by, at)
    return whole


@transaction.atomic
def agree(*, part: PartOf, by: Member, at: datetime.datetime) -> None:
    """A mover gives an amendment up for the common text. The last one's word makes it replace them all."""
    whole = locked_amendment(part.whole)
    part = PartOf.objects.select_related("part", "whole").get(pk=part.pk)
    refuse_if(obstacles_to_agreeing(part, by=by))
    part.agreed_by, part.agreed_at = by, at
    part.save(update_fields=["agreed_by", "agreed_at"])
    step(
        amendment=whole,
        verb="common-text-agreed",
        by=by.actor,
        at=at,
        told={"part": part.part.number},
    )
    _replace_when_agreed(whole, by, at)


def _replace_when_agreed(whole: Amendment, by: Member, at: datetime.datetime) -> None:
    parts = list(whole.parts.select_related("part"))
    if any(part.agreed_at is None for part in parts):
        return
    for part in parts:
        amendment = part.part
        amendment.proposal = whole.proposal
        step(
            amendment=amendment,
            verb="amendment-replaced",
            by=by.actor,
            at=at,
            told={"through": whole.number},
            state=State.REPLACED,
            ended_at=at,
            through=whole,
        )
    # Its parts had their leave, so it needs none of its own.
    admit(amendment=whole, by=by.actor, at=at, leave_at=at if whole.is_late else None)


@transaction.atomic
def form_block(
    *, proposal: Proposal, parts: Sequence[Amendment], by: Member, at: datetime.datetime
) -> Amendment:
    """Amendments without a conflict between them are voted at once. Withdrawing the block dissolves it again."""
    proposal = locked(proposal)
    text = AmendedText.of(proposal)
    parts = [text.amendments.get(part.pk, part) for part in parts]
    refuse_if(
        obstacles_to_leading(proposal, by=by, at=at) + obstacles_to_joining(text, parts, in_a_block=True)
    )
    block = write_down(proposal=proposal, changes=(), kind=Kind.BLOCK, support_needed=0, by=by, at=at)
    PartOf.objects.bulk_create(PartOf(whole=block, part=part, agreed_by=by, agreed_at=at) for part in parts)
    admit(amendment=block, by=by.actor, at=at, leave_at=at if block.is_late else None)
    return block
