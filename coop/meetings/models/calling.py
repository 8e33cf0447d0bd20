"""How a meeting comes about: series, holidays, what members ask for, and the proof that everybody was told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body, Crew, Member


class Holiday(models.Model):
    """A day on which a series does not meet."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "day"], name="holiday_once"),
            models.CheckConstraint(condition=~Q(name=""), name="holiday_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Series(models.Model):
    """Meetings that come back every so many days. Each is prepared as a draft, and called by somebody as any other.

    `hours`: the hours of the sittings of one meeting, for each step of the rotation: [["13:30"], ["21:30"], ["05:30"]]
    holds one sitting, at another hour each time; [["05:30", "13:30", "21:30"]] holds three sittings each time.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=160)
    first_on = models.DateField()
    every_days = models.PositiveSmallIntegerField()
    hours = models.JSONField()
    skips_holidays = models.BooleanField(default=True)  # to the next working day
    ahead_days = models.PositiveSmallIntegerField(default=14)  # so long before, the draft is prepared
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["body__code", "pk"]
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(condition=Q(every_days__range=(1, 366)), name="series_comes_back"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="series_has_title_and_place"),
        ]

    def __str__(self) -> str:
        return f"{self.body.code}: {self.title}"


class Request(models.Model):
    """Members ask for an assembly, for an item on the next agenda, or one of a council for a meeting of it.

    `needed`: signatures, counted on the day it was begun from the share in the bylaws. The clock for whoever calls the
    body (`due_on`) begins when the last of them is there.

    What the rules put on the next agenda by themselves (`OWED`) is the same thing without signatures: `about` says what
    it comes from, as kind and key ("finding/12").
    """

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("an extraordinary assembly")
        ITEM = "item", _("an item on the next agenda")
        COUNCIL = "council", _("a meeting of the council")
        OWED = "owed", _("put on the next agenda by the rules")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=4000)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    collects_until = models.DateField()
    needed = models.PositiveIntegerField()
    reached_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    about = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="request_has_words"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="request_needs_somebody"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(reached_at__isnull=False), name="request_due_once_reached"
            ),
            models.CheckConstraint(
                condition=Q(kind="owed", reached_at__isnull=False) & ~Q(about="")
                | ~Q(kind="owed") & Q(about=""),
                name="request_owed_for_something",
            ),
            models.UniqueConstraint(
                fields=["body", "about"], condition=Q(kind="owed"), name="request_owed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RequestSignature(models.Model):
    request = models.ForeignKey(Request, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "member"], name="request_signed_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.member_id}"


class NoticeGiven(models.Model):
    """Proof that the notice went out: through which channel, to which crew, where, when, and who did it."""

    class Channel(models.TextChoices):
        BOARD = "board", _("posted on a board")
        READ_ALOUD = "read_aloud", _("read aloud at shift change")
        LETTER = "letter", _("by letter or by hand")
        MESSAGE = "message", _("message to telephones")
        AUTHORITY = "authority", _("sent to the public authority")

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="notices_given")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")  # none: everybody
    where = models.CharField(max_length=160)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name_plural = "notices given"
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at__lte=models.F("entered_at")), name="notice_given_is_of_the_past"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.get_channel_display()}"
