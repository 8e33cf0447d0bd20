"""What stands in the way of putting a proposal to the vote, of settling it, and of copying an old decision."""

from __future__ import annotations

import datetime

from coop.ballots.models import Ballot, Register
from coop.charter.models import Bylaws
from coop.members.models import Body, Member
from coop.members.rules.second_person import obstacles_to_confirming, obstacles_to_keeping_the_archive
from coop.proposals.models import Proposal
from coop.refusals import Reason

from .models import CarriedDecision, Decision

Outcome = Decision.Outcome


def obstacles_to_putting_to_the_vote(proposal: Proposal) -> list[Reason]:
    if proposal.state != Proposal.State.TABLED:
        return [Reason("proposal-not-tabled", {"state": proposal.state})]
    if Decision.objects.filter(proposal=proposal, outcome=Outcome.PENDING).exists():
        return [Reason("vote-under-way")]
    return []


def prepared_vote(proposal: Proposal, register: Register | None) -> Decision | None:
    """A vote on it that is drawn up over this register and not open yet: its key is being made."""
    if register is None:
        return None
    waiting = Decision.objects.filter(proposal=proposal, outcome=Outcome.PENDING, ballot__register=register)
    return waiting.filter(ballot__state=Ballot.State.DRAFT).select_related("ballot").first()


def tie_rule_of(body: Body, bylaws: Bylaws) -> str:
    """What follows when this body ties: assemblies and councils have rules of their own."""
    if body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS):
        return bylaws.tie_rule
    return bylaws.tie_rule_council


def obstacles_in_rules(base: str, *, in_a_meeting: bool) -> list[Reason]:
    """Rules of the bylaws that could not be kept: better refused before the vote than bent after it."""
    return [Reason("base-needs-a-meeting")] if base == "present" and not in_a_meeting else []


def obstacles_to_settling(decision: Decision) -> list[Reason]:
    if decision.outcome != Outcome.PENDING:
        return [Reason("decision-settled", {"outcome": decision.outcome})]
    if decision.ballot.state not in (Ballot.State.CLOSED, Ballot.State.COUNTED):
        return [Reason("vote-not-closed", {"state": decision.ballot.state})]
    return []


# --- From the book ----------------------------------------------------------------------------------------------

HIGHEST = 9_999  # a number above this is a slip of the pen


def obstacles_to_carrying_over(
    body: Body,
    *,
    number: int,
    decided_on: datetime.date,
    corrects: CarriedDecision | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """An old decision: of the past, before the first one made here, under a number that is free.

    `corrects`: the entry that was copied wrongly; its own number counts as free.
    """
    reasons = obstacles_to_keeping_the_archive(body.cooperative, by=by, at=at)
    if decided_on > body.cooperative.day_of(at):
        reasons.append(Reason("still-to-come"))
    first = Decision.objects.filter(body=body, decided_at__isnull=False).order_by("decided_at").first()
    if first is not None and first.decided_at is not None:
        day = body.cooperative.day_of(first.decided_at)
        if decided_on > day:
            reasons.append(Reason("decided-here-since", {"body": body.name, "day": day.isoformat()}))
    if corrects is not None and not corrects.counts:
        reasons.append(Reason("copy-does-not-count"))
    return reasons + obstacles_in_number(body, decided_on.year, number, besides=corrects)


def obstacles_in_number(
    body: Body, year: int, number: int, *, besides: CarriedDecision | None = None
) -> list[Reason]:
    """A number that another decision has, made here or carried over. What only waits takes none yet."""
    if not 1 <= number <= HIGHEST:
        return [Reason("decision-number-out-of-range", {"most": HIGHEST})]
    carried = CarriedDecision.objects.filter(CarriedDecision.counted(), body=body, year=year, number=number)
    if besides is not None:
        carried = carried.exclude(pk=besides.pk)
    here = Decision.objects.filter(body=body, year=year, number=number)
    if carried.exists() or here.exists():
        return [Reason("decision-number-taken", {"label": f"D {body.code} {year}-{number}"})]
    return []


def obstacles_to_confirming_carried(
    entry: CarriedDecision, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The second signature; its number may have been taken, or what it corrects replaced, since it was entered."""
    reasons = obstacles_to_confirming(entry, by=by, at=at)
    if entry.corrects is not None and not entry.corrects.counts:
        reasons.append(Reason("copy-does-not-count"))
    return reasons + obstacles_in_number(entry.body, entry.year, entry.number, besides=entry.corrects)
