"""Counting by people: tellers are named, two of them count alone, and a third confirms what both found.

The same for papers in a box, hands in a block of the hall, and the signatures of a printed register.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import Reason, refuse_if

from ..models import AgreedSheet, Ballot, Clash, RollEntry, Teller, TellerSheet
from ..models.ballots import Channel
from ..rules.tellers import (
    Place,
    asked_on,
    last_sheets,
    obstacles_to_confirming_sheets,
    obstacles_to_entering_sheet,
    obstacles_to_naming_tellers,
)
from ..sheets import faults_in_signatures, faults_in_votes, in_one_form, signatures_in_one_form
from .locks import locked, subject_of


@transaction.atomic
def name_tellers(
    *, ballot: Ballot, members: Collection[Member], by: Member, at: datetime.datetime
) -> list[Teller]:
    """Names who may count this vote. Nobody is taken off the list again: simply nobody else has to count."""
    ballot = locked(ballot)
    refuse_if(obstacles_to_naming_tellers(ballot, members, by=by, at=at))
    made = Teller.objects.bulk_create(
        Teller(ballot=ballot, member=member, named_by=by, named_at=at) for member in members
    )
    write(
        ballot.cooperative.chain,
        verb="tellers-named",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={"members": sorted(member.number for member in members)},
    )
    return made


@transaction.atomic
def enter_sheet(
    *,
    ballot: Ballot,
    place: Place,
    subject: str = TellerSheet.Subject.VOTES,
    attempt: int,
    figures: Mapping[str, Any],
    remark: str = "",
    by: Member,
    at: datetime.datetime,
) -> TellerSheet:
    """Takes what one teller counted. Whether it equals the other's is seen by asking for the progress afterwards.

    `attempt`: `Progress.next_attempt` when the form was made, so that a form sent twice is one sheet, and a count that
    happens to find the same as before is another. Two equal sheets that nobody has confirmed yet can be counted anew
    by either teller, with a remark that says why.
    """
    ballot = locked(ballot)
    if again := _same_sheet(ballot, place, subject, attempt, figures, by):
        return again
    refuse_if(
        obstacles_to_entering_sheet(
            ballot, place, subject, attempt=attempt, figures=figures, remark=remark, by=by
        )
    )
    made = TellerSheet.objects.create(
        ballot=ballot,
        channel=place.channel,
        urn=place.urn,
        block=place.block,
        subject=subject,
        attempt=attempt,
        teller=by,
        figures=_in_one_form(ballot, subject, figures),
        remark=remark.strip(),
        entered_at=at,
    )
    facts = {"place": place.name, "subject": subject, "attempt": made.attempt}
    write(
        ballot.cooperative.chain,
        verb="sheet-entered",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts=facts,
    )
    return made


def _in_one_form(ballot: Ballot, subject: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    if subject == TellerSheet.Subject.SIGNATURES:
        return signatures_in_one_form(figures)
    return in_one_form(figures, asked_on(ballot))


def _same_sheet(
    ballot: Ballot, place: Place, subject: str, attempt: int, figures: Mapping[str, Any], by: Member
) -> TellerSheet | None:
    """The sheet of this person in this attempt, when it says the very same: a form that was sent twice."""
    mine = TellerSheet.objects.filter(
        ballot=ballot, urn=place.urn, block=place.block, subject=subject, attempt=attempt, teller=by
    ).first()
    if mine is None or _faults(ballot, subject, figures):
        return None
    return mine if mine.figures == _in_one_form(ballot, subject, figures) else None


def _faults(ballot: Ballot, subject: str, figures: Mapping[str, Any]) -> list[Reason]:
    if subject == TellerSheet.Subject.SIGNATURES:
        return faults_in_signatures(figures)
    return faults_in_votes(figures, asked_on(ballot))


@transaction.atomic
def confirm_sheets(
    *,
    ballot: Ballot,
    place: Place,
    subject: str = TellerSheet.Subject.VOTES,
    attempt: int,
    remark: str = "",
    by: Member,
    at: datetime.datetime,
) -> AgreedSheet:
    """Two equal sheets go into the count. `attempt`: the one that `by` has read.

    Signatures mark the roll: who is empty there has now voted on paper. Who was marked already somewhere else is
    written down as a clash and stays as it was; what follows from it is for people to decide.
    """
    ballot = locked(ballot)
    refuse_if(
        obstacles_to_confirming_sheets(ballot, place, subject, attempt=attempt, remark=remark, by=by, at=at)
    )
    first, second = last_sheets(ballot, place, subject)
    made = AgreedSheet.objects.create(
        ballot=ballot,
        channel=place.channel,
        urn=place.urn,
        block=place.block,
        subject=subject,
        first=first,
        second=second,
        figures=first.figures,
        remark=remark.strip(),
        confirmed_by=by,
        confirmed_at=at,
    )
    facts: dict[str, object] = {"place": place.name, "subject": subject, "attempt": attempt}
    if subject == TellerSheet.Subject.SIGNATURES:
        facts["marked"], facts["clashes"] = _mark_signed(made, at)
    write(
        ballot.cooperative.chain,
        verb="sheets-confirmed",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts=facts,
    )
    return made


def _mark_signed(agreed: AgreedSheet, at: datetime.datetime) -> tuple[int, list[int]]:
    """How many lines of the roll the signatures filled, and the numbers of those that were filled already elsewhere.

    The row of the ballot is held, so no vote is in flight between the look and the marks.
    """
    signed = RollEntry.objects.filter(
        ballot=agreed.ballot, member__number__in=agreed.figures["numbers"]
    ).select_related("member")
    here = Q(channel=Channel.PAPER, urn=agreed.urn)
    clashing = list(signed.exclude(channel=None).exclude(here).order_by("member__number"))
    Clash.objects.bulk_create(
        Clash(
            ballot=agreed.ballot, member=entry.member, urn=agreed.urn, channel=str(entry.channel), found_at=at
        )
        for entry in clashing
    )
    marked = signed.filter(channel=None).update(channel=Channel.PAPER, urn=agreed.urn)
    return marked, [entry.member.number for entry in clashing]
