"""What stands in a calendar: sittings, votes, actions with their day, the end of objections to minutes.

A calendar leaves the house, on telephones and to whoever runs the program: nothing of a closed item is in it.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, RollEntry
from coop.meetings.ical import Entry
from coop.meetings.models import Action, AgendaItem, Feed, Meeting, Minutes, Sitting
from coop.members.models import Body

from ..access import Here, acting
from ..belonging import bodies_of

BEFORE, AFTER = datetime.timedelta(days=60), datetime.timedelta(days=400)
SHORTEST = datetime.timedelta(minutes=30)
CLOSED = AgendaItem.Openness.CLOSED


def entries_of(request: HttpRequest, here: Here, feed: Feed) -> list[Entry]:
    """Of one body, or of everything its owner belongs to. A fixed number of queries."""
    bodies: Any = [feed.body] if feed.body else bodies_of(here)
    sittings = Sitting.objects.filter(
        meeting__body__in=bodies, starts_at__gte=here.at - BEFORE, starts_at__lte=here.at + AFTER
    )
    return [
        *sittings_in(request, here, sittings),
        *_votes(request, here, feed.body),
        *_actions(request, here, feed.body),
        *_objections(request, here, bodies),
    ]


def sittings_in(request: HttpRequest, here: Here, sittings: QuerySet[Sitting]) -> list[Entry]:
    """Of meetings that were announced; one that was called off says so to the programs that have it already."""
    planned = AgendaItem.objects.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    found = (
        sittings.filter(meeting__number__isnull=False)
        .annotate(minutes=planned.annotate(minutes=Sum("planned_minutes")).values("minutes"))
        .select_related("meeting__body")
        .order_by("starts_at", "pk")
    )
    return [_sitting(request, here, one) for one in found]


def _sitting(request: HttpRequest, here: Here, one: Any) -> Entry:
    meeting = one.meeting
    lasts = max(datetime.timedelta(minutes=one.minutes or 0), SHORTEST)
    return Entry(
        key=f"sitting-{one.pk}",
        begins=one.starts_at,
        ends=max(one.closed_at, one.starts_at) if one.closed_at else one.starts_at + lasts,
        words=str(meeting),
        text=f"{meeting.body.name}{f', {one.for_whom}' if one.for_whom else ''}",
        place=one.place or meeting.place,
        address=_page(request, here, "meeting", meeting.pk),
        known=meeting.convened_at,
        cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def _votes(request: HttpRequest, here: Here, body: Body | None) -> list[Entry]:
    """Votes that close at an hour: those on whose roll the owner stands, or those of the body."""
    closed = AgendaItem.objects.filter(decision__ballot=OuterRef("pk"), openness=CLOSED)
    found = Ballot.objects.filter(
        ~Exists(closed),
        cooperative=here.cooperative,
        opened_at__isnull=False,
        closes_at__gte=here.at - BEFORE,
    ).exclude(state=Ballot.State.ANNULLED)
    if body is not None:
        found = found.filter(body=body)
    else:
        found = found.filter(Exists(RollEntry.objects.filter(ballot=OuterRef("pk"), member=acting(here))))
    entries = []
    for one in found.only("opened_at", "closes_at", "title", "body").order_by("closes_at", "pk"):
        assert one.opened_at is not None
        assert one.closes_at is not None
        address = _page(request, here, "ballot", one.pk)
        about: dict[str, Any] = {"known": one.opened_at, "address": address}
        opens = _("Voting begins: %(title)s") % {"title": one.title}
        ends = _("Voting ends: %(title)s") % {"title": one.title}
        entries.append(Entry(key=f"vote-{one.pk}-opens", begins=one.opened_at, words=opens, **about))
        entries.append(Entry(key=f"vote-{one.pk}-closes", begins=one.closes_at, words=ends, **about))
    return entries


def _actions(request: HttpRequest, here: Here, body: Body | None) -> list[Entry]:
    """What the owner has taken on; or what the body waits for, without what was agreed on closed items."""
    found = Action.objects.filter(body__cooperative=here.cooperative, done_at=None, dropped_at=None)
    theirs = Q(owner=acting(here)) if body is None else ~Q(item__openness=CLOSED) & Q(body=body)
    found = found.filter(theirs)
    entries = []
    for one in found.select_related("item", "body", "owner").order_by("due_on", "pk"):
        closed = one.item is not None and one.item.openness == CLOSED
        words = _("An action you have taken on") if closed else one.text
        entries.append(
            Entry(
                key=f"action-{one.pk}",
                begins=one.due_on,
                words=_("To be done: %(action)s") % {"action": words},
                text=f"{one.owner.name}, {one.body.name}",
                address=_page(request, here, "action", one.pk),
                known=one.agreed_at,
            )
        )
    return entries


def _objections(request: HttpRequest, here: Here, bodies: Any) -> list[Entry]:
    found = Minutes.objects.filter(meeting__body__in=bodies, objections_until__gte=here.at - BEFORE)
    return [
        Entry(
            key=f"minutes-{one.pk}",
            begins=one.objections_until,
            words=_("Last hour for objections to the minutes %(label)s") % {"label": one.meeting.label},
            address=_page(request, here, "minutes", one.meeting_id),
            known=one.closed_at,
        )
        for one in found.select_related("meeting__body")
        .defer("text", "searched")
        .order_by("objections_until", "pk")
    ]


def _page(request: HttpRequest, here: Here, name: str, key: int) -> str:
    return request.build_absolute_uri(reverse(name, args=[here.cooperative.slug, key]))
