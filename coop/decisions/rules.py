"""What stands in the way of putting a proposal to the vote, of settling it, and of copying an old decision."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import QuerySet

from coop.ballots.models import Ballot, Register
from coop.ballots.models.ballots import Channel
from coop.budget.models import Amendment as BudgetAmendment
from coop.charter.models import Bylaws
from coop.members.models import Body, Member, Power
from coop.members.powers import obstacles_without
from coop.members.rules.second_person import obstacles_to_confirming, obstacles_to_keeping_the_archive
from coop.proposals.amended_text import AmendedText
from coop.proposals.models import Amendment, Proposal
from coop.refusals import Reason

from .budgets import obstacles_in_budget_order, obstacles_to_budget_vote
from .models import CarriedDecision, Decision

Outcome = Decision.Outcome


def obstacles_to_putting_to_the_vote(proposal: Proposal, amendment: Amendment | None = None) -> list[Reason]:
    """A text on an agenda, or an amendment to it; the text comes after every amendment that is to be voted."""
    if proposal.state != Proposal.State.TABLED:
        return [Reason("proposal-not-tabled", {"state": proposal.state})]
    if Decision.objects.filter(proposal=proposal, amendment=amendment, outcome=Outcome.PENDING).exists():
        return [Reason("vote-under-way")]
    if proposal.kind == Proposal.Kind.BUDGET:
        return obstacles_to_budget_vote(proposal)
    return _obstacles_to_amendment(amendment) if amendment else _obstacles_from_amendments(proposal)


def _obstacles_to_amendment(amendment: Amendment) -> list[Reason]:
    amendment = Amendment.objects.select_related("amends").get(pk=amendment.pk)
    if amendment.state != Amendment.State.ADMITTED:
        return [Reason("amendment-not-admitted", {"label": amendment.short, "state": amendment.state})]
    text = AmendedText.of(amendment.proposal)
    if amendment.pk in text.in_blocks:
        return [Reason("part-of-a-block", {"label": text.in_blocks[amendment.pk].short})]
    put = [text.amendments[part.part_id] for part in text.amendments[amendment.pk].parts.all()] or [amendment]
    voted = being_voted(amendment.proposal)
    own = [
        sub for one in put for sub in text.of_its_words(one, Amendment.State.ADMITTED) if sub.pk not in voted
    ]
    return [Reason("amendments-first", {"labels": ", ".join(one.short for one in own)})] if own else []


def _obstacles_from_amendments(proposal: Proposal) -> list[Reason]:
    text = AmendedText.of(proposal)
    voted = being_voted(proposal)
    waiting = [one for one, _ in text.order if one.pk not in voted]
    if waiting:
        return [Reason("amendments-first", {"labels": ", ".join(one.short for one in waiting)})]
    labels = {key: one.short for key, one in text.amendments.items()}
    return [
        Reason("carried-contradict", {"first": labels[one.first], "second": labels[one.second]})
        for one in text.contradictions
    ]


def being_voted(proposal: Proposal) -> dict[int, Amendment]:
    """Amendments whose vote is open or rests: where sittings vote one after the other, it is settled after the last."""
    pending = Decision.objects.select_related("amendment__amends").filter(
        proposal=proposal,
        outcome=Outcome.PENDING,
        amendment__isnull=False,
        ballot__opened_at__isnull=False,
    )
    return {one.amendment.pk: one.amendment for one in pending if one.amendment}


def prepared_vote(
    proposal: Proposal, register: Register | None, amendment: Amendment | None = None
) -> Decision | None:
    """A vote on it that is drawn up over this register and not open yet: its key is being made."""
    if register is None:
        return None
    waiting = Decision.objects.filter(
        proposal=proposal, amendment=amendment, outcome=Outcome.PENDING, ballot__register=register
    )
    return waiting.filter(ballot__state=Ballot.State.DRAFT).select_related("ballot").first()


def tie_rule_of(body: Body, bylaws: Bylaws) -> str:
    """What follows when this body ties: assemblies and councils have rules of their own."""
    if body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS):
        return bylaws.tie_rule
    return bylaws.tie_rule_council


def obstacles_in_rules(base: str, *, in_a_meeting: bool) -> list[Reason]:
    """Rules of the bylaws that could not be kept: better refused before the vote than bent after it."""
    return [Reason("base-needs-a-meeting")] if base == "present" and not in_a_meeting else []


def obstacles_to_article_by_article(proposal: Proposal, channels: Collection[str]) -> list[Reason]:
    """One paper with a question for each article: nobody raises hands twenty-five times, and the words are ready."""
    reasons = [Reason("articles-not-by-hands")] if Channel.HANDS in channels else []
    voted = being_voted(proposal)
    if voted:
        labels = ", ".join(one.short for one in voted.values())
        reasons.append(Reason("amendments-first", {"labels": labels}))
    return reasons


def obstacles_to_ranking(channels: Collection[str]) -> list[Reason]:
    """Options are ranked on a screen or on paper: hands can only be raised for one after the other."""
    return [Reason("options-not-by-hands")] if Channel.HANDS in channels else []


def obstacles_in_order(decision: Decision) -> list[Reason]:
    """Votes that were held side by side are settled in the order of voting: an amendment after those before it, which
    may make it fall, and the text after all of them."""
    if decision.proposal.kind == Proposal.Kind.BUDGET:
        return obstacles_in_budget_order(decision)
    voted = being_voted(decision.proposal)
    first = list(voted.values())
    if decision.amendment_id is not None and voted.keys() - {decision.amendment_id}:
        order = [one.pk for one, _ in AmendedText.of(decision.proposal).order]
        place = order.index(decision.amendment_id) if decision.amendment_id in order else 0
        first = [voted[key] for key in order[:place] if key in voted]
    elif decision.amendment_id is not None:
        return []
    return [Reason("amendments-first", {"labels": ", ".join(one.short for one in first)})] if first else []


def obstacles_to_settling(decision: Decision) -> list[Reason]:
    if decision.outcome != Outcome.PENDING:
        return [Reason("decision-settled", {"outcome": decision.outcome})]
    if decision.ballot.state not in (Ballot.State.CLOSED, Ballot.State.COUNTED):
        return [Reason("vote-not-closed", {"state": decision.ballot.state})]
    return obstacles_in_order(decision)


# --- From the book ----------------------------------------------------------------------------------------------

HIGHEST = 9_999  # a number above this is a slip of the pen


def obstacles_to_carrying_over(
    body: Body,
    *,
    number: int,
    decided_on: datetime.date,
    corrects: CarriedDecision | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """An old decision: of the past, before the first one made here, under a number that is free.

    `corrects`: the entry that was copied wrongly; its own number counts as free.
    """
    reasons = obstacles_to_keeping_the_archive(body.cooperative, by=by, at=at)
    if decided_on > body.cooperative.day_of(at):
        reasons.append(Reason("still-to-come"))
    first = Decision.objects.filter(body=body, decided_at__isnull=False).order_by("decided_at").first()
    if first is not None and first.decided_at is not None:
        day = body.cooperative.day_of(first.decided_at)
        if decided_on > day:
            reasons.append(Reason("decided-here-since", {"body": body.name, "day": day.isoformat()}))
    if corrects is not None and not corrects.counts:
        reasons.append(Reason("copy-does-not-count"))
    return reasons + obstacles_in_number(body, decided_on.year, number, besides=corrects)


def obstacles_in_number(
    body: Body, year: int, number: int, *, besides: CarriedDecision | None = None
) -> list[Reason]:
    """A number that another decision has, made here or carried over. What only waits takes none yet."""
    if not 1 <= number <= HIGHEST:
        return [Reason("decision-number-out-of-range", {"most": HIGHEST})]
    carried = CarriedDecision.objects.filter(CarriedDecision.counted(), body=body, year=year, number=number)
    if besides is not None:
        carried = carried.exclude(pk=besides.pk)
    here = Decision.objects.filter(body=body, year=year, number=number)
    if carried.exists() or here.exists():
        return [Reason("decision-number-taken", {"label": f"D {body.code} {year}-{number}"})]
    return []


def obstacles_to_confirming_carried(
    entry: CarriedDecision, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The second signature; its number may have been taken, or what it corrects replaced, since it was entered."""
    reasons = obstacles_to_confirming(entry, by=by, at=at)
    if entry.corrects is not None and not entry.corrects.counts:
        reasons.append(Reason("copy-does-not-count"))
    return reasons + obstacles_in_number(entry.body, entry.year, entry.number, besides=entry.corrects)


