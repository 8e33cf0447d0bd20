"""Who counts, what and when: two tellers who do not see each other's figures, and a third who confirms."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coop.members.models import Member
from coop.refusals import Reason

from ..boxes import Box, Stage, boxes_of, floor_of, too_small
from ..models import AgreedSheet, Ballot, RollEntry, Teller, TellerSheet, Urn
from ..models.ballots import Channel
from ..office import obstacles_to_running, obstacles_to_serving
from ..printed import questions_on
from ..sheets import Progress, faults_in_signatures, faults_in_votes, progress
from ..sheets import Stage as Counted
from .answers import Printed

VOTES, SIGNATURES = TellerSheet.Subject.VOTES, TellerSheet.Subject.SIGNATURES


@dataclass(frozen=True)
class Place:
    """What two tellers count together: a box of papers, or the hands of a block of the hall."""

    channel: str
    urn: Urn | None = None
    block: str = ""

    @property
    def name(self) -> str:
        return self.urn.name if self.urn else self.block


def asked_on(ballot: Ballot) -> list[Printed]:
    """What a sheet asks, question by question."""
    return [asked for _key, asked in questions_on(ballot).values()]


def progress_at(ballot: Ballot, place: Place, subject: str) -> Progress:
    """How far the counting of one place is."""
    where = _where(ballot, place, subject)
    sheets = TellerSheet.objects.filter(**where).values_list("attempt", "teller", "figures")
    return progress(sheets, agreed=AgreedSheet.objects.filter(**where).exists())


def every_progress(ballot: Ballot) -> dict[tuple[int | None, str, str], Progress]:
    """How far each place is that anybody has counted: by box, block and subject. Two queries."""
    where = ("urn", "block", "subject")
    sheets: dict[tuple[int | None, str, str], list[tuple[int, int, Any]]] = {}
    for urn, block, subject, *sheet in TellerSheet.objects.filter(ballot=ballot).values_list(
        *where, "attempt", "teller", "figures"
    ):
        sheets.setdefault((urn, block, subject), []).append((sheet[0], sheet[1], sheet[2]))
    agreed = set(AgreedSheet.objects.filter(ballot=ballot).values_list(*where))
    return {place: progress(of_place, agreed=place in agreed) for place, of_place in sheets.items()}


def _where(ballot: Ballot, place: Place, subject: str) -> dict[str, Any]:
    return {"ballot": ballot, "urn": place.urn, "block": place.block, "subject": subject}


def last_sheets(ballot: Ballot, place: Place, subject: str) -> list[TellerSheet]:
    """The sheets of the attempt that is being counted or was agreed; none when the last two differed."""
    now = progress_at(ballot, place, subject)
    found = TellerSheet.objects.filter(**_where(ballot, place, subject), attempt=now.attempt)
    return list(found.select_related("teller"))


def papers_unlike_people(figures: Mapping[str, Any], people: int) -> bool:
    """Whether, for some question, another number of papers was found than people were given one."""
    return any(told["papers"] != people for told in figures.values())


# --- Tellers ----------------------------------------------------------------------------------------------------------


def obstacles_to_naming_tellers(
    ballot: Ballot, members: Collection[Member], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_running(ballot, by=by, at=at) + _over(ballot)
    if not members:
        reasons.append(Reason("nobody-named"))
    for member in members:
        reasons += obstacles_to_serving(ballot, member)
        if Teller.objects.filter(ballot=ballot, member=member).exists():
            reasons.append(Reason("teller-already", {"name": member.name}))
    return reasons


def _over(ballot: Ballot) -> list[Reason]:
    if ballot.state in (Ballot.State.COUNTED, Ballot.State.ANNULLED):
        return [Reason("ballot-settled", {"state": ballot.state})]
    return []


# --- Sheets -----------------------------------------------------------------------------------------------------------


def obstacles_to_counting_here(ballot: Ballot, place: Place, subject: str) -> list[Reason]:
    """Whether this place can be counted at all now, whoever does it."""
    if place.channel not in ballot.channels or (place.urn and place.urn.ballot_id != ballot.pk):
        return [Reason("not-held-that-way", {"channel": place.channel})]
    if ballot.state not in (Ballot.State.OPEN, Ballot.State.CLOSED):
        return _over(ballot) or [Reason("vote-not-open-yet")]
    if place.channel == Channel.HANDS:
        return [Reason("hands-are-seen")] if ballot.is_secret else []
    assert place.urn is not None
    if subject == VOTES and ballot.state != Ballot.State.CLOSED:
        return [Reason("papers-after-closing")]
    boxes = boxes_of(ballot)
    box = next(one for one in boxes if one.urn.pk == place.urn.pk)
    if subject == SIGNATURES:
        return _signatures_too_late(ballot, box)
    return _not_ready(ballot, box, boxes)


def _not_ready(ballot: Ballot, box: Box, boxes: Sequence[Box]) -> list[Reason]:
    if box.inside is not None:
        return [Reason("box-is-mixed", {"box": box.urn.name, "other": box.inside.name})]
    floor = floor_of(ballot)
    if small := next((one for one in boxes if one.inside is None and too_small(one, boxes, floor)), None):
        return [Reason("box-too-small", {"box": small.urn.name, "floor": floor})]
    if box.stage != Stage.UNSEALED:
        return [Reason("box-not-unsealed", {"box": box.urn.name})]
    for urn in (box.urn, *box.holds):
        signed = progress_at(ballot, Place(Channel.PAPER, urn), SIGNATURES)
        if (signed.attempt > 1 or signed.counted) and signed.stage != Counted.AGREED:
            return [Reason("signatures-first", {"box": urn.name})]
    return []


def _signatures_too_late(ballot: Ballot, box: Box) -> list[Reason]:
    """Who signed is settled before the papers are: afterwards nobody could say what the papers were compared with."""
    root = box.inside or box.urn
    if AgreedSheet.objects.filter(ballot=ballot, urn=root, subject=VOTES).exists():
        return [Reason("papers-counted-already", {"box": root.name})]
    return []


def obstacles_to_entering_sheet(
    ballot: Ballot,
    place: Place,
    subject: str,
    *,
    attempt: int,
    figures: Mapping[str, Any],
    remark: str,
    by: Member,
) -> list[Reason]:
    """Whether `by` may hand in this sheet. Of what the other teller wrote, only that there is a sheet is ever told."""
    reasons = obstacles_to_serving(ballot, by)
    if not Teller.objects.filter(ballot=ballot, member=by).exists():
        reasons.append(Reason("not-a-teller", {"name": by.name}))
    reasons = reasons or obstacles_to_counting_here(ballot, place, subject)
    if reasons:
        return reasons
    now = progress_at(ballot, place, subject)
    if now.stage == Counted.AGREED:
        return [Reason("place-agreed")]
    if now.stage == Counted.ONE and by.pk in now.counted:
        return [Reason("sheet-handed-in")]
    if now.stage == Counted.EQUAL and (by.pk not in now.counted or not remark.strip()):
        return [Reason("sheets-wait-for-third")]
    if attempt != now.next_attempt:
        return [Reason("counting-went-on")]
    if subject == SIGNATURES:
        return faults_in_signatures(figures) or _strangers(ballot, figures["numbers"])
    return faults_in_votes(figures, asked_on(ballot)) or _unexplained(ballot, place, figures, remark)


def _unexplained(ballot: Ballot, place: Place, figures: Mapping[str, Any], remark: str) -> list[Reason]:
    people = _people_at(ballot, place)
    if people is None or remark.strip() or not papers_unlike_people(figures, people):
        return []
    return [Reason("papers-unlike-people", {"people": people})]


def _people_at(ballot: Ballot, place: Place) -> int | None:
    if place.urn is None:
        return None  # hands are marked together, not by block
    return next(box.people for box in boxes_of(ballot) if box.urn.pk == place.urn.pk)


def _strangers(ballot: Ballot, numbers: Collection[int]) -> list[Reason]:
    roll = RollEntry.objects.filter(ballot=ballot, member__number__in=numbers)
    found = dict(roll.values_list("member__number", "present"))
    reasons = []
    if strangers := sorted(set(numbers) - found.keys()):
        reasons.append(Reason("numbers-not-on-the-roll", {"lines": strangers}))
    if away := sorted(number for number, present in found.items() if not present):
        reasons.append(Reason("numbers-not-checked-in", {"lines": away}))
    return reasons


def obstacles_to_confirming_sheets(
    ballot: Ballot,
    place: Place,
    subject: str,
    *,
    attempt: int,
    remark: str,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """A third person, who runs the vote and counted neither sheet, says that these figures go into the count."""
    reasons = obstacles_to_running(ballot, by=by, at=at) + obstacles_to_counting_here(ballot, place, subject)
    if reasons:
        return reasons
    now = progress_at(ballot, place, subject)
    if now.stage == Counted.AGREED:
        return [Reason("place-agreed")]
    if now.stage != Counted.EQUAL or now.attempt != attempt:
        return [Reason("nothing-to-confirm")]
    if by.pk in now.counted:
        return [Reason("confirmed-by-a-third", {"name": by.name})]
    figures = last_sheets(ballot, place, subject)[0].figures
    return [] if subject == SIGNATURES else _unexplained(ballot, place, figures, remark)


def places_to_count(ballot: Ballot) -> list[Place]:
    """Boxes whose papers must still be counted, agreed and confirmed before the vote can be.

    Not those that were mixed into another, and not those that nobody was ever given paper for and that never opened.
    """
    agreed = AgreedSheet.objects.filter(ballot=ballot, subject=VOTES, urn__isnull=False)
    done = set(agreed.values_list("urn", flat=True))
    return [
        Place(Channel.PAPER, box.urn)
        for box in boxes_of(ballot)
        if box.inside is None and box.urn.pk not in done and box.used
    ]
