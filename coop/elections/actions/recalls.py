"""A recall, from the petition to the vote. Nobody's name stands in the journal but that of who filed it and the holder.

Order of locks: mandate before petition; the ballot of a recall before both.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Register
from coop.ballots.rules.drawing_up import obstacles_in_form_of_vote
from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.members.models import Mandate, Member
from coop.refusals import refuse_if

from ..constituencies import assembly_of, constituency_of, electors
from ..models import Petition, PetitionSignature
from ..rules.recalls import (
    obstacles_in_number,
    obstacles_to_answering,
    obstacles_to_calling_the_vote,
    obstacles_to_collecting,
    obstacles_to_filing,
    obstacles_to_handing_in,
    obstacles_to_signing,
    obstacles_to_the_commissions_work,
    obstacles_to_verifying,
    signatures_needed,
)
from ..signatures import judged, lines_by_verdict
from ..wording import paper_of

State = Petition.State
Verdict = PetitionSignature.Verdict


def subject_of(petition: Petition) -> Subject:
    return Subject(
        "petition",
        str(petition.pk),
        f"{petition.label}: {petition.mandate.seat.office.title}, {petition.mandate.member.name}",
    )


def locked(petition: Petition) -> Petition:
    held = Petition.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related(
        "cooperative__chain", "mandate__member", "mandate__seat__office__body__department"
    ).get(pk=petition.pk)


@transaction.atomic
def file_petition(*, mandate: Mandate, reasons: str, by: Member, at: datetime.datetime) -> Petition:
    """Opens the collection; who files it has signed it. While another one runs against the mandate, this is joined."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(
        pk=by.cooperative_id
    )  # numbers without gaps
    mandate = (
        Mandate.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "member__cooperative", "seat__office__body__department", "seat__department", "seat__crew"
        )
        .get(pk=mandate.pk)
    )
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    refuse_if(obstacles_to_filing(mandate, reasons, by=by, at=at, bylaws=bylaws))
    running = Petition.objects.filter(mandate=mandate, state__in=Petition.PENDING)
    pending = running.first() if bylaws.recall_one_petition else None
    constituency = constituency_of(mandate.seat)
    people = electors(cooperative, constituency, day, bylaws).count()
    petition = Petition.objects.create(
        cooperative=cooperative,
        mandate=mandate,
        year=day.year,
        number=_next_number(cooperative, day.year),
        reasons=reasons.strip(),
        filed_by=by,
        filed_at=at,
        **constituency.place,
        electors=people,
        needed=signatures_needed(people, bylaws.recall_petition_percent),
        collect_until=at + datetime.timedelta(days=bylaws.recall_collect_days),
        alone=bylaws.recall_one_petition,
        joined_to=pending,
        state=State.JOINED if pending else State.COLLECTING,
    )
    write(
        by.cooperative.chain,
        verb="petition-joined" if pending else "petition-filed",
        subject=subject_of(petition),
        by=by.actor,
        at=at,
        facts={"electors": people, "needed": petition.needed} | ({"to": pending.label} if pending else {}),
    )
    if pending is None:
        _add(petition, [(by.number, by, Verdict.COUNTS)])
    return petition


def _next_number(cooperative: Cooperative, year: int) -> int:
    found = Petition.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))
    return 1 + (found["last"] or 0)


def _add(
    petition: Petition,
    lines: Iterable[tuple[int, Member | None, str]],
    *,
    entered_by: Member | None = None,
) -> None:
    PetitionSignature.objects.bulk_create(
        PetitionSignature(
            petition=petition, number=number, member=member, verdict=verdict, entered_by=entered_by
        )
        for number, member, verdict in lines
    )


