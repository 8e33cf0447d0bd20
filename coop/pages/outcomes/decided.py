"""What bodies decided on one thing, each in a line: "Council of Potlines: carried, 6 to 1"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coop.ballots.models import Tally
from coop.decisions.models import Decision
from coop.decisions.register import chose_nothing
from coop.proposals.models import Proposal

from .results import rows_of

Outcome = Decision.Outcome
OUTCOME_SHAPES: dict[str, str] = {
    Outcome.PENDING: "live",
    Outcome.CARRIED: "yes",
    Outcome.NOT_CARRIED: "no",
    Outcome.TIE: "no",
    Outcome.VOID: "stopped",
}


def outcome_of(found: Decision, of: Proposal | None = None) -> tuple[str, str]:
    """In words, and as a shape. A choice of technique may be carried, and still no option come first.

    `of`: the proposal it was on, where that is at hand; only what was carried asks for it.
    """
    whole = found.outcome == Outcome.CARRIED and found.amendment_id is None
    if whole and chose_nothing(of or found.proposal):
        return _("carried, but no option was chosen"), "stopped"
    return str(Outcome(found.outcome).label), OUTCOME_SHAPES[found.outcome]


@dataclass(frozen=True)
class Decided:
    """`figures`: for and against, where they were counted and told."""

    decision: Decision
    word: str
    figures: str


def decided(decisions: Iterable[Decision], of: Proposal | None = None) -> list[Decided]:
    """One query for the figures of all of them, and one for their lines; none where nothing was decided."""
    found = list(decisions)
    if not found:
        return []
    tallies = Tally.objects.filter(question__ballot__in=[one.ballot_id for one in found], question__number=1)
    counted = {
        tally.question.ballot_id: tally
        for tally in tallies.select_related("question").prefetch_related("lines__option")
    }
    return [Decided(one, outcome_of(one, of)[0], _figures(one, counted.get(one.ballot_id))) for one in found]


def _figures(decision: Decision, tally: Tally | None) -> str:
    if tally is None or decision.outcome in (Decision.Outcome.PENDING, Decision.Outcome.VOID):
        return ""
    votes = {row.code: row.votes for row in rows_of(tally)}
    if "for" not in votes or "against" not in votes:
        return ""
    return _("%(pro)s to %(contra)s") % {"pro": votes["for"], "contra": votes["against"]}
