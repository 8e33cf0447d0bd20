"""What lists tried against people in office (C09). A list is worked off without a page: its rows are looked through."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from coop.intake.models import Intake, IntakeRow
from coop.members.models import Member
from coop.members.rules.protection import obstacles_to_striking_many, offices_protected
from coop.refusals import Reason

from .models import Attempt
from .rules.attempts import PROTECTED

FAILED, KEPT = IntakeRow.State.FAILED, IntakeRow.State.KEPT


@dataclass(frozen=True)
class Tried:
    member: Member
    what: str
    words: str
    refused: list[Reason]
    by: Member
    at: datetime.datetime


def refused_rows() -> QuerySet[IntakeRow]:
    """Of lists that were not forgotten yet: rows that the protection of an office refused. Whom the list brought is
    kept because something followed, which may have been an office."""
    protected = Q(state=KEPT, made__admitted=True)
    for code in sorted(PROTECTED):
        protected |= Q(reasons__contains=[[code]])
    over = Q(state=FAILED, intake__confirmed_at__isnull=False) | Q(
        state=KEPT, intake__undone_at__isnull=False
    )
    return IntakeRow.objects.filter(protected, over)


def tried_by_list(row: IntakeRow, intake: Intake) -> Tried | None:
    """None where it is on file already, or where no office was held by then.

    A row that is not entered would have moved somebody: nothing else that a list does is against an office. One that
    is not taken back would have been struck.
    """
    if row.state == FAILED:
        what, words, by, at = Attempt.What.MOVE, intake.document, intake.confirmed_by, intake.confirmed_at
    else:
        what, words, by, at = Attempt.What.STRIKE, intake.undone_because, intake.undone_by, intake.undone_at
    found = Member.objects.filter(cooperative=intake.cooperative_id, number=row.number or 0)
    member = found.select_related("cooperative").first()
    if member is None or by is None or at is None or not offices_protected(member, at):
        return None
    if Attempt.objects.filter(member=member, what=what, tried_at=at).exists():
        return None
    refused = [Reason(code, told) for code, told in row.reasons]
    if row.state == KEPT and row.made.get("admitted"):
        refused += obstacles_to_striking_many([member.pk], at=at)
    return Tried(member, what, f"{words}\n{intake.file_name}, {row.line}", refused, by, at)
