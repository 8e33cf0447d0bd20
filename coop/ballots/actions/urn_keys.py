"""The urn of a secret vote on screens and its key: set up, made, tried, destroyed. The votes: `sealed_votes`.

Answers and codes stand in variables here for the time of one request and nowhere else: no journal line, no exception
and no report of an error may carry them.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..models import Ballot, SealedKey, SealedUrn, Trustee
from ..rules.urn import (
    length_needed,
    obstacles_to_destroying,
    obstacles_to_drawing,
    obstacles_to_making,
    obstacles_to_setting_up,
    obstacles_to_taking,
    obstacles_to_testing,
    obstacles_to_trying,
    urn_of,
)
from ..sealed import trustees, urn_secrets
from ..urn_codes import filled, key_from, names_of, opens
from .locks import locked, subject_of


@transaction.atomic
def set_up_urn(*, ballot: Ballot, trustees: Sequence[Member], by: Member, at: datetime.datetime) -> SealedUrn:
    """An empty urn for a draft, and who will keep its codes: any two of three, or any three of five."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_setting_up(ballot, trustees, by=by, at=at))
    mark = secrets.token_hex(16)
    urn = SealedUrn.objects.create(
        ballot=ballot, mark=mark, need=_need(len(trustees)), length=length_needed(ballot, mark)
    )
    Trustee.objects.bulk_create(
        Trustee(urn=urn, place=place, member=member) for place, member in enumerate(trustees, 1)
    )
    urn_secrets.make(mark)
    write(
        ballot.cooperative.chain,
        verb="urn-set-up",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"trustees": [member.name for member in trustees], "need": urn.need},
    )
    return urn


def _need(count: int) -> int:
    return trustees.NEED[count]


@sensitive_variables()
@transaction.atomic
def draw_code(*, ballot: Ballot, by: Member, at: datetime.datetime) -> str:
    """The code of this trustee, to be shown once and printed. Stored is only what belongs to it in public."""
    ballot = locked(ballot)
    trustee = Trustee.objects.filter(urn__ballot=ballot, member=by).first()
    refuse_if(obstacles_to_drawing(ballot, trustee, by))
    assert trustee is not None  # the rule has refused everybody else
    code, salt = trustees.new_code(), trustees.new_salt()
    trustee.salt, trustee.drawn_at = salt, at
    trustee.public_key = trustees.key_pair(code, salt)[0]
    trustee.save(update_fields=["salt", "public_key", "drawn_at"])
    write(
        ballot.cooperative.chain,
        verb="urn-code-drawn",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"place": trustee.place},
    )
    return code


@sensitive_variables()
@transaction.atomic
def make_key(*, ballot: Ballot, by: Member, at: datetime.datetime) -> SealedUrn:
    """Makes the key of the urn on this server, divides it among the trustees, and forgets it. The record says so."""
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_making(ballot, urn, by=by, at=at))
    assert urn is not None
    public_key, key = trustees.new_key()
    keepers = {trustee.place: filled(trustee.public_key) for trustee in urn.trustees.all()}
    SealedKey.objects.bulk_create(
        SealedKey(urn=urn, holders=list(holders), blob=blob)
        for holders, blob in trustees.divided(key, keepers).items()
    )
    _key_is_there(urn, public_key, SealedUrn.MadeBy.SERVER, by, at)
    return urn


@transaction.atomic
def take_key(*, ballot: Ballot, file: str, by: Member, at: datetime.datetime) -> SealedUrn:
    """Takes over what a ceremony on another machine made public. The trustees hold their codes since then."""
    try:
        found = trustees.read_ceremony(file)
    except ValueError:
        raise Refused([Reason("key-file-unreadable")]) from None
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_taking(ballot, urn, len(found.keepers), by=by, at=at))
    assert urn is not None
    for trustee in urn.trustees.all():
        trustee.salt, trustee.public_key = found.keepers[trustee.place]
        trustee.drawn_at = at
        trustee.save(update_fields=["salt", "public_key", "drawn_at"])
    SealedKey.objects.bulk_create(
        SealedKey(urn=urn, holders=list(holders), blob=blob) for holders, blob in found.blobs.items()
    )
    _key_is_there(urn, found.public_key, SealedUrn.MadeBy.ELSEWHERE, by, at)
    return urn


def _key_is_there(urn: SealedUrn, public_key: bytes, made_by: str, by: Member, at: datetime.datetime) -> None:
    urn.public_key, urn.made_at, urn.made_by = public_key, at, made_by
    urn.save(update_fields=["public_key", "made_at", "made_by"])
    write(
        urn.ballot.cooperative.chain,
        verb="urn-key-made",
        subject=subject_of(urn.ballot),
        by=by.actor,
        at=at,
        facts={"made_by": made_by, "public_key": public_key.hex()},
    )


@sensitive_variables()
@transaction.atomic
def test_key(*, ballot: Ballot, codes: Mapping[int, str], by: Member, at: datetime.datetime) -> SealedUrn:
    """Opens a test envelope with the codes of as many trustees as are needed (place -> code). Before any vote opens."""
    refuse_if(obstacles_to_trying(ballot, by=by, at=at))
    key = key_from(ballot, codes)
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_testing(ballot, urn, by=by, at=at))
    assert urn is not None
    if not opens(urn, key):
        raise Refused([Reason("codes-do-not-open")])
    urn.tested_at, urn.tested_with = at, sorted(codes)
    urn.save(update_fields=["tested_at", "tested_with"])
    write(
        ballot.cooperative.chain,
        verb="urn-key-tested",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"trustees": names_of(urn, codes)},
    )
    return urn


@transaction.atomic
def destroy_key(*, ballot: Ballot, note: str, by: Member, at: datetime.datetime) -> SealedUrn:
    """Writes down that codes and pieces of the key were destroyed, where and before whom; removes what is left here."""
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_destroying(ballot, urn, note, by=by, at=at))
    assert urn is not None
    urn.destroyed_at, urn.destroyed_note = at, note.strip()
    urn.save(update_fields=["destroyed_at", "destroyed_note"])
    urn_secrets.destroy(urn.mark)
    write(
        ballot.cooperative.chain,
        verb="urn-keys-destroyed",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"note": urn.destroyed_note},
    )
    return urn
