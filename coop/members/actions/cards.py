"""Printed cards: handing them out, the second signature under a reset, and getting in with one."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection

from django.db import transaction

from coop.journal.actions import write, write_many
from coop.journal.models import Actor
from coop.refusals import Reason, refuse_if

from ..models import AccessCard, Account, Member
from ..rules import (
    obstacles_to_acknowledging,
    obstacles_to_countersigning,
    obstacles_to_first_card,
    obstacles_to_issuing_card,
    obstacles_to_keeping_the_register,
    obstacles_to_several_cards,
    obstacles_to_using_card,
)
from ..secret_words import obstacles_to_secret
from ..typed_codes import code_for
from .people import subject_of

DAYS_VALID = 14


@transaction.atomic
def issue_card(*, member: Member, by: Member, at: datetime.datetime) -> tuple[AccessCard, str]:
    """A new card and its token, which is shown once and kept nowhere. An older card not used is withdrawn."""
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    refuse_if(obstacles_to_issuing_card(member, by=by, at=at))
    return _issue(member, issued_by=by, by=by.actor, at=at)


@transaction.atomic
def issue_cards(
    *, members: Collection[int], by: Member, at: datetime.datetime
) -> list[tuple[AccessCard, str]]:
    """Cards and tokens for the members with these ids, in the order of the register; older unused ones are withdrawn.

    Whoever has a secret already is passed over: replacing one takes a second person, so it is done one by one.
    """
    refuse_if(obstacles_to_keeping_the_register(by=by, at=at))
    found = (
        Member.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative")
        .filter(pk__in=members, cooperative=by.cooperative_id)
        .order_by("pk")  # everybody who locks several people does so in this order
    )
    wanting = [member for member in found if not obstacles_to_several_cards(member)]
    AccessCard.objects.filter(member__in=wanting, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    made = [_card(member, issued_by=by, at=at) for member in sorted(wanting, key=lambda one: one.number)]
    AccessCard.objects.bulk_create(card for card, _token in made)
    told = [("card-issued", subject_of(card.member), {"replaces_secret": False}) for card, _token in made]
    write_many(by.cooperative.chain, told, by=by.actor, at=at)
    return made


@transaction.atomic
def issue_first_card(*, member: Member, by: Actor, at: datetime.datetime) -> tuple[AccessCard, str]:
    """A card for one of the first office-holders, on the founding act: nobody could hand it out yet."""
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    refuse_if(obstacles_to_first_card(member))
    return _issue(member, issued_by=None, by=by, at=at)


def _issue(
    member: Member, *, issued_by: Member | None, by: Actor, at: datetime.datetime
) -> tuple[AccessCard, str]:
    AccessCard.objects.filter(member=member, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    card, token = _card(member, issued_by=issued_by, at=at)
    card.save(force_insert=True)
    write(
        member.cooperative.chain,
        verb="card-issued",
        subject=subject_of(member),
        by=by,
        at=at,
        facts={"replaces_secret": card.replaces_secret},
    )
    return card, token


def _card(member: Member, *, issued_by: Member | None, at: datetime.datetime) -> tuple[AccessCard, str]:
    token = secrets.token_urlsafe(16)
    card = AccessCard(
        member=member,
        token_hash=AccessCard.hash_of(token),
        code_hash=AccessCard.hash_of_code(code_for(token)),
        issued_at=at,
        issued_by=issued_by,
        expires_at=at + datetime.timedelta(days=DAYS_VALID),
        replaces_secret=member.account_id is not None,
    )
    return card, token


@transaction.atomic
def countersign_card(*, card: AccessCard, by: Member, at: datetime.datetime) -> None:
    locked = AccessCard.objects.select_for_update(of=("self",), no_key=True).get(pk=card.pk)
    refuse_if(obstacles_to_countersigning(locked, by=by, at=at))
    AccessCard.objects.filter(pk=card.pk).update(countersigned_by=by, countersigned_at=at)
    write(
        by.cooperative.chain, verb="card-countersigned", subject=subject_of(card.member), by=by.actor, at=at
    )


@transaction.atomic
def enrol(*, card: AccessCard, secret: str, by: Member, at: datetime.datetime) -> Account:
    """Uses the card up and sets the secret. Two people with one card: the second is refused.

    A secret that is replaced ends every session of its owner, and makes them vote on paper wherever the register
    was drawn before: two people could replace it, and whoever counts on a register must be able to see that.
    """
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=card.member_id)
    locked = AccessCard.objects.select_for_update(of=("self",), no_key=True).get(pk=card.pk)
    reasons = obstacles_to_using_card(locked, at=at)
    if by.pk != member.pk:
        reasons.append(Reason("not-your-card"))
    refuse_if(reasons or obstacles_to_secret(secret, number=member.number, born=member.born))
    account = member.account or Account(made_at=at)
    account.set_password(secret)
    account.secret_set_at = at
    if locked.replaces_secret:
        account.reset_at = at
    if account.pk is None:
        account.save(force_insert=True)
    else:
        account.save(update_fields=["password", "secret_set_at", "reset_at"])
    Member.objects.filter(pk=member.pk).update(account=account)
    AccessCard.objects.filter(pk=card.pk).update(used_at=at)
    write(
        member.cooperative.chain,
        verb="secret-set",
        subject=subject_of(member),
        by=by.actor,
        at=at,
        facts={"replaced": locked.replaces_secret},
    )
    return account


@transaction.atomic
def acknowledge_reset(*, card: AccessCard, by: Member, at: datetime.datetime) -> None:
    """Whose secret was replaced has read by whom, and when. Saying it twice is saying it once."""
    locked = AccessCard.objects.select_for_update(of=("self",), no_key=True).get(pk=card.pk)
    refuse_if(obstacles_to_acknowledging(locked, by=by))
    if locked.acknowledged_at is None:
        AccessCard.objects.filter(pk=card.pk).update(acknowledged_at=at)
        write(by.cooperative.chain, verb="reset-acknowledged", subject=subject_of(by), by=by.actor, at=at)
