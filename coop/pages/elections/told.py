"""Where an election stands on its way, what its commission does next, who elects, and what the counts say, in words."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.ballots.models import Ballot, Option, Tally
from coop.elections.models import Candidature, Contest, Election, ElectionVote, Objection
from coop.members.models import Crew, Department

from ..access import Here
from ..outcomes.results import Row, rows_of
from ..timetable import Step, say_day, say_distance

State = Election.State
Standing = Candidature.State
DAY = datetime.timedelta(days=1)
SHAPES = {
    State.DRAWN_UP: "waiting",
    State.CANDIDATURES: "live",
    State.OBJECTIONS: "live",
    State.FINAL: "waiting",
    State.PROCLAIMED: "done",
    State.ANNULLED: "stopped",
}
STANDS = {
    Standing.NOMINATED: "waiting",
    Standing.ACCEPTED: "waiting",
    Standing.ADMITTED: "yes",
    Standing.REFUSED: "no",
    Standing.WITHDRAWN: "stopped",
}


def challenged_until(election: Election) -> datetime.date:
    """The last day to challenge it: counted from the proclaiming, or from the last day of it."""
    made = election.proclaimed_at
    day = election.cooperative.day_of(made) if made else election.proclaimed_until
    return day + election.challenge_days * DAY


def steps(here: Here, election: Election) -> list[Step]:
    """The days of an election in their order: what is done, what is now. One that is annulled shows what was done."""
    ways = _ways(here, election)
    if election.state == State.ANNULLED:
        return [Step(words, "done", when) for words, done, when in ways if done is not None and done]
    now = next((place for place, (_words, done, _when) in enumerate(ways) if not done), len(ways))
    return [
        Step(words, "done" if place < now else "now" if place == now else "next", when)
        for place, (words, _done, when) in enumerate(ways)
    ]


def _ways(here: Here, election: Election) -> list[tuple[str, bool, str]]:
    """Words, whether it is over, and its day: the one it happened on, else the one that was announced."""
    day, called = here.day, election.state != State.DRAWN_UP
    posted, final, made = election.posted_at, election.final_at, election.proclaimed_at
    until = _("until %(day)s")
    by = _("by %(day)s")

    def when(moment: datetime.datetime | None, planned: datetime.date, words: str = "%(day)s") -> str:
        if moment is not None:
            return say_day(election.cooperative.day_of(moment))
        return words % {"day": say_day(planned)}

    return [
        (_("Called"), called, when(election.called_at, election.vote_on) if called else _("not called yet")),
        (_("Candidates come forward"), posted is not None or day > election.candidates_until,
         when(None, election.candidates_until, until)),
        (_("The list is posted"), posted is not None, when(posted, election.published_on, by)),
        (_("Objections are heard and decided"),
         posted is not None and (final is not None or day > election.objections_until),
         when(None, election.objections_until, until)),
        (_("The list is final, the papers are drawn up"), final is not None, when(final, election.final_on, by)),
        (_("Register of voters: claims are decided"), _register_is_final(election), _claims_until(election)),
        (_("Quiet day"), made is not None or (final is not None and day >= election.vote_on),
         when(None, election.vote_on - DAY)),
        (_("Vote"), made is not None or (final is not None and day > election.vote_on), when(None, election.vote_on)),
        (_("Proclaimed"), made is not None, when(made, election.proclaimed_until, by)),
        (_("May be challenged"), made is not None and day > challenged_until(election),
         when(None, challenged_until(election), until)),
        (_("Those elected begin"), made is not None and day >= election.begins_on, when(None, election.begins_on)),
    ]  # fmt: skip


def _register_is_final(election: Election) -> bool:
    return election.register is not None and election.register.final_at is not None


def _claims_until(election: Election) -> str:
    register = election.register
    if register is None:
        return _("drawn with the final list")
    last = election.cooperative.day_of(register.final_at or register.claims_until)
    return _("until %(day)s") % {"day": say_day(last)} if register.final_at is None else say_day(last)


# --- What the commission does next ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """`act`: the name of the address where it is done, empty where it is done one by one on the page; `ballot`: of that
    vote, where it is not done for the whole election."""

    words: str
    until: datetime.date
    act: str = ""
    ballot: int | None = None


@dataclass
class Work:
    """What waits in these elections, by election. Five questions, however many there are."""

    undecided: dict[int, int] = field(default_factory=dict)
    objections: dict[int, int] = field(default_factory=dict)
    uncounted: set[int] = field(default_factory=set)
    annulled: set[int] = field(default_factory=set)  # a paper of theirs was, and is to be drawn up again
    rounds: dict[int, int] = field(default_factory=dict)  # the vote after which another round is to be held

    @classmethod
    def of(cls, found: Collection[Election]) -> Work:
        accepted = Candidature.objects.filter(contest__election__in=found, state=Standing.ACCEPTED)
        open_ones = Objection.objects.filter(
            candidature__contest__election__in=found, verdict=Objection.Verdict.OPEN
        )
        votes = ElectionVote.objects.filter(election__in=found)
        missing = Contest.objects.filter(election__in=found, question__ballot__state=Ballot.State.ANNULLED)
        uncounted = votes.exclude(ballot__state__in=[Ballot.State.COUNTED, Ballot.State.ANNULLED])
        return cls(
            _by(accepted, "contest__election"),
            _by(open_ones, "candidature__contest__election"),
            set(uncounted.values_list("election", flat=True)),
            set(missing.values_list("election", flat=True)),
            dict(_asks_again(votes).values_list("election", "ballot")),
        )

    def next(self, election: Election, day: datetime.date) -> Task | None:
        """What is to be done now; nothing while others come forward, object or vote."""
        state = election.state
        if state == State.DRAWN_UP:
            return Task(_("Call it, or put its days right first"), day, "election-days")
        if state == State.CANDIDATURES:
            if waiting := self.undecided.get(election.pk):
                words = ngettext("One candidature to decide", "%(many)s candidatures to decide", waiting)
                return Task(words % {"many": waiting}, election.published_on)
            if day > election.candidates_until:
                return Task(_("Post the list of candidates"), election.published_on, "election-post")
        if state == State.OBJECTIONS:
            if waiting := self.objections.get(election.pk):
                words = ngettext("One objection to decide", "%(many)s objections to decide", waiting)
                return Task(words % {"many": waiting}, election.final_on)
            if day > election.objections_until:
                return Task(_("Make the list final"), election.final_on, "election-final")
        if state == State.FINAL and election.pk in self.annulled:
            return Task(_("Draw up again what was annulled"), max(day, election.vote_on), "election-again")
        if state == State.FINAL and (ballot := self.rounds.get(election.pk)):
            return Task(_("Hold another round"), election.proclaimed_until, "vote-next-round", ballot)
        if state == State.FINAL and election.pk not in self.uncounted:
            return Task(_("Proclaim who is elected"), election.proclaimed_until, "election-proclaim")
        return None


def _asks_again(votes: QuerySet[ElectionVote]) -> QuerySet[ElectionVote]:
    """Those that are counted, ask for another round, and have none yet."""
    undecided = Tally.objects.filter(question__ballot=OuterRef("ballot"), outcome=Tally.Outcome.SECOND_ROUND)
    later = Ballot.objects.filter(parent=OuterRef("ballot")).exclude(state=Ballot.State.ANNULLED)
    added = Contest.objects.filter(question__ballot=OuterRef("ballot"), adds_to__isnull=False)
    return votes.filter(Exists(undecided), ~Exists(later), ~Exists(added))


def _by(found: Any, what: str) -> dict[int, int]:
    return dict(found.order_by().values_list(what).annotate(many=Count("pk")))


def by_when(here: Here, until: datetime.date) -> str:
    return _("by %(day)s (%(distance)s)") % {
        "day": say_day(until),
        "distance": say_distance(here.day, until),
    }


# --- Who elects, and what was counted -------------------------------------------------------------------------------


class Places:
    """Names of departments and crews; two questions."""

    def __init__(self, here: Here) -> None:
        self.names: dict[str, str] = {}
        for kind in (Department, Crew):
            found = kind._default_manager.filter(cooperative=here.cooperative)
            self.names |= dict(found.values_list("code", "name"))

    def say(self, contest: Contest) -> str:
        """Who elects in it."""
        return self.told(contest.department, contest.crew)

    def told(self, *codes: str) -> str:
        return ", ".join(self.names.get(code, code) for code in codes if code) or _("everybody")


@dataclass(frozen=True)
class Figures:
    """The figures of one question of a paper."""

    wording: str
    outcome: str
    people: str
    rows: list[Row]


@dataclass(frozen=True)
class Paper:
    """One vote of an election: the first round of a constituency, or a later one."""

    ballot: Ballot
    counts: list[Figures]


def papers_of(election: Election) -> list[Paper]:
    """Every vote in its order, with its figures once it is counted. Four questions."""
    ballots = [
        one.ballot
        for one in ElectionVote.objects.filter(election=election).select_related("ballot").order_by("pk")
    ]
    tallies = Tally.objects.filter(question__ballot__in=ballots).select_related("question")
    found: dict[int, list[Figures]] = {}
    for tally in tallies.prefetch_related("lines__option").order_by("question__number"):
        found.setdefault(tally.question.ballot_id, []).append(_count(tally))
    return [Paper(ballot, found.get(ballot.pk, [])) for ballot in ballots]


def _count(tally: Tally) -> Figures:
    told = {"voted": tally.voted, "register": tally.register, "blank": tally.blank, "spoiled": tally.spoiled}
    people = _("%(voted)s of %(register)s voted; blank %(blank)s, spoiled %(spoiled)s") % told
    named = [row for row in rows_of(tally) if row.code != Option.BLANK]
    rows = sorted(named, key=lambda row: -row.votes)
    return Figures(tally.question.wording, tally.get_outcome_display(), people, rows)
