"""How often a secret may be guessed, and how long the door waits then. Pure.

A PIN has six digits: a million ways. What is allowed here comes to fewer than four hundred wrong tries a year on one
member from outside, and nobody is ever shut out on a device that is known.
"""

import datetime
from itertools import takewhile

FREE_TRIES = 5  # people mistype; whoever is wrong five times in a row has forgotten it, or is somebody else
FIRST_WAIT = datetime.timedelta(minutes=15)
LONGEST_WAIT = datetime.timedelta(days=1)  # longer would serve whoever wants to shut somebody out
FORGOTTEN_AFTER = datetime.timedelta(days=7)  # after the last wrong try; must be longer than the longest wait

# One address is a whole plant: of three hundred who sign in within ten minutes, one in five may be wrong once.
# Only wrong tries count, and known devices are not asked.
ADDRESS_TRIES = 60
ADDRESS_WINDOW = datetime.timedelta(minutes=10)


def wait_after(wrong: int) -> datetime.timedelta:
    """How long after the last of `wrong` wrong tries nothing more is tried: from the fifth on, twice as long each time.

    >>> wait_after(4)
    datetime.timedelta(0)
    >>> wait_after(5), wait_after(6)
    (datetime.timedelta(seconds=900), datetime.timedelta(seconds=1800))
    >>> wait_after(10_000)
    datetime.timedelta(days=1)
    """
    doublings = min(wrong - FREE_TRIES, 20)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT) if doublings >= 0 else datetime.timedelta()


# The wait after the first, second, third … wrong try, until it grows no more.
WAITS = [*takewhile(lambda wait: wait < LONGEST_WAIT, map(wait_after, range(1, 100))), LONGEST_WAIT]
