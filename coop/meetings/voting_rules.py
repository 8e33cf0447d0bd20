"""What stands in the way of preparing, opening and closing the vote on an item."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from coop.ballots.hands import obstacles_to_leaving_hands
from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.decisions.budgets import obstacles_to_budget_vote
from coop.decisions.models import Decision
from coop.decisions.rules import obstacles_in_order, obstacles_to_putting_to_the_vote, prepared_vote
from coop.members.models import Member
from coop.proposals.models import Proposal
from coop.refusals import Reason

from .conflicts import obstacles_in_own_cause
from .counting_people import obstacles_from_count_owed, obstacles_from_lost_quorum
from .course import obstacles_at_rest
from .models import AgendaItem, ConflictOfInterest, Meeting, Sitting, Stay, VoteFromPaper
from .resting import has_voted, held_in_parts, missed_by, others_to_come, still_to_come
from .rules.leading import obstacles_to_chairing, obstacles_to_leading
from .secrecy import obstacles_to_openness
from .ways import Way

State = Meeting.State


def obstacles_to_opening_vote(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    meeting = item.meeting
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if meeting.state != State.IN_SESSION or not any(sitting.is_open for sitting in meeting.sittings.all()):
        reasons.append(Reason("no-open-sitting"))
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    for sitting in meeting.sittings.all():
        if sitting.is_open:
            sitting.meeting = meeting
            reasons += obstacles_at_rest(sitting) + obstacles_from_count_owed(sitting)
            reasons += obstacles_from_lost_quorum(sitting, bylaws)
    reasons += obstacles_in_own_cause(item, by)
    return reasons + missed_by(meeting) + _obstacles_in_item(item)


def _obstacles_in_item(item: AgendaItem) -> list[Reason]:
    """Something to decide, not decided, and no other vote on it; one that is only made ready is no hindrance."""
    if item.proposal is None:
        return [Reason("nothing-to-decide")]
    if item.decision is not None and item.decision.outcome != Decision.Outcome.VOID:
        return [Reason("voted-already")]
    if reasons := _one_after_the_other(item):
        return reasons
    if item.proposal.kind == Proposal.Kind.BUDGET and (reasons := obstacles_to_budget_vote(item.proposal)):
        return reasons  # also of one that was made ready: its turn may have passed since
    if prepared_vote(item.proposal, item.meeting.register, item.amendment) is not None:
        return []
    return obstacles_to_putting_to_the_vote(item.proposal, item.amendment)


def _one_after_the_other(item: AgendaItem) -> list[Reason]:
    """The votes under one item: what one of them carries may make the next fall, so it is told first. Where other
    sittings vote as well, it is enough that this one has voted; they are settled in their order after the last."""
    siblings = item.meeting.items.filter(
        number=item.number,
        decision__outcome=Decision.Outcome.PENDING,
        decision__ballot__opened_at__isnull=False,
    )
    sittings = list(item.meeting.sittings.all())
    opened = [one for one in sittings if one.is_open]
    found = []
    for other in siblings.exclude(pk=item.pk).select_related("decision__ballot"):
        assert other.decision is not None
        ballot = other.decision.ballot
        rests = bool(ballot.parts_over) and all(has_voted(ballot, one, sittings) for one in opened)
        if not rests or ballot.state != Ballot.State.OPEN:
            found.append(Reason("vote-under-way-on", {"item": other.place}))
    return found


def obstacles_in_way(
    item: AgendaItem, way: Way, *, closes_at: datetime.datetime | None, bylaws: Bylaws
) -> list[Reason]:
    """Whether this item may be voted in this way now. What the key and the settings ask for, the box asks itself."""
    if item.proposal is None:
        return []
    reasons = [] if way.is_secret else obstacles_to_openness(item, bylaws=bylaws)
    if closes_at is not None and not _by_clock(way):
        reasons.append(Reason("closed-by-people"))
    elif closes_at is not None:
        reasons += others_to_come(item.meeting)
    if way.needs_a_key:
        ready = prepared_vote(item.proposal, item.meeting.register, item.amendment)
        if ready is None:
            reasons.append(Reason("vote-not-prepared"))
        elif set(ready.ballot.channels) != set(way.channels):
            reasons.append(Reason("prepared-another-way"))
    return reasons


def _by_clock(way: Way) -> bool:
    """Only what is all on screens, and was not drawn up before, may be given an hour at which it closes by itself."""
    return way == Way.SCREENS


def obstacles_to_preparing_vote(
    item: AgendaItem, way: Way, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Once the register is drawn, before or while the meeting sits; only a vote that needs a key is made ready."""
    meeting = item.meeting
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if not way.needs_a_key:
        reasons.append(Reason("nothing-to-prepare"))
    if meeting.register is None:
        reasons.append(Reason("register-not-drawn", {"day": str(meeting.register_closes_on)}))
    if (
        item.proposal is not None
        and prepared_vote(item.proposal, meeting.register, item.amendment) is not None
    ):
        return [*reasons, Reason("vote-prepared-already")]
    return reasons + _obstacles_in_item(item)


