"""Hands and acclamation: when everybody who is left is counted by hand, and when nobody has to be counted at all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from coop.letters import one_line
from coop.members.models import Member
from coop.refusals import Reason

from .counting import Base
from .models import AgreedSheet, Ballot, CountDemand, Question, RollEntry, TellerSheet
from .models.ballots import Channel
from .office import obstacles_to_running
from .parts import part_of
from .sheets import Progress, progress

VOTES = TellerSheet.Subject.VOTES


def left_in_hall(ballot: Ballot) -> QuerySet[RollEntry]:
    """Who is present, has voted in no way yet, and may still: their sitting has not voted."""
    left = RollEntry.objects.filter(ballot=ballot, present=True, channel=None)
    return left.exclude(part__in=ballot.parts_over) if ballot.parts_over else left


def left_for_hands(ballot: Ballot) -> int:
    """People in the hall who have voted in no way yet."""
    return left_in_hall(ballot).count()


def on_hands(ballot: Ballot, part: int | None = None) -> int:
    """People whose hands are counted: they no longer vote on a screen. `part`: those of one sitting."""
    asked = RollEntry.objects.filter(ballot=ballot, channel=Channel.HANDS)
    return (asked if part is None else asked.filter(part=part)).count()


def hands_agreed(ballot: Ballot, *, part: int | None = None, besides: str = "") -> int:
    """Hands that two tellers have counted alike and a third person has confirmed, of all blocks but one together.

    `part`: of the blocks of one sitting.
    """
    agreed = AgreedSheet.objects.filter(ballot=ballot, channel=Channel.HANDS, subject=VOTES)
    return sum(
        one.figures["1"]["papers"]
        for one in agreed.exclude(block=besides)
        if part is None or part_of(one.block) == part
    )


def block_named(ballot: Ballot, name: str) -> str:
    """A block as the first teller wrote it, whatever letters the second one makes large: two sheets must meet."""
    name = one_line(name)
    begun = TellerSheet.objects.filter(ballot=ballot, channel=Channel.HANDS).values_list("block", flat=True)
    return next((block for block in begun if block.casefold() == name.casefold()), name)


@dataclass(frozen=True)
class Block:
    """A block of the hall and how far its counting is. `hands`: how many there were, once that is agreed."""

    name: str
    progress: Progress
    hands: int | None = None


def blocks_of(ballot: Ballot) -> list[Block]:
    """Every block that somebody has counted, by name. Two queries."""
    sheets: dict[str, list[tuple[int, int, Mapping[str, Any]]]] = {}
    for sheet in TellerSheet.objects.filter(ballot=ballot, channel=Channel.HANDS, subject=VOTES):
        sheets.setdefault(sheet.block, []).append((sheet.attempt, sheet.teller_id, sheet.figures))
    agreed = AgreedSheet.objects.filter(ballot=ballot, channel=Channel.HANDS, subject=VOTES)
    hands = {one.block: one.figures["1"]["papers"] for one in agreed}
    return [
        Block(name, progress(rows, agreed=name in hands), hands.get(name))
        for name, rows in sorted(sheets.items())
    ]


def _not_open(ballot: Ballot, at: datetime.datetime) -> list[Reason]:
    if Channel.HANDS not in ballot.channels:
        return [Reason("not-by-hands")]
    return [] if ballot.is_open(at) else [Reason("vote-not-open", {"state": ballot.state})]


def obstacles_to_moving(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever leads says "now hands": only while the vote is open, and only if there is somebody left."""
    reasons = obstacles_to_running(ballot, by=by, at=at) + _not_open(ballot, at)
    if not reasons and left_for_hands(ballot) == 0:
        reasons.append(Reason("nobody-left-for-hands"))
    return reasons


def obstacles_to_hands_on_paper(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_to_running(ballot, by=by, at=at) + _not_open(ballot, at)


def obstacles_to_demanding_count(
    ballot: Ballot, entry: RollEntry | None, at: datetime.datetime
) -> list[Reason]:
    """Anybody in the hall who votes may ask for a count; where hands are counted anyway there is nothing to ask."""
    if reasons := _not_open(ballot, at):
        return reasons
    if entry is None or not entry.present:
        return [Reason("not-in-the-hall")]
    if ballot.on_screens or on_hands(ballot):
        return [Reason("counted-anyway")]
    if CountDemand.objects.filter(ballot=ballot, member=entry.member_id).exists():
        return [Reason("count-demanded-already")]
    return []


def takes_acclamation(ballot: Ballot) -> bool:
    """Whether more than half of the votes for and against is enough, and nothing but hands is taken."""
    simple = (Fraction(ballot.majority), ballot.base) == (Fraction(1, 2), Base.FOR_AGAINST.value)
    return simple and ballot.channels == [Channel.HANDS]


def obstacles_to_acclamation(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """By acclamation only where more than half of the votes for and against is enough: any other majority is a number
    that somebody has to count."""
    reasons = obstacles_to_running(ballot, by=by, at=at) + _not_open(ballot, at)
    if reasons:
        return reasons
    if ballot.on_screens or on_hands(ballot):
        return [Reason("counted-anyway")]
    if not takes_acclamation(ballot):
        reasons.append(Reason("acclamation-needs-simple-majority"))
    if ballot.questions.exclude(method=Question.Method.MOTION).exists():
        reasons.append(Reason("acclamation-is-for-motions"))
    if asking := CountDemand.objects.filter(ballot=ballot).count():
        reasons.append(Reason("count-demanded", {"asking": asking}))
    if left_for_hands(ballot) == 0:
        reasons.append(Reason("nobody-left-for-hands"))
    return reasons


def obstacles_in_hands(ballot: Ballot, hands: int, *, block: str) -> list[Reason]:
    """Whether so many hands more can be there: never more than people who were asked to raise them, in that sitting."""
    part = part_of(block)
    people = on_hands(ballot, part)
    if people == 0:
        return [Reason("nobody-on-hands")]
    if hands_agreed(ballot, part=part, besides=block) + hands > people:
        return [Reason("more-hands-than-people", {"people": people})]
    return []


def obstacles_to_leaving_hands(ballot: Ballot) -> list[Reason]:
    """Why an open vote is not closed yet: whoever was asked for their hand has a right that it be counted."""
    if ballot.state != Ballot.State.OPEN or Channel.HANDS not in ballot.channels:
        return []
    agreed = AgreedSheet.objects.filter(ballot=ballot, channel=Channel.HANDS)
    begun = TellerSheet.objects.filter(ballot=ballot, channel=Channel.HANDS)
    waiting = begun.exclude(block__in=agreed.values("block")).order_by("block")
    if block := waiting.values_list("block", flat=True).first():
        return [Reason("block-not-agreed", {"block": block})]
    if not agreed.exists() and (on_hands(ballot) or not ballot.on_screens):
        return [Reason("hands-not-counted")]
    return []
