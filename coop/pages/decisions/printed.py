"""The sheet of one decision on A4: text, figures, fingerprint, where it comes from, who spoke against it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.ballots.acta.sentences import say_result
from coop.ballots.models import Tally
from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem
from coop.proposals.wording import clauses_in, is_a_change

from .. import access
from ..access import Here, enter
from ..outcomes.decided import outcome_of
from ..outcomes.results import rows_of
from ..paper import to_print
from . import after_the_decision
from .register_of_decisions import say_ended


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.decision(here, key)
    if found.number is None:
        raise Http404  # there is no decision yet
    return to_print("decision", _sheet(here, found), name=found.label)


def _sheet(here: Here, found: Decision) -> dict[str, Any]:
    assert found.decided_at is not None  # it has a number
    after = after_the_decision.beside(here, found)
    tally = (
        Tally.objects.filter(question__ballot=found.ballot, question__number=1)
        .prefetch_related("lines__option")
        .first()
    )
    change = is_a_change(found.text)
    title, clauses = (found.title, []) if change else clauses_in(found.final_text)
    decided = localtime(found.decided_at, here.cooperative.zone)
    ended = after["ended"]
    return {
        "title": _("Decision %(label)s") % {"label": found.label},
        "under": f"{found.body.name}, {date_format(decided, 'DATE_FORMAT')}",
        "house": here.cooperative.legal_name,
        "date": decided.date().isoformat(),
        "foot": f"{found.label} · {(found.adopted_hash or found.text_hash)[:16]}",
        "mark": _("No longer in force: %(how)s") % {"how": say_ended(ended)} if ended else "",
        "headline": title,
        "outcome": capfirst(outcome_of(found)[0]),
        "clauses": [[str(clause.number), clause.text] for clause in clauses],
        "text": "" if clauses else found.final_text,
        "count_title": _("The count"),
        "sentence": say_result(tally) if tally else "",
        "figures": [[row.label, str(row.votes), row.spelled] for row in rows_of(tally)] if tally else [],
        "facts_title": _("Where it comes from"),
        "facts": _facts(found, after),
        "minority_title": _("Minority statements"),
        "minority": [[one.member.name, one.text] for one in after["statements"]],
        "hash_title": _("Fingerprint of the text (SHA-256)"),
        "hash": found.adopted_hash or found.text_hash,
        "signers": [_("Chair"), _("Secretary")],
    }


def _facts(found: Decision, after: dict[str, Any]) -> list[list[str]]:
    by = _("%(proposal)s, by %(name)s") % {"proposal": found.proposal, "name": found.proposal.author.name}
    facts = [[_("Proposal"), by]]
    told = [
        ", ".join([f"{one.amendment.short}: {one.amendment.get_state_display()}", *map(_vote, one.votes)])
        for one in after["amendments"]
    ]
    if told:
        facts.append([_("Its amendments"), "; ".join(told)])
    item = AgendaItem.objects.select_related("meeting__body").filter(decision=found).first()
    if item is not None:
        meeting = _("%(meeting)s, item %(number)s") % {"meeting": item.meeting, "number": item.place}
        facts.append([_("Meeting"), meeting])
    facts += [
        [_("What it changed"), f"{capfirst(one.get_how_display())} {one.about}"] for one in after["ends"]
    ]
    review = after["review"]
    if review and review.due_on and after["lives"]:
        facts.append([_("To be looked at on"), date_format(review.due_on, "DATE_FORMAT")])
    return facts


def _vote(vote: Any) -> str:
    return f"{vote.decision.label} ({vote.figures})" if vote.figures else vote.decision.label
