"""Amendments on an agenda: until when they come, in which order they are called, what the meeting takes up late."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Actor
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.amended_text import AmendedText
from coop.proposals.models import Amendment, Proposal

from ..calendar import amendments_until
from ..models import AgendaItem, Meeting
from .locks import locked, subject_of


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
        lay_out(item=item, by=by, at=at)


@transaction.atomic
def lay_out(*, item: AgendaItem, by: Actor, at: datetime.datetime) -> None:
    """Puts the amendments of an item in the order of voting; what has been put to the vote keeps its place before them.

    What has fallen or is voted in a block keeps its line behind the others: it was on the agenda.
    """
    assert item.proposal is not None
    under = list(AgendaItem.objects.filter(meeting=item.meeting_id, number=item.number, part__gt=0))
    voted = {line.amendment_id: line.part for line in under if line.decision_id is not None}
    there = {line.amendment_id: line for line in under if line.amendment_id and line.decision_id is None}
    last = max(voted.values(), default=0)
    order = [amendment for amendment, _ in AmendedText.of(item.proposal).order if amendment.pk not in voted]
    wanted = [amendment.pk for amendment in order]
    wanted += [key for key in there if key not in wanted]
    if wanted == [key for key, _ in sorted(there.items(), key=lambda pair: pair[1].part)]:
        return
    for part, amendment in enumerate(order, last + 1):
        if amendment.pk not in there:
            AgendaItem.objects.create(
                meeting_id=item.meeting_id,
                number=item.number,
                part=part,
                kind=AgendaItem.Kind.AMENDMENT,
                title=f"{amendment.label}: {item.proposal.title}"[:200],
                planned_minutes=0,
                proposal=item.proposal,
                amendment=amendment,
                openness=item.openness,
            )
    for key, line in there.items():
        AgendaItem.objects.filter(pk=line.pk).update(part=last + 1 + wanted.index(key))
    write(
        item.proposal.cooperative.chain,
        verb="amendments-in-order",
        subject=subject_of(item.meeting),
        by=by,
        at=at,
        facts={"item": item.number, "order": [amendment.short for amendment in order]},
    )


@transaction.atomic
def move_amendment(
    *, amendment: Amendment, before: Amendment | None, because: str, by: Member, at: datetime.datetime
) -> None:
    """Another place in the order of voting; where the text is being debated, on the agenda too."""
    item = _debated(amendment.proposal)
    proposals.move(amendment=amendment, before=before, because=because, by=by, at=at)
    if item is not None:
        lay_out(item=item, by=by.actor, at=at)


@transaction.atomic
def vote_together(
    *, proposal: Proposal, parts: Sequence[Amendment], by: Member, at: datetime.datetime
) -> Amendment:
    """Amendments without a conflict between them are voted at once, as one line of the agenda."""
    item = _debated(proposal)
    block = proposals.form_block(proposal=proposal, parts=parts, by=by, at=at)
    if item is not None:
        lay_out(item=item, by=by.actor, at=at)
    return block


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, because: str = "", by: Member, at: datetime.datetime) -> None:
    """Its mover gives it up before the meeting; or a block is voted one by one again."""
    item = _debated(amendment.proposal)
    proposals.withdraw_amendment(amendment=amendment, because=because, by=by, at=at)
    if item is not None:
        lay_out(item=item, by=by.actor, at=at)


def _debated(proposal: Proposal) -> AgendaItem | None:
    """The item under which a text is before a meeting now, with the meeting held until the transaction ends."""
    found = AgendaItem.objects.filter(
        proposal=proposal, kind=AgendaItem.Kind.PROPOSAL, meeting__state=Meeting.State.IN_SESSION
    )
    item = found.select_related("proposal__cooperative", "meeting").first()
    if item is not None:
        item.meeting = locked(item.meeting)
    return item


def _business(meeting: Meeting) -> list[AgendaItem]:
    """Texts; a budget is amended before it comes onto an agenda, and nowhere else."""
    found = meeting.items.filter(kind=AgendaItem.Kind.PROPOSAL).select_related("proposal__cooperative")
    return list(found.exclude(proposal__kind=Proposal.Kind.BUDGET))
