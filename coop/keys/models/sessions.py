"""Being signed in: one row for each browser, with the kind of device it is; and when an office ended them all."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from coop.members.models import Account, Member

LONGEST = datetime.timedelta(hours=12)  # one long shift; then the secret is asked again whatever happened


class Kind(models.TextChoices):
    """What somebody is signed in on. What is not said to be one's own is not."""

    OWN = "own", _("own telephone or computer")
    BORROWED = "borrowed", _("a device of somebody else")
    KIOSK = "kiosk", _("tablet at the gate")


# How long nothing may happen before the door falls shut.
IDLE = {
    Kind.OWN: datetime.timedelta(minutes=30),
    Kind.BORROWED: datetime.timedelta(minutes=10),
    Kind.KIOSK: datetime.timedelta(minutes=2),
}


class Session(AbstractBaseSession):
    """`expire_date` is the whole truth about when it ends: idle or twelve hours old, whichever comes first.

    Sessions of nobody exist too (a message before signing in); `account` is then empty.
    """

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.BORROWED)
    browser = models.CharField(max_length=60, blank=True)  # "Firefox on Android"
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # written at most once a minute
    secret_due = models.BooleanField(default=False)  # it rested: a vote asks for the secret again

    class Meta(AbstractBaseSession.Meta):
        ordering = ["-seen_at"]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The settings name the store; the store knows its table, and not the other way round."""
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")

    @property
    def handle(self) -> str:
        """Names this session on a page, where the key itself has no place."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]


class OfficeEnding(models.Model):
    """Somebody of the office ended all sessions of a member. The member is told when they sign in next."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.member} · {self.at:%Y-%m-%d}"
