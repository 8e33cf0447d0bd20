"""The words of amendments where a meeting votes: what one changes, and the text as it stands so far."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from coop.decisions.budgets import motion_of
from coop.meetings.models import AgendaItem
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Mark, MarkedClause
from coop.proposals.budget_words import clauses_of
from coop.proposals.models import Amendment, Proposal
from coop.proposals.wording import Numbered

from ..agenda.agenda import Line
from ..budget import live as budget_live
from .amendments_told import why_there

READ_ALOUD = 600  # letters on the screen in the hall: more nobody could read from the back


def words_to_vote(item: AgendaItem) -> dict[str, Any]:
    """What is put to the vote under an item with a proposal: `marked`, the change of an amendment, or `clauses`, the
    text with all that was carried and taken in; `changed` then has it marked against the published words."""
    assert item.proposal is not None
    if item.proposal.kind == Proposal.Kind.BUDGET:
        motion = motion_of(item.proposal)
        return {"clauses": [Numbered(*one) for one in enumerate(clauses_of(motion), 1)]} if motion else {}
    text = AmendedText.of(item.proposal)
    if item.amendment_id is not None:
        return {"marked": marked_of(text, text.amendments[item.amendment_id])}
    clauses = [Numbered(number, words) for number, words in enumerate(text.as_it_stands, 1)]
    return {"clauses": clauses, "changed": _changed(text.marked)}


def with_reasons(lines: list[Line], called: Line | None) -> list[Line]:
    """The lines of an agenda; those under the item that is called say why each is voted where it stands. The text is
    read once, so an agenda of many texts asks no more."""
    if called is None or called.item.proposal is None:
        return lines
    number = called.item.number
    if called.item.proposal.kind == Proposal.Kind.BUDGET:
        return budget_live.with_reasons(lines, called)
    if not any(one.item.part and one.open_to_vote for one in lines if one.item.number == number):
        return lines
    order = AmendedText.of(called.item.proposal).order
    whys = {amendment.pk: why_there(amendment, place) for amendment, place in order}
    return [
        replace(one, why=whys.get(one.item.amendment_id or 0, ""))
        if one.item.number == number and one.open_to_vote
        else one
        for one in lines
    ]


def marked_of(text: AmendedText, amendment: Amendment) -> list[MarkedClause]:
    """The clauses in which an amendment, or every part of a block, changes something."""
    if amendment.kind != Amendment.Kind.BLOCK:
        return _changed(text.marked_by(amendment))
    parts = [text.amendments[part.part_id] for part in amendment.parts.all()]
    return [clause for part in parts for clause in _changed(text.marked_by(part))]


def standing(line: Line, lines: list[Line]) -> dict[str, Any]:
    """For the screen in the hall while nothing is voted: the change that is called, or the text as it stands so far.
    Nothing, and no query, for an item without amendments."""
    item = line.item
    under = any(one.item.part for one in lines if one.item.number == item.number)
    if item.proposal is None or not under or line.live or line.decided:
        return {}
    if item.proposal.kind == Proposal.Kind.BUDGET:
        return {}  # its totals stand there: pages/budget/live.py
    text = AmendedText.of(item.proposal)
    if item.amendment_id is not None:
        return _on_screen({"marked": marked_of(text, text.amendments[item.amendment_id])})
    changed = _changed(text.marked)
    return _on_screen(
        {"marked": changed, "unchanged": len(text.clauses) - len([c for c in changed if c.origin])}
    )


def _on_screen(shown: dict[str, Any]) -> dict[str, Any]:
    """Of what is too long the clauses that only go are told by their number."""
    clauses: list[MarkedClause] = shown["marked"]
    if _letters(clauses) > READ_ALOUD:
        come = [clause for clause in clauses if any(run.mark != Mark.OUT for run in clause.runs)]
        shown = shown | {"marked": come, "struck": len(clauses) - len(come)}
    return shown | {"too_long": _letters(shown["marked"]) > READ_ALOUD}


def _letters(clauses: list[MarkedClause]) -> int:
    return sum(len(run.text) for clause in clauses for run in clause.runs)


_ONLY_GOES = re.compile(r"\d+\. \[-((?!-\]).)*-\]", re.S)


def without_what_goes(words: str) -> tuple[str, int]:
    """A change as it is frozen for its vote, without the clauses that only go, and how many those are.

    >>> without_what_goes("1. [-Open.-]\\n\\n2. At [-six-] {+four+}.\\n\\n+ {+Closed.+}")
    ('2. At [-six-] {+four+}.\\n\\n+ {+Closed.+}', 1)
    """
    clauses = words.split("\n\n")
    come = [clause for clause in clauses if not _ONLY_GOES.fullmatch(clause)]
    return "\n\n".join(come), len(clauses) - len(come)


def _changed(clauses: list[MarkedClause]) -> list[MarkedClause]:
    return [clause for clause in clauses if clause.is_changed]
