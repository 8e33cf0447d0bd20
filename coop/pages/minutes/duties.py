"""What minutes ask of people: to be written in time, objections answered, signed, sealed, sent."""

from __future__ import annotations

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.meetings.minutes_rules import Kind, Role, by_vote
from coop.meetings.models import Attendance, Minutes, MinutesEntry, MinutesSignature, Signer, SittingOffice
from coop.members.models import Body, Power

from ..access import Here, acting
from ..asked_here import asked
from ..stories import Duty, Story
from ..timetable import say_day, say_distance

MOST = 10  # of each on the front page; the oldest first


def duties(here: Here) -> list[Story]:
    """For whoever holds an office: objections to answer; minutes to seal, and to send."""
    return [*_to_answer(here), *_to_seal(here), *_to_send(here)]


def to_sign(here: Here) -> list[Story]:
    """For everybody: minutes on which a line waits for this person. One query.

    Whoever chairs or records the body and was there signs, unless somebody was named for the day or has signed.
    """
    return [
        _story(here, minutes, _("Minutes to sign"), _("waits for your signature"))
        for minutes in asked(here, unsigned)
    ]


def unsigned(here: Here) -> QuerySet[Minutes]:
    if by_vote(here.bylaws):
        return Minutes.objects.none()
    me = acting(here)
    mine = Q(Exists(Signer.objects.filter(meeting=OuterRef("meeting"), member=me)))
    mine |= Q(Exists(SittingOffice.objects.filter(sitting__meeting=OuterRef("meeting"), member=me)))
    there = Exists(Attendance.objects.filter(meeting=OuterRef("meeting"), member=me))
    for power, role in ((Power.CHAIR, Role.CHAIR), (Power.RECORD_MINUTES, Role.SECRETARY)):
        named = SittingOffice.objects.filter(sitting__meeting=OuterRef("meeting"), power=power)
        given = MinutesSignature.objects.filter(minutes=OuterRef("pk"), role=role)
        mine |= (
            here.powers.over(power, field="meeting__body") & Q(there) & ~Q(Exists(named)) & ~Q(Exists(given))
        )
    signed = MinutesSignature.objects.filter(minutes=OuterRef("pk"), member=me)
    waiting = Minutes.objects.filter(mine, _minutes(here), sealed=None).exclude(Exists(signed))
    return waiting.select_related("meeting__body").order_by("closed_at")[:MOST]


def _recorded(here: Here) -> Q:
    return here.powers.over(Power.RECORD_MINUTES, field="meeting__body")


def _minutes(here: Here) -> Q:
    return Q(meeting__cooperative=here.cooperative)


def _to_answer(here: Here) -> list[Story]:
    open_ones = MinutesEntry.objects.filter(
        here.powers.over(Power.RUN_ELECTIONS, field="minutes__meeting__body"),
        minutes__meeting__cooperative=here.cooperative,
        kind=Kind.OBJECTION,
        finding=None,
    )
    found = open_ones.exclude(by=acting(here)).select_related("minutes__meeting__body").order_by("at")
    return [
        _story(here, entry.minutes, _("Objection to minutes"), _("waits for the commission"))
        for entry in found[:MOST]
    ]


def _to_seal(here: Here) -> list[Story]:
    waiting = Minutes.objects.filter(
        _minutes(here),
        _recorded(here),
        sealed=None,
        objections_until__lt=here.at,
    )
    found = waiting.select_related("meeting__body").order_by("closed_at")
    return [
        _story(here, minutes, _("Minutes to seal"), _("the days for objections are over"))
        for minutes in found[:MOST]
    ]


def _to_send(here: Here) -> list[Story]:
    """Sealed, and the public authority waits for a copy: of assemblies, where the bylaws send any."""
    if not here.bylaws.minutes_authority_days:
        return []
    sent = MinutesEntry.objects.filter(minutes=OuterRef("pk"), kind=Kind.SENT)
    waiting = Minutes.objects.filter(_minutes(here), _recorded(here), sealed__isnull=False)
    waiting = waiting.filter(meeting__body__kind__in=[Body.Kind.ASSEMBLY, Body.Kind.CONGRESS])
    found = waiting.exclude(Exists(sent)).annotate(ended=F("meeting__closed_at"))
    stories = []
    for minutes in found.select_related("meeting__body").order_by("closed_at")[:MOST]:
        last = here.cooperative.day_of(minutes.ended) + datetime.timedelta(
            days=here.bylaws.minutes_authority_days
        )
        words = _("at the latest on %(day)s (%(distance)s)")
        meta = words % {"day": say_day(last), "distance": say_distance(here.day, last)}
        told = _("Minutes to send"), _("to the public authority"), meta
        stories.append(_story(here, minutes, *told, until=last))
    return stories


def _story(
    here: Here, minutes: Minutes, kicker: str, word: str, meta: str = "", until: datetime.date | None = None
) -> Story:
    return Duty(
        kicker=kicker,
        headline=str(minutes.meeting),
        address=reverse("minutes", args=[here.cooperative.slug, minutes.meeting_id]),
        word=word,
        shape="late" if until and until < here.day else "waiting",
        meta=meta,
        until=until,
    )
