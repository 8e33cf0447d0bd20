"""The votes of a meeting in words, beside its minutes. What is hashed and signed is their text; this is none of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from coop.asked_often import Often, given
from coop.ballots.models import Tally, TallyLine
from coop.meetings.models import AgendaItem, Meeting

from ..outcomes.results import Row, rows_from

ITEMS = Often(
    lambda: AgendaItem.objects.filter(meeting_id=given("meeting")).select_related("decision__body"), told=True
)
LINES = Often(
    lambda: (
        TallyLine.objects.filter(
            tally__question__ballot__in=RawSQL("SELECT unnest(%s::bigint[])", (given("ballots"),))
        )
        .exclude(tally__how=Tally.How.ACCLAMATION)
        .select_related("option", "tally__question")
        .order_by("tally__question__number", "option__number")
    ),
    told=True,
)


@dataclass(frozen=True)
class Spelled:
    """One question that was counted; `wording` where its ballot had several."""

    item: AgendaItem
    about: str
    wording: str
    rows: list[Row]


def spelled_in(meeting: Meeting) -> list[Spelled]:
    """In the order of the agenda; none by acclamation, and none in a language that has no words here. Two queries."""
    items = {
        item.decision.ballot_id if item.decision else item.ballot_id: item
        for item in ITEMS.all(meeting=meeting.pk)
    }
    ballots = [ballot for ballot in items if ballot]
    counted: dict[Tally, list[TallyLine]] = {}
    for line in LINES.all(ballots=ballots) if ballots else ():
        counted.setdefault(line.tally, []).append(line)
    questions = [tally.question.ballot_id for tally in counted]
    told = []
    for tally, its_lines in counted.items():
        ballot = tally.question.ballot_id
        rows = rows_from(its_lines, voted=tally.voted)
        if all(row.spelled for row in rows):
            wording = tally.question.wording if questions.count(ballot) > 1 else ""
            told.append(Spelled(items[ballot], _about(items[ballot]), wording, rows))
    return sorted(told, key=lambda one: (one.item.number, one.item.part))


def _about(item: AgendaItem) -> str:
    words = _("Item %(number)s") % {"number": item.place}
    return f"{words}, {item.decision.label}" if item.decision and item.decision.number else words
