"""What stands in the way of calling an election, standing in it, deciding about candidates, and proclaiming. No writes.

Members of the electoral commission do not stand, and whoever stands does none of its work (C08).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from coop.ballots.models import Ballot, Question, Register, Tally
from coop.ballots.rules.drawing_up import MOST_CHOICES, MOST_QUESTIONS
from coop.charter.models import Bylaws, Cooperative
from coop.members.courses import obstacles_in_courses
from coop.members.electorate import Facts
from coop.members.models import Mandate, Member, Power, Seat
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..box_again import counted_together
from ..constituencies import Constituency, assembly_of, constituency_of, works_at
from ..models import Candidature, CandidatureSignature, Contest, Election, Objection, PaperAcceptance
from ..terms_in_a_row import free_from
from ..timetable import Timetable
from .kinship import obstacles_in_kinship

State, Standing = Election.State, Candidature.State
FARTHEST = 400  # days from the call to the vote: what lies further ahead is a slip of the pen
LONGEST_TERM = 10  # years
SEVERAL = frozenset({Question.Method.PLURALITY, Question.Method.APPROVAL, Question.Method.STV})
ONE = frozenset(
    {Question.Method.PLURALITY, Question.Method.APPROVAL, Question.Method.RUNOFF, Question.Method.SCHULZE}
)


def signatures_needed(register: int, percent: int) -> int:
    """
    >>> [signatures_needed(313, 5), signatures_needed(46, 5), signatures_needed(313, 0)]
    [16, 3, 0]
    """
    return math.ceil(register * percent / 100)


def obstacles_to_running_elections(
    cooperative: Cooperative, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    found = obstacles_without(Power.RUN_ELECTIONS, by=by, at=at)
    if by.cooperative_id != cooperative.pk:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    return found


def obstacles_to_calling(
    title: str,
    contests: Sequence[tuple[Collection[Seat], str]],
    *,
    days: Timetable | None,
    begins_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """`contests`: the seats of each, and its method. Early enough before the vote; a by-election has fewer days, when
    every seat it fills is empty."""
    found = obstacles_to_running_elections(by.cooperative, by=by, at=at)
    if not title.strip():
        found.append(Reason("election-without-title"))
    if not contests:
        found.append(Reason("election-without-seat"))
    if days is None:
        return [*found, Reason("election-too-short", {"days": 6})]
    seats = [seat for group, _method in contests for seat in group]
    least = 6 if _all_empty(seats, at) else bylaws.election_call_days
    if (days.vote - days.called).days < least:
        found.append(Reason("election-called-late", {"days": least}))
    if begins_on < days.vote:
        found.append(Reason("begins-before-the-vote"))
    if ends_on is not None and ends_on <= begins_on:
        found.append(Reason("ends-before-it-begins"))
    for group, method in contests:
        found += _obstacles_in_contest(list(group), method, by=by)
    if len({seat.pk for seat in seats}) < len(seats):
        found.append(Reason("seat-in-two-contests"))
    return found + _obstacles_in_paper(contests)


def _obstacles_in_paper(contests: Sequence[tuple[Collection[Seat], str]]) -> list[Reason]:
    """What the same people vote on stands on one paper."""
    places = [constituency_of(seat) for group, _method in contests for seat in list(group)[:1]]
    if any(places.count(place) > MOST_QUESTIONS for place in places):
        return [Reason("too-many-questions", {"most": MOST_QUESTIONS})]
    return []


def obstacles_in_years(
    called: datetime.date,
    *,
    vote_on: datetime.date,
    begins_on: datetime.date,
    ends_on: datetime.date | None = None,
) -> list[Reason]:
    """Asked before anything is computed from these days: nobody calls an election of another century."""
    if max(vote_on, begins_on) > called + datetime.timedelta(days=FARTHEST):
        return [Reason("election-too-far", {"days": FARTHEST})]
    if ends_on is not None and (ends_on - begins_on).days > LONGEST_TERM * 366:
        return [Reason("term-too-long", {"years": LONGEST_TERM})]
    return []


def _all_empty(seats: Sequence[Seat], at: datetime.datetime) -> bool:
    full = [seat.pk for seat in seats if not seat.alternate]
    held = Mandate.objects.filter(Mandate.in_force(at), seat__in=full)
    return not held.exclude(begun__in=(Mandate.Begun.NAMED, Mandate.Begun.MOVED_UP)).exists()


def _obstacles_in_contest(seats: list[Seat], method: str, *, by: Member) -> list[Reason]:
    full = [seat for seat in seats if not seat.alternate]
    if not full:
        return [Reason("election-without-seat")]
    found = []
    if any(seat.office.body.cooperative_id != by.cooperative_id for seat in seats):
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if len({seat.office_id for seat in seats}) > 1 or len({constituency_of(seat) for seat in full}) > 1:
        found.append(Reason("seats-of-several-offices"))
    if method not in (SEVERAL if len(full) > 1 else ONE):
        found.append(Reason("method-does-not-fit", {"seats": len(full)}))
    return found


# --- Standing -------------------------------------------------------------------------------------------------------


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


# --- The commission decides -----------------------------------------------------------------------------------------


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


def papers_to_draw_again(election: Election) -> QuerySet[Ballot]:
    """The votes that were annulled and whose contests have no other paper yet."""
    asked = Contest.objects.filter(election=election, question__ballot__state=Ballot.State.ANNULLED)
    return Ballot.objects.filter(pk__in=asked.values("question__ballot"))


def obstacles_to_drawing_again(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != State.FINAL:
        return [*found, Reason("election-not-there", {"election": election.state})]
    return found if papers_to_draw_again(election) else [*found, Reason("no-paper-is-missing")]


def obstacles_to_proclaiming(election: Election, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Every paper is counted, and no round is still to be held."""
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if election.state != State.FINAL:
        return [*found, Reason("election-not-there", {"election": election.state})]
    votes = Ballot.objects.filter(pk__in=election.votes.values("ballot")).exclude(state=Ballot.State.ANNULLED)
    for ballot in votes:
        if ballot.state != Ballot.State.COUNTED:
            found.append(Reason("vote-not-counted", {"state": ballot.state}))
        elif _is_added(ballot):
            found += _obstacles_in_boxes(election)
        elif _waits_for_a_round(ballot):
            found.append(Reason("round-to-be-held", {"vote": ballot.title}))
    if not votes:
        found.append(Reason("election-not-voted"))
    if papers_to_draw_again(election):
        found.append(Reason("paper-is-missing"))
    return found


def _is_added(ballot: Ballot) -> bool:
    """Whether it is of one box voted again: what came out of it alone decides nothing."""
    return Contest.objects.filter(question__ballot=ballot, adds_to__isnull=False).exists()


def _obstacles_in_boxes(election: Election) -> list[Reason]:
    """The boxes together say who is elected, or the contest is called anew."""
    contests = election.contests.select_related("office", "adds_to__question__ballot", "question__ballot")
    return [
        Reason("boxes-do-not-decide", {"office": one.office.title})
        for one in contests
        if counted_together(one) is None
    ]


def _waits_for_a_round(ballot: Ballot) -> bool:
    again = Tally.objects.filter(question__ballot=ballot, outcome=Tally.Outcome.SECOND_ROUND).exists()
    later = Ballot.objects.filter(parent=ballot).exclude(state=Ballot.State.ANNULLED).exists()
    return again and not later
