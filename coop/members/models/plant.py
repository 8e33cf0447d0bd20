"""The plant: departments, shifts, crews and the rota that tells which crew works which shift."""

from __future__ import annotations

import datetime

from django.db import models

from coop.charter.models import Cooperative

from ..rota import place


class Department(models.Model):
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    funds_only = models.BooleanField(
        default=False
    )  # a department of the budget that has no people ("common funds")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "code"], name="department_code_once")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A stretch of the day. One that ends before it starts crosses midnight and belongs to the day it started."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()  # order of the day, from 0
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "position"], name="shift_position_once"),
            models.UniqueConstraint(fields=["cooperative", "code"], name="shift_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def crosses_midnight(self) -> bool:
        return self.ends <= self.starts


class Crew(models.Model):
    """People who work together. `position` is the shift they work from the anchor day of the rota."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "code"], name="crew_code_once")]

    def __str__(self) -> str:
        return self.name


class Rota(models.Model):
    """The rule by which crews go round the shifts, valid from its anchor day until a later rota."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    anchor = models.DateField()
    every_days = models.PositiveSmallIntegerField()
    step = models.SmallIntegerField()
    offset = models.PositiveSmallIntegerField(default=0)  # so many shifts after the crew's own position

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "anchor"], name="rota_anchor_once"),
            models.CheckConstraint(condition=models.Q(every_days__gt=0), name="rota_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.anchor}: {self.step:+d} / {self.every_days}"

    def shift_of(self, crew: Crew, day: datetime.date, shifts: list[Shift]) -> Shift:
        """The shift `crew` works on `day`; `shifts` are the co-operative's, in order."""
        where = place(
            crew.position + self.offset,
            day,
            anchor=self.anchor,
            every_days=self.every_days,
            step=self.step,
            shifts=len(shifts),
        )
        return shifts[where]
