"""Why a mandate cannot begin, end, be carried over from the book, or be signed by a second person. No writes."""

from __future__ import annotations

import datetime

from django.db.models import F

from coop.charter.models import Bylaws, Cooperative
from coop.refusals import Reason

from ..electorate import Facts
from ..models import Body, Mandate, Member, Office, Power, Seat, Standing
from ..powers import Powers, powers_of
from ..terms import months_later
from .second_person import obstacles_in_refusal, obstacles_to_keeping_the_archive

LONGEST_PAPER = 200  # letters of the paper by which a mandate ended


def obstacles_to_mandate(
    seat: Seat,
    member: Member,
    *,
    since: datetime.datetime,
    until: datetime.datetime | None,
    document: str,
    at: datetime.datetime,
) -> list[Reason]:
    """A seat that is taken in that time, a stranger, no document, an end before the beginning or after the term;
    somebody who has gone, or whom a recall bars."""
    reasons = obstacles_in_term(seat.office, since=since, until=until, cooperative=member.cooperative)
    if until is None or until > at:
        reasons += obstacles_in_person(seat.office.body, member, max(since, at))
    if not document.strip():
        reasons.append(Reason("no-document"))
    if member.cooperative_id != seat.office.body.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": member.name}))
    if until is not None and until <= since:
        reasons.append(Reason("ends-before-it-begins"))
    taken = Mandate.objects.filter(seat=seat).exclude(until__lte=since).exclude(until=F("since"))
    if until is not None:
        taken = taken.exclude(since__gte=until)
    holder = taken.select_related("member").first()
    if holder is not None:
        reasons.append(Reason("seat-taken", {"name": holder.member.name}))
    return reasons


def obstacles_in_person(body: Body, member: Member, moment: datetime.datetime) -> list[Reason]:
    """Of who would hold a seat of `body` from that moment on. Whatever is entered late is judged by the day it is
    entered: no date in the past brings back whom a recall has sent away."""
    day = member.cooperative.day_of(moment)
    facts = Facts(member, day, Bylaws.in_force(member.cooperative, day))
    if facts.standing is not None and facts.standing.status in Standing.GONE:
        return [Reason("standing-does-not-allow", {"status": facts.standing.status})]
    barred = facts.barred_until(body)
    if barred is not None and barred > day:
        return [Reason("barred-after-recall", {"body": body.name, "day": barred.isoformat()})]
    return []


def obstacles_in_term(
    office: Office,
    *,
    since: datetime.datetime,
    until: datetime.datetime | None,
    cooperative: Cooperative,
) -> list[Reason]:
    """Nobody stays beyond the term of the office. A month more is allowed: books count from assembly to assembly."""
    if office.term_months is None:
        return []
    last = months_later(cooperative.day_of(since), office.term_months + 1)
    if until is None or cooperative.day_of(until) > last:
        return [Reason("longer-than-its-term", {"months": office.term_months})]
    return []


def obstacles_to_ending_mandate(mandate: Mandate, *, at: datetime.datetime) -> list[Reason]:
    """What is over stays over: a second end would move the first. Until a successor begins, one may end earlier."""
    over = mandate.until is not None and mandate.until <= max(at, mandate.since)
    if over or mandate.ended not in ("", Mandate.Ended.REPLACED):
        return [Reason("mandate-over-already")]
    return []


def obstacles_to_confirming_mandate(
    mandate: Mandate, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """Another person confirms, once, never one's own mandate, and only with an office that may (`powers.CONFIRMS`).

    A page that asks for many mandates at once hands in the `powers` of `by`, read once.
    """
    if mandate.confirmed_at is not None or mandate.ended:
        return [Reason("mandate-already-settled")]
    reasons = []
    if by.cooperative_id != mandate.member.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk in (mandate.entered_by_id, mandate.member_id):
        reasons.append(Reason("confirm-needs-somebody-else"))
    if not (powers or powers_of(by, at)).confirms:
        reasons.append(Reason("no-office-that-confirms"))
    return reasons


def obstacles_to_turning_down_mandate(
    mandate: Mandate, *, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Who may confirm may also say that the book says otherwise; who entered it may take back a slip of the pen."""
    if mandate.confirmed_at is not None or mandate.ended:
        return [Reason("mandate-already-settled")]
    reasons = obstacles_in_refusal(because, most=LONGEST_PAPER)
    if by.pk != mandate.entered_by_id:
        reasons += obstacles_to_confirming_mandate(mandate, by=by, at=at)
    return reasons


def obstacles_to_carrying_over(
    cooperative: Cooperative, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """A mandate is carried over by whoever keeps the register, or the books of the assembly."""
    held = powers or powers_of(by, at)
    if by.cooperative_id == cooperative.pk and held.has(Power.KEEP_REGISTER):
        return []
    return obstacles_to_keeping_the_archive(cooperative, by=by, at=at, powers=held)


def obstacles_to_carrying_over_mandate(
    member: Member, *, since: datetime.datetime, by: Member, at: datetime.datetime
) -> list[Reason]:
    """What is carried over has begun already, and not before the person joined."""
    reasons = obstacles_to_carrying_over(by.cooperative, by=by, at=at)
    if since > at:
        reasons.append(Reason("still-to-come"))
    if by.cooperative.day_of(since) < member.joined:
        reasons.append(Reason("before-joining", {"name": member.name, "day": member.joined.isoformat()}))
    return reasons
