"""What stands in the way of ending an earlier decision, of looking at one again, and of speaking beside it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from coop.asked_often import Often, given
from coop.ballots.models import RollEntry
from coop.charter.models import Bylaws
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without
from coop.proposals.models import Proposal
from coop.proposals.rules import assembly_of
from coop.refusals import Reason

from .models import CarriedDecision, Decision, Ending, MinorityStatement, Review

State = Proposal.State
OF_ALL = (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)
YEARS_AHEAD = 10  # a day of review further away is a slip of the pen

One = Decision | CarriedDecision


def about(one: One) -> dict[str, One]:
    """By which column the tables of afterwards name it: made here, or copied from the book."""
    return {"made": one} if isinstance(one, Decision) else {"old": one}


def ending_of(one: One) -> Ending | None:
    """The later decision that took its place or repealed it."""
    found = Ending.objects.select_related("through__body").filter(ended_at__isnull=False)
    return found.filter(**about(one)).first()


def was_put_in_force(one: One) -> bool:
    """Carried, and a text: the votes on amendments are steps on the way to one."""
    if isinstance(one, CarriedDecision):
        return one.counts and one.outcome == Decision.Outcome.CARRIED
    return one.outcome == Decision.Outcome.CARRIED and one.amendment_id is None


def in_force(one: One) -> bool:
    return was_put_in_force(one) and ending_of(one) is None


def named(proposal: Proposal) -> QuerySet[Ending]:
    """Which earlier decisions this proposal takes the place of or repeals."""
    return _standing().filter(proposal=proposal)


def _standing() -> QuerySet[Ending]:
    return Ending.objects.select_related("made__body", "old__body", "through__body").filter(struck_at=None)


NAMED = Often(lambda: _standing().filter(proposal_id=given("proposal")), told=True)  # the same, for its page


def obstacles_to_saying_what_ends(
    proposal: Proposal, *, by: Member, at: datetime.datetime, striking: bool = False
) -> list[Reason]:
    """Its author in the draft; from its admission on whoever calls the assembly, until the meeting has the text.

    A name may be struck until the vote opens, so that one which was ended meanwhile does not hold the vote up.
    """
    if proposal.state == State.DRAFT:
        return [] if proposal.author_id == by.pk else [Reason("not-the-author")]
    if proposal.state not in (State.ADMITTED, State.TABLED):
        return [Reason("ending-not-to-be-said-now", {"state": proposal.state})]
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=assembly_of(proposal.cooperative_id))
    pending = Decision.objects.filter(
        proposal=proposal, amendment=None, outcome=Decision.Outcome.PENDING
    ).exists()
    if pending or (proposal.debated_at is not None and not striking):
        reasons.append(Reason("ending-of-the-meetings-text"))
    return reasons


def obstacles_to_naming(
    proposal: Proposal, earlier: One, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_saying_what_ends(proposal, by=by, at=at)
    if earlier.cooperative_id != proposal.cooperative_id or not in_force(earlier):
        reasons.append(Reason("decision-not-in-force", {"label": earlier.label}))
    elif named(proposal).filter(**about(earlier)).exists():
        reasons.append(Reason("ending-named-already", {"label": earlier.label}))
    return reasons


def obstacles_to_striking(ending: Ending, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_saying_what_ends(ending.proposal, by=by, at=at, striking=True)
    if ending.struck_at is not None or ending.ended_at is not None:
        reasons.append(Reason("ending-struck-already"))
    return reasons


def obstacles_to_ending(proposal: Proposal, body: Body) -> list[Reason]:
    """Before the vote: what it would end is in force, and this body's own; the assembly ends what councils decided."""
    reasons = []
    for ending in named(proposal):
        one = ending.about
        if body.kind not in OF_ALL and one.body_id != body.pk:
            reasons.append(Reason("ended-by-its-own-body", {"label": one.label, "body": one.body.name}))
        elif not in_force(one):
            reasons.append(Reason("decision-not-in-force", {"label": one.label}))
    return reasons


# --- Looked at again --------------------------------------------------------------------------------------------


def review_of(one: One) -> Review | None:
    """The last entry: the day that counts now, or that it is not looked at any more."""
    return Review.objects.select_related("set_by").filter(**about(one)).last()


def reviews_due(day: datetime.date, bodies: Callable[[str], Q]) -> list[Review]:
    """Decisions in force whose day has come; `bodies`: the condition on the body, which stands in the column it is
    given. One question."""
    same = Q(made=OuterRef("made")) | Q(old=OuterRef("old"))
    later = Review.objects.filter(same, pk__gt=OuterRef("pk"))
    ended = Ending.objects.filter(same, ended_at__isnull=False)
    due = Review.objects.filter(~Exists(later), ~Exists(ended), due_on__lte=day)
    found = due.filter(bodies("made__body") | bodies("old__body"))
    return list(found.select_related("made__body", "old__body").order_by("due_on", "pk"))


def obstacles_to_reviewing(
    one: One, *, due_on: datetime.date | None, found: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever calls the body says when it is looked at, and, when it was, what was found."""
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=one.body)
    if not in_force(one):
        reasons.append(Reason("decision-not-in-force", {"label": one.label}))
    day = one.cooperative.day_of(at)
    if due_on is not None and due_on <= day:
        reasons.append(Reason("review-in-the-past"))
    if due_on is not None and due_on.year > day.year + YEARS_AHEAD:
        reasons.append(Reason("review-too-far", {"years": YEARS_AHEAD}))
    if due_on is None and not found.strip():
        reasons.append(Reason("review-says-nothing"))
    return reasons


# --- The minority -----------------------------------------------------------------------------------------------


def statements_until(decision: Decision, bylaws: Bylaws) -> datetime.datetime | None:
    """As long as opposition can be written in, by the bylaws of the day of the decision."""
    if decision.decided_at is None:
        return None
    return decision.decided_at + datetime.timedelta(hours=bylaws.written_opposition_hours)


def obstacles_to_stating(decision: Decision, text: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever could vote on it where it was voted, once, within the hours of the bylaws.

    Whether somebody was against is for them to say: how they voted may be secret, and is looked up for nobody.
    """
    if decision.number is None or decision.decided_at is None:
        return [Reason("not-decided-yet")]
    reasons = []
    entries = RollEntry.objects.filter(ballot=decision.ballot_id, member=by)
    if decision.ballot.needs_presence:
        entries = entries.filter(present=True)
    if not entries.exists():
        reasons.append(Reason("could-not-vote-on-it"))
    elif MinorityStatement.objects.filter(decision=decision, member=by).exists():
        reasons.append(Reason("stated-already"))
    cooperative = decision.cooperative
    until = statements_until(decision, Bylaws.in_force(cooperative, cooperative.day_of(decision.decided_at)))
    if until is not None and at >= until:
        reasons.append(Reason("time-for-statements-over", {"hour": until.isoformat()}))
    return reasons if text.strip() else [*reasons, Reason("no-reason-given")]


def statements_beside(decisions: Iterable[Decision]) -> list[MinorityStatement]:
    found = MinorityStatement.objects.select_related("member")
    return list(found.filter(decision__in=[one.pk for one in decisions]))
