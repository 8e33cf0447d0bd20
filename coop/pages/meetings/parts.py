"""The parts of a vote over several sittings, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coop.ballots.models import Ballot
from coop.ballots.parts import own_name, part_of
from coop.meetings.models import AgendaItem, Meeting, Sitting
from coop.meetings.resting import (
    has_voted,
    held_in_parts,
    not_voted_here,
    obstacles_to_resting,
    others_to_come,
    still_to_vote,
)
from coop.meetings.rules.leading import obstacles_to_leading
from coop.refusals import Reason

from ..access import Here, acting


@dataclass(frozen=True)
class Part:
    """The part of one sitting in a vote, and what stands in the way of ending it."""

    sitting: Sitting
    against: list[Reason]


def parts_to_end(item: AgendaItem, here: Here) -> list[Part]:
    """Of a vote that other sittings have still to vote on: the sittings that could end their part now."""
    if item.decision is None or item.decision.ballot.state != Ballot.State.OPEN:
        return []
    meeting, ballot = item.meeting, item.decision.ballot
    sittings = list(meeting.sittings.all())
    opened = [one for one in sittings if one.is_open and not has_voted(ballot, one, sittings)]
    leading = obstacles_to_leading(meeting, by=acting(here), at=here.at)
    return [
        Part(one, obstacles_to_resting(item, one, leading=leading, at=here.at))
        for one in opened
        if still_to_vote(ballot, meeting, besides=one)
    ]


def say_block(block: str) -> str:
    """A block of the hall in words: where several sittings vote, with the sitting."""
    part = part_of(block)
    if part is None:
        return block
    return _("Sitting %(sitting)s, %(block)s") % {"sitting": part, "block": own_name(block)}


def votes_to_come(meeting: Meeting) -> list[Reason]:
    """For the page that opens a vote: which sittings vote after this one."""
    return others_to_come(meeting) if held_in_parts(meeting) else []


def left_out(sitting: Sitting) -> str:
    """A warning beside the end of a sitting: items on which nobody of it has been asked yet."""
    places = not_voted_here(sitting) if sitting.opened_at is not None else []
    if not places:
        return ""
    words = _("Nobody of this sitting has voted on item %(items)s yet. After closing they cannot any more.")
    return words % {"items": ", ".join(places)}
