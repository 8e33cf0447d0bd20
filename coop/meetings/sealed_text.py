"""What follows after the text of the minutes: entries and signatures, as they are sealed with it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.asked_often import Often, given
from coop.decisions.models import MinorityStatement

from .literal import LINE_END, literal
from .minutes_head import moment
from .models import AgendaItem, Meeting, Minutes, MinutesEntry, SealedMinutes


def sealed_text(sealed: SealedMinutes) -> str:
    """The whole sheet, in the language of the minutes: the text letter by letter, entries, signatures, the seal."""
    minutes = sealed.minutes
    with translation.override(minutes.language):
        parts = [minutes.text.rstrip("\n"), *_said(minutes), *_minority(minutes)]
        parts += [*_signed(sealed), *_seal(sealed)]
        return "\n\n".join(part for part in parts if part) + "\n"


def entry_in_words(minutes: Minutes, entry: MinutesEntry) -> str:
    """Its head in bold, and what was written, as typed."""
    about = _(", item %(number)s") % {"number": entry.item_number} if entry.item_number else ""
    what = str(entry.get_kind_display())
    if entry.upheld is not None and entry.answers is not None:
        found = (
            _("finding on objection %(number)s: upheld")
            if entry.upheld
            else _("finding on objection %(number)s: not upheld")
        )
        what = found % {"number": entry.answers.number}
    head = _("%(number)s. %(what)s%(about)s. %(name)s, %(when)s") % {
        "number": entry.number,
        "what": what[:1].upper() + what[1:],
        "about": about,
        "name": entry.by.name,
        "when": moment(minutes.meeting, entry.at),
    }
    day = f"{date_format(entry.happened_on, 'DATE_FORMAT')}: {entry.document}" if entry.happened_on else ""
    lines = [literal(line) for line in LINE_END.split(entry.text) if line.strip()]
    return "\n\n".join(part for part in [f"**{literal(head)}**", literal(day), *lines] if part)


def _said(minutes: Minutes) -> list[str]:
    entries = list(minutes.entries.select_related("by", "answers"))
    if not entries:
        return []
    return ["## " + _("Said to these minutes"), *(entry_in_words(minutes, entry) for entry in entries)]


def said_beside(meeting: Any) -> QuerySet[MinorityStatement]:
    """`meeting`: the key of one, or the place of it in a question."""
    decided = AgendaItem.objects.filter(meeting_id=meeting).exclude(decision=None)
    return MinorityStatement.objects.filter(decision__in=decided.values("decision"))


STATEMENTS = Often(
    lambda: said_beside(given("meeting")).select_related("member", "decision__body"), told=True
)


def statements_of(meeting: Meeting) -> list[MinorityStatement]:
    """What the minority says beside the decisions of a meeting."""
    return STATEMENTS.all(meeting=meeting.pk)


def _minority(minutes: Minutes) -> list[str]:
    parts = []
    for one in statements_of(minutes.meeting):
        head = _("On %(decision)s. %(name)s, %(when)s") % {
            "decision": one.decision.label,
            "name": one.member.name,
            "when": moment(minutes.meeting, one.given_at),
        }
        lines = [literal(line) for line in LINE_END.split(one.text) if line.strip()]
        parts.append("\n\n".join([f"**{literal(head)}**", *lines]))
    return ["## " + _("Minority statements"), *parts] if parts else []


def _signed(sealed: SealedMinutes) -> list[str]:
    minutes = sealed.minutes
    parts = ["## " + _("Approval")]
    if sealed.approved_in is not None:
        words = _("Approved by a vote of %(meeting)s, item %(number)s.")
        parts.append(
            words
            % {"meeting": literal(sealed.approved_in.meeting.label), "number": sealed.approved_in.number}
        )
    words = _("%(name)s, %(role)s, signed on %(when)s.")
    parts.append(
        "\n".join(
            "- "
            + words
            % {
                "name": literal(one.member.name),
                "role": one.get_role_display(),
                "when": moment(minutes.meeting, one.signed_at),
            }
            for one in minutes.signatures.select_related("member")
        )
    )
    return parts


def _seal(sealed: SealedMinutes) -> list[str]:
    minutes = sealed.minutes
    words = _("Number %(number)s in the book of minutes of %(body)s. Sealed by %(name)s on %(when)s.")
    closed = [
        _("Closed part of item %(number)s: fingerprint %(hash)s")
        % {"number": one.item_number, "hash": one.hash}
        for one in minutes.closed_parts.all()
    ]
    return [
        "---",
        words
        % {
            "number": sealed.number,
            "body": literal(sealed.body.name),
            "name": literal(sealed.sealed_by.name),
            "when": moment(minutes.meeting, sealed.sealed_at),
        },
        _("Fingerprint of the text as it was circulated: %(hash)s") % {"hash": minutes.hash},
        *closed,
        _("The journal stood at entry %(sequence)s: %(hash)s")
        % {"sequence": sealed.journal_sequence, "hash": sealed.journal_hash},
    ]


def hash_of_entry(entry: MinutesEntry) -> str:
    """Of everything an entry says."""
    said = [
        str(entry.number),
        entry.kind,
        str(entry.item_number or ""),
        entry.text,
        "" if entry.upheld is None else str(entry.upheld),
        str(entry.answers_id or ""),
        str(entry.happened_on or ""),
        entry.document,
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
