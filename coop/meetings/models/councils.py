"""Delegates and those who sent them: the instruction, the report back, and tables that work on one thing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Body, Department, Member

from .agenda import AgendaItem
from .meetings import Meeting


class Instruction(models.Model):
    """What a department told its delegates to do on an item, before the vote. A new one replaces it, and names it."""

    class Choice(models.TextChoices):
        FOR = "for", _("vote for")
        AGAINST = "against", _("vote against")
        ABSTAIN = "abstain", _("abstain")
        FREE = "free", _("decide freely, and say why")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="instructions")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    text = models.TextField(max_length=2000, blank=True)
    votes_for = models.PositiveIntegerField(
        null=True, blank=True
    )  # as the department voted, where it was counted
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    given_on = models.DateField()
    source = models.CharField(max_length=200)  # "Shift change of crew B, 12 October"
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "department"], condition=Q(replaces=None), name="one_first_instruction"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="instruction_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.department_id} {self.choice}"


class ReportBack(models.Model):
    """A delegate tells those who sent them what was decided and how they voted."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reports_back")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    told_at = models.CharField(
        max_length=160, blank=True
    )  # "shift change of crew B", when it was told aloud too
    reported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reported_at"], name="reports_back_in_time")]
        ordering = ["reported_at", "pk"]
        verbose_name_plural = "reports back"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="reports_back_once"),
            models.CheckConstraint(condition=~Q(text=""), name="report_back_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.member_id}"


class ReportRead(models.Model):
    """Somebody of the department has opened the report."""

    report = models.ForeignKey(ReportBack, models.PROTECT, related_name="readings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "member"], name="report_read_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.member_id}"


class WorkingTable(models.Model):
    """A body for one task, with a last day and a measure; a council begins it and hears its report."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")
    parent = models.ForeignKey(Body, models.PROTECT, related_name="+")
    task = models.TextField(max_length=1000)
    measure = models.CharField(max_length=200)  # "scrap of die 14, percent"
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    ends_on = models.DateField()
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    report = models.TextField(max_length=4000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(task="") & ~Q(measure=""), name="table_has_task_and_measure"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(report=""), name="table_ends_with_a_report"
            ),
        ]

    def __str__(self) -> str:
        return self.body.name


class Feed(models.Model):
    """An address for a program that nobody else knows: of one person, for everything or for one body. Revoked, it is
    gone."""

    class Reads(models.TextChoices):
        CALENDAR = "calendar", _("a calendar")
        DECISIONS = "decisions", _("the register of decisions")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    reads = models.CharField(max_length=10, choices=Reads.choices, default=Reads.CALENDAR)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reads__in=["calendar", "decisions"]), name="feed_reads_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.body_id}"
