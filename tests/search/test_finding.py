"""Words are found in all that is written and decided, by whoever may read it, in an order that has reasons."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection

from coop.charter.models import Cooperative
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Minutes
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.amending import Insert, Words
from coop.search.finding import Asked, page, queries, words_found
from coop.search.marking import like
from coop.search.sources import KINDS
from coop.search.words import terms
from tests import make

pytestmark = pytest.mark.django_db

ENERGY = "La energía de los hornos se paga en común."
TABLE = "Las asambleas de los años pares votan la mesa."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def spanish(plant: make.Plant) -> make.Plant:
    Cooperative.objects.filter(pk=plant.cooperative.pk).update(language="es")
    plant.cooperative.refresh_from_db()
    return plant


def found(
    plant: make.Plant, typed: str, *, reader: Member | None = None, **more: Any
) -> list[tuple[str, int, int]]:
    asked_for = terms(typed)
    asked = Asked(
        cooperative=plant.cooperative,
        reader=reader or plant.lou,
        terms=asked_for,
        queries=queries(plant.cooperative, asked_for),
        **more,
    )
    return [tuple(hit) for hit in page(asked, size=50, number=1)[0]]


def circulated(plant: make.Plant, words: str) -> Minutes:
    meeting = make.meeting_in_session(plant, motions=[])
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    item = AgendaItem.objects.get(meeting=meeting, kind="report")
    meetings.write_note(item=item, text=words, revision=0, by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    return meetings.close_minutes(meeting=meeting, by=plant.ana, at=make.now())


@pytest.mark.parametrize(
    "typed",
    ["energia", "ENERGÍA", "energías", "energi", "energia horno", "paga común", '"hornos se paga"', "asamblea mesa",
     "asambleas", "ano par", "año", "votar", "de la energia", "rosas pan"],
)  # fmt: skip
def test_accents_endings_and_order_do_not_matter(spanish: make.Plant, typed: str) -> None:
    text = make.published_motion(spanish, title="Pan y rosas", clauses=[ENERGY, TABLE])
    assert [key for _kind, key, _place in found(spanish, typed)] == [text.pk], typed


@pytest.mark.parametrize(
    "typed", ["agua", "energia agua", '"se hornos"', '"paga hornos"', "nergia", "mes par x"]
)
def test_what_is_not_there_is_not_found(spanish: make.Plant, typed: str) -> None:
    make.published_motion(spanish, title="Pan y rosas", clauses=[ENERGY, TABLE])
    assert found(spanish, typed) == [], typed


@pytest.mark.parametrize(
    ("language", "words", "typed"),
    [("en", "The councils are voting.", "council vote"), ("es", "Las votaciones.", "votación"),
     ("pt-br", "As reuniões do conselho.", "reunião conselhos"), ("fi", "Kokoukset.", "kokou")],
)  # fmt: skip
def test_endings_are_those_of_the_language_of_the_house(
    plant: make.Plant, language: str, words: str, typed: str
) -> None:
    text = make.published_motion(plant, title="A", clauses=[words])
    Cooperative.objects.filter(pk=plant.cooperative.pk).update(language=language)
    plant.cooperative.refresh_from_db()
    assert [key for _kind, key, _place in found(plant, typed)] == [text.pk]


def test_the_title_comes_before_the_passage_and_the_passage_before_what_is_scattered(
    plant: make.Plant,
) -> None:
    long_ago, now = make.now() - make.days(9), make.now() - make.days(1)
    title = make.published_motion(plant, title="Bread for the school", clauses=["On Mondays."], at=long_ago)
    older = make.published_motion(plant, title="A", clauses=["Bread.", "The school gets bread."], at=long_ago)
    newer = make.published_motion(plant, title="B", clauses=["School: bread."], at=now)
    apart = make.published_motion(plant, title="C", clauses=["Bread.", "School."], at=now)
    make.published_motion(plant, title="D", clauses=["Bread."], at=now)
    assert [(key, place) for _kind, key, place in found(plant, "school bread")] == [
        (title.pk, 0),
        (newer.pk, 1),
        (older.pk, 1),
        (apart.pk, 2),
    ]


def test_every_kind_of_paper_is_found_and_can_be_asked_for_alone(plant: make.Plant) -> None:
    text = make.supported_motion(plant, clauses=["The quince tree stays.", "Pupils enter by the east gate."])
    amendment = proposals.submit(
        proposal=text, changes=[Words(2, "Pupils pass the quince tree.")], by=plant.eve, at=make.now()
    )
    decision = make.open_vote(plant, motions=[text])
    assert {kind for kind, _key, _place in found(plant, "quince")} == {"proposal", "amendment"}
    item = AgendaItem.objects.get(decision=decision)
    for who in (plant.ana, plant.bo, plant.cy):
        make.cast(decision.ballot, who)
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    minutes = circulated(plant, "The quince bears fruit.")
    assert set(found(plant, "quince")) == {
        ("proposal", text.pk, 1),
        ("amendment", amendment.pk, 1),
        ("decision", decision.pk, 1),
        ("minutes", minutes.pk, 1),
    }
    assert found(plant, "quince", kinds=("minutes",)) == [("minutes", minutes.pk, 1)]
    assert found(plant, "quince", body=plant.assembly, kinds=("decision", "proposal")) == [
        ("decision", decision.pk, 1)
    ]
    tomorrow = make.now() + datetime.timedelta(days=1)
    assert found(plant, "quince", since=tomorrow) == []
    assert found(plant, "quince", until=text.published_at) == []
    assert len(found(plant, "quince", since=text.published_at, until=tomorrow)) == 4


def test_a_draft_is_found_by_its_author_alone_and_another_house_finds_nothing(plant: make.Plant) -> None:
    draft = make.motion(plant, title="Quince")
    assert found(plant, "quince") == []
    assert found(plant, "quince", reader=plant.eve) == [("proposal", draft.pk, 0)]
    make.published_motion(plant, title="Quince again")
    other = make.plant(slug="mill")
    assert found(other, "quince") == []


def test_a_text_that_is_drawn_up_for_a_secret_vote_is_not_found_before_it_is_decided(
    plant: make.Plant,
) -> None:
    decision = make.open_vote(plant)
    assert decision.number is None
    assert [kind for kind, _key, _place in found(plant, "canteen")] == ["proposal"]


def test_what_was_said_on_a_closed_item_is_not_among_the_words() -> None:
    assert not any(
        table == "meetings_closedpart" for kind in KINDS.values() for table, *_rest in kind.passages
    )


def test_a_word_that_only_joins_others_is_asked_for_only_where_there_is_no_other(plant: make.Plant) -> None:
    text = make.published_motion(plant, title="A", clauses=["Bread of the day."])
    make.published_motion(plant, title="B", clauses=["Nothing."])
    assert [key for _kind, key, _place in found(plant, "the bread")] == [text.pk]
    assert [key for _kind, key, _place in found(plant, "bread with which")] == [text.pk]
    assert [key for _kind, key, _place in found(plant, "the of")] == [text.pk]


def test_a_very_long_text_is_published_and_its_words_are_found(plant: make.Plant) -> None:
    clauses = [" ".join(f"w{number}x{place}" for place in range(450)) + " quince" for number in range(200)]
    text = make.supported_motion(plant, title="Long", clauses=clauses)
    decision = make.open_vote(plant, motions=[text])
    for who in (plant.ana, plant.bo, plant.cy):
        make.cast(decision.ballot, who)
    meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    assert {kind for kind, _key, _place in found(plant, "w1x3 quince")} == {"proposal", "decision"}


def test_what_is_marked_is_what_was_found(spanish: make.Plant) -> None:
    text = "Las Votaciones, la votación y el voto de la noche: panadería, Pan, compañía."
    asked = terms("votación panaderia")
    written = like([text], asked)
    assert words_found(queries(spanish.cooperative, asked), written) == {
        "Votaciones",
        "votación",
        "panadería",
    }


def test_each_condition_over_words_has_its_index(plant: make.Plant) -> None:
    """Where sequential reading is forbidden PostgreSQL takes the index, or there is none that fits."""
    sources = [one for kind in KINDS.values() for one in (*kind.titles, *kind.passages)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for table, key, words in sources:
            cursor.execute(f"EXPLAIN SELECT {key} FROM {table} WHERE searchable({words}) @@ 'bread'::tsquery")
            told = " ".join(row[0] for row in cursor.fetchall())
            assert "Bitmap Index Scan" in told, (table, words, told)


def test_no_text_is_taken_apart_to_answer(plant: make.Plant) -> None:
    """What holds the words is read in their indexes, each checked by `Index Cond`, never by looking at the texts."""
    questions: list[tuple[str, Any]] = []

    def remembered(execute: Any, sql: str, values: Any, *how: Any) -> Any:
        questions.append((sql, values))
        return execute(sql, values, *how)

    with connection.execute_wrapper(remembered):
        found(plant, "bread")
    settings, question = questions[-2:]
    with connection.cursor() as cursor:
        cursor.execute(*settings)
        cursor.execute(f"EXPLAIN {question[0]}", question[1])
        told = [row[0] for row in cursor.fetchall()]
    assert not [line for line in told if "Filter" in line and "searchable" in line]
    assert sum("Index Cond: (searchable" in line for line in told) == sum(
        len(kind.titles) + len(kind.passages) for kind in KINDS.values()
    )


def test_inserted_clauses_are_words_of_their_amendment(plant: make.Plant) -> None:
    text = make.supported_motion(plant)
    made = proposals.submit(proposal=text, changes=[Insert(0, "Quinces first.")], by=plant.eve, at=make.now())
    assert found(plant, "quinces") == [("amendment", made.pk, 1)]
