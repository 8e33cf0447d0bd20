"""The register of voters: drawing and posting it, claims against it, and the final list.

Order of locks: the row of the register before the ballot's; a claim is read and decided under it, so claims, grants
and the moment the list becomes final never overtake each other.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..lines import Line, drawn_lines, hash_of, line_of
from ..models import Claim, Register, RegisterEntry
from ..rules.registers import (
    claims_end,
    obstacles_to_claiming,
    obstacles_to_final,
    obstacles_to_granting,
    obstacles_to_refusing,
)

LINES_AT_ONCE = 2000


def _subject_of(register: Register) -> Subject:
    return Subject("register", str(register.pk), str(register))


@transaction.atomic
def draw_register(
    *,
    body: Body,
    closes_on: datetime.date,
    needed_at: datetime.datetime | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Register:
    """Writes down who may vote in `body` as it stands on the closing day, with a hash of the printed list.

    `needed_at`: the moment a vote or a quorum is counted on it. Until then, and for at most the claims days of the
    bylaws, it can be claimed against. Without it the list is needed at once and is final at once.
    """
    bylaws = Bylaws.in_force(body.cooperative, closes_on)
    zone = body.cooperative.zone
    until = claims_end(closes_on, drawn_at=at, bylaws=bylaws, zone=zone, needed_at=needed_at)
    lines = drawn_lines(body, closes_on, bylaws)
    register = Register.objects.create(
        cooperative=body.cooperative,
        body=body,
        closes_on=closes_on,
        drawn_at=at,
        size=len(lines),
        hash=hash_of(lines),
        claims_until=until,
    )
    RegisterEntry.objects.bulk_create((_entry(register, line) for line in lines), batch_size=LINES_AT_ONCE)
    write(
        body.cooperative.chain,
        verb="register-drawn",
        subject=_subject_of(register),
        by=by,
        at=at,
        facts={
            "closes_on": closes_on.isoformat(),
            "size": register.size,
            "hash": register.hash,
            "claims_until": until.isoformat(),
        },
    )
    return make_final(register=register, by=by, at=at)


def _entry(register: Register, line: Line, claim: Claim | None = None) -> RegisterEntry:
    return RegisterEntry(
        register=register,
        member_id=line.member,
        number=line.number,
        name=line.name,
        department=line.department,
        crew=line.crew,
        claim=claim,
    )


# --- Claims ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def claim(
    *,
    register: Register,
    kind: str,
    member: Member,
    text: str,
    claimed_by: Member,
    by: Member,
    at: datetime.datetime,
) -> Claim:
    """Somebody says that the list is wrong about `member`; `by` writes it down, for themselves or at the table."""
    register = _locked(register)
    refuse_if(obstacles_to_claiming(register, kind=kind, member=member, claimed_by=claimed_by, by=by, at=at))
    made = Claim.objects.create(
        register=register,
        kind=kind,
        member=member,
        text=text.strip(),
        claimed_by=claimed_by,
        entered_by=by,
        made_at=at,
    )
    _write(made, verb="claim-made", by=by, at=at)
    return made


@transaction.atomic
def grant_claim(*, claim: Claim, reasons: str = "", by: Member, at: datetime.datetime) -> Claim:
    """The list is changed as the register of members has it for the closing day. The last claim makes it final."""
    register = _locked(claim.register)
    claim = _fresh(claim, register)
    refuse_if(obstacles_to_granting(claim, by=by, at=at))
    _decide(claim, Claim.State.GRANTED, reasons, by=by, at=at)
    register.lines().filter(member=claim.member).update(struck_by=claim)
    if claim.kind != Claim.Kind.REMOVAL:
        _entry(register, line_of(claim.member, register.closes_on), claim).save(force_insert=True)
    _write(claim, verb="claim-granted", by=by, at=at)
    make_final(register=register, by=by.actor, at=at)
    return claim


@transaction.atomic
def refuse_claim(*, claim: Claim, reasons: str, by: Member, at: datetime.datetime) -> Claim:
    """The list stays as it is, and the reasons are read by everybody. The last claim makes it final."""
    register = _locked(claim.register)
    claim = _fresh(claim, register)
    refuse_if(obstacles_to_refusing(claim, reasons, by=by, at=at))
    _decide(claim, Claim.State.REFUSED, reasons, by=by, at=at)
    _write(claim, verb="claim-refused", by=by, at=at)
    make_final(register=register, by=by.actor, at=at)
    return claim


def _decide(claim: Claim, state: str, reasons: str, *, by: Member, at: datetime.datetime) -> None:
    claim.state, claim.reasons, claim.decided_by, claim.decided_at = state, reasons.strip(), by, at
    claim.save(update_fields=["state", "reasons", "decided_by", "decided_at"])


def _fresh(claim: Claim, register: Register) -> Claim:
    fresh = Claim.objects.select_related("member", "claimed_by").get(pk=claim.pk)
    fresh.register = register
    return fresh


def _write(claim: Claim, *, verb: str, by: Member, at: datetime.datetime) -> None:
    """Neither the words of the claim nor the reasons: the journal is never cleared."""
    write(
        claim.register.cooperative.chain,
        verb=verb,
        subject=_subject_of(claim.register),
        by=by.actor,
        at=at,
        facts={"kind": claim.kind, "member": claim.member.number},
    )


# --- The final list -------------------------------------------------------------------------------------------------


@transaction.atomic
def make_final(*, register: Register, by: Actor = CLOCK, at: datetime.datetime) -> Register:
    """Closes the list when the claims days are over and no claim waits; leaves it alone otherwise. Idempotent.

    The clock does it, or the last decision, or whoever needs the list first.
    """
    register = _locked(register)
    if register.final_at is not None or obstacles_to_final(register, at):
        return register
    found = register.lines().order_by("number")
    lines = [Line(*line) for line in found.values_list("member_id", "number", "name", "department", "crew")]
    register.final_at, register.final_size, register.final_hash = at, len(lines), hash_of(lines)
    register.save(update_fields=["final_at", "final_size", "final_hash"])
    write(
        register.cooperative.chain,
        verb="register-final",
        subject=_subject_of(register),
        by=by,
        at=at,
        facts={"size": register.final_size, "hash": register.final_hash},
    )
    return register


def _locked(register: Register) -> Register:
    return (
        Register.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative__chain", "body__cooperative")
        .get(pk=register.pk)
    )
