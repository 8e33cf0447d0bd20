"""In which order amendments are put, what a vote makes of them, and what falls with it."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.models import Actor
from coop.members.models import Member
from coop.refusals import refuse_if

from ..amended_text import AmendedText
from ..models import Amendment, DeclaredContrary, OrderMove, Proposal
from ..rules.amendments import (
    obstacles_to_declaring_contrary,
    obstacles_to_moving,
    obstacles_to_wanting,
)
from ..wording import tidy
from .amendments import State, locked_amendment, step
from .proposals import locked

Because, Kind = Amendment.Because, Amendment.Kind


@transaction.atomic
def move(
    *, amendment: Amendment, before: Amendment | None, because: str, by: Member, at: datetime.datetime
) -> None:
    """Another place in the order of voting than the computed one; the reason is read out with it."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_moving(amendment, before, because, by=by, at=at))
    OrderMove.objects.create(
        amendment=amendment, before=before, because=tidy(because), moved_by=by, moved_at=at
    )
    step(
        amendment=amendment,
        verb="amendment-moved",
        by=by.actor,
        at=at,
        told={"before": before.short if before else None, "because": tidy(because)},
    )


@transaction.atomic
def declare_contrary(
    *, one: Amendment, two: Amendment, because: str, by: Member, at: datetime.datetime
) -> None:
    """Two that could both stand and pull apart: when one is carried the other falls, unless the meeting wants it."""
    one = locked_amendment(one)
    two = Amendment.objects.select_related("amends").get(pk=two.pk)
    refuse_if(obstacles_to_declaring_contrary(one, two, because, by=by, at=at))
    first, second = sorted((one, two), key=lambda amendment: amendment.pk)
    DeclaredContrary.objects.get_or_create(
        first=first,
        second=second,
        defaults={"because": tidy(because), "declared_by": by, "declared_at": at},
    )
    told: dict[str, object] = {"other": two.short, "because": tidy(because)}
    step(amendment=one, verb="amendments-contrary", by=by.actor, at=at, told=told)


@transaction.atomic
def settle_amendment(*, amendment: Amendment, carried: bool, by: Actor, at: datetime.datetime) -> None:
    """The vote on it is counted. What has fallen in the meantime stays fallen, whatever its vote was."""
    amendment = locked_amendment(amendment)
    if amendment.state != State.ADMITTED:
        return
    _end(amendment, carried, by, at)
    for part in amendment.parts.select_related("part__amends"):
        one = part.part
        one.proposal = amendment.proposal
        if amendment.kind == Kind.BLOCK and one.state == State.ADMITTED:
            _end(one, carried, by, at)
        elif amendment.kind == Kind.COMMON and carried and one.state == State.CARRIED:
            step(
                amendment=one,
                verb="amendment-replaced",
                by=by,
                at=at,
                told={"through": amendment.number},
                state=State.REPLACED,
                ended_at=at,
                through=amendment,
            )
    let_fall_what_falls(proposal=amendment.proposal, by=by, at=at)


def _end(amendment: Amendment, carried: bool, by: Actor, at: datetime.datetime) -> None:
    state = State.CARRIED if carried else State.NOT_CARRIED
    told: dict[str, object] = {"outcome": str(state)}
    step(amendment=amendment, verb="amendment-settled", by=by, at=at, told=told, state=state, ended_at=at)


@transaction.atomic
def let_fall_what_falls(*, proposal: Proposal, by: Actor, at: datetime.datetime) -> None:
    """After a vote: what cannot stand with the carried ones, pulls against them, or would change what is gone."""
    proposal = locked(proposal)
    text = AmendedText.of(proposal)
    while found := text.falls():  # with an amendment fall those of its own words
        for fall in found:
            _fall(text.amendments[fall.key], fall.because, text.amendments[fall.through], by, at)
        text = AmendedText.of(proposal)


def _fall(
    amendment: Amendment, because: str, through: Amendment | None, by: Actor, at: datetime.datetime
) -> None:
    step(
        amendment=amendment,
        verb="amendment-fallen",
        by=by,
        at=at,
        told={"because": str(because), "through": through.short if through else None},
        state=State.FALLEN,
        ended_at=at,
        fell_because=str(because),
        through=through,
    )


@transaction.atomic
def let_fall_the_rest(
    *, proposal: Proposal, because: Amendment.Because, by: Actor, at: datetime.datetime
) -> None:
    """What was looking for support when the meeting opened, or all that waited when the text is not voted any more."""
    proposal = locked(proposal)
    waiting = Amendment.objects.select_related("amends").filter(
        proposal=proposal, state__in=[State.SUBMITTED, State.ADMITTED]
    )
    if because == Because.NO_SUPPORT:
        waiting = waiting.filter(state=State.SUBMITTED, is_late=False)
    for amendment in waiting:
        amendment.proposal = proposal
        _fall(amendment, because, None, by, at)


@transaction.atomic
def want(*, amendment: Amendment, by: Actor, at: datetime.datetime) -> None:
    """The meeting votes on it although something contrary was carried. Both carried, the text waits for a third."""
    amendment = locked_amendment(amendment)
    refuse_if(obstacles_to_wanting(amendment))
    step(
        amendment=amendment,
        verb="amendment-wanted",
        by=by,
        at=at,
        state=State.ADMITTED,
        ended_at=None,
        fell_because="",
        through=None,
        wanted_at=at,
    )
