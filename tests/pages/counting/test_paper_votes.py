"""Voting on paper through the pages: the boxes, the table, the tellers, and what is printed."""

from __future__ import annotations

import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import AgreedSheet, Ballot, RollEntry, TellerSheet, Urn, UrnEntry
from coop.members.models import Crew
from coop.pages.counting.acta_facts import places_of
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    make_votes.commission(plant)
    return plant


@pytest.fixture
def vote(plant: make.Plant) -> Ballot:
    """Open on screens and on paper; Jo and Kim are its tellers."""
    ballot = make_votes.opened(plant, channels=("phone", "paper"))
    make_paper.name_tellers(plant, ballot)
    return ballot


@pytest.fixture
def gate(plant: make.Plant, vote: Ballot) -> Urn:
    return make_paper.open_boxes(plant, vote, "Gate")[0]


def of(who: Any) -> Client:
    return make.sign_in(Client(), who)


def at(name: str, ballot: Ballot, *more: Any) -> str:
    return reverse(name, args=["bakery", ballot.pk, *more])


def minute() -> str:
    """This minute, as the form of a record takes it."""
    return timezone.localtime(make.now(), ZoneInfo("America/Argentina/Buenos_Aires")).strftime(
        "%Y-%m-%dT%H:%M"
    )


def html(answer: Any) -> str:
    return answer.content.decode()


# --- Boxes ------------------------------------------------------------------------------------------------------------


def test_the_usual_boxes_with_one_button(plant: make.Plant, vote: Ballot) -> None:
    gus = of(plant.gus)
    assert "No box yet" in html(gus.get(at("urns", vote)))
    gus.post(at("urns", vote), {"do": "usual"})
    assert list(Urn.objects.values_list("number", "name", "crew", "mobile")) == [
        (1, "Gate board, Crew A", "A", False),
        (2, "Gate board, Crew B", "B", False),
        (3, "Carried around", "", True),
    ]
    again = gus.post(at("urns", vote), {"do": "usual"})
    assert again.status_code == 409
    assert "There is a box of that name: Carried around." in html(again)


def test_the_record_of_a_box(plant: make.Plant, vote: Ballot) -> None:
    gus = of(plant.gus)
    gus.post(at("urns", vote), {"name": "Gate"})
    page = html(gus.get(at("urn", vote, 1)))
    assert 'value="sealed"' in page
    assert 'value="opened"' not in page
    line = {"kind": "sealed", "happened_at": "2026-01-01T05:50", "words": "Eve and Fay saw it."}
    refused = gus.post(at("urn", vote, 1), line)
    assert refused.status_code == 409
    assert "Write the numbers of the seals." in html(refused)
    assert "Eve and Fay saw it." in html(refused)
    assert gus.post(at("urn", vote, 1), line | {"seals": "17, 18"}).status_code == 302
    entry = UrnEntry.objects.get()
    assert (entry.kind, entry.seals, entry.entered_by) == ("sealed", "17, 18", plant.gus)
    assert entry.happened_at.isoformat() == "2026-01-01T08:50:00+00:00"  # Buenos Aires is three hours behind
    early = gus.post(at("urn", vote, 1), {"kind": "opened", "happened_at": "2026-01-01T05:49"})
    assert early.status_code == 409
    assert "before the last step" in html(early)
    later = gus.post(at("urn", vote, 1), {"kind": "opened", "happened_at": "2999-01-01T05:49"})
    assert "That hour has not come yet." in html(later)
    for wrong in (
        {},
        {"kind": "unsealed", "happened_at": "2026-01-01T06:00"},
        {"kind": "opened", "happened_at": "x"},
    ):
        assert gus.post(at("urn", vote, 1), wrong).status_code == 422


