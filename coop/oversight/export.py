"""The books as one ZIP for an outside auditor, made while it is sent: never whole in memory, never on the disk.

What is in it everybody in the house may read: the journal, decisions, circulated minutes, who held which office,
findings, counts, reports. No secrets, no birth dates, no telephones, no closed parts of minutes, nothing of the
register of members but the numbers and names of those who hold an office.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from coop.decisions.models import CarriedDecision, Decision
from coop.journal.hashing import canonical, hashed_fields
from coop.journal.models import Entry
from coop.meetings.models import Minutes
from coop.members.models import Mandate

from . import outside
from .models import AuditReport, CountSheet, Export, Finding

AT_ONCE = 500  # rows read from the database at a time
README = """{house}: the books, carried out on {day} for {whom}

journal.jsonl    every entry of the journal up to {sequence}, one line each, with its hash and the one before it
head.json        how far the journal had come, and the hash of its last entry
decisions.jsonl  every decision with its text and the hash of the text; those copied from the old books too
minutes/         the circulated text of every minutes; minutes.jsonl names their hashes
offices.jsonl    who held which office, since when, until when, by which document
findings.jsonl   what the auditor found, every answer, and how it ended
counts.jsonl     cash and stock as they were counted, line by line, and what the witness said
reports.jsonl    what the auditor wrote about the documents of an assembly
verify.py        recomputes the journal and compares every file: python verify.py

An entry is hashed as JSON with sorted keys and without spaces, in UTF-8, by SHA-256, without its own "hash".
Somebody who may change the database can write the whole journal anew. Compare the hash of an entry with a checkpoint
that was kept elsewhere: printed below minutes, or on the notice board.
"""


class _Pipe(io.RawIOBase):
    """What the zip writes, to be taken away piece by piece; it cannot be wound back."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self.held = b"".join(self.held), []
        return taken


def pieces(export: Export) -> Iterator[bytes]:
    """The bytes of the ZIP, in order."""
    pipe, sums = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in _files(export):
            mark = hashlib.sha256()
            with archive.open(_info(name, export.at), "w") as file:
                for chunk in chunks:
                    mark.update(chunk)
                    file.write(chunk)
                    yield pipe.take()
            sums.append(f"{mark.hexdigest()}  {name}\n")
        archive.writestr(_info("SHA256SUMS", export.at), "".join(sums))
    yield pipe.take()


