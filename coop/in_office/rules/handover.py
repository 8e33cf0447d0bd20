"""When an office is handed over, by whom to whom, and with what it begins. No writes, no clock."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Q

from coop.charter.models import Bylaws
from coop.meetings.models import Action
from coop.members.models import Mandate, Member
from coop.refusals import Reason

from ..models import HandedOver, Question

AFTERWARDS = datetime.timedelta(days=60)  # so long after the end something may still be handed over
MOST_LINES = 100

Kind = HandedOver.Kind


def warning(bylaws: Bylaws) -> datetime.timedelta:
    """So long before the end of a term what goes with the office is written down."""
    return datetime.timedelta(days=bylaws.term_warning_days)


def window(mandate: Mandate, bylaws: Bylaws) -> tuple[datetime.datetime, datetime.datetime] | None:
    """From the warning of the bylaws before the end until some weeks after; None where the office has no end."""
    if mandate.until is None:
        return None
    return mandate.until - warning(bylaws), mandate.until + AFTERWARDS


def successor(mandate: Mandate) -> Member | None:
    """Whoever has the same seat after this one, elected already or in it; none while nobody is."""
    if mandate.until is None:
        return None
    later = Mandate.objects.filter(
        Q(until=None) | Q(until__gt=mandate.until),
        seat=mandate.seat_id,
        since__gte=mandate.until,
        confirmed_at__isnull=False,
    )
    first = later.exclude(pk=mandate.pk).select_related("member").order_by("since", "pk").first()
    return first.member if first is not None else None


def still_to_do(mandate: Mandate) -> list[str]:
    """What the house knows of: actions that were taken on before the body, and questions nobody has answered."""
    actions = Action.objects.filter(
        body=mandate.seat.office.body_id, owner=mandate.member_id, done_at=None, dropped_at=None
    )
    asked = Question.objects.filter(office=mandate.seat.office_id, answers=None, personal=False)
    found = [one.text for one in actions.order_by("due_on", "pk")]
    found += [one.text for one in asked.order_by("due_on", "pk")]
    return list(dict.fromkeys(" ".join(text.split())[:300] for text in found))[:MOST_LINES]


def obstacles_to_handing_over(
    mandate: Mandate, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """One's own seat, in the last weeks of it or shortly after."""
    if mandate.member_id != by.pk or mandate.seat.alternate or mandate.confirmed_at is None:
        return [Reason("not-yours-to-hand-over")]
    days = window(mandate, bylaws)
    if days is None:
        return [Reason("handover-has-no-day")]
    first, last = days
    if not first <= at < last:
        cooperative = mandate.member.cooperative
        return [
            Reason(
                "handover-not-now",
                {
                    "since": cooperative.day_of(first).isoformat(),
                    "last": cooperative.day_of(last).isoformat(),
                },
            )
        ]
    return []


def obstacles_to_adding_lines(mandate: Mandate, *, more: int) -> list[Reason]:
    there = HandedOver.objects.filter(mandate=mandate).count()
    return [Reason("handover-is-long", {"most": MOST_LINES})] if there + more > MOST_LINES else []


def obstacles_to_signing_lines(
    mandate: Mandate, lines: Sequence[HandedOver], *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """Who goes signs what is handed over; who comes, once it was."""
    if not lines:
        return [Reason("no-line-chosen")]
    comes = successor(mandate)
    if comes is not None and comes.pk == by.pk and by.pk != mandate.member_id:
        if any(line.handed_at is None for line in lines):
            return [Reason("not-handed-over-yet")]
        return [Reason("line-signed-already")] if any(line.received_at for line in lines) else []
    reasons = obstacles_to_handing_over(mandate, by=by, at=at, bylaws=bylaws)
    if not reasons and any(line.handed_at for line in lines):
        return [Reason("line-signed-already")]
    return reasons


def reads(mandate: Mandate, who: Member) -> bool:
    comes = successor(mandate)
    return who.pk == mandate.member_id or (comes is not None and comes.pk == who.pk)
