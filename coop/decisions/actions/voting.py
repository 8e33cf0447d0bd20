"""Putting a proposal to the vote, and settling it when the vote is closed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked
from coop.ballots.models import Ballot, Register, Tally
from coop.ballots.models.ballots import Channel
from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.actions.bodies import locked
from coop.members.models import Body
from coop.proposals import actions as proposals
from coop.proposals.models import Amendment, Proposal
from coop.refusals import refuse_if

from ..afterwards import obstacles_to_ending
from ..budgets import settle_budget
from ..effects import carry_out, hold_what_changes, obstacles_to_effect
from ..floor import chosen, options_put, with_the_chosen
from ..models import CarriedDecision, Decision
from ..rules import (
    obstacles_in_rules,
    obstacles_to_article_by_article,
    obstacles_to_putting_to_the_vote,
    obstacles_to_ranking,
    obstacles_to_settling,
    tie_rule_of,
)
from ..words_put import articles_put, those_that_stand, words_put
from .afterwards import end_earlier


def subject_of(decision: Decision) -> Subject:
    return Subject("decision", str(decision.pk), str(decision))


@transaction.atomic
def put_to_the_vote(
    *,
    proposal: Proposal,
    amendment: Amendment | None = None,
    register: Register,
    present: Collection[int] | None,
    closes_at: datetime.datetime | None = None,
    secrecy: str = Ballot.Secrecy.OPEN,
    channels: Sequence[str] = (Channel.PHONE,),
    by: Actor,
    at: datetime.datetime,
) -> Decision:
    """Opens a vote on a proposal: the text, the roll and the majority of its matter are frozen onto the ballot.

    `present`: ids of the members checked in at the meeting; None for a vote outside a meeting, which asks for the
    register only (ruling 3).
    """
    decision = prepare_vote(
        proposal=proposal,
        amendment=amendment,
        register=register,
        in_a_meeting=present is not None,
        closes_at=closes_at,
        secrecy=secrecy,
        channels=channels,
        by=by,
        at=at,
    )
    return open_prepared(decision=decision, present=present or (), by=by, at=at)


@transaction.atomic
def prepare_vote(
    *,
    proposal: Proposal,
    amendment: Amendment | None = None,
    register: Register,
    in_a_meeting: bool,
    closes_at: datetime.datetime | None = None,
    secrecy: str = Ballot.Secrecy.OPEN,
    channels: Sequence[str] = (Channel.PHONE,),
    by: Actor,
    at: datetime.datetime,
) -> Decision:
    """Draws the vote up without opening it, so that a key can be made for it; text and rules are copied now.

    The text is the proposal as it stands with what was carried and taken in, or the change that an amendment asks for.
    An amendment takes an ordinary majority, whatever the text itself takes (Robert's Rules 12).
    """
    if proposal.kind == Proposal.Kind.BUDGET:
        hold_what_changes(proposal)  # its words are made from what the votes have left so far
    proposal = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    refuse_if(
        obstacles_to_putting_to_the_vote(proposal, amendment)
        + obstacles_to_effect(proposal, register.body, at)
    )
    bylaws = Bylaws.in_force(register.cooperative, register.cooperative.day_of(at))
    matter = Proposal.Matter.ORDINARY if amendment else proposal.matter
    share, base = bylaws.majority_for(matter)
    refuse_if(obstacles_to_ending(proposal, register.body) if amendment is None else [])
    refuse_if(obstacles_in_rules(base, in_a_meeting=in_a_meeting))
    title, text = words_put(proposal, amendment)
    articles = [] if amendment else articles_put(proposal, text)
    options = [] if amendment else options_put(proposal)
    refuse_if(obstacles_to_article_by_article(proposal, channels) if articles else [])
    refuse_if(obstacles_to_ranking(channels) if options else [])
    ballot = ballots.draw_up(
        register=register,
        title=str(proposal) if title == proposal.title else title,
        text=text,
        questions=[Asked(title), *(Asked(article) for article in articles), *options],
        majority=f"{share.numerator}/{share.denominator}",
        base=base,
        bylaws=bylaws,
        tie_rule=tie_rule_of(register.body, bylaws),
        needs_presence=in_a_meeting,
        closes_at=closes_at,
        secrecy=secrecy,
        channels=channels,
        by=by,
        at=at,
    )
    return Decision.objects.create(
        cooperative=register.cooperative,
        body=register.body,
        proposal=proposal,
        amendment=amendment,
        ballot=ballot,
        title=title,
        text=text,
        text_hash=ballot.text_hash,
        matter=matter,
        put_at=at,
    )


@transaction.atomic
def open_prepared(
    *, decision: Decision, present: Collection[int], by: Actor, at: datetime.datetime
) -> Decision:
    """Opens a vote that was drawn up. `present`: ids of the members checked in, where the vote asks for that."""
    ballots.open_ballot(ballot=decision.ballot, present=present, by=by, at=at)
    write(decision.cooperative.chain, verb="put-to-the-vote", subject=subject_of(decision), by=by, at=at)
    return Decision.objects.select_related("ballot", "body", "cooperative").get(pk=decision.pk)


@transaction.atomic
def settle(*, decision: Decision, chair: str = "", by: Actor, at: datetime.datetime) -> Decision:
    """Counts the closed ballot, gives the decision its number and outcome, and carries it out when it was carried.

    `chair`: "for" or "against" at a tie that the rules leave to the chair.
    """
    hold_what_changes(decision.proposal)
    body = locked(decision.body_id)
    decision = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("ballot", "proposal__cooperative", "amendment", "body", "cooperative")
        .get(pk=decision.pk)
    )
    refuse_if(obstacles_to_settling(decision))
    if decision.ballot.state == Ballot.State.CLOSED:
        ballots.count(ballot=decision.ballot, chair=chair, by=by, at=at)
    first, *rest = [
        question.tally.outcome
        for question in decision.ballot.questions.select_related("tally").order_by("number")
    ]
    decision.outcome = first
    decision.decided_at = at
    closed_at = decision.ballot.closed_at
    assert closed_at is not None  # the rule has refused a vote that is still open
    decision.year = decision.cooperative.day_of(closed_at).year
    decision.number = _next_number(body, decision.year)
    carried = decision.outcome == Decision.Outcome.CARRIED
    if decision.amendment is None and carried:
        _, came_of_it = words_put(decision.proposal, None)
        option = chosen(decision) if decision.proposal.kind == Proposal.Kind.TECHNIQUE else None
        if option is not None:
            came_of_it = with_the_chosen(decision.text, option)
        elif rest and decision.proposal.kind != Proposal.Kind.TECHNIQUE:
            came_of_it = those_that_stand(decision.text, [one == Decision.Outcome.CARRIED for one in rest])
        if came_of_it != decision.text:  # its amendments were voted beside it, in several sittings
            decision.adopted_text = came_of_it
            decision.adopted_hash = hashlib.sha256(came_of_it.encode()).hexdigest()
    decision.save(update_fields=["outcome", "decided_at", "year", "number", "adopted_text", "adopted_hash"])
    if decision.amendment is not None:
        proposals.settle_amendment(amendment=decision.amendment, carried=carried, by=by, at=at)
    else:
        # A whole without articles is nothing, and neither is a choice in which nobody ranked an option.
        stands = carried and (not rest or Decision.Outcome.CARRIED in rest or Tally.Outcome.CHOSEN in rest)
        proposals.settle(proposal=decision.proposal, carried=stands, by=by, at=at)
        if decision.proposal.kind == Proposal.Kind.BUDGET:
            settle_budget(decision, carried=stands, by=by, at=at)
        elif stands:
            carry_out(decision, by=by, at=at)
    write(
        decision.cooperative.chain,
        verb="decided",
        subject=subject_of(decision),
        by=by,
        at=at,
        facts={
            "outcome": decision.outcome,
            "number": decision.number,
            "text_hash": decision.adopted_hash or decision.text_hash,
        },
    )
    if decision.amendment is None and carried:
        end_earlier(decision=decision, by=by, at=at)
    return decision


def _next_number(body: Body, year: int) -> int:
    """One more than the highest of that body and year, made here or carried over; the caller has locked the body."""
    there: tuple[QuerySet[Any], ...] = (
        Decision.objects.filter(body=body, year=year),
        CarriedDecision.objects.filter(CarriedDecision.counted(), body=body, year=year),
    )
    return 1 + max(found.aggregate(last=Max("number"))["last"] or 0 for found in there)


@transaction.atomic
def void(*, decision: Decision, because: str, by: Actor, at: datetime.datetime) -> Decision:
    """The vote must not stand: it is annulled with its reason and the proposal may be put again."""
    ballots.annul(ballot=decision.ballot, because=because, by=by, at=at)  # refuses what is settled
    decision = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative", "body")
        .get(pk=decision.pk)
    )
    decision.outcome = Decision.Outcome.VOID
    decision.save(update_fields=["outcome"])
    write(
        decision.cooperative.chain,
        verb="vote-annulled",
        subject=subject_of(decision),
        by=by,
        at=at,
        facts={"because": because},
    )
    return decision
