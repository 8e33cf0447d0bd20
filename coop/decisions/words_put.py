"""The words that are put to the vote: a text as it stands, or the change that an amendment asks for."""

from __future__ import annotations

from coop.proposals.amended_text import AmendedText
from coop.proposals.models import Amendment, Proposal
from coop.proposals.wording import marked_text, whole_text


def words_put(proposal: Proposal, amendment: Amendment | None) -> tuple[str, str]:
    """Title and text of a vote.

    Amendments that are being voted in other sittings are named below the text, each with its marks; the text that is
    decided is then put together when they are settled.
    """
    text = AmendedText.of(proposal)
    if amendment is None:
        parts = [whole_text(proposal.title, text.as_it_stands)]
        parts += [f"[{one.short}]\n{_change(text, one)}" for one, _ in text.order]
        return proposal.title, "\n\n".join(parts)
    amendment = text.amendments[amendment.pk]
    return f"{amendment.label}: {proposal.title}"[:200], f"{amendment.label}\n\n{_change(text, amendment)}"


def _change(text: AmendedText, amendment: Amendment) -> str:
    if amendment.kind == Amendment.Kind.BLOCK:
        parts = [text.amendments[part.part_id] for part in amendment.parts.all()]
        return "\n\n".join(f"[{part.short}]\n{marked_text(text.marked_by(part))}" for part in parts)
    return marked_text(text.marked_by(amendment))
