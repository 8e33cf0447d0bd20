"""What may serve as a secret: 6 to 12 digits that are not everybody's first guess, or a long phrase. Pure."""

import datetime
from itertools import pairwise, permutations

from coop.refusals import Reason

SHORTEST_PIN, LONGEST_PIN = 6, 12
SHORTEST_PHRASE, LONGEST_PHRASE = (
    12,
    200,
)  # longer ones would only feed the hash (no denial of service by length)


def obstacles_to_secret(secret: str, *, number: int, born: datetime.date | None = None) -> list[Reason]:
    """Why `secret` will not do for the member with that number, born on that day if the register knows it.

    >>> obstacles_to_secret("123456", number=7)[0].code
    'secret-easy-to-guess'
    >>> obstacles_to_secret("582047", number=7)
    []
    >>> obstacles_to_secret("010390", number=7, born=datetime.date(1990, 3, 1))[0].code
    'secret-easy-to-guess'
    >>> obstacles_to_secret("short", number=7)[0].code
    'secret-too-short'
    """
    if len(secret) > LONGEST_PHRASE:
        return [Reason("secret-too-long", {"most": LONGEST_PHRASE})]
    if not (secret.isascii() and secret.isdigit()):
        if len(secret.strip()) < SHORTEST_PHRASE or len(set(secret)) < 5:
            return [Reason("secret-too-short", {"digits": SHORTEST_PIN, "letters": SHORTEST_PHRASE})]
        return [Reason("secret-easy-to-guess")] if _one_word_again_and_again(secret) else []
    if not SHORTEST_PIN <= len(secret) <= LONGEST_PIN:
        return [Reason("secret-too-short", {"digits": SHORTEST_PIN, "letters": SHORTEST_PHRASE})]
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(secret)}
    repeats = any(secret == secret[:size] * (len(secret) // size) for size in range(1, len(secret) // 2 + 1))
    if len(steps) == 1 or repeats or int(secret) == number or secret in _written(born):
        return [Reason("secret-easy-to-guess")]
    return []


def _written(born: datetime.date | None) -> set[str]:
    """The ways to write a birth date in digits: day, month and year in any order, with or without the century.

    So are the year and one of the other two, where that makes a PIN: 197001, 011970.
    """
    if born is None:
        return set()
    return {
        "".join(parts[:size])
        for year in (f"{born:%Y}", f"{born:%y}")
        for parts in permutations((f"{born:%d}", f"{born:%m}", year))
        for size in (2, 3)
    }


def _one_word_again_and_again(phrase: str) -> bool:
    """Whatever stands between, and however it is capitalised; a piece that would do as a phrase itself may repeat."""
    letters = "".join(sign for sign in phrase.casefold() if sign.isalnum())
    return any(
        letters == letters[:size] * (len(letters) // size)
        for size in range(1, min(SHORTEST_PHRASE, len(letters) // 2 + 1))
    )
