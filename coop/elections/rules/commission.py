"""What stands in the way of deciding about candidates, posting their list, and making it final. No writes.

Members of the electoral commission do not stand, and whoever stands does none of its work (C08).
"""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef

from coop.ballots.models import Register
from coop.ballots.rules.drawing_up import MOST_CHOICES
from coop.charter.models import Bylaws
from coop.members.electorate import Facts
from coop.members.models import Member
from coop.refusals import Reason

from ..constituencies import assembly_of
from ..models import Candidature, CandidatureSignature, Election, Objection, PaperAcceptance
from .calling import obstacles_to_running_elections
from .candidatures import obstacles_to_standing

State, Standing = Election.State, Candidature.State


def obstacles_to_the_elections_work(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Of the commission, and not a candidate of this election."""
    found = obstacles_to_running_elections(election.cooperative, by=by, at=at)
    if (
        Candidature.objects.filter(contest__election=election, member=by)
        .exclude(state__in=(Standing.WITHDRAWN, Standing.REFUSED))
        .exists()
    ):
        found.append(Reason("stands-in-this-vote", {"name": by.name}))
    return found


def obstacles_to_admitting(candidature: Candidature, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Accepted by who stands, signed by enough, and able to be elected; and there is room on the paper."""
    found = obstacles_to_deciding(candidature, by=by, at=at)
    if candidature.state == Standing.NOMINATED:
        found.append(Reason("has-not-accepted", {"name": candidature.member.name}))
    found += obstacles_to_standing(candidature.contest, candidature.member)
    signed = CandidatureSignature.objects.filter(candidature=candidature).count()
    if signed < candidature.contest.signatures:
        found.append(Reason("signatures-missing", {"missing": candidature.contest.signatures - signed}))
    admitted = Candidature.objects.filter(contest=candidature.contest, state=Standing.ADMITTED).count()
    if admitted >= MOST_CHOICES:
        found.append(Reason("too-many-candidates", {"most": MOST_CHOICES}))
    return found


def obstacles_to_deciding(candidature: Candidature, *, by: Member, at: datetime.datetime) -> list[Reason]:
    election = candidature.contest.election
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if (
        candidature.state not in (Standing.NOMINATED, Standing.ACCEPTED)
        or election.state != State.CANDIDATURES
    ):
        found.append(Reason("candidature-decided", {"candidature": candidature.state}))
    return found


def obstacles_to_entering_signatures(
    candidature: Candidature, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """A sheet of paper is entered until the candidature is decided, also on the days after the last to come forward."""
    return obstacles_to_deciding(candidature, by=by, at=at)


def obstacles_to_posting(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """After the last day to come forward, when every accepted candidature is decided."""
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != State.CANDIDATURES:
        return [*found, Reason("election-not-there", {"election": election.state})]
    if election.cooperative.day_of(at) <= election.candidates_until:
        found.append(Reason("candidatures-open", {"day": election.candidates_until.isoformat()}))
    waiting = Candidature.objects.filter(contest__election=election, state=Standing.ACCEPTED).count()
    if waiting:
        found.append(Reason("candidatures-undecided", {"number": waiting}))
    sheets = PaperAcceptance.objects.filter(candidature__contest__election=election)
    unread = sheets.filter(state=PaperAcceptance.State.WAITING).select_related("candidature__member").first()
    if unread is not None:
        found.append(Reason("acceptance-sheet-waits", {"name": unread.candidature.member.name}))
    return found


def obstacles_to_objecting(
    candidature: Candidature, text: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    election = candidature.contest.election
    day = election.cooperative.day_of(at)
    facts = Facts(by, day, Bylaws.in_force(election.cooperative, day))
    found = list(facts.against_voting(assembly_of(election.cooperative)))
    if election.state != State.OBJECTIONS or day > election.objections_until:
        found.append(Reason("objections-closed", {"day": election.objections_until.isoformat()}))
    if candidature.state != Standing.ADMITTED:
        found.append(Reason("candidature-decided", {"candidature": candidature.state}))
    return found if text.strip() else [*found, Reason("no-reason-given")]


def obstacles_to_ruling(
    objection: Objection, reasons: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    election = objection.candidature.contest.election
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if objection.verdict != Objection.Verdict.OPEN:
        found.append(Reason("objection-decided"))
    if by.pk == objection.member_id:
        found.append(Reason("concerned-yourself"))
    return found if reasons.strip() else [*found, Reason("no-reason-given")]


def obstacles_to_making_final(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The days of objections are over, none waits, and every contest has somebody."""
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != State.OBJECTIONS:
        return [*found, Reason("election-not-there", {"election": election.state})]
    if election.cooperative.day_of(at) <= election.objections_until:
        found.append(Reason("objections-open", {"day": election.objections_until.isoformat()}))
    if Objection.objects.filter(
        candidature__contest__election=election, verdict=Objection.Verdict.OPEN
    ).exists():
        found.append(Reason("objections-undecided"))
    stands = Candidature.objects.filter(contest=OuterRef("pk"), state=Standing.ADMITTED)
    for contest in election.contests.filter(~Exists(stands)).select_related("office"):
        found.append(Reason("nobody-stands", {"office": contest.office.title}))
    return found


def obstacles_in_register(election: Election, register: Register | None) -> list[Reason]:
    """A list that closed before the call does not know who has come since."""
    called = election.cooperative.day_of(election.called_at)
    if register is not None and register.closes_on < called:
        return [Reason("register-before-the-call", {"day": called.isoformat()})]
    return []
