"""What stands in the way of trying a secret, of ending sessions, and of starting and ending a tablet at the gate."""

from __future__ import annotations

import datetime

from coop.members.models import Member, Power
from coop.members.powers import powers_of
from coop.refusals import Reason

from .guess import Guess, What
from .models import Guesses, Kiosk
from .waiting import ADDRESS_TRIES, ADDRESS_WINDOW, FREE_TRIES, wait_after

SECRET_AFTER = datetime.timedelta(minutes=10)  # of rest; then a vote asks for the secret again (ruling 8)
ENDS_SESSIONS = (Power.KEEP_REGISTER, Power.RUN_ELECTIONS)
RUNS_KIOSKS = (Power.KEEP_REGISTER, Power.RECORD_MINUTES)


def obstacles_to_guessing(guess: Guess, *, at: datetime.datetime) -> list[Reason]:
    """The door waits: after wrong tries at this member from there, or at many members from one address.

    Which of the two, and whether there is such a member at all, is not told.
    """
    waits = []
    for held in Guesses.objects.filter(bucket__in=filter(None, [guess.bucket, guess.address_bucket])):
        if held.bucket == guess.bucket and held.wrong >= FREE_TRIES:
            waits.append(held.last_at + wait_after(held.wrong) - at)
        elif held.bucket == guess.address_bucket and held.wrong >= ADDRESS_TRIES:
            waits.append(held.since + ADDRESS_WINDOW - at)
    longest = max(waits, default=datetime.timedelta())
    return [too_many_tries(guess, longest)] if longest > datetime.timedelta() else []


def too_many_tries(guess: Guess, wait: datetime.timedelta) -> Reason:
    """In whole minutes, rounded up: nobody reads seconds. A newcomer has no known device to be sent to."""
    told: dict[str, object] = {"minutes": -(-wait // datetime.timedelta(minutes=1))}
    if guess.what == What.CARD:
        return Reason("too-many-wrong-cards", told)
    return Reason("too-many-tries", told)


def obstacles_to_ending_sessions(member: Member, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever keeps the register or runs elections may do it to others; one's own have a page of their own."""
    reasons = _without(ENDS_SESSIONS, member.cooperative_id, by=by, at=at)
    if reasons:
        return reasons
    return [] if member.account_id is not None else [Reason("never-signed-in")]


def obstacles_to_starting_kiosk(place: str, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = _without(RUNS_KIOSKS, by.cooperative_id, by=by, at=at)
    if reasons:
        return reasons
    return [] if place.strip() else [Reason("kiosk-without-place")]


def obstacles_to_ending_kiosk(kiosk: Kiosk, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = _without(RUNS_KIOSKS, kiosk.cooperative_id, by=by, at=at)
    if reasons:
        return reasons
    return [Reason("kiosk-over")] if kiosk.ended_at is not None else []


def _without(
    powers: tuple[Power, ...], cooperative: int, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """None of the powers is held here; the first of them is named."""
    if by.cooperative_id == cooperative and powers_of(by, at).any_of(powers):
        return []
    return [Reason("no-mandate", {"power": powers[0].value, "body": ""})]
