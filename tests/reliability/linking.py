"""Somebody with all rights over the database guesses whose envelope is whose, from where and when rows lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of each row: who or what, the number of the transaction that wrote it, and its place; in the order of a dump.
VOTERS = (
    "SELECT member_id, xmin::text::bigint, ctid::text FROM ballots_rollentry"
    " WHERE ballot_id = %s AND channel = 'phone'"
)
ENVELOPES = "SELECT encode(tracker, 'hex'), xmin::text::bigint, ctid::text FROM {table} WHERE ballot_id = %s"
# However many voted, one guess is right by chance (a shuffled order leaves one in its place); thirteen or more are so
# less than once in a thousand million times.
BY_CHANCE = 13


def guesses_right(connection: Any, ballot: int, truth: Mapping[int, str], *, closed: bool) -> dict[str, int]:
    """How many guesses of each kind are right. `truth`: member -> tracker in hexadecimal digits."""
    table = "ballots_finalenvelope" if closed else "ballots_envelope"
    voters = connection.execute(VOTERS, [ballot]).fetchall()
    envelopes = connection.execute(ENVELOPES.format(table=table), [ballot]).fetchall()
    assert len(voters) == len(envelopes) == len(truth), (len(voters), len(envelopes), len(truth))
    by_number: dict[int, list[str]] = {}
    for tracker, number, _place in envelopes:
        by_number.setdefault(number, []).append(tracker)
    guesses = {
        "same transaction": {member: by_number.get(number, [""])[0] for member, number, _place in voters},
        "nearest transaction": {
            member: min(envelopes, key=lambda one: abs(one[1] - number))[0]
            for member, number, _place in voters
        },
        "same rank of places": _paired(sorted(voters, key=where), sorted(envelopes, key=where)),
        "same rank in a dump": _paired(voters, envelopes),
        "same rank of transactions": _paired(sorted(voters, key=when), sorted(envelopes, key=when)),
        "rank of names against trackers": _paired(sorted(voters), sorted(envelopes)),
    }
    return {
        how: sum(truth[member] == tracker for member, tracker in guess.items())
        for how, guess in guesses.items()
    }


def _paired(voters: list[Any], envelopes: list[Any]) -> dict[int, str]:
    return {voter[0]: envelope[0] for voter, envelope in zip(voters, envelopes, strict=True)}


def where(row: tuple[Any, int, str]) -> tuple[int, ...]:
    return tuple(map(int, row[2].strip("()").split(",")))


def when(row: tuple[Any, int, str]) -> int:
    return row[1]
