"""What stands around the figures of a count: the rules, the places papers came from, the people who stand for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coop.ballots.acta.sentences import say_rule
from coop.ballots.acta.slices import groups
from coop.ballots.acta.stage_sentences import several
from coop.ballots.boxes import Box, boxes_of, floor_of
from coop.ballots.models import AgreedSheet, Ballot, CountedPlace, Tally, Teller
from coop.ballots.models.ballots import Channel
from coop.charter.articles.choices import TIES, TIES_OF_PERSONS


def rules_of(found: Ballot, tallies: Sequence[Tally]) -> list[tuple[str, str]]:
    """The rules copied onto the ballot, in words: the majority where one was asked, and what follows at a tie."""
    told = []
    if any(tally.majority for tally in tallies):
        told.append((_("Majority"), say_rule(found.majority, found.base)))
    ties = dict([*TIES, *TIES_OF_PERSONS])
    told.append((_("At a tie"), str(capfirst(_(ties[found.tie_rule])))))
    return told


@dataclass(frozen=True)
class Place:
    name: str
    people: int | None
    papers: int
    remark: str


def places_of(found: Ballot) -> list[Place]:
    """Screens, boxes and blocks. Boxes of a secret vote with few papers are told together with others."""
    places = list(CountedPlace.objects.filter(ballot=found).select_related("urn"))
    remarks = dict(
        AgreedSheet.objects.filter(ballot=found, urn__isnull=False, subject="votes").values_list(
            "urn", "remark"
        )
    )
    made = {box.urn.pk: box for box in boxes_of(found)}
    boxes = {str(place.urn_id): place for place in places if place.urn_id}
    floor = floor_of(found) if found.is_secret and boxes else 1
    parts = groups({key: {"papers": place.papers} for key, place in boxes.items()}, floor)
    told = [
        Place(_("On a screen"), place.people, place.papers, "")
        for place in places
        if place.channel == Channel.PHONE
    ]
    told += [_together([boxes[key] for key in part], remarks, made) for part in parts]
    told += [Place(place.block, place.people, place.papers, "") for place in places if place.block]
    return told


def _together(boxes: Sequence[CountedPlace], remarks: dict[int, str], made: dict[int, Box]) -> Place:
    told = [remarks.get(box.urn_id or 0, "") for box in boxes]
    told += [
        _("Into %(box)s was mixed, before it was opened: %(others)s.")
        % {"box": box.urn, "others": several(str(other) for other in held)}
        for box in boxes
        if box.urn_id and (held := made[box.urn_id].holds)
    ]
    return Place(
        several(str(box.urn) for box in boxes),
        sum(box.people or 0 for box in boxes),
        sum(box.papers for box in boxes),
        " ".join(words for words in told if words),
    )


def people_of(found: Ballot) -> list[tuple[str, str]]:
    """Who counted, confirmed, keeps the key: what they did, and their names."""
    sheets = AgreedSheet.objects.filter(ballot=found).select_related("confirmed_by")
    told = [
        (
            _("Tellers"),
            [str(teller.member) for teller in Teller.objects.filter(ballot=found).select_related("member")],
        ),
        (_("Confirmed by"), sorted({str(sheet.confirmed_by) for sheet in sheets})),
    ]
    urn = getattr(found, "sealed_urn", None)
    if urn is not None:
        trustees = list(urn.trustees.select_related("member"))
        told.append((_("Keepers of the key"), [str(one.member) for one in trustees]))
        opened = [str(one.member) for one in trustees if one.place in (urn.opened_with or [])]
        told.append((_("Opened by"), opened))
    return [(what, several(names)) for what, names in told if names]
