"""The counting minutes: of every way of voting, adding up to the register; who may have a vote counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Question
from coop.pages.outcomes.stages import picture_of
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db
Method = Question.Method


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant(bylaws={"published_floor": 1})
    make_votes.commission(made)
    return made


def words(answer: Any) -> str:
    """The page as it is read: without tags, with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def result(client: Client, ballot: Ballot) -> Any:
    return client.get(f"/bakery/ballots/{ballot.pk}/result/")


def cast(plant: make.Plant, ballot: Ballot, answers: Mapping[str, str]) -> None:
    """Names separated by blanks -> what each of them answers to the first question."""
    for names, answer in answers.items():
        for name in names.split():
            who = plant.people[name]
            ballots.cast(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())


def counted(plant: make.Plant, ballot: Ballot) -> Ballot:
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    return ballot


def a_transferable_vote(plant: make.Plant) -> Ballot:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou", seats=2)])
    cast(plant, ballot, {"ana bo cy dee eve fay": "jo>kim", "gus": "kim", "hal ida": "lou", "jo": "blank"})
    return counted(plant, ballot)


def test_each_stage_of_a_transfer_is_a_sentence_a_bar_and_a_line_of_the_table(
    client: Client, plant: make.Plant
) -> None:
    ballot = a_transferable_vote(plant)
    answer = result(make.sign_in(client, plant.eve), ballot)
    page = words(answer)
    for said in (
        "Elected: Jo and Kim.",
        "The first choices are counted. The quota is 4: 9 valid papers, 2 seats. Elected with the quota: Jo.",
        "Jo has 6, the quota is 4: the surplus of 2 goes to the next names on the 6 papers, each worth 0.33333.",
        "Lou has fewest (2) and goes out; the papers pass to the next names at the same worth. For 2 there is no next",
        "Elected because as many are left as seats: Kim.",
        "Papers and hands: 10. Blank among them: 1. Spoiled: 0.",
    ):
        assert said in page, said
    found = answer.context["counts"][0]
    table = {name: [figure for _head, figure in cells] for name, cells in found["table"].rows}
    assert table == {
        "Jo": ["6", "4", "4"],
        "Kim": ["1", "2.99998", "2.99998"],
        "Lou": ["2", "2", "0"],
        "No next name": ["0", "0.00002", "2.00002"],
    }
    html = answer.content.decode()
    assert 'role="img" aria-labelledby="stages-' in html
    assert html.count("<title id=") == 1
    drawn = [[bar.votes for bar in panel.bars] for panel in found["picture"].panels]
    names = list(answer.context["counts"][0]["table"].rows)
    assert [list(column) for column in zip(*drawn, strict=True)] == [
        [figure for _head, figure in cells] for _name, cells in names[:-1]
    ]


def test_no_name_is_cut_in_the_picture() -> None:
    long = "Wilhelmina Amaranta Magdalena Mondragón de los Ríos y Wamba"
    totals = {"a": "5", "b": "3"}
    found = {
        "method": "instant_runoff",
        "candidates": ["a", "b"],
        "winner": "a",
        "rounds": [{"totals": totals, "exhausted": "0"}],
    }
    picture = picture_of(found, {"a": long, "b": "Jo"})
    assert picture is not None
    first, second = picture.panels[0].bars
    assert [words for _y, words in first.lines] == [
        "Wilhelmina Amaranta Magdalena",
        "Mondragón de los Ríos y Wamba",
    ]
    assert [words for _y, words in second.lines] == ["Jo"]
    assert second.y >= first.y + first.height  # nothing lies over the other
    assert picture.panels[0].foot < picture.height
    assert first.length + picture.marks < picture.wide


def test_screens_and_boxes_add_up_to_the_register(client: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=["phone", "paper"])
    cast(plant, ballot, {"ana bo": "for", "cy": "against"})
    gate, yard = make_paper.open_boxes(plant, ballot, "Gate", "Yard")
    make_paper.give(plant, gate, "dee", "eve", "fay")
    make_paper.give(plant, yard, "gus", "hal")
    make_paper.name_tellers(plant, ballot)
    ballot = make_paper.end(plant, ballot, gate, yard)
    make_paper.agreed(plant, ballot, gate, make_paper.motion(2, 0, spoiled=1))
    make_paper.agreed(plant, ballot, yard, make_paper.motion(0, 1, abstain=1))
    ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    answer = result(make.sign_in(client, plant.eve), ballot)
    ways = [
        (way.label, [n for _label, n in way.cells], way.people) for way in answer.context["counts"][0]["ways"]
    ]
    assert ways == [
        ("on a screen", [2, 1, 0], 3),
        ("on paper", [2, 1, 1], 5),
        ("did not vote", [None, None, None], 4),
    ]
    places = [(place.name, place.people, place.papers) for place in answer.context["places"]]
    assert places == [("On a screen", 3, 3), ("Gate", 3, 3), ("Yard", 2, 2)]
    page = words(answer)
    assert "Tellers Jo and Kim" in page
    assert "Confirmed by Hal" in page


