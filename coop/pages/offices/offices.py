"""Who holds what: body by body, office by office, seat by seat, with the powers in words; and mandates to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.in_office.rules.questions import speeds
from coop.in_office.speed import Speed
from coop.members import actions
from coop.members.models import Body, Department, Mandate, Office, OfficePower, Seat
from coop.members.rules import obstacles_to_carrying_over, obstacles_to_confirming_mandate
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..recalls.beside import Recalls

FEW = 8  # bodies that stand unfolded: with more, nobody reads their way down, nor walks it by keyboard


@dataclass(frozen=True)
class Post:
    """An office with what it may do, and its seats with who sits on them today.

    Those who began together, until the same day and by the same act stand together: so they were elected.
    """

    office: Office
    powers: list[str]
    together: list[list[dict[str, Any]]]
    vacant: int
    speed: Speed | None  # how fast it answered in the last year; None where nothing was asked


@dataclass(frozen=True)
class Held:
    """A body with its offices."""

    body: Body
    posts: list[Post]

    @property
    def vacant(self) -> int:
        return sum(post.vacant for post in self.posts)


@require_safe
def offices(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here)


@require_POST
def confirm(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second signature under a mandate that was entered by hand."""
    here = enter(request, coop)
    mandate = access.mandate(here, key)
    try:
        actions.confirm_mandate(mandate=mandate, by=acting(here), at=here.at)
    except Refused as refused:
        return show(request, here, refused=refused.reasons)
    done = _("Confirmed: %(name)s, %(office)s. The powers of the office begin with your signature.")
    messages.success(request, done % {"name": mandate.member.name, "office": mandate.seat.office.title})
    return redirect("offices", coop)


def show(
    request: HttpRequest,
    here: Here,
    *,
    refused: list[Reason] | None = None,
    typed: tuple[int, str] | None = None,
) -> HttpResponse:
    """`typed`: the key of a mandate, and why it was to be turned down."""
    recalls, answered, bodies = Recalls.of(here), speeds(here.cooperative, here.at), _bodies(here)
    departments = _departments(bodies)
    chosen = departments.get(request.GET.get("department", ""))
    shown = [one for one in (_held(body, chosen, recalls, answered) for body in bodies) if one.posts]
    context = {
        "carries_over": not obstacles_to_carrying_over(
            here.cooperative, by=acting(here), at=here.at, powers=here.powers
        )
        if here.powers.held
        else False,
        "bodies": shown,
        "folded": len(shown) > FEW,
        "departments": sorted(departments.values(), key=lambda one: one.name),
        "chosen": chosen,
        "waiting": _waiting(here, typed or (0, "")),
        "refused": refused or [],
    }
    return render(request, "offices/offices.html", context, status=409 if refused else 200)


def _bodies(here: Here) -> list[Body]:
    """Every body with its offices, powers, seats and today's holders, in a fixed number of queries."""
    holders = Mandate.objects.filter(Mandate.in_force(here.at)).select_related(
        "member__cooperative",
        "seat__office__body__department",
        "seat__department",
        "seat__crew",
    )
    seats = Seat.objects.select_related("crew", "department").prefetch_related(
        Prefetch("mandates", holders, to_attr="holders")
    )
    offices = Office.objects.prefetch_related(
        Prefetch("seats", seats),
        Prefetch("powers", OfficePower.objects.select_related("body").order_by("pk")),
    )
    bodies = Body.objects.filter(cooperative=here.cooperative, offices__isnull=False).distinct()
    return list(bodies.select_related("department").prefetch_related(Prefetch("offices", offices)))


def _departments(bodies: list[Body]) -> dict[str, Department]:
    """By their code, those that an office belongs to: its body is theirs, or a seat is kept for who works there."""
    found = [body.department for body in bodies]
    found += [
        seat.department for body in bodies for office in body.offices.all() for seat in office.seats.all()
    ]
    return {one.code: one for one in found if one is not None}


def _of(office: Office, body: Body, department: Department | None) -> bool:
    if department is None or body.department_id == department.pk:
        return True
    return any(seat.department_id == department.pk for seat in office.seats.all())


def _held(body: Body, department: Department | None, recalls: Recalls, answered: dict[int, Speed]) -> Held:
    """Only the offices of that department, where one is given; first those that lend powers: they are sought most."""
    named: set[int] = set()
    offices = [office for office in body.offices.all() if _of(office, body, department)]
    offices.sort(key=lambda office: not office.powers.all())
    return Held(body, [_post(office, recalls, answered.get(office.pk), named) for office in offices])


def _post(office: Office, recalls: Recalls, speed: Speed | None, named: set[int]) -> Post:
    """`named`: who stands further up in the same body; their page is one press away there."""
    together: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    vacant = 0
    for seat in office.seats.all():
        for holder in seat.holders:  # type: ignore[attr-defined]
            act = (holder.since, holder.until, holder.begun, holder.document)
            again = holder.member_id in named
            one = {"seat": seat, "mandate": holder, "beside": recalls.beside(holder), "again": again}
            named.add(holder.member_id)
            together.setdefault(act, []).append(one)
        vacant += not seat.alternate and not seat.holders  # type: ignore[attr-defined]
    return Post(office, powers_in_words(office), list(together.values()), vacant, speed)


def powers_in_words(office: Office) -> list[str]:
    """Each power once, with the bodies over which it reaches; one that reaches everywhere says no body."""
    reach: dict[str, list[str]] = {}
    for power in office.powers.all():
        where = reach.setdefault(str(power), [])
        if power.body is not None:
            where.append(power.body.name)
    return [f"{power} ({', '.join(where)})" if where else power for power, where in reach.items()]


def _waiting(here: Here, typed: tuple[int, str]) -> list[dict[str, Any]]:
    """Mandates entered by hand that nobody has confirmed; each with why this reader may not."""
    mandates = Mandate.objects.select_related("member", "entered_by", "seat__office__body").filter(
        member__cooperative=here.cooperative, confirmed_at=None, ended=""
    )
    me = acting(here)
    return [
        {
            "mandate": mandate,
            "obstacles": obstacles_to_confirming_mandate(mandate, by=me, at=here.at, powers=here.powers),
            "mine": mandate.entered_by_id == me.pk,
            "typed": typed[1] if typed[0] == mandate.pk else "",
        }
        for mandate in mandates
    ]
