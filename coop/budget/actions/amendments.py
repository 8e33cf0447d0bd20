"""Amending the budget: a draft that may be out of balance, handing it in, finding support, and joining two in one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Actor
from coop.letters import legible, one_line
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import in_full, refuse_if

from ..models import Amendment, AmendmentMove, AmendmentSupport, Line, PartOf, Year
from ..money import plain
from ..rules.amendments import (
    obstacles_in_moves,
    obstacles_to_agreeing,
    obstacles_to_backing,
    obstacles_to_handing_in,
    obstacles_to_joining,
    obstacles_to_remarking,
    obstacles_to_rewriting,
    obstacles_to_signing,
    obstacles_to_withdrawing,
    obstacles_to_writing,
    twin_of,
)
from ..rules.years import unagreed
from ..tables import changes_of
from .locks import locked, locked_amendment, subject_of

State, Kind = Amendment.State, Amendment.Kind


@transaction.atomic
def begin_amendment(
    *,
    year: Year,
    title: str,
    moves: Mapping[str, Decimal],
    reasons: str = "",
    proof: str = "",
    amends: Amendment | None = None,
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Amendment:
    """A draft that only its writer sees. `moves`: code of a line -> more (or less) on it; they need not balance yet."""
    return _begun(
        locked(year),
        moves,
        by,
        at,
        title=title,
        reasons=reasons,
        proof=proof,
        amends=amends,
        on_behalf_of=on_behalf_of,
        kind=Kind.OWN,
    )


@transaction.atomic
def common_text(
    *,
    parts: Sequence[Amendment],
    title: str,
    moves: Mapping[str, Decimal],
    reasons: str = "",
    proof: str = "",
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Amendment:
    """A draft that would stand for all of these. Each of their movers has to agree before it is put to the vote."""
    year = locked(parts[0].year_id if parts else 0)
    refuse_if(obstacles_to_joining(year, parts))
    return _begun(
        year,
        moves,
        by,
        at,
        parts=parts,
        title=title,
        reasons=reasons,
        proof=proof,
        amends=None,
        on_behalf_of=on_behalf_of,
        kind=Kind.COMMON,
    )


def _begun(
    year: Year,
    moves: Mapping[str, Decimal],
    by: Member,
    at: datetime.datetime,
    *,
    parts: Sequence[Amendment] = (),
    **facts: Any,
) -> Amendment:
    """One draft, however often the same is sent: whoever presses twice gets the one they have begun."""
    bylaws = Bylaws.in_force(year.cooperative, year.cooperative.day_of(at))
    refuse_if(
        obstacles_to_writing(
            year,
            moves,
            title=facts["title"],
            amends=facts["amends"],
            on_behalf_of=facts["on_behalf_of"],
            kind=facts["kind"],
            by=by,
            at=at,
            bylaws=bylaws,
        )
    )
    words = {name: one_line(facts.pop(name)) for name in ("title", "proof")}
    words["reasons"] = legible(facts.pop("reasons")).strip()
    twin = twin_of(year, moves, parts, by=by, **words, **facts)
    if twin is not None:
        return twin
    amendment = Amendment.objects.create(year=year, author=by, begun_at=at, **words, **facts)
    _set_moves(amendment, moves)
    PartOf.objects.bulk_create(PartOf(common=amendment, part=part) for part in parts)
    _tell(amendment, by.actor, at, verb="budget-amendment-begun")
    return amendment


def _set_moves(amendment: Amendment, moves: Mapping[str, Decimal]) -> None:
    lines = {line.code: line for line in Line.objects.filter(year=amendment.year_id, code__in=list(moves))}
    amendment.moves.all().delete()
    AmendmentMove.objects.bulk_create(
        AmendmentMove(amendment=amendment, line=lines[code], amount=amount) for code, amount in moves.items()
    )


@transaction.atomic
def rewrite(
    *,
    amendment: Amendment,
    title: str,
    moves: Mapping[str, Decimal],
    reasons: str,
    proof: str,
    revision: int,
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Amendment:
    """Saves a draft again. `revision`: the one its writer was looking at; an older is refused, nothing is lost."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_rewriting(amendment, revision=revision, by=by))
    if on_behalf_of is not None and on_behalf_of.pk != amendment.on_behalf_of_id:
        refuse_if(obstacles_without(Power.CONVENE, by=by, at=at, body=on_behalf_of))
    refuse_if(obstacles_in_moves(amendment.year, moves))
    Amendment.objects.filter(pk=amendment.pk).update(
        title=one_line(title) or amendment.title,
        reasons=legible(reasons).strip(),
        proof=one_line(proof),
        on_behalf_of=on_behalf_of,
        revision=amendment.revision + 1,
    )
    _set_moves(amendment, moves)
    _tell(amendment, by.actor, at, verb="budget-amendment-rewritten")
    amendment.refresh_from_db(fields=["title", "reasons", "proof", "revision", "on_behalf_of"])
    return amendment


