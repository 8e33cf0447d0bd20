"""Writing, publishing, supporting, tabling, withdrawing and settling a proposal."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.transaction import TransactionManagementError

from coop.asked_often import Often, given
from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write as write_journal
from coop.journal.models import CLOCK, Actor, Subject
from coop.members.electorate import voters
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..models import Clause, Proposal, Support
from ..rules.life import (
    obstacles_to_naming_rejected,
    obstacles_to_returning,
    rejected_before,
    words_hash,
)
from ..rules.proposals import (
    assembly_of,
    obstacles_in_text,
    obstacles_to_publishing,
    obstacles_to_rewriting,
    obstacles_to_speaking_for,
    obstacles_to_supporting,
    obstacles_to_tabling,
    obstacles_to_withdrawing,
    obstacles_to_writing,
)
from ..wording import tidy, tidy_clause, tidy_title

State = Proposal.State


def subject_of(proposal: Proposal) -> Subject:
    """A draft is its author's alone: the journal, which everybody reads, does not name it."""
    return Subject("proposal", str(proposal.pk), str(proposal) if proposal.number else "draft")


@transaction.atomic
def write(
    *,
    title: str,
    clauses: Sequence[str],
    reasons: str = "",
    kind: str = Proposal.Kind.MOTION,
    matter: str = Proposal.Matter.ORDINARY,
    on_behalf_of: Body | None = None,
    again: Proposal | None = None,
    by: Member,
    at: datetime.datetime,
) -> Proposal:
    """A draft that only its author sees. Empty clauses are dropped, the others numbered from 1.

    `again`: the rejected one that it brings back. It may be written at once, and is published in its time.
    """
    day = by.cooperative.day_of(at)
    refuse_if(obstacles_to_writing(by, day, Bylaws.in_force(by.cooperative, day)))
    refuse_if(obstacles_to_speaking_for(on_behalf_of, by=by, at=at) if on_behalf_of else [])
    refuse_if(obstacles_to_naming_rejected(again, by=by) if again else [])
    refuse_if(obstacles_in_text(title, clauses))
    proposal = Proposal.objects.create(
        cooperative=by.cooperative,
        kind=kind,
        matter=matter,
        title=tidy_title(title),
        reasons=tidy(reasons),
        author=by,
        on_behalf_of=on_behalf_of,
        again=again,
        written_at=at,
    )
    _set_clauses(proposal, clauses)
    write_journal(
        by.cooperative.chain, verb="proposal-written", subject=subject_of(proposal), by=by.actor, at=at
    )
    return proposal


@transaction.atomic
def rewrite(
    *,
    proposal: Proposal,
    title: str,
    clauses: Sequence[str],
    reasons: str,
    matter: str,
    revision: int,
    again: Proposal | None = None,
    by: Member,
    at: datetime.datetime,
) -> Proposal:
    """Saves a draft again. `revision`: the one the author was looking at; an older is refused, nothing is lost."""
    proposal = locked(proposal)
    refuse_if(obstacles_to_rewriting(proposal, by=by, revision=revision))
    refuse_if(obstacles_to_naming_rejected(again, by=by) if again else [])
    refuse_if(obstacles_in_text(title, clauses))
    _advance(
        proposal,
        title=tidy_title(title),
        reasons=tidy(reasons),
        matter=matter,
        again=again,
        revision=proposal.revision + 1,
    )
    _set_clauses(proposal, clauses)
    write_journal(
        by.cooperative.chain,
        verb="proposal-rewritten",
        subject=subject_of(proposal),
        by=by.actor,
        at=at,
        facts={"revision": proposal.revision},
    )
    return proposal


