"""Elections: those that are held and those that are over; the page of one, and what its commission does there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.ballots.models import Ballot
from coop.elections.constituencies import Constituency, assembly_of, works_at
from coop.elections.models import Candidature, Contest, ContestSeat, Elected, Election, Objection
from coop.elections.rules.candidatures import obstacles_in_days
from coop.elections.rules.commission import obstacles_to_the_elections_work
from coop.members.electorate import Facts
from coop.members.models import Power
from coop.refusals import Reason

from .. import access
from ..access import Here, acting, enter, page_of
from ..counting.boxes_together import tables_of
from ..looking import Look
from ..timetable import say_day
from .challenges_told import after
from .told import SHAPES, STANDS, Places, Task, Work, by_when, papers_of, steps

State = Election.State
Standing = Candidature.State
PAGE = 20
FEW = 6  # contests that stand unfolded; of more, the reader's own


@dataclass(frozen=True)
class Line:
    election: Election
    shape: str
    meta: str


@require_safe
def elections(request: HttpRequest, coop: str) -> HttpResponse:
    """Those that are held stand first."""
    here = enter(request, coop)
    over = Case(When(state__in=[State.PROCLAIMED, State.ANNULLED], then=1), default=0)
    found = access.elections(here).annotate(over=over).order_by("over", "-vote_on", "-pk")
    look = Look(request)
    page = page_of(request, look.among(found, "EL {year}-{number} {title}"), PAGE)
    lines = [Line(one, SHAPES[State(one.state)], _meta(one)) for one in page]
    context = {
        "look": look,
        "page": page,
        "lines": lines,
        "commission": here.may(Power.RUN_ELECTIONS),
        "audits": here.may(Power.AUDIT),
    }
    return render(request, "elections/elections.html", context)


def _meta(one: Election) -> str:
    """The day that matters of it in a list."""
    if one.state == State.DRAWN_UP:
        return _("planned vote on %(day)s") % {"day": say_day(one.vote_on)}
    if one.state == State.CANDIDATURES:
        return _("candidates come forward until %(day)s") % {"day": say_day(one.candidates_until)}
    if one.state == State.OBJECTIONS:
        return _("objections until %(day)s") % {"day": say_day(one.objections_until)}
    return _("vote on %(day)s") % {"day": say_day(one.vote_on)}


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here, access.election(here, key))


# --- The page of one ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    candidature: Any
    shape: str
    signed: str
    objections: int


@dataclass(frozen=True)
class Post:
    """What one contest fills, who stands for it, and who was elected."""

    contest: Contest
    electors: str
    mine: bool  # whether this reader elects in it
    seats: str
    method: str
    candidates: list[Candidate]
    elected: list[Elected]


def show(
    request: HttpRequest, here: Here, election: Election, *, reasons: list[Reason] | None = None
) -> HttpResponse:
    me = acting(here)
    commission = here.may(Power.RUN_ELECTIONS)
    task = Work.of([election]).next(election, here.day) if commission else None
    posts = posts_of(here, election)
    context = {
        "election": election,
        "shape": SHAPES[State(election.state)],
        "steps": steps(here, election),
        "posts": posts,
        "folded": len(posts) > FEW,
        "papers": papers_of(election),
        "boxes": tables_of(election),
        "open": Ballot.State.OPEN,
        "commission": commission,
        "keeps_away": obstacles_to_the_elections_work(election, by=me, at=here.at) if commission else [],
        "task": task,
        "task_when": by_when(here, task.until) if task else "",
        "task_address": _address(here, election, task),
        "comes_forward": not obstacles_in_days(election, here.day)
        and not Facts(me, here.day, here.bylaws).against_voting(assembly_of(here.cooperative)),
        "reasons": reasons or [],
        **after(here, election),
    }
    return render(request, "elections/election.html", context, status=409 if reasons else 200)


def _address(here: Here, election: Election, task: Task | None) -> str:
    if task is None or not task.act:
        return ""
    return reverse(task.act, args=[here.cooperative.slug, task.ballot or election.pk])


def posts_of(here: Here, election: Election) -> list[Post]:
    """Every contest with its people, in a fixed number of questions."""
    opened = Count("objections", filter=Q(objections__verdict=Objection.Verdict.OPEN), distinct=True)
    people = Candidature.objects.select_related("member").order_by("member__number")
    people = people.annotate(signed=Count("signatures", distinct=True), opened=opened)
    elected = Elected.objects.select_related("member", "mandate__seat__crew").order_by("place")
    seats = ContestSeat.objects.select_related("seat__crew")
    contests = election.contests.select_related("office__body", "question").prefetch_related(
        Prefetch("candidatures", people),
        Prefetch("elected", elected),
        Prefetch("seats", seats),
    )
    places, mine = Places(here), _place_of(here)
    return [_post(one, places, mine) for one in contests]


def _place_of(here: Here) -> Constituency | None:
    """Where the reader elects; nowhere without a vote."""
    facts = Facts(acting(here), here.day, here.bylaws)
    votes = not facts.against_voting(assembly_of(here.cooperative))
    return works_at(facts.posting) if votes else None


def _post(contest: Contest, places: Places, mine: Constituency | None) -> Post:
    rows = [
        Candidate(one, STANDS[Standing(one.state)], _signed(contest, one), one.opened)  # type: ignore[attr-defined]
        for one in contest.candidatures.all()
    ]
    return Post(
        contest,
        places.say(contest),
        mine is not None and Constituency(contest.department, contest.crew).includes(**mine.place),
        say_seats(contest),
        str(contest.get_method_display()),
        rows,
        list(contest.elected.all()),
    )


def _signed(contest: Contest, one: Any) -> str:
    told = {"signed": one.signed, "needed": contest.signatures}
    return (
        ngettext(
            "%(signed)s of %(needed)s signature", "%(signed)s of %(needed)s signatures", contest.signatures
        )
        % told
        if contest.signatures
        else ""
    )


def say_seats(contest: Contest) -> str:
    """How many, how many of them alternates, and for which crews seats are kept."""
    seats = [one.seat for one in contest.seats.all()]
    full = [one for one in seats if not one.alternate]
    said = ngettext("one seat", "%(many)s seats", len(full)) % {"many": len(full)}
    kept = ", ".join(one.crew.name for one in full if one.crew is not None and not contest.crew)
    if kept:
        said += " " + _("(kept for: %(crews)s)") % {"crews": kept}
    others = len(seats) - len(full)
    if not others:
        return said
    told = {"seats": said, "others": others}
    return ngettext("%(seats)s and one alternate", "%(seats)s and %(others)s alternates", others) % told
