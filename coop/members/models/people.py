"""Accounts (a secret, nothing else) and members (a person in one co-operative, with a dated history)."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.journal.models import Actor


class Account(AbstractBaseUser):
    """What a person signs in with: a secret. No e-mail, no login name; members say their co-operative and number.

    One account may belong to members of several co-operatives; who acts is decided by the address of the page.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    secret_set_at = models.DateTimeField(null=True)
    reset_at = models.DateTimeField(
        null=True
    )  # a secret replaced by others: paper only on rolls frozen before
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
    born = models.DateField(null=True, blank=True)  # tells two people of one name apart; never shown to all
    plain_name = models.CharField(max_length=120)  # folded: for search and order
    joined = models.DateField()
    founder = models.BooleanField(default=False)
    job = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12)
    contact = models.CharField(max_length=8, choices=Contact.choices, default=Contact.NONE)
    phone = models.CharField(max_length=40, blank=True)
    support = ArrayField(models.CharField(max_length=20, choices=Support.choices), default=list, blank=True)

    class Meta:
        ordering = ["plain_name", "number"]
        # By name within one house: over all names PostgreSQL walks past the people of every other plant.
        indexes = [
            models.Index(fields=["cooperative", "plain_name", "number"], name="members_of_a_house_by_name")
        ]
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


class Correction(models.Model):
    """What the register said wrongly of a person, and what it says since: an entry beside the mended row."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=300, blank=True)
    becomes = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="correction_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.member}: {self.field}"
