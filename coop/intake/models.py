"""A file that was handed in, and what became of each of its rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Member

KNOWN_STATES = ["read", "running", "done", "undoing", "undone"]


class Intake(models.Model):
    """Read and looked at, then confirmed and worked off, perhaps taken back.

    The file itself is not kept: its tables are, until nothing of it can be taken back any more. What is never
    confirmed goes after a day.
    """

    class State(models.TextChoices):
        READ = "read", _("waits to be confirmed")
        RUNNING = "running", _("is being entered")
        DONE = "done", _("entered")
        UNDOING = "undoing", _("is being taken back")
        UNDONE = "undone", _("taken back")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)  # SHA-256 of the file as it arrived
    text_file = models.BooleanField()  # CSV: everything in it is text
    tables = models.JSONField()  # [{"name": …, "rows": [[number, [cell, …]], …]}, …], see sheets.py
    sheet = models.PositiveSmallIntegerField(default=0)
    header = models.PositiveSmallIntegerField(default=0)  # place of the row that names the columns
    mapping = models.JSONField(default=dict)  # field to place of its column
    since = models.DateField()  # the day from which on changes of place and standing count
    missing = models.JSONField(default=list)  # fields without a column that new people need
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    document = models.CharField(max_length=200, blank=True)  # what the list comes from: book and page, minute
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    undone_because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=KNOWN_STATES), name="intake_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="read", confirmed_at=None)
                | (
                    ~Q(state="read")
                    & Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~Q(document="")
                ),
                name="intake_confirmed_with_a_document",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("confirmed_at")),
                name="intake_done_after_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["undoing", "undone"]) | ~Q(undone_because=""),
                name="intake_taken_back_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def under_way(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.UNDOING)


class IntakeRow(models.Model):
    """One row: what it says, what is wrong with it, what it would change, and what came of it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changes")
        SAME = "same", _("unchanged")
        WRONG = "wrong", _("with errors")

    class State(models.TextChoices):
        READ = "read", _("looked at")
        WAITING = "waiting", _("waits")
        SAME = "same", _("was so already")
        LEFT_OUT = "left_out", _("left out")
        DONE = "done", _("entered")
        FAILED = "failed", _("not entered")
        UNDONE = "undone", _("taken back")
        KEPT = "kept", _("could not be taken back")

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()  # as the spreadsheet counts
    number = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=120, blank=True)
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    typed = models.JSONField(default=dict)  # field: the cell as it was typed
    values = models.JSONField(
        default=dict
    )  # field: as it was understood; days in ISO, places and choices as codes
    errors = models.JSONField(default=list)  # [field, code, parameters]
    changes = models.JSONField(default=list)  # [field, was, becomes]
    double = models.PositiveIntegerField(null=True)  # the number of somebody of this name and birth date
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    made = models.JSONField(default=dict)  # what came of it, so that exactly this can be taken back
    reasons = models.JSONField(default=list)  # [code, parameters]: why it failed, or was kept

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "line"], name="intake_line_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["new", "changed", "same", "wrong"]), name="intake_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["read", "waiting", "same", "left_out", "done", "failed", "undone", "kept"]
                ),
                name="intake_row_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["intake", "state", "line"], name="intake_row_by_state")]

    def __str__(self) -> str:
        return f"{self.line}: {self.name}"
