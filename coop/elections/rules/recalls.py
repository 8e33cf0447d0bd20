"""What stands in the way of asking for a recall, signing, verifying, answering and voting it (practice C09). No writes.

Signatures come from the electors of the mandate and from nobody else; the person concerned does none of the
commission's work on it.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable

from coop.ballots.models import Ballot, Register
from coop.charter.models import Bylaws
from coop.members.electorate import Facts
from coop.members.models import Mandate, Member, Power
from coop.members.powers import obstacles_without
from coop.members.terms import months_later
from coop.refusals import Reason

from ..constituencies import Constituency, assembly_of, constituency_of, works_at
from ..models import Petition, PetitionSignature

State = Petition.State
LONGEST = 4000  # characters of reasons, and of an answer


def signatures_needed(electors: int, percent: int) -> int:
    """
    >>> [signatures_needed(people, 20) for people in (46, 74, 319, 5, 1)]
    [10, 15, 64, 1, 1]
    """
    return max(1, math.ceil(electors * percent / 100))


def obstacles_to_filing(
    mandate: Mandate, reasons: str, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """An elector of a mandate in force that can be recalled, outside of the protected time, with reasons in words."""
    found = obstacles_in_mandate(mandate, at=at, bylaws=bylaws)
    found += obstacles_to_electing(mandate, constituency_of(mandate.seat), by=by, at=at, bylaws=bylaws)
    if Petition.objects.filter(mandate=mandate, state=State.VOTING).exists():
        found.append(Reason("recall-is-voted"))
    return found + obstacles_in_words(reasons)


def obstacles_in_words(text: str) -> list[Reason]:
    if not text.strip():
        return [Reason("no-reason-given")]
    if len(text.strip()) > LONGEST:
        return [Reason("words-too-long", {"most": LONGEST})]
    return []


def obstacles_in_mandate(mandate: Mandate, *, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """Not held now, an alternate's, an office nobody recalls, or protected: new in office, or just voted on."""
    if not Mandate.objects.filter(Mandate.in_force(at), pk=mandate.pk).exists():
        return [Reason("mandate-not-held")]
    if mandate.seat.alternate:
        return [Reason("alternate-holds-nothing")]
    if not mandate.seat.office.recallable:
        return [Reason("not-recallable", {"office": mandate.seat.office.title})]
    until = protected_until(mandate, bylaws)
    if until is not None and mandate.member.cooperative.day_of(at) < until:
        return [Reason("recall-protected", {"day": until.isoformat()})]
    return []


def protected_until(mandate: Mandate, bylaws: Bylaws) -> datetime.date | None:
    """The first day on which a petition may be filed: so many months after the election, or after a recall that
    failed. None where the bylaws protect nobody."""
    if not bylaws.recall_protected_months:
        return None
    failed = Petition.objects.filter(mandate=mandate, state=State.FAILED).values_list("ended_at", flat=True)
    return protection(mandate, failed, bylaws)


def protection(
    mandate: Mandate, failed: Iterable[datetime.datetime | None], bylaws: Bylaws
) -> datetime.date | None:
    """The same, from the moments at which a recall of it has failed."""
    months, day_of = bylaws.recall_protected_months, mandate.member.cooperative.day_of
    if not months:
        return None
    since = [mandate.since, *(moment for moment in failed if moment is not None)]
    return max(months_later(day_of(moment), months) for moment in since)


