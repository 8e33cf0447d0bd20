"""Do circulated and sealed minutes still say what the journal holds? Recomputes every hash and compares.

Whoever may switch triggers off can change a text and the hash beside it. The line of the journal that was written when
it was circulated, sealed or entered holds the hash too, and the journal's own chain says whether that line was changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from coop.journal.models import Chain, Entry

from .minutes import hash_of_closed
from .models import ClosedPart, Minutes, MinutesEntry, MinutesSignature, SealedMinutes
from .sealed_text import hash_of_entry

ENTERED = (
    "minutes-objection",
    "minutes-dissent",
    "minutes-finding",
    "minutes-correction",
    "minutes-copied",
    "minutes-sent",
    "minutes-challenged",
)


def faults(chain: Chain) -> Iterator[str]:
    """A sentence for everything that differs."""
    told = _told(chain)
    for minutes in Minutes.objects.filter(meeting__cooperative__chain=chain).select_related("meeting__body"):
        yield from _of_text(minutes, told)
    sealed = SealedMinutes.objects.filter(minutes__meeting__cooperative__chain=chain)
    for one in sealed.select_related("minutes__meeting__body").iterator(chunk_size=20):
        yield from _of_seal(one, told)
    entries = MinutesEntry.objects.filter(minutes__meeting__cooperative__chain=chain)
    for entry in entries.select_related("minutes__meeting__body"):
        expected = told.pop((str(entry.minutes.meeting_id), "entry", entry.number), None)
        if expected != (hash_of_entry(entry),):
            words = _("minutes %(label)s: entry %(number)s is not what was entered")
            yield words % {"label": entry.minutes.meeting.label, "number": entry.number}
    signatures = MinutesSignature.objects.filter(minutes__meeting__cooperative__chain=chain)
    for given in signatures.select_related("minutes__meeting__body", "member"):
        key = (str(given.minutes.meeting_id), f"signed {given.role}", given.member.number)
        if told.pop(key, None) != (given.hash,) or given.hash != given.minutes.hash:
            words = _("minutes %(label)s: the signature of member %(number)s is not the one that was given")
            yield words % {"label": given.minutes.meeting.label, "number": given.member.number}
    for (_meeting, what, number), _hashes in sorted(told.items(), key=str):
        words = _("minutes of meeting %(meeting)s: %(what)s %(number)s is gone")
        yield words % {"meeting": _meeting, "what": what, "number": number or ""}


def _told(chain: Chain) -> dict[tuple[str, str, int], tuple[str, ...]]:
    """What the journal says: by meeting, what it is about, and its number."""
    verbs = ("minutes-closed", "minutes-sealed", "minutes-signed", *ENTERED)
    found: dict[tuple[str, str, int], tuple[str, ...]] = {}
    for line in Entry.objects.filter(chain=chain, verb__in=verbs).order_by("sequence"):
        facts, meeting = line.facts, line.subject_id
        if line.verb == "minutes-closed":
            found[meeting, "text", 0] = (facts["hash"],)
        elif line.verb == "minutes-sealed":
            found[meeting, "seal", facts["book_number"]] = (facts["hash"], facts["pdf_hash"])
        elif line.verb == "minutes-signed":
            for role in facts["roles"]:
                found[meeting, f"signed {role}", facts["member"]] = (facts["hash"],)
        else:
            found[meeting, "entry", facts["entry"]] = (facts["hash"],)
    return found


def _of_text(minutes: Minutes, told: dict[tuple[str, str, int], tuple[str, ...]]) -> Iterator[str]:
    label = minutes.meeting.label
    if told.pop((str(minutes.meeting_id), "text", 0), None) != (_sha(minutes.text),):
        yield _("minutes %(label)s: the text is not the one that was circulated") % {"label": label}
    for part in ClosedPart.objects.filter(minutes=minutes):
        if hash_of_closed(part.salt, part.text) != part.hash or part.hash not in minutes.text:
            words = _("minutes %(label)s: the closed part of item %(number)s is not the one that was kept")
            yield words % {"label": label, "number": part.item_number}


def _of_seal(sealed: SealedMinutes, told: dict[tuple[str, str, int], tuple[str, ...]]) -> Iterator[str]:
    label = sealed.minutes.meeting.label
    expected = told.pop((str(sealed.minutes.meeting_id), "seal", sealed.number), ("", ""))
    if expected[0] != _sha(sealed.text):
        yield _("minutes %(label)s: the sealed text was changed") % {"label": label}
    if expected[1] != hashlib.sha256(sealed.pdf).hexdigest():
        yield _("minutes %(label)s: the sealed paper (PDF) was changed") % {"label": label}
    if expected != (sealed.hash, sealed.pdf_hash):
        yield _("minutes %(label)s: a fingerprint beside the seal was changed") % {"label": label}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
