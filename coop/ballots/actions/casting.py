"""Casting. The one act that must be fast: one transaction, no queue, and the answer goes out after the commit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..models import Ballot, NamedVote, RollEntry
from ..models.ballots import Channel
from ..printed import questions_on
from ..rules.answers import obstacles_in_answers
from ..rules.casting import obstacles_in_form, obstacles_to_casting, obstacles_to_naming

# What every vote asks and writes, as plain SQL. Of the ballot what the rules read; its long text stays where it is.
# In the order of the model: so `from_db` wants them.
READ = (
    *("id", "register_id", "secrecy", "channels", "needs_presence"),
    *("state", "closes_at", "opened_at", "parts_over"),
)
HELD = f"SELECT {', '.join(READ)} FROM ballots_ballot WHERE id = %s FOR SHARE"  # noqa: S608 names of columns
KEEP = (
    "INSERT INTO ballots_namedvote (entry_id, question_id, answer, form, cast_at) VALUES (%s, %s, %s, %s, %s)"
)
MARK = "UPDATE ballots_rollentry SET channel = %s WHERE id = %s AND channel IS NULL"


@dataclass(frozen=True)
class Receipt:
    """What the voter holds afterwards: which ballot, when, and the number of the paper."""

    ballot: int
    form: str
    cast_at: datetime.datetime


@transaction.atomic
def cast(
    *, ballot: Ballot, answers: Mapping[int, str], form: str, by: Member, at: datetime.datetime
) -> Receipt:
    """Takes one paper of an open vote: question number -> answer, in the notation of `counting.papers`.

    `FOR SHARE` lets everybody cast at once and makes closing wait; the roll row, filled only while it is empty,
    decides who was first. The same paper sent twice gives the same receipt. Refused: see `rules`.
    """
    refuse_if(obstacles_in_form(form))
    # Without the share lock a vote could pass the check, wait, and enter after the count: tests/races has the control.
    locked = _held(ballot)
    entry = RollEntry.on(locked, by)
    if entry is not None and (again := _same_paper(entry, form, answers)):
        return again
    refuse_if(obstacles_to_naming(locked) + obstacles_to_casting(locked, entry, at))
    questions = questions_on(locked)
    refuse_if(obstacles_in_answers({number: asked for number, (_key, asked) in questions.items()}, answers))
    assert entry is not None  # obstacles_to_casting has refused everybody else
    if not _mark(entry):  # another request of the same person was faster
        entry.refresh_from_db()
        if again := _same_paper(entry, form, answers):
            return again
        refuse_if(obstacles_to_casting(locked, entry, at))
    try:
        _keep([(entry.pk, questions[number][0], answer, form, at) for number, answer in answers.items()])
    except IntegrityError as error:
        if not _number_taken(error):
            raise
        raise Refused([Reason("form-number-taken")]) from None
    return Receipt(locked.pk, form, at)


def _held(ballot: Ballot) -> Ballot:
    """As `QuerySet.raw` reads it; but that asks psycopg for the type of each column besides."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [ballot.pk])
        return Ballot.from_db(connection.alias, READ, cursor.fetchone())


def _mark(entry: RollEntry) -> bool:
    """Fills the line of the roll while it is empty. One UPDATE decides: asking first and writing after is a race."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, [Channel.PHONE.value, entry.pk])
        return cursor.rowcount == 1


def _keep(votes: Iterable[tuple[int, int, str, str, datetime.datetime]]) -> None:
    """One line for each question: entry, question, answer, number of the paper, when."""
    with connection.cursor() as cursor:
        for vote in votes:
            cursor.execute(KEEP, vote)


def _number_taken(error: IntegrityError) -> bool:
    """Whether somebody else's paper has this number: two people must not hold one receipt."""
    said = getattr(error.__cause__, "diag", None)
    return said is not None and (said.sqlstate, said.constraint_name) == ("23505", "paper_number_once")


def _same_paper(entry: RollEntry, form: str, answers: Mapping[int, str]) -> Receipt | None:
    """The receipt of this very paper, when it lies in the box already with the same answers."""
    if entry.channel is None:
        return None
    votes = NamedVote.objects.filter(entry=entry, form=form).select_related("question")
    found = {vote.question.number: vote.answer for vote in votes}
    if not found or found != dict(answers):
        return None
    return Receipt(entry.ballot_id, form, votes[0].cast_at)
