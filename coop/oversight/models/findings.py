"""What the auditor found, which rule it breaks, and what was said to it (practice C10)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.meetings.models import Request
from coop.members.models import Body, Member, Office


class Finding(models.Model):
    """Names the rule that is broken: an article of the bylaws by its key, or another rule in words.

    It is never edited. Whoever it is addressed to answers until `answer_by`; what nobody answered goes before the
    assembly (`owed`), and so does what the auditor closes as not settled.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        SETTLED = "settled", _("settled")
        UNSETTLED = "unsettled", _("not settled")

    RUNNING = (State.OPEN, State.ANSWERED)

    class About(models.TextChoices):
        MEETING = "meeting", _("meeting")
        DECISION = "decision", _("decision")
        BALLOT = "ballot", _("vote")
        MANDATE = "mandate", _("mandate")
        DOCUMENT = "document", _("document")
        COUNT = "count", _("count")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=140)
    text = models.TextField(max_length=4000)
    article = models.CharField(max_length=60, blank=True, default="")
    rule = models.CharField(max_length=300, blank=True, default="")
    about_kind = models.CharField(max_length=12, choices=About.choices, blank=True, default="")
    about_key = models.BigIntegerField(null=True, blank=True)
    about_label = models.CharField(max_length=300, blank=True, default="")  # as it was called that day
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answer_by = models.DateField()  # the last day
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closing = models.TextField(max_length=4000, blank=True, default="")
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    owed = models.OneToOneField(Request, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="finding_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="finding_has_words"),
            models.CheckConstraint(condition=~Q(article="", rule=""), name="finding_names_a_rule"),
            models.CheckConstraint(
                condition=Q(about_kind="", about_key=None)
                | ~Q(about_kind="") & Q(about_key__isnull=False) & ~Q(about_label=""),
                name="finding_about_something_with_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered"], closed_at=None, closed_by=None, closing="")
                | Q(state__in=["settled", "unsettled"], closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(closing=""),
                name="finding_closed_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="unsettled") | Q(owed__isnull=False),
                name="finding_not_settled_goes_before_the_assembly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """How people quote it: F 2026-3."""
        return f"F {self.year}-{self.number}"


class FindingWord(models.Model):
    """What was said to a finding: by whoever was asked, or by the auditor. Nothing that was said changes."""

    class Side(models.TextChoices):
        ANSWER = "answer", _("answer")
        REMARK = "remark", _("remark of the auditor")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="words")
    side = models.CharField(max_length=8, choices=Side.choices)
    text = models.TextField(max_length=4000)
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="finding_word_has_words")]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.side}"
