"""What the page of a meeting asks once: which of its parts have anything, and what the reader is in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from coop.asked_often import Often, given
from coop.ballots.rules.registers import lines_of
from coop.meetings.asked import named
from coop.meetings.models import Action, Meeting, Minutes
from coop.meetings.rules.leading import LEADING
from coop.oversight.models import AuditReport

from ..access import Here, acting


@dataclass(frozen=True)
class AtAll:
    """Of a meeting and whoever reads it."""

    leads_today: bool  # named to, for one of its sittings
    on_the_register: bool
    minutes_closed: bool
    agreed: bool  # anything, for whomever
    reports: bool


def at_all(here: Here, meeting: Meeting) -> AtAll:
    found = AT_ALL.first(meeting=meeting.pk, member=acting(here).pk)
    return AtAll(*found) if found is not None else AtAll(False, False, False, False, False)


def _at_all() -> QuerySet[Meeting, tuple[bool, ...]]:
    this, me = OuterRef("pk"), given("member")
    return (
        Meeting.objects.filter(pk=given("meeting"))
        .order_by()
        .values_list(
            Exists(named(this, me).filter(power__in=LEADING)),
            Exists(lines_of(OuterRef("register"), me)),
            Exists(Minutes.objects.filter(meeting=this)),
            Exists(Action.objects.filter(item__meeting=this)),
            Exists(AuditReport.objects.filter(meeting=this)),
        )
    )


AT_ALL = Often(_at_all)
