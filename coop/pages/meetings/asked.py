"""What the page of a meeting asks: a question for all readers, with which of its parts have anything, and one about
this one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from coop.asked_often import Often, Said, given
from coop.ballots.models import Tally
from coop.ballots.rules.registers import lines_of
from coop.meetings.asked import named
from coop.meetings.models import Action, AgendaItem, Meeting, Minutes, SecrecyDemand
from coop.meetings.rules.leading import LEADING
from coop.oversight.models import AuditReport
from coop.proposals.models import Proposal

from .. import access
from ..access import Here, acting


@dataclass(frozen=True)
class Parts:
    """Of a meeting, whoever reads it."""

    any_minutes: bool
    any_agreed: bool  # for whomever
    any_reports: bool
    takes_up_actions: bool  # of earlier meetings
    goes_through_problems: bool
    any_votes: bool
    any_counted: bool
    any_amendments_of_budgets: bool


@dataclass(frozen=True)
class Came:
    """That the reader came to it, and whether they are out again."""

    arrived_at: datetime.datetime
    left_at: datetime.datetime | None
    votes: bool


@dataclass(frozen=True)
class Reader:
    leads_today: bool  # named to, for one of its sittings
    on_the_register: bool
    any_ask_for_secrecy: bool  # anybody, not the reader; but it is told nowhere, so it is asked each time
    came: Came | None


@dataclass(frozen=True)
class Found:
    """A meeting. `said`: everything the database says of it, but for what hangs on the reader."""

    meeting: Meeting
    said: Said
    parts: Parts


def found(here: Here, key: int) -> Found:
    """As `access.meeting`."""
    answer = QUESTION.answer(key=key, cooperative=here.cooperative.pk)
    meeting = access.meeting_shown(here, next(iter(answer.read()), None))
    return Found(meeting, answer.said, Parts(*(getattr(meeting, one.name) for one in fields(Parts))))


def reader(here: Here, meeting: Meeting) -> Reader:
    answer = READER.first(meeting=meeting.pk, member=acting(here).pk)
    if answer is None:
        return Reader(False, False, False, None)
    leads, on_the_register, secrecy, arrived_at, left_at, votes = answer
    return Reader(leads, on_the_register, secrecy, Came(arrived_at, left_at, votes) if arrived_at else None)


def _question() -> QuerySet[Meeting]:
    this = given("key")
    items = AgendaItem.objects.filter(meeting=this)
    votes = items.filter(decision__isnull=False).values("decision__ballot")
    there_is = {
        "any_minutes": Minutes.objects.filter(meeting=this),
        "any_agreed": Action.objects.filter(item__meeting=this),
        "any_reports": AuditReport.objects.filter(meeting=this),
        "takes_up_actions": items.filter(kind=AgendaItem.Kind.ACTIONS),
        "goes_through_problems": items.filter(kind=AgendaItem.Kind.PROBLEMS),
        "any_votes": votes,
        "any_counted": Tally.objects.filter(question__ballot__in=votes),
        "any_amendments_of_budgets": items.filter(part__gt=0, proposal__kind=Proposal.Kind.BUDGET),
    }
    return access.one_meeting().annotate(**{name: Exists(one) for name, one in there_is.items()})


def _reader() -> QuerySet[Meeting, Any]:
    this, me = OuterRef("pk"), given("member")
    came = FilteredRelation("attendances", condition=Q(attendances__member=me))
    return (
        Meeting.objects.filter(pk=given("meeting"))
        .order_by()
        .annotate(came=came)
        .values_list(
            Exists(named(this, me).filter(power__in=LEADING)),
            Exists(lines_of(OuterRef("register"), me)),
            Exists(SecrecyDemand.objects.filter(item__meeting=this)),
            F("came__arrived_at"),
            F("came__left_at"),
            F("came__votes"),
        )
    )


QUESTION, READER = Often(_question, told=True), Often(_reader)
