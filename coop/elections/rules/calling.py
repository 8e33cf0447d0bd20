"""What stands in the way of calling an election: its seats, its methods, its days. No writes."""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Sequence

from coop.ballots.models import Question
from coop.ballots.rules.drawing_up import MOST_QUESTIONS
from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Mandate, Member, Power, Seat
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..constituencies import constituency_of
from ..timetable import Timetable

FARTHEST = 400  # days from the call to the vote: what lies further ahead is a slip of the pen
LONGEST_TERM = 10  # years
SEVERAL = frozenset({Question.Method.PLURALITY, Question.Method.APPROVAL, Question.Method.STV})
ONE = frozenset(
    {Question.Method.PLURALITY, Question.Method.APPROVAL, Question.Method.RUNOFF, Question.Method.SCHULZE}
)


def signatures_needed(register: int, percent: int) -> int:
    """
    >>> [signatures_needed(313, 5), signatures_needed(46, 5), signatures_needed(313, 0)]
    [16, 3, 0]
    """
    return math.ceil(register * percent / 100)


def obstacles_to_running_elections(
    cooperative: Cooperative, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    found = obstacles_without(Power.RUN_ELECTIONS, by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return found


def obstacles_to_calling(
    title: str,
    contests: Sequence[tuple[Collection[Seat], str]],
    *,
    days: Timetable | None,
    begins_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """`contests`: the seats of each, and its method. Early enough before the vote; a by-election has fewer days, when
    every seat it fills is empty."""
    found = obstacles_to_running_elections(by.cooperative, by=by, at=at)
    if not title.strip():
        found.append(Reason("election-without-title"))
    if not contests:
        found.append(Reason("election-without-seat"))
    if days is None:
        return [*found, Reason("election-too-short", {"days": 6})]
    seats = [seat for group, _method in contests for seat in group]
    least = 6 if _all_empty(seats, at) else bylaws.election_call_days
    if (days.vote - days.called).days < least:
        found.append(Reason("election-called-late", {"days": least}))
    if begins_on < days.vote:
        found.append(Reason("begins-before-the-vote"))
    if ends_on is not None and ends_on <= begins_on:
        found.append(Reason("ends-before-it-begins"))
    for group, method in contests:
        found += _obstacles_in_contest(list(group), method, by=by)
    if len({seat.pk for seat in seats}) < len(seats):
        found.append(Reason("seat-in-two-contests"))
    return found + _obstacles_in_paper(contests)


def _obstacles_in_paper(contests: Sequence[tuple[Collection[Seat], str]]) -> list[Reason]:
    """What the same people vote on stands on one paper."""
    places = [constituency_of(seat) for group, _method in contests for seat in list(group)[:1]]
    if any(places.count(place) > MOST_QUESTIONS for place in places):
        return [Reason("too-many-questions", {"most": MOST_QUESTIONS})]
    return []


def obstacles_in_years(
    called: datetime.date,
    *,
    vote_on: datetime.date,
    begins_on: datetime.date,
    ends_on: datetime.date | None = None,
) -> list[Reason]:
    """Asked before anything is computed from these days: nobody calls an election of another century."""
    if max(vote_on, begins_on) > called + datetime.timedelta(days=FARTHEST):
        return [Reason("election-too-far", {"days": FARTHEST})]
    if ends_on is not None and (ends_on - begins_on).days > LONGEST_TERM * 366:
        return [Reason("term-too-long", {"years": LONGEST_TERM})]
    return []


def _all_empty(seats: Sequence[Seat], at: datetime.datetime) -> bool:
    full = [seat.pk for seat in seats if not seat.alternate]
    held = Mandate.objects.filter(Mandate.in_force(at), seat__in=full)
    return not held.exclude(begun__in=(Mandate.Begun.NAMED, Mandate.Begun.MOVED_UP)).exists()


def _obstacles_in_contest(seats: list[Seat], method: str, *, by: Member) -> list[Reason]:
    full = [seat for seat in seats if not seat.alternate]
    if not full:
        return [Reason("election-without-seat")]
    found = []
    if any(seat.office.body.cooperative_id != by.cooperative_id for seat in seats):
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if len({seat.office_id for seat in seats}) > 1 or len({constituency_of(seat) for seat in full}) > 1:
        found.append(Reason("seats-of-several-offices"))
    if method not in (SEVERAL if len(full) > 1 else ONE):
        found.append(Reason("method-does-not-fit", {"seats": len(full)}))
    return found
