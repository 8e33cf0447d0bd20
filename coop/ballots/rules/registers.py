"""What stands in the way of claiming against a register, deciding a claim, and calling a list final; and why somebody
is not on a list.

The list is drawn when the closing day is over and posted. For the claims days of the bylaws every member may claim. A
claim is decided by whoever runs elections for the body; where nobody does, by whoever records its minutes, or chairs
it. Never by the one it concerns, or who made it.

The facts come from the register of members, corrected there first where it was wrong: a granted claim draws the line
of that person anew. So no office can put somebody on the list, or take somebody off it, with a stroke of the pen.

The list is final when the claims days are over and no claim waits. A vote opens on a final list only, and nothing
enters it afterwards: whoever came later votes from the next vote on.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet

from coop.asked_often import Often, given
from coop.charter.models import Bylaws
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Member, Posting, Power, Standing
from coop.members.powers import Powers, powers_of
from coop.refusals import Reason

from ..lines import Line, line_of
from ..models import Claim, Register, RegisterEntry

DECIDING = (Power.RUN_ELECTIONS, Power.RECORD_MINUTES, Power.CHAIR)
OPEN_CLAIMS_EACH = 5  # of one person at a time: a flood of claims must not hold up an assembly

MOVED = Often(
    lambda: Posting.objects.select_related("department").filter(
        Posting.on(given("day")), member_id=given("member"), since__gt=given("closed")
    )[:1]
)


def lines_of(register: Any, member: Any) -> QuerySet[RegisterEntry]:
    """The line of somebody on a list as it stands: what was struck on a claim is left out."""
    return RegisterEntry.objects.filter(register=register, member=member, struck_by=None)


ON_IT = Often(lambda: lines_of(given("register"), given("member")).order_by().values_list("pk", flat=True))


def claims_end(
    register_closes_on: datetime.date,
    *,
    drawn_at: datetime.datetime,
    bylaws: Bylaws,
    zone: datetime.tzinfo,
    needed_at: datetime.datetime | None,
) -> datetime.datetime:
    """The moment from which nobody claims any more: so many whole days after the day of posting, as a notice counts
    them, or when the list is needed, if that is sooner. Without `needed_at` it is needed at once, without claims.
    """
    if needed_at is None:
        return drawn_at
    posted = max(drawn_at.astimezone(zone).date(), register_closes_on)
    after = posted + datetime.timedelta(days=bylaws.register_claims_days + 1)
    over = datetime.datetime.combine(after, datetime.time(), zone)
    return max(drawn_at, min(over, needed_at))


# --- Claiming -------------------------------------------------------------------------------------------------------


def obstacles_to_claiming(
    register: Register,
    *,
    kind: str,
    member: Member,
    claimed_by: Member,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """`claimed_by` says so; `by` writes it down: the same person, or whoever decides claims, at the table."""
    if register.final_at is not None or at >= register.claims_until:
        return [Reason("claims-over", {"hour": register.claims_until.isoformat()})]
    reasons = []
    if by.pk != claimed_by.pk and not decides(register, powers_of(by, at)):
        reasons.append(Reason("claim-for-oneself"))
    strangers = [one for one in (member, claimed_by) if one.cooperative_id != register.cooperative_id]
    if strangers:
        return [*reasons, *(Reason("not-of-this-cooperative", {"name": one.name}) for one in strangers)]
    listed = register.lines().filter(member=member).exists()
    if kind == Claim.Kind.ADDITION and listed:
        reasons.append(Reason("on-this-register", {"name": member.name}))
    if kind != Claim.Kind.ADDITION and not listed:
        reasons.append(Reason("not-on-this-register", {"name": member.name}))
    there = register.claims.filter(kind=kind, member=member).exclude(state=Claim.State.GRANTED).first()
    if there is not None and there.state == Claim.State.OPEN:
        reasons.append(Reason("claimed-already", {"name": member.name}))
    elif there is not None:
        reasons.append(Reason("claim-refused-already", {"name": member.name}))
    waiting = register.claims.filter(claimed_by=claimed_by, state=Claim.State.OPEN).count()
    if waiting >= OPEN_CLAIMS_EACH:
        reasons.append(Reason("too-many-open-claims", {"most": OPEN_CLAIMS_EACH}))
    return reasons


# --- Deciding -------------------------------------------------------------------------------------------------------


def decides(register: Register, powers: Powers) -> bool:
    """Whether these powers decide claims against this register."""
    return any((power, None) in powers.held or (power, register.body_id) in powers.held for power in DECIDING)


def obstacles_to_deciding(
    claim: Claim, *, by: Member, at: datetime.datetime, powers: Powers | None = None
) -> list[Reason]:
    """Once, by an office that decides claims, by nobody in their own cause. A page hands in the `powers` of `by`."""
    if claim.state != Claim.State.OPEN:
        return [Reason("claim-decided")]
    reasons = []
    if not decides(claim.register, powers or powers_of(by, at)):
        body = claim.register.body.name
        reasons.append(Reason("no-mandate", {"power": Power.RUN_ELECTIONS.value, "body": body}))
    if by.pk in (claim.member_id, claim.claimed_by_id):
        reasons.append(Reason("not-in-own-cause"))
    return reasons


def obstacles_to_granting(claim: Claim, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The register of members must bear the claim out, as it stands now for the closing day."""
    return obstacles_to_deciding(claim, by=by, at=at) or obstacles_in_the_facts(claim)


