"""A vote over several sittings: one ballot, one count, and for every sitting a part of its own.

The box does not know what a sitting is; it knows numbers. A part is over when its sitting has voted: its people stay
counted as present and vote no more, while the vote rests for the next. Hands carry their part in the name of the block
("2 ▸ left"), papers in their box, screens on the roll.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Count

from coop.refusals import Reason

from .acta.slices import is_small
from .boxes import Stage, stage_of
from .models import AgreedSheet, Ballot, NamedVote, RollEntry, TellerSheet, Urn
from .models.ballots import Channel

VOTES = TellerSheet.Subject.VOTES
SIGN = "▸"
LONGEST_BLOCK = 30  # letters of a block's own name, before the sitting is written in front


def block_in(part: int | None, name: str) -> str:
    """A block of the hall as it is stored; without a part, of a vote that only one sitting holds.

    >>> block_in(2, "left"), block_in(None, "2 ▸ left")
    ('2 ▸ left', '2 - left')
    """
    name = name.replace(SIGN, "-")
    return name if part is None else f"{part} {SIGN} {name}"


def part_of(block: str) -> int | None:
    """
    >>> part_of("2 ▸ left"), part_of("left"), part_of("2 left")
    (2, None, None)
    """
    found = re.fullmatch(rf"(\d{{1,4}}) {SIGN} .*", block, re.ASCII | re.DOTALL)
    return int(found[1]) if found else None


def own_name(block: str) -> str:
    """
    >>> own_name("2 ▸ left"), own_name("left")
    ('left', 'left')
    """
    return block if part_of(block) is None else block.split(f" {SIGN} ", 1)[1]


def obstacles_in_part(ballot: Ballot, part: int) -> list[Reason]:
    """Why the part of this vote is not over: people were asked for their hand, or given a paper, and it is not done."""
    reasons = []
    if Channel.HANDS in ballot.channels:
        reasons += _hands(ballot, part)
    if Channel.PAPER in ballot.channels:
        reasons += _boxes(ballot, part)
    return reasons


def _hands(ballot: Ballot, part: int) -> list[Reason]:
    begun = _blocks(TellerSheet.objects.filter(ballot=ballot, channel=Channel.HANDS), part)
    agreed = _blocks(AgreedSheet.objects.filter(ballot=ballot, channel=Channel.HANDS), part)
    if waiting := sorted(begun - agreed):
        return [Reason("block-not-agreed", {"block": own_name(waiting[0])})]
    asked = RollEntry.objects.filter(ballot=ballot, channel=Channel.HANDS, part=part)
    return [Reason("hands-not-counted")] if not agreed and asked.exists() else []


def _blocks(sheets: object, part: int) -> set[str]:
    names = sheets.order_by().values_list("block", flat=True).distinct()  # type: ignore[attr-defined]
    return {name for name in names if part_of(name) == part}


def _boxes(ballot: Ballot, part: int) -> list[Reason]:
    """A box that still takes papers of this sitting: its own, or one in which somebody of it has put theirs."""
    used = RollEntry.objects.filter(ballot=ballot, part=part, urn__isnull=False).values_list("urn", flat=True)
    used_here = set(used.order_by().distinct())
    return [
        Reason("box-still-open", {"box": urn.name})
        for urn in Urn.objects.filter(ballot=ballot).prefetch_related("record")
        if (urn.part == part or (urn.part is None and urn.pk in used_here))
        and stage_of(urn.record.all()) == Stage.VOTING
    ]


# --- After the count ------------------------------------------------------------------------------------------------


Figures = Mapping[int, Mapping[str, int]]  # part -> code -> votes


def votes_by_part(ballots: Collection[Ballot], floors: Mapping[int, int]) -> dict[int, Figures]:
    """Ballot -> its figures sitting by sitting, of counted motions that several sittings voted on. Four queries.

    Left out where a figure cannot be told by sitting (a sealed urn on screens, a box without a sitting, a block from
    before), or where a cell of a secret vote would be so small that it tells who. `floors`: ballot -> that number.
    """
    counted = {
        one.pk: one for one in ballots if one.state == Ballot.State.COUNTED and len(set(one.parts_over)) > 0
    }
    if not counted:
        return {}
    found: dict[int, dict[int | None, Counter[str]]] = {pk: {} for pk in counted}
    sheets = AgreedSheet.objects.filter(ballot__in=counted, subject=VOTES).select_related("urn")
    for sheet in sheets:
        part = part_of(sheet.block) if sheet.urn is None else sheet.urn.part
        cells = found[sheet.ballot_id].setdefault(part, Counter())
        cells.update(sheet.figures.get("1", {}).get("votes", {}))
    named = NamedVote.objects.filter(entry__ballot__in=counted, question__number=1)
    rows = named.values_list("entry__ballot", "entry__part", "answer").annotate(number=Count("pk")).order_by()
    for ballot, part, answer, number in rows:
        found[ballot].setdefault(part, Counter())[answer] += number
    return {
        pk: {part: parts[part] for part in sorted(one for one in parts if one is not None)}
        for pk, parts in found.items()
        if _can_be_told(counted[pk], parts, floors.get(pk, 0))
    }


def _can_be_told(ballot: Ballot, parts: Mapping[int | None, Mapping[str, int]], floor: int) -> bool:
    if len(parts) < 2 or None in parts:
        return False
    if not ballot.is_secret:
        return True
    return Channel.PHONE not in ballot.channels and not any(
        is_small(cells, floor) for cells in parts.values()
    )
