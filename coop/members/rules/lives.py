"""Why the standing or the place of a member cannot change as somebody wants to write it. No writes."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.refusals import Reason

from ..models import Member, Posting, Standing
from ..seen import last_entry
from .entering import (
    Newcomer,
    obstacles_in_birth,
    obstacles_in_day,
    obstacles_in_joining,
    obstacles_in_name,
    obstacles_in_terms,
)
from .people import obstacles_to_dated_change, obstacles_to_keeping_the_register

Kind, Status = Standing.Kind, Standing.Status

LEAVES = (Status.MEDICAL_LEAVE, Status.PARENTAL_LEAVE, Status.VOLUNTARY_LEAVE, Status.OUTSIDE_OFFICE)

# What somebody must be to become the next. Who is gone comes back by `rejoin` alone, and the dead never.
FROM: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(LEAVES, (Status.ACTIVE, Status.NOTICE_GIVEN, *LEAVES)),
    Status.ACTIVE: (*LEAVES, Status.NOTICE_GIVEN, Status.SUSPENDED),
    Status.NOTICE_GIVEN: (
        Status.ACTIVE,
        *LEAVES,
    ),  # a notice ends no suspension; who is suspended leaves outright
    Status.SUSPENDED: (Status.ACTIVE, Status.NOTICE_GIVEN, *LEAVES),
    **dict.fromkeys(Standing.GONE, (Status.ACTIVE, Status.NOTICE_GIVEN, Status.SUSPENDED, *LEAVES)),
}


def obstacles_to_writing(
    member: Member, *, by: Member, at: datetime.datetime, seen: int | None = None
) -> list[Reason]:
    """Only who keeps the register, and only on what they had before their eyes (`seen.last_entry`; None: no form)."""
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if by.cooperative_id != member.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if seen is not None and seen != last_entry(member):
        reasons.append(Reason("person-changed-meanwhile"))
    return reasons


def standing_on(member: Member, day: datetime.date) -> Standing | None:
    return Standing.objects.filter(Standing.on(day), member=member).first()


def obstacles_to_standing(
    member: Member, status: str, *, since: datetime.date, day: datetime.date
) -> list[Reason]:
    """Whether `status` may follow on what stands that day. `day` is today at the plant."""
    reasons = obstacles_in_day(since, day=day)
    reasons += obstacles_to_dated_change(member.standings.filter(struck_at=None), since)
    now = standing_on(member, since)
    if not reasons and (now is None or now.status not in FROM[status]):
        reasons.append(Reason("standing-does-not-allow", {"status": now.status if now else "left"}))
    return reasons


def obstacles_to_moving(
    member: Member, *, since: datetime.date, day: datetime.date, to: tuple[int, int | None] | None = None
) -> list[Reason]:
    """`to`: ids of department and crew; a move to where somebody is moves nobody."""
    reasons = obstacles_in_day(since, day=day)
    reasons += obstacles_to_dated_change(member.postings.filter(struck_at=None), since)
    standing = standing_on(member, since)
    if standing is not None and standing.status in Standing.GONE:
        reasons.append(Reason("standing-does-not-allow", {"status": standing.status}))
    here = Posting.objects.filter(Posting.on(since), member=member).first()
    if not reasons and here is not None and to == (here.department_id, here.crew_id):
        reasons.append(Reason("works-there-already"))
    return reasons


def obstacles_in_expected_end(since: datetime.date, expected_until: datetime.date | None) -> list[Reason]:
    if expected_until is not None and expected_until <= since:
        return [Reason("ends-before-it-begins")]
    return []


def obstacles_to_coming_back(
    member: Member, *, since: datetime.date, day: datetime.date, document: str, by: Member
) -> list[Reason]:
    """A suspension that is lifted before its day is lifted by somebody: by their document, and not by oneself."""
    reasons = obstacles_to_standing(member, Status.ACTIVE, since=since, day=day)
    now = standing_on(member, since)
    early = now is not None and (now.expected_until is None or since < now.expected_until)
    if now is not None and now.status == Status.SUSPENDED and early:
        reasons += obstacles_in_own_cause(now, by=by)
        if not document.strip():
            reasons.append(Reason("lifted-by-a-document"))
    return reasons


def obstacles_in_own_cause(entry: Standing | Posting, *, by: Member) -> list[Reason]:
    """Whoever keeps the register writes of themselves as of everybody, but takes no suspension off themselves."""
    suspended = isinstance(entry, Standing) and entry.status == Status.SUSPENDED
    return [Reason("own-suspension")] if suspended and entry.member_id == by.pk else []


# --- Suspension --------------------------------------------------------------------------------------------------


def last_day_of_appeal(since: datetime.date, bylaws: Bylaws) -> datetime.date:
    return since + datetime.timedelta(days=bylaws.sanction_appeal_days)


def obstacles_to_suspending(
    member: Member,
    *,
    since: datetime.date,
    expected_until: datetime.date | None,
    reason: str,
    document: str,
    day: datetime.date,
    bylaws: Bylaws,
) -> list[Reason]:
    """By a document, with a reason and an end; and entered while there is still time to appeal."""
    reasons = obstacles_to_standing(member, Status.SUSPENDED, since=since, day=day)
    if not document.strip():
        reasons.append(Reason("no-document"))
    if not reason.strip():
        reasons.append(Reason("sanction-without-reason"))
    if expected_until is None:
        reasons.append(Reason("suspended-without-end"))
    if last_day_of_appeal(since, bylaws) < day:
        reasons.append(Reason("entered-after-the-appeal", {"days": bylaws.sanction_appeal_days}))
    return reasons + obstacles_in_expected_end(since, expected_until)


def obstacles_to_appealing(
    standing: Standing, *, by: Member, at: datetime.datetime, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """The person, or the register office for one who came with a paper; once, in the days of the bylaws."""
    reasons = [] if by.pk == standing.member_id else obstacles_to_keeping_the_register(by=by, at=at)
    if not _runs(standing, day) or standing.final_at is not None:
        return [*reasons, Reason("no-suspension-to-appeal")]
    if standing.appealed_at is not None:
        return [*reasons, Reason("appealed-already")]
    last = last_day_of_appeal(standing.since, bylaws)
    if day > last:
        reasons.append(Reason("appeal-too-late", {"day": last.isoformat()}))
    return reasons


def obstacles_to_upholding(standing: Standing, *, document: str, day: datetime.date) -> list[Reason]:
    """An appeal is decided by a document, and not by the one it is against."""
    if not _runs(standing, day) or standing.appealed_at is None or standing.final_at is not None:
        return [Reason("no-appeal-to-decide")]
    if not document.strip():
        return [Reason("no-document")]
    if document.strip() == standing.document:
        return [Reason("appeal-decided-by-another")]
    return []


def obstacles_to_becoming_final(standing: Standing, *, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """By the clock, when the days to appeal went by unused."""
    unused = standing.appealed_at is None and standing.final_at is None
    if not _runs(standing, day) or not unused or day <= last_day_of_appeal(standing.since, bylaws):
        return [Reason("not-final-yet")]
    return []


def _runs(standing: Standing, day: datetime.date) -> bool:
    over = standing.until is not None and standing.until <= max(day, standing.since)
    return standing.status == Status.SUSPENDED and standing.struck_at is None and not over


# --- Going and coming --------------------------------------------------------------------------------------------


def obstacles_to_expelling(
    member: Member, *, since: datetime.date, reason: str, document: str, day: datetime.date
) -> list[Reason]:
    reasons = obstacles_to_standing(member, Status.EXPELLED, since=since, day=day)
    if not document.strip():
        reasons.append(Reason("expelled-by-the-assembly"))
    if not reason.strip():
        reasons.append(Reason("sanction-without-reason"))
    return reasons


def obstacles_to_rejoining(
    member: Member, terms: Newcomer, *, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """`terms` as for somebody new: the number stays, a standing and a posting begin on `terms.joined`."""
    reasons = obstacles_in_day(terms.joined, day=day)
    for rows in (member.standings, member.postings):
        reasons += obstacles_to_dated_change(rows.filter(struck_at=None), terms.joined)
    now = standing_on(member, terms.joined)
    if not reasons and (now is None or now.status not in (Status.LEFT, Status.EXPELLED)):
        reasons.append(Reason("not-gone", {"name": member.name}))
    return reasons + obstacles_in_terms(terms, since=terms.joined, bylaws=bylaws)


def obstacles_to_renewing(
    member: Member, terms: Newcomer, *, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """A trial or a hire goes on; its months count from the first day of the unbroken stretch. Nobody becomes a member
    by it: that is asked for, and decided."""
    reasons = obstacles_in_day(terms.joined, day=day)
    reasons += obstacles_to_dated_change(member.standings.filter(struck_at=None), terms.joined)
    now = standing_on(member, terms.joined)
    if now is None or now.status in Standing.GONE or now.kind == Kind.MEMBER:
        return [*reasons, Reason("nothing-to-renew")]
    if terms.kind == Kind.MEMBER:
        reasons.append(Reason("member-by-application"))
    return reasons + obstacles_in_terms(terms, since=stretch_begins(member, now), bylaws=bylaws)


def stretch_begins(member: Member, now: Standing) -> datetime.date:
    """The first day from which on somebody has been of this kind without a break."""
    begins = now.since
    for one in member.standings.filter(struck_at=None, since__lte=now.since).order_by("-since", "-pk"):
        if one.kind != now.kind or one.status in Standing.GONE:
            break
        begins = one.since
    return begins


# --- Mending -----------------------------------------------------------------------------------------------------


def obstacles_to_striking(entry: Standing | Posting, *, because: str, by: Member) -> list[Reason]:
    """Something must stand that day: what the entry had ended, or else nothing would."""
    if entry.struck_at is not None:
        return [Reason("struck-already")]
    rows = type(entry).objects.filter(member=entry.member_id, struck_at=None)
    reasons = obstacles_in_own_cause(entry, by=by)
    if not because.strip():
        reasons.append(Reason("correction-without-reason"))
    if not rows.filter(until=entry.since).exclude(pk=entry.pk).exists():
        reasons.append(Reason("first-entry-stays"))
    return reasons


def obstacles_to_correcting(
    member: Member, changes: dict[str, object], *, reason: str, day: datetime.date
) -> list[Reason]:
    """`changes`: the fields that would really change, with their new values."""
    if not changes:
        return [Reason("nothing-to-correct")]
    reasons = [] if reason.strip() else [Reason("correction-without-reason")]
    if "name" in changes:
        reasons += obstacles_in_name(str(changes["name"]))
    born, joined = changes.get("born", member.born), changes.get("joined", member.joined)
    if isinstance(joined, datetime.date) and "joined" in changes:
        reasons += obstacles_in_joining(member.cooperative, joined, day=day)
        first = member.standings.filter(struck_at=None).order_by("since").first()
        if first is not None and joined > first.since:
            reasons.append(Reason("joined-after-first-entry", {"day": first.since.isoformat()}))
    if (
        isinstance(born, datetime.date)
        and isinstance(joined, datetime.date)
        and {"born", "joined"} & {*changes}
    ):
        reasons += obstacles_in_birth(born, joined=joined, day=day)
    return reasons
