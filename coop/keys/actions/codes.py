"""Codes on paper: printing ten, and using one up."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.actions.people import subject_of
from coop.members.models import Account, Member
from coop.members.typed_codes import new_code
from coop.refusals import refuse_if

from ..models import OneTimeCode
from ..passkey_rules import codes_of, obstacles_to_printing_codes

ON_A_SHEET = 10


@transaction.atomic
def print_codes(*, by: Member, at: datetime.datetime) -> list[str]:
    """Ten new codes, shown once and kept nowhere. What is left of an older sheet stops working."""
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    refuse_if(obstacles_to_printing_codes(member))
    assert member.account is not None  # the rule has refused everybody else
    account = member.account
    OneTimeCode.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    codes = [new_code() for _place in range(ON_A_SHEET)]
    OneTimeCode.objects.bulk_create(
        OneTimeCode(account=account, code_hash=OneTimeCode.hash_of(account, code), printed_at=at)
        for code in codes
    )
    write(member.cooperative.chain, verb="codes-printed", subject=subject_of(member), by=by.actor, at=at)
    return codes


@transaction.atomic
def use_code(*, code: str, by: Account, at: datetime.datetime) -> bool:
    """Whether `code` opened the door for this account, which it does once.

    No journal line: when somebody signed in is nobody's business. A secret that others replaced takes the codes
    printed before with it, for who held the secret may have printed them.
    """
    return _spend(by, code, at)


def _spend(account: Account, code: str, at: datetime.datetime) -> bool:
    """One UPDATE decides who was first: asking first and writing after is a race."""
    wanted = codes_of(account).filter(code_hash=OneTimeCode.hash_of(account, code))
    return wanted.update(used_at=at) == 1
