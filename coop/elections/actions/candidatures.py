"""Coming forward, being put forward, signed, admitted or refused; objections (practice C08)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from coop.journal.actions import write
from coop.journal.models import Actor, Subject
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..models import Candidature, CandidatureSignature, Contest, Election, Objection, PetitionSignature
from ..rules.candidatures import (
    obstacles_to_accepting,
    obstacles_to_nominating,
    obstacles_to_stepping_back,
    obstacles_to_supporting,
)
from ..rules.commission import (
    obstacles_to_admitting,
    obstacles_to_deciding,
    obstacles_to_entering_signatures,
    obstacles_to_objecting,
    obstacles_to_ruling,
)
from ..signatures import judged_for
from . import elections

State = Candidature.State
Verdict = PetitionSignature.Verdict


def subject_of(candidature: Candidature) -> Subject:
    election = candidature.contest.election
    told = f"{election.label}: {candidature.member.name}, {candidature.contest.office.title}"
    return Subject("election", str(election.pk), told)


def locked(candidature: Candidature) -> Candidature:
    """Under the lock of its election, so that a list is not posted while somebody comes forward."""
    elections.locked(Election(pk=candidature.contest.election_id))
    held = Candidature.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related(
        "contest__election__cooperative__chain", "contest__office__body", "member__cooperative"
    ).get(pk=candidature.pk)


@transaction.atomic
def nominate(
    *,
    contest: Contest,
    member: Member,
    statement: str = "",
    kin: str = "",
    by: Member,
    at: datetime.datetime,
) -> Candidature:
    """Puts somebody forward, with the first signature if it counts; who puts themselves forward has accepted by it."""
    elections.locked(contest.election)
    contest = Contest.objects.select_related("election__cooperative__chain", "office__body").get(
        pk=contest.pk
    )
    refuse_if(obstacles_to_nominating(contest, member, by=by, at=at))
    alone = member.pk == by.pk
    made = Candidature.objects.create(
        contest=contest,
        member=member,
        nominated_by=by,
        nominated_at=at,
        statement=statement.strip() if alone else "",
        kin=kin.strip() if alone else "",
        state=State.ACCEPTED if alone else State.NOMINATED,
        accepted_at=at if alone else None,
    )
    _write(made, verb="candidate-came-forward" if alone else "candidate-nominated", by=by.actor, at=at)
    if not obstacles_to_supporting(made, by=by, at=at):
        CandidatureSignature.objects.create(candidature=made, member=by)
    return made


@transaction.atomic
def accept(
    *, candidature: Candidature, statement: str = "", kin: str = "", by: Member, at: datetime.datetime
) -> Candidature:
    """Whoever was put forward says yes, with a statement, and whom of their kin is in office."""
    candidature = locked(candidature)
    refuse_if(obstacles_to_accepting(candidature, by=by, at=at))
    return _step(
        candidature,
        State.ACCEPTED,
        verb="candidate-accepted",
        by=by.actor,
        at=at,
        accepted_at=at,
        statement=statement.strip(),
        kin=kin.strip(),
    )


@transaction.atomic
def support_candidature(*, candidature: Candidature, by: Member, at: datetime.datetime) -> None:
    """A signature. Everybody reads who signed; the journal is not filled with it."""
    candidature = locked(candidature)
    refuse_if(obstacles_to_supporting(candidature, by=by, at=at))
    CandidatureSignature.objects.create(candidature=candidature, member=by)


@transaction.atomic
def enter_signatures(
    *, candidature: Candidature, numbers: Sequence[int], by: Member, at: datetime.datetime
) -> list[tuple[int, Member | None, str]]:
    """The member numbers of a sheet of paper: those that count are signatures as any other. Returns what each line is
    worth, in the words of `PetitionSignature.Verdict`."""
    candidature = locked(candidature)
    refuse_if(obstacles_to_entering_signatures(candidature, by=by, at=at))
    lines = judged_for(candidature, numbers, at)
    counting = [member for _number, member, verdict in lines if member and verdict == Verdict.COUNTS]
    CandidatureSignature.objects.bulk_create(
        CandidatureSignature(candidature=candidature, member=member) for member in counting
    )
    told = {"lines": len(lines), "counts": len(counting)}
    _write(candidature, verb="candidate-sheet-entered", by=by.actor, at=at, told=told)
    return lines


@transaction.atomic
def step_back(*, candidature: Candidature, by: Member, at: datetime.datetime) -> Candidature:
    candidature = locked(candidature)
    refuse_if(obstacles_to_stepping_back(candidature, by=by))
    return _step(candidature, State.WITHDRAWN, verb="candidate-stepped-back", by=by.actor, at=at)


@transaction.atomic
def admit_candidature(*, candidature: Candidature, by: Member, at: datetime.datetime) -> Candidature:
    candidature = locked(candidature)
    refuse_if(obstacles_to_admitting(candidature, by=by, at=at))
    return _step(
        candidature,
        State.ADMITTED,
        verb="candidate-admitted",
        by=by.actor,
        at=at,
        told={"signatures": CandidatureSignature.objects.filter(candidature=candidature).count()},
        decided_by=by,
        decided_at=at,
    )


@transaction.atomic
def refuse_candidature(
    *, candidature: Candidature, because: str, by: Member, at: datetime.datetime
) -> Candidature:
    """Not on the list, with reasons that everybody reads."""
    candidature = locked(candidature)
    refuse_if(obstacles_to_deciding(candidature, by=by, at=at) + _no_words(because))
    return _step(
        candidature,
        State.REFUSED,
        verb="candidate-refused",
        by=by.actor,
        at=at,
        told={"because": because.strip()},
        decided_by=by,
        decided_at=at,
        reasons=because.strip(),
    )


@transaction.atomic
def object_to(*, candidature: Candidature, text: str, by: Member, at: datetime.datetime) -> Objection:
    candidature = locked(candidature)
    refuse_if(obstacles_to_objecting(candidature, text, by=by, at=at))
    made = Objection.objects.create(candidature=candidature, member=by, text=text.strip(), made_at=at)
    _write(candidature, verb="candidate-objected-to", by=by.actor, at=at)
    return made


@transaction.atomic
def rule_on(
    *, objection: Objection, upheld: bool, reasons: str, by: Member, at: datetime.datetime
) -> Objection:
    """Upheld, the candidate is off the list; dismissed, it stays. Everybody reads why."""
    candidature = locked(objection.candidature)
    objection = Objection.objects.select_for_update(of=("self",), no_key=True).get(pk=objection.pk)
    objection.candidature = candidature
    refuse_if(obstacles_to_ruling(objection, reasons, by=by, at=at))
    objection.verdict = Objection.Verdict.UPHELD if upheld else Objection.Verdict.DISMISSED
    objection.decided_by, objection.decided_at, objection.reasons = by, at, reasons.strip()
    objection.save(update_fields=["verdict", "decided_by", "decided_at", "reasons"])
    told = {"because": objection.reasons}
    if upheld and candidature.state == State.ADMITTED:
        _step(
            candidature,
            State.REFUSED,
            verb="objection-upheld",
            by=by.actor,
            at=at,
            told=told,
            reasons=reasons.strip(),
        )
    else:
        _write(candidature, verb="objection-dismissed", by=by.actor, at=at, told=told)
    return objection


def _no_words(text: str) -> list[Reason]:
    return [] if text.strip() else [Reason("no-reason-given")]


def _step(
    candidature: Candidature,
    state: str,
    *,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: Mapping[str, object] | None = None,
    **facts: object,
) -> Candidature:
    candidature.state = state
    for name, value in facts.items():
        setattr(candidature, name, value)
    candidature.save(update_fields=["state", *facts])
    _write(candidature, verb=verb, by=by, at=at, told=told)
    return candidature


def _write(
    candidature: Candidature,
    *,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: Mapping[str, object] | None = None,
) -> None:
    chain = candidature.contest.election.cooperative.chain
    write(chain, verb=verb, subject=subject_of(candidature), by=by, at=at, facts=dict(told or {}))
