"""A meeting like one that was: its place, and the shape of its agenda without what has been settled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.journal.models import Actor
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal

from ..calendar import Planned
from ..models import AgendaItem, Meeting
from .calling import prepare

Kind = AgendaItem.Kind
EVERY_TIME = (Kind.SIGNERS, Kind.REPORT, Kind.ACTIONS)


@transaction.atomic
def copy_meeting(
    *,
    meeting: Meeting,
    title: str,
    place: str,
    sittings: Sequence[Planned],
    by: Member,
    at: datetime.datetime,
) -> Meeting:
    """A new draft of the same body and kind: once more, or the second date of one that found no quorum."""
    made = prepare(
        body=meeting.body,
        kind=meeting.kind,
        title=title,
        place=place,
        sittings=sittings,
        copied_from=meeting,
        by=by,
        at=at,
    )
    take_agenda_over(meeting=made, like=meeting, by=by.actor, at=at)
    return made


@transaction.atomic
def take_agenda_over(*, meeting: Meeting, like: Meeting, by: Actor, at: datetime.datetime) -> None:
    """The items that come every time, and the proposals that still wait for an agenda. Nobody else sees it yet."""
    items: list[AgendaItem] = []
    for item in like.items.filter(part=0).select_related("proposal").order_by("number"):
        proposal = item.proposal
        if proposal is not None and proposal.state == Proposal.State.ADMITTED:
            proposals.table(proposal=proposal, by=by, at=at)
        elif item.kind not in EVERY_TIME:
            continue
        items.append(
            AgendaItem(
                meeting=meeting,
                number=len(items) + 1,
                kind=item.kind,
                title=item.title,
                proposal=proposal,
                planned_minutes=item.planned_minutes,
                openness=item.openness,
            )
        )
    AgendaItem.objects.bulk_create(items)
