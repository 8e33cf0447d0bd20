"""Series of meetings: begun, ended, and their drafts prepared when the time has come; and the holidays they skip."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.letters import one_line
from coop.members.models import Body, Member
from coop.refusals import Reason, refuse_if

from ..drafts import laid_down
from ..holidays import obstacles_to_entering_holiday
from ..models import AgendaItem, Holiday, Meeting, Series, Sitting
from ..rules.calling import is_assembly
from ..series import (
    obstacles_to_beginning_series,
    obstacles_to_ending_series,
    sittings_of,
    turns_to_prepare,
)
from .copies import take_agenda_over
from .locks import subject_of
from .owed import take_up_owed
from .problems import take_up_problems


def _subject(series: Series) -> Subject:
    return Subject("series", str(series.pk), str(series))


def _locked(series: Series) -> Series:
    found = Series.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("body__cooperative", "begun_by").get(pk=series.pk)


@transaction.atomic
def begin_series(
    *,
    body: Body,
    kind: str,
    title: str,
    place: str,
    first_on: datetime.date,
    every_days: int,
    hours: Sequence[Sequence[str]],
    skips_holidays: bool = True,
    ahead_days: int = 14,
    by: Member,
    at: datetime.datetime,
) -> Series:
    """`hours`: for each turn of the rotation the hours of its sittings, "05:30" on the clock of the plant."""
    bylaws = Bylaws.in_force(body.cooperative, body.cooperative.day_of(at))
    rhythm = {"first_on": first_on, "every_days": every_days, "hours": hours, "ahead_days": ahead_days}
    refuse_if(obstacles_to_beginning_series(body, kind, **rhythm, by=by, at=at, bylaws=bylaws))  # type: ignore[arg-type]
    series = Series.objects.create(
        body=body,
        kind=kind,
        title=one_line(title),
        place=one_line(place),
        first_on=first_on,
        every_days=every_days,
        hours=[sorted(one) for one in hours],
        skips_holidays=skips_holidays,
        ahead_days=ahead_days,
        begun_by=by,
        begun_at=at,
    )
    write(
        body.cooperative.chain,
        verb="series-begun",
        subject=_subject(series),
        by=by.actor,
        at=at,
        facts={"first_on": first_on.isoformat(), "every_days": every_days, "hours": series.hours},
    )
    return series


@transaction.atomic
def end_series(*, series: Series, by: Member, at: datetime.datetime) -> Series:
    """No further draft is prepared; those that are there stay, to be called or cancelled."""
    series = _locked(series)
    refuse_if(obstacles_to_ending_series(series, by=by, at=at))
    series.ended_at = at
    series.save(update_fields=["ended_at"])
    write(series.body.cooperative.chain, verb="series-ended", subject=_subject(series), by=by.actor, at=at)
    return series


@transaction.atomic
def prepare_turns(*, series: Series, by: Actor = CLOCK, at: datetime.datetime) -> list[Meeting]:
    """The drafts that are due, each once, with the agenda of the meeting before. Idempotent; the clock does it."""
    series = _locked(series)
    before = Meeting.objects.filter(series=series).exclude(state=Meeting.State.CANCELLED)
    made = []
    for turn in turns_to_prepare(series, at):
        like = before.order_by("-series_on").first()
        meeting = Meeting.objects.create(
            cooperative=series.body.cooperative,
            body=series.body,
            kind=series.kind,
            title=series.title,
            place=series.place,
            series=series,
            series_on=turn.on,
            copied_from=like,
            prepared_by=series.begun_by,
            prepared_at=at,
        )
        planned = sittings_of(series, turn, series.body.cooperative.zone)
        Sitting.objects.bulk_create(laid_down(meeting, planned))
        if like is not None:
            take_agenda_over(meeting=meeting, like=like, by=by, at=at)
        elif is_assembly(series.body):
            AgendaItem.objects.create(
                meeting=meeting,
                number=1,
                kind=AgendaItem.Kind.SIGNERS,
                title=str(AgendaItem.Kind.SIGNERS.label),
            )
        made.append(meeting)
    for meeting in made:
        write(
            series.body.cooperative.chain,
            verb="meeting-prepared-in-series",
            subject=subject_of(meeting),
            by=by,
            at=at,
            facts={"series": str(series)},
        )
        take_up_owed(meeting=meeting, by=by, at=at)
        take_up_problems(meeting=meeting, by=by, at=at)
    return made


@transaction.atomic
def enter_holiday(
    *, cooperative: Cooperative, day: datetime.date, name: str, by: Member, at: datetime.datetime
) -> Holiday:
    """A day on which no series meets. Drafts that are there already stay as they are."""
    refuse_if(obstacles_to_entering_holiday(cooperative, day, by=by, at=at))
    holiday = Holiday.objects.create(cooperative=cooperative, day=day, name=one_line(name))
    write(
        cooperative.chain,
        verb="holiday-entered",
        subject=Subject("holiday", str(holiday.pk), str(holiday)),
        by=by.actor,
        at=at,
        facts={"day": day.isoformat()},
    )
    return holiday


@transaction.atomic
def strike_holiday(*, holiday: Holiday, by: Member, at: datetime.datetime) -> None:
    """It was no holiday after all."""
    found = Holiday.objects.select_for_update(no_key=True).filter(pk=holiday.pk).first()
    refuse_if([] if found else [Reason("holiday-gone")])
    cooperative = holiday.cooperative
    refuse_if(obstacles_to_entering_holiday(cooperative, None, by=by, at=at))
    subject = Subject("holiday", str(holiday.pk), str(holiday))
    Holiday.objects.filter(pk=holiday.pk).delete()
    facts = {"day": holiday.day.isoformat()}
    write(cooperative.chain, verb="holiday-struck", subject=subject, by=by.actor, at=at, facts=facts)
