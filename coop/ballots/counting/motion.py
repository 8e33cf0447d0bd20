"""A motion: for, against, abstain, under a majority of a base (practice 1C: the base differs by law).

Thresholds are fractions and are compared by cross-multiplication, never by percent. "1/2" means *more than* half,
every other share means *at least* that share, as statutes say "half plus one" but "two thirds".
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HALF = Fraction(1, 2)


class Base(StrEnum):
    FOR_AGAINST = "for_against"  # abstentions do not count
    VALID = "valid"  # every vote cast, abstentions too
    PRESENT = "present"  # everybody present at the moment of the vote
    REGISTER = "register"  # everybody entitled to vote


class Outcome(StrEnum):
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    TIE = (
        "tie"  # as many for as against where more than half is asked; the bylaws' tie rule says what follows
    )


@dataclass(frozen=True)
class Motion:
    """What the count says: the outcome, the size of the base and how many votes for were needed."""

    outcome: Outcome
    base: Base
    base_count: int
    needed: int


def needed(majority: Fraction, base_count: int) -> int:
    """Votes for that carry a motion out of `base_count`.

    >>> needed(HALF, 43), needed(HALF, 44)
    (22, 23)
    >>> needed(Fraction(2, 3), 248), needed(Fraction(2, 3), 249)
    (166, 166)
    """
    if majority == HALF:
        return base_count // 2 + 1
    return math.ceil(majority * base_count)


def count_motion(
    *, votes_for: int, against: int, abstain: int, present: int, register: int, majority: Fraction, base: Base
) -> Motion:
    """Counts a motion. A motion with no vote for is never carried, whatever the share.

    >>> count_motion(votes_for=111, against=111, abstain=26, present=248, register=318,
    ...              majority=HALF, base=Base.FOR_AGAINST).outcome
    <Outcome.TIE: 'tie'>
    >>> close = count_motion(votes_for=161, against=70, abstain=17, present=248, register=318,
    ...                      majority=Fraction(2, 3), base=Base.PRESENT)
    >>> close.outcome, close.needed, close.base_count
    (<Outcome.NOT_CARRIED: 'not_carried'>, 166, 248)

    Raises ValueError on figures that cannot be: below zero, more votes than people, a share outside 1/2 to 1.
    """
    cast = votes_for + against + abstain
    if min(votes_for, against, abstain, present, register) < 0:
        raise ValueError("a count below zero")
    if cast > present or present > register:
        raise ValueError("more votes than people present, or more present than on the register")
    if not HALF <= majority <= 1:
        raise ValueError("a majority is from one half to the whole")
    sizes = {
        Base.FOR_AGAINST: votes_for + against,
        Base.VALID: cast,
        Base.PRESENT: present,
        Base.REGISTER: register,
    }
    enough = needed(majority, sizes[base])
    if votes_for > 0 and votes_for >= enough:
        outcome = Outcome.CARRIED
    elif majority == HALF and votes_for == against > 0:
        outcome = Outcome.TIE
    else:
        outcome = Outcome.NOT_CARRIED
    return Motion(outcome=outcome, base=base, base_count=sizes[base], needed=max(enough, 1))
