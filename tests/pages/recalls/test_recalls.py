"""Recalls and resignations on their pages: who sees what, who may do what, and what they are told."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.elections import actions as elections
from coop.elections.models import Petition, PetitionSignature, Resignation
from coop.members import actions as members
from coop.members.models import Mandate, Member, Office, Power
from coop.members.powers import powers_of
from tests import make, make_offices

pytestmark = pytest.mark.django_db

State = Petition.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def at(name: str, **key: Any) -> str:
    return reverse(name, kwargs={"coop": "bakery", **key})


def client_of(plant: make.Plant, who: str) -> Client:
    return make.sign_in(Client(), Member.objects.get(pk=plant.people[who].pk))


def read(plant: make.Plant, who: str, name: str, *, status: int = 200, **key: Any) -> str:
    answer = client_of(plant, who).get(at(name, **key))
    assert answer.status_code == status
    return words(answer)


def post(plant: make.Plant, who: str, name: str, given: dict[str, Any] | None = None, **key: Any) -> Any:
    return client_of(plant, who).post(at(name, **key), given or {})


def words(answer: Any) -> str:
    """The page as it is read, without its tags."""
    text = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return " ".join(text.split())


def held(plant: make.Plant) -> Mandate:
    return make_offices.mandate(plant.people["pia"])


# --- Who holds what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("rita", "Ask for a recall Pia"),
        ("ana", "recalled by those who elect: Packing"),
        ("pia", "Resign from this office Pia"),
    ],
)
def test_each_holder_leads_to_what_this_reader_can_do(plant: make.Plant, who: str, told: str) -> None:
    assert told in read(plant, who, "offices")


def test_who_has_no_vote_is_led_nowhere(plant: make.Plant) -> None:
    assert "recall" not in read(plant, "max", "offices").replace("Recalls", "").replace("Not recallable", "")


def test_the_newly_elected_are_protected_and_an_alternate_is_not_recalled(plant: make.Plant) -> None:
    office = make_offices.office(plant)
    seat = members.create_office(
        body=office.body, title="other", seats=[(False, None, None)], by=make.FOUNDING, at=make.now()
    ).seats.get()
    make_offices.hold(seat, plant.people["sol"], since=make.now() - make.days(1))
    told = read(plant, "rita", "offices")
    assert "no recall before" in told
    assert told.count("Ask for a recall Pia") == 1
    assert "Ask for a recall Quin" not in told


def test_offices_ask_no_more_of_the_database_for_thirty_mandates(plant: make.Plant) -> None:
    rita = client_of(plant, "rita")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert rita.get(at("offices")).status_code == 200
        return len(asked)

    queries()
    few = queries()
    seats = [(False, None, None)] * 30
    more = members.create_office(
        body=Office.objects.get(title="secretary").body,
        title="x",
        seats=seats,
        by=make.FOUNDING,
        at=make.now(),
    )
    for seat in more.seats.all():
        made = make_offices.hold(seat, plant.eve)
        elections.file_petition(mandate=made, reasons="So.", by=plant.ana, at=make.now())
    assert queries() == few


# --- Asking and signing ---------------------------------------------------------------------------------------------


def test_asking_opens_the_page_of_the_petition(plant: make.Plant) -> None:
    asked = post(plant, "rita", "recall-ask", {"reasons": "The ovens stood still."}, key=held(plant).pk)
    petition = Petition.objects.get()
    assert asked.headers["Location"] == at("recall", key=petition.pk)
    told = read(plant, "sol", "recall", key=petition.pk)
    assert "Recall of Pia, coordinator of packing" in told
    assert "1 of 2" in told
    assert "1 more is needed; the days to collect end in 30 days." in told
    assert "Your name is read by the commission that verifies and by the auditor; never by Pia." in told
    assert "The ovens stood still." in told


def test_without_reasons_nothing_is_filed_and_too_long_ones_come_back(plant: make.Plant) -> None:
    for reasons, status in ((" ", 422), ("x" * 4001, 422)):
        answer = post(plant, "rita", "recall-ask", {"reasons": reasons}, key=held(plant).pk)
        assert answer.status_code == status
        assert reasons.strip() in answer.content.decode()
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("ana", "Only those who elect to this office sign and vote: you work elsewhere."),
        ("pia", "It is your own office. You may answer, or resign."),
    ],
)
def test_who_does_not_elect_reads_why(plant: make.Plant, who: str, why: str) -> None:
    assert why in read(plant, who, "recall-ask", key=held(plant).pk)
    answer = post(plant, who, "recall-ask", {"reasons": "So."}, key=held(plant).pk)
    assert (answer.status_code, Petition.objects.exists()) == (409, False)
    assert why in words(answer)
    assert "So." in answer.content.decode()


def test_a_second_one_leads_to_the_first(plant: make.Plant) -> None:
    first = make_offices.petition(plant)
    answer = post(plant, "uma", "recall-ask", {"reasons": "No bread."}, key=first.mandate_id)
    assert answer.headers["Location"] == at("recall", key=first.pk)
    second = Petition.objects.get(state=State.JOINED)
    told = read(plant, "sol", "recall", key=first.pk)
    assert told.index("The ovens stood still.") < told.index("No bread.")
    assert f"Signatures and the vote stand there: {first.label}" in read(
        plant, "sol", "recall", key=second.pk
    )


def test_one_press_signs_and_a_second_changes_nothing(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    for _press in range(2):
        assert post(plant, "sol", "recall-sign", key=petition.pk).status_code == 302
    assert petition.signatures.count() == 2
    assert "You have signed." in read(plant, "sol", "recall", key=petition.pk)
    refused = post(plant, "ana", "recall-sign", key=petition.pk)
    assert refused.status_code == 409
    assert "you work elsewhere" in words(refused)


# --- Who reads the names --------------------------------------------------------------------------------------------


def test_the_holder_sees_the_number_and_never_a_name(plant: make.Plant) -> None:
    """Also where the holder audits and sits on the commission."""
    petition = make_offices.petition(plant, signed=["sol"])
    for power in (Power.AUDIT, Power.RUN_ELECTIONS):
        make.office(plant, make_offices.office(plant).body, power.value, plant.people["pia"], [(power, None)])
    told = read(plant, "pia", "recall", key=petition.pk)
    assert "2 of 2" in told
    assert "Who they are is kept from you." in told
    assert "Sol" not in told
    read(plant, "pia", "recall-names", key=petition.pk, status=404)


@pytest.mark.parametrize(("who", "status"), [("gus", 200), ("dee", 200), ("ana", 404), ("rita", 404)])
def test_commission_and_auditor_read_names(plant: make.Plant, who: str, status: int) -> None:
    petition = make_offices.petition(plant, signed=["sol"])
    told = read(plant, who, "recall-names", key=petition.pk, status=status)
    assert ("Sol" in told) == (status == 200)
    assert "Sol" not in read(plant, who, "recall", key=petition.pk)


# --- Sheets of paper ------------------------------------------------------------------------------------------------


def test_a_sheet_is_looked_at_before_it_is_entered(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    numbers = "33\n\n 33 \n1\n777"
    looked = post(plant, "gus", "recall-enter", {"numbers": numbers, "look": "1"}, key=petition.pk)
    assert looked.status_code == 200
    rows = re.findall(r'data-label="Worth">(.*?)</td>', looked.content.decode())
    assert rows == [
        "counts",
        "<b>signed already</b>",
        "<b>of another department or crew</b>",
        "<b>no such number</b>",
    ]
    assert petition.signatures.count() == 1
    entered = post(plant, "gus", "recall-enter", {"numbers": numbers, "enter": "1"}, key=petition.pk)
    assert entered.headers["Location"] == at("recall-names", key=petition.pk)
    assert petition.signatures.count() == 5
    told = read(plant, "hal", "recall-names", key=petition.pk)
    assert "33 Sol counts paper, entered by Gus" in told


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ("33\nSol\n-4\n1e3", "No member number stands in line: 2, 3, 4"),
        ("99999999", "No member number stands in line: 1"),
        ("٣", "No member number stands in line: 1"),
        ("1\n" * 501, "These are more than 500 lines."),
    ],
)
def test_what_is_no_number_is_told_by_its_line(plant: make.Plant, numbers: str, why: str) -> None:
    petition = make_offices.petition(plant)
    answer = post(plant, "gus", "recall-enter", {"numbers": numbers}, key=petition.pk)
    assert answer.status_code == 422
    assert why in words(answer)
    assert petition.signatures.count() == 1


def test_the_sheet_to_sign_is_printed(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    answer = client_of(plant, "sol").get(at("recall-sheet-printed", key=petition.pk))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


# --- The commission -------------------------------------------------------------------------------------------------


def test_from_handing_in_to_the_vote(plant: make.Plant) -> None:
    petition = make_offices.petition(plant, signed=["sol"])
    key = petition.pk
    assert post(plant, "sol", "recall-hand-in", key=key).status_code == 404
    assert post(plant, "rita", "recall-hand-in", key=key).status_code == 302
    assert "verify by" in read(plant, "gus", "home")
    assert post(plant, "gus", "recall-verify", key=key).status_code == 302
    told = read(plant, "sol", "recall", key=key)
    assert "Gus, for the electoral commission" in told
    assert "2 signatures count, 2 were needed." in told
    assert "vote by" in read(plant, "gus", "home")
    day = plant.cooperative.day_of(make.now())
    closes = datetime.datetime.combine(day + make.days(5), datetime.time(20), plant.cooperative.zone)
    given = {"register": "new", "channels": ["paper"], "closes_at": closes.strftime("%Y-%m-%dT%H:%M")}
    answer = post(plant, "gus", "recall-vote", given, key=key)
    petition.refresh_from_db()
    assert answer.headers["Location"] == at("vote-office", key=petition.ballot_id)
    assert petition.state == State.VOTING
    assert petition.ballot is not None
    assert (petition.ballot.closes_at, petition.ballot.secrecy) == (closes, "secret")
    assert "Somebody else of the commission reads it once more" in read(plant, "sol", "recall", key=key)


@pytest.mark.parametrize(
    ("closes", "why"),
    [
        ("2199-01-01T20:00", "The bylaws ask for the vote by"),
        ("9999-12-31T23:59", ""),
        ("0001-01-01T00:00", ""),
        ("2020-01-01T20:00", ""),
        ("soon", "Write day and hour like"),
    ],
)
def test_an_hour_that_cannot_be_is_refused(plant: make.Plant, closes: str, why: str) -> None:
    petition = make_offices.admitted(plant)
    given = {"register": "new", "channels": ["paper"], "closes_at": closes}
    answer = post(plant, "gus", "recall-vote", given, key=petition.pk)
    assert answer.status_code in (409, 422)
    assert why in words(answer)
    assert closes in answer.content.decode()
    assert Petition.objects.get().state == State.ADMITTED


def test_whom_it_concerns_keeps_away(plant: make.Plant) -> None:
    """Rita asked for it, and sits on the commission."""
    petition = make_offices.petition(plant, signed=["sol"])
    body = make_offices.office(plant).body
    make.office(plant, body, "clerk", plant.people["rita"], [(Power.RUN_ELECTIONS, None)])
    elections.hand_in(petition=petition, by=plant.people["rita"], at=make.now())
    told = read(plant, "rita", "recall", key=petition.pk)
    assert "It concerns you: somebody else of the commission does this." in told
    assert "Recall to verify" not in read(plant, "rita", "home")
    assert post(plant, "rita", "recall-verify", key=petition.pk).status_code == 409


def test_the_draft_of_a_recall_is_not_drawn_up_anew(plant: make.Plant) -> None:
    petition = make_offices.admitted(plant)
    ballot = make_offices.called(plant, petition)
    told = read(plant, "gus", "vote-redraw", key=ballot.pk)
    assert "The paper of a recall says what the petition says." in told
    petition.refresh_from_db()
    assert (petition.state, petition.ballot_id) == (State.VOTING, ballot.pk)


# --- The holder, and what followed ----------------------------------------------------------------------------------


def test_the_holder_answers_and_is_told_on_the_front_page(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    assert "your answer is missing" in read(plant, "pia", "home")
    assert post(plant, "pia", "recall-answer", {"text": " "}, key=petition.pk).status_code == 422
    assert (
        post(plant, "pia", "recall-answer", {"text": "The flour was late."}, key=petition.pk).status_code
        == 302
    )
    assert "The flour was late." in read(plant, "sol", "recall", key=petition.pk)
    assert "your answer is missing" not in read(plant, "pia", "home")
    assert post(plant, "rita", "recall-answer", {"text": "No."}, key=petition.pk).status_code == 404


def test_electors_are_told_until_they_have_signed(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    asked = f"A recall is asked for · {petition.label}"
    found = {who: asked in read(plant, who, "home") for who in ("sol", "rita", "pia", "ana", "max")}
    assert found == {"sol": True, "rita": False, "pia": False, "ana": False, "max": False}


def test_what_followed_is_told(plant: make.Plant) -> None:
    petition = make_offices.voted_on_paper(plant, 3, 1)
    told = read(plant, "sol", "recall", key=petition.pk)
    assert "Quin, alternate, has held the office since that moment." in told
    assert "Pia may not be elected to Coordinators before" in told
    assert "4 of 6 electors voted. For: 3 , Against: 1 , Abstain: 0" in told


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        ((1, 3), "Pia stays in office"),
        ((2, 0), "Too few of the electors took part, so the vote ends nothing."),
    ],
)
def test_a_recall_that_fails_tells_why(plant: make.Plant, votes: tuple[int, int], why: str) -> None:
    petition = make_offices.voted_on_paper(plant, *votes)
    told = read(plant, "sol", "recall", key=petition.pk)
    assert why in told
    assert "No recall may be asked for before" in told


def test_running_ones_stand_first_and_many_cost_no_more(plant: make.Plant) -> None:
    over = make_offices.voted_on_paper(plant, 1, 3)
    sol = client_of(plant, "sol")
    with CaptureQueriesContext(connection) as few:
        sol.get(at("recalls"))
    body = Office.objects.get(title="secretary").body
    seats = [(False, None, None)] * 15
    more = members.create_office(body=body, title="x", seats=seats, by=make.FOUNDING, at=make.now())
    for seat in more.seats.all():
        made = make_offices.hold(seat, plant.eve)
        elections.file_petition(mandate=made, reasons="So.", by=plant.ana, at=make.now())
    with CaptureQueriesContext(connection) as many:
        told = words(sol.get(at("recalls")))
    assert len(many) == len(few)
    assert told.index("1 of 4 signatures") < told.index("Recall of Pia")
    assert over.label in told


def test_where_the_bylaws_say_so_each_petition_goes_alone() -> None:
    """The second is not joined: it collects by itself, has its own page, and is signed there."""
    plant = make_offices.plant(bylaws={"recall_one_petition": False})
    first, mandate = make_offices.petition(plant), held(plant)
    answer = post(plant, "uma", "recall-ask", {"reasons": "And the night had no bread."}, key=mandate.pk)
    second = Petition.objects.exclude(pk=first.pk).get()
    assert answer.status_code == 302
    assert (second.state, second.joined_to_id, second.alone) == ("collecting", None, False)
    assert "And the night had no bread." in read(plant, "sol", "recall", key=second.pk)
    assert post(plant, "sol", "recall-sign", {}, key=second.pk).status_code == 302
    assert [one.signatures.count() for one in (first, second)] == [1, 2]
    told = read(plant, "sol", "recalls")
    assert [one.label in told for one in (first, second)] == [True, True]


# --- Resigning ------------------------------------------------------------------------------------------------------


def test_what_follows_is_said_before(plant: make.Plant) -> None:
    mandate = held(plant)
    assert "coordinator of packing" in read(plant, "pia", "my-offices")
    told = read(plant, "pia", "resign", key=mandate.pk)
    assert "Quin, alternate, holds the office in the same moment, until" in told
    assert "The bar after a recall" not in told
    petition = make_offices.petition(plant)
    told = read(plant, "pia", "resign", key=mandate.pk)
    assert f"{petition.label} is without object then, and no vote follows." in told
    assert "The bar after a recall holds for you as well" in told
    read(plant, "rita", "resign", key=mandate.pk, status=404)


def test_resigning_takes_effect_in_the_next_request(plant: make.Plant) -> None:
    mandate, body = held(plant), make_offices.office(plant).body
    petition = make_offices.petition(plant)
    assert post(plant, "pia", "resign", {"because": ""}, key=mandate.pk).status_code == 302
    assert not powers_of(plant.people["pia"], make.now()).has(Power.CONVENE, body)
    assert powers_of(plant.people["quin"], make.now()).has(Power.CONVENE, body)
    assert "Without object: the holder resigned." in read(plant, "sol", "recall", key=petition.pk)
    again = post(plant, "pia", "resign", {"because": ""}, key=mandate.pk)
    assert again.status_code == 409
    assert Resignation.objects.count() == 1


def test_a_resignation_that_waits_is_shown(plant: make.Plant) -> None:
    bo, dee = (make_offices.mandate(one) for one in (plant.bo, plant.dee))
    elections.resign(mandate=bo, by=plant.bo, at=make.now())
    told = read(plant, "dee", "resign", key=dee.pk)
    assert "Administrative council could not meet any more: it needs 3." in told
    answer = client_of(plant, "dee").post(at("resign", key=dee.pk), {"because": "Tired."}, follow=True)
    assert "It counts as soon as the body can meet without you" in words(answer)
    assert "has resigned; it counts as soon as the body can meet" in read(plant, "eve", "offices")


def test_nobody_signs_for_another_house(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    other = make.plant("quarry")
    stranger = make.sign_in(Client(), other.ana)
    assert stranger.post(f"/quarry/recalls/{petition.pk}/sign/").status_code == 404
    assert PetitionSignature.objects.count() == 1
