"""What the count found: where the papers came from, and per question the result. Written once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .ballots import Ballot, Channel, Option, Question
from .urns import Urn


class CountedPlace(models.Model):
    """What the screens, one box or one block brought to the count. Over a ballot, `people` add up to those who voted.

    `people`: marked on the roll for it (empty for a block: hands are marked together); `papers`: found in it.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="places")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    urn = models.ForeignKey(Urn, models.PROTECT, null=True, blank=True, related_name="+")
    block = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    papers = models.PositiveIntegerField()

    class Meta:
        ordering = ["channel", "urn__number", "block"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "channel", "urn", "block"], nulls_distinct=False, name="counted_place_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.urn or self.block}: {self.papers}"


class Tally(models.Model):
    """`result` holds what the counting module said (`as_facts`): elected, stages, ties. Figures of a majority are empty
    where none was asked."""

    class Outcome(models.TextChoices):
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        TIE = "tie", _("tie")
        ELECTED = "elected", _("elected")
        CHOSEN = "chosen", _("chosen")
        SECOND_ROUND = "second_round", _("second round")
        NOBODY = "nobody", _("nobody is elected")

    class How(models.TextChoices):
        COUNTED = "counted", _("counted")
        ACCLAMATION = "acclamation", _("by acclamation; nobody asked for a count")

    question = models.OneToOneField(Question, models.PROTECT, related_name="tally")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    how = models.CharField(max_length=12, choices=How.choices, default=How.COUNTED)
    majority = models.CharField(max_length=12, blank=True)
    base = models.CharField(max_length=12, blank=True)
    base_count = models.PositiveIntegerField(null=True, blank=True)
    needed = models.PositiveIntegerField(null=True, blank=True)
    register = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    voted = models.PositiveIntegerField()  # papers and hands of every way together
    blank = models.PositiveIntegerField(default=0)
    spoiled = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.CheckConstraint(
                condition=Q(voted__gte=models.F("blank") + models.F("spoiled")), name="tally_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.outcome}"

    @property
    def valid(self) -> int:
        """Papers with a choice on them; in a motion an abstention is one."""
        return self.voted - self.blank - self.spoiled


class TallyLine(models.Model):
    """Votes of one option by one way of voting. Without a way: of all together, where a part of a secret vote would be
    so small that it tells who."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="lines")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices, null=True, blank=True)  # noqa: DJ001 - empty is all of them
    votes = models.PositiveIntegerField()

    class Meta:
        ordering = ["option__number", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["tally", "option", "channel"], nulls_distinct=False, name="tally_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} {self.channel}: {self.votes}"
