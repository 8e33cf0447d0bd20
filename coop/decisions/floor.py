"""A carried plan is the plan, carried prices are the prices; of a choice of technique the chosen option stands."""

from __future__ import annotations

import datetime

from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Question, Tally
from coop.charter.models import Bylaws
from coop.journal.models import Actor
from coop.members.models import Body
from coop.production import actions as production
from coop.production.prices import Four
from coop.proposals.models import Proposal
from coop.proposals.rules.floor import obstacles_to_setting
from coop.proposals.wording import clauses_in, whole_text
from coop.refusals import Reason

from .models import Decision

Kind = Proposal.Kind
OF_THE_FLOOR = (Kind.PLAN, Kind.PRICE, Kind.TECHNIQUE)


def obstacles_to_floor_effect(proposal: Proposal, body: Body, today: datetime.date) -> list[Reason]:
    """Plans and prices are the assembly's; a technique any body may choose that such a proposal comes before."""
    reasons = []
    if proposal.kind != Kind.TECHNIQUE and body.kind not in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS):
        reasons.append(Reason("assembly-alone", {"body": body.name}))
    return reasons + obstacles_to_setting(proposal, today)


def set_what_was_carried(decision: Decision, *, by: Actor, at: datetime.datetime) -> None:
    """In the transaction that settles the decision."""
    proposal = decision.proposal
    if proposal.kind == Kind.PLAN:
        production.set_plan(
            cooperative=decision.cooperative,
            lines=[
                production.PlanSet(one.product, one.year, one.from_month, one.target, one.capacity)
                for one in proposal.plan_asked.select_related("product")
            ],
            decision=decision.label,
            moved_by=proposal.mover,
            by=by,
            at=at,
        )
    elif proposal.kind == Kind.PRICE:
        rows = list(proposal.prices_asked.select_related("product", "cost_sheet"))
        production.set_prices(
            cooperative=decision.cooperative,
            prices={one.product: Four(one.cost, one.peer, one.market, one.support) for one in rows},
            since=rows[0].since,
            cost_sheets={one.product: one.cost_sheet for one in rows if one.cost_sheet is not None},
            decision=decision.label,
            bylaws=Bylaws.objects.get(
                cooperative=decision.cooperative, version=decision.ballot.rules_version
            ),
            moved_by=proposal.mover,
            by=by,
            at=at,
        )


# --- A choice of technique --------------------------------------------------------------------------------------------


def options_put(proposal: Proposal) -> list[Asked]:
    """The second question of its paper: which option, all of them ranked and compared in pairs."""
    if proposal.kind != Kind.TECHNIQUE:
        return []
    options = [Choice(str(one.number), one.name) for one in proposal.technical_options.all()]
    return [Asked(proposal.title[:300], method=Question.Method.SCHULZE, choices=options)]


def chosen(decision: Decision) -> int | None:
    """The number of the option that came first; None while nothing is counted, or nobody ranked any."""
    found = Tally.objects.filter(
        question__ballot=decision.ballot_id, question__method=Question.Method.SCHULZE
    ).first()
    first = found.result.get("winner") if found is not None else None
    return int(first) if first and str(first).isdigit() else None


def with_the_chosen(text: str, number: int) -> str:
    """The text that was put, with the chosen option and what is said of all: who took part in the study."""
    title, clauses = clauses_in(text)
    *_options, study = clauses
    return whole_text(title, [clauses[number - 1].text, study.text])
