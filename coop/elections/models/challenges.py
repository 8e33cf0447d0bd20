"""Somebody says that what was proclaimed is wrong; the commission decides, and the assembly has the last word (C08)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Urn
from coop.members.models import Member

from .elections import Contest, Election


class Challenge(models.Model):
    """Of what was counted and proclaimed: in one contest, in one box (every contest on its paper), or in all of it.

    The days to challenge, to decide and to appeal are as many, and were copied in when the election was called.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for the commission")
        UPHELD = "upheld", _("upheld: to be repeated")
        DISMISSED = "dismissed", _("dismissed")
        APPEALED = "appealed", _("before the assembly")
        APPEAL_UPHELD = "appeal_upheld", _("upheld by the assembly: to be repeated")
        APPEAL_DISMISSED = "appeal_dismissed", _("dismissed by the assembly")

    election = models.ForeignKey(Election, models.PROTECT, related_name="challenges")
    contest = models.ForeignKey(
        Contest, models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: all of them
    box = models.ForeignKey(
        Urn, models.PROTECT, null=True, blank=True, related_name="+"
    )  # of this box alone: its people vote again, and what the others hold stays counted
    number = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who challenges
    text = models.TextField(max_length=2000)
    made_at = models.DateTimeField()
    decide_until = models.DateField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(
        max_length=2000, blank=True, default=""
    )  # of the commission; read by everybody
    appeal_until = models.DateField(null=True, blank=True)
    appeal = models.TextField(
        max_length=2000, blank=True, default=""
    )  # why the assembly should see it otherwise
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who challenged, or who lost a seat by it
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True, default="")  # of the assembly, by its number

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="challenge_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="challenge_has_words"),
            models.CheckConstraint(
                condition=Q(box=None) | Q(contest=None), name="challenge_of_a_box_or_of_a_contest"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None)
                | ~Q(state="open") & Q(decided_by__isnull=False) & ~Q(reasons=""),
                name="challenge_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("member")),
                name="challenge_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "upheld", "dismissed"], appealed_at=None)
                | Q(state__in=["appealed", "appeal_upheld", "appeal_dismissed"], appealed_at__isnull=False)
                & ~Q(appeal=""),
                name="challenge_appealed_with_words",
            ),
            models.CheckConstraint(
                condition=Q(appealed_by=None) | Q(appealed_at__isnull=False),
                name="challenge_appealed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["appeal_upheld", "appeal_dismissed"]) | ~Q(decision=""),
                name="challenge_settled_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.election.label}/{self.number}"
