"""What stands in the way of giving an office up, and when that counts (practice C09). No writes, no clock."""

from __future__ import annotations

import datetime
import math

from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.members.alternates import next_alternate
from coop.members.models import Body, Mandate, Member, Seat
from coop.refusals import Reason

from ..models import Petition, Resignation


def obstacles_to_resigning(mandate: Mandate, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """One's own office, held now, once; and not while the papers of its recall are being counted."""
    held = Mandate.objects.filter(Mandate.in_force(at) & Mandate.not_over(at), pk=mandate.pk)
    if not held.exists():
        return [Reason("mandate-not-held")]
    found = [] if by.pk == mandate.member_id else [Reason("not-your-office")]
    if Resignation.objects.filter(mandate=mandate).exists():
        found.append(Reason("resigned-already"))
    if Petition.objects.filter(
        mandate=mandate, state=Petition.State.VOTING, ballot__state=Ballot.State.CLOSED
    ).exists():
        found.append(Reason("recall-is-counted"))
    return found


def obstacles_to_letting_go(mandate: Mandate, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """The body could not meet without this seat, and no alternate is there to take it (INAES, art. 57).

    Asked of bodies of those who hold a seat: of the others everybody stays a member.
    """
    body = mandate.seat.office.body
    if mandate.seat.alternate or body.composition != Body.Composition.MANDATE:
        return []
    if next_alternate(mandate.seat, at) is not None:
        return []
    seats = Seat.objects.filter(office__body=body, alternate=False).count()
    held = Mandate.objects.filter(Mandate.in_force(at), seat__office__body=body, seat__alternate=False)
    left = held.exclude(pk=mandate.pk).values("member").distinct().count()
    needed = math.floor(seats * bylaws.fraction("quorum_council")) + 1
    if seats > 1 and left < needed:
        return [Reason("body-could-not-meet", {"body": body.name, "needed": needed})]
    return []
