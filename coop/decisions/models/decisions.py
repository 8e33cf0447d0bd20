"""Decisions: numbered per body and year, with the text as it was voted and the count that settled it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.members.models import Body, Member
from coop.members.models.countersigned import Countersigned, by_two
from coop.proposals.models import Amendment, Proposal


class Decision(models.Model):
    """Exists, pending and without a number, from the moment something is put to the vote; settled it stays for ever."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("being voted")
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        TIE = "tie", _("tie, not carried")
        VOID = "void", _("vote annulled")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="+")
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    # Where sittings voted on a text and its amendments side by side: the text that came of it.
    adopted_text = models.TextField(blank=True, default="")
    adopted_hash = models.CharField(max_length=64, blank=True, default="")
    matter = models.CharField(max_length=16)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.PENDING)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    put_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="decision_number_once"),
            models.UniqueConstraint(
                fields=["proposal", "amendment"],
                condition=Q(outcome="pending"),
                nulls_distinct=False,
                name="one_vote_on_a_text_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["pending", "void"])
                | Q(year__isnull=False, number__isnull=False, decided_at__isnull=False),
                name="decision_settled_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}" if self.number else self.title

    @property
    def final_text(self) -> str:
        """The words that were decided."""
        return self.adopted_text or self.text

    @property
    def label(self) -> str:
        """How people quote it: D GA 2026-7 (the meeting itself is GA 2026-3)."""
        return f"D {self.body.code} {self.year}-{self.number}" if self.number else ""


class Backing(models.Model):
    """The decision of a council by which it stands behind an amendment."""

    amendment = models.OneToOneField(Amendment, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.decision_id}"


class CarriedDecision(Countersigned):
    """A decision of the time before the house was kept here, copied from the book. No vote of ours stands behind it.

    It waits for the second signature; confirmed it counts under its number, and the numbers of that year go on after
    it. One that was copied wrongly is followed by another that names it (`corrects`), and is then `replaced`.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12, choices=Decision.Outcome.choices)
    decided_on = models.DateField()
    source = models.CharField(max_length=200)  # "Book of minutes 3, page 41"
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_on", "-number"]
        constraints = [
            *by_two("carried_decision"),
            models.UniqueConstraint(
                fields=["body", "year", "number"],
                condition=Q(confirmed_at__isnull=False, replaced_at=None),
                name="carried_decision_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text="") & ~Q(source=""), name="carried_decision_has_its_words"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__lte=models.F("entered_on")), name="carried_decision_is_of_the_past"
            ),
            models.CheckConstraint(
                condition=Q(year=models.F("decided_on__year")), name="carried_decision_year_of_its_day"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="carried_decision_number_positive"),
            models.CheckConstraint(
                condition=Q(outcome__in=["carried", "not_carried"]), name="carried_decision_was_decided"
            ),
            models.CheckConstraint(
                condition=Q(text_hash__regex="^[0-9a-f]{64}$"), name="carried_decision_hash_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(confirmed_at__isnull=False),
                name="carried_decision_counted_before_it_is_replaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        return f"D {self.body.code} {self.year}-{self.number}"

    @property
    def counts(self) -> bool:
        return self.confirmed_at is not None and self.replaced_at is None

    @staticmethod
    def counted() -> Q:
        """The condition "confirmed, and not replaced by a correction"."""
        return Q(confirmed_at__isnull=False, replaced_at=None)