def test_a_small_secret_vote_tells_totals_only(client: Client) -> None:
    """The papers of two boxes: no box alone, no name, and of the choices the sum."""
    plant = make.plant(bylaws={"published_floor": 3})
    make_votes.commission(plant)
    ballot = make_votes.opened(plant, secrecy="secret", channels=["paper"])
    [gate] = make_paper.open_boxes(plant, ballot, "Gate")
    make_paper.give(plant, gate, "ana", "bo", "cy")
    make_paper.name_tellers(plant, ballot)
    ballot = make_paper.end(plant, ballot, gate)
    make_paper.agreed(plant, ballot, gate, make_paper.motion(2, 1))
    ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    answer = result(make.sign_in(client, plant.eve), ballot)
    assert "Who voted how" not in words(answer)
    assert "names" not in answer.context


def test_options_in_pairs_are_a_table(client: Client, plant: make.Plant) -> None:
    choices = [Choice("a", "Two shifts"), Choice("keep", "As it is")]
    ballot = make_votes.opened(plant, [Asked("Which?", method=Method.SCHULZE, choices=choices)])
    cast(plant, ballot, {"ana bo": "keep", "cy": "a>keep"})
    answer = result(make.sign_in(client, plant.eve), counted(plant, ballot))
    page = words(answer)
    assert "Chosen: As it is." in page
    assert "Two shifts does not beat “As it is” in the comparison of the two and is set aside." in page
    assert len(answer.context["counts"][0]["pairs"].rows) == 2


# --- Having it counted -----------------------------------------------------------------------------------------------


def test_whoever_runs_the_vote_has_it_counted(client: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant)
    cast(plant, ballot, {"ana": "for"})
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    address = f"/bakery/ballots/{ballot.pk}/result/"
    make.sign_in(client, plant.eve)
    assert "Count the votes" not in words(client.get(address))
    refused = client.post(address)
    assert refused.status_code == 409
    assert Ballot.objects.get(pk=ballot.pk).state == "closed"
    make.sign_in(client, plant.gus)
    assert "Count the votes" in words(client.get(address))
    assert client.post(address).status_code == 302
    assert "Carried: 1 for" in words(client.get(address))
    assert client.post(address).status_code == 409


def test_what_a_count_waits_for_is_told(client: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=["paper"])
    [gate] = make_paper.open_boxes(plant, ballot, "Gate")
    make_paper.end(plant, ballot, gate)
    make.sign_in(client, plant.gus)
    page = client.get(f"/bakery/ballots/{ballot.pk}/result/")
    assert "The papers of the box Gate are not counted yet" in words(page)
    assert client.post(f"/bakery/ballots/{ballot.pk}/result/").status_code == 409


def test_a_tie_that_waits_for_a_lot_is_told(client: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, tie_rule="lot")
    cast(plant, ballot, {"ana": "for", "bo": "against"})
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    make.sign_in(client, plant.gus)
    refused = client.post(f"/bakery/ballots/{ballot.pk}/result/")
    assert refused.status_code == 409
    assert "ends in a tie" in words(refused)


# --- Queries ---------------------------------------------------------------------------------------------------------


def test_the_minutes_ask_as_much_for_one_vote_as_for_thirty(client: Client) -> None:
    asked = set()
    for slug, voting in (("few", 1), ("many", 30)):
        plant = make.plant(slug)
        make_votes.commission(plant)
        crowd = [make.member(plant.cooperative, 100 + n, f"Worker {n}") for n in range(30)]
        ballot = make_votes.opened(plant, [make_votes.election(plant, "jo", "kim", "lou")])
        for who in crowd[:voting]:
            answer = ("jo>kim", "kim>lou", "jo")[who.number % 3]
            ballots.cast(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())
        counted(plant, ballot)
        make.sign_in(client, plant.eve)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/{slug}/ballots/{ballot.pk}/result/").status_code == 200
        asked.add(len(seen))
    assert len(asked) == 1, asked


# --- To take along ---------------------------------------------------------------------------------------------------


