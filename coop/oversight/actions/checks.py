"""The auditor verifies the journal, and carries the books out for an outside auditor."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from coop.journal.actions import write
from coop.journal.checkpoints import Checkpoint
from coop.journal.models import Chain, Subject
from coop.journal.verify import verify_piece
from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Export, JournalCheck
from ..rules.checks import (
    PIECE,
    begun,
    obstacles_to_carrying_books_out,
    obstacles_to_verifying_journal,
)

TOLD = 100  # faults that are kept in words; their number is kept whole


@transaction.atomic
def verify_journal(*, checkpoint: Checkpoint | None, by: Member, at: datetime.datetime) -> JournalCheck:
    """Recomputes the chain, compares it with the checkpoint and with what other stages keep beside its hashes.

    A long journal in pieces: where the last check held and did not come to the end, this one goes on from there,
    against its hash and its checkpoint. A new checkpoint begins at the first entry. Nothing is locked meanwhile: what
    is appended while it reads is the next check's. The result is one row, whatever it says.
    """
    chain = Chain.objects.get(pk=by.cooperative.chain_id)
    refuse_if(obstacles_to_verifying_journal(chain, checkpoint, by=by, at=at))
    before = begun(by.cooperative_id) if checkpoint is None else None
    kept = [checkpoint] if checkpoint else []
    if before is not None:
        checkpoint = _carried_on(before, chain)
        kept = [Checkpoint(chain.label, before.sequence, before.hash, ""), *filter(None, [checkpoint])]
    piece = verify_piece(chain, kept, start=before.sequence if before else 0, most=PIECE)
    told: list[Any] = [
        {"kind": str(one.kind), "sequence": one.sequence, "last": one.last} for one in piece.findings
    ]
    if piece.last:
        compared = [import_string(name) for name in settings.COMPARED_WITH_JOURNAL]
        told += [{"words": str(fault)} for compare in compared for fault in compare(chain)]
    faults = len(told)
    told = told[:TOLD]
    if before is not None or not piece.last:
        told.append({"piece": before.sequence + 1 if before else 1, "goes_on": not piece.last})
    made = JournalCheck.objects.create(
        cooperative_id=by.cooperative_id,
        by=by,
        at=at,
        sequence=chain.head_sequence if piece.last else piece.sequence,
        hash=chain.head_hash if piece.last else piece.hash,
        checkpoint_sequence=checkpoint.sequence if checkpoint else None,
        checkpoint_hash=checkpoint.hash if checkpoint else "",
        checkpoint_at=checkpoint.at[:40] if checkpoint else "",
        faults=faults,
        told=told,
    )
    write(
        chain,
        verb="journal-verified" if not faults else "journal-faulty",
        subject=Subject("journal-check", str(made.pk), f"{made.sequence}"),
        by=by.actor,
        at=at,
        facts={"sequence": made.sequence, "faults": made.faults},
    )
    return made


def _carried_on(before: JournalCheck, chain: Chain) -> Checkpoint | None:
    """The checkpoint that was given when the first piece was read, where it lies further on."""
    place = before.checkpoint_sequence
    if place is None or place <= before.sequence:
        return None
    return Checkpoint(chain.label, place, before.checkpoint_hash, before.checkpoint_at)


@transaction.atomic
def carry_books_out(*, for_whom: str, by: Member, at: datetime.datetime) -> Export:
    """Written down before a byte of it leaves; `oversight.export` makes the file, up to this place of the journal."""
    chain = Chain.objects.get(pk=by.cooperative.chain_id)
    for_whom = one_line(for_whom)
    refuse_if(obstacles_to_carrying_books_out(chain, for_whom, by=by, at=at))
    made = Export.objects.create(
        cooperative_id=by.cooperative_id,
        by=by,
        at=at,
        for_whom=for_whom,
        sequence=chain.head_sequence,
        hash=chain.head_hash,
    )
    write(
        chain,
        verb="books-carried-out",
        subject=Subject("export", str(made.pk), for_whom),
        by=by.actor,
        at=at,
        facts={"sequence": made.sequence},
    )
    return made
