"""The register of voters (padrón): a snapshot that hangs on the wall. Rolls are copied from it (practice C01)."""

from __future__ import annotations

from django.db import models

from coop.charter.models import Cooperative
from coop.members.models import Body, Member


class Register(models.Model):
    """Who may vote in a body, as it stood on the closing day. The hash is over the printed list."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    closes_on = models.DateField()
    drawn_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-closes_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body}, {self.closes_on}"


class RegisterEntry(models.Model):
    """One line of the register, in the words of that day."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    department = models.CharField(max_length=12, blank=True)
    crew = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["register", "member"], name="on_the_register_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
