"""Where words stand: for each kind of paper its titles and its passages, who may read it, and its moment.

Every expression over words is that of an index of `migrations/`; written otherwise the index is not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """`of`: the paper with its alias `t`; `titles` and `passages`: (table, key of the paper, words); `whole`: table and
    key of a paper where all its words stand together."""

    of: str
    house: str
    readable: str
    moment: str
    body: str
    titles: tuple[tuple[str, str, str], ...]
    passages: tuple[tuple[str, str, str], ...]
    whole: tuple[str, str] = ("", "")


FINAL_TEXT: Final = "CASE WHEN adopted_text = '' THEN text ELSE adopted_text END"

KINDS: Final[dict[str, Kind]] = {
    "proposal": Kind(
        of="proposals_proposal t",
        house="t.cooperative_id",
        readable="t.published_at IS NOT NULL OR (t.author_id = %(reader)s AND t.state = 'draft')",
        moment="COALESCE(t.published_at, t.written_at)",
        body="t.on_behalf_of_id",
        titles=(("proposals_proposal", "id", "title"),),
        passages=(("proposals_proposal", "id", "reasons"), ("proposals_clause", "proposal_id", "text")),
    ),
    "amendment": Kind(
        of="proposals_amendment t JOIN proposals_proposal p ON p.id = t.proposal_id",
        house="p.cooperative_id",
        readable="TRUE",  # only what is published is amended
        moment="t.submitted_at",
        body="t.on_behalf_of_id",
        titles=(),
        passages=(
            ("proposals_amendment", "id", "reasons"),
            ("proposals_amendmentchange", "amendment_id", "text"),
        ),
    ),
    "decision": Kind(
        of="decisions_decision t",
        house="t.cooperative_id",
        readable="t.number IS NOT NULL",  # a text that is drawn up for a vote is nobody's to read before
        moment="t.decided_at",
        body="t.body_id",
        titles=(("decisions_decision", "id", "title"),),
        passages=(("decisions_decision", "id", FINAL_TEXT),),
    ),
    "copied": Kind(  # a decision of the time before, from the book
        of="decisions_carrieddecision t",
        house="t.cooperative_id",
        readable="t.confirmed_at IS NOT NULL AND t.replaced_at IS NULL",
        moment="t.decided_on::timestamp AT TIME ZONE %(zone)s",
        body="t.body_id",
        titles=(("decisions_carrieddecision", "id", "title"),),
        passages=(("decisions_carrieddecision", "id", "text"),),
    ),
    "minutes": Kind(
        of="meetings_minutes t JOIN meetings_meeting m ON m.id = t.meeting_id",
        house="m.cooperative_id",
        readable="TRUE",  # what was said on closed items is not in the text
        moment="t.closed_at",
        body="m.body_id",
        titles=(),
        passages=(("meetings_minutes", "id", "searched"),),
    ),
    "problem": Kind(
        of="production_problem t",
        house="t.cooperative_id",
        readable="t.state <> 'conduct'",  # what blames somebody has left the list
        moment="t.raised_at",
        body="NULL",
        titles=(("production_problem", "id", "title"),),
        passages=(
            ("production_problem", "id", "details"),
            ("production_problem", "id", "risk"),
            ("production_problemevent", "problem_id", "words"),
        ),
        whole=("search_problemwords", "problem_id"),
    ),
}