def _info(name: str, at: datetime.datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=at.astimezone(datetime.UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _files(export: Export) -> Iterator[tuple[str, Iterable[bytes]]]:
    cooperative = export.cooperative
    told = {
        "house": cooperative.legal_name,
        "day": cooperative.day_of(export.at).isoformat(),
        "whom": export.for_whom,
        "sequence": export.sequence,
    }
    yield "README.txt", [README.format(**told).encode()]
    yield "verify.py", [Path(outside.__file__).read_bytes()]
    yield "head.json", [canonical({"sequence": export.sequence, "hash": export.hash})]
    yield "journal.jsonl", _journal(export)
    yield "decisions.jsonl", _decisions(export)
    written = Minutes.objects.filter(meeting__cooperative=cooperative, closed_at__lte=export.at)
    written = written.select_related("meeting__body").order_by("pk")
    for one in written.iterator(chunk_size=20):
        yield _file_of(one), [one.text.encode()]
    yield "minutes.jsonl", _index(written)
    yield "offices.jsonl", _offices(export)
    yield "findings.jsonl", _findings(export)
    yield "counts.jsonl", _counts(export)
    yield "reports.jsonl", _reports(export)


def _line(facts: dict[str, Any]) -> bytes:
    return canonical(facts) + b"\n"


def _journal(export: Export) -> Iterator[bytes]:
    chain = export.cooperative.chain
    entries = Entry.objects.filter(chain=chain, sequence__lte=export.sequence).order_by("sequence")
    for entry in entries.iterator(chunk_size=AT_ONCE):
        fields = hashed_fields(entry, chain=chain.label)
        # The same spelling as the one that is hashed, so that what is read back is what was hashed.
        yield _line(json.loads(canonical(fields)) | {"hash": entry.hash})


def _decisions(export: Export) -> Iterator[bytes]:
    found = Decision.objects.select_related("body").filter(
        cooperative=export.cooperative, number__isnull=False
    )
    for one in found.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield _line(
            {
                "label": one.label,
                "body": one.body.name,
                "title": one.title,
                "outcome": one.outcome,
                "decided_at": one.decided_at,
                "text": one.final_text,
                "text_hash": one.adopted_hash or one.text_hash,
            }
        )
    copied = CarriedDecision.objects.select_related("body").filter(
        cooperative=export.cooperative, confirmed_at__isnull=False
    )
    for old in copied.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield _line(
            {
                "label": f"D {old.body.code} {old.year}-{old.number}",
                "body": old.body.name,
                "title": old.title,
                "outcome": old.outcome,
                "decided_on": old.decided_on,
                "text": old.text,
                "text_hash": old.text_hash,
                "source": old.source,
                "replaced": old.replaced_at is not None,
            }
        )


def _file_of(one: Minutes) -> str:
    code = re.sub(r"[^A-Za-z0-9-]", "_", one.meeting.body.code)
    return f"minutes/{code}-{one.meeting.year}-{one.meeting.number}.md"


def _index(written: Any) -> Iterator[bytes]:
    for one in written.defer("text").iterator(chunk_size=AT_ONCE):
        yield _line(
            {
                "meeting": one.meeting.label,
                "file": _file_of(one),
                "hash": one.hash,
                "circulated_at": one.closed_at,
                "journal_sequence": one.journal_sequence,
                "journal_hash": one.journal_hash,
            }
        )


def _offices(export: Export) -> Iterator[bytes]:
    held = Mandate.objects.filter(member__cooperative=export.cooperative, confirmed_at__isnull=False)
    for one in (
        held.select_related("member", "seat__office__body").order_by("pk").iterator(chunk_size=AT_ONCE)
    ):
        yield _line(
            {
                "body": one.seat.office.body.name,
                "office": one.seat.office.title,
                "seat": one.seat.number,
                "alternate": one.seat.alternate,
                "number": one.member.number,
                "name": one.member.name,
                "since": one.since,
                "until": one.until,
                "begun": one.begun,
                "document": one.document,
                "ended": one.ended,
            }
        )


def _findings(export: Export) -> Iterator[bytes]:
    found = Finding.objects.filter(cooperative=export.cooperative, written_at__lte=export.at)
    for one in found.select_related("body", "office", "written_by").prefetch_related("words__said_by"):
        yield _line(
            {
                "label": one.label,
                "title": one.title,
                "text": one.text,
                "article": one.article,
                "rule": one.rule,
                "about": one.about_label,
                "to": one.office.title if one.office else one.body.name,
                "written_by": one.written_by.name,
                "written_at": one.written_at,
                "answer_by": one.answer_by,
                "state": one.state,
                "closing": one.closing,
                "said": [
                    {"side": said.side, "by": said.said_by.name, "at": said.said_at, "text": said.text}
                    for said in one.words.all()
                ],
            }
        )


def _counts(export: Export) -> Iterator[bytes]:
    found = CountSheet.objects.filter(cooperative=export.cooperative, filed_at__lte=export.at)
    found = found.select_related("filed_by", "witness").prefetch_related("lines").order_by("pk")
    for one in found.iterator(chunk_size=AT_ONCE):
        yield _line(
            {
                "label": one.label,
                "kind": one.kind,
                "title": one.title,
                "counted_on": one.counted_on,
                "note": one.note,
                "book": _amount(one.book),
                "counted": _amount(one.counted),
                "filed_by": one.filed_by.name,
                "filed_at": one.filed_at,
                "witness": one.witness.name,
                "signed_at": one.signed_at,
                "agrees": one.agrees,
                "says": one.says,
                "lines": [
                    {
                        "worth": _amount(line.worth),
                        "pieces": line.pieces,
                        "thing": line.thing,
                        "unit": line.unit,
                        "book": _amount(line.book),
                        "counted": _amount(line.counted),
                    }
                    for line in one.lines.all()
                ],
            }
        )


def _amount(amount: Decimal | None) -> str | None:
    """As text: JSON has no exact numbers."""
    return None if amount is None else str(amount)


def _reports(export: Export) -> Iterator[bytes]:
    found = AuditReport.objects.filter(
        cooperative=export.cooperative, written_at__lte=export.at, meeting__number__isnull=False
    )
    found = found.select_related("meeting__body", "written_by").order_by("pk")
    for one in found.iterator(chunk_size=AT_ONCE):
        yield _line(
            {
                "meeting": one.meeting.label,
                "title": one.title,
                "text": one.text,
                "written_by": one.written_by.name,
                "written_at": one.written_at,
            }
        )
