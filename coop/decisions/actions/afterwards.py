"""What comes after a decision: a later one ends it, it is looked at again, somebody speaks beside it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.letters import legible, one_line
from coop.members.actions.bodies import locked as body_locked
from coop.members.models import Member
from coop.proposals.actions.proposals import locked as proposal_locked
from coop.proposals.actions.proposals import subject_of as proposal_subject
from coop.proposals.models import Proposal
from coop.refusals import refuse_if

from ..afterwards import (
    One,
    about,
    in_force,
    named,
    obstacles_to_naming,
    obstacles_to_reviewing,
    obstacles_to_stating,
    obstacles_to_striking,
)
from ..models import CarriedDecision, Decision, Ending, MinorityStatement, Review


def _subject(one: One) -> Subject:
    return Subject(
        "carried-decision" if isinstance(one, CarriedDecision) else "decision", str(one.pk), str(one)
    )


@transaction.atomic
def name_earlier(*, proposal: Proposal, earlier: One, how: str, by: Member, at: datetime.datetime) -> Ending:
    """Says which decision it takes the place of, or repeals. It stands under the text that is voted."""
    proposal = proposal_locked(proposal)
    refuse_if(obstacles_to_naming(proposal, earlier, by=by, at=at))
    if how == Ending.How.REPEALS:
        words = _("Repealed by this: %(decision)s")
    else:
        words = _("This takes the place of: %(decision)s")
    made = Ending.objects.create(
        proposal=proposal,
        **about(earlier),
        how=how,
        words=one_line(words % {"decision": earlier})[:300],
        named_by=by,
        named_at=at,
    )
    _tell(proposal, made, verb="earlier-named", by=by, at=at)
    return made


@transaction.atomic
def strike_earlier(*, ending: Ending, by: Member, at: datetime.datetime) -> None:
    """The proposal leaves that decision alone."""
    proposal = proposal_locked(ending.proposal)
    ending = Ending.objects.select_related("made__body", "old__body", "proposal").get(pk=ending.pk)
    refuse_if(obstacles_to_striking(ending, by=by, at=at))
    Ending.objects.filter(pk=ending.pk).update(struck_at=at)
    _tell(proposal, ending, verb="earlier-struck", by=by, at=at)


def _tell(proposal: Proposal, ending: Ending, *, verb: str, by: Member, at: datetime.datetime) -> None:
    """A draft is its author's alone: what it would end is told with its publication, not before."""
    named_one: dict[str, object] = {"earlier": ending.about.label, "how": str(ending.how)}
    facts = named_one if proposal.number else {"revision": proposal.revision}
    write(
        proposal.cooperative.chain,
        verb=verb if proposal.number else "proposal-rewritten",
        subject=proposal_subject(proposal),
        by=by.actor,
        at=at,
        facts=facts,
    )


@transaction.atomic
def end_earlier(*, decision: Decision, by: Actor, at: datetime.datetime) -> list[Ending]:
    """What the carried text takes the place of or repeals is in force no longer.

    Two that end the same one: the first does, the second finds it ended and changes nothing.
    """
    done: list[Ending] = []
    endings = list(named(decision.proposal))
    if not endings or not Proposal.objects.filter(pk=decision.proposal_id, carried=True).exists():
        return done
    for ending in endings:
        earlier = ending.about
        body_locked(earlier.body_id)
        if not in_force(earlier):
            continue
        Ending.objects.filter(pk=ending.pk).update(through=decision, ended_at=at)
        write(
            decision.cooperative.chain,
            verb="decision-ended",
            subject=_subject(earlier),
            by=by,
            at=at,
            facts={"how": str(ending.how), "through": decision.label},
        )
        done.append(ending)
    return done


@transaction.atomic
def review(
    *, decision: One, due_on: datetime.date | None, found: str = "", by: Member, at: datetime.datetime
) -> Review:
    """On which day it is looked at (again), and what was found when it was. Without a day it is looked at no more."""
    body_locked(decision.body_id)
    refuse_if(obstacles_to_reviewing(decision, due_on=due_on, found=found, by=by, at=at))
    made = Review.objects.create(
        **about(decision), due_on=due_on, found=one_line(found), set_by=by, set_at=at
    )
    write(
        decision.cooperative.chain,
        verb="decision-reviewed" if made.found else "decision-review-set",
        subject=_subject(decision),
        by=by.actor,
        at=at,
        facts={"due_on": due_on.isoformat() if due_on else None, "found": made.found or None},
    )
    return made


@transaction.atomic
def state_minority(*, decision: Decision, text: str, by: Member, at: datetime.datetime) -> MinorityStatement:
    """Somebody who was against says so beside the decision. It stays as it is, with their name."""
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(
        pk=by.pk
    )  # once, from two screens too
    refuse_if(obstacles_to_stating(decision, text, by=member, at=at))
    made = MinorityStatement.objects.create(
        decision=decision, member=member, text=legible(text).strip(), given_at=at
    )
    write(decision.cooperative.chain, verb="minority-stated", subject=_subject(decision), by=by.actor, at=at)
    return made
