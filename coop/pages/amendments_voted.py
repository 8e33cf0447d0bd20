"""The words of amendments where a meeting votes: what one changes, and the text as it stands so far."""

from __future__ import annotations

from typing import Any

from coop.meetings.models import AgendaItem
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import MarkedClause
from coop.proposals.models import Amendment
from coop.proposals.wording import Numbered

from .agenda import Line

READ_ALOUD = 600  # letters on the screen in the hall: more nobody could read from the back


def words_to_vote(item: AgendaItem) -> dict[str, Any]:
    """What is put to the vote under an item with a proposal: `marked`, the change of an amendment, or `clauses`, the
    text with all that was carried and taken in; `changed` then has it marked against the published words."""
    assert item.proposal is not None
    text = AmendedText.of(item.proposal)
    if item.amendment_id is not None:
        return {"marked": marked_of(text, text.amendments[item.amendment_id])}
    clauses = [Numbered(number, words) for number, words in enumerate(text.as_it_stands, 1)]
    return {"clauses": clauses, "changed": _changed(text.marked)}


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
    text = AmendedText.of(item.proposal)
    if item.amendment_id is not None:
        return _on_screen({"marked": marked_of(text, text.amendments[item.amendment_id])})
    changed = _changed(text.marked)
    return _on_screen(
        {"marked": changed, "unchanged": len(text.clauses) - len([c for c in changed if c.origin])}
    )


def _on_screen(shown: dict[str, Any]) -> dict[str, Any]:
    letters = sum(len(run.text) for clause in shown["marked"] for run in clause.runs)
    return shown | {"too_long": letters > READ_ALOUD}


def _changed(clauses: list[MarkedClause]) -> list[MarkedClause]:
    return [clause for clause in clauses if clause.is_changed]
