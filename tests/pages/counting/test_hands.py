"""Hands in the hall, as the chair, the tellers and everybody else see them; secret votes that are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, TallyLine, TellerSheet
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.ways import Way
from tests import make

pytestmark = pytest.mark.django_db
FIGURES = {"block": "Left", "attempt": "1", "for": "5", "against": "2", "abstain": "1", "remark": ""}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def at(name: str, ballot: Ballot) -> str:
    return reverse(name, args=["bakery", ballot.pk])


def of(plant: make.Plant, name: str) -> Client:
    return make.sign_in(Client(), plant.people[name])


def vote(meeting: Meeting, rest: str = "") -> str:
    return f"/bakery/meetings/{meeting.pk}/items/2/{rest}"


def by_hands(plant: make.Plant, way: Way = Way.HANDS, *, tellers: tuple[str, ...] = ()) -> Ballot:
    ballot = make.open_vote(plant, way=way).ballot
    for name in tellers:
        ballots.name_tellers(ballot=ballot, members=[plant.people[name]], by=plant.bo, at=make.now())
    return ballot


# --- the way ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["shouting", "Screens", "screens ", "secret\x00", ["screens", "hands"]])
def test_ways_that_are_none(plant: make.Plant, way: Any) -> None:
    meeting = make.meeting_in_session(plant)
    answer = of(plant, "bo").post(vote(meeting, "vote/"), {"way": way, "minutes": ""})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_the_chair_chooses_the_way_and_is_told_why_not(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    bo = of(plant, "bo")
    answer = bo.post(vote(meeting, "vote/"), {"way": "hands", "minutes": "15"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "is closed by whoever leads it, not by the clock" in page
    assert 'value="15"' in page  # what was typed stays
    assert 'value="hands" required' in page or "checked" in page
    answer = bo.post(vote(meeting, "vote/"), {"way": "secret-screens", "minutes": ""})
    assert answer.status_code == 409
    assert "its key does not exist yet" in answer.content.decode()
    answer = bo.post(vote(meeting, "vote/"), {"way": "hands", "minutes": ""})
    ballot = Decision.objects.get().ballot
    assert (answer.status_code, answer["Location"]) == (302, at("hands", ballot))
    assert ballot.channels == ["hands"]


def test_a_secret_vote_is_asked_for_and_only_the_number_is_shown(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    eve, bo = of(plant, "eve"), of(plant, "bo")
    assert "I ask for a secret vote" in eve.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    for _twice in range(2):
        assert eve.post(vote(meeting, "secrecy/")).status_code == 302
    page = bo.get(vote(meeting, "vote/")).content.decode()
    assert "It must be secret: 1 of 8 present ask for it, and 1 are enough." in page
    answer = bo.post(vote(meeting, "vote/"), {"way": "screens", "minutes": ""})
    assert answer.status_code == 409
    page = of(plant, "fay").get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "1 person present asks for a secret vote." in page
    journal = of(plant, "fay").get("/bakery/journal/").content.decode()
    assert "Eve asked" not in journal
    assert of(plant, "lou").post(vote(meeting, "secrecy/")).status_code == 409  # not in the hall


def test_a_secret_vote_is_made_ready_and_given_up(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    bo = of(plant, "bo")
    assert "made ready before it is opened" in bo.get(vote(meeting, "vote/")).content.decode()
    assert bo.post(vote(meeting, "vote/prepare/"), {"way": "screens"}).status_code == 422
    assert bo.post(vote(meeting, "vote/prepare/"), {"way": "secret-both"}).status_code == 302
    assert "It cannot be opened yet" in bo.get(vote(meeting, "vote/")).content.decode()
    assert bo.post(vote(meeting, "vote/prepare/"), {"way": "secret-both"}).status_code == 409
    ready = Decision.objects.get()
    for address in ("/bakery/decisions/", f"/bakery/proposals/{ready.proposal_id}/", "/bakery/"):
        assert "being voted" not in bo.get(address).content.decode().lower()
    assert bo.post(vote(meeting, "vote/give-up/")).status_code == 302
    assert bo.post(vote(meeting, "vote/give-up/")).status_code == 409


# --- acclamation -----------------------------------------------------------------------------------------------------


def test_nobody_asks_and_it_is_carried(plant: make.Plant) -> None:
    ballot = by_hands(plant)
    bo = of(plant, "bo")
    assert "Nobody asks for a count: carried" in bo.get(at("hands", ballot)).content.decode()
    page = bo.post(at("hands-acclaim", ballot), follow=True).content.decode()
    assert "Carried by acclamation: nobody asked for a count. Present with a vote: 8." in page
    assert bo.post(at("hands-acclaim", ballot)).status_code == 409
    decision = Decision.objects.get()
    for address in (at("ballot-result", ballot), reverse("decision", args=["bakery", decision.pk])):
        page = bo.get(address).content.decode()
        assert "Carried by acclamation" in page
    assert not TallyLine.objects.exists()  # nobody counted a hand: no figure is made up
    assert "How people voted" in bo.get(at("ballot-result", ballot)).content.decode()
    assert (
        ">0<"
        not in bo.get(at("ballot-result", ballot))
        .content.decode()
        .split("present, did not vote")[0]
        .split("How people voted")[0]
    )


def test_one_person_asks_and_it_is_counted(plant: make.Plant) -> None:
    ballot = by_hands(plant)
    eve, bo = of(plant, "eve"), of(plant, "bo")
    assert "I ask for a count" in eve.get(at("hands", ballot)).content.decode()
    for _twice in range(2):
        assert eve.post(at("hands-ask", ballot)).status_code == 302
    assert bo.post(at("hands-acclaim", ballot)).status_code == 409
    page = bo.get(at("hands", ballot)).content.decode()
    assert "People who asked for a count: 1." in page
    assert "Nobody asks for a count: carried" not in page
    assert of(plant, "lou").post(at("hands-ask", ballot)).status_code == 409


# --- hands -----------------------------------------------------------------------------------------------------------


def test_who_is_counted_by_hand_is_told_so_and_cannot_vote_on_a_screen(plant: make.Plant) -> None:
    ballot = by_hands(plant, Way.SCREENS_AND_HANDS)
    eve, bo = of(plant, "eve"), of(plant, "bo")
    assert eve.get(at("ballot", ballot)).status_code == 200
    page = bo.post(at("hands-now", ballot), follow=True).content.decode()
    assert "8 people are counted by hand now" in page
    answer = eve.post(at("ballot", ballot), {"choice": "for", "form": "a" * 32})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "You are counted by hand in this vote: raise it once" in page
    assert "You have voted" not in page
    assert "You are counted by hand." in eve.get(at("hands", ballot)).content.decode()
    assert "your vote is in" not in eve.get("/bakery/").content.decode()
    assert bo.post(at("hands-now", ballot)).status_code == 409


def test_two_tellers_and_a_third_in_their_browsers(plant: make.Plant) -> None:
    ballot = by_hands(plant)
    bo, ida, jo = of(plant, "bo"), of(plant, "ida"), of(plant, "jo")
    for number in (plant.ida.number, plant.jo.number):
        assert bo.post(at("hands-tellers", ballot), {"number": number}).status_code == 302
    assert bo.post(at("hands-tellers", ballot), {"number": plant.jo.number}).status_code == 409
    assert bo.post(at("hands-tellers", ballot), {"number": "999"}).status_code == 422
    bo.post(at("hands-now", ballot))
    ida.post(at("hands-count", ballot), FIGURES)
    page = jo.get(at("hands-count", ballot)).content.decode()
    assert 'value="5"' not in page
    page = jo.post(at("hands-count", ballot), {**FIGURES, "for": "4", "against": "3"}, follow=True).content
    assert "the two counts differ. Both tellers count again." in page.decode()
    assert (
        "There is nothing to confirm" in bo.get(at("hands-confirm", ballot) + "?block=Left").content.decode()
    )
    for teller in (ida, jo):
        page = teller.get(at("hands-count", ballot) + "?block=Left").content.decode()
        assert 'name="attempt" value="2"' in page
        assert teller.post(at("hands-count", ballot), {**FIGURES, "attempt": "2"}).status_code == 302
    page = bo.get(at("hands-confirm", ballot) + "?block=Left").content.decode()
    assert "Both tellers, each alone, counted the same:" in page
    assert 'name="block" value="Left"' in page
    assert bo.post(at("hands-confirm", ballot), {"block": "Left", "attempt": "1"}).status_code == 409
    assert bo.post(at("hands-confirm", ballot), {"block": "Left", "attempt": "2"}).status_code == 302
    item = AgendaItem.objects.get(decision__ballot=ballot)
    page = bo.post(vote(item.meeting, "vote/close/"), follow=True).content.decode()
    assert "Carried: 5 for, 4 were needed" in page


def test_whoever_counted_a_block_is_not_led_to_confirm_it(plant: make.Plant) -> None:
    ballot = by_hands(plant, tellers=("bo", "gus"))
    bo, gus, ana, eve = (of(plant, name) for name in ("bo", "gus", "ana", "eve"))
    bo.post(at("hands-now", ballot))
    for teller in (bo, gus):
        assert teller.post(at("hands-count", ballot), FIGURES).status_code == 302
    led = {name: who.get(at("hands", ballot)).content.decode() for name, who in (("bo", bo), ("ana", ana))}
    assert {name: "Look at it and confirm" in seen for name, seen in led.items()} == {
        "bo": False,
        "ana": True,
    }
    assert '<p class="row"></p>' not in eve.get(at("hands", ballot)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"for": "-1"}, {"for": "4.5"}, {"for": "1e3"}, {"for": ""}, {"for": "9" * 400}, {"for": ["1", "2"]},
        {"block": ""}, {"block": "x" * 41}, {"block": "\ufffd"}, {"attempt": "0"}, {"attempt": "x"},
    ],
)  # fmt: skip
def test_sheets_that_are_none(plant: make.Plant, wrong: dict[str, Any]) -> None:
    ballot = by_hands(plant, tellers=("ida",))
    ballots.move_to_hands(ballot=ballot, by=plant.bo, at=make.now())
    answer = of(plant, "ida").post(at("hands-count", ballot), {**FIGURES, **wrong})
    assert answer.status_code == 422
    assert not TellerSheet.objects.exists()


def test_more_hands_than_people_are_refused_and_what_was_typed_stays(plant: make.Plant) -> None:
    ballot = by_hands(plant, tellers=("ida",))
    ballots.move_to_hands(ballot=ballot, by=plant.bo, at=make.now())
    answer = of(plant, "ida").post(at("hands-count", ballot), {**FIGURES, "for": "17"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "more hands than people: 8 were asked" in page
    assert 'value="17"' in page
    assert not TellerSheet.objects.exists()


def test_who_is_no_teller_and_who_does_not_lead_finds_nothing_there(plant: make.Plant) -> None:
    """Whoever lost the office, or was never named, is told what a stranger is told (bad input 29)."""
    ballot = by_hands(plant)
    eve = of(plant, "eve")
    assert eve.get(at("hands-count", ballot)).status_code == 404
    for name in ("hands-now", "hands-acclaim", "hands-confirm", "hands-tellers"):
        assert eve.post(at(name, ballot)).status_code == 404
    screens = make.open_vote(plant, motions=[make.supported_motion(plant)]).ballot
    assert eve.get(at("hands", screens)).status_code == 404


def test_a_tie_that_is_the_chairs(plant: make.Plant) -> None:
    plant = make.plant("quarry", bylaws={"tie_rule": "chair_decides"})
    decision = make.open_vote(plant)
    for name, choice in (("ana", "for"), ("cy", "against")):
        make.cast(decision.ballot, plant.people[name], choice)
    item = AgendaItem.objects.get(decision=decision)
    address = f"/quarry/meetings/{item.meeting_id}/items/2/vote/close/"
    bo, ana = of(plant, "bo"), of(plant, "ana")
    assert bo.post(address)["Location"] == address
    assert "Voting is over: count it?" in bo.get(address).content.decode()
    assert "A tie: the chair decides" not in ana.post(address).content.decode()  # she records
    answer = bo.post(address)
    assert answer.status_code == 409
    assert "A tie: the chair decides" in answer.content.decode()
    assert bo.post(address, {"chair": "maybe"}).status_code == 409
    assert bo.post(address, {"chair": "for"}).status_code == 302
    decision.refresh_from_db()
    assert decision.outcome == "carried"


def test_the_chair_decides_the_tie_of_an_item_on_the_page_of_its_result() -> None:
    plant = make.plant("quarry", bylaws={"tie_rule": "chair_decides"})
    decision = make.open_vote(plant)
    for name, choice in (("ana", "for"), ("cy", "against")):
        make.cast(decision.ballot, plant.people[name], choice)
    item = AgendaItem.objects.get(decision=decision)
    bo, ana = of(plant, "bo"), of(plant, "ana")
    bo.post(f"/quarry/meetings/{item.meeting_id}/items/2/vote/close/")
    address = f"/quarry/ballots/{decision.ballot_id}/result/"
    assert "By its rules you decide the tie" not in ana.post(address).content.decode()  # she records
    asked = bo.post(address)
    assert asked.status_code == 409
    assert "By its rules you decide the tie" in asked.content.decode()
    assert ana.post(address, {"chair": "for"}).status_code == 409
    assert bo.post(address, {"chair": "maybe"}).status_code == 409
    assert bo.post(address, {"chair": "against"}).status_code == 302
    decision.refresh_from_db()
    assert (decision.outcome, decision.number) == ("not_carried", 1)
    assert Entry.objects.filter(verb="tie-decided").count() == 1
