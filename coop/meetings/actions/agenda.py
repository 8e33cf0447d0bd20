"""The agenda while it is laid down: items put on, taken off, put right and put in order."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.letters import one_line
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from coop.refusals import Reason, in_full, refuse_if

from ..budgets import obstacles_to_parting
from ..drafts import obstacles_in_item, obstacles_to_adding_late
from ..models import AgendaItem, Meeting, Minutes, Request
from ..rules.calling import obstacles_to_changing_agenda
from .locks import locked, subject_of

Kind = AgendaItem.Kind
Openness = AgendaItem.Openness


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    kind: str,
    title: str = "",
    proposal: Proposal | None = None,
    ballot: Ballot | None = None,
    minutes: Minutes | None = None,
    request: Request | None = None,
    planned_minutes: int = 10,
    openness: str = Openness.MEMBERS,
    by: Member,
    at: datetime.datetime,
) -> AgendaItem:
    """Puts an item at the end of a draft agenda; a proposal put there is tabled.

    After the notice only what enough members ask for (`request`) comes in, where the bylaws let it.
    """
    meeting = locked(meeting)
    if request is not None:
        request = Request.objects.select_for_update(no_key=True).get(pk=request.pk)
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    late = meeting.state == Meeting.State.CONVENED and request is not None
    if late:
        refuse_if(obstacles_to_adding_late(meeting, request, by=by, at=at, bylaws=bylaws))
    else:
        refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    pointing = {"proposal": proposal, "ballot": ballot, "minutes": minutes, "request": request}
    refuse_if(obstacles_in_item(meeting, kind, **pointing, at=at, bylaws=bylaws))  # type: ignore[arg-type]
    if proposal is not None:
        proposals.table(proposal=proposal, by=by.actor, at=at)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        kind=kind,
        title=in_full(title, 200) or _title(kind, proposal, ballot, minutes, request),
        proposal=proposal,
        ballot=ballot,
        minutes=minutes,
        request=request,
        planned_minutes=planned_minutes,
        openness=openness,
    )
    _tell(meeting, item, verb="late-item-added" if late else "item-added", by=by, at=at)
    return item


def _title(
    kind: str,
    proposal: Proposal | None,
    ballot: Ballot | None,
    minutes: Minutes | None,
    request: Request | None,
) -> str:
    """What it points to, by its own name; else the kind."""
    thing = proposal or ballot or request or (minutes.meeting if minutes else None)
    return str(thing)[:200] if thing else str(Kind(kind).label)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Member, at: datetime.datetime) -> None:
    """Takes an item off a draft agenda and closes the gap; its proposal waits for another meeting."""
    meeting = locked(item.meeting)
    refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    item = _fresh(item)
    refuse_if(obstacles_to_parting(item))
    title = item.title
    for one in meeting.items.filter(number=item.number).select_related("proposal"):
        if one.proposal is not None:
            proposals.untable(proposal=one.proposal, by=by.actor, at=at)
        one.delete()
    there = sorted(set(meeting.items.values_list("number", flat=True)))
    for number, before in enumerate(there, 1):
        meeting.items.filter(number=before).update(number=number)
    write(
        meeting.cooperative.chain,
        verb="item-removed",
        subject=subject_of(meeting),
        by=by.actor,
        at=at,
        facts={"title": title},
    )


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    title: str,
    planned_minutes: int,
    openness: str,
    by: Member,
    at: datetime.datetime,
) -> AgendaItem:
    """Puts its words, its minutes and who may listen right, while the agenda is laid down."""
    meeting = locked(item.meeting)
    refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    item = _fresh(item)
    item.title = one_line(title) or item.title
    item.planned_minutes, item.openness = planned_minutes, openness
    item.save(update_fields=["title", "planned_minutes", "openness"])
    _tell(meeting, item, verb="item-changed", by=by, at=at)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: Member, at: datetime.datetime) -> None:
    """Changes places with the item before it (`up`) or after it. At the end of the list nothing happens."""
    meeting = locked(item.meeting)
    refuse_if(obstacles_to_changing_agenda(meeting, by=by, at=at))
    item = _fresh(item)
    refuse_if(obstacles_to_parting(item))
    to = item.number + (-1 if up else 1)
    ours = list(meeting.items.filter(number=item.number).values_list("pk", flat=True))
    if not meeting.items.filter(number=to).update(number=item.number):
        return
    AgendaItem.objects.filter(pk__in=ours).update(number=to)
    item.number = to
    _tell(meeting, item, verb="item-moved", by=by, at=at)


def _fresh(item: AgendaItem) -> AgendaItem:
    """As it stands under the lock of its meeting; somebody may have taken it off meanwhile."""
    found = AgendaItem.objects.select_related("proposal").filter(pk=item.pk).first()
    refuse_if([] if found else [Reason("item-gone")])
    assert found is not None
    return found


def _tell(meeting: Meeting, item: AgendaItem, *, verb: str, by: Member, at: datetime.datetime) -> None:
    facts = {"item": item.number, "title": item.title, "kind": str(item.kind)}
    write(meeting.cooperative.chain, verb=verb, subject=subject_of(meeting), by=by.actor, at=at, facts=facts)
