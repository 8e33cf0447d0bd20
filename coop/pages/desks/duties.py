"""What an office asks of its holder today: meetings to call and to lead, minutes, second signatures."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.meetings.calendar import last_notice_day
from coop.meetings.models import Meeting
from coop.meetings.rules.calling import notice_days
from coop.meetings.rules.door import DOORS_OPEN
from coop.members.models import AccessCard, Mandate, Power
from coop.members.rules import COUNTERSIGN_WITHIN

from ..access import Here, acting
from ..budget import duties as budget_duties
from ..councils import duties as council_duties
from ..decisions import register_of_decisions, urgent
from ..elections import beside as elections_beside
from ..elections import challenges_told
from ..meetings import requests
from ..minutes import duties as minutes_duties
from ..offices import rotation
from ..pay import ratio as pay_ratio
from ..people import applications, asking, not_reached
from ..recalls import beside as recalls_beside
from ..stories import Duty, Story, by_its_day
from ..timetable import say_day, say_distance
from ..votes import office as vote_office
from ..votes import registers
from . import oversight, to_compare

SOON = datetime.timedelta(days=1) + DOORS_OPEN  # whoever leads a meeting prepares the hall the day before


def duties(here: Here) -> list[Story]:
    """What stands in the column "Your office", the most urgent first; nothing for who holds none, without a further
    question."""
    if not here.powers.held:
        return []
    found = [
        *_meetings(here),
        *_mandates(here),
        *to_compare.duties(here),
        *_cards(here),
        *not_reached.duty(here),
        *asking.duty(here),
        *applications.duties(here),
        *registers.duties(here),
        *requests.duties(here),
        *urgent.duties(here),
        *recalls_beside.duties(here),
        *rotation.duty(here),
        *elections_beside.duties(here),
        *challenges_told.duties(here),
        *vote_office.duties(here),
        *minutes_duties.duties(here),
        *council_duties.duties(here),
        *register_of_decisions.duties(here),
        *oversight.duties(here),
        *pay_ratio.duties(here),
        *budget_duties.duties(here),
    ]
    return sorted(found, key=lambda story: by_its_day(story, here.day))


def _meetings(here: Here) -> list[Story]:
    state = Meeting.State
    calling = Q(state=state.DRAFT) & here.powers.over(Power.CONVENE)
    leading = here.powers.over(Power.CHAIR, Power.RECORD_MINUTES)
    soon = Q(state=state.CONVENED, first__lte=here.at + SOON) | Q(state=state.IN_SESSION)
    writing = Q(state=state.CLOSED, minutes=None) & here.powers.over(Power.RECORD_MINUTES)
    meetings = (
        Meeting.objects.filter(cooperative=here.cooperative)
        .annotate(first=Min("sittings__starts_at"))
        .filter(calling | (soon & leading) | writing)
        .select_related("body")
        .order_by("first", "pk")
    )
    return [_meeting(here, meeting) for meeting in meetings]


def _meeting(here: Here, meeting: Any) -> Story:
    slug = here.cooperative.slug
    if meeting.state == Meeting.State.DRAFT:
        return Duty(
            kicker=_("To prepare"),
            headline=meeting.title,
            address=reverse("meeting", args=[slug, meeting.pk]),
            word=meeting.get_state_display(),
            shape="draft",
            meta=_last_day_in_words(here, last := _last_day(here, meeting)),
            until=last,
        )
    if meeting.state == Meeting.State.CLOSED:
        days = datetime.timedelta(days=here.bylaws.minutes_ready_days)
        last = here.cooperative.day_of(meeting.closed_at) + days
        return Duty(
            kicker=_("Minutes to write"),
            headline=str(meeting),
            address=reverse("minutes", args=[slug, meeting.pk]),
            word=_("not circulated yet") if here.day <= last else _("late"),
            shape="waiting" if here.day <= last else "late",
            meta=_("ready by %(day)s (%(distance)s)")
            % {"day": say_day(last), "distance": say_distance(here.day, last)},
            until=last,
        )
    sits = meeting.state == Meeting.State.IN_SESSION
    return Duty(
        kicker=_("To lead"),
        headline=str(meeting),
        address=reverse("attendance", args=[slug, meeting.pk]),
        word=meeting.get_state_display(),
        shape="live" if sits else "waiting",
        meta=_("attendance, quorum, votes"),
        until=here.day if sits else here.cooperative.day_of(meeting.first),
    )


def _last_day(here: Here, meeting: Any) -> datetime.date | None:
    """The last lawful day for the notice."""
    if meeting.first is None:
        return None
    return last_notice_day(
        here.cooperative.day_of(meeting.first),
        notice_days=notice_days(meeting, here.bylaws),
        ends_counted=here.bylaws.notice_counts_ends,
    )


def _last_day_in_words(here: Here, last: datetime.date | None) -> str:
    if last is None:
        return _("no day and hour yet")
    if last < here.day:
        return _("the last day for the notice is over")
    distance = say_distance(here.day, last)
    return _("notice at the latest on %(day)s (%(distance)s)") % {"day": say_day(last), "distance": distance}


def _mandates(here: Here) -> list[Story]:
    """Entered by hand by somebody else, about somebody else: this person can be the second."""
    if not here.powers.confirms:
        return []
    me = acting(here)
    waiting = (
        Mandate.objects.filter(member__cooperative=here.cooperative, confirmed_at=None, ended="")
        .exclude(member=me)
        .exclude(entered_by=me)
        .select_related("member", "seat__office")
    )
    address = reverse("offices", args=[here.cooperative.slug]) + "#waiting"
    return [
        Story(
            kicker=_("Mandate to confirm"),
            headline=f"{mandate.member.name}: {mandate.seat.office.title}",
            address=address,
            word=_("waits for a second person"),
            shape="waiting",
        )
        for mandate in waiting
    ]


def _cards(here: Here) -> list[Story]:
    me = acting(here)
    live = Q(used_at=None, withdrawn_at=None, countersigned_at=None, expires_at__gt=here.at)
    live &= Q(issued_at__gt=here.at - COUNTERSIGN_WITHIN)
    waiting = (
        AccessCard.objects.filter(live, member__cooperative=here.cooperative, replaces_secret=True)
        .exclude(member=me)
        .exclude(issued_by=me)
        .select_related("member")
    )
    return [
        Story(
            kicker=_("Card to countersign"),
            headline=card.member.name,
            address=reverse("member", args=[here.cooperative.slug, card.member.number]),
            word=_("waits for a second person"),
            shape="waiting",
        )
        for card in waiting
    ]
