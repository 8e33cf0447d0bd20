"""Wrong tries: counted before the secret is looked at, in one statement each, so that none is lost among many at once.

The slow look at the secret itself happens between these acts, outside of every transaction.
"""

from __future__ import annotations

import datetime

from django.db import connection, transaction

from coop.refusals import refuse_if

from ..guess import Guess
from ..models import Guesses
from ..rules import obstacles_to_guessing, too_many_tries
from ..waiting import ADDRESS_WINDOW, FORGOTTEN_AFTER, FREE_TRIES, WAITS

COUNT = """
INSERT INTO keys_guesses AS held (bucket, wrong, since, last_at) VALUES (%s, 1, %s, %s)
ON CONFLICT (bucket) DO UPDATE SET wrong = held.wrong + 1, last_at = greatest(held.last_at, excluded.last_at)
WHERE held.wrong < %s OR held.last_at + (%s::interval[])[least(held.wrong, %s)] <= excluded.last_at
"""
COUNT_IN_WINDOW = """
INSERT INTO keys_guesses AS held (bucket, wrong, since, last_at) VALUES (%s, 1, %s, %s)
ON CONFLICT (bucket) DO UPDATE SET
    wrong = CASE WHEN held.since <= %s THEN 1 ELSE held.wrong + 1 END,
    since = CASE WHEN held.since <= %s THEN excluded.since ELSE held.since END,
    last_at = greatest(held.last_at, excluded.last_at)
"""


@transaction.atomic
def begin_guess(*, by: Guess, at: datetime.datetime) -> None:
    """The try counts as wrong until `guessed_right` says otherwise. Refused: the door waits."""
    refuse_if(obstacles_to_guessing(by, at=at))
    if by.bucket and not _count(by.bucket, at):  # others were faster, and theirs was the last try for now
        refuse_if(obstacles_to_guessing(by, at=at) or [too_many_tries(by, WAITS[FREE_TRIES - 1])])


def _count(bucket: str, at: datetime.datetime) -> bool:
    """One more, unless the bucket waits. One statement decides: reading first and writing after is a race."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [bucket, at, at, FREE_TRIES, WAITS, len(WAITS)])
        return cursor.rowcount == 1


@transaction.atomic
def guessed_right(*, by: Guess, at: datetime.datetime) -> None:
    Guesses.objects.filter(bucket=by.bucket).delete()


@transaction.atomic
def guessed_wrong(*, by: Guess, at: datetime.datetime) -> None:
    """It is counted already; here the address is told, so that nobody tries one secret on every number."""
    if by.address_bucket:
        over = at - ADDRESS_WINDOW
        with connection.cursor() as cursor:
            cursor.execute(COUNT_IN_WINDOW, [by.address_bucket, at, at, over, over])


@transaction.atomic
def forget_guesses(*, by: object, at: datetime.datetime) -> None:
    """What was wrong long ago is no sign of anything."""
    Guesses.objects.filter(last_at__lte=at - FORGOTTEN_AFTER).delete()