def obstacles_in_the_facts(claim: Claim) -> list[Reason]:
    """What the register of members, as it stands now for the closing day, says against the claim."""
    register, member = claim.register, claim.member
    bylaws = Bylaws.in_force(register.cooperative, register.closes_on)
    against = obstacles_to_voting(member, register.body, register.closes_on, bylaws)
    line = register.lines().filter(member=member).first()
    mend = Reason("mend-the-members-first", {"day": register.closes_on.isoformat()})
    if claim.kind == Claim.Kind.ADDITION:
        if line is not None:
            return [Reason("on-this-register", {"name": member.name})]
        return [*against, mend] if against else []
    if line is None:
        return [Reason("not-on-this-register", {"name": member.name})]
    if claim.kind == Claim.Kind.REMOVAL:
        return [] if against else [Reason("has-a-vote-that-day", {"name": member.name}), mend]
    if _line(line) == line_of(member, register.closes_on):
        return [Reason("line-says-the-same", {"name": member.name}), mend]
    return []


def _line(entry: RegisterEntry) -> Line:
    return Line(entry.member_id, entry.number, entry.name, entry.department, entry.crew)


def obstacles_to_refusing(claim: Claim, reasons: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_deciding(claim, by=by, at=at)
    return found if reasons.strip() else [*found, Reason("no-reason-given")]


# --- The final list -------------------------------------------------------------------------------------------------


def obstacles_to_final(register: Register, at: datetime.datetime) -> list[Reason]:
    """Why the list is not final yet, and no vote opens on it; empty also when it is final."""
    if register.final_at is not None:
        return []
    if at < register.claims_until:
        return [Reason("claims-still-run", {"hour": register.claims_until.isoformat()})]
    waiting = register.claims.filter(state=Claim.State.OPEN).count()
    return [Reason("claims-wait", {"count": waiting})] if waiting else []


def secrets_replaced_since(register: Register) -> int:
    """How many on the list have had their secret replaced by others since it was drawn: they vote on paper."""
    return register.lines().filter(member__account__reset_at__gt=register.drawn_at).count()


# --- Why somebody is not on it --------------------------------------------------------------------------------------


def obstacles_to_voting_on(register: Register, member: Member) -> list[Reason]:
    """Why `member` is not on this list, in the words of their own case; empty when they are on it."""
    return [] if is_on(register, member) else why_not_on(register, member)


def is_on(register: Register, member: Member) -> bool:
    return ON_IT.first(register=register.pk, member=member.pk) is not None


def why_not_on(register: Register, member: Member) -> list[Reason]:
    """Of somebody who is not on it."""
    day = register.closes_on
    bylaws = Bylaws.in_force(register.cooperative, day)
    then = obstacles_to_voting(member, register.body, day, bylaws)
    if not then:
        return [Reason("entered-after-drawing", {"day": day.isoformat()})]
    later = Standing.objects.filter(member=member, kind=Standing.Kind.MEMBER, struck_at=None, since__gt=day)
    if then[0].code in ("not-in-the-register", "not-a-full-member") and later.exists():
        return [Reason("joined-after-closing", {"day": day.isoformat()})]
    return [*then, Reason("as-it-stood-on", {"day": day.isoformat()})]


def moved_since(register: Register, member: Member, day: datetime.date) -> list[Reason]:
    """Whoever moved after the closing day votes where the list says; said to them, it keeps nobody from voting."""
    posting = MOVED.first(day=day, member=member.pk, closed=register.closes_on)
    line = register.lines().filter(member=member).first() if posting else None
    if posting is None or line is None or posting.department.code == line.department:
        return []
    return [Reason("moved-after-closing", {"department": posting.department.name, "where": line.department})]
