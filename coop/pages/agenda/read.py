"""What the database says of an agenda: its items with what they put to the vote and how that was counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery

from coop.asked_often import Often, Said, given, known_already
from coop.ballots.models import Question, TallyLine
from coop.meetings.models import AgendaItem, Announcement, Attendance, Meeting, SecrecyDemand, Signer, Sitting
from coop.proposals.models import Amendment, PartOf


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """In their order, with what `_items` adds; the questions and tallies of their votes are known. Three questions at
    most."""
    items = ITEMS.all(meeting=meeting.pk)
    for item in items:
        item.meeting = meeting
    decided = [item for item in items if item.decision is not None]
    if decided:
        _know_tallies(meeting, decided)
    return items


def asking_in(meeting: Meeting) -> dict[int, int]:
    """Item -> how many of those present ask for a secret vote on it, where anybody does."""
    return dict(ASKING.all(meeting=meeting.pk))


def _know_tallies(meeting: Meeting, decided: Sequence[AgendaItem]) -> None:
    questions = QUESTIONS.all(meeting=meeting.pk)
    counted = any(getattr(question, "tally", None) for question in questions)
    lines = LINES.all(meeting=meeting.pk) if counted else []
    of: dict[int, list[Question]] = {}
    for question in questions:
        of.setdefault(question.ballot_id, []).append(question)
        if (tally := getattr(question, "tally", None)) is not None:
            known_already(tally, "lines", [line for line in lines if line.tally_id == tally.pk])
    for item in decided:
        assert item.decision is not None
        known_already(item.decision.ballot, "questions", of.get(item.decision.ballot_id, []))


def know_sittings(meeting: Meeting) -> Said:
    """As `prefetch_related("sittings")`. Everything that the database says of them."""
    answer = SITTINGS.answer(meeting=meeting.pk)
    sittings = answer.read()
    for sitting in sittings:
        sitting.meeting = meeting
    known_already(meeting, "sittings", sittings)
    return answer.said


# --- The questions --------------------------------------------------------------------------------------------------


def _items() -> QuerySet[AgendaItem]:
    found = AgendaItem.objects.filter(meeting_id=given("meeting")).select_related(
        "proposal__author",
        "amendment__amends",
        "amendment__author",
        "amendment__on_behalf_of",
        "amendment__through__amends",
        "decision__body",
        "decision__ballot",
    )
    return found.annotate(
        asked_for=_asked_for(),
        block=_block(),
        signed=Exists(Signer.objects.filter(meeting_id=given("meeting"))),
        announced_at=_announced_at(),
    )


def _asked_for() -> Subquery:
    """How many amendments of the proposal of an item can still come into it."""
    alive = (Amendment.State.SUBMITTED, Amendment.State.ADMITTED, Amendment.State.ACCEPTED)
    found = Amendment.objects.filter(proposal=OuterRef("proposal"), amends=None, state__in=alive)
    counted = found.exclude(kind=Amendment.Kind.BLOCK).order_by().values("proposal")
    return Subquery(counted.annotate(many=Count("pk")).values("many"), output_field=IntegerField())


def _block() -> Subquery:
    """The block in which the amendment of an item is voted, or was."""
    voted = (Amendment.State.ADMITTED, Amendment.State.CARRIED, Amendment.State.NOT_CARRIED)
    blocks = PartOf.objects.filter(
        part=OuterRef("amendment"), whole__kind=Amendment.Kind.BLOCK, whole__state__in=voted
    )
    return Subquery(blocks.values("whole__number")[:1], output_field=IntegerField())


def _asking() -> QuerySet[SecrecyDemand, tuple[int, int]]:
    present = Attendance.objects.filter(meeting_id=given("meeting"), votes=True, left_at=None)
    asked = SecrecyDemand.objects.filter(
        item__meeting_id=given("meeting"), member__in=present.values("member")
    )
    return asked.order_by().values("item").annotate(many=Count("pk")).values_list("item", "many")


def _announced_at() -> Subquery:
    """When the hall was told what was decided."""
    told = Announcement.objects.filter(item=OuterRef("pk"), decision=OuterRef("decision"))
    return Subquery(told.values("announced_at"))


def _ballots() -> QuerySet[AgendaItem, Any]:
    return AgendaItem.objects.filter(meeting_id=given("meeting"), decision__isnull=False).values(
        "decision__ballot"
    )


ITEMS = Often(_items, told=True)
QUESTIONS = Often(lambda: Question.objects.filter(ballot__in=_ballots()).select_related("tally"), told=True)
LINES = Often(
    lambda: TallyLine.objects.filter(tally__question__ballot__in=_ballots()).select_related("option"),
    told=True,
)
ASKING = Often(_asking)  # that somebody asks for secrecy is told nowhere, so it has no line in the journal
SITTINGS = Often(lambda: Sitting.objects.filter(meeting_id=given("meeting")), told=True)
