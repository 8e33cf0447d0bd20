"""What stands in the way of writing, publishing, supporting, tabling and withdrawing a proposal."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from coop.asked_often import Often, given
from coop.charter.models import Bylaws
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Body, Mandate, Member, Power
from coop.members.powers import powers_of
from coop.refusals import Reason

from ..models import Proposal, Support
from ..wording import LONGEST_CLAUSE, MOST_CLAUSES, tidy
from .budgets import obstacles_to_touching

State = Proposal.State

# Their words come from articles or from numbers; written beside these, they would say something else.
OF_THE_FLOOR = (Proposal.Kind.PLAN, Proposal.Kind.PRICE, Proposal.Kind.TECHNIQUE)
WRITTEN_ELSEWHERE = (
    Proposal.Kind.AGREEMENT,
    Proposal.Kind.BUDGET,
    Proposal.Kind.BYLAWS,
    *OF_THE_FLOOR,
)


def assembly_of(proposal_cooperative_id: int) -> Body:
    """The general assembly: whose members may propose and support."""
    found = ASSEMBLY.first(cooperative=proposal_cooperative_id)
    if found is None:
        raise Body.DoesNotExist
    return found


ASSEMBLY = Often(
    lambda: Body.objects.select_related("cooperative").filter(
        cooperative_id=given("cooperative"), kind=Body.Kind.ASSEMBLY
    ),
    told=True,
)


def obstacles_in_text(title: str, clauses: Sequence[str]) -> list[Reason]:
    """A proposal has a title and at least one clause with words in it, and stays readable."""
    reasons = []
    if not tidy(title):
        reasons.append(Reason("no-title"))
    if not any(tidy(clause) for clause in clauses):
        reasons.append(Reason("no-clause"))
    if len(clauses) > MOST_CLAUSES:
        reasons.append(Reason("too-many-clauses", {"most": MOST_CLAUSES}))
    for number, clause in enumerate(clauses, 1):
        if len(clause) > LONGEST_CLAUSE:
            reasons.append(Reason("clause-too-long", {"number": number, "most": LONGEST_CLAUSE}))
    return reasons


def obstacles_to_writing(member: Member, day: datetime.date, bylaws: Bylaws) -> list[Reason]:
    return obstacles_to_voting(member, assembly_of(member.cooperative_id), day, bylaws)


def bodies_spoken_for(by: Member, at: datetime.datetime) -> QuerySet[Body]:
    """In whose name one may write: where one sits, or whose meetings one calls. Nobody alone is the assembly."""
    seats = Mandate.objects.filter(Mandate.in_force(at), member=by, seat__alternate=False).values(
        "seat__office__body"
    )
    theirs = Body.objects.filter(Q(pk__in=seats) | powers_of(by, at).over(Power.CONVENE, field="pk"))
    return theirs.filter(cooperative=by.cooperative_id).exclude(
        kind__in=[Body.Kind.ASSEMBLY, Body.Kind.CONGRESS]
    )


def obstacles_to_speaking_for(body: Body, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if bodies_spoken_for(by, at).filter(pk=body.pk).exists():
        return []
    return [Reason("not-in-its-name", {"body": body.name})]


def obstacles_to_rewriting(proposal: Proposal, *, by: Member, revision: int) -> list[Reason]:
    """Only the author, only a draft, and only the version that is on the author's screen."""
    if proposal.author_id != by.pk:
        return [Reason("not-the-author")]
    if proposal.state != State.DRAFT:
        return [Reason("proposal-published", {"state": proposal.state})]
    if proposal.kind in WRITTEN_ELSEWHERE:
        return [Reason("written-elsewhere")]
    if proposal.revision != revision:
        return [Reason("changed-meanwhile")]
    return []


def obstacles_to_publishing(proposal: Proposal, *, by: Member) -> list[Reason]:
    if proposal.author_id != by.pk:
        return [Reason("not-the-author")]
    if proposal.state != State.DRAFT:
        return [Reason("proposal-published", {"state": proposal.state})]
    return obstacles_in_text(proposal.title, [clause.text for clause in proposal.clauses.all()])


def obstacles_to_supporting(
    proposal: Proposal, *, by: Member, at: datetime.datetime, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    if proposal.state != State.OPEN:
        return [Reason("not-looking-for-support", {"state": proposal.state})]
    if not proposal.takes_support(at):
        return [Reason("support-time-over")]
    if SIGNED.first(proposal=proposal.pk, member=by.pk) is not None:
        return [Reason("supported-already")]
    return obstacles_to_voting(by, assembly_of(proposal.cooperative_id), day, bylaws)


SIGNED = Often(
    lambda: Support.objects.filter(proposal_id=given("proposal"), member_id=given("member")).values_list("pk")
)


def obstacles_to_tabling(proposal: Proposal) -> list[Reason]:
    if proposal.state != State.ADMITTED:
        return [Reason("proposal-not-admitted", {"state": proposal.state})]
    return []


def obstacles_to_withdrawing(proposal: Proposal, *, by: Member) -> list[Reason]:
    if proposal.kind == Proposal.Kind.BUDGET:
        return obstacles_to_touching(proposal)
    if proposal.mover_id != by.pk:
        return [Reason("not-the-author")]
    if proposal.state in (State.SETTLED, State.WITHDRAWN, State.FALLEN):
        return [Reason("proposal-settled", {"state": proposal.state})]
    if proposal.state == State.TABLED:
        return [Reason("proposal-on-an-agenda")]  # then it belongs to the meeting
    return []