@transaction.atomic
def sign(*, petition: Petition, by: Member, at: datetime.datetime) -> None:
    """On one's own telephone. No journal line: the order in which people sign concerns nobody."""
    petition = locked(petition)
    bylaws = Bylaws.in_force(by.cooperative, by.cooperative.day_of(at))
    refuse_if(obstacles_to_signing(petition, by=by, at=at, bylaws=bylaws))
    _add(petition, [(by.number, by, Verdict.COUNTS)])


@transaction.atomic
def enter_sheet(
    *, petition: Petition, numbers: Sequence[int], by: Member, at: datetime.datetime
) -> dict[str, int]:
    """The member numbers of one sheet of paper, as they were written: each line is judged. Returns lines by verdict."""
    petition = locked(petition)
    refuse_if(
        obstacles_to_collecting(petition, at=at) + obstacles_to_the_commissions_work(petition, by=by, at=at)
    )
    lines = judged(petition, numbers, at)
    _add(petition, lines, entered_by=by)
    found = {str(verdict): sum(one[2] == verdict for one in lines) for verdict in Verdict}
    write(
        petition.cooperative.chain,
        verb="petition-sheet-entered",
        subject=subject_of(petition),
        by=by.actor,
        at=at,
        facts={"lines": len(lines)},
    )
    return found


@transaction.atomic
def hand_in(*, petition: Petition, by: Member, at: datetime.datetime) -> Petition:
    """Ends the collection: the commission has so many days to verify what is there."""
    petition = locked(petition)
    refuse_if(obstacles_to_handing_in(petition, by=by, at=at))
    return _handed_in(petition, by=by.actor, at=at)


def _handed_in(petition: Petition, *, by: Actor, at: datetime.datetime) -> Petition:
    lines = PetitionSignature.objects.filter(petition=petition).count()
    return advance(
        petition=petition,
        to=State.HANDED_IN,
        verb="petition-handed-in",
        by=by,
        at=at,
        told={"lines": lines},
        handed_in_at=at,
    )


@transaction.atomic
def let_time_pass(*, petition: Petition, by: Actor = CLOCK, at: datetime.datetime) -> Petition:
    """The mandate is over: without object. The days to collect are over: enough lines count as handed in, too few as
    given up. Idempotent."""
    vote = hold(petition)
    petition = locked(petition)
    if petition.state not in Petition.PENDING:
        return petition
    if not Mandate.objects.filter(Mandate.in_force(at), pk=petition.mandate_id).exists():
        if vote is not None and vote.state == Ballot.State.CLOSED:  # the papers are there: they are counted
            return petition
        return lapse(petition=petition, ending=Petition.Ending.MANDATE_OVER, by=by, at=at)
    if petition.state != State.COLLECTING or at < petition.collect_until:
        return petition
    if not obstacles_in_number(petition):
        return _handed_in(petition, by=by, at=at)
    return lapse(petition=petition, ending=Petition.Ending.TIME, by=by, at=at)


@transaction.atomic
def verify(*, petition: Petition, by: Member, at: datetime.datetime) -> Petition:
    """Counts the lines by what they are worth; with enough that count, the vote follows within the bylaws' days."""
    petition = locked(petition)
    refuse_if(obstacles_to_verifying(petition, by=by, at=at))
    day = petition.cooperative.day_of(at)
    bylaws = Bylaws.in_force(petition.cooperative, day)
    report = lines_by_verdict(petition)
    valid = report[Verdict.COUNTS]
    done: dict[str, object] = {"verified_at": at, "verified_by": by, "valid": valid}
    if valid >= petition.needed:
        state, done["vote_until"] = State.ADMITTED, day + datetime.timedelta(days=bylaws.recall_vote_days)
    else:
        state, done["ended_at"] = State.NOT_ADMITTED, at
    return advance(
        petition=petition,
        to=state,
        verb="petition-verified",
        by=by.actor,
        at=at,
        told=report | {"needed": petition.needed, "admitted": state == State.ADMITTED},
        **done,
    )