def obstacles_to_giving_up(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """A vote that was made ready and is not open."""
    if item.proposal is None or prepared_vote(item.proposal, item.meeting.register, item.amendment) is None:
        return [Reason("vote-not-prepared")]
    return obstacles_to_leading(item.meeting, by=by, at=at)


def obstacles_to_closing_vote(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if item.decision is None or item.decision.outcome != Decision.Outcome.PENDING:
        return [Reason("no-vote-under-way")]
    reasons = obstacles_to_leading(item.meeting, by=by, at=at) + obstacles_in_own_cause(item, by)
    if item.decision.ballot.state == Ballot.State.OPEN:
        reasons += still_to_come(item.decision.ballot, item.meeting)
    reasons += obstacles_in_order(item.decision)
    return reasons + obstacles_to_leaving_hands(item.decision.ballot)


def obstacles_to_acclaiming(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """What one sitting acclaims, the others have not heard: with one to come, or one that has voted, it is counted."""
    if item.decision is None or item.decision.outcome != Decision.Outcome.PENDING:
        return [Reason("no-vote-under-way")]
    ballot = item.decision.ballot
    reasons = obstacles_to_leading(item.meeting, by=by, at=at) + obstacles_in_own_cause(item, by)
    if ballot.parts_over or still_to_come(ballot, item.meeting):
        reasons.append(Reason("acclaimed-in-one-sitting"))
    return reasons


def obstacles_to_deciding_tie(
    item: AgendaItem, choice: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Only whoever chairs, and only where the rules copied onto the ballot leave it to the chair."""
    if item.decision is None or item.decision.outcome != Decision.Outcome.PENDING:
        return [Reason("no-vote-under-way")]
    reasons = obstacles_to_chairing(item.meeting, by=by, at=at) + obstacles_in_own_cause(item, by)
    ballot = item.decision.ballot
    if ballot.tie_rule != "chair_decides":
        reasons.append(Reason("chair-does-not-decide"))
    if choice not in ("for", "against"):
        reasons.append(Reason("for-or-against"))
    if ballot.state != Ballot.State.CLOSED:
        reasons.append(Reason("vote-not-closed", {"state": ballot.state}))
    return reasons


def present_then(meeting: Meeting, moment: datetime.datetime, *, sitting: Sitting | None = None) -> list[int]:
    """Ids of those with a vote who were in the hall at a moment, by the book; of one sitting, if it is named."""
    inside = Stay.objects.filter(attendance__meeting=meeting, attendance__votes=True, came_at__lte=moment)
    if sitting is not None:
        inside = inside.filter(sitting=sitting)
    inside = inside.filter(Q(went_at=None) | Q(went_at__gt=moment))
    return list(inside.values_list("attendance__member_id", flat=True))


def voters_by_sitting(item: AgendaItem) -> dict[int, list[int]]:
    """Ids of those with a vote who are in the hall now, by the number of their sitting; without who steps aside."""
    inside = Stay.objects.filter(
        attendance__meeting=item.meeting, attendance__votes=True, went_at=None
    ).exclude(attendance__member__in=aside(item))
    found: dict[int, list[int]] = {}
    for sitting, voter in inside.order_by("pk").values_list("sitting__number", "attendance__member"):
        found.setdefault(sitting, []).append(voter)
    return found


def aside(item: AgendaItem) -> QuerySet[ConflictOfInterest, int]:
    """Ids of those who step aside on an item."""
    return ConflictOfInterest.objects.filter(item=item, lifted_at=None).values_list("member_id", flat=True)


def obstacles_to_recording(
    item: AgendaItem, *, began_at: datetime.datetime, ended_at: datetime.datetime, at: datetime.datetime
) -> list[Reason]:
    """A vote on paper began while a sitting was open, ended after that, and lies behind us."""
    if not began_at < ended_at <= at:
        return [Reason("hours-out-of-order")]
    during = [
        one
        for one in item.meeting.sittings.all()
        if one.opened_at is not None and one.opened_at <= began_at and (one.closed_at or at) >= ended_at
    ]
    if not during:
        return [Reason("not-during-a-sitting")]
    return [] if present_then(item.meeting, began_at) else [Reason("nobody-present-then")]


def obstacles_to_hands_in(item: AgendaItem, sitting: Sitting | None) -> list[Reason]:
    """Hands are counted in a sitting that has not voted, or in one whose part was held on paper."""
    if item.decision is None or item.decision.outcome != Decision.Outcome.PENDING:
        return [Reason("no-vote-under-way")]
    sittings = list(item.meeting.sittings.all())
    if sitting is None:
        return [Reason("no-open-sitting")] if held_in_parts(item.meeting) else []
    typed = VoteFromPaper.objects.filter(decision=item.decision, sitting=sitting)
    if has_voted(item.decision.ballot, sitting, sittings) and not typed.exists():
        return [Reason("sitting-voted-already", {"sitting": sitting.number})]
    return []


def obstacles_to_part_from_paper(
    item: AgendaItem,
    sitting: Sitting,
    *,
    began_at: datetime.datetime,
    ended_at: datetime.datetime,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """The vote is open and takes hands; this sitting raised them on paper, once, while it sat."""
    if item.decision is None or item.decision.outcome != Decision.Outcome.PENDING:
        return [Reason("no-vote-under-way")]
    reasons = obstacles_to_leading(item.meeting, by=by, at=at)
    if VoteFromPaper.objects.filter(decision=item.decision, sitting=sitting).exists():
        reasons.append(Reason("typed-already", {"sitting": sitting.number}))
    return reasons + obstacles_in_hours(item.meeting, sitting, began_at=began_at, ended_at=ended_at, at=at)


def obstacles_in_hours(
    meeting: Meeting,
    sitting: Sitting,
    *,
    began_at: datetime.datetime,
    ended_at: datetime.datetime,
    at: datetime.datetime,
) -> list[Reason]:
    if not began_at < ended_at <= at:
        return [Reason("hours-out-of-order")]
    if sitting.opened_at is None or began_at < sitting.opened_at or (sitting.closed_at or at) < ended_at:
        return [Reason("not-during-a-sitting")]
    there = present_then(meeting, began_at, sitting=sitting)
    return [] if there else [Reason("nobody-present-then")]


# What a count asks for before it can be settled (`ballots.rules.counting`), and the votes that are settled before it.
FOR_PEOPLE = frozenset(
    {
        "amendments-first",
        "block-not-agreed",
        "box-not-counted",
        "box-too-small",
        "casting-vote-needed",
        "hands-not-counted",
        "lot-needed",
        "more-hands-than-people",
        "more-votes-than-people",
        "no-urn-to-open",
        "papers-unexplained",
        "urn-holds-others",
        "urn-not-opened",
    }
)


def waits_for_people(reasons: Iterable[Reason]) -> bool:
    """Whether a count that was refused only waits for tellers, trustees, a lot or the chair.

    Anything else is a fault, and is told to whoever closes the vote, or in the log: a decision that nobody can settle
    does not stay pending in silence.
    """
    return {reason.code for reason in reasons} <= FOR_PEOPLE