@transaction.atomic
def hand_in(*, amendment: Amendment, by: Member, at: datetime.datetime) -> Amendment:
    """It is before everybody, under its number. A member's waits for supporters, a body's for the decision behind it.

    Refused while it does not balance, or leaves a line under what has to stay on it: then it stays a draft.
    """
    amendment = locked_amendment(amendment)
    year = amendment.year
    bylaws = Bylaws.in_force(year.cooperative, year.cooperative.day_of(at))
    changes = changes_of(year)
    refuse_if(
        obstacles_to_handing_in(
            amendment,
            changes[amendment.pk],
            changes.get(amendment.amends_id or 0),
            by=by,
            at=at,
            bylaws=bylaws,
        )
    )
    last = year.amendments.aggregate(last=Max("number"))["last"]
    amendment.number = (last or 0) + 1
    alone = amendment.on_behalf_of is None and amendment.kind == Kind.OWN
    Amendment.objects.filter(pk=amendment.pk).update(
        state=State.SUBMITTED,
        number=amendment.number,
        submitted_at=at,
        support_needed=bylaws.amendment_supporters if alone else 0,
    )
    moves = {code: plain(amount) for code, amount in sorted(changes[amendment.pk].moves.items())}
    _tell(amendment, by.actor, at, verb="budget-amendment-handed-in", moves=moves)
    if alone:
        _sign(amendment, bylaws.amendment_supporters, by, at)
    elif amendment.kind == Kind.COMMON:
        _admit_agreed(amendment, by.actor, at)
    amendment.refresh_from_db()
    return amendment


@transaction.atomic
def sign(*, amendment: Amendment, by: Member, at: datetime.datetime) -> None:
    """A signature under a member's amendment. The one that reaches the number needed admits it."""
    amendment = locked_amendment(amendment)
    bylaws = Bylaws.in_force(by.cooperative, by.cooperative.day_of(at))
    refuse_if(obstacles_to_signing(amendment, by=by, at=at, bylaws=bylaws))
    _sign(amendment, amendment.support_needed, by, at)


def _sign(amendment: Amendment, needed: int, by: Member, at: datetime.datetime) -> None:
    AmendmentSupport.objects.create(amendment=amendment, member=by, given_at=at)
    _tell(amendment, by.actor, at, verb="budget-amendment-signed")
    if AmendmentSupport.objects.filter(amendment=amendment).count() >= needed:
        _admit(amendment, by.actor, at)


@transaction.atomic
def back(*, amendment: Amendment, decision: str, by: Member, at: datetime.datetime) -> None:
    """The body behind it has decided so. `decision`: as it is quoted, "D C-POT 2026-5"."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_backing(amendment, decision=decision, by=by, at=at))
    _admit(amendment, by.actor, at, backed_by=one_line(decision))


def _admit(amendment: Amendment, by: Actor, at: datetime.datetime, **more: Any) -> None:
    Amendment.objects.filter(pk=amendment.pk).update(state=State.ADMITTED, admitted_at=at, **more)
    _tell(amendment, by, at, verb="budget-amendment-admitted", **more)


@transaction.atomic
def agree(*, part: PartOf, by: Member, at: datetime.datetime) -> None:
    """The mover of a part agrees to the common text. With the last of them it is admitted."""
    common = locked_amendment(part.common)
    part = PartOf.objects.select_related("common__year", "part__on_behalf_of").get(pk=part.pk)
    refuse_if(obstacles_to_agreeing(part, by=by, at=at))
    PartOf.objects.filter(pk=part.pk).update(agreed_by=by, agreed_at=at)
    _tell(common, by.actor, at, verb="budget-common-text-agreed", part=part.part.label)
    _admit_agreed(common, by.actor, at)


def _admit_agreed(common: Amendment, by: Actor, at: datetime.datetime) -> None:
    is_in = Amendment.objects.filter(pk=common.pk, state=State.SUBMITTED).exists()
    if is_in and not unagreed(common):
        backed = "; ".join(part.part.label for part in common.parts.select_related("part__year"))
        _admit(common, by, at, **({"backed_by": backed[:200]} if common.on_behalf_of_id else {}))


@transaction.atomic
def withdraw(*, amendment: Amendment, because: str = "", by: Member, at: datetime.datetime) -> None:
    """Its mover takes it back, until it is voted."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_withdrawing(amendment, by=by, at=at))
    Amendment.objects.filter(pk=amendment.pk).update(
        state=State.WITHDRAWN, ended_at=at, said=in_full(because, 500)
    )
    _tell(amendment, by.actor, at, verb="budget-amendment-withdrawn")


@transaction.atomic
def remark(*, amendment: Amendment, text: str, by: Member, at: datetime.datetime) -> None:
    """What whoever keeps the budget has to say about it, such as that nobody has shown the income."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_remarking(amendment, remark=text, by=by, at=at))
    Amendment.objects.filter(pk=amendment.pk).update(remark=in_full(text, 500))
    _tell(amendment, by.actor, at, verb="budget-amendment-remarked")


def _tell(amendment: Amendment, by: Actor, at: datetime.datetime, *, verb: str, **facts: object) -> None:
    write(
        amendment.year.cooperative.chain,
        verb=verb,
        subject=subject_of(amendment),
        by=by,
        at=at,
        facts=facts,
    )
