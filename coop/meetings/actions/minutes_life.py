"""From circulated to sealed: what people say to the minutes, signatures, the vote of a later meeting, the seal."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Chain
from coop.members.models import Member
from coop.refusals import refuse_if

from ..minutes_paper import paper_of
from ..minutes_rules import (
    by_vote,
    bylaws_of,
    carried_on,
    lines_for,
    number_before,
    obstacles_to_approving,
    obstacles_to_correcting,
    obstacles_to_entering_afterwards,
    obstacles_to_finding,
    obstacles_to_sealing,
    obstacles_to_signing,
    obstacles_to_speaking_up,
)
from ..models import AgendaItem, Minutes, MinutesApproval, MinutesEntry, MinutesSignature, SealedMinutes
from ..sealed_text import hash_of_entry, sealed_text
from .locks import locked, subject_of

Kind = MinutesEntry.Kind


def _locked(minutes: Minutes) -> Minutes:
    """The minutes, fresh, with their meeting held until the transaction ends."""
    meeting = locked(minutes.meeting)
    found = Minutes.objects.select_related("closed_by").get(pk=minutes.pk)
    found.meeting = meeting
    return found


def _entered(
    minutes: Minutes, *, kind: str, verb: str, by: Member, at: datetime.datetime, **more: Any
) -> MinutesEntry:
    """One more entry after the text, and its line in the journal: its number, its kind and what its words hash to."""
    last = minutes.entries.order_by("-number").first()
    entry = MinutesEntry.objects.create(
        minutes=minutes, number=last.number + 1 if last else 1, kind=kind, by=by, at=at, **more
    )
    write(
        minutes.meeting.cooperative.chain,
        verb=verb,
        subject=subject_of(minutes.meeting),
        by=by.actor,
        at=at,
        facts={"entry": entry.number, "hash": hash_of_entry(entry)},
    )
    return entry


@transaction.atomic
def speak_up(
    *, minutes: Minutes, kind: str, item_number: int | None, text: str, by: Member, at: datetime.datetime
) -> MinutesEntry:
    """An objection to the record, or dissent with what was decided, by somebody who was there."""
    minutes = _locked(minutes)
    refuse_if(obstacles_to_speaking_up(minutes, kind, by=by, at=at, bylaws=bylaws_of(minutes)))
    return _entered(
        minutes,
        kind=kind,
        verb="minutes-dissent" if kind == Kind.DISSENT else "minutes-objection",
        item_number=item_number,
        text=text,
        by=by,
        at=at,
    )


@transaction.atomic
def find(*, entry: MinutesEntry, upheld: bool, text: str, by: Member, at: datetime.datetime) -> MinutesEntry:
    """The commission's finding on an objection. Upheld or not, the text stays; the secretary enters a correction."""
    minutes = _locked(entry.minutes)
    entry = MinutesEntry.objects.get(pk=entry.pk)
    entry.minutes = minutes
    refuse_if(obstacles_to_finding(entry, by=by, at=at))
    return _entered(
        minutes,
        kind=Kind.FINDING,
        verb="minutes-finding",
        answers=entry,
        upheld=upheld,
        item_number=entry.item_number,
        text=text,
        by=by,
        at=at,
    )


@transaction.atomic
def correct(
    *, minutes: Minutes, item_number: int | None, text: str, by: Member, at: datetime.datetime
) -> MinutesEntry:
    """A correction stands beside the text, before the seal and after it."""
    minutes = _locked(minutes)
    refuse_if(obstacles_to_correcting(minutes, by=by, at=at))
    return _entered(
        minutes,
        kind=Kind.CORRECTION,
        verb="minutes-correction",
        item_number=item_number,
        text=text,
        by=by,
        at=at,
    )


