"""The boxes of a vote as they stand: how far each is, how many people were given paper for it, what lies in which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from coop.charter.models import Bylaws

from .models import Ballot, RollEntry, TellerSheet, Urn, UrnEntry


class Stage(StrEnum):
    NEW = "new"
    SEALED = "sealed"
    VOTING = "voting"
    CLOSED = "closed"
    MIXED = "mixed"
    UNSEALED = "unsealed"


_LEADS_TO = {
    UrnEntry.Kind.SEALED: Stage.SEALED,
    UrnEntry.Kind.OPENED: Stage.VOTING,
    UrnEntry.Kind.CLOSED: Stage.CLOSED,
    UrnEntry.Kind.MIXED: Stage.MIXED,
    UrnEntry.Kind.UNSEALED: Stage.UNSEALED,
}
STEPS = frozenset(_LEADS_TO)  # the other lines of a record (carried, broken, a remark) change nothing


def stage_of(record: Iterable[UrnEntry]) -> Stage:
    """How far a box is, by its record in the order in which it was written."""
    stage = Stage.NEW
    for entry in sorted(record, key=lambda entry: entry.pk):
        stage = _LEADS_TO.get(UrnEntry.Kind(entry.kind), stage)
    return stage


@dataclass(frozen=True)
class Box:
    """One box. `people`: marked on the roll for it and for all that was mixed into it; `own`: for itself alone."""

    urn: Urn
    stage: Stage
    record: tuple[UrnEntry, ...]
    own: int
    people: int
    holds: tuple[Urn, ...]
    inside: Urn | None  # where its papers lie now, when it was mixed
    counted: bool  # whether a teller has handed in a sheet of its papers

    @property
    def broken(self) -> list[UrnEntry]:
        return [entry for entry in self.record if entry.kind == UrnEntry.Kind.BROKEN]

    @property
    def last_step(self) -> UrnEntry | None:
        steps = [entry for entry in self.record if entry.kind in STEPS]
        return max(steps, key=lambda entry: entry.pk, default=None)

    @property
    def used(self) -> bool:
        """Whether there can be papers in it: it was opened for voting, or somebody is marked or signed for it."""
        return bool(self.people) or self.stage not in (Stage.NEW, Stage.SEALED)


def boxes_of(ballot: Ballot) -> list[Box]:
    """Every box of the vote, by number. Five questions to the database, however many boxes there are."""
    urns = list(Urn.objects.filter(ballot=ballot).prefetch_related("record__entered_by"))
    marked = RollEntry.objects.filter(ballot=ballot, urn__isnull=False).values_list("urn")
    own = dict(marked.annotate(people=Count("pk")).order_by())
    sheets = TellerSheet.objects.filter(ballot=ballot, subject=TellerSheet.Subject.VOTES)
    counted = set(sheets.values_list("urn", flat=True).order_by())
    by_key = {urn.pk: urn for urn in urns}
    inside = {urn.pk: _lies_in(urn, by_key) for urn in urns}
    return [_box(urn, urns, own, inside, counted=urn.pk in counted) for urn in urns]


def _lies_in(urn: Urn, by_key: dict[int, Urn]) -> Urn:
    """Follows a box that was mixed into one that was mixed."""
    while urn.mixed_into_id is not None:
        urn = by_key[urn.mixed_into_id]
    return urn


def _box(urn: Urn, urns: list[Urn], own: dict[int, int], inside: dict[int, Urn], *, counted: bool) -> Box:
    holds = tuple(other for other in urns if inside[other.pk] == urn and other != urn)
    record = tuple(urn.record.all())
    return Box(
        urn=urn,
        stage=stage_of(record),
        record=record,
        own=own.get(urn.pk, 0),
        people=own.get(urn.pk, 0) + sum(own.get(other.pk, 0) for other in holds),
        holds=holds,
        inside=None if inside[urn.pk] == urn else inside[urn.pk],
        counted=counted,
    )


def box_of(ballot: Ballot, urn: Urn) -> Box:
    return next(box for box in boxes_of(ballot) if box.urn.pk == urn.pk)


def floor_of(ballot: Ballot) -> int:
    """With fewer papers than this a box is not counted alone: the rule the ballot was drawn up under."""
    bylaws = Bylaws.objects.get(cooperative=ballot.cooperative_id, version=ballot.rules_version)
    return int(bylaws.published_floor)


def too_small(box: Box, boxes: Iterable[Box], floor: int) -> bool:
    """Whether few people's papers lie in this box while there is another to mix them into.

    Nobody at all is not few: an empty box tells nothing. Papers that somebody has counted take no others any more, so
    the last box cannot be mixed; then the figures of all channels are told together only.
    """
    others = [one for one in boxes if one.urn.pk != box.urn.pk and one.inside is None and one.people]
    return 0 < box.people < floor and not box.counted and any(not one.counted for one in others)
