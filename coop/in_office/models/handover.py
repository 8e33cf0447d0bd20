"""What is handed over when an office changes hands: keys, contracts, what is still to be done (practice C26)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Mandate, Member


class HandedOver(models.Model):
    """One thing. Who goes says that it was handed over, who comes that it was received; each once, and in this order.

    Where something lies is written here, a secret word itself never. Read by the two, and by who audits.
    """

    class Kind(models.TextChoices):
        TO_DO = "to_do", _("still to be done")
        KEYS = "keys", _("keys and things")
        ACCESS = "access", _("where passwords and papers are kept")
        CONTRACT = "contract", _("contracts and dates")
        MONEY = "money", _("money, counted")
        OTHER = "other", _("anything else")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")  # that of who goes
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name_plural = "handed over"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="handed_over_has_words"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None)
                | Q(
                    received_by__isnull=False,
                    handed_at__isnull=False,
                    received_at__gte=F("handed_at"),
                ),
                name="handed_over_before_it_is_received",
            ),
            models.UniqueConstraint(fields=["mandate", "kind", "text"], name="handed_over_once"),
        ]

    def __str__(self) -> str:
        return self.text
