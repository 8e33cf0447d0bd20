"""The front page: what waits for the person who reads it, the most urgent thing as the lead; and what was settled."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from coop.ballots.models import Ballot, RollEntry
from coop.ballots.rules.casting import obstacles_to_casting
from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem, Attendance, Meeting
from coop.meetings.rules.door import sitting_at_the_door
from coop.members.models import Body
from coop.proposals.models import Proposal, Support

from . import (
    agreement_alarms,
    amendments_waiting,
    asking,
    budget_duties,
    challenges_told,
    deputies,
    elections_beside,
    fund_duties,
    handover,
    minutes_duties,
    office_questions,
    oversight,
    problems_beside,
    recalls_beside,
    reports_back,
    shift_sheets,
    table_duties,
    tasks,
    urgent,
    urn_duties,
)
from .access import Here, acting, enter
from .asked_here import asked
from .at_all import found_by, which_of
from .belonging import bodies_of
from .decided import outcome_of
from .duties import duties
from .reasons import say
from .stories import Column, Story
from .timetable import say_day, say_distance

COMING = (Meeting.State.CONVENED, Meeting.State.IN_SESSION)
FEW = 4  # a column is read standing; the rest is behind its link
ALSO = (
    3  # so many that can be done now stand with their buttons under the lead; more than that is a list again
)


@require_safe
def home(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    some = found_by(here, _lists)
    votes = open_votes(here) if "votes" in some else []
    meetings = _meetings(here) if "meetings" in some else []
    rare = _now_and_then(here, some)
    pressing = [
        story for story in rare + votes + meetings if story.button
    ]  # a line that stands still goes first
    lead, at_once = (pressing[0] if pressing else None), pressing[1 : 1 + ALSO]
    on_top = pressing[: 1 + ALSO]
    waiting = [
        Column(
            pgettext("that are held", "Votes"),
            [story for story in votes if story not in on_top],
            _("My votes"),
            _to(here, "votes"),
        ),
        Column(
            _("For you"),
            [story for name, told in FOR_YOU.items() if name in some for story in told(here)]
            + [story for story in rare if story not in on_top],
            _("Actions agreed"),
            _to(here, "my-actions"),
        ),
        Column(_("Your office"), duties(here)),
        Column(
            _("Meetings"),
            [story for story in meetings if story not in on_top],
            _("All meetings"),
            _to(here, "meetings"),
        ),
        Column(
            _("Looking for signatures"),
            _unsigned(here) if "unsigned" in some else [],
            _("All proposals"),
            _to(here, "proposals"),
        ),
        Column(_("Your drafts"), _drafts(here) if "drafts" in some else []),
    ]
    settled = Column(_("Settled lately"), _settled(here), _("All decisions"), _to(here, "decisions"))
    context = {
        "lead": lead,
        "at_once": at_once,
        "waiting": [column for column in waiting if column.stories],
        "settled": settled if settled.stories else None,
        "count": len(pressing),
    }
    return render(request, "home/home.html", context)


# What stands under "For you", in this order.
FOR_YOU = {
    "other": asking.notice,
    "reminders": tasks.reminders,
    "to_tell": reports_back.to_tell,
    "reports": reports_back.to_read,
    "to_sign": minutes_duties.to_sign,
    "amendments": amendments_waiting.for_my_word,
    "posts": challenges_told.to_choose,
    "agreements": agreement_alarms.alarms,
}


def _lists(here: Here) -> QuerySet[Any]:
    """What may wait for somebody, and mostly for nobody: one question finds the lists that have something, and only
    these are asked."""
    return which_of(
        here,
        votes=_open_ballots(here),
        meetings=_next_meetings(here),
        unsigned=_looking_for_signatures(here),
        drafts=_own_drafts(here),
        other=asking.not_a_member(here),
        reminders=tasks.due_soon(here),
        to_tell=reports_back.untold(here),
        reports=reports_back.unread(here),
        to_sign=minutes_duties.unsigned(here),
        amendments=amendments_waiting.waiting(here),
        posts=challenges_told.held(here),
        agreements=agreement_alarms.expiring(here),
        questions=office_questions.stirring(here),
        going=handover.going(here),
        coming=handover.coming(here),
        deputies=deputies.of_mine(here),
        urgent=urgent.waiting(here),
        sheets=shift_sheets.unread_here(here),
        recalls=recalls_beside.to_sign_or_answer(here),
        elections=elections_beside.before_the_vote(here),
        counts=oversight.unsigned(here),
        tables=table_duties.named(here),
        urns=urn_duties.keeping(here),
        budget_drafts=budget_duties.drafts(here),
        budget_to_name=budget_duties.to_name(here),
        budget_to_agree=budget_duties.to_agree(here),
        still=problems_beside.standing_still(here),
        solved=problems_beside.to_confirm(here),
        late=problems_beside.late_here(here),
        budget_on_no_agenda=budget_duties.for_an_agenda(here),
        fund_projects=fund_duties.projects(here),
        fund_lists=fund_duties.lists(here),
    )


def _now_and_then(here: Here, some: frozenset[str]) -> list[Story]:
    """What waits for hardly anybody."""
    found: list[Story] = []
    for names, told in (
        ({"still"}, problems_beside.stopped),
        ({"solved"}, problems_beside.is_it_solved),
        ({"late"}, problems_beside.without_answer),
        ({"questions"}, office_questions.asked_and_answered),
        ({"going", "coming"}, handover.to_hand_over),
        ({"deputies"}, deputies.standing_in),
        ({"urgent"}, urgent.not_yet_confirmed),
        ({"sheets"}, shift_sheets.to_read),
        ({"recalls"}, recalls_beside.for_electors_and_holders),
        ({"elections"}, elections_beside.for_candidates_and_electors),
        ({"counts"}, oversight.to_sign),
        ({"tables"}, table_duties.at_tables),
        ({"urns"}, urn_duties.at_urns),
        ({"budget_drafts", "budget_to_name", "budget_to_agree"}, budget_duties.of_mine),
        ({"budget_on_no_agenda"}, budget_duties.to_put_on),
        ({"fund_projects", "fund_lists"}, fund_duties.of_mine),
    ):
        if names & some:
            found += told(here)
    return found


def _to(here: Here, name: str, *arguments: Any) -> str:
    return reverse(name, args=[here.cooperative.slug, *arguments])


def _hour(here: Here, moment: datetime.datetime) -> str:
    """18:00 for today, otherwise the day before it."""
    local = moment.astimezone(here.cooperative.zone)
    hour = date_format(local, "TIME_FORMAT")
    return hour if local.date() == here.day else f"{say_day(local.date())}, {hour}"


def _end(here: Here, moment: datetime.datetime) -> str:
    """As `_hour`, but midnight ends the day before it: nobody reads 00:00 right."""
    local = moment.astimezone(here.cooperative.zone)
    if local.time() != datetime.time():
        return _hour(here, moment)
    day = local.date() - datetime.timedelta(days=1)
    return _("midnight") if day == here.day else _("%(day)s, midnight") % {"day": say_day(day)}


# --- Votes ----------------------------------------------------------------------------------------------------------


def open_votes(here: Here) -> list[Story]:
    """Open votes: first those that can be cast now, then those that wait for something, then those already cast."""
    found = asked(here, _open_ballots)
    entries = {entry.ballot_id: entry for entry in asked(here, _my_lines)}
    item_of = {item.decision.ballot_id: item for item in asked(here, _items) if item.decision}
    stories = [
        _vote(here, ballot, entries.get(ballot.pk), item_of.get(ballot.pk))
        for ballot in found
        if ballot.pk in entries or ballot.body.kind == Body.Kind.ASSEMBLY
    ]
    return sorted(stories, key=lambda story: (not story.button, story.shape == "yes"))


def _open_ballots(here: Here) -> QuerySet[Ballot]:
    """Without their texts, which are long."""
    found = Ballot.objects.filter(cooperative=here.cooperative, state=Ballot.State.OPEN)
    in_order = found.order_by(F("closes_at").asc(nulls_last=True), "pk")
    return in_order.select_related("body", "register").defer("text")


def _my_lines(here: Here) -> QuerySet[RollEntry]:
    open_ones = {"ballot__cooperative": here.cooperative, "ballot__state": Ballot.State.OPEN}
    return RollEntry.of(acting(here)).filter(**open_ones)


def _items(here: Here) -> QuerySet[AgendaItem]:
    found = AgendaItem.objects.filter(
        decision__ballot__cooperative=here.cooperative, decision__ballot__state=Ballot.State.OPEN
    )
    return found.select_related("decision__proposal")


def _vote(here: Here, ballot: Ballot, entry: RollEntry | None, item: AgendaItem | None) -> Story:
    proposal = item.decision.proposal if item and item.decision else None
    until = _("until %(hour)s") % {"hour": _end(here, ballot.closes_at)} if ballot.closes_at else ""
    about = {
        "headline": proposal.title if proposal else ballot.title,
        "address": _to(here, "ballot", ballot.pk),
        "kicker": " · ".join([ballot.body.name, *([proposal.label] if proposal else [])]),
        "meta": until,
    }
    if ballot.is_over(here.at):
        return Story(**about | {"meta": ""}, word=_("being counted"), shape="waiting")
    reasons = obstacles_to_casting(ballot, entry, here.at)
    codes = {reason.code for reason in reasons}
    if "already-voted" in codes:
        return Story(**about, word=_("your vote is in"), shape="yes")
    if not reasons:
        return Story(
            **about,
            text=_("You are on the register, and your vote is still missing."),
            word=_("open now"),
            shape="live",
            button=_("Vote now"),
        )
    if "not-checked-in" in codes and item is not None:
        about["address"] = _to(here, "meeting", item.meeting_id)
    words = " ".join(say(reason) for reason in reasons)
    return Story(**about, text=words, word=_("open now"), shape="live")


# --- Meetings -------------------------------------------------------------------------------------------------------


def _meetings(here: Here) -> list[Story]:
    """The next meetings of the bodies this person belongs to, and the door when it is open."""
    meetings = asked(here, _next_meetings)
    meetings.sort(key=lambda meeting: min(sitting.starts_at for sitting in meeting.sittings.all()))
    came = {attendance.meeting_id: attendance for attendance in asked(here, _came)}
    return [_meeting(here, meeting, came.get(meeting.pk)) for meeting in meetings[:FEW]]


def _next_meetings(here: Here) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(cooperative=here.cooperative, state__in=COMING, body__in=bodies_of(here))
    return found.select_related("body").prefetch_related("sittings")


def _came(here: Here) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        meeting__cooperative=here.cooperative, meeting__state__in=COMING, member=acting(here)
    )


def _meeting(here: Here, meeting: Meeting, came: Attendance | None) -> Story:
    in_session = meeting.state == Meeting.State.IN_SESSION
    about = {
        "headline": meeting.title,
        "address": _to(here, "meeting", meeting.pk),
        "kicker": meeting.label,
        "text": " · ".join(
            [*(_hour(here, sitting.starts_at) for sitting in meeting.sittings.all()), meeting.place]
        ),
        "word": _("in session") if in_session else meeting.get_state_display(),
        "shape": "live" if in_session else "waiting",
    }
    first = min(sitting.starts_at for sitting in meeting.sittings.all())
    away = "" if in_session else say_distance(here.day, here.cooperative.day_of(first))
    if came is not None and came.left_at is None:
        since = _("you are checked in since %(hour)s") % {"hour": _hour(here, came.arrived_at)}
        return Story(**about, meta=since)
    if sitting_at_the_door(meeting, here.at) is None:
        return Story(**about, meta=away)
    door = _("the attendance book is open")
    post = _to(here, "meeting-check-in", meeting.pk)
    return Story(**about, meta=door, button=_("I am here: check in"), post=post)


# --- Proposals and decisions ----------------------------------------------------------------------------------------


def _unsigned(here: Here) -> list[Story]:
    """Proposals that look for support and that this person has not signed, the one that ends first on top."""
    return [
        Story(
            proposal.title,
            _to(here, "proposal", proposal.pk),
            kicker=proposal.label,
            text=_missing((proposal.support_needed or 0) - proposal.signatures),
            meta=_("until %(day)s") % {"day": say_day(here.cooperative.day_of(proposal.support_until))},
        )
        for proposal in asked(here, _looking_for_signatures)
        if proposal.support_until
    ]


def _looking_for_signatures(here: Here) -> QuerySet[Any]:
    mine = Support.objects.filter(proposal=OuterRef("pk"), member=acting(here))
    found = Proposal.objects.filter(
        cooperative=here.cooperative, state=Proposal.State.OPEN, support_until__gt=here.at
    )
    signed = found.exclude(Exists(mine)).annotate(signatures=Count("supports"))
    return signed.order_by("support_until", "pk")[:FEW]


def _missing(signatures: int) -> str:
    return ngettext(
        "%(number)d signature more and it is admitted.",
        "%(number)d signatures more and it is admitted.",
        signatures,
    ) % {"number": signatures}


def _drafts(here: Here) -> list[Story]:
    return [
        Story(
            draft.title,
            _to(here, "proposal", draft.pk),
            word=_("only you see it"),
            shape="draft",
            meta=_("begun on %(day)s") % {"day": say_day(here.cooperative.day_of(draft.written_at))},
        )
        for draft in asked(here, _own_drafts)
    ]


def _own_drafts(here: Here) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(
        cooperative=here.cooperative, state=Proposal.State.DRAFT, author=acting(here)
    )
    return found.order_by("-written_at")[:FEW]


_SHAPES = {Decision.Outcome.CARRIED: "yes", Decision.Outcome.NOT_CARRIED: "no", Decision.Outcome.TIE: "no"}


def _settled(here: Here) -> list[Story]:
    return [
        Story(
            decision.title,
            _to(here, "decision", decision.pk),
            kicker=decision.label,
            word=outcome_of(decision)[0],
            shape=outcome_of(decision)[1],
            meta=say_day(here.cooperative.day_of(decision.decided_at)) if decision.decided_at else "",
        )
        for decision in asked(here, _last_decisions)
    ]


def _last_decisions(here: Here) -> QuerySet[Decision]:
    found = Decision.objects.filter(cooperative=here.cooperative, outcome__in=_SHAPES)
    return (
        found.select_related("body", "proposal")
        .defer("text", "proposal__reasons")
        .order_by("-decided_at", "-pk")[:FEW]
    )
