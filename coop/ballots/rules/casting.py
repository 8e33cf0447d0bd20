"""What stands in the way of opening, casting, closing and annulling."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet

from coop.members.models import AccessCard
from coop.refusals import Reason
from coop.safekeeping import guard

from ..models import Ballot, Register, RollEntry
from ..models.ballots import Channel
from .registers import obstacles_to_final
from .urn import obstacles_to_sealed_voting

YEARS_OPEN = 2
LONGEST_OPEN = datetime.timedelta(days=YEARS_OPEN * 366)
FORM_LENGTH = 32  # hexadecimal digits of the number a voting form carries


def obstacles_to_opening(ballot: Ballot, at: datetime.datetime) -> list[Reason]:
    reasons = []
    if ballot.state != Ballot.State.DRAFT:
        return [Reason("ballot-not-draft", {"state": ballot.state})]
    if ballot.is_secret and ballot.on_screens:
        reasons += obstacles_to_sealed_voting(ballot)
    if ballot.on_screens:
        reasons += obstacles_in_server(reasons)
    if not ballot.questions.exists():
        reasons.append(Reason("ballot-without-question"))
    if ballot.people == 0:
        reasons.append(Reason("register-empty"))
    reasons += obstacles_to_final(ballot.register, at)
    return reasons + obstacles_in_closing(ballot.closes_at, at)


def obstacles_in_server(told: Sequence[Reason]) -> list[Reason]:
    """A vote on screens opens only where it is kept; what a secret vote was refused for already is not said twice."""
    said = {reason.params.get("guard") for reason in told}
    return [
        Reason("server-not-safe", {"guard": one.guard, "found": one.found, "wanted": one.wanted})
        for one in guard.findings()
        if one.guard not in said
    ]


def obstacles_in_closing(closes_at: datetime.datetime | None, at: datetime.datetime) -> list[Reason]:
    """The hour at which a vote is to close: to come, and not so far off that it must be a slip of the finger."""
    if closes_at is not None and closes_at <= at:
        return [Reason("closing-in-the-past")]
    if closes_at is not None and closes_at > at + LONGEST_OPEN:
        return [Reason("closing-too-far-off", {"years": YEARS_OPEN})]
    return []


def obstacles_to_casting(ballot: Ballot, entry: RollEntry | None, at: datetime.datetime) -> list[Reason]:
    """Why this person's vote cannot be taken now. The database clock (`at`) judges, not the phone's."""
    if ballot.state == Ballot.State.DRAFT:
        return [Reason("vote-not-open-yet")]
    if ballot.state == Ballot.State.ANNULLED:
        return [Reason("vote-annulled")]
    if not ballot.is_open(at):
        return [Reason("vote-closed")]
    if entry is None:
        return [Reason("not-on-the-roll", {"day": ballot.register.closes_on.isoformat()})]
    if entry.channel == Channel.HANDS:  # moved there by the chair, perhaps while the paper lay on the screen
        return [Reason("counted-by-hand")]
    if entry.channel is not None:
        return [Reason("already-voted", {"channel": entry.channel})]
    if not ballot.on_screens:
        return [Reason("not-on-screens")]
    reasons = []
    if entry.paper_only:  # those who replaced the secret could vote in the place of its owner
        reasons.append(Reason("paper-only-after-reset"))
    if ballot.needs_presence and not entry.present:
        reasons.append(Reason("not-checked-in"))
    if entry.part in ballot.parts_over:
        reasons.append(Reason("sitting-has-voted"))
    return reasons


def secrets_replaced(register: Register) -> QuerySet[AccessCard]:
    """Whose secret on this register was replaced since it was drawn, by whom and when: they vote on paper.

    It hangs beside the register: many of them before one vote is a warning to everybody.
    """
    used = AccessCard.objects.filter(replaces_secret=True, used_at__gt=register.drawn_at)
    return used.filter(member__in=register.entries.values("member")).select_related(
        "member", "issued_by", "countersigned_by"
    )


def obstacles_to_naming(ballot: Ballot) -> list[Reason]:
    """No name stands beside a vote that is secret."""
    return [Reason("vote-is-secret")] if ballot.is_secret else []


def obstacles_in_form(form: str) -> list[Reason]:
    """The number of the paper: 32 hexadecimal digits, as the page printed it."""
    if len(form) != FORM_LENGTH or not set(form) <= set("0123456789abcdef"):
        return [Reason("form-number-unreadable")]
    return []


def obstacles_to_closing(ballot: Ballot) -> list[Reason]:
    return [] if ballot.state == Ballot.State.OPEN else [Reason("vote-not-open", {"state": ballot.state})]


def obstacles_to_annulling(ballot: Ballot, because: str) -> list[Reason]:
    reasons = [] if because.strip() else [Reason("no-reason-given")]
    if ballot.state in (Ballot.State.COUNTED, Ballot.State.ANNULLED):
        reasons.append(Reason("ballot-settled", {"state": ballot.state}))
    return reasons
