"""A ballot: one or more questions on one paper over one roll, with the rules it was opened under."""

from __future__ import annotations

import datetime
from fractions import Fraction

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body

from .registers import Register


class Channel(models.TextChoices):
    PHONE = "phone", _("on a screen")
    PAPER = "paper", _("on paper")
    HANDS = "hands", _("by show of hands")


class Ballot(models.Model):
    """Draft, open, closed, counted, or annulled; never back. Opening freezes rules, roll and text as copies."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed, not yet counted")
        COUNTED = "counted", _("counted")
        ANNULLED = "annulled", _("annulled")

    class Secrecy(models.TextChoices):
        OPEN = "open", _("open vote: name and choice can be read by members")
        SECRET = "secret", _("secret vote")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    secrecy = models.CharField(max_length=8, choices=Secrecy.choices, default=Secrecy.OPEN)
    channels = ArrayField(models.CharField(max_length=8, choices=Channel.choices))
    needs_presence = models.BooleanField()  # voting inside a meeting: on the roll and checked in (ruling 3)
    round = models.PositiveSmallIntegerField(default=1)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)

    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)  # empty: whoever leads the vote closes it
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_because = models.CharField(max_length=300, blank=True)

    majority = models.CharField(max_length=12)
    base = models.CharField(max_length=12)
    tie_rule = models.CharField(max_length=24)
    rules_version = models.PositiveIntegerField()  # the version of the bylaws these were copied from
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    roll_size = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)  # latched at closing

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open", "closed", "counted", "annulled"]),
                name="ballot_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="annulled")
                | Q(opened_at__isnull=False, roll_size__isnull=False),
                name="ballot_opened_has_a_moment_and_a_roll",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "counted"])
                | Q(closed_at__isnull=False, present__isnull=False),
                name="ballot_closed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="counted") | Q(counted_at__isnull=False),
                name="ballot_counted_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="ballot_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(round=1, parent=None) | Q(round__gt=1, parent__isnull=False),
                name="ballot_later_round_names_its_parent",
            ),
            models.UniqueConstraint(
                fields=["parent", "round"], condition=~Q(state="annulled"), name="ballot_round_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def majority_share(self) -> Fraction:
        return Fraction(self.majority)

    def is_open(self, at: datetime.datetime) -> bool:
        """Open by its state and by the clock of the database, which is where `at` comes from."""
        return self.state == self.State.OPEN and (self.closes_at is None or at < self.closes_at)

    def is_over(self, at: datetime.datetime) -> bool:
        """Still marked open, although its time has come: the next look latches it."""
        return self.state == self.State.OPEN and self.closes_at is not None and at >= self.closes_at


class Question(models.Model):
    class Method(models.TextChoices):
        MOTION = "motion", _("for, against, abstain")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    wording = models.CharField(max_length=300)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.MOTION)
    seats = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "number"], name="question_number_once")]

    def __str__(self) -> str:
        return self.wording


class Option(models.Model):
    """What can be chosen. Options of a motion have the codes for, against, abstain; their words are the page's."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="option_number_once"),
            models.UniqueConstraint(fields=["question", "code"], name="option_code_once"),
        ]

    def __str__(self) -> str:
        return self.label or self.code
