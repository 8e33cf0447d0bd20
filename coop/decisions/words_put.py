"""The words that are put to the vote: a text as it stands, or the change that an amendment asks for."""

from __future__ import annotations

from collections.abc import Sequence

from coop.budget.tables import Table
from coop.proposals.amended_text import AmendedText
from coop.proposals.budget_words import clauses_of, title_of_bloc
from coop.proposals.models import Agreement, Amendment, BudgetMotion, Proposal
from coop.proposals.wording import clauses_in, marked_text, whole_text

from .afterwards import named
from .budgets import asked_in_one, being_voted_of, motion_of


def words_put(proposal: Proposal, amendment: Amendment | None) -> tuple[str, str]:
    """Title and text of a vote.

    Amendments that are being voted in other sittings are named below the text, each with its marks; the text that is
    decided is then put together when they are settled. Which earlier decisions it ends stands below it, in brackets.
    """
    if proposal.kind == Proposal.Kind.BUDGET:
        return _budget_put(proposal)
    text = AmendedText.of(proposal)
    if amendment is None:
        parts = [whole_text(proposal.title, text.as_it_stands)]
        parts += [f"[{one.short}]\n{_change(text, one)}" for one, _ in text.order]
        parts += [f"[{one.words}]" for one in named(proposal)]
        return proposal.title, "\n\n".join(parts)
    amendment = text.amendments[amendment.pk]
    return f"{amendment.label}: {proposal.title}"[:200], f"{amendment.label}\n\n{_change(text, amendment)}"


def _budget_put(proposal: Proposal) -> tuple[str, str]:
    """The moves of an amendment, or of each in a bloc, or every line as the votes have left it; below it the
    amendments that other sittings vote on beside it, and the earlier decisions that it ends."""
    motion = motion_of(proposal)
    assert motion is not None  # the rules have refused a budget that nobody laid before the assembly
    together = asked_in_one(motion)
    if together and [one.pk for one in together] != [motion.amendment_id]:
        laid = BudgetMotion.objects.filter(amendment__in=together).select_related(
            "proposal", "amendment__year", "year__cooperative"
        )
        table = Table.of(motion.year)
        words = [whole_text(one.proposal.title, clauses_of(one, table)) for one in laid]
        return title_of_bloc(motion.year, together), "\n\n".join(words)
    parts = [whole_text(proposal.title, clauses_of(motion))]
    if motion.is_whole:
        beside = motion.year.amendments.filter(pk__in=being_voted_of(motion.year)).order_by("number")
        parts += [f"[{one.short} {one.title}]" for one in beside]
    return proposal.title, "\n\n".join([*parts, *(f"[{one.words}]" for one in named(proposal))])


LONGEST_QUESTION = 300


def articles_put(proposal: Proposal, text: str) -> list[str]:
    """What is asked beside the whole where an agreement is voted article by article: each by its number and title.

    So one paper, on screens or in the box, takes a vote on the whole and on every article of it (C18).
    """
    if proposal.kind != Proposal.Kind.AGREEMENT:
        return []
    if not Agreement.objects.filter(proposal=proposal, by_article=True).exists():
        return []
    _, clauses = clauses_in(text)
    heads = (f"{clause.number}. {clause.text.partition(chr(10))[0]}" for clause in clauses)
    return [head[:LONGEST_QUESTION] for head in heads]


def those_that_stand(text: str, carried: Sequence[bool]) -> str:
    """The text that was put, without the articles that were not carried; numbered anew."""
    title, clauses = clauses_in(text)
    stands = [clause.text for clause, one in zip(clauses, carried, strict=True) if one]
    return whole_text(title, stands)


def _change(text: AmendedText, amendment: Amendment) -> str:
    if amendment.kind == Amendment.Kind.BLOCK:
        parts = [text.amendments[part.part_id] for part in amendment.parts.all()]
        return "\n\n".join(f"[{part.short}]\n{marked_text(text.marked_by(part))}" for part in parts)
    return marked_text(text.marked_by(amendment))
