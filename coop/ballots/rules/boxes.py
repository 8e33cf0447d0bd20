"""What may be done with a box, and who gets paper for it: sealed before anybody votes, closed before anybody looks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coop.members.models import Member
from coop.refusals import Reason

from ..boxes import STEPS, Box, Stage, floor_of, too_small
from ..models import Ballot, RollEntry, Teller, Urn, UrnEntry
from ..models.ballots import Channel
from ..office import obstacles_to_running, obstacles_to_serving, runs

Kind, State = UrnEntry.Kind, Ballot.State
AFTER: Mapping[str, frozenset[Stage]] = {
    Kind.SEALED: frozenset({Stage.NEW}),
    Kind.OPENED: frozenset({Stage.SEALED, Stage.CLOSED}),  # again, on another day
    Kind.CLOSED: frozenset({Stage.VOTING}),
    Kind.CARRIED: frozenset({Stage.SEALED, Stage.VOTING, Stage.CLOSED}),
    Kind.MIXED: frozenset({Stage.CLOSED}),
    Kind.UNSEALED: frozenset({Stage.CLOSED}),
    Kind.BROKEN: frozenset({Stage.SEALED, Stage.VOTING, Stage.CLOSED, Stage.UNSEALED}),
    Kind.REMARK: frozenset(Stage),
}
WHILE: Mapping[str, tuple[str, ...]] = {
    Kind.SEALED: (State.DRAFT, State.OPEN),
    Kind.OPENED: (State.OPEN,),
    Kind.MIXED: (State.CLOSED,),
    Kind.UNSEALED: (State.CLOSED,),
}
BEFORE_THE_END = (State.DRAFT, State.OPEN, State.CLOSED)
WITNESSED = frozenset({Kind.SEALED, Kind.MIXED, Kind.UNSEALED})


@dataclass(frozen=True)
class NewBox:
    name: str
    crew: str = ""
    mobile: bool = False
    part: int | None = None  # the sitting whose people it is for


def obstacles_at_the_table(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever runs the vote sits at the table, and whom they have named to count."""
    reasons = obstacles_to_serving(ballot, by)
    if not runs(ballot, by=by, at=at) and not Teller.objects.filter(ballot=ballot, member=by).exists():
        reasons.append(Reason("not-at-the-table", {"name": by.name}))
    return reasons


def obstacles_to_making_boxes(
    ballot: Ballot, boxes: Sequence[NewBox], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if Channel.PAPER not in ballot.channels:
        return [*reasons, Reason("not-held-that-way", {"channel": Channel.PAPER.value})]
    if ballot.state not in (State.DRAFT, State.OPEN):
        reasons.append(Reason("boxes-before-the-end", {"state": ballot.state}))
    names = [box.name.strip() for box in boxes]
    if not names or not all(names):
        reasons.append(Reason("box-without-name"))
    taken = set(Urn.objects.filter(ballot=ballot).values_list("name", flat=True))
    for place, name in enumerate(names):
        if name and (name in taken or name in names[:place]):
            reasons.append(Reason("box-name-taken", {"box": name}))
    return reasons


def obstacles_to_recording(
    ballot: Ballot,
    box: Box,
    boxes: Sequence[Box],
    *,
    kind: str,
    seals: str,
    words: str,
    happened_at: datetime.datetime,
    into: Box | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """One line of the record of a box. `into`: the box it is mixed into."""
    reasons = obstacles_at_the_table(ballot, by=by, at=at)
    if (
        kind not in AFTER
        or box.stage not in AFTER[kind]
        or ballot.state not in WHILE.get(kind, BEFORE_THE_END)
    ):
        return [
            *reasons,
            Reason("box-not-so-far", {"box": box.urn.name, "step": kind, "stage": box.stage.value}),
        ]
    reasons += _in_words(kind, seals, words) + _in_order(box, kind, happened_at, at)
    if kind == Kind.UNSEALED and too_small(box, boxes, floor := floor_of(ballot)):
        reasons.append(Reason("box-too-small", {"box": box.urn.name, "floor": floor}))
    if kind == Kind.MIXED:
        reasons += _into(box, into)
    return reasons


def _in_words(kind: str, seals: str, words: str) -> list[Reason]:
    reasons = []
    if kind in (Kind.SEALED, Kind.CLOSED) and not seals.strip():
        reasons.append(Reason("seals-without-numbers"))
    if kind in (Kind.BROKEN, Kind.REMARK) and not words.strip():
        reasons.append(Reason("record-without-words"))
    if kind in WITNESSED and not words.strip():
        reasons.append(Reason("record-without-witnesses"))
    return reasons


def _in_order(box: Box, kind: str, happened_at: datetime.datetime, at: datetime.datetime) -> list[Reason]:
    if happened_at > at:
        return [Reason("record-of-the-future")]
    # A form knows minutes, not seconds.
    last = box.last_step.happened_at.replace(second=0, microsecond=0) if box.last_step else None
    if kind in STEPS and last is not None and happened_at < last:
        return [Reason("record-out-of-order", {"hour": last.isoformat()})]
    return []


def _into(box: Box, into: Box | None) -> list[Reason]:
    """Both are closed, and of neither has anybody counted a paper."""
    if into is None or into.urn.pk == box.urn.pk:
        return [Reason("mixed-into-which")]
    if into.stage not in (Stage.CLOSED, Stage.UNSEALED) or into.counted:
        return [Reason("mixed-into-a-closed-one", {"other": into.urn.name})]
    return []


def obstacles_to_giving_paper(
    ballot: Ballot, entry: RollEntry | None, box: Box, *, name: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whether `by` may give this person a paper for this box now."""
    return obstacles_at_the_table(ballot, by=by, at=at) + obstacles_to_a_paper(
        ballot, entry, box, name=name, at=at
    )


def obstacles_to_a_paper(
    ballot: Ballot, entry: RollEntry | None, box: Box, *, name: str, at: datetime.datetime
) -> list[Reason]:
    """Whether there is a paper for this person, whoever gives it. `name`: as the table calls them. No query."""
    if Channel.PAPER not in ballot.channels:
        return [Reason("not-held-that-way", {"channel": Channel.PAPER.value})]
    if entry is None:
        return [Reason("no-vote-here", {"name": name, "day": ballot.register.closes_on.isoformat()})]
    if entry.channel is not None:
        return [Reason("has-voted", {"name": name, "channel": entry.channel})]
    reasons = []
    if not ballot.is_open(at):
        reasons.append(Reason("no-paper-now"))
    if ballot.needs_presence and not entry.present:
        reasons.append(Reason("checked-in-first", {"name": name}))
    if entry.part in ballot.parts_over:
        reasons.append(Reason("sitting-of-others-has-voted", {"name": name}))
    elif box.urn.part is not None and entry.part is not None and box.urn.part != entry.part:
        reasons.append(Reason("box-of-another-sitting", {"box": box.urn.name, "name": name}))
    if box.stage != Stage.VOTING:
        reasons.append(Reason("box-not-open", {"box": box.urn.name}))
    return reasons
