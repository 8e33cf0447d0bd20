"""The key of an urn out of the codes of its trustees, and whether it opens what is sealed for that urn.

Answers and codes stand in variables here for the time of one request and nowhere else: no journal line, no exception
and no report of an error may carry them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.views.decorators.debug import sensitive_variables

from coop.refusals import refuse_if

from .models import Ballot, SealedUrn
from .rules.urn import obstacles_in_codes, urn_of
from .sealed import sealing, trustees


def filled(column: bytes | memoryview | None) -> bytes:
    """What is filled by now: the rules have refused before."""
    assert column is not None
    return bytes(column)


@sensitive_variables()
def key_from(ballot: Ballot, codes: Mapping[int, str]) -> bytes | None:
    """The key of the urn, or None. Slow, so it stands before every lock; what must hold is asked again under it."""
    urn = urn_of(ballot)
    if urn is None or urn.public_key is None:
        return None
    refuse_if(obstacles_in_codes(urn, codes))
    salts = {trustee.place: filled(trustee.salt) for trustee in urn.trustees.all()}
    hidden = {place: trustees.key_pair(codes[place], salts[place])[1] for place in codes}
    blobs = {tuple(piece.holders): bytes(piece.blob) for piece in urn.keys.all()}
    try:
        return trustees.joined(blobs, hidden)
    except trustees.CodesDoNotOpen:
        return None


@sensitive_variables()
def opens(urn: SealedUrn, key: bytes | None) -> bool:
    """Whether this key opens an envelope that is sealed with the public key, as it will be for every vote."""
    if key is None:
        return False
    body = sealing.seal(
        public_key=filled(urn.public_key),
        secret=secrets.token_bytes(32),
        mark=urn.mark,
        voter=0,
        form="test",
        answers=["test"],
        length=max(urn.length, sealing.length_for(urn.mark, ["test"])),
    )
    opened = sealing.open_all(
        [body], key=key, mark=urn.mark, questions=1, valid=lambda _number, answer: answer == "test"
    )
    return opened.papers == {("test",): 1}


def names_of(urn: SealedUrn, places: Mapping[int, str]) -> list[str]:
    chosen = urn.trustees.filter(place__in=list(places)).select_related("member")
    return [trustee.member.name for trustee in chosen]
