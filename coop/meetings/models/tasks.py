"""What somebody took on in a meeting, with a day: it outlives the meeting, and stands on agendas until it is done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Body, Member
from coop.production.models import Problem

from .agenda import AgendaItem


class Action(models.Model):
    """ "Order the bags, Carla, by Friday." Owner and day change only through events, which say who and why."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # before which it is answered for
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="+"
    )  # it is to solve
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    due_on = models.DateField()
    agreed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who wrote it down
    agreed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="action_has_words"),
            models.CheckConstraint(
                condition=Q(problem=None) | Q(item__isnull=False), name="action_on_a_problem_is_of_an_item"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="action_done_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None


class ActionEvent(models.Model):
    """What became of an action: another owner, another day, done, open again, dropped; always with a note."""

    class Kind(models.TextChoices):
        HANDED_OVER = "handed_over", _("handed over")
        MOVED = "moved", _("another day")
        NOTE = "note", _("a note")
        DONE = "done", _("done")
        REOPENED = "reopened", _("not done after all")
        DROPPED = "dropped", _("dropped")

    action = models.ForeignKey(Action, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.CharField(max_length=500)
    owner = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # the new one
    due_on = models.DateField(null=True, blank=True)  # the new day
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="action_event_says_why")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.kind}"
