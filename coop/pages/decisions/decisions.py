"""One decision: its sheet with the count, where it comes from, and what came after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.ballots.acta.sentences import say_result
from coop.ballots.models import Tally
from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals.wording import clauses_in, is_a_change

from .. import access
from ..access import enter
from ..councils.councils import votes_beside
from ..outcomes.decided import outcome_of
from ..outcomes.results import rows_of
from ..proposals.brought_back import comes_after, may_return
from . import after_the_decision


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
    word, shape = outcome_of(found)
    context = {
        "decision": found,
        "word": word,
        "shape": shape,
        "title": title,
        "clauses": clauses,
        "change": change,
        "fingerprint": found.adopted_hash or found.text_hash,
        "beside": _beside(found) if found.amendment_id else [],
        **after_the_decision.beside(here, found),
        "returns": returns,
        "came_back": comes_after(found.proposal) if returns else [],
        "tally": tally,
        "rows": rows_of(tally) if tally else [],
        "sentence": say_result(tally) if tally else "",
        "item": item,
        "recorded": item is not None
        and item.meeting.state in (Meeting.State.IN_SESSION, Meeting.State.CLOSED),
        "votes": votes_beside([item], found.body).get(item.pk, []) if item else [],
    }
    return render(request, "decisions/decision.html", context)


def _beside(found: Decision) -> list[Decision]:
    """The other decided votes on the same text: its amendments, and the text itself."""
    votes = Decision.objects.select_related("body").filter(proposal=found.proposal_id, number__isnull=False)
    return list(votes.exclude(pk=found.pk).order_by("number"))
