"""What stands in the way of coming forward, standing, signing for somebody, and stepping back. No writes."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.members.courses import obstacles_in_courses
from coop.members.electorate import Facts
from coop.members.models import Member
from coop.refusals import Reason

from ..constituencies import Constituency, assembly_of, works_at
from ..models import Candidature, CandidatureSignature, Contest, Election
from ..terms_in_a_row import free_from
from .kinship import obstacles_in_kinship

State, Standing = Election.State, Candidature.State


def obstacles_to_nominating(
    contest: Contest, member: Member, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Anybody with a vote puts somebody forward, in time; whether this person may stand is asked when they accept."""
    election = contest.election
    day = election.cooperative.day_of(at)
    bylaws = Bylaws.in_force(election.cooperative, day)
    found = obstacles_in_days(election, day)
    found += Facts(by, day, bylaws).against_voting(assembly_of(election.cooperative))
    if member.cooperative_id != election.cooperative_id:
        return [*found, Reason("not-of-this-cooperative", {"name": member.name})]
    if Candidature.objects.filter(contest=contest, member=member).exclude(state=Standing.WITHDRAWN).exists():
        found.append(Reason("stands-already", {"name": member.name}))
    if member.pk == by.pk:
        found += obstacles_to_standing(contest, member)
    return found


def obstacles_in_days(election: Election, day: datetime.date) -> list[Reason]:
    if election.state != State.CANDIDATURES or day > election.candidates_until:
        return [Reason("candidatures-closed", {"day": election.candidates_until.isoformat()})]
    return []


def obstacles_to_standing(contest: Contest, member: Member) -> list[Reason]:
    """Judged for the day of the vote: what `Facts.against_standing` says, the place, too many terms in a row, courses
    that were asked for on the day of the call. Of two posts that exclude each other one is chosen later."""
    election = contest.election
    bylaws = Bylaws.in_force(election.cooperative, election.vote_on)
    facts = Facts(member, election.vote_on, bylaws)
    found = list(facts.against_standing(contest.office.body))
    if not Constituency(contest.department, contest.crew).includes(**works_at(facts.posting).place):
        found.append(Reason("stands-where-it-is-elected", {"office": contest.office.title}))
    free = free_from(member, contest.office, election.begins_on, bylaws)
    if free is not None:
        found.append(Reason("terms-in-a-row", {"terms": bylaws.consecutive_terms, "day": free.isoformat()}))
    begins = datetime.datetime.combine(election.begins_on, datetime.time(12), election.cooperative.zone)
    found += obstacles_in_kinship(member, contest.office, begins=begins, bylaws=bylaws)
    called = election.cooperative.day_of(election.called_at)
    found += obstacles_in_courses(member, contest.office, called=called, day=election.vote_on)
    return found


def obstacles_to_accepting(candidature: Candidature, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = [] if by.pk == candidature.member_id else [Reason("not-your-candidature")]
    if candidature.state != Standing.NOMINATED:
        found.append(Reason("candidature-decided", {"candidature": candidature.state}))
    election = candidature.contest.election
    found += obstacles_in_days(election, election.cooperative.day_of(at))
    return found + obstacles_to_standing(candidature.contest, candidature.member)


def obstacles_to_supporting(candidature: Candidature, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Members with a vote in the constituency sign, once each; for several candidates if they like."""
    contest = candidature.contest
    election = contest.election
    day = election.cooperative.day_of(at)
    facts = Facts(by, day, Bylaws.in_force(election.cooperative, day))
    found = obstacles_in_days(election, day)
    found += facts.against_voting(assembly_of(election.cooperative))
    if not Constituency(contest.department, contest.crew).includes(**works_at(facts.posting).place):
        found.append(Reason("not-an-elector", {"department": contest.department, "crew": contest.crew}))
    if candidature.state not in (Standing.NOMINATED, Standing.ACCEPTED):
        found.append(Reason("candidature-decided", {"candidature": candidature.state}))
    if CandidatureSignature.objects.filter(candidature=candidature, member=by).exists():
        found.append(Reason("signed-already"))
    return found


def obstacles_to_stepping_back(candidature: Candidature, *, by: Member) -> list[Reason]:
    """One's own, until the papers are drawn up; after that whoever leads the vote strikes the name from the count."""
    found = [] if by.pk == candidature.member_id else [Reason("not-your-candidature")]
    if candidature.state not in (Standing.NOMINATED, Standing.ACCEPTED, Standing.ADMITTED):
        found.append(Reason("candidature-decided", {"candidature": candidature.state}))
    if candidature.contest.election.state not in (State.CANDIDATURES, State.OBJECTIONS):
        found.append(Reason("papers-are-drawn-up"))
    return found
