"""The list of what is handed over: begun from what the house knows, added to, signed by who goes and who comes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import one_line
from coop.members.actions.deputies import locked
from coop.members.models import Mandate, Member
from coop.refusals import refuse_if

from ..models import HandedOver
from ..rules.handover import (
    obstacles_to_adding_lines,
    obstacles_to_handing_over,
    obstacles_to_signing_lines,
    still_to_do,
)


def subject_of(mandate: Mandate) -> Subject:
    office = mandate.seat.office
    return Subject("office", str(office.pk), f"{office.title}, {office.body.name}: {mandate.member.name}")


def _bylaws(mandate: Mandate, at: datetime.datetime) -> Bylaws:
    cooperative = mandate.member.cooperative
    return Bylaws.in_force(cooperative, cooperative.day_of(at))


@transaction.atomic
def begin_handover(*, mandate: Mandate, by: Member, at: datetime.datetime) -> list[HandedOver]:
    """What is still to be done, a line each. Asked again it adds what has come since."""
    mandate = locked(mandate)
    refuse_if(obstacles_to_handing_over(mandate, by=by, at=at, bylaws=_bylaws(mandate, at)))
    kind = HandedOver.Kind.TO_DO
    there = set(HandedOver.objects.filter(mandate=mandate, kind=kind).values_list("text", flat=True))
    texts = [text for text in still_to_do(mandate) if text not in there]
    refuse_if(obstacles_to_adding_lines(mandate, more=len(texts)))
    made = HandedOver.objects.bulk_create(
        HandedOver(mandate=mandate, kind=kind, text=text, added_at=at) for text in texts
    )
    _tell(mandate, verb="handover-begun", lines=len(made), by=by, at=at)
    return made


@transaction.atomic
def add_handover_line(
    *, mandate: Mandate, kind: str, text: str, by: Member, at: datetime.datetime
) -> HandedOver:
    """Keys, contracts, where something lies. What stands there already is not written twice."""
    mandate = locked(mandate)
    refuse_if(obstacles_to_handing_over(mandate, by=by, at=at, bylaws=_bylaws(mandate, at)))
    text = one_line(text)
    found = HandedOver.objects.filter(mandate=mandate, kind=kind, text=text).first()
    if found is not None:
        return found
    refuse_if(obstacles_to_adding_lines(mandate, more=1))
    made = HandedOver.objects.create(mandate=mandate, kind=kind, text=text, added_at=at)
    _tell(mandate, verb="handover-added", lines=1, by=by, at=at)
    return made


@transaction.atomic
def sign_handover(
    *, mandate: Mandate, lines: Sequence[HandedOver], by: Member, at: datetime.datetime
) -> None:
    """By who goes: handed over. By who comes: received."""
    mandate = locked(mandate)
    held = list(HandedOver.objects.filter(mandate=mandate, pk__in=[line.pk for line in lines]))
    refuse_if(obstacles_to_signing_lines(mandate, held, by=by, at=at, bylaws=_bylaws(mandate, at)))
    chosen = HandedOver.objects.filter(pk__in=[line.pk for line in held])
    if by.pk == mandate.member_id:
        chosen.update(handed_at=at)
        _tell(mandate, verb="handed-over", lines=len(held), by=by, at=at)
    else:
        chosen.update(received_at=at, received_by=by)
        _tell(mandate, verb="handover-received", lines=len(held), by=by, at=at)


def _tell(mandate: Mandate, *, verb: str, lines: int, by: Member, at: datetime.datetime) -> None:
    write(
        mandate.member.cooperative.chain,
        verb=verb,
        subject=subject_of(mandate),
        by=by.actor,
        at=at,
        facts={"lines": lines},
    )
