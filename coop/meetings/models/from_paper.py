"""Votes that were held while nothing but paper worked, and typed in afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.decisions.models import Decision
from coop.members.models import Member

from .meetings import Sitting


class VoteFromPaper(models.Model):
    """When a vote was really held, and from what it was typed in. Its figures come in as all hands do: two people type
    them, each alone, and a third confirms.

    `sitting`: the one whose part was held on paper, while other sittings voted otherwise; none: the whole vote.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    source = models.CharField(max_length=200)  # "Tally sheets of the blocks, folder 3"
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "votes from paper"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "sitting"], nulls_distinct=False, name="typed_from_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(began_at__lt=F("ended_at"), ended_at__lte=F("entered_at")),
                name="vote_from_paper_is_of_the_past",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="vote_from_paper_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.source}"
