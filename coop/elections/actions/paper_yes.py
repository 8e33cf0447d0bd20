"""Somebody without a screen accepts on paper: one of the commission enters the sheet, another reads it (C08).

Order of locks: election, candidature, sheet.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import refuse_if

from ..models import Candidature, PaperAcceptance
from ..rules.paper_yes import obstacles_to_entering_acceptance, obstacles_to_reading_acceptance
from .candidatures import locked, subject_of

State = PaperAcceptance.State


@transaction.atomic
def enter_acceptance(
    *, candidature: Candidature, statement: str = "", kin: str = "", by: Member, at: datetime.datetime
) -> PaperAcceptance:
    """What stands on the sheet. Nothing follows from it before a second person has read the sheet."""
    candidature = locked(candidature)
    refuse_if(obstacles_to_entering_acceptance(candidature, by=by, at=at))
    made = PaperAcceptance.objects.create(
        candidature=candidature, statement=statement.strip(), kin=kin.strip(), entered_by=by, entered_at=at
    )
    _write(candidature, verb="acceptance-sheet-entered", by=by, at=at)
    return made


@transaction.atomic
def read_acceptance(
    *, sheet: PaperAcceptance, says_so: bool, because: str = "", by: Member, at: datetime.datetime
) -> PaperAcceptance:
    """Says so: the candidate has accepted, as on a screen. Says otherwise: it is kept, with the reason."""
    candidature = locked(sheet.candidature)
    sheet = PaperAcceptance.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    sheet.candidature = candidature
    refuse_if(obstacles_to_reading_acceptance(sheet, says_so=says_so, because=because, by=by, at=at))
    sheet.state = State.CONFIRMED if says_so else State.TURNED_DOWN
    sheet.read_by, sheet.read_at, sheet.because = by, at, "" if says_so else because.strip()
    sheet.save(update_fields=["state", "read_by", "read_at", "because"])
    if says_so:
        candidature.state, candidature.accepted_at = Candidature.State.ACCEPTED, at
        candidature.statement, candidature.kin = sheet.statement, sheet.kin
        candidature.save(update_fields=["state", "accepted_at", "statement", "kin"])
    _write(
        candidature,
        verb="candidate-accepted-on-paper" if says_so else "acceptance-sheet-turned-down",
        by=by,
        at=at,
    )
    return sheet


def _write(candidature: Candidature, *, verb: str, by: Member, at: datetime.datetime) -> None:
    chain = candidature.contest.election.cooperative.chain
    write(chain, verb=verb, subject=subject_of(candidature), by=by.actor, at=at, facts={})
