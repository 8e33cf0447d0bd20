"""What bodies decided on one thing, each in a line: "Council of Potlines: carried, 6 to 1"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coop.ballots.models import Tally
from coop.decisions.models import Decision

from .results import rows_of


@dataclass(frozen=True)
class Decided:
    """`figures`: for and against, where they were counted and told."""

    decision: Decision
    figures: str


def decided(decisions: Iterable[Decision]) -> list[Decided]:
    """One query for the figures of all of them, and one for their lines."""
    found = list(decisions)
    tallies = Tally.objects.filter(question__ballot__in=[one.ballot_id for one in found], question__number=1)
    counted = {
        tally.question.ballot_id: tally
        for tally in tallies.select_related("question").prefetch_related("lines__option")
    }
    return [Decided(one, _figures(one, counted.get(one.ballot_id))) for one in found]


def _figures(decision: Decision, tally: Tally | None) -> str:
    if tally is None or decision.outcome in (Decision.Outcome.PENDING, Decision.Outcome.VOID):
        return ""
    votes = {row.code: row.votes for row in rows_of(tally)}
    if "for" not in votes or "against" not in votes:
        return ""
    return _("%(pro)s to %(contra)s") % {"pro": votes["for"], "contra": votes["against"]}
