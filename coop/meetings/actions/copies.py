"""A meeting like one that was: its place, and the shape of its agenda without what has been settled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.models import Actor
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal

from ..calendar import Planned
from ..drafts import obstacles_in_item
from ..models import AgendaItem, Meeting
from ..requests import not_held
from .budgets import lay_amendments
from .calling import prepare
from .problems import take_up_problems

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
    """A new draft of the same body and kind: once more, or the second date of one that was not held."""
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
    take_up_problems(meeting=made, by=by.actor, at=at)
    return made


@transaction.atomic
def take_agenda_over(*, meeting: Meeting, like: Meeting, by: Actor, at: datetime.datetime) -> None:
    """The items that come every time, and the proposals that still wait for an agenda; all that still waits, where
    nothing was dealt with because the other was not held. Nobody else sees it yet."""
    items: list[AgendaItem] = []
    whole = not_held().filter(pk=like.pk).exists()
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    there = meeting.items.aggregate(last=Max("number"))["last"] or 0  # what was owed
    before = like.items.filter(part=0).select_related("proposal", "ballot", "minutes", "request")
    for item in before.order_by("number"):
        proposal = item.proposal
        if proposal is not None and proposal.state == Proposal.State.ADMITTED:
            proposals.table(proposal=proposal, by=by, at=at)
        elif item.kind not in EVERY_TIME and not (
            whole and _still_waits(meeting, item, bylaws=bylaws, at=at)
        ):
            continue
        items.append(
            AgendaItem(
                meeting=meeting,
                number=there + len(items) + 1,
                kind=item.kind,
                title=item.title,
                proposal=proposal,
                ballot=item.ballot if whole else None,
                minutes=item.minutes if whole else None,
                request=item.request if whole else None,
                planned_minutes=item.planned_minutes,
                openness=item.openness,
            )
        )
    AgendaItem.objects.bulk_create(items)
    for item in items:
        if item.proposal is not None and item.proposal.kind == Proposal.Kind.BUDGET:
            lay_amendments(item=item, by=by, at=at)


def _still_waits(meeting: Meeting, item: AgendaItem, *, bylaws: Bylaws, at: datetime.datetime) -> bool:
    """Whether what an item points to may stand on another agenda. A proposal that does not wait is dealt with."""
    if item.proposal is not None:
        return False
    points_to = {"proposal": None, "ballot": item.ballot, "minutes": item.minutes, "request": item.request}
    return obstacles_in_item(meeting, item.kind, **points_to, at=at, bylaws=bylaws) == []  # type: ignore[arg-type]
