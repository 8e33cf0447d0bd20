"""My votes: what is open now, what is coming, what was settled; each with what I can do about it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.ballots.models import Ballot, RegisterEntry, RollEntry
from coop.ballots.models.ballots import Channel
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Body

from ..access import Here, acting, enter, page_of
from ..belonging import bodies_of
from ..looking import Look
from ..outcomes.at_hand import SHAPES
from ..stories import Story
from ..timetable import say_day
from . import waiting
from .drawing_up import bodies_to_lead

PAGE = 20
State = Ballot.State
CHANNELS = dict(Channel.choices)


@require_safe
def votes(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(request, look.among(_settled(here), "{title} {body__name}"), PAGE)
    context = {
        "open": waiting.open_votes(here),
        "coming": _in_meetings(here) + _drawn_up(here),
        "settled": [_was(here, ballot) for ballot in page],
        "look": look,
        "page": page,
        "may_draw_up": bodies_to_lead(here).exists(),
    }
    return render(request, "votes/my_votes/votes.html", context)


def _mine(here: Here) -> QuerySet[Ballot]:
    """Votes on whose roll I stand, and those of the assembly, which everybody may follow; with the way I voted."""
    line = RollEntry.objects.filter(ballot=OuterRef("pk"), member=acting(here))
    found = Ballot.objects.filter(cooperative=here.cooperative).annotate(
        line=Subquery(line.values("pk")[:1]), way=Subquery(line.values("channel")[:1])
    )
    return found.filter(Q(line__isnull=False) | Q(body__kind=Body.Kind.ASSEMBLY))


def _settled(here: Here) -> QuerySet[Ballot]:
    over = Q(state__in=[State.CLOSED, State.COUNTED]) | Q(state=State.ANNULLED, opened_at__isnull=False)
    found = _mine(here).filter(over).select_related("body").defer("text")
    return found.order_by(F("closed_at").desc(nulls_last=True), "-pk")


def _was(here: Here, ballot: Any) -> Story:
    ended = ballot.closed_at or ballot.annulled_at
    counted = ballot.state == State.COUNTED
    return Story(
        ballot.title,
        reverse("ballot-result" if counted else "ballot", args=[here.cooperative.slug, ballot.pk]),
        kicker=ballot.body.name,
        word=ballot.get_state_display(),
        shape=SHAPES[ballot.state],
        meta=say_day(here.cooperative.day_of(ended)) if ended else "",
        meta2=_way(ballot),
    )


def _way(ballot: Any) -> str:
    if ballot.line is None:
        return _("you were not on the register")
    if ballot.way is None:
        return _("you did not vote")
    return _("you voted %(channel)s") % {"channel": CHANNELS[ballot.way]}


# --- What is coming -------------------------------------------------------------------------------------------------


def _in_meetings(here: Here) -> list[Story]:
    """Proposals on the agendas of meetings to which I belong, not voted yet."""
    state = Meeting.State
    items = AgendaItem.objects.filter(
        meeting__cooperative=here.cooperative,
        meeting__state__in=[state.CONVENED, state.IN_SESSION],
        meeting__body__in=bodies_of(here),
        proposal__isnull=False,
        decision=None,
    )
    found = items.select_related("meeting__body", "proposal").order_by(
        "meeting__register_closes_on", "meeting", "number"
    )
    return [
        Story(
            item.title,
            reverse("meeting", args=[here.cooperative.slug, item.meeting_id]),
            kicker=str(item.meeting),
            text=_("It is voted in the meeting, by those who are checked in."),
            word=_("to come"),
            shape="waiting",
        )
        for item in found
    ]


def _drawn_up(here: Here) -> list[Story]:
    """Votes outside of a meeting that are drawn up and not open yet, on whose register I stand."""
    lines = {
        line.register_id: line for line in RegisterEntry.objects.filter(member=acting(here), struck_by=None)
    }
    drafts = Ballot.objects.filter(
        cooperative=here.cooperative,
        state=State.DRAFT,
        needs_presence=False,
        register__in=lines,
    )
    found = drafts.select_related("body").defer("text").order_by(F("closes_at").asc(nulls_last=True), "pk")
    return [
        Story(
            ballot.title,
            reverse("register", args=[here.cooperative.slug, ballot.register_id]),
            kicker=ballot.body.name,
            text=_("You are on its register of voters. It opens when somebody has read it once more."),
            word=_("to come"),
            shape="waiting",
            meta=_("closes on %(day)s") % {"day": say_day(here.cooperative.day_of(ballot.closes_at))}
            if ballot.closes_at
            else "",
        )
        for ballot in found
        if ballot.department in ("", lines[ballot.register_id].department)
        and ballot.crew in ("", lines[ballot.register_id].crew)
    ]
