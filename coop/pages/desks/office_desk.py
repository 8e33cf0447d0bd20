"""The desk of whoever holds an office: what it asks today, one's own offices, and one's area in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.elections.models import Petition, Resignation
from coop.in_office.rules.questions import speeds
from coop.meetings.models import Action
from coop.members.models import Department, Mandate, Posting, Power, Standing

from ..access import Here, acting, enter
from ..offices.deputies import of_mine, with_days
from ..offices.handover import to_hand_over
from ..offices.office import speed_in_words
from ..offices.questions import to_answer
from ..stories import Column, Story
from ..tasks.tasks import reminders
from .duties import duties

Status = Standing.Status
AWAY = (
    Status.MEDICAL_LEAVE,
    Status.PARENTAL_LEAVE,
    Status.VOLUNTARY_LEAVE,
    Status.OUTSIDE_OFFICE,
    Status.SUSPENDED,
)


@require_safe
def mine(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    held = Mandate.objects.filter(Mandate.in_force(here.at), member=acting(here))
    mandates = list(
        held.select_related("seat__office__body__department", "seat__department").order_by(
            "seat__office__body__name", "since"
        )
    )
    pending = Petition.objects.filter(mandate__in=mandates, state__in=Petition.PENDING)
    asked = {one.mandate_id: one for one in pending}
    given = {one.mandate_id: one for one in Resignation.objects.filter(mandate__in=mandates)}
    areas = _areas(here, [one for one in mandates if not one.seat.alternate])
    context = {
        "needs": Column("", _needs(here)) if mandates else None,
        "rows": [
            {
                "mandate": one,
                "petition": asked.get(one.pk),
                "resignation": given.get(one.pk),
                "area": areas.get(one.pk),
            }
            for one in mandates
        ],
        "deputies": with_days(here, of_mine(here)),
        "decides": here.may(Power.DECIDE_URGENT),
    }
    return render(request, "offices/office/mine.html", context)


def _needs(here: Here) -> list[Story]:
    """What is late first: actions taken on, questions, second signatures, meetings to call, what is handed over."""
    found = [*to_answer(here), *reminders(here), *to_hand_over(here), *duties(here)]
    return sorted(found, key=lambda story: story.shape != "late")


def _areas(here: Here, mandates: Sequence[Mandate]) -> dict[int, dict[str, Any]]:
    """For each mandate what its area is today: people by crew, actions of the body, how fast the office answers."""
    places = {one.pk: one.seat.department or one.seat.office.body.department for one in mandates}
    departments = [one for one in places.values() if one is not None]
    people, away = _people(here, departments), _away(here, departments)
    bodies = {one.seat.office.body_id for one in mandates}
    still = Action.objects.filter(body__in=bodies, done_at=None, dropped_at=None)
    late = Count("pk", filter=Q(due_on__lt=here.day))
    actions = {
        row["body"]: row for row in still.values("body").annotate(open=Count("pk"), late=late).order_by()
    }
    fast = speeds(here.cooperative, here.at) if mandates else {}
    found = {}
    for one in mandates:
        place = places[one.pk]
        counted = actions.get(one.seat.office.body_id, {"open": 0, "late": 0})
        found[one.pk] = {
            "department": place,
            "crews": people.get(place.pk, []) if place else [],
            "people": sum(many for _crew, many in people.get(place.pk, [])) if place else 0,
            "away": away.get(place.pk, 0) if place else 0,
            "open": counted["open"],
            "late": counted["late"],
            "speed": speed_in_words(fast.get(one.seat.office_id)),
        }
    return found


def _people(here: Here, departments: Sequence[Department]) -> dict[int, list[tuple[str, int]]]:
    """How many work in each department today, by crew; those without one work by day, and come last."""
    if not departments:
        return {}
    rows = (
        Posting.objects.filter(Posting.on(here.day), department__in=departments)
        .values_list("department", "crew__name")
        .annotate(many=Count("member", distinct=True))
        .order_by("department", "crew__name")
    )
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for department, crew, many in rows:
        found[department].append((crew or "", many))
    return found


def _away(here: Here, departments: Sequence[Department]) -> dict[int, int]:
    """How many of each department are on leave or suspended today: who and why is told to nobody, and no number where
    so few work that it would name them."""
    if not departments:
        return {}
    gone = Standing.objects.filter(Standing.on(here.day), status__in=AWAY).values("member")
    rows = (
        Posting.objects.filter(Posting.on(here.day), department__in=departments)
        .values_list("department")
        .annotate(
            many=Count("member", distinct=True),
            away=Count("member", distinct=True, filter=Q(member__in=gone)),
        )
        .order_by("department")
    )
    return {key: missing for key, many, missing in rows if many >= here.bylaws.published_floor}
