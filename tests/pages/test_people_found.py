"""Naming somebody by number or by name: tellers, trustees, witnesses, candidates. No script is needed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots import actions as ballots
from coop.ballots.models import Option, Teller, Trustee
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    for number, name in ((40, "Óscar Peña"), (41, "Óscar Peralta"), (42, "Rosa Ñandú")):
        make.member(plant.cooperative, number, name)
    return plant


@pytest.fixture
def hal(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.hal)


def test_a_name_is_found_shown_and_only_then_chosen(hal: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=("paper",))
    there = f"/bakery/ballots/{ballot.pk}/tellers/"
    answer = hal.post(there, {"numbers": "oscar pe"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="oscar pe"' in page
    assert 'name="numbers-is" value="40"' in page
    assert "Óscar Peralta, No. 41" in page
    assert not Teller.objects.exists()
    only = hal.post(there, {"numbers": "ÑANDU"})  # one alone is shown as well: a name is no signature
    assert "Is it this person? Choose." in only.content.decode()
    assert (
        hal.post(there, {"numbers": "oscar pe", "numbers-is": "42"}).status_code == 422
    )  # not among the found
    assert hal.post(there, {"numbers": "oscar pe", "numbers-is": "41"}).status_code == 302
    assert hal.post(there, {"numbers": "40 42"}).status_code == 302
    assert set(Teller.objects.values_list("member__number", flat=True)) == {40, 41, 42}
    assert "Nobody here is called so" in hal.post(there, {"numbers": "zzz"}).content.decode()


def test_trustees_by_number_and_by_name_on_one_sheet(hal: Client, plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, secrecy="secret")
    there = f"/bakery/ballots/{ballot.pk}/key/"
    typed = {"first": "40", "second": "peralta", "third": "Rosa"}
    page = hal.post(there, typed).content.decode()
    assert 'name="second-is" value="41"' in page
    assert 'name="third-is" value="42"' in page
    assert 'name="first-is"' not in page
    assert hal.post(there, typed | {"second-is": "41", "third-is": "42"}).status_code == 302
    assert list(Trustee.objects.order_by("place").values_list("member__number", flat=True)) == [40, 41, 42]


def test_a_witness_by_name(hal: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant)
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    told = {"seed": "4 2 6", "how": "Dice.", "witness_1": "peña", "witness_2": "42"}
    there = f"/bakery/ballots/{ballot.pk}/lot/"
    assert 'name="witness_1-is" value="40"' in hal.post(there, told).content.decode()
    assert hal.post(there, told | {"witness_1-is": "40"}).status_code == 302


def test_a_candidate_is_found_and_put_on_the_paper(hal: Client, plant: make.Plant) -> None:
    there = "/bakery/votes/draw-up/"
    typed = {
        "questions": "1",
        "title": "Gate",
        "q1-wording": "Who?",
        "q1-method": "stv",
        "q1-choices": "42",
        "q1-find": "oscar",
    }
    answer = hal.post(there, typed | {"find": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="put" value="q1-40 Óscar Peña"' in page
    assert "field__error" not in page
    page = hal.post(there, typed | {"put": "q1-40 Óscar Peña"}).content.decode()
    assert "42\n40 Óscar Peña</textarea>" in page
    assert 'name="title" value="Gate"' in page
    assert "Nobody found." in hal.post(there, typed | {"q1-find": "zzz", "find": "1"}).content.decode()
    for odd in ("q1-", "q9-40 Óscar Peña", "40", "q1-40\n41", "\N{REPLACEMENT CHARACTER}"):
        assert hal.post(there, typed | {"put": odd}).status_code == 200, odd
    whole = typed | {
        "q1-choices": "42\n40 óscar  peña\n41 chairs for the canteen",
        "body": plant.assembly.code,
        "register": "new",
        "text": "The gate.",
        "matter": "ordinary",
        "secrecy": "secret",
        "channels": ["paper"],
        "closes_at": (make.now() + make.days(30)).strftime("%Y-%m-%dT%H:%M"),
    }
    refused = hal.post(there, whole)
    assert (
        refused.status_code == 409
    )  # a number with other words behind it is no person, and people and things do not mix
    whole["q1-choices"] = "42\n40 óscar  peña"
    assert hal.post(there, whole).status_code == 302
    people = Option.objects.filter(member__isnull=False).values_list("label", "member__number")
    assert set(people) == {("Rosa Ñandú", 42), ("Óscar Peña", 40)}


def test_looking_asks_as_much_for_one_as_for_twelve(hal: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=("paper",))
    for number in range(50, 70):
        make.member(plant.cooperative, number, f"Worker {number}")
    asked = []
    for words in ("Rosa", "Worker"):
        with CaptureQueriesContext(connection) as seen:
            page = hal.post(f"/bakery/ballots/{ballot.pk}/tellers/", {"numbers": words}).content.decode()
        asked.append((len(seen), page.count('type="radio"')))
    assert [shown for _queries, shown in asked] == [1, 12]
    assert asked[0][0] == asked[1][0]
    assert "Many people are called so" in page
