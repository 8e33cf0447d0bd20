"""The front page: what waits for the person who reads it, the most urgent thing as the lead; and what was settled."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from coop.asked_often import Often, given
from coop.decisions.models import Decision
from coop.proposals.models import Proposal

from .. import kept
from ..access import Here, enter
from ..agreements import alarms as agreement_alarms
from ..asked_here import asked
from ..budget import duties as budget_duties
from ..councils import reports_back
from ..counting import table_duties, urn_duties
from ..decisions import urgent
from ..elections import beside as elections_beside
from ..elections import challenges_told
from ..funds import duties as fund_duties
from ..meetings import waiting as meetings_waiting
from ..minutes import duties as minutes_duties
from ..offices import deputies, handover
from ..offices import questions as office_questions
from ..outcomes.decided import outcome_of
from ..people import asking
from ..problems import beside as problems_beside
from ..proposals import amendments_waiting
from ..recalls import beside as recalls_beside
from ..shifts import sheets as shift_sheets
from ..stories import Column, Story
from ..tasks import tasks
from ..timetable import say_day
from ..votes import waiting as votes_waiting
from . import oversight
from .duties import duties
from .waits import own_drafts, waits_for

FEW = 4  # a column is read standing; the rest is behind its link
ALSO = (
    3  # things that can be done now stand with their buttons under the lead; more than that is a list again
)


@require_safe
def home(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    token = get_token(request)
    some, mine = waits_for(here)
    votes = votes_waiting.open_votes(here, mine)
    meetings = meetings_waiting.next_meetings(here, mine)
    rare = _now_and_then(here, some)
    # A line that stands still goes first.
    pressing = [story for story in rare + votes + meetings if story.button]
    on_top = pressing[: 1 + ALSO]
    lead = next(iter(on_top), None)
    stories = {
        "votes": [story for story in votes if story not in on_top],
        "for_you": _for_you(here, some, mine["reports"]) + [story for story in rare if story not in on_top],
        "office": duties(here),
        "meetings": [story for story in meetings if story not in on_top],
        "unsigned": _unsigned(here, mine["signed"]),
        "drafts": _drafts(here) if "drafts" in some else [],
    }
    columns = kept.told_to_all(here, _columns)
    waiting = [
        _as_read_by_many(here, token, replace(columns[name], stories=there))
        for name, there in stories.items()
        if there
    ]
    context = {
        "csrf_token": token,
        "lead": lead,
        "lead_drawn": _drawn_for_many(here, token, "desks/home/lead.html", on_top[:1], lead=lead),
        "at_once": on_top[1:],
        "at_once_drawn": _drawn_for_many(here, token, "desks/home/at_once.html", on_top[1:]),
        "nothing": not waiting and not pressing,
        "ways": kept.drawn("desks/home/ways.html", here.cooperative, (), _of_the_house(here)),
        "waiting": waiting,
        "settled": _settled(here),
        "count": len(pressing),
    }
    return render(request, "desks/home/home.html", context)


def _columns(here: Here) -> dict[str, Column]:
    """Empty, with what is the same for everybody."""
    return {
        "votes": Column(pgettext("that are held", "Votes"), (), _("My votes"), _to(here, "votes")),
        "for_you": Column(_("For you"), (), _("Actions agreed"), _to(here, "my-actions")),
        "office": Column(_("Your office"), ()),
        "meetings": Column(_("Meetings"), (), _("All meetings"), _to(here, "meetings")),
        "unsigned": Column(_("Looking for signatures"), (), _("All proposals"), _to(here, "proposals")),
        "drafts": Column(_("Your drafts"), ()),
    }


def _of_the_house(here: Here) -> Callable[[], dict[str, Any]]:
    """For a part that is kept for everybody: nothing of the reader comes into it."""
    return lambda: {"here": {"cooperative": here.cooperative}}


def _as_read_by_many(here: Here, token: str, column: Column) -> Column:
    """With the column as it was drawn for whoever else reads the same in it."""
    drawn = _drawn_for_many(here, token, "desks/home/column.html", column.stories, column=column)
    return replace(column, drawn=drawn) if drawn else column


def _drawn_for_many(
    here: Here, token: str, template: str, stories: Sequence[Story], **shown: Column | Story | None
) -> SafeString:
    """Once for whoever reads the same, with the reader's own token (`get_token`) in its forms. Empty if there is
    anything that tells of one reader alone: that is drawn for each."""
    if not stories or any(story.read_by != "many" for story in stories):
        return SafeString()
    titles = tuple(one.title for one in shown.values() if isinstance(one, Column))
    context = {"stories": stories, "csrf_token": kept.TOKEN, **shown}
    drawn = kept.drawn(template, here.cooperative, (*titles, *stories), lambda: context)
    return kept.filled(drawn, token)


# What stands under "For you", in this order; then what others have brought back.
FOR_YOU: dict[str, Callable[[Here], list[Story]]] = {
    "other": asking.notice,
    "reminders": tasks.reminders,
    "to_tell": reports_back.to_tell,
    "to_sign": minutes_duties.to_sign,
    "amendments": amendments_waiting.for_my_word,
    "posts": challenges_told.to_choose,
    "agreements": agreement_alarms.alarms,
}


def _for_you(here: Here, some: frozenset[str], unread: Iterable[int]) -> list[Story]:
    found = [story for name, told in FOR_YOU.items() if name in some for story in told(here)]
    return found + reports_back.to_read(here, unread)


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


# --- Proposals and decisions ----------------------------------------------------------------------------------------


def _unsigned(here: Here, signed: Collection[int]) -> list[Story]:
    """Proposals that look for support and that this person has not signed, the one that ends first on top."""
    return [
        story
        for key, until, story in kept.told_to_all(here, _looking_for_signatures)
        if until > here.at and key not in signed
    ][:FEW]


def _looking_for_signatures(here: Here) -> tuple[tuple[int, datetime.datetime, Story], ...]:
    """Each with its key, and until when it looks."""
    return tuple(
        (proposal.pk, proposal.support_until, _unsigned_story(here, proposal, proposal.support_until))
        for proposal in LOOKING_FOR_SIGNATURES.all(cooperative=here.cooperative.pk)
        if proposal.support_until
    )


def _unsigned_story(here: Here, proposal: Any, until: datetime.datetime) -> Story:
    return Story(
        proposal.title,
        _to(here, "proposal", proposal.pk),
        kicker=proposal.label,
        text=_missing((proposal.support_needed or 0) - proposal.signatures),
        meta=_("until %(day)s") % {"day": say_day(here.cooperative.day_of(until))},
        read_by="many",
    )


def _open_proposals() -> QuerySet[Any]:
    found = Proposal.objects.filter(cooperative_id=given("cooperative"), state=Proposal.State.OPEN)
    return found.annotate(signatures=Count("supports")).order_by("support_until", "pk").defer("reasons")


LOOKING_FOR_SIGNATURES = Often(_open_proposals, told=True)


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
        for draft in asked(here, own_drafts)
    ]


_SHAPES = {Decision.Outcome.CARRIED: "yes", Decision.Outcome.NOT_CARRIED: "no", Decision.Outcome.TIE: "no"}


def _settled(here: Here) -> SafeString:
    answer = SETTLED.answer(cooperative=here.cooperative.pk)
    if not answer:
        return SafeString()

    def column() -> dict[str, Column]:
        told = [_was_settled(here, decision) for decision in answer.read()]
        return {"column": Column(_("Settled lately"), told, _("All decisions"), _to(here, "decisions"))}

    return kept.drawn("desks/home/column.html", here.cooperative, (answer.said,), column)


def _was_settled(here: Here, decision: Decision) -> Story:
    word, shape = outcome_of(decision)
    return Story(
        decision.title,
        _to(here, "decision", decision.pk),
        kicker=decision.label,
        word=word,
        shape=shape,
        meta=say_day(here.cooperative.day_of(decision.decided_at)) if decision.decided_at else "",
    )


SETTLED = Often(
    lambda: (
        Decision.objects.filter(cooperative=given("cooperative"), outcome__in=_SHAPES)
        .select_related("body", "proposal")
        .defer("text", "proposal__reasons")
        .order_by("-decided_at", "-pk")[:FEW]
    ),
    told=True,
)
