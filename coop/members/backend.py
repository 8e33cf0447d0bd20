"""Signing in: co-operative, member number, secret. Unknown number and wrong secret look and last the same."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from coop.asked_often import Often, given
from coop.charter.models import Cooperative

from .models import Account, Member, Standing


def of_the_house(day: datetime.date | Combinable) -> Exists:
    """The condition on members "is of the house on that day": has a standing, and has not left it.

    A day that SQL finds (`Combinable`) speaks of the member through `OuterRef`.
    """
    standing = Standing.objects.filter(Standing.on(day), member=OuterRef("pk"))
    return Exists(standing.exclude(status__in=Standing.GONE))


def may_enter(member: Member, day: datetime.date) -> bool:
    return OF_THE_HOUSE.first(day=day, member=member.pk) is not None


OF_THE_HOUSE = Often(
    lambda: Member.objects.filter(of_the_house(given("day")), pk=given("member")).values_list("pk")
)


class NumberAndSecret(BaseBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        *,
        cooperative: Cooperative | None = None,
        number: int | None = None,
        secret: str = "",
        day: datetime.date | None = None,
        **other: Any,
    ) -> Account | None:
        if cooperative is None or number is None or day is None:
            return None
        member = (
            Member.objects.select_related("account").filter(cooperative=cooperative, number=number).first()
        )
        account = member.account if member else None
        if member is None or account is None:
            make_password(secret)  # the same time as a wrong secret takes
            return None
        right = account.check_password(secret)
        return account if right and account.is_active and may_enter(member, day) else None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()