@transaction.atomic
def enter_afterwards(
    *,
    minutes: Minutes,
    kind: str,
    happened_on: datetime.date,
    document: str,
    text: str = "",
    by: Member,
    at: datetime.datetime,
) -> MinutesEntry:
    """Sealed minutes were copied into the stamped book, sent to the authority, or challenged."""
    minutes = _locked(minutes)
    refuse_if(obstacles_to_entering_afterwards(minutes, happened_on, by=by, at=at))
    return _entered(
        minutes,
        kind=kind,
        verb="minutes-copied"
        if kind == Kind.COPIED
        else "minutes-sent"
        if kind == Kind.SENT
        else "minutes-challenged",
        happened_on=happened_on,
        document=document,
        text=text,
        by=by,
        at=at,
    )


@transaction.atomic
def sign_minutes(
    *, minutes: Minutes, text_hash: str, by: Member, at: datetime.datetime
) -> list[MinutesSignature]:
    """Somebody signs the text with this hash, on every line that is theirs."""
    minutes = _locked(minutes)
    lines = lines_for(minutes, by)
    refuse_if(obstacles_to_signing(minutes, lines, text_hash=text_hash, by=by, at=at))
    roles = list(dict.fromkeys(line.role for line in lines))
    signed = MinutesSignature.objects.bulk_create(
        MinutesSignature(minutes=minutes, member=by, role=role, hash=minutes.hash, signed_at=at)
        for role in roles
    )
    write(
        minutes.meeting.cooperative.chain,
        verb="minutes-signed",
        subject=subject_of(minutes.meeting),
        by=by.actor,
        at=at,
        facts={"member": by.number, "roles": roles, "hash": minutes.hash},
    )
    return signed


@transaction.atomic
def approve(
    *,
    item: AgendaItem,
    carried: bool,
    votes_for: int | None = None,
    votes_against: int | None = None,
    by: Member,
    at: datetime.datetime,
) -> MinutesApproval:
    """What a later meeting said to earlier minutes, by raised hands, as whoever leads it has seen."""
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_related("minutes__meeting__body").get(pk=item.pk)
    item.meeting = meeting
    refuse_if(obstacles_to_approving(item, by=by, at=at))
    approval = MinutesApproval.objects.create(
        item=item,
        carried=carried,
        votes_for=votes_for,
        votes_against=votes_against,
        entered_by=by,
        entered_at=at,
    )
    assert item.minutes is not None  # the rule has asked
    write(
        meeting.cooperative.chain,
        verb="minutes-approved" if carried else "minutes-not-approved",
        subject=subject_of(item.minutes.meeting),
        by=by.actor,
        at=at,
        facts={"in": str(meeting), "for": votes_for, "against": votes_against},
    )
    return approval


@transaction.atomic
def seal(*, minutes: Minutes, first: int | None = None, by: Member, at: datetime.datetime) -> SealedMinutes:
    """Text, entries and signatures become one sheet that nobody changes, with its number in the book of the body.

    `first`: the number with which the book goes on, asked for the first minutes of a body (none: 1). The journal as
    it stood before is printed on the sheet; its line about the seal holds the hashes of text and paper.
    """
    minutes = _locked(minutes)
    meeting = minutes.meeting
    bylaws = bylaws_of(minutes)
    refuse_if(obstacles_to_sealing(minutes, first=first, by=by, at=at, bylaws=bylaws))
    before = number_before(meeting.body)
    head = Chain.objects.get(pk=meeting.cooperative.chain_id)
    sealed = SealedMinutes(
        minutes=minutes,
        body=meeting.body,
        number=before + 1 if before is not None else first or 1,
        how=SealedMinutes.How.VOTE if by_vote(bylaws) else SealedMinutes.How.SIGNATURES,
        approved_in=carried_on(minutes) if by_vote(bylaws) else None,
        sealed_by=by,
        sealed_at=at,
        journal_sequence=head.head_sequence,
        journal_hash=head.head_hash,
    )
    sealed.text = sealed_text(sealed)
    sealed.hash = hashlib.sha256(sealed.text.encode()).hexdigest()
    sealed.pdf = paper_of(sealed)
    sealed.pdf_hash = hashlib.sha256(sealed.pdf).hexdigest()
    sealed.save(force_insert=True)
    write(
        meeting.cooperative.chain,
        verb="minutes-sealed",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"book_number": sealed.number, "hash": sealed.hash, "pdf_hash": sealed.pdf_hash},
    )
    return sealed
