"""Going on with the numbers of the old book."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions import confirm_entry, turn_down_entry
from coop.members.actions.bodies import locked
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..models import LastInBook
from ..numbering import obstacles_to_confirming_last, obstacles_to_going_on


def _subject(entry: LastInBook) -> Subject:
    return Subject("last-in-book", str(entry.pk), str(entry))


@transaction.atomic
def go_on_from_book(
    *, body: Body, year: int, last: int, source: str, by: Member, at: datetime.datetime
) -> LastInBook:
    """In the book the meetings of `body` in `year` end at number `last`; it waits for a second person."""
    body = locked(body.pk)
    refuse_if(obstacles_to_going_on(body, year=year, last=last, by=by, at=at))
    entry = LastInBook.objects.create(
        cooperative=body.cooperative,
        body=body,
        year=year,
        last=last,
        source=one_line(source),
        entered_by=by,
        entered_at=at,
        entered_on=body.cooperative.day_of(at),
    )
    _tell(entry, body, verb="last-number-entered", by=by, at=at, source=entry.source)
    return entry


@transaction.atomic
def confirm_last(*, entry: LastInBook, by: Member, at: datetime.datetime) -> None:
    """Somebody else has looked at the last page: the next meeting called here goes on from there."""
    body = locked(entry.body_id)
    entry = LastInBook.objects.select_related("body").get(pk=entry.pk)
    refuse_if(obstacles_to_confirming_last(entry, by=by, at=at))
    confirm_entry(entry=entry, by=by, at=at)
    _tell(entry, body, verb="last-number-confirmed", by=by, at=at, source=entry.source)


@transaction.atomic
def turn_down_last(*, entry: LastInBook, because: str, by: Member, at: datetime.datetime) -> None:
    body = locked(entry.body_id)
    turn_down_entry(entry=entry, because=because, by=by, at=at)
    _tell(entry, body, verb="last-number-turned-down", by=by, at=at, because=because.strip())


def _tell(
    entry: LastInBook, body: Body, *, verb: str, by: Member, at: datetime.datetime, **facts: str
) -> None:
    write(body.cooperative.chain, verb=verb, subject=_subject(entry), by=by.actor, at=at, facts=facts)
