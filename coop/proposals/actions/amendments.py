"""Amending a proposal: writing an amendment, signing it, taking it in, withdrawing it, turning it down."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.actions import write as write_journal
from coop.journal.models import Actor, Subject
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..amending import Change, Delete, Insert, Whole, Words
from ..models import Amendment, AmendmentChange, AmendmentSupport, Proposal
from ..rules.amendments import (
    obstacles_to_accepting,
    obstacles_to_amending,
    obstacles_to_supporting_amendment,
    obstacles_to_turning_down,
    obstacles_to_withdrawing_amendment,
)
from ..wording import tidy, tidy_changes
from .proposals import locked

State, Kind = Amendment.State, Amendment.Kind


def subject_of(amendment: Amendment) -> Subject:
    return Subject("amendment", str(amendment.pk), amendment.label)


@transaction.atomic
def submit(
    *,
    proposal: Proposal,
    changes: Sequence[Change],
    reasons: str = "",
    amends: Amendment | None = None,
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Amendment:
    """An amendment of a proposal, or (`amends`) of the words of another amendment.

    A member's is put to the vote with its supporters, a council's (`on_behalf_of`) when the decision behind it is named
    (`decisions.actions.back`). One that comes after the last day waits for the leave of the meeting instead.
    """
    proposal = locked(proposal)
    changes = tidy_changes(changes)
    day = by.cooperative.day_of(at)
    bylaws = Bylaws.in_force(by.cooperative, day)
    refuse_if(
        obstacles_to_amending(
            proposal,
            changes,
            amends=amends,
            on_behalf_of=on_behalf_of,
            by=by,
            at=at,
            day=day,
            bylaws=bylaws,
        )
    )
    amendment = write_down(
        proposal=proposal,
        changes=changes,
        reasons=reasons,
        amends=amends,
        on_behalf_of=on_behalf_of,
        support_needed=0 if on_behalf_of else bylaws.amendment_supporters,
        by=by,
        at=at,
    )
    if on_behalf_of is None and not amendment.is_late:
        _sign(amendment, by, at)
    return amendment


@transaction.atomic
def write_down(
    *,
    proposal: Proposal,
    changes: Sequence[Change],
    by: Member,
    at: datetime.datetime,
    **facts: Any,
) -> Amendment:
    """The rows of an amendment under the next number. The proposal is locked and every rule has been asked."""
    amends = facts.get("amends")
    last = Amendment.objects.filter(proposal=proposal, amends=amends).aggregate(last=Max("number"))["last"]
    until = proposal.amendments_until
    rows = [row for change in changes for row in _rows(change)]
    amendment = Amendment.objects.create(
        proposal=proposal,
        number=(last or 0) + 1,
        author=by,
        is_late=until is not None and at >= until,
        submitted_at=at,
        change_count=len(rows),
        **{**facts, "reasons": tidy(facts.get("reasons", ""))},
    )
    AmendmentChange.objects.bulk_create(
        AmendmentChange(amendment=amendment, number=number, kind=kind, clause=clause, text=text)
        for number, (kind, clause, text) in enumerate(rows, 1)
    )
    write_journal(
        proposal.cooperative.chain,
        verb="amendment-submitted",
        subject=subject_of(amendment),
        by=by.actor,
        at=at,
        facts={"late": amendment.is_late, "kind": str(amendment.kind)},
    )
    return amendment


def _rows(change: Change) -> list[tuple[str, int | None, str]]:
    kinds = AmendmentChange.Kind
    match change:
        case Words(clause, text):
            return [(kinds.WORDS, clause, text)]
        case Insert(clause, text):
            return [(kinds.INSERT, clause, text)]
        case Delete(clause):
            return [(kinds.DELETE, clause, "")]
        case Whole(texts):
            return [(kinds.WHOLE, None, text) for text in texts]


@transaction.atomic
def support_amendment(*, amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    """A signature under the amendment. The one that reaches the number needed admits it."""
    amendment = locked_amendment(amendment)
    day = by.cooperative.day_of(at)
    bylaws = Bylaws.in_force(by.cooperative, day)
    refuse_if(obstacles_to_supporting_amendment(amendment, by=by, day=day, bylaws=bylaws))
    _sign(amendment, by, at)


def _sign(amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    AmendmentSupport.objects.create(amendment=amendment, member=by, given_at=at)
    step(amendment=amendment, verb="amendment-supported", by=by.actor, at=at)
    if AmendmentSupport.objects.filter(amendment=amendment).count() >= amendment.support_needed:
        admit(amendment=amendment, by=by.actor, at=at)


@transaction.atomic
def admit(
    *, amendment: Amendment, by: Actor, at: datetime.datetime, leave_at: datetime.datetime | None = None
) -> None:
    """It will be voted: its supporters, the council behind it or the leave of the meeting have been found."""
    step(
        amendment=amendment,
        verb="amendment-leave-given" if leave_at else "amendment-admitted",
        by=by,
        at=at,
        state=State.ADMITTED,
        admitted_at=at,
        leave_at=leave_at,
    )


@transaction.atomic
def give_leave(*, amendment: Amendment, by: Actor, at: datetime.datetime) -> Amendment:
    """The meeting takes up an amendment that came late. Whether it has the majority for that, the meeting knows."""
    amendment = locked_amendment(amendment)
    if amendment.state == State.SUBMITTED and amendment.is_late:
        admit(amendment=amendment, by=by, at=at, leave_at=at)
    return amendment


@transaction.atomic
def accept(*, amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    """The mover takes it into the text. A later vote that carries something impossible with it sets it aside."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_accepting(amendment, by=by))
    step(
        amendment=amendment, verb="amendment-accepted", by=by.actor, at=at, state=State.ACCEPTED, ended_at=at
    )


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, because: str = "", by: Member, at: datetime.datetime) -> None:
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_withdrawing_amendment(amendment, by=by))
    step(
        amendment=amendment,
        verb="amendment-withdrawn",
        by=by.actor,
        at=at,
        state=State.WITHDRAWN,
        ended_at=at,
        said=tidy(because),
    )


@transaction.atomic
def turn_down_amendment(*, amendment: Amendment, because: str, by: Member, at: datetime.datetime) -> None:
    """It has nothing to do with the text, or is not the assembly's business. The reason stands beside it for ever."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_turning_down(amendment, because, by=by, at=at))
    step(
        amendment=amendment,
        verb="amendment-turned-down",
        by=by.actor,
        at=at,
        told={"because": tidy(because)},
        state=State.REFUSED,
        ended_at=at,
        said=tidy(because),
    )


def locked_amendment(amendment: Amendment) -> Amendment:
    """The amendment again, with its proposal locked: whatever touches one amendment waits for the others."""
    proposal = locked(Proposal(pk=amendment.proposal_id))
    found = Amendment.objects.select_related("amends", "author", "on_behalf_of").get(pk=amendment.pk)
    found.proposal = proposal
    return found


@transaction.atomic
def step(
    *,
    amendment: Amendment,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: dict[str, object] | None = None,
    **changes: Any,
) -> None:
    """One step of an amendment: what changes of it, and the line of the journal with what is `told` there."""
    for name, value in changes.items():
        setattr(amendment, name, value)
    if changes:
        amendment.save(update_fields=list(changes))
    chain = amendment.proposal.cooperative.chain
    write_journal(chain, verb=verb, subject=subject_of(amendment), by=by, at=at, facts=told or {})
