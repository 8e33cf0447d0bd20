"""Minutes on paper: the sealed sheet, a draft, and pages numbered on from a page of the stamped book."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from coop.charter.models import Cooperative
from coop.typeset import printed

from .minutes_blocks import blocks
from .models import Meeting, SealedMinutes


def paper_of(sealed: SealedMinutes) -> bytes:
    """The PDF/A of sealed minutes: hash, checkpoint of the journal and page number at the foot of every page."""
    minutes = sealed.minutes
    with translation.override(minutes.language):
        foot = [
            _("No. %(number)s in the book of minutes") % {"number": sealed.number},
            _("Fingerprint %(hash)s") % {"hash": sealed.hash},
            _("Journal at entry %(sequence)s: %(hash)s")
            % {"sequence": sealed.journal_sequence, "hash": sealed.journal_hash},
        ]
    day = minutes.meeting.cooperative.day_of(sealed.sealed_at)
    return printed(
        "minutes", sheet(minutes.meeting, sealed.text, language=minutes.language, day=day, foot=foot)
    )


def sheet(
    meeting: Meeting,
    text: str,
    *,
    language: str,
    day: datetime.date,
    foot: list[str],
    mark: str = "",
    first_page: int = 0,
) -> dict[str, Any]:
    """What the template wants. `mark`: a word across the head of each page; `first_page`: of the stamped book, or 0."""
    cooperative: Cooperative = meeting.cooperative
    return {
        "title": meeting.label,
        "house": cooperative.legal_name,
        "lang": language.partition("-")[0],
        "date": day.isoformat(),
        "foot": foot,
        "mark": mark,
        "first": first_page,
        "blocks": [
            block._asdict() | {"runs": [run._asdict() for run in block.runs]} for block in blocks(text)
        ],
    }