def obstacles_to_electing(
    mandate: Mandate, constituency: Constituency, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """`by` has no vote today, or works where others elect; and nobody asks for their own recall."""
    day = by.cooperative.day_of(at)
    if by.cooperative_id != mandate.member.cooperative_id:
        return [Reason("not-of-this-cooperative", {"name": by.name})]
    facts = Facts(by, day, bylaws)
    if facts.against_voting(assembly_of(by.cooperative)):
        return list(facts.against_voting(assembly_of(by.cooperative)))
    if not constituency.includes(**works_at(facts.posting).place):
        return [Reason("not-an-elector", {**constituency.place})]
    return [Reason("holds-it-yourself")] if by.pk == mandate.member_id else []


def obstacles_to_signing(
    petition: Petition, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    found = obstacles_to_collecting(petition, at=at)
    constituency = Constituency(petition.department, petition.crew)
    found += obstacles_to_electing(petition.mandate, constituency, by=by, at=at, bylaws=bylaws)
    if PetitionSignature.objects.filter(
        petition=petition, member=by, verdict=PetitionSignature.Verdict.COUNTS
    ).exists():
        found.append(Reason("signed-already"))
    return found


def obstacles_to_collecting(petition: Petition, *, at: datetime.datetime) -> list[Reason]:
    if petition.state != State.COLLECTING:
        return [Reason("petition-not-open", {"petition": petition.state})]
    if at >= petition.collect_until:
        return [Reason("collecting-is-over")]
    return []


def obstacles_to_the_commissions_work(
    petition: Petition, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Entering sheets, verifying, putting to the vote: whoever runs elections, neither the holder nor who filed."""
    found = obstacles_without(Power.RUN_ELECTIONS, by=by, at=at)
    if by.cooperative_id != petition.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if by.pk in (petition.mandate.member_id, petition.filed_by_id):
        found.append(Reason("concerned-yourself"))
    return found


def obstacles_to_handing_in(petition: Petition, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever filed it, or the commission, as soon as there are as many lines as signatures are needed."""
    found = obstacles_to_collecting(petition, at=at)
    if by.pk != petition.filed_by_id:
        found += obstacles_to_the_commissions_work(petition, by=by, at=at)
    return found + obstacles_in_number(petition)


def obstacles_in_number(petition: Petition) -> list[Reason]:
    lines = PetitionSignature.objects.filter(petition=petition).count()
    if lines < petition.needed:
        return [Reason("signatures-missing", {"missing": petition.needed - lines})]
    return []


def obstacles_to_verifying(petition: Petition, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_the_commissions_work(petition, by=by, at=at)
    if petition.state != State.HANDED_IN:
        found.append(Reason("petition-not-handed-in", {"petition": petition.state}))
    return found


def obstacles_to_answering(petition: Petition, text: str, *, by: Member) -> list[Reason]:
    """The holder, until the vote is drawn up: then the answer is on the paper."""
    found = [] if by.pk == petition.mandate.member_id else [Reason("not-your-petition")]
    if petition.state not in (State.COLLECTING, State.HANDED_IN, State.ADMITTED):
        found.append(Reason("petition-not-open", {"petition": petition.state}))
    return found + obstacles_in_words(text)


def obstacles_to_calling_the_vote(
    petition: Petition,
    *,
    register: Register | None,
    closes_at: datetime.datetime | None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Verified, and within the days of the bylaws as long as these can still be kept."""
    found = obstacles_to_the_commissions_work(petition, by=by, at=at)
    if petition.state != State.ADMITTED:
        return [*found, Reason("petition-not-admitted", {"petition": petition.state})]
    day_of, last = petition.cooperative.day_of, petition.vote_until
    if closes_at is None:
        found.append(Reason("recall-needs-an-hour"))
    elif last is not None and day_of(at) <= last < day_of(closes_at):
        found.append(Reason("recall-too-late", {"day": last.isoformat()}))
    if register is not None and register.body_id != assembly_of(petition.cooperative).pk:
        found.append(Reason("register-of-another-body"))
    return found


def obstacles_to_redrawing_recall(ballot: Ballot) -> list[Reason]:
    """A petition waits for this very paper."""
    waits = Petition.objects.filter(ballot=ballot, state=State.VOTING).exists()
    return [Reason("recall-not-redrawn")] if waits else []


def obstacles_to_settling_recall(petition: Petition, ballot: Ballot) -> list[Reason]:
    if petition.state != State.VOTING or ballot.state != Ballot.State.COUNTED:
        return [Reason("vote-not-counted", {"state": ballot.state})]
    return []
