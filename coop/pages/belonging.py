"""Which bodies the reader belongs to."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coop.members.models import Body, Mandate, Posting, Power

from .access import Here, acting


def bodies_of(here: Here) -> QuerySet[Body]:
    """Everybody's assembly, the councils of the own department and crew, and where one holds a mandate."""
    me = acting(here)
    posting = Posting.objects.filter(Posting.on(here.day), member=me)
    held = Mandate.objects.filter(Mandate.in_force(here.at), member=me)
    way = Body.Composition
    mine = (
        Q(composition=way.ALL_MEMBERS)
        | Q(composition=way.DEPARTMENT, department__in=posting.values("department"))
        | Q(composition=way.CREW, crew__in=posting.values("crew"))
        | Q(pk__in=held.values("seat__office__body"))
    )
    return Body.objects.filter(mine, cooperative=here.cooperative)


def councils_of(here: Here) -> list[Body]:
    """In whose names this person may move something: the councils they call."""
    if not here.may(Power.CONVENE):
        return []
    found = Body.objects.filter(here.powers.over(Power.CONVENE, field="pk"), cooperative=here.cooperative)
    return list(found.exclude(kind__in=[Body.Kind.ASSEMBLY, Body.Kind.CONGRESS]).order_by("name", "pk"))
