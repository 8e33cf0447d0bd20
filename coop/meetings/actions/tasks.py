"""Actions agreed: written down, reported on, moved, handed over, done, opened again, dropped."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Subject
from coop.members.models import Member
from coop.production.models import Problem
from coop.refusals import refuse_if

from ..models import Action, ActionEvent, AgendaItem
from ..problems import obstacles_to_agreeing_on
from ..tasks import (
    obstacles_to_agreeing,
    obstacles_to_dropping,
    obstacles_to_handing_over,
    obstacles_to_moving,
    obstacles_to_reopening,
    obstacles_to_reporting,
)
from .locks import locked as locked_meeting

Kind = ActionEvent.Kind


@transaction.atomic
def agree(
    *,
    item: AgendaItem,
    text: str,
    owner: Member,
    due_on: datetime.date,
    problem: Problem | None = None,
    by: Member,
    at: datetime.datetime,
) -> Action:
    """Written down on an item: what, who, until which day; and which problem of the list it is to solve."""
    meeting = locked_meeting(item.meeting)
    item.meeting = meeting
    refuse_if(
        obstacles_to_agreeing(item, owner=owner, due_on=due_on, by=by, at=at)
        + obstacles_to_agreeing_on(problem, item)
    )
    action = Action.objects.create(
        body=meeting.body,
        item=item,
        problem=problem,
        text=text.strip(),
        owner=owner,
        due_on=due_on,
        agreed_by=by,
        agreed_at=at,
    )
    _told(action, verb="action-agreed", by=by, at=at, member=owner.number, due_on=due_on.isoformat())
    return action


@transaction.atomic
def note_on_action(*, action: Action, note: str, by: Member, at: datetime.datetime) -> None:
    """Where it stands. No journal line: nothing was decided by it, and notes are not for everybody for ever."""
    action = _locked(action)
    refuse_if(obstacles_to_reporting(action, note=note, by=by, at=at))
    ActionEvent.objects.create(action=action, kind=Kind.NOTE, note=note.strip(), by=by, at=at)


@transaction.atomic
def finish_action(*, action: Action, note: str, by: Member, at: datetime.datetime) -> None:
    action = _locked(action)
    refuse_if(obstacles_to_reporting(action, note=note, by=by, at=at))
    _changed(action, Kind.DONE, note, by=by, at=at, done_at=at)
    _told(action, verb="action-done", by=by, at=at)


@transaction.atomic
def move_action(
    *, action: Action, due_on: datetime.date, note: str, by: Member, at: datetime.datetime
) -> None:
    """Another day, and why. The first day stays on record."""
    action = _locked(action)
    refuse_if(obstacles_to_moving(action, due_on=due_on, note=note, by=by, at=at))
    _changed(action, Kind.MOVED, note, by=by, at=at, due_on=due_on)
    _told(action, verb="action-moved", by=by, at=at, due_on=due_on.isoformat())


@transaction.atomic
def hand_action_over(*, action: Action, owner: Member, note: str, by: Member, at: datetime.datetime) -> None:
    """Somebody else takes it on, and why."""
    action = _locked(action)
    refuse_if(obstacles_to_handing_over(action, owner=owner, note=note, by=by, at=at))
    _changed(action, Kind.HANDED_OVER, note, by=by, at=at, owner=owner)
    _told(action, verb="action-handed-over", by=by, at=at, member=owner.number)


@transaction.atomic
def reopen_action(*, action: Action, note: str, by: Member, at: datetime.datetime) -> None:
    action = _locked(action)
    refuse_if(obstacles_to_reopening(action, note=note, by=by, at=at))
    _changed(action, Kind.REOPENED, note, by=by, at=at, done_at=None)
    _told(action, verb="action-reopened", by=by, at=at)


@transaction.atomic
def drop_action(*, action: Action, note: str, by: Member, at: datetime.datetime) -> None:
    action = _locked(action)
    refuse_if(obstacles_to_dropping(action, note=note, by=by, at=at))
    _changed(action, Kind.DROPPED, note, by=by, at=at, dropped_at=at)
    _told(action, verb="action-dropped", by=by, at=at)


def _locked(action: Action) -> Action:
    held = Action.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("body__cooperative__chain", "item__meeting__body").get(pk=action.pk)


def _changed(
    action: Action, kind: str, note: str, *, by: Member, at: datetime.datetime, **columns: Any
) -> None:
    """The columns of the action, and the event that says who and why."""
    Action.objects.filter(pk=action.pk).update(**columns)
    told = {key: value for key, value in columns.items() if key in ("owner", "due_on")}
    ActionEvent.objects.create(action=action, kind=kind, note=note.strip(), by=by, at=at, **told)


def _told(action: Action, *, verb: str, by: Member, at: datetime.datetime, **facts: Any) -> None:
    """The journal is read by everybody: what was agreed on a closed item has no words in it."""
    item = action.item
    label = action.text
    if item is not None and item.openness == AgendaItem.Openness.CLOSED:
        label = f"{item.meeting.label}, {item.place}"
    write(
        action.body.cooperative.chain,
        verb=verb,
        subject=Subject("action", str(action.pk), label),
        by=by.actor,
        at=at,
        facts=facts,
    )
