"""What stands in the way of entering from a sheet of paper that somebody accepts, and of confirming it. No writes."""

from __future__ import annotations

import datetime

from coop.members.models import Member
from coop.refusals import Reason

from ..models import Candidature, Election, PaperAcceptance
from .candidatures import obstacles_to_standing
from .commission import obstacles_to_the_elections_work


def obstacles_to_entering_acceptance(
    candidature: Candidature, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """By the commission, until the list is posted: a sheet that came in time may be entered after the last day. Who
    cannot stand cannot accept, on paper neither."""
    found = _obstacles_in_state(candidature, by=by, at=at)
    if candidature.sheets.filter(state=PaperAcceptance.State.WAITING).exists():
        found.append(Reason("acceptance-sheet-waits", {"name": candidature.member.name}))
    return found


def obstacles_to_reading_acceptance(
    sheet: PaperAcceptance, *, says_so: bool, because: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """A second person of the commission, with the sheet before them."""
    found = obstacles_to_the_elections_work(sheet.candidature.contest.election, by=by, at=at)
    if says_so:
        found = _obstacles_in_state(sheet.candidature, by=by, at=at)
    if sheet.state != PaperAcceptance.State.WAITING:
        found.append(Reason("acceptance-sheet-read"))
    if by.pk == sheet.entered_by_id:
        found.append(Reason("acceptance-read-by-another"))
    if not says_so and not because.strip():
        found.append(Reason("no-reason-given"))
    return found


def _obstacles_in_state(candidature: Candidature, *, by: Member, at: datetime.datetime) -> list[Reason]:
    election = candidature.contest.election
    found = obstacles_to_the_elections_work(election, by=by, at=at)
    if candidature.state != Candidature.State.NOMINATED or election.state != Election.State.CANDIDATURES:
        found.append(Reason("candidature-decided", {"candidature": candidature.state}))
    return found + obstacles_to_standing(candidature.contest, candidature.member)
