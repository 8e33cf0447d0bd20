"""What PostgreSQL itself refuses about a vote, to the application's own role and past every rule of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ballot(plant: make.Plant) -> Ballot:
    """Open; Ana and Bo have voted."""
    ballot = make.open_vote(plant).ballot
    make.cast(ballot, plant.ana, "for")
    make.cast(ballot, plant.bo, "against")
    return ballot


@pytest.fixture
def sql() -> Iterator[object]:
    def run(statement: str, *values: object) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount

    return run  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("ballots_namedvote", "UPDATE {} SET form = 'x'"),
        ("ballots_namedvote", "DELETE FROM {}"),
        ("ballots_option", "UPDATE {} SET code = 'for'"),
        ("ballots_question", "UPDATE {} SET wording = 'Other words?'"),
        ("ballots_register", "UPDATE {} SET size = 1"),
        ("ballots_registerentry", "DELETE FROM {}"),
        ("ballots_rollentry", "DELETE FROM {}"),
        ("ballots_ballot", "DELETE FROM {}"),
        ("ballots_tally", "UPDATE {} SET outcome = 'carried'"),
        ("ballots_tallyline", "UPDATE {} SET votes = votes + 1"),
        ("proposals_support", "DELETE FROM {}"),
        ("proposals_clause", "UPDATE {} SET text = 'Other words.'"),
        ("proposals_proposal", "UPDATE {} SET title = 'Other words'"),
        ("decisions_decision", "UPDATE {} SET text = 'Other words.'"),
        ("meetings_agendaitem", "UPDATE {} SET title = 'Another matter'"),
        ("meetings_attendance", "DELETE FROM {}"),
        ("members_mandate", "DELETE FROM {}"),
        ("members_standing", "DELETE FROM {}"),
        ("charter_bylaws", "UPDATE {} SET quorum_first = '1/3'"),
        ("journal_entry", "UPDATE {} SET verb = 'nothing'"),
    ],
)
def test_the_record_cannot_be_changed_or_deleted(
    plant: make.Plant, ballot: Ballot, sql: object, table: str, statement: str
) -> None:
    item = AgendaItem.objects.get(decision__ballot=ballot)
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    with pytest.raises((IntegrityError, ProgrammingError)):
        sql(statement.format(table))  # type: ignore[operator]


def test_a_vote_cannot_enter_past_the_rules_after_closing(plant: make.Plant, ballot: Ballot) -> None:
    meetings.close_vote(item=AgendaItem.objects.get(decision__ballot=ballot), by=plant.bo, at=make.now())
    entry = RollEntry.objects.get(ballot=ballot, member=plant.eve)
    question = ballot.questions.get()
    with pytest.raises(IntegrityError, match="no named vote enters"), transaction.atomic():
        NamedVote.objects.create(
            entry=entry,
            question=question,
            option=question.options.get(code="for"),
            form="x",
            cast_at=make.now(),
        )


@pytest.mark.parametrize("back", ["draft", "counted"])
def test_a_ballot_never_goes_back_or_skips(ballot: Ballot, sql: object, back: str) -> None:
    with pytest.raises(IntegrityError, match="a ballot never goes from open"):
        sql("UPDATE ballots_ballot SET state = %s WHERE id = %s", back, ballot.pk)  # type: ignore[operator]


@pytest.mark.parametrize("column", ["majority", "base", "text", "text_hash", "title", "tie_rule", "secrecy"])
def test_what_an_open_ballot_was_opened_with_stays(ballot: Ballot, sql: object, column: str) -> None:
    with pytest.raises(IntegrityError, match=f"{column} of an opened ballot never changes"):
        sql(f"UPDATE ballots_ballot SET {column} = 'x' WHERE id = %s", ballot.pk)  # type: ignore[operator]


def test_nobody_is_added_to_the_roll_of_an_open_ballot(plant: make.Plant, ballot: Ballot) -> None:
    with pytest.raises(IntegrityError, match="nobody is added"), transaction.atomic():
        RollEntry.objects.create(ballot=ballot, member=plant.max, present=True)


def test_a_marked_line_of_the_roll_stays_marked(plant: make.Plant, ballot: Ballot, sql: object) -> None:
    entry = RollEntry.objects.get(ballot=ballot, member=plant.ana)
    with pytest.raises(IntegrityError, match="marked once"):
        sql("UPDATE ballots_rollentry SET channel = NULL WHERE id = %s", entry.pk)  # type: ignore[operator]


def test_one_answer_per_question_even_past_the_roll(plant: make.Plant, ballot: Ballot) -> None:
    entry = RollEntry.objects.get(ballot=ballot, member=plant.ana)
    question = ballot.questions.get()
    with pytest.raises(IntegrityError, match="one_answer_per_question"), transaction.atomic():
        NamedVote.objects.create(
            entry=entry,
            question=question,
            option=question.options.get(code="for"),
            form="y",
            cast_at=make.now(),
        )
