"""What one shift tells the next at a place: lines that must be answered, signed by both sides (practice C13)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coop.members.models import Member, Shift

from .places import Area


class HandoverLine(models.Model):
    """A question that every sheet of a place asks: "Which alarms are bridged?" """

    area = models.ForeignKey(Area, models.PROTECT, related_name="handover_lines")
    question = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "question"], condition=Q(dropped_at=None), name="handover_line_once"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="handover_line_asks"),
        ]

    def __str__(self) -> str:
        return self.question


class Handover(models.Model):
    """The sheet of one shift at one place. Until the other side has signed, it is unread.

    Whoever takes over adds what they see otherwise; both texts stay.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="handovers")
    day = models.DateField()  # on which the shift began
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000, blank=True)
    nobody_there = models.BooleanField(default=False)  # nobody came to whom it could be told
    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_words = models.TextField(max_length=2000, null=True, blank=True)  # noqa: DJ001 - written once, with taken_at

    class Meta:
        ordering = ["-day", "-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["area", "day", "shift"], name="handover_once_a_shift"),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None, taken_words=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False, taken_words__isnull=False)
                & ~Q(taken_by=F("given_by")),
                name="handover_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.day}"

    @property
    def unread(self) -> bool:
        return self.taken_at is None


class HandoverAnswer(models.Model):
    """What a sheet says to one line: words, or that there is nothing to tell."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="answers")
    line = models.ForeignKey(HandoverLine, models.PROTECT, related_name="+")
    nothing = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["line_id"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "line"], name="handover_answer_once"),
            models.CheckConstraint(
                condition=Q(nothing=True, words="") | (Q(nothing=False) & ~Q(words="")),
                name="handover_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.words
