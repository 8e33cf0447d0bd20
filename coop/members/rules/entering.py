"""Why somebody cannot be entered in the register as they are written down. Lists of reasons, no writes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from coop.charter.models import Bylaws, Cooperative
from coop.refusals import Reason

from ..models import Crew, Department, Standing
from ..terms import age_on, months_later
from .people import obstacles_to_admitting

# Nobody is taken on to work before this age (Argentina, law 26.390; Spain, workers' statute art. 6).
YOUNGEST = 16
OLDEST = 100  # house rule: beyond it the year was mistyped
FARTHEST = datetime.timedelta(days=366)  # house rule: what lies further ahead is a slip of the pen
CALCULATES = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Kind = Standing.Kind


@dataclass(frozen=True)
class Newcomer:
    """A person as somebody wants to enter them. `peak` says that a hire is for a peak of work."""

    number: int
    name: str
    joined: datetime.date
    born: datetime.date | None = None
    department: Department | None = None
    crew: Crew | None = None
    kind: str = Kind.MEMBER
    reason: str = ""
    expected_until: datetime.date | None = None
    peak: bool = False
    replacement: bool = False
    document: str = ""


def obstacles_to_entering(
    cooperative: Cooperative, one: Newcomer, *, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    """Everything at once, so that a form or a row can be mended in one go. `day` is today at the plant."""
    return [
        *obstacles_in_name(one.name),
        *obstacles_to_admitting(cooperative, one.number),
        *obstacles_in_birth(one.born, joined=one.joined, day=day),
        *obstacles_in_joining(cooperative, one.joined, day=day),
        *obstacles_in_place(cooperative, one.department, one.crew),
        *obstacles_in_terms(one, since=one.joined, bylaws=bylaws),
    ]


def obstacles_in_name(name: str) -> list[Reason]:
    """A name has letters, and does not begin like a formula: lists of people are opened in spreadsheets."""
    if not name.strip():
        return [Reason("no-name")]
    if name.strip().startswith(CALCULATES) or not any(letter.isalpha() for letter in name):
        return [Reason("not-a-name")]
    return []


def obstacles_in_birth(
    born: datetime.date | None, *, joined: datetime.date, day: datetime.date
) -> list[Reason]:
    if born is None:
        return []
    if born > day:
        return [Reason("born-in-the-future")]
    if age_on(born, day) > OLDEST:
        return [Reason("born-too-long-ago", {"years": OLDEST})]
    if age_on(born, joined) < YOUNGEST:
        return [Reason("too-young", {"years": YOUNGEST, "day": joined.isoformat()})]
    return []


def obstacles_in_joining(
    cooperative: Cooperative, joined: datetime.date, *, day: datetime.date
) -> list[Reason]:
    if cooperative.founded is not None and joined < cooperative.founded:
        return [Reason("before-the-founding", {"day": cooperative.founded.isoformat()})]
    return obstacles_in_day(joined, day=day)


def obstacles_in_day(since: datetime.date, *, day: datetime.date) -> list[Reason]:
    """A change may be entered ahead, but not for a year that nobody meant."""
    if since > day + FARTHEST:
        return [Reason("day-too-far", {"day": since.isoformat()})]
    return []


def obstacles_in_place(
    cooperative: Cooperative, department: Department | None, crew: Crew | None
) -> list[Reason]:
    reasons = []
    if department and (department.cooperative_id != cooperative.pk or department.funds_only):
        reasons.append(Reason("no-such-department", {"name": department.name}))
    if crew and crew.cooperative_id != cooperative.pk:
        reasons.append(Reason("no-such-crew", {"name": crew.name}))
    return reasons


def obstacles_in_terms(one: Newcomer, *, since: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """Members come by a document; trials and hires have an end, hires a reason too. `since`: where it all began."""
    if one.kind == Kind.MEMBER:
        return [] if one.document.strip() else [Reason("no-document")]
    reasons = []
    if one.kind == Kind.HIRED and not one.reason.strip():
        reasons.append(Reason("hired-without-reason"))
    if one.expected_until is None:
        reasons.append(Reason("stay-without-end"))
    elif one.expected_until <= one.joined:
        reasons.append(Reason("ends-before-it-begins"))
    else:
        reasons += _obstacles_in_length(one, since, bylaws)
    return reasons


def _obstacles_in_length(one: Newcomer, since: datetime.date, bylaws: Bylaws) -> list[Reason]:
    """A trial and a peak of work last as long as the bylaws say, renewals counted from the first day."""
    if one.kind == Kind.HIRED and not one.peak:
        return []
    months = bylaws.trial_months if one.kind == Kind.TRIAL else bylaws.overload_months
    last = months_later(since, months)
    if one.expected_until is not None and one.expected_until > last:
        return [Reason("stay-too-long", {"months": months, "day": last.isoformat()})]
    return []
