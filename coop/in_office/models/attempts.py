"""Case files: somebody tried to get rid of a person in office by an entry of the register, and was refused (C09)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Member


class Attempt(models.Model):
    """What was tried, by whom, in which words, and why the house refused it. Never changed; read by who audits, by the
    electoral commission, and by the person it was about."""

    class What(models.TextChoices):
        MOVE = "move", _("move to another department or crew")
        SUSPEND = "suspend", _("suspend")
        EXPEL = "expel", _("exclude")
        GONE = "gone", _("write as gone")
        STRIKE = "strike", _("strike an entry of the register")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who holds the office
    office = models.CharField(max_length=200)  # as it was called that day
    what = models.CharField(max_length=8, choices=What.choices)
    words = models.TextField(max_length=2000, blank=True, default="")  # the reason or paper that was named
    refused = models.JSONField()  # reasons: [[code, parameters], ...]
    tried_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()

    class Meta:
        ordering = ["-tried_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="case_file_number_once"),
            models.CheckConstraint(condition=~Q(office=""), name="case_file_names_the_office"),
            models.CheckConstraint(condition=~Q(refused=[]), name="case_file_has_reasons"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"CF {self.year}-{self.number}"
