"""What takes two persons: who keeps the archive and enters, and who may sign as the second (ruling 13)."""

from __future__ import annotations

import datetime

from coop.charter.models import Cooperative
from coop.refusals import Reason

from ..models import Body, Member, Power
from ..models.countersigned import LONGEST_REFUSAL, Countersigned
from ..powers import Powers, powers_of


def obstacles_to_keeping_the_archive(
    cooperative: Cooperative, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """Whoever writes the minutes of the general assembly keeps its books, and with them the archive."""
    if by.cooperative_id != cooperative.pk:
        return [Reason("not-of-this-cooperative", {"name": by.name})]
    assembly = Body.objects.filter(cooperative=cooperative, kind=Body.Kind.ASSEMBLY).first()
    if assembly is not None and (powers or powers_of(by, at)).has(Power.RECORD_MINUTES, assembly):
        return []
    where = assembly.name if assembly else ""
    return [Reason("no-mandate", {"power": Power.RECORD_MINUTES.value, "body": where})]


def obstacles_to_confirming(
    entry: Countersigned, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """Once, by another person, whose office may confirm (`powers.CONFIRMS` says which, and why)."""
    if not entry.waits:
        return [Reason("entry-settled")]
    reasons = []
    if by.cooperative_id != entry.cooperative.pk:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by == entry.entered_by:
        reasons.append(Reason("confirm-needs-somebody-else"))
    if not (powers or powers_of(by, at)).confirms:
        reasons.append(Reason("no-office-that-confirms"))
    return reasons


def obstacles_to_turning_down(
    entry: Countersigned, *, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who may confirm may also say that the paper says otherwise; who entered it may take back a slip of the pen."""
    if not entry.waits:
        return [Reason("entry-settled")]
    reasons = obstacles_in_refusal(because)
    if by != entry.entered_by:
        reasons += obstacles_to_confirming(entry, by=by, at=at)
    return reasons


def obstacles_in_refusal(because: str, *, most: int = LONGEST_REFUSAL) -> list[Reason]:
    """Whoever says no says why, in so many letters that all of it is kept."""
    if not because.strip():
        return [Reason("no-reason-given")]
    return [Reason("words-too-long", {"most": most})] if len(because.strip()) > most else []
