"""Amendments on an agenda: until when they come, in which order they are called, what the meeting takes up late."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Bylaws
from coop.journal.models import Actor
from coop.proposals import actions as proposals
from coop.proposals.amended_text import AmendedText
from coop.proposals.models import Amendment

from ..calendar import amendments_until
from ..models import AgendaItem, Meeting


@transaction.atomic
def set_last_days(*, meeting: Meeting, bylaws: Bylaws, by: Actor, at: datetime.datetime) -> None:
    """With the notice it is known until when each text on the agenda is amended without leave."""
    first = meeting.sittings.order_by("starts_at")[0].starts_at
    until = amendments_until(first, days_before=bylaws.amendment_closing_days, zone=meeting.cooperative.zone)
    for item in _business(meeting):
        assert item.proposal is not None
        proposals.set_last_day(proposal=item.proposal, until=until, by=by, at=at)


@transaction.atomic
def take_over_texts(*, meeting: Meeting, by: Actor, at: datetime.datetime) -> None:
    """The first sitting opens: the texts are the meeting's, and every amendment to be voted gets its place."""
    for item in _business(meeting):
        assert item.proposal is not None
        proposals.hand_to_meeting(proposal=item.proposal, by=by, at=at)
        proposals.let_fall_the_rest(
            proposal=item.proposal, because=Amendment.Because.NO_SUPPORT, by=by, at=at
        )
        lay_out(item=item)


@transaction.atomic
def lay_out(*, item: AgendaItem) -> None:
    """Puts the amendments of an item in the order of voting; what has been voted keeps its place before them."""
    assert item.proposal is not None
    under = AgendaItem.objects.filter(meeting=item.meeting_id, number=item.number, part__gt=0)
    there = {line.amendment_id: line for line in under if line.decision_id is None}
    last = under.exclude(decision=None).aggregate(last=Max("part"))["last"] or 0
    order = AmendedText.of(item.proposal).order
    for part, (amendment, _) in enumerate(order, last + 1):
        line = there.pop(amendment.pk, None)
        if line is None:
            AgendaItem.objects.create(
                meeting_id=item.meeting_id,
                number=item.number,
                part=part,
                kind=AgendaItem.Kind.AMENDMENT,
                title=f"{amendment.label}: {item.title}"[:200],
                planned_minutes=0,
                proposal=item.proposal,
                amendment=amendment,
                openness=item.openness,
            )
        elif line.part != part:
            AgendaItem.objects.filter(pk=line.pk).update(part=part)
    for part, line in enumerate(
        there.values(), last + len(order) + 1
    ):  # fallen, or in a block: it stays, unvoted
        AgendaItem.objects.filter(pk=line.pk).update(part=part)


def _business(meeting: Meeting) -> list[AgendaItem]:
    found = meeting.items.filter(kind=AgendaItem.Kind.PROPOSAL).select_related("proposal__cooperative")
    return list(found)
