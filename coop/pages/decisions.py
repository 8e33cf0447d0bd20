"""The register of decisions: numbered, newest first, each a sheet that can be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.ballots.acta.sentences import say_result
from coop.ballots.models import Tally
from coop.decisions.models import CarriedDecision, Decision
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Power
from coop.members.models.countersigned import waiting
from coop.members.rules.second_person import obstacles_to_keeping_the_archive
from coop.proposals.wording import clauses_in, is_a_change

from . import access
from .access import acting, enter, page_of
from .brought_back import comes_after, may_return
from .councils import votes_beside
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
    old = CarriedDecision.objects.filter(cooperative=here.cooperative).select_related("body")
    page = page_of(request, _register(every, old), ON_A_PAGE)
    context = {
        "page": page,
        "decisions": [(one, OUTCOME_SHAPES[one.outcome]) for one in _rows(page, every, old)],
        "waiting": list(old.filter(waiting()).order_by("entered_at", "pk")),
        "copies": here.may(Power.RECORD_MINUTES)
        and not obstacles_to_keeping_the_archive(
            here.cooperative, by=acting(here), at=here.at, powers=here.powers
        ),
        "pending": list(
            every.filter(outcome=Outcome.PENDING, ballot__opened_at__isnull=False).order_by("-put_at", "-pk")
        ),
    }
    return render(request, "decisions/decisions.html", context)


def _register(made: QuerySet[Decision], old: QuerySet[CarriedDecision]) -> QuerySet[Any]:
    """Moment, kind and key of everything that has a number, made here or copied from the book, the newest first."""
    here = made.filter(number__isnull=False).annotate(
        moment=F("decided_at"), kind=Value("made", output_field=CharField())
    )
    book = old.filter(CarriedDecision.counted()).annotate(
        moment=Cast("decided_on", DateTimeField()), kind=Value("old", output_field=CharField())
    )
    names = ("moment", "kind", "pk")
    both = here.order_by().values_list(*names).union(book.order_by().values_list(*names), all=True)
    return both.order_by("-moment", "-pk")


def _rows(
    page: Iterable[Any], made: QuerySet[Decision], old: QuerySet[CarriedDecision]
) -> list[Decision | CarriedDecision]:
    rows = list(page)
    found: dict[str, dict[int, Any]] = {
        "made": made.in_bulk([key for _moment, kind, key in rows if kind == "made"]),
        "old": old.in_bulk([key for _moment, kind, key in rows if kind == "old"]),
    }
    return [found[kind][key] for _moment, kind, key in rows]


@require_safe
def decision(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.decision(here, key)
    tally = (
        Tally.objects.filter(question__ballot=found.ballot, question__number=1)
        .prefetch_related("lines__option")
        .first()
    )
    item = (
        AgendaItem.objects.select_related("meeting__body", "decision__ballot").filter(decision=found).first()
    )
    change = is_a_change(found.text)
    title, clauses = (found.title, []) if change else clauses_in(found.final_text)
    returns = may_return(here, found.proposal) if found.number and found.amendment_id is None else None
    context = {
        "decision": found,
        "shape": OUTCOME_SHAPES[found.outcome],
        "title": title,
        "clauses": clauses,
        "change": change,
        "fingerprint": found.adopted_hash or found.text_hash,
        "beside": _beside(found),
        "returns": returns,
        "came_back": comes_after(found.proposal) if returns else [],
        "tally": tally,
        "rows": rows_of(tally) if tally else [],
        "sentence": say_result(tally) if tally else "",
        "item": item,
        "recorded": item is not None
        and item.meeting.state in (Meeting.State.IN_SESSION, Meeting.State.CLOSED),
        "votes": votes_beside([item], found.body).get(item.pk, []) if item else [],
        "superseded_by": Decision.objects.select_related("body")
        .filter(supersedes=found)
        .order_by("pk")
        .last(),
    }
    return render(request, "decisions/decision.html", context)


def _beside(found: Decision) -> list[Decision]:
    """The other decided votes on the same text: its amendments, and the text itself."""
    votes = Decision.objects.select_related("body").filter(proposal=found.proposal_id, number__isnull=False)
    return list(votes.exclude(pk=found.pk).order_by("number"))
