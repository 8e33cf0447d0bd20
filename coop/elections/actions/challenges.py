"""Challenges of what was proclaimed: made, decided, appealed, settled; and what is annulled by them (practice C08).

Order of locks: election, challenge, body, mandate.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from coop.ballots.models import Urn
from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.actions.bodies import locked as locked_body
from coop.members.actions.offices import begin_mandate, end_mandate
from coop.members.models import Mandate, Member
from coop.members.terms import months_later
from coop.refusals import Refused, refuse_if

from ..models import Challenge, Contest, Elected, Election
from ..rules.challenges import (
    obstacles_to_appealing_challenge,
    obstacles_to_challenging,
    obstacles_to_deciding_challenge,
    obstacles_to_settling_challenge,
    repetitions,
    unseated,
)
from . import elections

State = Challenge.State


def subject_of(challenge: Challenge) -> Subject:
    return Subject("challenge", str(challenge.pk), challenge.label)


def locked(challenge: Challenge) -> Challenge:
    """Under the lock of its election: two that are decided at once see each other."""
    election = elections.locked(Election(pk=challenge.election_id))
    held = Challenge.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("member", "contest__office__body", "box__ballot__register").get(
        pk=challenge.pk
    )
    found.election = election
    return found


@transaction.atomic
def challenge(
    *,
    election: Election,
    contest: Contest | None = None,
    box: Urn | None = None,
    text: str,
    by: Member,
    at: datetime.datetime,
) -> Challenge:
    """Of one contest, of one box, or of the whole election. Everybody reads it, with the name."""
    election = elections.locked(election)
    if contest is not None:
        contest = election.contests.get(pk=contest.pk)
    refuse_if(obstacles_to_challenging(election, contest, text, box=box, by=by, at=at))
    last = Challenge.objects.filter(election=election).aggregate(last=Max("number"))
    made = Challenge.objects.create(
        election=election,
        contest=contest,
        box=box,
        number=1 + (last["last"] or 0),
        member=by,
        text=text.strip(),
        made_at=at,
        decide_until=election.cooperative.day_of(at) + datetime.timedelta(days=election.challenge_days),
    )
    _write(
        made, verb="election-challenged", by=by.actor, at=at, told={"until": made.decide_until.isoformat()}
    )
    return made


@transaction.atomic
def decide_challenge(
    *, challenge: Challenge, upheld: bool, reasons: str, by: Member, at: datetime.datetime
) -> Challenge:
    """Upheld, what was challenged is annulled, and nobody holds a seat by it. Either way it may be appealed: by whoever
    it went against."""
    challenge = locked(challenge)
    refuse_if(obstacles_to_deciding_challenge(challenge, reasons, by=by, at=at))
    days = datetime.timedelta(days=challenge.election.challenge_days)
    facts: dict[str, object] = {
        "decided_by": by,
        "decided_at": at,
        "reasons": reasons.strip(),
        "appeal_until": challenge.election.cooperative.day_of(at) + days,
    }
    _step(challenge, State.UPHELD if upheld else State.DISMISSED, facts)
    told = {"because": reasons.strip()}
    _write(
        challenge,
        verb="challenge-upheld" if upheld else "challenge-dismissed",
        by=by.actor,
        at=at,
        told=told,
    )
    if upheld:
        _annul(challenge, by=by.actor, at=at)
    return challenge


@transaction.atomic
def appeal_challenge(*, challenge: Challenge, text: str, by: Member, at: datetime.datetime) -> Challenge:
    """Before the assembly. Whoever knows its agenda puts it there in the same transaction."""
    challenge = locked(challenge)
    refuse_if(obstacles_to_appealing_challenge(challenge, text, by=by, at=at))
    _step(challenge, State.APPEALED, {"appeal": text.strip(), "appealed_at": at, "appealed_by": by})
    _write(challenge, verb="challenge-appealed", by=by.actor, at=at)
    return challenge


@transaction.atomic
def settle_challenge(
    *, challenge: Challenge, upheld: bool, decision: str, by: Member, at: datetime.datetime
) -> Challenge:
    """What the assembly decided, by the number of its decision. Where it dismisses what the commission had upheld,
    those who lost their seats have them again, and a repetition that is on its way falls with its papers."""
    challenge = locked(challenge)
    refuse_if(obstacles_to_settling_challenge(challenge, upheld=upheld, by=by, at=at))
    facts = {"settled_by": by, "settled_at": at, "decision": decision.strip()}
    _step(challenge, State.APPEAL_UPHELD if upheld else State.APPEAL_DISMISSED, facts)
    _write(
        challenge,
        verb="challenge-appeal-upheld" if upheld else "challenge-appeal-dismissed",
        by=by.actor,
        at=at,
        told={"decision": decision.strip()},
    )
    if upheld:
        _annul(challenge, by=by.actor, at=at)
    else:
        for repetition in repetitions(challenge):
            elections.let_fall(
                election=repetition, because=f"{challenge.label}, {decision.strip()}", by=by.actor, at=at
            )
        _seat_again(challenge, by=by.actor, at=at)
    return challenge


# --- What is annulled -----------------------------------------------------------------------------------------------


def _annul(challenge: Challenge, *, by: Actor, at: datetime.datetime) -> None:
    """Mandates that were proclaimed end now or never begin, with those of whoever came after them by alternates."""
    election = challenge.election
    standing = election.contests.filter(annulled_at=None).select_related("office__body")
    if challenge.contest_id:
        standing = standing.filter(pk=challenge.contest_id)
    elif challenge.box is not None:  # every question on its paper
        standing = standing.filter(question__ballot=challenge.box.ballot_id)
    contests = list(standing)
    if not contests:
        return  # another challenge was faster
    for body in sorted({contest.office.body_id for contest in contests}):
        locked_body(body)
    for mandate in _given_by(contests, at):
        end_mandate(mandate=mandate, ended=Mandate.Ended.ANNULLED, document=challenge.label, by=by, at=at)
    for contest in contests:
        contest.annulled_at = at
        contest.save(update_fields=["annulled_at"])
    if not election.contests.filter(annulled_at=None).exists():
        elections.advance(
            election=election,
            to=Election.State.ANNULLED,
            verb="election-annulled",
            by=by,
            at=at,
            told={"because": challenge.label},
            annulled_at=at,
            annulled_because=challenge.label,
        )


def _seat_again(challenge: Challenge, *, by: Actor, at: datetime.datetime) -> None:
    """For the rest of the term, by the decision of the assembly: a mandate that ended stays ended. Nobody is put on a
    seat that somebody holds meanwhile, or that they could not hold today."""
    ended = list(unseated(challenge))
    for body in sorted({one.seat.office.body_id for one in ended}):
        locked_body(body)
    for one in ended:
        one.member.cooperative = one.seat.office.body.cooperative = challenge.election.cooperative
        until = _term_ends(challenge.election, one)
        since = max(at, one.since)
        try:
            with transaction.atomic():
                begin_mandate(
                    seat=one.seat,
                    member=one.member,
                    since=since,
                    until=until,
                    begun=Mandate.Begun.ELECTED,
                    document=f"{challenge.label}, {challenge.decision}"[:200],
                    by=by,
                    at=at,
                )
        except Refused:
            continue  # taken, over, barred: the assembly cannot undo that with this decision


def _term_ends(election: Election, mandate: Mandate) -> datetime.datetime | None:
    months = mandate.seat.office.term_months
    day = election.ends_on or (months_later(election.begins_on, months) if months else None)
    zone = election.cooperative.zone
    return None if day is None else datetime.datetime.combine(day, datetime.time(), zone)


def _given_by(contests: Sequence[Contest], at: datetime.datetime) -> list[Mandate]:
    """Of the seats of these contests, what is not over and began by the proclamation or after it."""
    found: list[Mandate] = []
    for contest in contests:
        first = Elected.objects.filter(contest=contest).order_by("mandate__since").first()
        if first is None:
            continue
        held = Mandate.objects.filter(
            Mandate.not_over(at), seat__in=contest.seats.values("seat"), since__gte=first.mandate.since
        )
        found += held.select_related("member__cooperative__chain", "seat__office__body").order_by("pk")
    return found


def _step(challenge: Challenge, state: str, facts: Mapping[str, object]) -> None:
    challenge.state = state
    for name, value in facts.items():
        setattr(challenge, name, value)
    challenge.save(update_fields=["state", *facts])


def _write(
    challenge: Challenge,
    *,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: Mapping[str, object] | None = None,
) -> None:
    write(
        challenge.election.cooperative.chain,
        verb=verb,
        subject=subject_of(challenge),
        by=by,
        at=at,
        facts=dict(told or {}),
    )
