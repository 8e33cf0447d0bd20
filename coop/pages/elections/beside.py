"""What stands about elections on the front page: for whoever was put forward, for electors, and for the commission."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coop.elections.constituencies import Constituency, assembly_of, works_at
from coop.elections.models import Candidature, Election
from coop.members.electorate import Facts
from coop.members.models import Power

from .. import access
from ..access import Here, acting
from ..stories import Duty, Story
from ..timetable import say_day, say_distance
from .told import Work, by_when

State = Election.State


def before_the_vote(here: Here) -> QuerySet[Election]:
    """Where candidates are looked for, and where a list hangs out."""
    forward = Q(state=State.CANDIDATURES, candidates_until__gte=here.day)
    posted = Q(state=State.OBJECTIONS, objections_until__gte=here.day)
    return access.elections(here).filter(forward | posted)


def for_candidates_and_electors(here: Here) -> list[Story]:
    """That one was put forward; and what comes before a vote, if one elects in it."""
    found = list(before_the_vote(here).prefetch_related("contests").order_by("vote_on"))
    if not found:
        return []
    me = acting(here)
    named = access.candidatures(here).filter(
        contest__election__in=found, member=me, state=Candidature.State.NOMINATED
    )
    facts = Facts(me, here.day, here.bylaws)
    stories = [_named(here, one) for one in named if one.contest.election.state == State.CANDIDATURES]
    if facts.against_voting(assembly_of(here.cooperative)):
        return stories
    place = works_at(facts.posting).place
    mine = [
        one
        for one in found
        if any(Constituency(c.department, c.crew).includes(**place) for c in one.contests.all())
    ]
    return stories + [_story(here, one) for one in mine]


def _named(here: Here, one: Candidature) -> Story:
    return Story(
        kicker=_("You were put forward"),
        headline=capfirst(one.contest.office.title),
        address=reverse("candidature", args=[here.cooperative.slug, one.pk]),
        word=_("your answer is missing"),
        shape="waiting",
        meta=by_when(here, one.contest.election.candidates_until),
    )


def _story(here: Here, one: Election) -> Story:
    forward = one.state == State.CANDIDATURES
    until = one.candidates_until if forward else one.objections_until
    told = {"day": say_day(until), "distance": say_distance(here.day, until)}
    return Story(
        kicker=f"{_('Election')} · {one.label}",
        headline=one.title,
        address=reverse("election", args=[here.cooperative.slug, one.pk]),
        word=_("candidates come forward") if forward else _("the list of candidates hangs out"),
        shape="live",
        meta=_("until %(day)s (%(distance)s)") % told,
    )


def duties(here: Here) -> list[Story]:
    """The next thing of each election that is held; whoever stands in it keeps away from it."""
    if not here.may(Power.RUN_ELECTIONS):
        return []
    gone = (Candidature.State.WITHDRAWN, Candidature.State.REFUSED)
    own = Candidature.objects.filter(member=acting(here)).exclude(state__in=gone)
    held = access.elections(here).exclude(state__in=[State.PROCLAIMED, State.ANNULLED])
    found = list(held.exclude(pk__in=own.values("contest__election")).order_by("vote_on", "pk"))
    if not found:
        return []
    work = Work.of(found)
    tasks = [(one, work.next(one, here.day)) for one in found]
    return [_duty(here, one, task) for one, task in tasks if task is not None]


def _duty(here: Here, one: Election, task: Any) -> Story:
    late = task.until < here.day
    return Duty(
        kicker=f"{_('Election')} · {one.label}",
        headline=task.words,
        address=reverse("election", args=[here.cooperative.slug, one.pk]),
        text=one.title,
        word=_("late") if late else one.get_state_display(),
        shape="late" if late else "waiting",
        meta=by_when(here, task.until),
        until=task.until,
    )