def obstacles_to_backing_budget(amendment: BudgetAmendment, decision: Decision) -> list[Reason]:
    """The body in whose name it was handed in has carried it, after the draft was published."""
    if decisions_behind(amendment).filter(pk=decision.pk).exists():
        return []
    body = amendment.on_behalf_of.name if amendment.on_behalf_of else ""
    return [Reason("not-the-decision-behind-it", {"body": body})]


def decisions_behind(amendment: BudgetAmendment) -> QuerySet[Decision]:
    """Which decisions may stand behind an amendment of a budget, the newest first."""
    found = Decision.objects.filter(body=amendment.on_behalf_of_id, outcome=Outcome.CARRIED)
    found = (
        found.filter(decided_at__gte=amendment.year.published_at) if amendment.year.published_at else found
    )
    return found.select_related("body").order_by("-decided_at", "-pk")


def obstacles_to_backing(
    amendment: Amendment, decision: Decision, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The council in whose name the amendment was moved has decided so, after the text was published."""
    body = amendment.on_behalf_of
    if body is None or amendment.state != Amendment.State.SUBMITTED:
        return [Reason("amendment-seeks-no-council", {"state": amendment.state})]
    reasons = obstacles_without(Power.CONVENE, by=by, at=at, body=body)
    if decision.body_id != body.pk or decision.outcome != Outcome.CARRIED:
        reasons.append(Reason("not-that-councils-decision", {"body": body.name}))
    elif decision.decided_at is None or decision.decided_at < (amendment.proposal.published_at or at):
        reasons.append(Reason("decided-before-the-text"))
    return reasons
