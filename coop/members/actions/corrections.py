"""Mending what was entered wrongly: nothing is erased, an entry tells what was wrong and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from coop.journal.actions import write
from coop.refusals import refuse_if

from ..folding import fold
from ..models import Consent, Correction, Member, Posting, Standing
from ..rules.lives import obstacles_to_correcting, obstacles_to_striking, obstacles_to_writing
from ..rules.protection import obstacles_in_protection
from .consents import use_consent
from .dated import locked
from .people import subject_of

# What may be mended about a person, in the order of the form.
CORRECTABLE = ("name", "born", "joined", "founder", "job", "area", "language", "contact", "phone", "support")


@transaction.atomic
def correct(
    *,
    member: Member,
    changes: Mapping[str, Any],
    reason: str,
    by: Member,
    at: datetime.datetime,
    seen: int | None = None,
) -> list[Correction]:
    """Mends the line of a person and leaves an entry for each field that changes; the same value changes nothing.

    The journal names the fields; of the values only the name, which everybody knows.
    """
    member, day = locked(member, at)
    unknown = set(changes) - set(CORRECTABLE)
    if unknown:
        raise ValueError(f"not to be corrected: {', '.join(sorted(unknown))}")
    real = {field: value for field, value in changes.items() if not _same(value, getattr(member, field))}
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(obstacles_to_correcting(member, real, reason=reason, day=day))
    entries = [
        Correction.objects.create(
            member=member,
            at=at,
            by=by,
            field=field,
            was=_legible(getattr(member, field)),
            becomes=_legible(value),
            reason=reason.strip(),
        )
        for field, value in real.items()
    ]
    facts: dict[str, object] = {"fields": sorted(real)}
    if "name" in real:
        facts |= {"was": member.name, "becomes": real["name"]}
        Member.objects.filter(pk=member.pk).update(plain_name=fold(real["name"]))
    Member.objects.filter(pk=member.pk).update(**real)
    member.refresh_from_db(fields=list(real))
    write(
        member.cooperative.chain,
        verb="member-corrected",
        subject=subject_of(member),
        by=by.actor,
        at=at,
        facts=facts,
    )
    return entries


def _same(value: Any, was: Any) -> bool:
    """Needs have no order."""
    return set(value) == set(was) if isinstance(value, list) else bool(value == was)


def _legible(value: Any) -> str:
    """A value as it is kept in an entry: days as 2026-11-21, several needs with commas, nothing as nothing."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


@transaction.atomic
def strike(
    *, entry: Standing | Posting, because: str, by: Member, at: datetime.datetime, seen: int | None = None
) -> Standing | Posting:
    """An entry was wrong: it stays legible and counts for nothing. What it had ended goes on.

    An end is written once, so the entry before is struck as well and entered anew, up to where the wrong one ended.
    """
    member, _day = locked(entry.member, at)
    rows: Any = type(entry).objects
    wrong = rows.get(pk=entry.pk)
    refuse_if(obstacles_to_writing(member, by=by, at=at, seen=seen))
    refuse_if(
        obstacles_to_striking(wrong, because=because, by=by)
        + obstacles_in_protection(member, to=Consent.To.MEND, document=because, by=by, at=at)
    )
    use_consent(member=member, to=Consent.To.MEND, by=by, at=at)
    before = (
        rows.filter(member=member, struck_at=None, until=wrong.since)
        .exclude(pk=wrong.pk)
        .order_by("since", "pk")
        .last()
    )
    rows.filter(pk__in=[wrong.pk, before.pk]).update(struck_at=at, struck_because=because.strip())
    again = rows.get(pk=before.pk)
    again.pk, again.until, again.struck_at, again.struck_because = None, wrong.until, None, None
    again._state.adding = True
    again.save(force_insert=True)
    write(
        member.cooperative.chain,
        verb="entry-struck",
        subject=subject_of(member),
        by=by.actor,
        at=at,
        facts={"entry": type(entry).__name__.lower(), "since": wrong.since.isoformat()},
    )
    return again
