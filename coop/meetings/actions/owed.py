"""Items that the rules put on the next agenda by themselves: nobody signs for them, no notice goes out without them.

Stages below this one say why (an urgent decision, a finding nobody answered, an appeal) and keep the matter itself.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.letters import legible, one_line
from coop.members.models import Body, Member

from ..models import AgendaItem, Meeting, Request
from ..requests import waiting_for
from .locks import locked, subject_of


@transaction.atomic
def owe_item(
    *,
    body: Body,
    title: str,
    text: str,
    about: str,
    asked_by: Member,
    due_on: datetime.date | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Request:
    """Puts a matter on the next agenda of a body: of the draft that comes first, or of the one that is prepared next.

    `about`: what it comes from, as kind and key ("finding/12"); owed once, so a second call gives back the first.
    `asked_by`: whose matter it is. `due_on`: the last day to deal with it, where the rules name one.
    """
    found = Request.objects.filter(body=body, kind=Request.Kind.OWED, about=about).first()
    if found is not None:
        return found
    drafts = Meeting.objects.filter(body=body, state=Meeting.State.DRAFT, sittings__number=1)
    first = drafts.order_by("sittings__starts_at", "pk").first()
    if first is not None:
        first = locked(first)  # before the journal: whoever corrects the draft holds it and waits for that
    day = body.cooperative.day_of(at)
    owed = Request.objects.create(
        body=body,
        kind=Request.Kind.OWED,
        title=one_line(title)[:160],
        text=legible(text).strip(),
        about=about,
        asked_by=asked_by,
        asked_at=at,
        collects_until=day,
        needed=1,
        reached_at=at,
        due_on=due_on,
    )
    write(
        body.cooperative.chain,
        verb="item-owed",
        subject=Subject("request", str(owed.pk), str(owed)),
        by=by,
        at=at,
        facts={"body": body.name, "about": about},
    )
    if first is not None:
        take_up_owed(meeting=first, at=at)
    return owed


@transaction.atomic
def take_up_owed(*, meeting: Meeting, by: Actor = CLOCK, at: datetime.datetime) -> list[AgendaItem]:
    """Everything owed that stands on no agenda goes to the end of this draft; of a meeting past that, nothing."""
    meeting = locked(meeting)
    if meeting.state != Meeting.State.DRAFT:
        return []
    owed = list(waiting_for(meeting.body).filter(kind=Request.Kind.OWED).order_by("reached_at", "pk"))
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    items = [
        AgendaItem.objects.create(
            meeting=meeting,
            number=number,
            kind=AgendaItem.Kind.REQUESTED,
            title=request.title,
            request=request,
            planned_minutes=10,
        )
        for number, request in enumerate(owed, last + 1)
    ]
    for item in items:
        write(
            meeting.cooperative.chain,
            verb="item-taken-up",
            subject=subject_of(meeting),
            by=by,
            at=at,
            facts={"item": item.number, "title": item.title},
        )
    return items
