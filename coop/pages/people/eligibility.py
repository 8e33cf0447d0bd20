"""What I may do, body by body: vote, speak, be elected; and why not."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.ballots.models import RegisterEntry
from coop.meetings.models import Meeting
from coop.members.electorate import Facts
from coop.members.models import Body, Office
from coop.refusals import Reason

from ..access import Here, acting, enter
from ..reasons import say
from . import courses

State = Meeting.State
FEW = 10  # meetings whose register is drawn and that are not over


@require_safe
def eligibility(request: HttpRequest, coop: str) -> HttpResponse:
    """Today's answers, and where the next votes already have their register: whether I am on it."""
    here = enter(request, coop)
    facts = Facts(acting(here), here.day, here.bylaws)
    rows = [_row(facts, body) for body in _bodies(here)]
    context = {
        "standing": facts.standing,
        "rows": [row for row in rows if not (row["vote"]["why"] and row["voice"]["why"])],
        "seats": _seats(rows),
        "registers": _registers(here),
        "courses": courses.of_offices(here),
    }
    return render(request, "people/eligibility/eligibility.html", context)


def _bodies(here: Here) -> Any:
    """Assemblies first; with whether anybody is elected to them."""
    offices = Office.objects.filter(body=OuterRef("pk"))
    found = Body.objects.filter(cooperative=here.cooperative).annotate(elects=Exists(offices))
    return sorted(found, key=lambda body: (body.kind != Body.Kind.ASSEMBLY, body.name))


def _row(facts: Facts, body: Any) -> dict[str, Any]:
    answers = facts.in_body(body)
    return {
        "body": body,
        "vote": _answer(answers.vote),
        "voice": _answer(answers.voice),
        "stand": _answer(answers.stand) if body.elects else None,
    }


def _seats(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[Body]]]:
    """Bodies with seats by the same answer, those that elect me first. Those that elect only their own are left out."""
    found: dict[tuple[str, ...], tuple[dict[str, Any], list[Body]]] = {}
    for row in rows:
        if row["stand"] is not None and "elects-its-own" not in row["stand"]["codes"]:
            _answer, bodies = found.setdefault(tuple(row["stand"]["why"]), (row["stand"], []))
            bodies.append(row["body"])
    return sorted(found.values(), key=lambda group: bool(group[0]["why"]))


def _answer(reasons: list[Reason]) -> dict[str, Any]:
    """Word and shape, never a colour alone; the reasons in words."""
    word, shape = (_("no"), "no") if reasons else (_("yes"), "yes")
    codes = {reason.code for reason in reasons}
    return {"word": word, "shape": shape, "codes": codes, "why": [say(reason) for reason in reasons]}


def _registers(here: Here) -> list[dict[str, Any]]:
    """The registers of meetings to come or under way; why I am not on one is said on its own page."""
    me = acting(here)
    meetings = list(
        Meeting.objects.filter(
            cooperative=here.cooperative, state__in=[State.CONVENED, State.IN_SESSION], register__isnull=False
        ).select_related("body", "register__body")[:FEW]
    )
    mine = RegisterEntry.objects.filter(
        register__in=[meeting.register_id for meeting in meetings], member=me, struck_by=None
    )
    on = set(mine.values_list("register_id", flat=True))
    return [{"meeting": meeting, "on": meeting.register_id in on} for meeting in meetings]