def test_a_box_with_a_wrong_name_has_a_way_out(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    hal = of(plant.hal)
    hal.post(at("urns", vote), {"name": "Gaet board"})
    wrong = Urn.objects.get(ballot=vote, name="Gaet board")
    page = html(hal.get(reverse("urn", args=["bakery", vote.pk, wrong.number])))
    assert "Is its name wrong?" in page
    assert f'href="{at("urns", vote)}#another"' in page
    assert "Is its name wrong?" not in html(hal.get(reverse("urn", args=["bakery", vote.pk, gate.number])))
    assert wrong not in [
        spot.place.urn for spot, *_said in hal.get(at("teller-count", vote)).context["papers"]
    ]


def test_a_spoiled_paper_is_written_into_the_record(plant: make.Plant, gate: Urn, vote: Ballot) -> None:
    gus = of(plant.gus)
    page = html(gus.get(at("urn", vote, 1) + "?kind=remark"))
    assert "A spoiled paper was given back" in page


@pytest.mark.parametrize("into", [2, 3])
def test_a_box_is_mixed_into_any_other(plant: make.Plant, vote: Ballot, gate: Urn, into: int) -> None:
    others = make_paper.open_boxes(plant, vote, "Yard", "Office")
    make_paper.end(plant, vote, gate, *others, unseal=False)
    line = {"kind": "mixed", "happened_at": minute(), "words": "Eve and Fay saw it."}
    gus = of(plant.gus)
    assert gus.post(at("urn", vote, 1), line | {"into": "1"}).status_code == 422
    assert gus.post(at("urn", vote, 1), line | {"into": str(into)}).status_code == 302
    gate.refresh_from_db()
    assert gate.mixed_into == others[into - 2]


def test_a_box_that_is_alone_is_opened_for_the_count(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    make_paper.give(plant, gate, "ana", "bo", "cy", "dee", "eve")
    make_paper.end(plant, vote, gate, unseal=False)
    line = {"kind": "unsealed", "happened_at": minute(), "words": "Eve and Fay saw it.", "into": ""}
    assert of(plant.gus).post(at("urn", vote, 1), line).status_code == 302
    assert UrnEntry.objects.filter(kind="unsealed").exists()


# --- The table --------------------------------------------------------------------------------------------------------


def test_number_enter_enter(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    """Jo, a teller, sits at the table; the focus stands on the search, then on the one button, then on the search."""
    jo = of(plant.jo)
    empty = html(jo.get(at("paper-table", vote)))
    assert empty.count("autofocus") == 1
    assert 'autocomplete="off" autofocus' in empty
    found = html(jo.get(at("paper-table", vote), {"words": "5", "box": "1"}))
    assert "Eve" in found
    assert "department OVN, crew A" in found
    assert 'value="5" autofocus' in found
    given = jo.post(at("paper-table", vote), {"number": "5", "box": "1"}, follow=True)
    assert given.redirect_chain == [(at("paper-table", vote) + "?box=1", 302)]
    assert "Eve, No. 5: hand over the paper, for Gate." in html(given)
    assert 'autocomplete="off" autofocus' in html(given)
    entry = RollEntry.objects.get(member=plant.eve)
    assert (entry.channel, entry.urn) == ("paper", gate)


def test_whoever_voted_on_a_screen_gets_no_paper(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    make.cast(vote, plant.eve)
    jo = of(plant.jo)
    assert "has voted already" in html(jo.get(at("paper-table", vote), {"words": "eve"}))
    refused = jo.post(at("paper-table", vote), {"number": "5", "box": "1"})
    assert refused.status_code == 409
    assert "No paper: Eve has voted already, on a screen. That vote stands." in html(refused)
    assert 'role="alert"' in html(refused)
    assert RollEntry.objects.get(member=plant.eve).channel == "phone"


def test_whoever_has_a_paper_does_not_vote_on_a_screen(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    make_paper.give(plant, gate, "eve")
    answer = of(plant.eve).post(at("ballot", vote), {"choice": "for", "form": "0" * 32, "secret": make.PIN})
    assert answer.status_code == 409
    again = of(plant.jo).post(at("paper-table", vote), {"number": "5", "box": "1"})
    assert (again.status_code, "has voted already, on paper" in html(again)) == (409, True)


def test_why_there_is_no_paper(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    jo = of(plant.jo)
    for words in ("13", "Max"):  # on trial
        page = html(jo.get(at("paper-table", vote), {"words": words}))
        assert "No paper: Max is not on the register of voters" in page
        assert "So it stood on" in page
    refused = jo.post(at("paper-table", vote), {"number": "13", "box": "1"})
    assert refused.status_code == 409
    for wrong in ({"number": "999", "box": "1"}, {"number": "x", "box": "1"}, {"box": "1"}):
        assert jo.post(at("paper-table", vote), wrong).status_code == 422
    for box in ("2", "0"):
        assert jo.post(at("paper-table", vote), {"number": "5", "box": box}).status_code == 409
    make_paper.record(plant, gate, "closed")
    assert "No box is open" in html(jo.get(at("paper-table", vote)))
    assert jo.post(at("paper-table", vote), {"number": "5", "box": "1"}).status_code == 409
    assert not RollEntry.objects.exclude(channel=None).exists()


def test_not_checked_in_means_no_paper(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=("paper",), needs_presence=True)
    make_paper.open_boxes(plant, ballot, "Hall")
    refused = of(plant.gus).post(at("paper-table", ballot), {"number": "5", "box": "1"})
    assert refused.status_code == 409
    assert "First the check-in, then the paper." in html(refused)


def test_a_replaced_secret_votes_on_paper(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    account = make.account(plant.eve)
    type(account).objects.filter(pk=account.pk).update(reset_at=make.now())
    make_paper.give(plant, gate, "eve")
    assert RollEntry.objects.get(member=plant.eve).channel == "paper"


def test_the_table_asks_no_more_for_many_people(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    jo = of(plant.jo)

    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            jo.get(at("paper-table", vote), {"words": words})
        return len(seen)

    assert queries("5") == queries("a")  # Eve; and everybody with an a


# --- Tellers ----------------------------------------------------------------------------------------------------------


FOUND = {
    "attempt": "1",
    "1-papers": "6",
    "1:for": "4",
    "1:against": "1",
    "1:abstain": "0",
    "1-spoiled": "1",
    "remark": "",
}


def counted(plant: make.Plant, vote: Ballot, gate: Urn) -> Ballot:
    make_paper.give(plant, gate, "ana", "bo", "cy", "dee", "eve", "fay")
    return make_paper.end(plant, vote, gate)


def test_two_tellers_and_a_third_through_the_pages(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    counted(plant, vote, gate)
    jo, kim, hal = of(plant.jo), of(plant.kim), of(plant.hal)
    here = at("teller-sheet", vote, "box-1")
    assert "not counted yet" in html(jo.get(at("teller-count", vote)))
    assert jo.post(here, FOUND).status_code == 302
    assert "Your sheet is in." in html(jo.get(here))
    other = html(kim.get(here))
    assert "one sheet is in" in other
    assert 'value="4"' not in other  # of the other sheet nothing is told
    assert kim.post(here, FOUND | {"1:for": "3", "1:against": "2"}).status_code == 302
    for client in (jo, kim):
        page = html(client.get(here))
        assert "The two sheets differed: count again." in page
        assert 'value="2"' in page  # the attempt
    second = FOUND | {"attempt": "2"}
    for client in (jo, kim):
        assert client.post(here, second).status_code == 302
    page = html(hal.get(here))
    assert "Jo and Kim counted alone and found the same." in page
    assert "Confirm these figures" in page
    assert "Confirm these figures" not in html(jo.get(here))
    confirmed = hal.post(at("teller-confirm", vote, "box-1"), {"attempt": "2", "remark": ""}, follow=True)
    assert "counted and confirmed" in html(confirmed)
    assert AgreedSheet.objects.get().figures["1"]["votes"] == {"for": 4, "against": 1, "abstain": 0}


def test_figures_that_do_not_add_up_are_told_and_kept(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    counted(plant, vote, gate)
    jo = of(plant.jo)
    here = at("teller-sheet", vote, "box-1")
    answer = jo.post(here, FOUND | {"1:for": "5"})
    assert answer.status_code == 422
    assert "make 7 together, but the papers found are 6" in html(answer)
    assert 'value="5"' in html(answer)
    for wrong in ("", "-1", "1.0", "1e1", "٣", "O", "9999999", " "):
        assert jo.post(here, FOUND | {"1:for": wrong}).status_code == 422, wrong
    unlike = jo.post(here, FOUND | {"1-papers": "5", "1:for": "3"})
    assert unlike.status_code == 409
    assert "People who were given paper: 6." in html(unlike)
    assert 'name="1:for" value="3"' in html(unlike)
    assert not TellerSheet.objects.exists()


def test_the_sheet_before_its_time(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    jo = of(plant.jo)
    assert "Papers are counted when the vote is closed" in html(jo.get(at("teller-sheet", vote, "box-1")))
    assert jo.post(at("teller-sheet", vote, "box-1"), FOUND).status_code == 409
    for place in ("box-2", "box-0", "box-", "box-1x", "signatures-9", "block-Left", "x", "box-٣"):
        assert jo.get(at("teller-sheet", vote, place)).status_code == 404, place


def test_rankings_line_by_line(plant: make.Plant) -> None:
    asked = make_votes.election(plant, "ana", "bo", "lou", method="schulze")
    ballot = make_votes.opened(plant, [asked], channels=("paper",))
    make_paper.name_tellers(plant, ballot)
    gate = make_paper.open_boxes(plant, ballot, "Gate")[0]
    counted(plant, ballot, gate)
    code = dict(ballot.questions.get().options.values_list("number", "code"))
    sheet = {"attempt": "1", "1-papers": "6", "1-spoiled": "0", "1:blank": "1", "remark": ""}
    answer = of(plant.jo).post(
        at("teller-sheet", ballot, "box-1"), sheet | {"1-answers": "2 1 3 x 3\n\n1\n3 > 2=1"}
    )
    assert answer.status_code == 302
    equal = "=".join(sorted([code[2], code[1]]))
    assert TellerSheet.objects.get().figures["1"] == {
        "papers": 6,
        "spoiled": 0,
        "answers": {f"{code[2]}>{code[1]}>{code[3]}": 3, code[1]: 1, f"{code[3]}>{equal}": 1, "blank": 1},
    }
    kim = of(plant.kim)
    for wrong in ("9", "1 x", "x 3", "1 1", "ana", "1 2 x 3 x 4", "1 > > 2", "٣", "4"):
        refused = kim.post(at("teller-sheet", ballot, "box-1"), sheet | {"1-answers": f"1 x 4\n{wrong}"})
        assert refused.status_code == 422, wrong
    assert "Line 2 cannot be read." in html(refused)
    assert TellerSheet.objects.count() == 1


def test_two_on_one_place_are_not_asked_for_where_places_are_given_once(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [make_votes.election(plant, "ana", "bo", "lou")], channels=("paper",))
    make_paper.name_tellers(plant, ballot)
    counted(plant, ballot, make_paper.open_boxes(plant, ballot, "Gate")[0])
    address = at("teller-sheet", ballot, "box-1")
    assert "2=3" not in html(of(plant.jo).get(address))
    sheet = {"attempt": "1", "1-papers": "22", "1-spoiled": "1", "1:blank": "2", "remark": ""}
    refused = of(plant.jo).post(address, sheet | {"1-answers": "1 2 x 17\n1=2 x 2"})
    assert refused.status_code == 422
    assert "gives one place to two" in html(refused)
    assert not TellerSheet.objects.exists()


def test_signatures_are_typed_in(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    make.cast(vote, plant.eve)
    make_paper.end(plant, vote, gate)
    here = at("teller-sheet", vote, "signatures-1")
    for who in (plant.jo, plant.kim):
        assert of(who).post(here, {"attempt": "1", "numbers": "1, 2\n5", "remark": ""}).status_code == 302
    hal = of(plant.hal)
    assert "1 Ana, 2 Bo, 5 Eve" in html(hal.get(here))
    done = hal.post(at("teller-confirm", vote, "signatures-1"), {"attempt": "1"}, follow=True)
    assert "5 Eve: marked on a screen, signed for Gate" in html(done)
    assert RollEntry.objects.filter(urn=gate).count() == 2
    for wrong in ("", "1 x", "1 1", "1.5", "٣"):
        refused = of(plant.jo).post(here, {"attempt": "2", "numbers": wrong})
        assert refused.status_code == 422, wrong


def test_tellers_are_named_by_number(plant: make.Plant, vote: Ballot) -> None:
    gus = of(plant.gus)
    assert gus.post(at("tellers", vote), {"numbers": "5, 6"}).status_code == 302
    assert "Eve" in html(gus.get(at("tellers", vote)))
    for wrong, status in (("", 422), ("x", 422), ("999", 422), ("5", 409)):
        assert gus.post(at("tellers", vote), {"numbers": wrong}).status_code == status
    assert of(plant.jo).post(at("tellers", vote), {"numbers": "7"}).status_code == 409


def test_the_front_page_leads_a_teller_to_the_table(plant: make.Plant, vote: Ballot, gate: Urn) -> None:
    jo = of(plant.jo)
    page = html(jo.get(reverse("home", args=["bakery"])))
    assert f'href="{at("paper-table", vote)}"' in page
    assert "papers are given at the table" in page
    assert f"Give papers: {vote.title}" in page
    counted(plant, vote, gate)
    assert f'href="{at("teller-count", vote)}"' in html(jo.get(reverse("home", args=["bakery"])))
    assert "You are a teller" not in html(of(plant.lou).get(reverse("home", args=["bakery"])))


# --- What is printed --------------------------------------------------------------------------------------------------


def test_everything_can_be_printed_before_the_vote(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(
        plant,
        [make_votes.election(plant, "ana", "bo", "lou"), make_votes.Asked("Shall it be?")],
        channels=("paper",),
    )
    gus = of(plant.gus)
    gus.post(at("urns", ballot), {"do": "usual"})
    page = html(gus.get(at("paper-kit", ballot)))
    assert "8 papers on a sheet of A4; 2 sheets are enough for everybody" in page
    for name, query in (
        ("register", ""),
        ("register", "?box=1&who=crew"),
        ("papers", "?sheets=2"),
        ("tally", "?box=3"),
        ("tally", ""),
        ("boxes", ""),
    ):
        answer = gus.get(at(f"paper-kit-{name}", ballot) + query)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-"), name
    for name, query in (
        ("register", "?box=9"),
        ("tally", "?box=x"),
    ):
        assert gus.get(at(f"paper-kit-{name}", ballot) + query).status_code == 404
    for sheets in ("0", "-1", "x", "201", "999999", "", "\N{ARABIC-INDIC DIGIT THREE}.5"):
        answer = gus.get(at("paper-kit-papers", ballot), {"sheets": sheets})
        assert answer.status_code == 422, sheets
        assert "Write a whole number from 1 to 200." in html(answer)
        assert f'value="{sheets}"' in html(answer) or not sheets


def test_the_kit_of_320_people_is_there_in_three_seconds(plant: make.Plant) -> None:
    crew = Crew.objects.get(code="A")
    for number in range(100, 408):
        make.member(plant.cooperative, number, f"Worker Number {number}", crew=crew)
    ballot = make_votes.drawn_up(plant, channels=("paper",))
    assert ballot.register.people == 320
    gus = of(plant.gus)
    gus.post(at("urns", ballot), {"do": "usual"})
    for name, query in (("register", ""), ("papers", "?sheets=40"), ("tally", ""), ("boxes", "")):
        begun = time.process_time()
        assert gus.get(at(f"paper-kit-{name}", ballot) + query).status_code == 200
        assert time.process_time() - begun < 3, name


def test_what_a_case_of_the_record_asks_for_is_not_said_to_be_optional(
    plant: make.Plant, vote: Ballot, gate: Urn
) -> None:
    make_paper.boxes(plant, vote, "Garden")
    page = make.sign_in(Client(), plant.gus).get(f"/bakery/ballots/{vote.pk}/urns/{gate.number}/")
    assert b"Numbers of the seals" in page.content
    assert b"may be left out" not in page.content


def test_one_teller_twice_is_not_two(plant: make.Plant, vote: Ballot) -> None:
    number = plant.lou.number
    answer = make.sign_in(Client(), plant.gus).post(
        f"/bakery/ballots/{vote.pk}/tellers/", {"numbers": f"{number} 0{number}"}
    )
    assert answer.status_code == 422
    assert "One number stands here twice" in answer.content.decode()


@pytest.mark.parametrize(("asked", "told"), [("99", True), ("abc", True), ("1", False), ("", False)])
def test_a_box_that_is_not_there_is_told(
    plant: make.Plant, vote: Ballot, gate: Urn, asked: str, told: bool
) -> None:
    page = make.sign_in(Client(), plant.gus).get(f"/bakery/ballots/{vote.pk}/table/?box={asked}")
    assert ("The box of that address is not open" in page.content.decode()) == told


def test_the_minutes_tell_which_box_was_mixed_into_which(plant: make.Plant, vote: Ballot) -> None:
    gate, yard = make_paper.open_boxes(plant, vote, "Gate", "Yard")
    make_paper.give(plant, gate, "eve")
    make_paper.give(plant, yard, "fay")
    make_paper.record(plant, gate, "closed")
    make_paper.record(plant, yard, "closed")
    make_paper.end(plant, vote, unseal=False)
    make_paper.record(plant, yard, "mixed", into=gate)
    make_paper.record(plant, gate, "unsealed")
    make_paper.agreed(plant, vote, gate, make_paper.motion(2, 0))
    ballots.count_up(ballot=vote, by=plant.hal, at=make.now())
    told = places_of(Ballot.objects.get(pk=vote.pk))
    assert any("Gate" in one.remark and "Yard" in one.remark for one in told), told
