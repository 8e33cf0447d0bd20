"""Who speaks next, for how long, and what a motion of order comes to (practice C04). Whole numbers, no clock.

The list of speakers is never stored in an order: it is put in order anew from who asked and who has spoken, so a
second secretary, a lost line or a late entry by number cannot leave it in another.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coop.ballots.counting.motion import Base, Outcome, count_motion, needed

MOVER, SPEAKER, POINT_OF_ORDER, REPLY = "mover", "speaker", "point_of_order", "reply"
SPEECHES = (MOVER, SPEAKER)  # what counts as having spoken, and as a turn


@dataclass(frozen=True)
class SpeakingRules:
    """The bylaws on the debate. Minutes as they stand there."""

    mover_minutes: int = 5
    minutes: int = 3
    turns: int = 2  # at most, on one item
    first_timers_first: bool = True
    mover_replies: bool = True
    interpreted_doubled: bool = True


@dataclass(frozen=True)
class Wish:
    """Somebody who waits for the floor. `key`: grows with the order in which it was asked for."""

    key: int
    who: int
    kind: str = SPEAKER


def allowed_seconds(kind: str, *, interpreted: bool, rules: SpeakingRules) -> int:
    """How long a turn may last; twice as long where it is interpreted and the bylaws say so.

    >>> allowed_seconds(MOVER, interpreted=False, rules=SpeakingRules())
    300
    >>> allowed_seconds(SPEAKER, interpreted=True, rules=SpeakingRules())
    360
    """
    minutes = rules.mover_minutes if kind == MOVER else rules.minutes
    return minutes * 60 * (2 if interpreted and rules.interpreted_doubled else 1)


def in_order(
    waiting: Sequence[Wish],
    spoken: Mapping[int, int],
    rules: SpeakingRules,
    *,
    debate_closed: bool = False,
) -> list[Wish]:
    """The list of speakers, first first. `spoken`: how often each has spoken on the item.

    Points of order come before everybody. The mover opens. Nobody who has spoken comes before somebody who has not,
    where the bylaws say so; among equals who asked first. The mover's reply is the last word. After the debate is
    closed nobody is heard but points of order and the reply.

    >>> again, new = Wish(1, who=7), Wish(2, who=9)
    >>> [one.who for one in in_order([again, new], {7: 1}, SpeakingRules())]
    [9, 7]
    """
    heard = (POINT_OF_ORDER, REPLY) if debate_closed else (POINT_OF_ORDER, MOVER, SPEAKER, REPLY)

    def place(wish: Wish) -> tuple[int, bool, int]:
        later = wish.kind == SPEAKER and rules.first_timers_first and spoken.get(wish.who, 0) > 0
        return heard.index(wish.kind), later, wish.key

    return sorted((wish for wish in waiting if wish.kind in heard), key=place)


def turns_left(who: int, spoken: Mapping[int, int], rules: SpeakingRules) -> int:
    """How often somebody may still speak on the item."""
    return max(0, rules.turns - spoken.get(who, 0))


@dataclass(frozen=True)
class SpeakersClock:
    """The time of whoever speaks: until when it runs, or, while the sitting rests, the seconds that are left."""

    ends_at: datetime.datetime | None
    left: int | None = None  # below zero: over time

    @property
    def left_in_figures(self) -> str:
        """As a clock that stands shows it: 1:35."""
        left = abs(self.left or 0)
        return f"{left // 60}:{left % 60:02d}"


def speakers_clock(
    began_at: datetime.datetime,
    seconds: int,
    pauses: Sequence[tuple[datetime.datetime, datetime.datetime | None]],
) -> SpeakersClock:
    """`pauses`: since when and until when the sitting rested while this turn lasted; nobody speaks in a pause.

    >>> noon = datetime.datetime(2026, 3, 20, 12)
    >>> minute = datetime.timedelta(minutes=1)
    >>> speakers_clock(noon, 180, [(noon + minute, noon + 21 * minute)]).ends_at.strftime("%H:%M")
    '12:23'
    >>> speakers_clock(noon, 180, [(noon + minute, None)])
    SpeakersClock(ends_at=None, left=120)
    """
    rested = sum((until - since for since, until in pauses if until is not None), datetime.timedelta(0))
    rests_since = next((since for since, until in pauses if until is None), None)
    ends_at = began_at + datetime.timedelta(seconds=seconds) + rested
    if rests_since is None:
        return SpeakersClock(ends_at)
    return SpeakersClock(None, round((ends_at - rests_since).total_seconds()))


# --- Motions of order -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """A majority and what it is a share of."""

    majority: Fraction
    base: Base


SIMPLE = Share(Fraction(1, 2), Base.FOR_AGAINST)  # as many for as against is not carried: a ruling stands


@dataclass(frozen=True)
class Verdict:
    carried: bool
    base_count: int
    needed: int


def decided(share: Share, *, votes_for: int, votes_against: int, present: int, register: int) -> Verdict:
    """What raised hands come to. Nobody is asked who abstains, so all votes cast are those for and against.

    >>> two_thirds = Share(Fraction(2, 3), Base.FOR_AGAINST)
    >>> decided(two_thirds, votes_for=20, votes_against=10, present=48, register=60)
    Verdict(carried=True, base_count=30, needed=20)
    >>> decided(SIMPLE, votes_for=10, votes_against=10, present=48, register=60).carried
    False

    Raises ValueError on figures that cannot be: more hands than people.
    """
    found = count_motion(
        votes_for=votes_for,
        against=votes_against,
        abstain=0,
        present=present,
        register=register,
        majority=share.majority,
        base=share.base,
    )
    return Verdict(
        found.outcome == Outcome.CARRIED, found.base_count, needed(share.majority, found.base_count)
    )
