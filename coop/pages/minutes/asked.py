"""What the page of minutes asks once: the meeting with its minutes and seal, and what there is around them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.db.models import Exists, Q, QuerySet

from coop.asked_often import Often, given
from coop.meetings.asked import named
from coop.meetings.models import (
    AgendaItem,
    Attendance,
    ClosedPart,
    Meeting,
    Minutes,
    MinutesEntry,
    MinutesSignature,
    SealedMinutes,
    Signer,
    SittingOffice,
)
from coop.meetings.sealed_text import said_beside
from coop.members.models import Power

from .. import access
from ..access import Here, acting


@dataclass(frozen=True)
class AtAll:
    """Of minutes and whoever reads them. What there is none of is not asked for."""

    records_today: bool  # whoever reads: named to, for one of the sittings
    was_there: bool  # whoever reads
    any_named: bool  # to chair or record a sitting, whoever
    any_chosen: bool  # to sign
    any_votes: bool
    any_statements: bool
    any_entries: bool
    any_signatures: bool
    any_closed: bool  # parts that not everybody reads


@dataclass(frozen=True)
class Found:
    """A meeting with its minutes, once they were circulated, and their seal."""

    meeting: Meeting
    closed: Minutes | None
    sealed: SealedMinutes | None
    has: AtAll


def found(here: Here, key: int) -> Found:
    """As `access.meeting`, `access.minutes_of` and `sealed_of` answer one by one: a question for all readers, and one
    about this one."""
    meeting = access.meeting_shown(here, QUESTION.first(key=key, cooperative=here.cooperative.pk))
    closed: Minutes | None = getattr(meeting, "minutes", None)
    sealed: SealedMinutes | None = getattr(closed, "sealed", None)
    if sealed is not None and sealed.approved_in_id is not None:
        sealed.approved_in = APPROVED_IN.first(key=sealed.approved_in_id)
    of_reader = READER.first(key=key, member=acting(here).pk) or (False, False)
    has = AtAll(*of_reader, *(getattr(meeting, one.name) for one in fields(AtAll)[len(of_reader) :]))
    return Found(meeting, closed, sealed, has)


def _question() -> QuerySet[Meeting]:
    this = given("key")
    of_these = Q(minutes__meeting=this)
    voted = Q(decision__ballot__isnull=False) | Q(ballot__isnull=False)
    there_is = {
        "any_named": SittingOffice.objects.filter(sitting__meeting=this),
        "any_chosen": Signer.objects.filter(meeting=this),
        "any_votes": AgendaItem.objects.filter(voted, meeting=this),
        "any_statements": said_beside(this),
        "any_entries": MinutesEntry.objects.filter(of_these),
        "any_signatures": MinutesSignature.objects.filter(of_these),
        "any_closed": ClosedPart.objects.filter(of_these),
    }
    return (
        access.one_meeting()
        .select_related("minutes__closed_by", "minutes__sealed__sealed_by")
        .defer("minutes__searched", "minutes__sealed__pdf")
        .annotate(**{name: Exists(one) for name, one in there_is.items()})
    )


def _reader() -> QuerySet[Meeting, tuple[bool, bool]]:
    this, me = given("key"), given("member")
    records_today = Exists(named(this, me).filter(power=Power.RECORD_MINUTES))
    was_there = Exists(Attendance.objects.filter(meeting=this, member=me))
    return Meeting.objects.filter(pk=this).order_by().values_list(records_today, was_there)


QUESTION, READER = Often(_question, told=True), Often(_reader)
APPROVED_IN = Often(
    lambda: AgendaItem.objects.select_related("meeting__body").filter(pk=given("key")), told=True
)
