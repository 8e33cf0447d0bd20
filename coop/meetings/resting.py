"""One vote, several sittings: which have still to vote, and when the vote may rest or be closed.

The parts of a ballot are the numbers of the sittings. A sitting that continues an adjourned one votes on what that one
had not voted on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from coop.ballots.hands import left_in_hall, on_hands
from coop.ballots.models import Ballot
from coop.ballots.models.ballots import Channel
from coop.ballots.parts import obstacles_in_part
from coop.decisions.models import Decision
from coop.members.models import Member
from coop.refusals import Reason

from .models import AgendaItem, Meeting, Sitting


def held_in_parts(meeting: Meeting) -> bool:
    """Whether hands and papers of this meeting are told apart by sitting."""
    return len(meeting.sittings.all()) > 1


def line_of(sitting: Sitting, sittings: Iterable[Sitting]) -> set[int]:
    """The numbers of a sitting and of those it continues."""
    by_key = {one.pk: one for one in sittings}
    numbers, one = {sitting.number}, sitting
    while one.continues_id is not None and one.continues_id in by_key:
        one = by_key[one.continues_id]
        numbers.add(one.number)
    return numbers


def has_voted(ballot: Ballot, sitting: Sitting, sittings: Iterable[Sitting]) -> bool:
    """Whether this sitting, or one that it continues, has voted on this ballot."""
    return bool(line_of(sitting, sittings) & set(ballot.parts_over))


def still_to_vote(ballot: Ballot, meeting: Meeting, *, besides: Sitting | None = None) -> list[Sitting]:
    """Sittings that are open, or neither opened nor given up, and have not voted. In their order."""
    sittings = list(meeting.sittings.all())
    return [
        one
        for one in sittings
        if one.closed_at is None
        and (besides is None or one.pk != besides.pk)
        and not has_voted(ballot, one, sittings)
    ]


def still_to_come(ballot: Ballot, meeting: Meeting) -> list[Reason]:
    """A vote is closed and counted once, when no sitting is awaited any more that has not voted. One that was not
    opened by the hour of its second call is given up first, by somebody who says so."""
    waiting = [one for one in still_to_vote(ballot, meeting) if one.opened_at is None]
    return [Reason("sitting-still-to-vote", {"sitting": one.number}) for one in waiting]


def others_to_come(meeting: Meeting) -> list[Reason]:
    """For a vote that is not opened yet: it cannot end within one sitting while another is awaited."""
    waiting = [one for one in meeting.sittings.all() if one.opened_at is None and one.closed_at is None]
    return [Reason("sitting-still-to-vote", {"sitting": one.number}) for one in waiting]


def missed_by(meeting: Meeting) -> list[Reason]:
    """A sitting that was held and closed without this vote: its people could not vote on the item any more.

    One that goes on on another day has missed nothing.
    """
    sittings = list(meeting.sittings.all())
    continued = {one.continues_id for one in sittings if one.continues_id is not None}
    return [
        Reason("sitting-missed-this-vote", {"sitting": one.number})
        for one in sittings
        if one.opened_at is not None and one.closed_at is not None and one.pk not in continued
    ]


def running_votes(meeting: Meeting) -> list[AgendaItem]:
    """Items whose vote is open, with the ballot."""
    running = meeting.items.filter(
        decision__outcome=Decision.Outcome.PENDING, decision__ballot__state=Ballot.State.OPEN
    )
    return list(running.select_related("decision__ballot"))


def obstacles_in_parts(sitting: Sitting) -> list[Reason]:
    """What is unfinished in this sitting: hands that were asked for and not agreed, a box that still takes papers.

    A vote that no other sitting shares is closed before the sitting is.
    """
    meeting = sitting.meeting
    sittings = list(meeting.sittings.all())
    reasons: list[Reason] = []
    for item in running_votes(meeting):
        assert item.decision is not None
        ballot = item.decision.ballot
        if has_voted(ballot, sitting, sittings):
            continue
        if not ballot.parts_over and not still_to_vote(ballot, meeting, besides=sitting):
            reasons.append(Reason("vote-under-way-on", {"item": item.place}))
        elif unfinished := obstacles_in_part(ballot, sitting.number):
            reasons += [Reason("item-unfinished-here", {"item": item.place}), *unfinished]
    return reasons


def not_voted_here(sitting: Sitting) -> list[str]:
    """Places of items whose vote is open and on which nobody of this sitting was asked: looked at before it closes."""
    meeting = sitting.meeting
    sittings = list(meeting.sittings.all())
    found = []
    for item in running_votes(meeting):
        assert item.decision is not None
        ballot = item.decision.ballot
        if not has_voted(ballot, sitting, sittings):
            mine = ballot.roll.filter(part=sitting.number, present=True)
            if mine.exists() and not mine.filter(channel__isnull=False).exists():
                found.append(item.place)
    return found


def obstacles_to_resting(
    item: AgendaItem, sitting: Sitting, *, leading: list[Reason], at: datetime.datetime
) -> list[Reason]:
    """The vote of this sitting is over, and others have still to vote. `leading`: what stands against the person."""
    if item.decision is None or item.decision.outcome != Decision.Outcome.PENDING:
        return [Reason("no-vote-under-way")]
    ballot, reasons = item.decision.ballot, list(leading)
    if not ballot.is_open(at):
        return [*reasons, Reason("vote-not-open", {"state": ballot.state})]
    sittings = list(item.meeting.sittings.all())
    if not sitting.is_open:
        reasons.append(Reason("no-open-sitting"))
    if has_voted(ballot, sitting, sittings):
        return [*reasons, Reason("sitting-voted-already", {"sitting": sitting.number})]
    if not still_to_vote(ballot, item.meeting, besides=sitting):
        reasons.append(Reason("nobody-else-to-vote"))
    reasons += obstacles_in_part(ballot, sitting.number)
    only_hands = ballot.channels == [Channel.HANDS] and not on_hands(ballot, sitting.number)
    if only_hands and left_in_hall(ballot).filter(part=sitting.number).exists():
        reasons.append(Reason("hands-not-counted"))
    return reasons


def sitting_of_hands(meeting: Meeting, by: Member) -> Sitting | None:
    """The open sitting whose hands somebody counts: where they sit, if two are open at once."""
    opened = [one for one in meeting.sittings.all() if one.is_open]
    if len(opened) < 2:
        return opened[0] if opened else None
    here = Sitting.objects.filter(
        meeting=meeting, stays__attendance__member=by, stays__went_at=None, closed_at=None
    ).first()
    return here or opened[-1]
