"""What happens to a decision after it was taken. The decision itself never changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member
from coop.proposals.models import Proposal

from .decisions import CarriedDecision, Decision


class AboutOne(models.Model):
    """Something about one decision, made here or copied from the book."""

    made = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    old = models.ForeignKey(CarriedDecision, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def about(self) -> Decision | CarriedDecision:
        found = self.made or self.old
        assert found is not None  # a constraint of each table
        return found


def about_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(made__isnull=False, old=None) | Q(made=None, old__isnull=False),
        name=f"{name}_is_about_one",
    )


class Ending(AboutOne):
    """A proposal says which earlier decision it takes the place of, or repeals; carried, it does so.

    Named before its vote opens, or struck again; `through` is the decision by which it came true.
    """

    class How(models.TextChoices):
        SUPERSEDES = "supersedes", _("takes the place of")
        REPEALS = "repeals", _("repeals")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    words = models.CharField(max_length=300)  # as they stand under the text that is voted
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    through = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            about_one("ending"),
            models.CheckConstraint(
                condition=Q(how__in=["supersedes", "repeals"]), name="ending_how_is_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="ending_has_its_words"),
            models.CheckConstraint(
                condition=Q(through=None, ended_at=None) | Q(through__isnull=False, ended_at__isnull=False),
                name="ending_came_true_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None) | Q(ended_at=None), name="ending_struck_never_came_true"
            ),
            *(
                constraint
                for one in ("made", "old")
                for constraint in (
                    models.UniqueConstraint(
                        fields=["proposal", one],
                        condition=Q(struck_at=None),
                        name=f"ending_of_{one}_named_once",
                    ),
                    models.UniqueConstraint(
                        fields=[one], condition=Q(ended_at__isnull=False), name=f"{one}_decision_ends_once"
                    ),
                )
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Review(AboutOne):
    """On which day a decision is looked at again, and what was found; the last entry counts. Without a day: no more."""

    due_on = models.DateField(null=True, blank=True)
    found = models.CharField(max_length=500, blank=True, default="")
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            about_one("review"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | ~Q(found=""), name="review_says_when_or_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.due_on}"


class MinorityStatement(models.Model):
    """What somebody who was against says beside the decision, once and in their own words."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "member"], name="minority_statement_once"),
            models.CheckConstraint(condition=~Q(text=""), name="minority_statement_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.decision_id}"
