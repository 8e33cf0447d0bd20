"""A proposal with everything that is asked to be changed in it, read once, and what comes of it.

The number of queries is the same for one amendment and for three hundred.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self, TypeVar

from django.db.models import Exists, OuterRef

from coop.asked_often import Answer, Often, given, known_already

from .amending import Amending, MarkedClause, amended, applied, marked, wordings
from .conflicts import Because, Conflict, Fall, conflicts, contradictions, falls, standing
from .models import Amendment, AmendmentChange, Clause, DeclaredContrary, OrderMove, PartOf, Proposal
from .voting_order import Asked, Move, Place, voting_order

State, Kind = Amendment.State, Amendment.Kind
Found = TypeVar("Found")

CLAUSES = Often(
    lambda: Clause.objects.filter(proposal_id=given("proposal")).values_list("text", flat=True), told=True
)
AMENDMENTS = Often(
    lambda: (
        Amendment.objects.filter(proposal_id=given("proposal"))
        .select_related("amends", "author", "on_behalf_of", "through__amends")
        .defer("author__support")
        .order_by("number", "pk")
    ),
    told=True,
)
CHANGES = Often(lambda: AmendmentChange.objects.filter(amendment__proposal_id=given("proposal")), told=True)
PARTS = Often(
    lambda: PartOf.objects.filter(whole__proposal_id=given("proposal")).select_related(
        "part__proposal", "part__amends", "part__author", "agreed_by"
    ),
    told=True,
)
CONTRARY = Often(
    lambda: DeclaredContrary.objects.filter(first__proposal_id=given("proposal")).values_list(
        "first", "second"
    ),
    told=True,
)
MOVES = Often(lambda: OrderMove.objects.filter(amendment__proposal_id=given("proposal")), told=True)


BESIDE: tuple[Often[Any], ...] = (PARTS, CONTRARY, MOVES)
ANY = Often(  # whether there are amendments, and anything of what lies beside them; most texts have nothing
    lambda: (
        Proposal.objects.filter(pk=given("proposal"))
        .order_by()
        .values_list(
            Exists(Amendment.objects.filter(proposal=OuterRef("pk"))),
            Exists(PartOf.objects.filter(whole__proposal=OuterRef("pk"))),
            Exists(DeclaredContrary.objects.filter(first__proposal=OuterRef("pk"))),
            Exists(OrderMove.objects.filter(amendment__proposal=OuterRef("pk"))),
        )
    ),
    told=True,
)


@dataclass(frozen=True)
class Written:
    """What the database says of a text and of all that is asked to be changed in it; not read yet."""

    proposal: Proposal
    clauses: list[str]
    answers: Mapping[
        Often[Any], Answer[Any]
    ]  # AMENDMENTS, CHANGES, PARTS, CONTRARY, MOVES, as far as there are any

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        known = "clauses" in getattr(proposal, "_prefetched_objects_cache", {})
        clauses = (
            [clause.text for clause in proposal.clauses.all()] if known else CLAUSES.all(proposal=proposal.pk)
        )
        amended, *beside = ANY.first(proposal=proposal.pk) or (False,)
        asked: list[Often[Any]] = [AMENDMENTS, CHANGES] if amended else []
        asked += [one for one, there in zip(BESIDE, beside, strict=False) if there]
        return cls(proposal, clauses, {one: one.answer(proposal=proposal.pk) for one in asked})

    @property
    def is_amended(self) -> bool:
        return AMENDMENTS in self.answers

    def read(self, one: Often[Found]) -> list[Found]:
        return self.answers[one].read() if one in self.answers else []

    @property
    def said(self) -> tuple[Any, ...]:
        """All that an `AmendedText` is read from: where this is the same, so is everything that comes of it."""
        own = tuple(getattr(self.proposal, field.attname) for field in self.proposal._meta.concrete_fields)
        return own, tuple(self.clauses), *((one, answer.said) for one, answer in self.answers.items())


@dataclass(frozen=True)
class AmendedText:
    proposal: Proposal
    clauses: list[str]  # as published
    amendments: Mapping[int, Amendment]  # by key; those of a proposal first, each followed by its own
    declared: Collection[frozenset[int]] = ()
    moves: list[Move] = field(default_factory=list)

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        return cls.read(Written.of(proposal))

    @classmethod
    def read(cls, written: Written) -> Self:
        found = {one.pk: one for one in written.read(AMENDMENTS)}
        for one in found.values():
            one.proposal = written.proposal
        _beside(found, "changes", [(change.amendment_id, change) for change in written.read(CHANGES)])
        _beside(found, "parts", [(part.whole_id, part) for part in written.read(PARTS)])
        ordered = sorted(
            found.values(),
            key=lambda one: (one.amends.number if one.amends else one.number, one.number * bool(one.amends)),
        )
        return cls(
            written.proposal,
            written.clauses,
            {one.pk: one for one in ordered},
            {frozenset(pair) for pair in written.read(CONTRARY)},
            [Move(one.amendment_id, one.before_id, one.because) for one in written.read(MOVES)],
        )

    def those(self, *states: str) -> list[Amendment]:
        """Amendments to the text itself that are in one of these states; a block is only the sum of its parts."""
        return [
            one
            for one in self.amendments.values()
            if one.amends_id is None and one.kind != Kind.BLOCK and one.state in states
        ]

    def of_its_words(self, amendment: Amendment, *states: str) -> list[Amendment]:
        """Amendments of the words of an amendment, in one of these states."""
        return [one for one in self._of_words.get(amendment.pk, ()) if one.state in states]

    @cached_property
    def _of_words(self) -> Mapping[int, list[Amendment]]:
        """Amendments of amendments, by the key of the one they change."""
        found: dict[int, list[Amendment]] = {}
        for one in self.amendments.values():
            if one.amends_id is not None:
                found.setdefault(one.amends_id, []).append(one)
        return found

    def amending(self, amendment: Amendment) -> Amending:
        """What it asks for now: with what was carried and taken in of the amendments of its own words."""
        if amendment.amends_id is not None:
            return amendment.amending
        subs = [one.amending for one in self.of_its_words(amendment, State.CARRIED, State.ACCEPTED)]
        return amended(amendment.amending, subs) if subs else amendment.amending

    @cached_property
    def _standing(self) -> tuple[list[Amending], Mapping[int, Conflict]]:
        return standing(
            self.clauses,
            taken_in=[self.amending(one) for one in self.those(State.ACCEPTED)],
            carried=[self.amending(one) for one in self.those(State.CARRIED)],
        )

    @property
    def in_force(self) -> list[Amending]:
        """The amendments that make up the text as it stands."""
        return self._standing[0]

    @property
    def set_aside(self) -> Mapping[int, Conflict]:
        """Amendments that the mover took in and that give way to a carried one, with the conflict."""
        return self._standing[1]

    @cached_property
    def marked(self) -> list[MarkedClause]:
        return marked(self.clauses, self.in_force)

    @property
    def as_it_stands(self) -> list[str]:
        """The clauses with everything that was carried or taken in."""
        return applied(self.clauses, self.in_force)

    def marked_by(self, amendment: Amendment) -> list[MarkedClause]:
        """What one amendment alone changes in the published text; of a sub-amendment, in the words it changes."""
        if amendment.amends_id is None:
            return marked(self.clauses, [self.amending(amendment)])
        return marked(self.wordings_of(self.amendments[amendment.amends_id]), [amendment.amending])

    def wordings_of(self, amendment: Amendment) -> list[str]:
        """The words an amendment brings, which amendments of it can change."""
        return wordings(amendment.amending)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Between amendments that can still be in the text: those to be voted, looking for support, carried."""
        open_ones = self.those(State.SUBMITTED, State.ADMITTED, State.CARRIED)
        found = conflicts(self.clauses, [self.amending(one) for one in open_ones])
        for one in open_ones:
            subs = self.of_its_words(one, State.SUBMITTED, State.ADMITTED, State.CARRIED)
            found += conflicts(self.wordings_of(one), [sub.amending for sub in subs])
        return found

    @property
    def contradictions(self) -> list[Conflict]:
        """Carried ones that pull against each other: the whole is not put before a text reconciles them."""
        return contradictions(
            self.clauses, [self.amending(one) for one in self.those(State.CARRIED)], self.declared
        )

    def falls(self) -> list[Fall]:
        """What cannot, or need not, be voted any more."""
        carried, waiting = self.those(State.CARRIED), self.those(State.SUBMITTED, State.ADMITTED)
        found = falls(
            self.clauses,
            carried=[self.amending(one) for one in carried],
            waiting=[self.amending(one) for one in waiting],
            declared=self.declared,
            wanted={one.pk for one in waiting if one.wanted_at is not None},
        )
        for parent in self.those(*State):
            subs = self.of_its_words(parent, State.SUBMITTED, State.ADMITTED)
            if parent.state not in (State.SUBMITTED, State.ADMITTED, State.ACCEPTED):
                found += [Fall(one.pk, Because.ITS_AMENDMENT, parent.pk) for one in subs]
                continue
            found += falls(
                self.wordings_of(parent),
                carried=[one.amending for one in self.of_its_words(parent, State.CARRIED)],
                waiting=[one.amending for one in subs],
                declared=self.declared,
                wanted={one.pk for one in subs if one.wanted_at is not None},
            )
        return found

    @cached_property
    def in_blocks(self) -> Mapping[int, Amendment]:
        """The block in which an amendment is voted, by the key of the amendment."""
        blocks = [one for one in self.amendments.values() if one.kind == Kind.BLOCK and one.is_alive]
        return {part.part_id: block for block in blocks for part in block.parts.all()}

    @cached_property
    def order(self) -> list[tuple[Amendment, Place]]:
        """What is put to the vote, in order, with the reason for its place; a block where its first part would be."""
        waiting = [one for one in self.amendments.values() if one.state == State.ADMITTED]
        asked = [Asked(one.amending, one.number, one.amends_id) for one in waiting if one.kind != Kind.BLOCK]
        found: dict[int, tuple[Amendment, Place]] = {}
        for place in voting_order(self.clauses, asked, self.moves):
            amendment = self.in_blocks.get(place.key, self.amendments[place.key])
            found.setdefault(amendment.pk, (amendment, place))
        return list(found.values())


def _beside(found: Mapping[int, Amendment], name: str, rows: Iterable[tuple[int, Any]]) -> None:
    """Gives every amendment its rows, in their order. What was written since the amendments were asked for waits."""
    of: dict[int, list[Any]] = {key: [] for key in found}
    for key, row in rows:
        if key in of:
            of[key].append(row)
    for key, one in found.items():
        known_already(one, name, of[key])
