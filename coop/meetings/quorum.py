"""The quorum clock: how many are needed on first and second call, and what the hall is waiting for. Pure."""

import datetime
import math
from dataclasses import dataclass
from fractions import Fraction


def first_call(register: int, share: Fraction) -> int:
    """People needed on first call: more than `share` of the register ("half plus one").

    >>> first_call(318, Fraction(1, 2)), first_call(319, Fraction(1, 2)), first_call(320, Fraction(2, 3))
    (160, 160, 214)
    """
    return math.floor(register * share) + 1


WHOEVER_COMES = (
    "0"  # the share of a production meeting: it settles nothing by a vote, so one person is enough
)
NO_SECOND_CALL = "none"  # the rule of bodies other than assemblies: the number of the first call holds


@dataclass(frozen=True)
class SecondCall:
    """How many suffice on second call: whoever is there, a share of the register, a number, or the lower of both."""

    rule: str = "present"
    share: Fraction = Fraction(1, 10)
    number: int = 1
    wait: datetime.timedelta = datetime.timedelta(minutes=60)

    def needed(self, register: int) -> int:
        """
        >>> tenth = Fraction(1, 10)
        >>> [SecondCall(rule, tenth, 50).needed(318) for rule in ("present", "share", "number", "lower")]
        [1, 32, 50, 32]
        """
        by_share, by_number = math.ceil(register * self.share), min(self.number, register)
        options = {"present": 1, "share": by_share, "number": by_number, "lower": min(by_share, by_number)}
        return max(1, options[self.rule])


@dataclass(frozen=True)
class Quorum:
    """What the clock on the wall shows at one moment. `call`: 0 before the hour, then 1, then 2."""

    register: int
    present: int
    needed: int
    call: int
    second_call_at: datetime.datetime

    @property
    def reached(self) -> bool:
        return self.call > 0 and self.present >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)


def quorum(
    *,
    register: int,
    present: int,
    share: Fraction,
    second: SecondCall,
    starts_at: datetime.datetime,
    at: datetime.datetime,
) -> Quorum:
    """The state of the quorum at `at` for a sitting called for `starts_at`.

    >>> six = datetime.datetime(2026, 11, 28, 6, 30, tzinfo=datetime.UTC)
    >>> rule = dict(register=318, share=Fraction(1, 2), second=SecondCall(), starts_at=six)
    >>> quorum(present=120, at=six, **rule).missing
    40
    >>> quorum(present=120, at=six + datetime.timedelta(minutes=60), **rule).reached
    True
    """
    second_call_at = starts_at + second.wait
    call = 0 if at < starts_at else 1 if at < second_call_at or second.rule == NO_SECOND_CALL else 2
    needed = second.needed(register) if call == 2 else first_call(register, share)
    return Quorum(register, present, needed, call, second_call_at)
