"""What the count found, per question, and per option and channel. Written once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .ballots import Channel, Option, Question


class Tally(models.Model):
    class Outcome(models.TextChoices):
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        TIE = "tie", _("tie")

    question = models.OneToOneField(Question, models.PROTECT, related_name="tally")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    majority = models.CharField(max_length=12)
    base = models.CharField(max_length=12)
    base_count = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    register = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    voted = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.question_id}: {self.outcome}"


class TallyLine(models.Model):
    tally = models.ForeignKey(Tally, models.PROTECT, related_name="lines")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    votes = models.PositiveIntegerField()

    class Meta:
        ordering = ["option__number", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "option", "channel"], name="tally_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} {self.channel}: {self.votes}"
