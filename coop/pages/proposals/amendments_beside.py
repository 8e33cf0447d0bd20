"""A text with what is asked to be changed in it: each amendment stands beside the clause it changes.

A page shows a stretch of the clauses, so a text of two hundred with three hundred amendments stays readable and quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import cached_property

from coop.asked_often import Often, given
from coop.members.models import Power
from coop.proposals.amended_text import AmendedText, Written
from coop.proposals.amending import Amending, Change, Insert, Whole
from coop.proposals.models import Amendment, AmendmentSupport, Proposal
from coop.proposals.rules import obstacles_to_leading, obstacles_to_writing_an_amendment

from .. import kept
from ..access import Here, acting, page_of
from .amendment_marks import Marked, words_in_and_out
from .amendments_told import (
    SHAPES,
    changes_told,
    clashes,
    contradictions,
    ending_of,
    in_clause,
    in_words,
    state_of,
    why_there,
)

CLAUSES_ON_A_PAGE = 20
SIGNED = Often(
    lambda: (
        AmendmentSupport.objects.filter(amendment__proposal_id=given("proposal"))
        .values_list("amendment")
        .annotate(many=Count("pk"))
        .order_by("amendment")
    ),
    told=True,
)
LEADING = (Power.CONVENE, Power.RECORD_MINUTES)  # who has neither anywhere does not sort the amendments
FIRST_IN_ORDER = 10  # so many of the order of voting stand beside the text; all of it has its own page

State, Kind = Amendment.State, Amendment.Kind


@dataclass(frozen=True)
class Asked:
    """One amendment, as it stands beside a clause or in a list."""

    amendment: Amendment
    word: str
    shape: str
    told: list[str]
    runs: list[Marked] = field(default_factory=list)
    given: int = 0
    clashes: Sequence[str] = ()
    ending: str = ""
    also: list[int] = field(default_factory=list)  # further clauses that it changes
    block: Amendment | None = None
    own: list[Asked] = field(default_factory=list)  # amendments of its words


@dataclass(frozen=True)
class Beside:
    """A clause, what is asked for it, and what is asked to be put in after it."""

    number: int
    text: str
    asked: list[Asked]
    after: list[Asked]


@dataclass(frozen=True)
class Voted:
    """A place in the order of voting."""

    number: int
    asked: Asked
    why: str


class Reading:
    """A proposal's text and amendments as one page shows them. Of one amendment every clash can be told."""

    def __init__(
        self, text: AmendedText, signed: Iterable[tuple[int, int]], *, every_clash: bool = False
    ) -> None:
        """`signed`: how many signatures are under an amendment."""
        self.text, self._every_clash, self.given = text, every_clash, dict(signed)

    @classmethod
    def of(cls, proposal: Proposal, *, every_clash: bool = False) -> Self:
        signed = SIGNED.all(proposal=proposal.pk)
        return cls(AmendedText.of(proposal), signed, every_clash=every_clash)

    @cached_property
    def clashes(self) -> Mapping[int, list[str]]:
        return clashes(self.text, None) if self._every_clash else clashes(self.text)

    @cached_property
    def _by_clause(self) -> Mapping[int, list[tuple[Amendment, Change]]]:
        """Every change to the text at its clause; the amendments in the order of their numbers."""
        found: dict[int, list[tuple[Amendment, Change]]] = {}
        for one in self.text.those(*State):
            for change in self.text.amending(one).changes:
                if not isinstance(change, Whole):
                    found.setdefault(change.clause, []).append((one, change))
        return found

    def beside(self, page: Page[str]) -> list[Beside]:
        """The clauses of a page, each with its amendments."""
        first = (page.number - 1) * CLAUSES_ON_A_PAGE
        return [self._beside(number, text) for number, text in enumerate(page.object_list, first + 1)]

    @property
    def before_all(self) -> list[Asked]:
        """What is asked to be put in before the first clause."""
        return self._asked_at(0, "", put_in=True)

    @property
    def for_the_whole(self) -> list[Asked]:
        return [
            self.asked(one, in_words(self.text, one))
            for one in self.text.those(*State)
            if one.amending.is_whole
        ]

    def _beside(self, number: int, text: str) -> Beside:
        return Beside(number, text, self._asked_at(number, text), self._asked_at(number, text, put_in=True))

    def _asked_at(self, number: int, text: str, *, put_in: bool = False) -> list[Asked]:
        found = self._by_clause.get(number, [])
        return [
            self._change(one, change, text) for one, change in found if isinstance(change, Insert) == put_in
        ]

    def _change(self, one: Amendment, change: Change, text: str) -> Asked:
        assert not isinstance(change, Whole)
        also = sorted({*self.text.amending(one).clauses} - {change.clause, 0})
        told = changes_told(self.text.clauses, Amending(one.pk, (change,)), in_clause)
        return self.asked(one, told, runs=words_in_and_out(text, change), also=also)

    def asked(
        self,
        one: Amendment,
        told: list[str],
        *,
        runs: list[Marked] | None = None,
        also: list[int] | None = None,
    ) -> Asked:
        """An amendment with everything that is said beside it; its own amendments follow it."""
        return Asked(
            one,
            state_of(one),
            SHAPES[one.state],
            told,
            runs=runs or [],
            given=self.given.get(one.pk, 0),
            clashes=self.clashes.get(one.pk, ()),
            ending=ending_of(one),
            also=also or [],
            block=self.text.in_blocks.get(one.pk),
            own=[self.asked(sub, in_words(self.text, sub)) for sub in self.text.of_its_words(one, *State)],
        )

    def order(self, first: int, last: int) -> list[Voted]:
        """The places of the order of voting after `first`, up to `last`."""
        return [
            Voted(
                number,
                Asked(one, state_of(one), SHAPES[one.state], in_words(self.text, one)),
                why_there(one, place),
            )
            for number, (one, place) in enumerate(self.text.order[first:last], first + 1)
        ]


def text_of(request: HttpRequest, here: Here, proposal: Proposal) -> dict[str, Any]:
    """What the page of a proposal shows of its text. A text that nobody amends or may amend stands as it is."""
    if proposal.published_at is None:
        return {"clauses": proposal.clauses.all()}
    me = acting(here)
    to_amend = obstacles_to_writing_an_amendment(proposal, by=me, day=here.day, bylaws=here.bylaws)
    written = Written.of(proposal)
    if to_amend and not written.is_amended:
        return {"clauses": proposal.clauses.all()}
    signed = SIGNED.answer(proposal=proposal.pk) if written.is_amended else None
    page = page_of(request, written.clauses, CLAUSES_ON_A_PAGE)
    may = {
        "amends": not to_amend,
        "leads": written.is_amended
        and here.powers.any_of(LEADING)
        and not obstacles_to_leading(proposal, by=me, at=here.at),
    }

    def read() -> dict[str, Any]:
        reading = Reading(AmendedText.read(written), signed.read() if signed else [])
        return {"proposal": proposal, **may, **_read(reading, page)}

    said = written.said, signed.said if signed else (), page.number, *may.values()
    return {"text": kept.drawn("proposals/amendments/beside.html", here.cooperative, said, read)}


def _read(reading: Reading, page: Page[str]) -> dict[str, Any]:
    """What a page of the text shows, whoever reads it."""
    return {
        "page": page,
        "beside": reading.beside(page),
        "before_all": reading.before_all if page.number == 1 else [],
        "for_the_whole": reading.for_the_whole if page.number == 1 else [],
        "amendments": len(reading.text.amendments),
        "order": reading.order(0, FIRST_IN_ORDER),
        "order_length": len(reading.text.order),
        "contradictions": contradictions(reading.text),
    }
