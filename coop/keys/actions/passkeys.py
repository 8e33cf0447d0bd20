"""Passkeys: adding one, signing in with it, taking it away."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.actions.people import subject_of
from coop.members.models import Account, Member
from coop.refusals import refuse_if

from ..authenticators import Registered
from ..models import Passkey
from ..passkey_rules import (
    obstacles_to_adding_passkey,
    obstacles_to_removing_passkey,
    obstacles_to_using_passkey,
)


@transaction.atomic
def add_passkey(*, registered: Registered, name: str, by: Member, at: datetime.datetime) -> Passkey:
    """`registered` is what the device has answered and `authenticators` has found true."""
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    refuse_if(obstacles_to_adding_passkey(member, name=name, credential=registered.credential))
    assert member.account is not None  # the rule has refused everybody else
    passkey = Passkey.objects.create(
        account=member.account,
        credential=registered.credential,
        public_key=registered.public_key,
        counter=registered.counter,
        name=name.strip(),
        added_at=at,
    )
    write(member.cooperative.chain, verb="passkey-added", subject=subject_of(member), by=by.actor, at=at)
    return passkey


@transaction.atomic
def remove_passkey(*, passkey: Passkey, by: Member, at: datetime.datetime) -> None:
    locked = Passkey.objects.select_for_update(of=("self",), no_key=True).get(pk=passkey.pk)
    refuse_if(obstacles_to_removing_passkey(locked, by=by))
    Passkey.objects.filter(pk=passkey.pk).update(removed_at=at)
    write(by.cooperative.chain, verb="passkey-removed", subject=subject_of(by), by=by.actor, at=at)


@transaction.atomic
def use_passkey(*, passkey: Passkey, counter: int, by: Account, at: datetime.datetime) -> None:
    """The signature was true; under the lock only one of two equal ones finds the count below its own."""
    locked = Passkey.objects.select_for_update(of=("self",), no_key=True).get(pk=passkey.pk, account=by)
    refuse_if(obstacles_to_using_passkey(locked, counter=counter))
    Passkey.objects.filter(pk=passkey.pk).update(counter=counter)
