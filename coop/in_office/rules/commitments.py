"""Who signs for the house, and when two must (practice C26). No writes, no clock."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from coop.decisions.models import Decision
from coop.members.models import Deputy, Mandate, Member, Office, OfficePower, Power
from coop.members.powers import WATCHES
from coop.refusals import Reason

from ..models import Commitment

State = Commitment.State
# Whose office may bind the house: those who call and lead it, keep its budget, or decide what cannot wait. Migration
# 0008 has the same list. Offices that watch over the others sign nothing.
SIGNS = (Power.CONVENE, Power.CHAIR, Power.KEEP_BUDGET, Power.DECIDE_URGENT)
MOST = Decimal(10) ** 13
DECIMALS = 4
RECENT = datetime.timedelta(days=30)


def offices_that_sign(by: Member, at: datetime.datetime) -> QuerySet[Office]:
    """In which offices this person may sign now, as a deputy too."""
    stands_in = Deputy.objects.filter(Deputy.in_force(at), Mandate.in_force(at, "through__"))
    held = Mandate.objects.filter(Mandate.in_force(at), seat__alternate=False)
    mine = held.filter(
        Q(member=by) & ~Q(pk__in=stands_in.values("mandate"))
        | Q(pk__in=stands_in.filter(through__member=by).values("mandate"))
    )
    powers = OfficePower.objects.filter(office=OuterRef("pk"))
    offices = Office.objects.filter(
        Exists(powers.filter(power__in=SIGNS)),
        ~Exists(powers.filter(power__in=WATCHES)),
        pk__in=mine.values("seat__office"),
        body__cooperative=by.cooperative_id,
    )
    return offices.select_related("body").order_by("title", "pk")


def obstacles_to_committing(
    office: Office,
    *,
    title: str,
    party: str,
    because: str,
    amount: Decimal,
    decision: Decision | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """An office that signs, held now; the words, an amount above nothing, and a decision that is in the record."""
    found = _obstacles_in_office(office, by=by, at=at)
    if not (title.strip() and party.strip() and because.strip()):
        found.append(Reason("commitment-without-words"))
    if amount <= 0:
        found.append(Reason("commitment-of-nothing"))
    elif amount >= MOST:
        found.append(Reason("amount-too-large"))
    if decision is not None and (
        decision.cooperative_id != by.cooperative_id or decision.outcome != Decision.Outcome.CARRIED
    ):
        found.append(Reason("commitment-rests-on-what-was-carried"))
    return found


def _obstacles_in_office(office: Office, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if offices_that_sign(by, at).filter(pk=office.pk).exists():
        return []
    return [Reason("office-does-not-sign", {"office": office.title})]


def obstacles_to_signing_second(
    commitment: Commitment, office: Office, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Another person, in another office, while it waits."""
    found = _obstacles_in_office(office, by=by, at=at)
    if commitment.state != State.WAITING:
        found.append(Reason("commitment-settled", {"commitment": commitment.state}))
    if by.pk == commitment.signed_by_id:
        found.append(Reason("second-is-somebody-else"))
    if office.pk == commitment.office_id:
        found.append(Reason("second-is-another-office", {"office": office.title}))
    return found


def obstacles_to_turning_down_commitment(
    commitment: Commitment, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever could sign may refuse to, in words; who signed first may take it back while it waits."""
    found = [] if because.strip() else [Reason("no-reason-given")]
    if commitment.state != State.WAITING:
        return [*found, Reason("commitment-settled", {"commitment": commitment.state})]
    if (
        by.pk != commitment.signed_by_id
        and not offices_that_sign(by, at).exclude(pk=commitment.office_id).exists()
    ):
        found.append(Reason("second-signs-in-another-office"))
    return found


def waits_for(by: Member, at: datetime.datetime) -> QuerySet[Commitment]:
    """What this person could sign as the second now."""
    offices = list(offices_that_sign(by, at).values_list("pk", flat=True))
    waiting = Commitment.objects.filter(cooperative=by.cooperative_id, state=State.WAITING)
    if not offices:
        return waiting.none()
    waiting = waiting.exclude(signed_by=by)
    return waiting.exclude(office=offices[0]) if len(offices) == 1 else waiting


def to_the_same(commitment: Commitment) -> list[Commitment]:
    """What else was promised to the same party in the thirty days up to this one: a large sum can be cut into small
    ones, and whoever reads the sheet should see it."""
    before = commitment.signed_at - RECENT
    found = Commitment.objects.filter(
        cooperative=commitment.cooperative_id,
        party__iexact=commitment.party,
        signed_at__gt=before,
        signed_at__lte=commitment.signed_at,
    )
    return list(found.exclude(pk=commitment.pk).exclude(state=State.REFUSED).order_by("-signed_at", "-pk"))
