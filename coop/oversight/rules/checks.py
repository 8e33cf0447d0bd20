"""What stands in the way of verifying the journal and of carrying the books out. No writes, no clock."""

from __future__ import annotations

import datetime

from coop.journal.checkpoints import Checkpoint
from coop.journal.models import Chain
from coop.members.models import Member
from coop.refusals import Reason

from ..models import JournalCheck
from .findings import obstacles_to_auditing

PIECE = 100_000  # entries that one press verifies: eight seconds of hashing; a longer journal takes several


def begun(cooperative_id: int) -> JournalCheck | None:
    """The last check, where it held and did not come to the end: the next one goes on from there."""
    last = JournalCheck.objects.filter(cooperative=cooperative_id).order_by("-at", "-pk").first()
    return last if last is not None and not last.faults and not last.whole else None


def obstacles_to_verifying_journal(
    chain: Chain, checkpoint: Checkpoint | None, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    found = obstacles_to_auditing(by=by, at=at)
    if checkpoint is not None and checkpoint.chain != chain.label:
        found.append(Reason("checkpoint-of-another-chain", {"chain": checkpoint.chain}))
    return found


def obstacles_to_carrying_books_out(
    chain: Chain, for_whom: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    found = obstacles_to_auditing(by=by, at=at)
    if not for_whom.strip():
        found.append(Reason("export-for-nobody"))
    return found
