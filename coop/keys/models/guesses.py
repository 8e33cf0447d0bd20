"""Wrong tries, counted in the database: every process sees them, and none is lost."""

from __future__ import annotations

from django.db import models


class Guesses(models.Model):
    """How often in a row something was wrong. The bucket is a keyed hash: it names no person and no address."""

    bucket = models.CharField(max_length=64, primary_key=True)
    wrong = models.PositiveIntegerField()
    since = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(wrong__gt=0), name="guesses_are_counted")]

    def __str__(self) -> str:
        return f"{self.wrong} wrong"
