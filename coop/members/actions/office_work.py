"""What the register office keeps for its own work: views of the list, and hours for the limit on hiring."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.refusals import refuse_if

from ..hired import Hours
from ..models import Member, SavedView, WorkedHours
from ..rules.office_work import (
    obstacles_to_dropping_view,
    obstacles_to_entering_hours,
    obstacles_to_saving_view,
)


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


@transaction.atomic
def enter_hours(
    *, year: int, quarter: int, hours: Hours, source: str, by: Member, at: datetime.datetime
) -> WorkedHours:
    """The hours of a quarter. What was entered for it before stays on record; the latest entry counts."""
    refuse_if(obstacles_to_entering_hours(year, quarter, hours, source=source, by=by, at=at))
    entered = WorkedHours.objects.create(
        cooperative=by.cooperative,
        year=year,
        quarter=quarter,
        **hours._asdict(),
        source=source.strip(),
        entered_at=at,
        entered_by=by,
    )
    write(
        by.cooperative.chain,
        verb="hours-entered",
        subject=Subject("hours", str(entered.pk), str(entered)),
        by=by.actor,
        at=at,
        facts={**hours._asdict(), "source": source.strip()},
    )
    return entered


def _subject(view: SavedView) -> Subject:
    return Subject("view", str(view.pk), str(view.pk))
