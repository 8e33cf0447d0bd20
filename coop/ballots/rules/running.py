"""What stands in the way of leading a vote outside of a meeting: opening, ending, counting, withdrawals, lots, rounds.

What belongs to a meeting is opened and closed there.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from coop.members.models import Member
from coop.refusals import Reason

from ..models import Ballot, Lot, Option, Tally, TellerSheet, Withdrawal
from ..office import obstacles_to_running, obstacles_to_serving
from .casting import obstacles_in_closing, obstacles_to_annulling, obstacles_to_closing, obstacles_to_opening
from .counting import obstacles_to_counting

State = Ballot.State


def obstacles_outside(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """May this person lead this vote, and is it one that no meeting leads?"""
    reasons = obstacles_to_running(ballot, by=by, at=at)
    return reasons + ([Reason("led-in-the-meeting")] if ballot.needs_presence else [])


def obstacles_to_starting(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Two people: whoever drew it up does not open it."""
    reasons = obstacles_outside(ballot, by=by, at=at)
    if ballot.drawn_up_by_id == by.pk:
        reasons.append(Reason("drawn-up-by-yourself"))
    return reasons + obstacles_to_opening(ballot, at)


def obstacles_to_ending(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Nobody shortens a vote that was given an hour; one without an hour is closed by whoever leads it."""
    reasons = obstacles_outside(ballot, by=by, at=at) + obstacles_to_closing(ballot)
    if ballot.closes_at is not None and at < ballot.closes_at:
        reasons.append(Reason("closes-by-the-clock", {"hour": ballot.closes_at.isoformat()}))
    return reasons


def obstacles_to_calling_off(
    ballot: Ballot, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    return obstacles_outside(ballot, by=by, at=at) + obstacles_to_annulling(ballot, because)


def obstacles_to_redrawing(
    ballot: Ballot, because: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """A draft, by whoever drew it up. Another round has the text and the names of the count before it."""
    reasons = obstacles_outside(ballot, by=by, at=at)
    if ballot.state != State.DRAFT:
        return [*reasons, Reason("ballot-not-draft", {"state": ballot.state})]
    reasons += obstacles_to_annulling(ballot, because)
    if ballot.drawn_up_by_id != by.pk:
        reasons.append(Reason("drawn-up-by-another"))
    if ballot.parent_id is not None:
        reasons.append(Reason("round-as-it-was-drawn"))
    return reasons


def obstacles_to_counting_up(ballot: Ballot, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Counted from here is what needs no opening of an urn; that is done by whoever keeps its key."""
    return obstacles_outside(ballot, by=by, at=at) + obstacles_to_counting(ballot)


# --- Who steps back, and what is drawn ------------------------------------------------------------------------------


def obstacles_to_withdrawing(option: Option, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """A person or a project, before the count. Whoever stands says so to whoever leads the vote, who writes it down."""
    ballot = option.question.ballot
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state not in (State.DRAFT, State.OPEN, State.CLOSED):
        reasons.append(Reason("ballot-settled", {"state": ballot.state}))
    if option.code in (Option.BLANK, Option.KEEP) or option.question.method == "motion":
        reasons.append(Reason("nobody-to-withdraw"))
    if _figures_are_known(ballot):
        reasons.append(Reason("figures-known-already"))
    if Withdrawal.objects.filter(option=option).exists():
        reasons.append(Reason("withdrawn-already", {"name": option.label}))
    return reasons


def _figures_are_known(ballot: Ballot) -> bool:
    """Somebody has counted, or a lot has fallen: whoever stepped back now would choose among results."""
    sheets = TellerSheet.objects.filter(ballot=ballot, subject=TellerSheet.Subject.VOTES)
    return sheets.exists() or Lot.objects.filter(ballot=ballot).exists()


def obstacles_to_drawing_lot(
    ballot: Ballot, witnesses: Sequence[Member], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """After the vote is closed, once, before two witnesses who are neither who draws nor who stands."""
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state != State.CLOSED:
        reasons.append(Reason("vote-not-closed", {"state": ballot.state}))
    if Lot.objects.filter(ballot=ballot).exists():
        reasons.append(Reason("lot-drawn-already"))
    people = {witness.pk for witness in witnesses}
    if len(people) != 2 or by.pk in people:
        reasons.append(Reason("lot-two-witnesses"))
    for witness in witnesses:
        reasons += obstacles_to_serving(ballot, witness)
        if witness.cooperative_id != ballot.cooperative_id:
            reasons.append(Reason("not-of-this-cooperative", {"name": witness.name}))
    return reasons


def obstacles_to_next_round(
    ballot: Ballot, closes_at: datetime.datetime | None, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """When a question of the counted vote asks for another round, and none was drawn up yet."""
    reasons = obstacles_to_running(ballot, by=by, at=at)
    if ballot.state != State.COUNTED:
        return [*reasons, Reason("vote-not-counted", {"state": ballot.state})]
    if not Tally.objects.filter(question__ballot=ballot, outcome="second_round").exists():
        reasons.append(Reason("no-round-needed"))
    if Ballot.objects.filter(parent=ballot).exclude(state=State.ANNULLED).exists():
        reasons.append(Reason("round-drawn-up-already"))
    return reasons + obstacles_in_closing(closes_at, at)
