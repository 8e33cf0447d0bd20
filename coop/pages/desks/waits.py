"""What may wait for the reader of the front page, and the keys by which they find theirs among what is told to all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import QuerySet

from coop.proposals.models import Proposal, Support

from ..access import Here, acting
from ..agreements import alarms as agreement_alarms
from ..asked_here import Question, asked
from ..at_all import which_of
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
from ..people import asking
from ..problems import beside as problems_beside
from ..proposals import amendments_waiting
from ..recalls import beside as recalls_beside
from ..shifts import sheets as shift_sheets
from ..tasks import tasks
from ..votes import waiting as votes_waiting
from . import oversight
from .going_on import not_for

FEW_DRAFTS = 4


def _signed(here: Here) -> QuerySet[Any]:
    signed = Support.objects.filter(member=acting(here), proposal__cooperative=here.cooperative)
    return signed.filter(proposal__support_until__gt=here.at).order_by().values("proposal")


def own_drafts(here: Here) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(
        cooperative=here.cooperative, state=Proposal.State.DRAFT, author=acting(here)
    )
    return found.order_by("-written_at")[:FEW_DRAFTS]


# What may wait for somebody, and mostly for nobody. What stands together is asked together if any of it is
# asked, so that the question has few wordings (`asked_here`), whatever goes on in a plant and whomever it concerns.
TOGETHER: tuple[dict[str, Question[Any]], ...] = (
    {"drafts": own_drafts},
    {  # of one's own
        "other": asking.not_a_member,
        "reminders": tasks.due_soon,
        "amendments": amendments_waiting.waiting,
        "questions": office_questions.stirring,
        "solved": problems_beside.to_confirm,
        "budget_drafts": budget_duties.drafts,
    },
    {  # of whoever was chosen
        "to_tell": reports_back.untold,
        "to_sign": minutes_duties.unsigned,
        "posts": challenges_told.held,
        "agreements": agreement_alarms.expiring,
        "going": handover.going,
        "coming": handover.coming,
        "deputies": deputies.of_mine,
        "late": problems_beside.late_here,
    },
    {"recalls": recalls_beside.to_sign_or_answer, "elections": elections_beside.before_the_vote},
    {"urgent": urgent.waiting, "counts": oversight.unsigned},
    {"tables": table_duties.named, "urns": urn_duties.keeping},
    {"sheets": shift_sheets.unread_here},
    {"still": problems_beside.standing_still},
    {
        "budget_to_name": budget_duties.to_name,
        "budget_to_agree": budget_duties.to_agree,
        "budget_on_no_agenda": budget_duties.for_an_agenda,
    },
    {"fund_projects": fund_duties.projects, "fund_lists": fund_duties.lists},
)
LISTS = {name: rows for lists in TOGETHER for name, rows in lists.items()}


# By which the reader finds theirs among what was told to all: of these the keys are asked.
KEYS: dict[str, Question[Any]] = {
    **votes_waiting.KEYS,
    **meetings_waiting.KEYS,
    "signed": _signed,
    "reports": lambda here: reports_back.unread(here).values("pk"),
}


def waits_for(here: Here) -> tuple[frozenset[str], Mapping[str, Any]]:
    """The lists that have anything in them, and the keys: one question. What is for others is not asked at all."""
    nothing = not_for(here)
    wanted = tuple(not lists.keys() <= nothing for lists in TOGETHER)
    [found] = asked(here, of_reader(wanted))
    return frozenset(name for name in LISTS if found.get(name)), {name: found[name] for name in KEYS}


@cache
def of_reader(wanted: tuple[bool, ...]) -> Question[Any]:
    def question(here: Here) -> QuerySet[Any, Any]:
        lists = [one for one, is_wanted in zip(TOGETHER, wanted, strict=True) if is_wanted]
        there = {name: rows(here) for together in lists for name, rows in together.items()}
        return which_of(here, there, {name: rows(here) for name, rows in KEYS.items()})

    return question