@transaction.atomic
def answer(*, petition: Petition, text: str, by: Member, at: datetime.datetime) -> Petition:
    """What the holder says to it; printed with the reasons. It may be written anew until the vote is drawn up."""
    petition = locked(petition)
    refuse_if(obstacles_to_answering(petition, text, by=by))
    state = State(petition.state)
    return advance(
        petition=petition,
        to=state,
        verb="petition-answered",
        by=by.actor,
        at=at,
        answer=text.strip(),
        answered_at=at,
    )


@transaction.atomic
def call_vote(
    *,
    petition: Petition,
    register: Register | None = None,
    channels: Sequence[str],
    closes_at: datetime.datetime | None,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """Draws up the vote: reasons and answer on the paper, the electors of the mandate on the roll, always secret.

    Somebody else of the commission opens it. Without a register one is drawn as of today and posted for claims.
    """
    petition = locked(petition)
    refuse_if(obstacles_to_calling_the_vote(petition, register=register, closes_at=closes_at, by=by, at=at))
    cooperative = petition.cooperative
    day, assembly = cooperative.day_of(at), assembly_of(cooperative)
    bylaws = Bylaws.in_force(cooperative, day)
    share, base = bylaws.majority_for("recall")
    title, text = paper_of(petition)
    holder = petition.mandate.member
    questions = [Asked(title, choices=[Choice("holder", holder.name, member=holder)])]
    refuse_if(
        obstacles_in_form_of_vote(
            questions,
            secrecy=Ballot.Secrecy.SECRET,
            channels=channels,
            base=base,
            closes_at=closes_at,
            register=register,
            body=assembly,
            bylaws=bylaws,
            at=at,
        )
    )
    if register is None:
        register = ballots.draw_register(
            body=assembly, closes_on=day, needed_at=closes_at, by=by.actor, at=at
        )
    ballot = ballots.draw_up(
        register=register,
        title=title,
        text=text,
        questions=questions,
        majority=f"{share.numerator}/{share.denominator}",
        base=base,
        bylaws=bylaws,
        needs_presence=False,
        closes_at=closes_at,
        secrecy=Ballot.Secrecy.SECRET,
        channels=channels,
        tie_rule="not_carried",
        department=petition.department,
        crew=petition.crew,
        drawn_up_by=by,
        by=by.actor,
        at=at,
    )
    advance(
        petition=petition, to=State.VOTING, verb="recall-put-to-the-vote", by=by.actor, at=at, ballot=ballot
    )
    return ballot


@transaction.atomic
def lapse(*, petition: Petition, ending: str, by: Actor, at: datetime.datetime) -> Petition:
    """Without object; a vote that was drawn up or is open is annulled."""
    vote = hold(petition)
    if vote is not None and petition.state == State.VOTING:
        ballots.annul(ballot=vote, because=f"{petition.label}: {ending}", by=by, at=at)
    return advance(
        petition=petition,
        to=State.LAPSED,
        verb="petition-lapsed",
        by=by,
        at=at,
        told={"ending": str(ending)},
        ended_at=at,
        ending=ending,
    )


def hold(petition: Petition) -> Ballot | None:
    """The vote on it, held: taken before the petition itself, so that a count is not overtaken."""
    asked = Petition.objects.filter(pk=petition.pk).values("ballot")  # it may have been called meanwhile
    return Ballot.objects.select_for_update(no_key=True).filter(pk__in=asked).first()


@transaction.atomic
def advance(
    *,
    petition: Petition,
    to: str,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    told: Mapping[str, object] | None = None,
    **facts: object,
) -> Petition:
    """One step of a petition that is held, with the line in the journal; `facts` are the columns it fills in."""
    petition.state = to
    for name, value in facts.items():
        setattr(petition, name, value)
    petition.save(update_fields=["state", *facts])
    write(
        petition.cooperative.chain,
        verb=verb,
        subject=subject_of(petition),
        by=by,
        at=at,
        facts=dict(told or {}),
    )
    return petition
