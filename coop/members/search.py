"""Looking people up in the register: by words, place, standing, office and access, today or on any past day.

One function, `found`, so that the list, an export and a printing of cards mean the same people by the same filter.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import CharField as Letters
from django.db.models import DateTimeField as Moment
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative

from .folding import fold
from .models import AccessCard, Mandate, Member, Posting, Standing

OF_THE_HOUSE = [status.value for status in Standing.Status if status not in Standing.GONE]
BY_DAY = "-"  # in the place of the code of a crew: those who work by day and belong to none


class Access:
    """How far somebody has come with getting in."""

    IN = "in"
    CARD = "card"
    OVER = "over"
    NONE = "none"

    choices = [
        (IN, _("can sign in")),
        (CARD, _("card handed out")),
        (OVER, _("card ran out unused")),
        (NONE, _("never had a card")),
    ]


class Order:
    NAME = "name"
    NUMBER = "number"
    DEPARTMENT = "department"

    choices = [(NAME, _("name")), (NUMBER, _("number")), (DEPARTMENT, _("department"))]
    columns: ClassVar[dict[str, list[Any]]] = {
        NAME: ["plain_name", "number"],
        NUMBER: ["number"],
        DEPARTMENT: [
            F("posted__department__code").asc(nulls_last=True),
            F("posted__crew__code").asc(nulls_last=True),
            "plain_name",
            "number",
        ],
    }


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Empty words and codes ask nothing; `on` is the day of standing, place and office."""

    on: datetime.date
    words: str = ""
    department: str = ""
    crew: str = ""
    kind: str = ""
    status: str = ""  # empty: everybody who is of the house on that day
    office: bool = False
    access: str = ""  # as it is now: access is not dated
    contact: str = ""
    joined_from: datetime.date | None = None
    joined_until: datetime.date | None = None
    order: str = Order.NAME


def found(cooperative: Cooperative, wanted: Wanted, *, at: datetime.datetime) -> QuerySet[Member]:
    """Everybody who is meant, each once, in the order asked for; `at` is now, for cards that run out.

    Each row carries what was true on the day: `kind`, `status`, and of the posting `department_code`,
    `department_name`, `crew_code`, `crew_name` (None without one).
    """
    people = Member.objects.filter(cooperative=cooperative).alias(
        stands=FilteredRelation("standings", condition=Standing.on(wanted.on, "standings__")),
        posted=FilteredRelation("postings", condition=Posting.on(wanted.on, "postings__")),
    )
    people = people.filter(_standing(wanted) & _person(wanted))
    if wanted.office:
        people = people.filter(pk__in=_office_holders(cooperative, wanted.on).values("member"))
    if wanted.access:
        people = people.alias(access_now=_access(at)).filter(access_now=wanted.access)
    return people.annotate(
        kind=F("stands__kind"),
        status=F("stands__status"),
        department_code=F("posted__department__code"),
        department_name=F("posted__department__name"),
        crew_code=F("posted__crew__code"),
        crew_name=F("posted__crew__name"),
    ).order_by(*Order.columns[wanted.order])


def with_access(people: QuerySet[Member], *, at: datetime.datetime) -> QuerySet[Member]:
    """Each row with `access` (see Access) and `card_until`, the moment until which a card can still be used."""
    until = Subquery(_live_cards(at).values("expires_at")[:1], output_field=Moment())
    return people.annotate(access=_access(at), card_until=until)


def not_reached(people: QuerySet[Member]) -> QuerySet[Member]:
    """Those who have never come in: they have no secret, so nothing on a screen has reached them."""
    return people.filter(account=None)


def _standing(wanted: Wanted) -> Q:
    status = [wanted.status] if wanted.status else OF_THE_HOUSE
    asked = Q(stands__status__in=status)
    if wanted.kind:
        asked &= Q(stands__kind=wanted.kind)
    if wanted.department:
        asked &= Q(posted__department__code=wanted.department)
    if wanted.crew == BY_DAY:
        asked &= Q(posted__isnull=False, posted__crew=None)
    elif wanted.crew:
        asked &= Q(posted__crew__code=wanted.crew)
    return asked


def _person(wanted: Wanted) -> Q:
    asked = _words(wanted.words)
    if wanted.contact:
        asked &= Q(contact=wanted.contact)
    if wanted.joined_from:
        asked &= Q(joined__gte=wanted.joined_from)
    if wanted.joined_until:
        asked &= Q(joined__lte=wanted.joined_until)
    return asked


def _words(words: str) -> Q:
    """By number, or by every word of the name in whatever order."""
    words = words.strip()
    if words.isascii() and words.isdigit():
        return Q(number=int(words)) if len(words) <= 9 else Q(pk__in=[])
    asked = Q()
    for word in fold(words).split():
        asked &= Q(plain_name__contains=word)
    return asked


def _office_holders(cooperative: Cooperative, day: datetime.date) -> QuerySet[Mandate]:
    """Who holds a full seat at noon of that day."""
    noon = datetime.datetime.combine(day, datetime.time(12), cooperative.zone)
    return Mandate.objects.filter(
        Mandate.in_force(noon), seat__office__body__cooperative=cooperative, seat__alternate=False
    )


def _live_cards(at: datetime.datetime) -> QuerySet[AccessCard]:
    return AccessCard.objects.filter(
        member=OuterRef("pk"), used_at=None, withdrawn_at=None, expires_at__gt=at
    )


def _access(at: datetime.datetime) -> Case:
    return Case(
        When(account__isnull=False, then=Value(Access.IN)),
        When(Exists(_live_cards(at)), then=Value(Access.CARD)),
        When(Exists(AccessCard.objects.filter(member=OuterRef("pk"))), then=Value(Access.OVER)),
        default=Value(Access.NONE),
        output_field=Letters(),
    )
