"""When a refused entry of the register opens a case file: it was about somebody who is protected (C09). No writes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.members.models import Member
from coop.members.rules.protection import offices_protected
from coop.refusals import Reason

# A death without a paper empties seats on one person's word: that it was tried stays, as the rest does.
PROTECTED = frozenset({"protected-in-office", "protected-own-wish", "death-by-a-document"})


def is_attempt(refused: Sequence[Reason]) -> bool:
    """Whether the protection of an office was among the reasons."""
    return any(reason.code in PROTECTED for reason in refused)


def obstacles_to_keeping_attempt(
    member: Member, refused: Sequence[Reason], *, at: datetime.datetime
) -> list[Reason]:
    """Only of what was refused because an office is held."""
    if not is_attempt(refused) or not offices_protected(member, at):
        return [Reason("no-office-was-protected", {"name": member.name})]
    return []