def test_the_minutes_are_a_pdf_and_a_table_without_formulas(client: Client, plant: make.Plant) -> None:
    choices = [Choice("a", "=HYPERLINK(1)"), Choice("b", "Bread"), Choice("c", "Cake")]
    ballot = make_votes.opened(plant, [Asked("@Which?", method=Method.RUNOFF, choices=choices)])
    cast(plant, ballot, {"ana bo": "a>b", "cy dee eve": "b", "fay": "c>a"})
    counted(plant, ballot)
    make.sign_in(client, plant.eve)
    printed = client.get(f"/bakery/ballots/{ballot.pk}/result/printed/")
    assert printed.status_code == 200
    assert printed.content.startswith(b"%PDF")
    table = client.get(f"/bakery/ballots/{ballot.pk}/result/csv/")
    assert table["Content-Type"].startswith("text/csv")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Question;What;Choice or stage;Number"
    assert "'@Which?;on a screen;People;6" in lines
    assert "'@Which?;'=HYPERLINK(1);Stage 1;2" in lines
    assert [line for line in lines if ";Papers and hands;" in line] == [
        "'@Which?;Papers and hands;In all;6",
        "'@Which?;Papers and hands;Blank;0",
        "'@Which?;Papers and hands;Spoiled;0",
    ]
    assert not [cell for line in lines for cell in line.split(";") if cell.startswith(("=", "@", "+"))]


@pytest.mark.parametrize("what", ["result/printed/", "result/csv/", "bundle/"])
def test_nothing_is_taken_along_before_the_count(client: Client, plant: make.Plant, what: str) -> None:
    ballot = make_votes.opened(plant)
    cast(plant, ballot, {"ana": "for"})
    answer = make.sign_in(client, plant.eve).get(f"/bakery/ballots/{ballot.pk}/{what}")
    assert answer.status_code == 409
    assert "There are no figures of this vote" in words(answer)
    assert client.post(f"/bakery/ballots/{ballot.pk}/{what}").status_code == 405


# --- Small parts of a secret vote ------------------------------------------------------------------------------------


@pytest.mark.parametrize("floor", [5, 1])
def test_nothing_that_can_be_fetched_tells_a_small_part_of_a_secret_vote(client: Client, floor: int) -> None:
    """Five on screens and three on paper: the same totals whatever the three wrote. Without the floor it would tell."""
    fetched = []
    for slug, paper in (("one", (2, 1)), ("two", (1, 2))):
        plant = make.plant(slug, bylaws={"published_floor": floor, **make_votes.ON_SCREENS})
        make_votes.commission(plant)
        ballot = make_votes.drawn_up(plant, secrecy="secret", channels=["phone", "paper"])
        codes = make_votes.with_key(ballot, plant)
        ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
        # Together 5 for and 3 against each time: what the screens said follows from what the paper said.
        answers = ["for"] * (5 - paper[0]) + ["against"] * (3 - paper[1])
        for name, answer in zip(("ana", "bo", "cy", "dee", "eve"), answers, strict=True):
            who = plant.people[name]
            ballots.cast_secret(
                ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now()
            )
        [gate] = make_paper.open_boxes(plant, ballot, "Gate")
        make_paper.give(plant, gate, "fay", "gus", "ida")
        make_paper.name_tellers(plant, ballot, "jo", "kim")
        ballot = make_paper.end(plant, ballot, gate)
        make_paper.agreed(plant, ballot, gate, make_paper.motion(*paper))
        ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())
        make.sign_in(client, plant.eve)
        at = f"/{slug}/ballots/{ballot.pk}/"
        page = client.get(at + "result/")
        assert ("are not told apart by way of voting" in words(page)) == (floor == 5)
        told = client.get(at + "bundle/").json()
        table = client.get(at + "result/csv/").content.decode()
        shown = re.search(r"How people voted.*?</table>", page.content.decode(), re.S)
        assert shown is not None
        fetched.append((shown[0], table, told["questions"][0]["votes"], told["places"], told["roll"]))
    assert (fetched[0] == fetched[1]) == (floor == 5)
    if floor == 5:
        assert fetched[0][2] == {"all": {"for": 5, "against": 3, "abstain": 0}}


def test_the_chair_decides_a_tie_on_the_page(client: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, tie_rule="chair_decides")
    cast(plant, ballot, {"ana": "for", "dee": "against"})
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    address = f"/bakery/ballots/{ballot.pk}/result/"
    make.sign_in(client, plant.gus)  # runs elections, and does not chair
    assert client.post(address, {"chair": "for"}).status_code == 409
    make.sign_in(client, plant.bo)
    asked = client.post(address)
    assert asked.status_code == 409
    assert "By its rules you decide the tie" in words(asked)
    assert client.post(address, {"chair": "for"}).status_code == 302
    assert "Tie; the chair decided: carried." in words(client.get(address))
