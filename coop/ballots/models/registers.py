"""The register of voters (padrón): a snapshot that hangs on the wall, is claimed against, and becomes final.

Rolls are copied from the final list (practice C01).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body, Member


class Register(models.Model):
    """Who may vote in a body, as it stood on the closing day. The hash is over the list as it was first posted.

    Granted claims change the list until it is final; then `final_hash` and `final_size` are written once, and only
    then a vote may open on it.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    closes_on = models.DateField()
    drawn_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    claims_until = models.DateTimeField()  # no claim from this moment on
    final_at = models.DateTimeField(null=True, blank=True)
    final_size = models.PositiveIntegerField(null=True, blank=True)
    final_hash = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - written once, with final_at

    class Meta:
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(final_at=None, final_size=None, final_hash=None)
                | Q(final_at__isnull=False, final_size__isnull=False, final_hash__isnull=False),
                name="register_final_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.closes_on}"

    @property
    def people(self) -> int:
        """How many are on the list: the final one, or, before that, the one that was posted."""
        return self.size if self.final_size is None else self.final_size

    @property
    def fingerprint(self) -> str:
        """The hash of the list that holds now."""
        return self.final_hash or self.hash

    def lines(self) -> QuerySet[RegisterEntry]:
        """The list as it stands, in its order: what was struck on a claim is left out."""
        return self.entries.filter(struck_by=None)


class Claim(models.Model):
    """Somebody says that the posted list is wrong about a person. Granted or refused, once, with reasons."""

    class Kind(models.TextChoices):
        ADDITION = "addition", _("somebody is missing")
        CORRECTION = "correction", _("a line is wrong")
        REMOVAL = "removal", _("somebody does not belong on it")

    class State(models.TextChoices):
        OPEN = "open", _("waits for a decision")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    register = models.ForeignKey(Register, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # whose line it is about
    text = models.TextField(max_length=1000)
    claimed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")  # another only at the table
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(max_length=1000, blank=True)  # read by everybody; obligatory for a refusal

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["addition", "correction", "removal"]), name="claim_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(state__in=["granted", "refused"], decided_by__isnull=False, decided_at__isnull=False),
                name="claim_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("member")) & ~Q(decided_by=F("claimed_by"))),
                name="claim_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reasons=""), name="claim_refused_with_reasons"
            ),
            models.UniqueConstraint(
                fields=["register", "kind", "member"],
                condition=~Q(state="granted"),
                name="claim_once_unless_granted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"


class RegisterEntry(models.Model):
    """One line of the register, in the words of that day. `claim`: the granted claim that brought it; `struck_by`: the
    one that took it off. A line that was struck stays legible and counts for nothing."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    department = models.CharField(max_length=12, blank=True)
    crew = models.CharField(max_length=12, blank=True)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")
    struck_by = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "member"], condition=Q(struck_by=None), name="on_the_register_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