@transaction.atomic
def publish(*, proposal: Proposal, by: Member, at: datetime.datetime) -> Proposal:
    """Gives the proposal its number and opens it for support; its author is its first supporter."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(
        pk=proposal.cooperative_id
    )  # numbers without gaps
    proposal = locked(proposal)
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    refuse_if(
        obstacles_to_publishing(proposal, by=by) + obstacles_to_returning(proposal, at=at, bylaws=bylaws)
    )
    electorate = voters(assembly_of(cooperative.pk), day, bylaws).count()
    needed = max(1, math.ceil(electorate * bylaws.proposal_support_percent / 100))
    again = rejected_before(proposal, at)
    _advance(
        proposal,
        state=State.OPEN,
        year=day.year,
        number=_next_number(cooperative, day.year),
        published_at=at,
        support_needed=needed,
        support_until=at + datetime.timedelta(days=bylaws.proposal_support_days),
        words_hash=words_hash(clause.text for clause in proposal.clauses.all()),
        again=again,
    )
    write_journal(
        cooperative.chain,
        verb="proposal-published",
        subject=subject_of(proposal),
        by=by.actor,
        at=at,
        facts={
            "support_needed": needed,
            "electorate": electorate,
            **({"again": again.label} if again else {}),
        },
    )
    support(proposal=proposal, by=by, at=at)
    proposal.refresh_from_db()
    return proposal


def _next_number(cooperative: Cooperative, year: int) -> int:
    last = Proposal.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def support(*, proposal: Proposal, by: Member, at: datetime.datetime) -> Support:
    """A signature under the proposal. The one that reaches the threshold admits it."""
    proposal = locked(proposal)
    day = by.cooperative.day_of(at)
    refuse_if(
        obstacles_to_supporting(proposal, by=by, at=at, day=day, bylaws=Bylaws.in_force(by.cooperative, day))
    )
    signature = Support.objects.create(proposal=proposal, member=by, given_at=at)
    write_journal(
        by.cooperative.chain, verb="proposal-supported", subject=subject_of(proposal), by=by.actor, at=at
    )
    if Support.objects.filter(proposal=proposal).count() >= (proposal.support_needed or 0):
        _admit(proposal, at)
    return signature


def _admit(proposal: Proposal, at: datetime.datetime) -> None:
    _advance(proposal, state=State.ADMITTED, admitted_at=at)
    write_journal(
        proposal.cooperative.chain,
        verb="proposal-admitted",
        subject=subject_of(proposal),
        by=CLOCK,
        at=at,
        facts={
            "supporters": Support.objects.filter(proposal=proposal).count(),
            "needed": proposal.support_needed,
        },
    )


@transaction.atomic
def let_fall(*, proposal: Proposal, by: Actor = CLOCK, at: datetime.datetime) -> Proposal:
    """The time for support is over and the threshold was not reached. Idempotent; the clock does it."""
    proposal = locked(proposal)
    if proposal.state == State.OPEN and not proposal.takes_support(at):
        _advance(proposal, state=State.FALLEN, settled_at=at)
        write_journal(
            proposal.cooperative.chain, verb="proposal-fallen", subject=subject_of(proposal), by=by, at=at
        )
    return proposal


@transaction.atomic
def table(*, proposal: Proposal, by: Actor, at: datetime.datetime) -> Proposal:
    """It stands on an agenda now."""
    proposal = locked(proposal)
    refuse_if(obstacles_to_tabling(proposal))
    _advance(proposal, state=State.TABLED)
    write_journal(
        proposal.cooperative.chain, verb="proposal-tabled", subject=subject_of(proposal), by=by, at=at
    )
    return proposal


@transaction.atomic
def untable(*, proposal: Proposal, by: Actor, at: datetime.datetime) -> Proposal:
    """Taken off an agenda (or the meeting did not reach it): it waits for the next."""
    proposal = locked(proposal)
    if proposal.state == State.TABLED:
        _advance(proposal, state=State.ADMITTED, amendments_until=None, debated_at=None)
        write_journal(
            proposal.cooperative.chain, verb="proposal-untabled", subject=subject_of(proposal), by=by, at=at
        )
    return proposal


@transaction.atomic
def set_last_day(
    *, proposal: Proposal, until: datetime.datetime, by: Actor, at: datetime.datetime
) -> Proposal:
    """The notice is out: amendments that come from this moment on need the leave of the meeting."""
    proposal = locked(proposal)
    _advance(proposal, amendments_until=until)
    write_journal(
        proposal.cooperative.chain,
        verb="amendments-until",
        subject=subject_of(proposal),
        by=by,
        at=at,
        facts={"until": until.astimezone(proposal.cooperative.zone).isoformat()},
    )
    return proposal


@transaction.atomic
def hand_to_meeting(*, proposal: Proposal, by: Actor, at: datetime.datetime) -> Proposal:
    """The meeting has opened: from now on the text is the meeting's. Idempotent."""
    proposal = locked(proposal)
    if proposal.debated_at is None:
        _advance(proposal, debated_at=at)
        write_journal(
            proposal.cooperative.chain, verb="text-handed-over", subject=subject_of(proposal), by=by, at=at
        )
    return proposal


@transaction.atomic
def settle(*, proposal: Proposal, carried: bool, by: Actor, at: datetime.datetime) -> Proposal:
    """A decision has been taken on it."""
    proposal = locked(proposal)
    _advance(proposal, state=State.SETTLED, settled_at=at, carried=carried)
    write_journal(
        proposal.cooperative.chain, verb="proposal-settled", subject=subject_of(proposal), by=by, at=at
    )
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Member, at: datetime.datetime) -> Proposal:
    proposal = locked(proposal)
    refuse_if(obstacles_to_withdrawing(proposal, by=by))
    _advance(proposal, state=State.WITHDRAWN, settled_at=at)
    write_journal(
        proposal.cooperative.chain,
        verb="proposal-withdrawn",
        subject=subject_of(proposal),
        by=by.actor,
        at=at,
    )
    return proposal


def locked(proposal: Proposal) -> Proposal:
    """The proposal again, read under its lock."""
    if not connection.in_atomic_block:  # Django looks only when the words are put together
        raise TransactionManagementError("a proposal is held within a transaction")
    held = HELD.first(proposal=proposal.pk)
    if held is None:
        raise Proposal.DoesNotExist
    return held


HELD = Often(
    lambda: (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative__chain")
        .filter(pk=given("proposal"))
    )
)


def _advance(proposal: Proposal, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(facts))


def _set_clauses(proposal: Proposal, clauses: Sequence[str]) -> None:
    """Only ever called on a draft: what has been published keeps its words."""
    proposal.clauses.all().delete()
    words = [tidy_clause(clause) for clause in clauses]
    Clause.objects.bulk_create(
        Clause(proposal=proposal, number=number, text=text)
        for number, text in enumerate((text for text in words if text), 1)
    )
