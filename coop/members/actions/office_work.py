"""What the register office keeps for its own work: views of the list."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.refusals import refuse_if

from ..models import Member, SavedView
from ..office_rules import obstacles_to_dropping_view, obstacles_to_saving_view


@transaction.atomic
def save_view(*, name: str, query: str, by: Member, at: datetime.datetime) -> SavedView:
    """Keeps a search of the register under a name. The journal, which everybody reads, tells neither."""
    refuse_if(obstacles_to_saving_view(name, by=by, at=at))
    view = SavedView.objects.create(
        cooperative=by.cooperative, name=name, query=query, made_by=by, made_at=at
    )
    write(by.cooperative.chain, verb="view-kept", subject=_subject(view), by=by.actor, at=at)
    return view


@transaction.atomic
def drop_view(*, view: SavedView, by: Member, at: datetime.datetime) -> None:
    refuse_if(obstacles_to_dropping_view(view, by=by, at=at))
    subject = _subject(view)
    view.delete()
    write(by.cooperative.chain, verb="view-dropped", subject=subject, by=by.actor, at=at)


def _subject(view: SavedView) -> Subject:
    return Subject("view", str(view.pk), str(view.pk))
