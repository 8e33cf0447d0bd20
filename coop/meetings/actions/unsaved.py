"""What a secretary is typing, kept until it is saved; and the phrases of the co-operative."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Cooperative
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import AgendaItem, Phrase, Sitting, UnsavedNote
from ..phrase_rules import (
    obstacles_to_adding_phrase,
    obstacles_to_keeping_typed,
    obstacles_to_retiring_phrase,
)
from .locks import locked


@transaction.atomic
def keep_typed(
    *, item: AgendaItem, sitting: Sitting | None, text: str, revision: int, by: Member, at: datetime.datetime
) -> UnsavedNote:
    """Keeps what somebody types, for themselves alone: no line in the journal, nothing in the minutes."""
    item.meeting = locked(item.meeting)
    refuse_if(obstacles_to_keeping_typed(item, by=by, at=at))
    kept, _made = UnsavedNote.objects.update_or_create(
        item=item,
        sitting=sitting,
        writer=by,
        defaults={"text": text, "revision": revision, "typed_at": at},
    )
    return kept


@transaction.atomic
def drop_typed(*, item: AgendaItem, sitting: Sitting | None, by: Member, at: datetime.datetime) -> None:
    """Somebody throws away what they had typed and not saved."""
    UnsavedNote.objects.filter(item=item, sitting=sitting, writer=by, typed_at__lte=at).delete()


@transaction.atomic
def add_phrase(
    *, cooperative: Cooperative, title: str, text: str, by: Member, at: datetime.datetime
) -> Phrase:
    refuse_if(obstacles_to_adding_phrase(cooperative, title, by=by, at=at))
    phrase = Phrase.objects.create(
        cooperative=cooperative, title=title, text=text, written_by=by, written_at=at
    )
    write(
        cooperative.chain,
        verb="phrase-added",
        subject=Subject("phrase", str(phrase.pk), title),
        by=by.actor,
        at=at,
        facts={"title": title},
    )
    return phrase


@transaction.atomic
def retire_phrase(*, phrase: Phrase, by: Member, at: datetime.datetime) -> Phrase:
    """It is offered no longer; what was written with it stays."""
    phrase = (
        Phrase.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative")
        .get(pk=phrase.pk)
    )
    refuse_if(obstacles_to_retiring_phrase(phrase, by=by, at=at))
    phrase.retired_at = at
    phrase.save(update_fields=["retired_at"])
    write(
        phrase.cooperative.chain,
        verb="phrase-retired",
        subject=Subject("phrase", str(phrase.pk), phrase.title),
        by=by.actor,
        at=at,
        facts={"title": phrase.title},
    )
    return phrase
