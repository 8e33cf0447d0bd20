"""Entering documents and their versions, and the second signature under a version."""

from __future__ import annotations

import datetime
import hashlib
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.models import Member
from coop.refusals import Refused, refuse_if

from .files import Unfit, clean_name, fit
from .models import Attachment, Document, Version
from .rules import obstacles_to_adding, obstacles_to_entering
from .text import tidy


class File(NamedTuple):
    """A file as it arrived."""

    name: str
    content: bytes


def _subject(version: Version) -> Subject:
    return Subject("document", str(version.document.number), str(version))


@transaction.atomic
def enter_document(
    *,
    cooperative: Cooperative,
    kind: str,
    title: str,
    text: str,
    file: File | None,
    adopted_on: datetime.date,
    adopted_by: str,
    valid_from: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Version:
    """A new document with its first version; see `add_version`."""
    _hold(cooperative)
    last = Document.objects.filter(cooperative=cooperative).aggregate(last=Max("number"))["last"] or 0
    document = Document.objects.create(
        cooperative=cooperative, number=last + 1, kind=kind, title=one_line(title), made_by=by, made_at=at
    )
    return add_version(
        document=document,
        text=text,
        file=file,
        adopted_on=adopted_on,
        adopted_by=adopted_by,
        valid_from=valid_from,
        by=by,
        at=at,
    )


@transaction.atomic
def add_version(
    *,
    document: Document,
    text: str,
    file: File | None,
    adopted_on: datetime.date,
    adopted_by: str,
    valid_from: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Version:
    """What the document says from `valid_from` on (`adopted_by`: decision, or book and page); it waits for a second.

    The file is judged by its content and cleaned; raises `Refused` when it is not one of the kinds that are kept.
    """
    document = _locked(document)
    text = tidy(text)
    refuse_if(
        obstacles_to_entering(
            document.cooperative,
            text=text,
            with_file=file is not None,
            adopted_on=adopted_on,
            valid_from=valid_from,
            by=by,
            at=at,
        )
    )
    media, content = _judged(file)
    digest = hashlib.sha256(text.encode() + content).hexdigest()
    refuse_if(obstacles_to_adding(document, digest=digest, valid_from=valid_from))
    version = Version.objects.create(
        cooperative=document.cooperative,
        document=document,
        number=(document.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=text,
        adopted_on=adopted_on,
        adopted_by=one_line(adopted_by),
        valid_from=valid_from,
        hash=digest,
        entered_by=by,
        entered_at=at,
        entered_on=document.cooperative.day_of(at),
    )
    if file is not None:
        Attachment.objects.create(
            version=version,
            name=clean_name(file.name, media),
            media=media,
            size=len(content),
            hash=hashlib.sha256(content).hexdigest(),
            content=content,
        )
    write(
        document.cooperative.chain,
        verb="version-entered",
        subject=_subject(version),
        by=by.actor,
        at=at,
        facts={
            "kind": document.kind,
            "adopted_by": version.adopted_by,
            "valid_from": valid_from.isoformat(),
            "hash": digest,
        },
    )
    return version


@transaction.atomic
def confirm_version(*, version: Version, by: Member, at: datetime.datetime) -> None:
    """Somebody else has compared it with the paper: from its day on it is what holds."""
    version.document = _locked(version.document)
    confirm_entry(entry=version, by=by, at=at)
    write(
        version.document.cooperative.chain,
        verb="version-confirmed",
        subject=_subject(version),
        by=by.actor,
        at=at,
        facts={"hash": version.hash},
    )


@transaction.atomic
def turn_down_version(*, version: Version, because: str, by: Member, at: datetime.datetime) -> None:
    version.document = _locked(version.document)
    turn_down_entry(entry=version, because=because, by=by, at=at)
    write(
        version.document.cooperative.chain,
        verb="version-turned-down",
        subject=_subject(version),
        by=by.actor,
        at=at,
        facts={"because": because.strip()},
    )


def _locked(document: Document) -> Document:
    """Fresh, with its co-operative held: the row of a document never changes, so nobody may lock it."""
    _hold(document.cooperative)
    return Document.objects.select_related("cooperative__chain").get(pk=document.pk)


def _hold(cooperative: Cooperative) -> None:
    """One person at a time gives numbers in an archive."""
    Cooperative.objects.select_for_update(of=("self",), no_key=True).get(pk=cooperative.pk)


def _judged(file: File | None) -> tuple[str, bytes]:
    if file is None:
        return "", b""
    try:
        return fit(file.content)
    except Unfit as unfit:
        raise Refused([unfit.reason]) from None
