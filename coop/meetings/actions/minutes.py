"""The secretary's text per item, and closing the minutes, which freezes them."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Chain
from coop.members.folding import fold
from coop.members.models import Member
from coop.refusals import refuse_if

from ..minutes import compose, hash_of_closed, language_of
from ..minutes_blocks import plain
from ..models import AgendaItem, ClosedPart, ItemNote, Meeting, Minutes, Sitting, UnsavedNote
from ..notes import obstacles_in_note, tidy
from ..rules.minutes import obstacles_to_closing_minutes, obstacles_to_writing_note
from .locks import locked, subject_of


@transaction.atomic
def write_note(
    *,
    item: AgendaItem,
    sitting: Sitting | None = None,
    text: str,
    revision: int,
    by: Member,
    at: datetime.datetime,
) -> ItemNote:
    """Saves the text of one item, in one sitting or as a whole. `revision`: the one on the writer's screen (0: none
    yet); an older is refused."""
    meeting = locked(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    item.meeting = meeting
    text = tidy(text)
    refuse_if(
        obstacles_to_writing_note(item, sitting=sitting, revision=revision, by=by, at=at)
        + obstacles_in_note(text)
    )
    note, _made = ItemNote.objects.update_or_create(
        item=item,
        sitting=sitting,
        defaults={
            "text": text,
            "revision": revision + 1,
            "written_by": by,
            "written_at": at,
        },
    )
    UnsavedNote.objects.filter(item=item, sitting=sitting, writer=by).delete()
    write(
        meeting.cooperative.chain,
        verb="note-written",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"item": item.place, "revision": note.revision, "text_hash": _hash(note.text)},
    )
    return note


@transaction.atomic
def close_minutes(*, meeting: Meeting, by: Member, at: datetime.datetime) -> Minutes:
    """Circulates the minutes: the composed text is frozen with its hash and the head of the journal. From here the days
    for objections run, and only new entries can correct it. What is closed is kept apart, the text holds its hash."""
    meeting = locked(meeting)
    refuse_if(obstacles_to_closing_minutes(meeting, by=by, at=at))
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    language = language_of(meeting)
    closed: list[ClosedPart] = []

    def kept_apart(item: AgendaItem, words: str) -> str:
        salt = secrets.token_hex(16)
        part = ClosedPart(item_number=item.number, salt=salt, text=words, hash=hash_of_closed(salt, words))
        closed.append(part)
        return "*" + _("Closed part, kept apart; its fingerprint: %(hash)s") % {"hash": part.hash} + "*"

    text = compose(meeting, language=language, veil=kept_apart)
    write(
        meeting.cooperative.chain,
        verb="minutes-closed",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"hash": _hash(text)},
    )
    head = Chain.objects.get(pk=meeting.cooperative.chain_id)
    minutes = Minutes.objects.create(
        meeting=meeting,
        text=text,
        hash=_hash(text),
        language=language,
        closed_by=by,
        closed_at=at,
        journal_sequence=head.head_sequence,
        journal_hash=head.head_hash,
        objections_until=at + datetime.timedelta(days=bylaws.minutes_objection_days),
        searched=fold(plain(text)),
    )
    for part in closed:
        part.minutes = minutes
    ClosedPart.objects.bulk_create(closed)
    UnsavedNote.objects.filter(item__meeting=meeting).delete()
    return minutes


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
