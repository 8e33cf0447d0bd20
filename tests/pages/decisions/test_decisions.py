"""The register of decisions and its sheets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def lou(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.lou)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def decided(plant: make.Plant, many: int = 1, choice: str = "for") -> list[Decision]:
    """Motions 1 to `many`, voted one after the other in one assembly; Ana alone votes."""
    motions = [make.supported_motion(plant, title=f"Motion {number}") for number in range(1, many + 1)]
    meeting = make.meeting_in_session(plant, motions=motions)
    found = []
    for number in range(2, many + 2):
        item = meeting.items.get(number=number)
        ballot = meetings.open_vote(item=item, by=plant.bo, at=make.now()).ballot
        make.cast(ballot, plant.ana, choice)
        found.append(meetings.close_vote(item=item, by=plant.bo, at=make.now()))
    return found


# --- The register ---------------------------------------------------------------------------------------------------


def test_an_empty_register_teaches(lou: Client) -> None:
    assert "No decisions yet" in words(lou.get("/bakery/decisions/"))


def test_newest_first_with_number_and_outcome_in_words(lou: Client, plant: make.Plant) -> None:
    first, second = decided(plant, 2)
    answer = lou.get("/bakery/decisions/")
    assert [(one.headline, one.word, one.shape) for one in answer.context["lines"]] == [
        ("Motion 2", "carried, in force", "yes"),
        ("Motion 1", "carried, in force", "yes"),
    ]
    page = words(answer)
    assert (first.label, second.label) == (f"D GA {first.year}-1", f"D GA {first.year}-2")
    assert first.label in page
    assert "carried" in page
    assert f'href="/bakery/decisions/{first.pk}/"' in answer.content.decode()


def test_what_is_being_voted_stands_apart_and_what_is_annulled_not_at_all(
    lou: Client, plant: make.Plant
) -> None:
    pending = make.open_vote(plant)
    answer = lou.get("/bakery/decisions/")
    assert (answer.context["pending"], answer.context["lines"]) == ([pending], [])
    assert f'href="/bakery/ballots/{pending.ballot_id}/"' in answer.content.decode()
    decisions.void(decision=pending, because="Misread.", by=plant.bo.actor, at=make.now())
    answer = lou.get("/bakery/decisions/")
    assert (answer.context["pending"], answer.context["lines"]) == ([], [])


def test_another_cooperatives_decisions_are_not_there(lou: Client) -> None:
    (foreign,) = decided(make.plant("quarry"))
    assert lou.get("/bakery/decisions/").context["lines"] == []
    assert lou.get(f"/bakery/decisions/{foreign.pk}/").status_code == 404
    assert lou.get(f"/quarry/decisions/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["", "1/"])
def test_only_looking_is_known(lou: Client, address: str) -> None:
    for method in ("post", "put", "delete"):
        assert getattr(lou, method)(f"/bakery/decisions/{address}").status_code == 405


def test_the_register_asks_as_much_for_one_as_for_thirty_and_is_paged(client: Client) -> None:
    asked = set()
    for slug, many in (("few", 1), ("many", 31)):
        plant = make.plant(slug)
        decided(plant, many)
        make.sign_in(client, plant.lou)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"/{slug}/decisions/")
        asked.add(len(seen))
        assert len(answer.context["lines"]) == min(many, 30)
    assert asked == {9}
    assert [one.headline for one in client.get("/many/decisions/?page=2").context["lines"]] == ["Motion 1"]


# --- One decision ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "outcome", "sentence"),
    [
        ("for", "Carried", "Carried: 1 for, 1 were needed"),
        ("against", "Not carried", "Not carried: 0 for, 1 were needed"),
    ],
)
def test_a_sheet_says_text_outcome_count_and_where_it_comes_from(
    lou: Client, plant: make.Plant, choice: str, outcome: str, sentence: str
) -> None:
    (decision,) = decided(plant, choice=choice)
    item = AgendaItem.objects.get(decision=decision)
    answer = lou.get(f"/bakery/decisions/{decision.pk}/")
    page, html = words(answer), answer.content.decode()
    assert answer.context["title"] == "Motion 1"
    assert [clause.text for clause in answer.context["clauses"]] == [
        "On Mondays the canteen serves ninety lunches.",
        "Pupils enter by the east gate.",
    ]
    assert f"Decision {decision.label}" in page
    assert outcome in page
    assert sentence in page
    assert decision.text_hash in page
    for address in (
        f"/bakery/proposals/{decision.proposal_id}/",
        f"/bakery/ballots/{decision.ballot_id}/result/",
        f"/bakery/meetings/{item.meeting_id}/",
        f"/bakery/meetings/{item.meeting_id}/minutes/",
    ):
        assert f'href="{address}"' in html
    assert f'href="/bakery/decisions/{decision.pk}/printed/"' in html


def test_before_the_count_a_sheet_says_that_it_is_being_voted(lou: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.ana, "against")
    answer = lou.get(f"/bakery/decisions/{decision.pk}/")
    assert "It is being voted; there is no decision yet." in words(answer)
    assert "result__" not in answer.content.decode()


def test_an_annulled_vote_says_why(lou: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    decisions.void(decision=decision, because="The text was misread.", by=plant.bo.actor, at=make.now())
    page = words(lou.get(f"/bakery/decisions/{decision.pk}/"))
    assert "Not decided" in page
    assert "The reason: The text was misread." in page
