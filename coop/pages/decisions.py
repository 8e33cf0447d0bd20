"""The register of decisions: numbered, newest first, each a sheet that can be printed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.ballots.models import Tally
from coop.ballots.sentences import say_result
from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals.wording import clauses_in

from . import access
from .access import enter, page_of
from .results import rows_of

Outcome = Decision.Outcome
OUTCOME_SHAPES: dict[str, str] = {
    Outcome.PENDING: "live",
    Outcome.CARRIED: "yes",
    Outcome.NOT_CARRIED: "no",
    Outcome.TIE: "no",
    Outcome.VOID: "stopped",
}
ON_A_PAGE = 30


@require_safe
def decisions(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    every = Decision.objects.filter(cooperative=here.cooperative).select_related("body")
    settled = every.filter(number__isnull=False).order_by("-decided_at", "-pk")
    page = page_of(request, settled, ON_A_PAGE)
    context = {
        "page": page,
        "decisions": [(one, OUTCOME_SHAPES[one.outcome]) for one in page],
        "pending": list(every.filter(outcome=Outcome.PENDING).order_by("-put_at", "-pk")),
    }
    return render(request, "decisions/decisions.html", context)


@require_safe
def decision(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.decision(here, key)
    tally = (
        Tally.objects.filter(question__ballot=found.ballot, question__number=1)
        .prefetch_related("lines__option")
        .first()
    )
    item = AgendaItem.objects.select_related("meeting__body").filter(decision=found).first()
    title, clauses = clauses_in(found.text)
    context = {
        "decision": found,
        "shape": OUTCOME_SHAPES[found.outcome],
        "title": title,
        "clauses": clauses,
        "tally": tally,
        "rows": rows_of(tally) if tally else [],
        "sentence": say_result(tally) if tally else "",
        "item": item,
        "recorded": item is not None
        and item.meeting.state in (Meeting.State.IN_SESSION, Meeting.State.CLOSED),
        "superseded_by": Decision.objects.select_related("body")
        .filter(supersedes=found)
        .order_by("pk")
        .last(),
    }
    return render(request, "decisions/decision.html", context)
