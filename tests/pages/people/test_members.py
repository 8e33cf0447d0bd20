"""The register, one person's page, and handing out cards."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import AccessCard, Crew, Member, Standing
from coop.pages.access import Here
from coop.pages.people.members import _turns
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def signed_in(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def names(answer: Any) -> list[str]:
    return [person.name for person in answer.context["page"]]


def leave(plant: make.Plant, who: Member) -> None:
    actions.change_standing(
        member=who,
        kind="member",
        status=Standing.Status.LEFT,
        since=plant.cooperative.day_of(make.now()),
        reason="moved to the coast",
        by=make.FOUNDING,
        at=make.now(),
    )


# --- One person -----------------------------------------------------------------------------------------------------


def test_a_person_with_office_crew_and_shift(signed_in: Client, plant: make.Plant) -> None:
    answer = signed_in.get("/bakery/members/1/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Ana", "No. 1", "secretary", "Administrative council", "Ovens", "Crew A", "Shift now"):
        assert words in page
    assert [one.seat.office.title for one in answer.context["holds"]] == ["secretary"]


def test_the_shift_goes_round_with_the_rota(plant: make.Plant) -> None:
    """Anchor Monday 2 March 2020, 14 days, one step back each time; crew A begins with the morning."""
    day = lambda number: datetime.date(2026, 11, number)  # noqa: E731
    at = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)  # 175 turns after the anchor: an odd one
    crew = Crew.objects.get(cooperative=plant.cooperative, code="A")
    turns = _turns(Here(plant.cooperative, plant.eve, at, False), crew)
    assert [(turn.shift.code, turn.first, turn.last) for turn in turns] == [
        ("night", day(16), day(29)),
        ("morning", day(30), datetime.date(2026, 12, 13)),
    ]


def test_reasons_and_contact_are_for_the_keeper_the_auditor_and_the_person(plant: make.Plant) -> None:
    actions.change_standing(
        member=plant.fay,
        kind="member",
        status="suspended",
        since=datetime.date(2022, 1, 1),
        reason="a quarrel",
        by=make.FOUNDING,
        at=make.now(),
    )
    readers = {
        name: "a quarrel"
        in make.sign_in(Client(), plant.people[name]).get("/bakery/members/6/").content.decode()
        for name in ("eve", "ana", "cy", "dee", "fay")
    }
    assert readers == {"eve": False, "ana": False, "cy": True, "dee": True, "fay": True}


def test_a_person_costs_as_many_questions_with_a_long_history(
    signed_in: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        signed_in.get("/bakery/members/6/")
    for month in range(1, 13):
        actions.change_standing(
            member=plant.fay,
            kind="member",
            status="active" if month % 2 else "medical_leave",
            since=datetime.date(2023, month, 1),
            reason="",
            by=make.FOUNDING,
            at=make.now(),
        )
    with django_assert_num_queries(len(few)):
        signed_in.get("/bakery/members/6/")


# --- The card -------------------------------------------------------------------------------------------------------


def token_in(page: str) -> str:
    found = re.search(r"/bakery/enrol/([\w-]+)/", page)
    assert found
    return found[1]


def test_the_keeper_hands_out_a_card_that_is_shown_once(keeper: Client, plant: make.Plant) -> None:
    assert "Make a card" in keeper.get("/bakery/members/6/").content.decode()
    answer = keeper.post("/bakery/members/6/card/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<svg" in page
    assert "style=" not in page
    token = token_in(page)
    card = AccessCard.objects.get()
    assert (card.member, card.issued_by, card.token_hash) == (plant.fay, plant.cy, AccessCard.hash_of(token))
    assert token not in keeper.get("/bakery/members/6/").content.decode()
    assert Client().get(f"/bakery/enrol/{token}/").status_code == 200


def test_a_second_card_stops_the_first(keeper: Client, plant: make.Plant) -> None:
    first = token_in(keeper.post("/bakery/members/6/card/").content.decode())
    second = token_in(keeper.post("/bakery/members/6/card/").content.decode())
    assert Client().get(f"/bakery/enrol/{first}/").status_code == 404
    assert Client().get(f"/bakery/enrol/{second}/").status_code == 200


@pytest.mark.parametrize("name", ["eve", "ana", "bo", "dee", "fay"])
def test_nobody_else_hands_out_cards(plant: make.Plant, name: str) -> None:
    client = make.sign_in(Client(), plant.people[name])
    assert "Make a card" not in client.get("/bakery/members/6/").content.decode()
    answer = client.post("/bakery/members/6/card/")
    assert answer.status_code == 409
    assert "No office you hold now allows this: keep the register" in answer.content.decode()
    assert not AccessCard.objects.exists()


def test_nobody_resets_their_own_secret(keeper: Client, plant: make.Plant) -> None:
    assert (
        "Somebody else must hand out a new card for you" in keeper.get("/bakery/members/3/").content.decode()
    )
    assert keeper.post("/bakery/members/3/card/").status_code == 409
    assert not AccessCard.objects.exists()


def test_a_reset_takes_a_second_office_holder(signed_in: Client, keeper: Client, plant: make.Plant) -> None:
    """Eve has a secret already: her new card works only after Bo has signed it; Cy and Eve cannot."""
    token = token_in(keeper.post("/bakery/members/5/card/").content.decode())
    assert (
        "If you did not ask for it, say so at once." in signed_in.get("/bakery/members/5/").content.decode()
    )
    for client in (signed_in, keeper):
        assert "Sign as the second person" not in client.get("/bakery/members/5/").content.decode()
        assert client.post("/bakery/members/5/card/countersign/").status_code == 409
    assert Client().get(f"/bakery/enrol/{token}/").status_code == 409
    bo = make.sign_in(Client(), plant.bo)
    assert "Sign as the second person" in bo.get("/bakery/members/5/").content.decode()
    assert bo.post("/bakery/members/5/card/countersign/").headers["Location"] == "/bakery/members/5/"
    assert AccessCard.objects.get().countersigned_by == plant.bo
    assert Entry.objects.latest("sequence").verb == "card-countersigned"
    assert Client().get(f"/bakery/enrol/{token}/").status_code == 200
    assert bo.post("/bakery/members/5/card/countersign/").status_code == 409  # once is enough


def test_what_there_is_not_cannot_be_countersigned(keeper: Client, plant: make.Plant) -> None:
    make.plant("mill")
    assert keeper.post("/bakery/members/6/card/countersign/").status_code == 404
    assert keeper.post("/bakery/members/99/card/").status_code == 404
    assert keeper.post("/mill/members/6/card/").status_code == 404
    assert keeper.get("/bakery/members/6/card/").status_code == 405
    assert keeper.get("/bakery/members/6/card/countersign/").status_code == 405
    assert Client().post("/bakery/members/6/card/").status_code == 302
    assert not AccessCard.objects.exists()
