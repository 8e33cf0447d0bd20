"""Questions to whoever holds an office, and what was answered. Neither is ever edited (practice C10)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member, Office


class Question(models.Model):
    """Put to the office, not to a person: whoever holds it when the answer is due owes it.

    Everybody reads it. One that is `personal` is read by who asked and by who holds the office; the others see that it
    was asked, and whether it was answered in time. Who asks says so; nobody can make a question personal afterwards.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    personal = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()  # the last day to answer, from the days of the bylaws when it was asked

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="question_has_words")]

    def __str__(self) -> str:
        return f"{self.office}: {self.pk}"


class Answer(models.Model):
    """The first settles the question; what is said later is added to it."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("answer")
        IN_PERSON = "in_person", _("answered in person")
        ADDED = "added", _("added later")

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    text = models.TextField(max_length=4000)  # of an answer in person: why it is not for everybody
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_words"),
            models.CheckConstraint(
                condition=Q(kind__in=["answer", "in_person", "added"]), name="answer_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=~Q(kind="added"), name="question_answered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.get_kind_display()}"
