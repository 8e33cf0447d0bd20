"""What somebody read by the power to audit and could not have read as a member."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Member


class Reading(models.Model):
    """One row for each page, thing and hour. `label` is what the thing was called; of a person, the number alone."""

    class What(models.TextChoices):
        PERSON = "person", _("the record of a person")
        PEOPLE = "people", _("the register with what only its keeper reads")
        FILE = "file", _("the register, carried out as a file")
        NOT_REACHED = "not_reached", _("who has never come in")
        HIRED = "hired", _("the contracts of those who are hired")
        APPLICATIONS = "applications", _("applications for membership")
        CLAIM = "claim", _("a claim against a register of voters")
        REQUEST = "request", _("who has signed a request")
        RECALL = "recall", _("who has signed a petition for a recall")
        CLOSED_PART = "closed_part", _("the closed parts of minutes")
        APPEAL = "appeal", _("the words of an appeal against a sanction")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Member, models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What.choices)
    key = models.CharField(max_length=40, blank=True, default="")
    label = models.CharField(max_length=200, blank=True, default="")
    hour = models.DateTimeField()

    class Meta:
        ordering = ["-hour", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "what", "key", "hour"], name="reading_once_an_hour"),
        ]
        indexes = [models.Index(fields=["cooperative", "-hour"], name="reading_of_a_house")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
