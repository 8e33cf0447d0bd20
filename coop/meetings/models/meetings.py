"""A meeting of a body, in one or more sittings, and who came."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Register
from coop.charter.models import Cooperative
from coop.members.models import Body, Member

from .calling import Request, Series


class Meeting(models.Model):
    """Draft, convened, in session, closed; or cancelled. The rules it was convened under are copied in."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary assembly")
        EXTRAORDINARY = "extraordinary", _("extraordinary assembly")
        COUNCIL = "council", _("council meeting")
        PRODUCTION = "production", _("production meeting")
        COMMISSION = "commission", _("meeting of a commission or working table")
        COMMUNITY = "community", _("community assembly")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        CONVENED = "convened", _("convened")
        IN_SESSION = "in_session", _("in session")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=160)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # year and number come with the notice
    number = models.PositiveIntegerField(null=True, blank=True)
    prepared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    convened_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    convened_at = models.DateTimeField(null=True, blank=True)
    register_closes_on = models.DateField(null=True, blank=True)
    register = models.ForeignKey(Register, models.PROTECT, null=True, blank=True, related_name="+")
    quorum_share = models.CharField(max_length=12, blank=True)  # "1/2" = more than half of the register
    second_call_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    second_call_rule = models.CharField(max_length=24, blank=True)
    second_call_share = models.CharField(max_length=12, blank=True)
    second_call_number = models.PositiveSmallIntegerField(null=True, blank=True)
    rules_version = models.PositiveIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Called too late: it opens only with everybody there, and agreeing.
    universal = models.BooleanField(default=False)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="meetings")
    # Members asked for it.
    request = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="+")
    series_on = models.DateField(null=True, blank=True)  # the day of the series it stands for
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "state"], name="meetings_of_a_house_by_state")]
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="meeting_has_title_and_place"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "convened", "in_session", "closed", "cancelled"]),
                name="meeting_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(number__isnull=False, convened_at__isnull=False, register_closes_on__isnull=False),
                name="meeting_convened_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_session") | Q(register__isnull=False),
                name="meeting_in_session_has_a_register",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="closed_meeting_has_its_hour",
            ),
            models.UniqueConstraint(fields=["series", "series_on"], name="series_meets_once_a_day"),
            models.CheckConstraint(
                condition=Q(series=None, series_on=None) | Q(series__isnull=False, series_on__isnull=False),
                name="meeting_of_a_series_names_its_day",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_because="") | Q(state="cancelled"), name="only_cancelled_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}" if self.number else self.title

    @property
    def label(self) -> str:
        """How people quote it: GA 2026-4."""
        return f"{self.body.code} {self.year}-{self.number}" if self.number else ""

    @property
    def quorum_fraction(self) -> Fraction:
        return Fraction(self.quorum_share or "1/2")


class Sitting(models.Model):
    """One part of a meeting: the same agenda for another shift. It belongs to the day it starts.

    `continues`: the sitting that was adjourned to this day (cuarto intermedio), after the notice, for that reason.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sittings")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    for_whom = models.CharField(max_length=160, blank=True)  # "night crew, morning crew off the line"
    place = models.CharField(max_length=160, blank=True)  # where it is not that of the meeting
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    because = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_on_call = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 or 2
    present_at_opening = models.PositiveIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="sitting_number_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at=None) | Q(closed_at__gte=F("opened_at")),
                name="sitting_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=(Q(continues=None) & Q(because="")) | (Q(continues__isnull=False) & ~Q(because="")),
                name="adjourned_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.number}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Attendance(models.Model):
    """Somebody came: one check-in per person over all sittings. `votes`: on the register; else voice only."""

    class How(models.TextChoices):
        SELF = "self", _("by own telephone")
        TABLE = "table", _("at the table")
        PAPER = "paper", _("from the signed book")
        CODE = "code", _("with the code on the wall")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    votes = models.BooleanField()
    how = models.CharField(max_length=8, choices=How.choices)
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="one_check_in_per_meeting"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_leaves_after_arriving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.member_id}"


class Signer(models.Model):
    """One of the two members the assembly chooses to sign the minutes beside chair and secretary."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="signers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["chosen_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="signer_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.member_id}"
