"""Accounts (a secret, nothing else) and members (a person in one co-operative, with a dated history)."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.journal.models import Actor

from ..ranges import Days, Number
from .plant import Crew, Department


class Account(AbstractBaseUser):
    """What a person signs in with: a secret. No e-mail, no login name; members say their co-operative and number.

    One account may belong to members of several co-operatives; who acts is decided by the address of the page.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    secret_set_at = models.DateTimeField(null=True)  # later than the freezing of a roll = paper only there
    is_active = models.BooleanField(default=True)

    last_login = None  # when somebody signed in is nobody's business for years
    objects = BaseUserManager["Account"]()
    USERNAME_FIELD = "key"

    def __str__(self) -> str:
        return str(self.key)


class Member(models.Model):
    """A person in one co-operative: full member, on trial or hired, as the standing of the day says."""

    class Contact(models.TextChoices):
        APP = "app", _("telephone with the application")
        SMS = "sms", _("telephone for text messages only")
        NONE = "none", _("no telephone")

    class Support(models.TextChoices):
        LARGE_TEXT = "large_text", _("large text")
        AUDIO = "audio", _("papers read aloud")
        SIGN_LANGUAGE = "sign_language", _("sign language")
        READER = "reader_assistance", _("a reader of their choice")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="members")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=120, db_index=True)  # folded: for search and order
    joined = models.DateField()
    founder = models.BooleanField(default=False)
    job = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12)
    contact = models.CharField(max_length=8, choices=Contact.choices, default=Contact.NONE)
    support = ArrayField(models.CharField(max_length=20, choices=Support.choices), default=list, blank=True)

    class Meta:
        ordering = ["plain_name", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="member_number_once"),
            models.UniqueConstraint(fields=["cooperative", "account"], name="account_once_in_cooperative"),
            models.CheckConstraint(condition=~models.Q(name=""), name="member_has_a_name"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="member_number_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """This person as the journal writes them."""
        return Actor(f"member:{self.pk}", self.name)


class Dated(models.Model):
    """Something true of a member from a day up to (not including) another; the next row begins where it ends."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="%(class)ss")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def on(day: datetime.date, prefix: str = "") -> models.Q:
        """The condition "true on that day", for use behind a join prefix."""
        begun = models.Q(**{f"{prefix}since__lte": day})
        return begun & (models.Q(**{f"{prefix}until": None}) | models.Q(**{f"{prefix}until__gt": day}))


def one_at_a_time(name: str) -> list[models.BaseConstraint]:
    """No two rows of one member overlap, and none ends before it begins."""
    alone: list[tuple[Any, str]] = [
        (Number("member_id"), RangeOperators.OVERLAPS),
        (Days("since", "until", models.Value("[)")), RangeOperators.OVERLAPS),
    ]
    ends = models.Q(until=None) | models.Q(until__gte=models.F("since"))
    return [
        ExclusionConstraint(name=f"one_{name}_at_a_time", expressions=alone),
        models.CheckConstraint(condition=ends, name=f"{name}_ends_after_it_begins"),
    ]


class Standing(Dated):
    """What a person is to the co-operative. Sick and parental leave keep every right (practice C01)."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        TRIAL = "trial", _("on trial")
        HIRED = "hired", _("hired")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        MEDICAL_LEAVE = "medical_leave", _("on sick leave")
        PARENTAL_LEAVE = "parental_leave", _("on parental leave")
        VOLUNTARY_LEAVE = "voluntary_leave", _("on leave at own wish")
        OUTSIDE_OFFICE = "outside_office", _("in an office outside")
        NOTICE_GIVEN = "notice_given", _("has given notice")
        SUSPENDED = "suspended", _("suspended")
        LEFT = "left", _("has left")
        EXPELLED = "expelled", _("excluded")
        DIED = "died", _("died")

    GONE = (Status.LEFT, Status.EXPELLED, Status.DIED)

    kind = models.CharField(max_length=8, choices=Kind.choices)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.ACTIVE)

    class Meta:
        ordering = ["since"]
        constraints = [
            *one_at_a_time("standing"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["member", "trial", "hired"]), name="standing_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "active",
                        "medical_leave",
                        "parental_leave",
                        "voluntary_leave",
                        "outside_office",
                        "notice_given",
                        "suspended",
                        "left",
                        "expelled",
                        "died",
                    ]
                ),
                name="standing_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_status_display()}"


class Posting(Dated):
    """Where a person works: one home department (council votes), and a crew unless they work by day."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["since"]
        constraints = one_at_a_time("posting")

    def __str__(self) -> str:
        return f"{self.department} · {self.crew or '—'}"
