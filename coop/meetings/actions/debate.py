"""The list of speakers and the motions of order.

Asking for the floor leaves no line in the journal: who waits is no act, and who asks that the minutes leave the name
out would stand in it for ever. Who was heard stands on the rows; the journal has the number of whoever lets it.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.refusals import Reason, Refused, refuse_if

from ..course import call_under_way
from ..debate import allowed_seconds
from ..models import AgendaItem, Meeting, ProceduralMotion, Sitting, Turn
from ..speaking import (
    ON_AMENDMENTS,
    Floor,
    Moved,
    amendments_meant,
    floor_of,
    obstacles_to_asking,
    obstacles_to_ending_turn,
    obstacles_to_giving,
    obstacles_to_moving,
    obstacles_to_withdrawing,
    verdict_of,
)
from .amendments import lay_out
from .locks import locked, subject_of


@transaction.atomic
def ask_for_floor(
    *,
    sitting: Sitting,
    member: Member,
    kind: str = Turn.Kind.SPEAKER,
    direction: str = "",
    unnamed: bool = False,
    interpreted: bool = False,
    by: Member,
    at: datetime.datetime,
) -> Turn:
    """Puts somebody on the list of speakers of the item under way."""
    floor, _bylaws = _floor(sitting, at)
    refuse_if(obstacles_to_asking(floor, member, kind, by=by, at=at))
    return Turn.objects.create(
        item=floor.item,
        sitting=floor.sitting,
        member=member,
        kind=kind,
        direction=direction,
        unnamed=unnamed,
        interpreted=interpreted,
        asked_at=at,
        entered_by=by,
        seconds=allowed_seconds(kind, interpreted=interpreted, rules=floor.rules),
    )


@transaction.atomic
def withdraw_wish(*, turn: Turn, by: Member, at: datetime.datetime) -> None:
    """Somebody who waits does not want to speak after all, or is not there when called."""
    turn = _fresh(turn)
    refuse_if(obstacles_to_withdrawing(turn, by=by, at=at))
    Turn.objects.filter(pk=turn.pk).update(withdrawn_at=at)


@transaction.atomic
def give_floor(*, turn: Turn, by: Member, at: datetime.datetime) -> Turn:
    """The next speaks; whoever was speaking has ended."""
    turn = _fresh(turn)
    floor, _bylaws = _floor(turn.sitting, at)
    refuse_if(obstacles_to_giving(floor, turn, by=by, at=at))
    if floor.speaking is not None:
        Turn.objects.filter(pk=floor.speaking.pk).update(ended_at=at)
    turn.began_at = at
    Turn.objects.filter(pk=turn.pk).update(began_at=at)
    facts: dict[str, object] = {"item": floor.item.place, "kind": turn.kind}
    if not turn.unnamed:
        facts["member"] = turn.member.number
    _tell(floor, by, at, verb="floor-given-unnamed" if turn.unnamed else "floor-given", **facts)
    return turn


@transaction.atomic
def end_turn(*, turn: Turn, by: Member, at: datetime.datetime) -> None:
    """The speaker is done."""
    turn = _fresh(turn)
    refuse_if(obstacles_to_ending_turn(turn, by=by, at=at))
    Turn.objects.filter(pk=turn.pk).update(ended_at=at)


@transaction.atomic
def move_order(*, sitting: Sitting, moved: Moved, by: Member, at: datetime.datetime) -> ProceduralMotion:
    """Writes down a motion of order and what became of it. Figures decide by themselves, whatever anybody saw."""
    floor, bylaws = _floor(sitting, at)
    refuse_if(obstacles_to_moving(floor, moved, bylaws=bylaws, by=by, at=at))
    outcome = moved.outcome
    if moved.counted:
        carried = verdict_of(moved, floor, bylaws).carried
        outcome = ProceduralMotion.Outcome.CARRIED if carried else ProceduralMotion.Outcome.NOT_CARRIED
    made = ProceduralMotion.objects.create(
        item=floor.item,
        sitting=floor.sitting,
        kind=moved.kind,
        words=moved.words.strip(),
        moved_by=moved.mover,
        votes_for=moved.votes_for,
        votes_against=moved.votes_against,
        outcome=outcome,
        entered_by=by,
        decided_at=at,
    )
    facts = {"item": floor.item.place, "kind": made.kind, "member": moved.mover.number}
    facts |= {"outcome": outcome, "for": moved.votes_for, "against": moved.votes_against}
    _tell(floor, by, at, verb="order-moved", **facts)
    if made.kind in ON_AMENDMENTS and outcome == ProceduralMotion.Outcome.CARRIED:
        _put_on_the_agenda(floor, moved, by, at)
    return made


def _put_on_the_agenda(floor: Floor, moved: Moved, by: Member, at: datetime.datetime) -> None:
    """What the hall wants to vote on gets its place under the item."""
    act = proposals.give_leave if moved.kind == ProceduralMotion.Kind.TAKE_UP else proposals.want
    for amendment in amendments_meant(moved, floor.item):
        act(amendment=amendment, by=by.actor, at=at)
    items = AgendaItem.objects.select_related("proposal")
    main = items.get(meeting=floor.item.meeting_id, number=floor.item.number, part=0)
    lay_out(item=main, by=by.actor, at=at)


def _tell(floor: Floor, by: Member, at: datetime.datetime, *, verb: str, **facts: object) -> None:
    meeting = floor.sitting.meeting
    write(meeting.cooperative.chain, verb=verb, subject=subject_of(meeting), by=by.actor, at=at, facts=facts)


def _floor(sitting: Sitting, at: datetime.datetime) -> tuple[Floor, Bylaws]:
    """The floor of the item under way, under the lock of the meeting. Refuses where none is called."""
    meeting: Meeting = locked(sitting.meeting)
    held = meeting.sittings.get(pk=sitting.pk)
    held.meeting = meeting
    call = call_under_way(held)
    if call is None:
        raise Refused([Reason("no-item-under-way")])
    item = AgendaItem.objects.select_related("proposal").get(pk=call.item_id)
    item.meeting = meeting
    bylaws = Bylaws.in_force(meeting.cooperative, meeting.cooperative.day_of(at))
    return floor_of(item, held, bylaws), bylaws


def _fresh(turn: Turn) -> Turn:
    meeting = locked(turn.sitting.meeting)
    fresh = Turn.objects.select_related("member", "sitting").get(pk=turn.pk)
    fresh.sitting.meeting = meeting
    return fresh
