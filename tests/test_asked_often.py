"""Questions whose SQL is kept: the same rows as the queryset, another answer for other values, none kept."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Q

from coop.asked_often import Often, given, known_already
from coop.ballots.models import Ballot, Question, RollEntry
from coop.members.models import Member
from tests import make

MINE = Often(
    lambda: (
        RollEntry.objects.filter(ballot_id=given("ballot"), member_id=given("member"))
        .select_related("ballot__register", "member__account")
        .defer("ballot__text")
    )
)
NAMES = Often(lambda: Member.objects.filter(number__lte=given("most")).values_list("number", "name"))
TURNOUT = Often(
    lambda: (
        RollEntry.objects.filter(ballot_id=given("ballot"))
        .values("ballot_id")
        .annotate(cast=Count("pk", filter=Q(channel__isnull=False)))
    )
)


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def test_the_rows_are_those_of_the_queryset(plant: make.Plant, django_assert_num_queries: Any) -> None:
    ballot = make.open_vote(plant).ballot
    for who in (plant.eve, plant.bo):
        plain = RollEntry.of(who).get(ballot=ballot)
        with django_assert_num_queries(1):
            found = MINE.all(ballot=ballot.pk, member=who.pk)
            assert [found[0].ballot.register.closes_on, found[0].member.name] == [
                plain.ballot.register.closes_on,
                who.name,
            ]
        assert found == [plain]
        assert found[0].get_deferred_fields() == plain.get_deferred_fields()
        assert found[0].ballot.get_deferred_fields() == {"text"}


TWICE = Often(
    lambda: Member.objects.filter(
        Q(number=given("number")) | Q(cooperative__town=given("number_in_words")),
        Q(name__contains="100%") | Q(number__lte=given("number")),
        Q(number=1) | Q(pk=1) | ~Q(number=given("number")),
    )
)


def test_a_value_that_comes_in_twice_is_sent_once(plant: make.Plant) -> None:
    """What is the same for everybody stands where it stood, even if it is the same number twice."""
    question = TWICE.put_together
    given_names = [getattr(place, "value", place) for place in question.places]
    assert sorted(map(str, given_names)) == sorted(["number", "number_in_words", "%100\\%%", "1", "1"])
    assert "%s" not in question.words
    assert TWICE.all(number=3, number_in_words="Nowhere") == []
    assert [one.name for one in TWICE.all(number=1, number_in_words="Nowhere")] == [plant.ana.name]


def test_a_question_of_more_values_than_there_are_letters(plant: make.Plant) -> None:
    found = Often(lambda: Member.objects.filter(~Q(number=given("none")), number__in=range(200, 0, -1)))
    assert len(found.put_together.places) == 201
    assert [one.number for one in found.all(none=3)] == [
        one.number for one in Member.objects.filter(number__lte=200).exclude(number=3)
    ]


def test_what_an_answer_says_is_short_and_another_when_anything_in_it_is(plant: make.Plant) -> None:
    def said() -> bytes:
        return NAMES.answer(most=3).said

    before = said()
    assert (said(), len(before)) == (before, 32)
    Member.objects.filter(number=3).update(name="Cy Ñandú")
    assert said() != before
    assert NAMES.answer(most=2).said not in (before, said())


def test_an_answer_is_never_kept(plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    assert TURNOUT.first(ballot=ballot.pk) == {"ballot_id": ballot.pk, "cast": 0}
    make.cast(ballot, plant.eve, "for")
    assert TURNOUT.first(ballot=ballot.pk) == {"ballot_id": ballot.pk, "cast": 1}
    assert TURNOUT.first(ballot=ballot.pk + 1) is None


def test_tuples_come_in_the_order_of_the_queryset(plant: make.Plant) -> None:
    most = plant.eve.number
    plain = list(Member.objects.filter(number__lte=most).values_list("number", "name"))
    assert plain
    assert NAMES.all(most=most) == plain
    assert NAMES.all(most=0) == []


def test_a_value_that_is_missing_is_an_error_and_not_another_answer(plant: make.Plant) -> None:
    with pytest.raises(KeyError):
        MINE.all(ballot=1)


@pytest.mark.usefixtures("committed_db")
def test_every_thread_asks_over_its_own_connection() -> None:
    plant = make.plant()
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append((connection.connection, NAMES.all(most=plant.eve.number)))
        finally:
            connection.close()

    here = NAMES.all(most=plant.eve.number)
    for thread in [threading.Thread(target=ask) for _one in range(3)]:
        thread.start()
        thread.join()
    assert [rows for _connection, rows in found] == [here] * 3


def test_what_is_known_already_is_not_asked_for(plant: make.Plant, django_assert_num_queries: Any) -> None:
    ballot: Ballot = make.open_vote(plant).ballot
    question: Question = ballot.questions.get()
    options = list(question.options.all())
    known_already(question, "options", options[:2])
    with django_assert_num_queries(0):
        assert list(question.options.all()) == options[:2]
