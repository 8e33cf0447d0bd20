"""What stands in the way of a count: a box, a block, an urn that is not ready, papers that nobody has explained."""

from __future__ import annotations

from collections.abc import Mapping

from coop.refusals import Reason

from ..boxes import boxes_of, floor_of, too_small
from ..models import AgreedSheet, Ballot, RollEntry, TellerSheet
from ..models.ballots import Channel

VOTES = TellerSheet.Subject.VOTES
Opened = Mapping[tuple[str, ...], int]


def obstacles_to_counting(ballot: Ballot, opened: Opened | None = None) -> list[Reason]:
    """`opened`: the merged papers of the sealed urn, where there is one."""
    if ballot.state != Ballot.State.CLOSED:
        return [Reason("vote-not-closed", {"state": ballot.state})]
    agreed = list(AgreedSheet.objects.filter(ballot=ballot, subject=VOTES).order_by("pk"))
    reasons = _of_the_urn(ballot, opened)
    if Channel.PAPER in ballot.channels:
        reasons += _of_boxes(ballot, {sheet.urn_id: sheet for sheet in agreed if sheet.urn_id})
    if Channel.HANDS in ballot.channels:
        reasons += _of_hands(ballot, [sheet for sheet in agreed if sheet.channel == Channel.HANDS])
    return reasons


def _of_the_urn(ballot: Ballot, opened: Opened | None) -> list[Reason]:
    if not (ballot.is_secret and ballot.on_screens):
        return [Reason("no-urn-to-open")] if opened is not None else []
    urn = getattr(ballot, "sealed_urn", None)
    if opened is None and urn is not None and urn.envelopes == 0:
        return []  # nobody voted on a screen: there is nothing that codes could open
    if urn is None or opened is None:
        return [Reason("urn-not-opened")]
    if sum(opened.values()) != urn.envelopes:
        return [Reason("urn-holds-others", {"found": sum(opened.values()), "envelopes": urn.envelopes})]
    return []


def _of_boxes(ballot: Ballot, agreed: Mapping[int | None, AgreedSheet]) -> list[Reason]:
    """Every used box that is not mixed into another is counted, and papers nobody was marked for are explained."""
    reasons = []
    boxes = boxes_of(ballot)
    for box in boxes:
        if box.inside is not None or not box.used:
            continue
        sheet = agreed.get(box.urn.pk)
        if ballot.is_secret and too_small(box, boxes, floor := floor_of(ballot)):
            reasons.append(Reason("box-too-small", {"box": box.urn.name, "floor": floor}))
        elif sheet is None:
            reasons.append(Reason("box-not-counted", {"box": box.urn.name}))
        elif not sheet.remark.strip() and any(
            told["papers"] != box.people for told in sheet.figures.values()
        ):
            reasons.append(Reason("papers-unexplained", {"box": box.urn.name, "people": box.people}))
    return reasons


def _of_hands(ballot: Ballot, agreed: list[AgreedSheet]) -> list[Reason]:
    """Each block that somebody has counted is agreed; there are no more hands than people who were asked for them."""
    people = RollEntry.objects.filter(ballot=ballot, channel=Channel.HANDS).count()
    if not agreed and people:
        return [Reason("hands-not-counted")]
    begun = TellerSheet.objects.filter(ballot=ballot, channel=Channel.HANDS)
    waiting = begun.exclude(block__in=[sheet.block for sheet in agreed]).values_list("block", flat=True)
    reasons = [Reason("block-not-agreed", {"block": block}) for block in sorted(set(waiting))]
    numbers = {number for sheet in agreed for number in sheet.figures}
    if any(sum(sheet.figures[number]["papers"] for sheet in agreed) > people for number in numbers):
        reasons.append(Reason("more-hands-than-people", {"people": people}))
    return reasons
