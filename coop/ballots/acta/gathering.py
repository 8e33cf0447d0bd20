"""Everything that was given in answer to one question, of every way of voting, brought together. Figures only.

Papers come in as texts (`counting.papers`), "" where nobody can say what a paper wants; the figures of tellers as they
stand on an agreed sheet: {"papers", "spoiled", "votes"} or {"papers", "spoiled", "answers"}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..counting.papers import BLANK, rankings, read

FOLLOWED = frozenset({"runoff", "stv"})  # name by name, as far as a paper is clear
SPOILED = ""  # what stands for a paper that says nothing


@dataclass
class Gathered:
    """What one question was given.

    `cast`: channel -> papers and hands, blank and spoiled ones among them. Where papers can be added up (`additive`),
    `votes` says channel -> code -> how many; where they cannot, `papers` says text -> how many, of all channels.
    `followed`: who still stands, where a paper is followed name by name (`FOLLOWED`); None for the other methods.
    Then a paper that begins with two on one place is spoiled, and one whose names have all stepped back is blank.
    """

    additive: bool
    followed: Collection[str] | None = None
    cast: Counter[str] = field(default_factory=Counter)
    votes: dict[str, Counter[str]] = field(default_factory=dict)
    papers: Counter[str] = field(default_factory=Counter)
    blank: int = 0
    spoiled: int = 0

    @property
    def all_cast(self) -> int:
        return sum(self.cast.values())

    @property
    def valid(self) -> int:
        return self.all_cast - self.blank - self.spoiled

    @property
    def totals(self) -> dict[str, int]:
        """Code -> votes by every way together, where papers can be added up; blank ones under their code."""
        together: Counter[str] = Counter()
        for votes in self.votes.values():
            together.update(votes)
        return dict(together)

    def add_papers(self, channel: str, papers: Mapping[str, int]) -> None:
        """
        >>> given = Gathered(additive=True)
        >>> given.add_papers("phone", {"a=c": 2, "c": 1, "blank": 1, "": 1})
        >>> given.totals, given.all_cast, given.blank, given.spoiled
        ({'a': 2, 'c': 3, 'blank': 1}, 5, 1, 1)
        >>> given = Gathered(additive=False, followed={"a", "b"})
        >>> given.add_papers("paper", {"a>b": 4, "a=b": 2, "gone": 1, "blank": 1})
        >>> given.valid, given.blank, given.spoiled, given.all_cast
        (4, 2, 2, 8)
        """
        for written, number in papers.items():
            text = SPOILED if self._is_unclear(written) else written
            self.cast[channel] += number
            if text == SPOILED:
                self.spoiled += number
            elif text == BLANK or self._names_nobody(text):
                self.blank += number
            if self.additive and text != SPOILED:
                codes = [code for rank in read(text) for code in rank] or [BLANK]
                self._of(channel).update(dict.fromkeys(codes, number))
            elif text != SPOILED:
                self.papers[text] += number

    def add_sheet(self, channel: str, figures: Mapping[str, Any]) -> None:
        """The figures of a box or a block, for this question.

        >>> given = Gathered(additive=True)
        >>> given.add_sheet("paper", {"papers": 12, "spoiled": 1, "votes": {"for": 7, "against": 3, "abstain": 1}})
        >>> given.totals, given.all_cast, given.spoiled
        ({'for': 7, 'against': 3, 'abstain': 1}, 12, 1)
        """
        if not self.additive:
            self.add_papers(channel, {**figures["answers"], SPOILED: figures["spoiled"]})
            return
        self.blank += figures["votes"].get(BLANK, 0)
        self.spoiled += figures["spoiled"]
        self.cast[channel] += figures["papers"]
        self._of(channel).update(figures["votes"])

    def _is_unclear(self, text: str) -> bool:
        """Names somebody who stands, and yet nobody can say whom first."""
        if self.followed is None or text in (SPOILED, BLANK):
            return False
        paper = read(text)
        codes = [code for rank in paper for code in rank]
        left = [code for code in codes if code in self.followed]
        return bool(left) and not rankings({paper: 1}, candidates=codes, left=left)

    def _names_nobody(self, text: str) -> bool:
        return self.followed is not None and not any(
            code in self.followed for rank in read(text) for code in rank
        )

    def _of(self, channel: str) -> Counter[str]:
        return self.votes.setdefault(channel, Counter())


def gathered(
    *,
    additive: bool,
    papers: Mapping[str, Mapping[str, int]],
    sheets: Iterable[tuple[str, Mapping[str, Any]]] = (),
    followed: Collection[str] | None = None,
) -> Gathered:
    """`papers`: channel -> text -> how many; `sheets`: channel and the figures for this question.

    Raises ValueError on a text that is no paper.
    """
    given = Gathered(additive=additive, followed=followed)
    for channel, texts in papers.items():
        given.add_papers(channel, texts)
    for channel, figures in sheets:
        given.add_sheet(channel, figures)
    return given
