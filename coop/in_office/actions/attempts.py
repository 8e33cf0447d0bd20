"""The case file of an attempt: kept after the register has refused, in a transaction of its own (practice C09)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.intake.models import Intake, IntakeRow
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor, Subject
from coop.members.models import Member
from coop.members.rules.protection import offices_protected
from coop.refusals import Reason, refuse_if

from ..by_lists import Tried, tried_by_list
from ..models import Attempt
from ..rules.attempts import obstacles_to_keeping_attempt


@transaction.atomic
def keep_attempt(
    *,
    member: Member,
    what: str,
    words: str,
    refused: Sequence[Reason],
    by: Member,
    at: datetime.datetime,
) -> Attempt:
    """Who tried what, when, with which words, and why it was refused."""
    return _keep(Tried(member, what, words, list(refused), by, at), by.actor, at)


@transaction.atomic
def keep_attempt_of_list(*, row: IntakeRow, by: Actor = CLOCK, at: datetime.datetime) -> None:
    """A line of a list that came to nothing because it was about somebody in office: tried by whoever confirmed the
    list, or took it back. Kept once, however often it is looked for."""
    found = Intake.objects.select_related("confirmed_by__cooperative", "undone_by__cooperative")
    intake = found.get(pk=row.intake_id)
    list(Cooperative.objects.select_for_update(no_key=True).filter(pk=intake.cooperative_id))
    tried = tried_by_list(row, intake)
    if tried is not None:
        _keep(tried, by, at)


def _keep(tried: Tried, by: Actor, at: datetime.datetime) -> Attempt:
    """The journal says that there is a file, and no more of it."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=tried.by.cooperative_id)
    refuse_if(obstacles_to_keeping_attempt(tried.member, tried.refused, at=tried.at))
    year = cooperative.day_of(tried.at).year
    last = Attempt.objects.filter(cooperative=cooperative, year=year).aggregate(last=Max("number"))
    kept = Attempt.objects.create(
        cooperative=cooperative,
        year=year,
        number=1 + (last["last"] or 0),
        member=tried.member,
        office=str(offices_protected(tried.member, tried.at)[0].seat.office.title)[:200],
        what=tried.what,
        words=tried.words.strip()[:2000],
        refused=[[reason.code, dict(reason.params)] for reason in tried.refused],
        tried_by=tried.by,
        tried_at=tried.at,
    )
    write(
        tried.by.cooperative.chain,
        verb="case-file-opened",
        subject=Subject("case-file", str(kept.pk), kept.label),
        by=by,
        at=at,
        facts={},
    )
    return kept
