"""Drawing up a vote, the desk of whoever leads it, and the list of one's own votes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, Lot, Option, Register, Withdrawal
from coop.journal.models import Entry
from tests import make, make_paper, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant(bylaws={"secret_ballot_always": "recall"})
    make_votes.commission(made)
    return made


@pytest.fixture
def gus(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.gus)


@pytest.fixture
def hal(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.hal)


def final_register(plant: make.Plant) -> Register:
    day = plant.cooperative.day_of(make.now())
    return ballots.draw_register(body=plant.assembly, closes_on=day, by=make.FOUNDING, at=make.now())


def hour(plant: make.Plant, ahead: float) -> str:
    moment = make.now() + datetime.timedelta(hours=ahead)
    return f"{moment.astimezone(plant.cooperative.zone):%Y-%m-%dT%H:%M}"


def sheet(plant: make.Plant, **more: Any) -> dict[str, Any]:
    """The form of a vote between three people, filled in."""
    return {
        "questions": "1",
        "body": "GA",
        "register": str(final_register(plant).pk),
        "title": "Election of the council",
        "text": "Two seats for two years.",
        "matter": "ordinary",
        "secrecy": "open",
        "channels": ["phone", "paper"],
        "closes_at": hour(plant, 5),
        "q1-wording": "Who sits on the council?",
        "q1-method": "stv",
        "q1-choices": f"{plant.jo.number}\n{plant.kim.number}\n\n {plant.lou.number} ",
        "q1-seats": "2",
    } | more


DRAW_UP = "/bakery/votes/draw-up/"


def test_a_vote_is_drawn_up_and_led_to_its_desk(gus: Client, plant: make.Plant) -> None:
    answer = gus.post(DRAW_UP, sheet(plant))
    ballot = Ballot.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bakery/ballots/{ballot.pk}/office/")
    assert (ballot.drawn_up_by, ballot.channels, ballot.majority, ballot.base) == (
        plant.gus,
        ["phone", "paper"],
        "1/2",
        "valid",
    )
    options = Option.objects.filter(question__ballot=ballot)
    assert {option.member for option in options} == {plant.jo, plant.kim, plant.lou, None}
    page = gus.get(answer.headers["Location"]).content.decode()
    assert "You drew this vote up. Somebody else reads it once more and opens it" in page
    assert "Open the vote" not in page


def test_what_matters_is_chosen_by_a_person_and_never_beforehand(gus: Client, plant: make.Plant) -> None:
    form = gus.get(DRAW_UP).context["form"]
    assert (form["register"].value(), form["channels"].value()) == (None, None)
    assert form["register"].field.choices[0] == ("", "Choose one")
    assert form["secrecy"].value() == "secret"


def test_every_duty_of_a_vote_stands_on_the_desk_with_its_state(gus: Client, plant: make.Plant) -> None:
    def told(ballot: Ballot) -> dict[str, tuple[str, bool]]:
        found = gus.get(f"/bakery/ballots/{ballot.pk}/office/").context["tables"]
        return {table.words: (table.word, bool(table.address)) for table in found}

    ballot = make_votes.drawn_up(plant, channels=("phone", "paper"), secrecy="secret")
    assert told(ballot) == {
        "The key of the sealed urn": ("nobody is named yet", True),
        "Opening the sealed urn": ("when the vote is closed", False),
        "Tellers": ("nobody is named yet", True),
        "Boxes": ("none is entered yet", True),
        "Things to print": ("at any time", True),
        "The table": ("when the vote is open", True),
        "Counting the papers": ("when the vote is closed", True),
    }
    paper = make_votes.opened(plant, channels=("paper",))
    make_paper.open_boxes(plant, paper, "Gate board", "Kiln")
    make_paper.name_tellers(plant, paper, "jo", "kim")
    assert told(paper) == {
        "Tellers": ("2 are named", True),
        "Boxes": ("2 boxes, open for voting: 2", True),
        "Things to print": ("at any time", True),
        "The table": ("papers are given", True),
        "Counting the papers": ("when the vote is closed", True),
    }
    for table in gus.get(f"/bakery/ballots/{paper.pk}/office/").context["tables"]:
        assert gus.get(table.address).status_code == 200


def test_a_second_question_finds_room_and_nothing_typed_is_lost(gus: Client, plant: make.Plant) -> None:
    typed = sheet(plant, more="1", title="")
    answer = gus.post(DRAW_UP, typed)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="q2-wording"' in page
    assert "Who sits on the council?" in page
    assert "field__error" not in page
    whole = sheet(plant) | {
        "questions": "2",
        "q2-wording": "What do we build?",
        "q2-method": "shares",
        "q2-choices": "New ovens; 900\nShowers ; 350,50",
        "q2-seats": "1",
        "q2-money": "1000",
    }
    assert gus.post(DRAW_UP, whole).status_code == 302
    costs = Option.objects.filter(question__number=2, cost__isnull=False).order_by("cost")
    assert [(option.label, str(option.cost)) for option in costs] == [
        ("Showers", "350.50"),
        ("New ovens", "900.00"),
    ]


def test_who_stands_alone_is_asked_yes_or_no(gus: Client, plant: make.Plant) -> None:
    assert gus.post(DRAW_UP, sheet(plant, **{"q1-choices": str(plant.jo.number)})).status_code == 302
    question = Ballot.objects.get().questions.get()
    assert (question.method, question.wording) == ("motion", "Who sits on the council? Jo")
    assert question.options.get(code="for").member == plant.jo


def test_seats_kept_for_crews(gus: Client, plant: make.Plant) -> None:
    more = {
        "q1-method": "plurality",
        "q1-kept": "A 1",
        "q1-choices": f"{plant.jo.number}\n{plant.kim.number}\n",
    }
    assert gus.post(DRAW_UP, sheet(plant, **more)).status_code == 302
    question = Ballot.objects.get().questions.get()
    assert [(kept.group, kept.seats) for kept in question.reserved.all()] == [("A", 1)]
    assert set(question.options.exclude(code="blank").values_list("group", flat=True)) == {"A"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"channels": []}, "This field is required."),
        ({"closes_at": "soon"}, "Write day and hour like 2026-11-28 14:30."),
        ({"q1-choices": "99"}, "No member has the number 99."),
        ({"q1-choices": "x" * 201}, "is too long for a line of the paper"),
        ({"q1-method": "greedy", "q1-choices": "Ovens; a lot"}, "“a lot” is no sum of money."),
        ({"q1-kept": "Z 1"}, "is not the code of a crew or department"),
        ({"q1-seats": "0"}, "greater than or equal to 1"),
        ({"register": ""}, "This field is required."),
        ({"q1-method": "magic"}, "Choose one of those that stand here."),
        ({"register": "999999"}, "Choose one of those that stand here."),
        ({"body": "QUARRY"}, "Choose one of those that stand here."),
    ],
)
def test_what_cannot_be_read_is_422_with_everything_kept(
    gus: Client, plant: make.Plant, more: dict[str, Any], said: str
) -> None:
    answer = gus.post(DRAW_UP, sheet(plant, **more))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Two seats for two years." in page
    assert not Ballot.objects.exists()


def test_what_the_rules_refuse_is_409_with_the_reason(gus: Client, plant: make.Plant) -> None:
    for more, said in (
        ({"closes_at": hour(plant, -5)}, "The closing time lies in the past."),
        ({"q1-choices": "Red"}, "there are too few to choose from"),
        ({"q1-method": "shares"}, "how much money is there for the projects?"),
        ({"q1-choices": f"{plant.gus.number}\n{plant.jo.number}"}, "Gus stands in this vote."),
    ):
        answer = gus.post(DRAW_UP, sheet(plant, **more))
        assert answer.status_code == 409, said
        assert said in answer.content.decode()
    assert not Ballot.objects.exists()


# --- The desk -------------------------------------------------------------------------------------------------------


def drawn_up(gus: Client, plant: make.Plant, **more: Any) -> str:
    answer = gus.post(DRAW_UP, sheet(plant, **{"channels": ["phone"]} | more))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"]).removesuffix("office/")


def test_from_drawing_up_to_the_count_by_two_people(gus: Client, hal: Client, plant: make.Plant) -> None:
    there = drawn_up(gus, plant, **{"q1-method": "approval", "q1-seats": "1"})
    assert gus.post(there + "start/").status_code == 409
    page = hal.get(there + "office/").content.decode()
    assert "Open the vote" in page
    assert "Jo" in page
    assert hal.post(there + "start/").status_code == 302
    eve = make.sign_in(Client(), plant.eve)
    codes = dict(Option.objects.values_list("label", "code"))
    sent = {"form": "a" * 32, f"mark-1-{codes['Kim']}": "1"}
    assert eve.post(there, sent).status_code == 302
    early = hal.post(there + "end/")
    assert early.status_code == 409
    assert "This vote closes by the clock" in early.content.decode()
    ballot = Ballot.objects.get()
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert "Count" in hal.get(there + "office/").content.decode()
    counted = hal.post(there + "tally/")
    assert counted.headers["Location"] == there + "result/"
    ballot.refresh_from_db()
    assert ballot.state == "counted"
    assert hal.post(there + "tally/").status_code == 409


def test_nobody_else_finds_the_desk(gus: Client, plant: make.Plant) -> None:
    there = drawn_up(gus, plant)
    eve = make.sign_in(Client(), plant.eve)
    for address in ("office/", "annul/", "withdraw/", "lot/", "next-round/"):
        assert eve.get(there + address).status_code == 404
    for address in ("start/", "end/", "tally/", "annul/"):
        assert eve.post(there + address).status_code == 404
    assert eve.get(DRAW_UP).status_code == 404
    assert Ballot.objects.get().state == "draft"


def test_whoever_stands_is_not_sent_to_the_tables(plant: make.Plant) -> None:
    """Ana is secretary, so she leads votes of the assembly; not this one, in which she stands."""
    ballot = make_votes.drawn_up(
        plant, [make_votes.election(plant, "ana", "eve", "fay")], channels=("paper",)
    )
    for name, told in (("ana", False), ("bo", True)):
        somebody = make.sign_in(Client(), plant.people[name])
        desk = somebody.get(f"/bakery/ballots/{ballot.pk}/office/").content.decode()
        assert ("Ana stands in this vote" in desk, "Tables of this vote" in desk) == (not told, told)
        assert ("Vote to open" in somebody.get("/bakery/").content.decode()) == told


def test_somebody_steps_back_and_everybody_is_told(gus: Client, hal: Client, plant: make.Plant) -> None:
    there = drawn_up(gus, plant)
    hal.post(there + "start/")
    option = Option.objects.get(label="Kim")
    assert hal.post(there + "withdraw/", {"option": option.pk, "because": ""}).status_code == 422
    foreign = Option.objects.get(code="blank")
    assert hal.post(there + "withdraw/", {"option": foreign.pk, "because": "No."}).status_code == 422
    assert hal.post(there + "withdraw/", {"option": option.pk, "because": "Moved away."}).status_code == 302
    assert Withdrawal.objects.get().option == option
    page = make.sign_in(Client(), plant.eve).get(there).content.decode()
    assert "Kim. The paper stays as it is" in page


def test_a_lot_is_written_down(gus: Client, hal: Client, plant: make.Plant) -> None:
    there = drawn_up(gus, plant)
    hal.post(there + "start/")
    told = {"seed": "4 2 6", "how": "Dice.", "witness_1": plant.ana.number, "witness_2": plant.bo.number}
    assert hal.post(there + "lot/", told).status_code == 409
    ballots.close(ballot=Ballot.objects.get(), by=plant.hal.actor, at=make.now())
    assert hal.post(there + "lot/", told | {"witness_2": 99}).status_code == 422
    assert hal.post(there + "lot/", told | {"witness_2": plant.hal.number}).status_code == 409
    assert hal.post(there + "lot/", told).status_code == 302
    assert Lot.objects.get().seed == "4 2 6"
    assert "What fell: 4 2 6." in hal.get(there + "office/").content.decode()


def test_the_next_round_is_drawn_up_from_the_desk(gus: Client, hal: Client, plant: make.Plant) -> None:
    more = {"q1-method": "plurality", "q1-seats": "1"}
    there = drawn_up(gus, plant, **more)
    hal.post(there + "start/")
    ballot = Ballot.objects.get()
    codes = dict(Option.objects.values_list("label", "code"))
    for who, name in (
        (plant.ana, "Jo"),
        (plant.bo, "Kim"),
        (plant.cy, "Lou"),
        (plant.dee, "Jo"),
        (plant.eve, "Kim"),
    ):
        make.cast(ballot, who, codes[name])
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    hal.post(there + "tally/")
    page = hal.get(there + "next-round/").content.decode()
    assert "Election of the council, round 2" in page
    assert hal.post(there + "next-round/", {"title": "", "closes_at": "x"}).status_code == 422
    answer = hal.post(there + "next-round/", {"title": "Round 2", "closes_at": hour(plant, 9)})
    second = Ballot.objects.get(parent=ballot)
    assert answer.headers["Location"] == f"/bakery/ballots/{second.pk}/office/"
    assert {option.label for option in Option.objects.filter(question__ballot=second)} == {"Jo", "Kim", ""}
    assert "The next round" in hal.get(there + "office/").content.decode()


def test_a_draft_is_thrown_away_with_its_reason(gus: Client, plant: make.Plant) -> None:
    there = drawn_up(gus, plant)
    assert gus.post(there + "annul/", {"because": "  "}).status_code == 422
    assert gus.post(there + "annul/", {"because": "A name is missing."}).status_code == 302
    assert "A name is missing." in gus.get(there + "office/").content.decode()
    assert gus.post(there + "annul/", {"because": "Again."}).status_code == 409


# --- My votes -------------------------------------------------------------------------------------------------------


def test_a_draft_is_changed_by_whoever_drew_it_up(gus: Client, hal: Client, plant: make.Plant) -> None:
    there = drawn_up(gus, plant)
    before = Ballot.objects.get()
    assert f'href="{there}redraw/"' in gus.get(there + "office/").content.decode()
    assert f'href="{there}redraw/"' not in hal.get(there + "office/").content.decode()
    assert "Only whoever drew this vote up changes it." in hal.get(there + "redraw/").content.decode()
    context = gus.get(there + "redraw/").context
    form, question = context["form"], context["asked"][0]
    assert (form["title"].value(), form["register"].value(), form["channels"].value()) == (
        "Election of the council",
        str(before.register_id),
        ["phone"],
    )
    assert sorted(question["choices"].value().splitlines()) == sorted(
        f"{one.number} {one.name}" for one in (plant.jo, plant.kim, plant.lou)
    )
    typed = sheet(plant, register=str(before.register_id), title="Election of the works council")
    typed |= {"q1-choices": question["choices"].value(), "q1-seats": "1", "closes_at": hour(plant, 6)}
    assert "This field is required." in gus.post(there + "redraw/", typed).content.decode()
    looked = gus.post(there + "redraw/", typed | {"q1-find": "an", "find": "1"})
    assert (looked.status_code, Ballot.objects.count()) == (200, 1)
    assert hal.post(there + "redraw/", typed | {"because": "Mine."}).status_code == 409
    assert Ballot.objects.count() == 1
    answer = gus.post(there + "redraw/", typed | {"because": "One seat, not two."})
    made = Ballot.objects.exclude(pk=before.pk).get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bakery/ballots/{made.pk}/office/")
    before.refresh_from_db()
    assert (before.state, before.annulled_because) == ("annulled", "One seat, not two.")
    assert (made.state, made.title, made.questions.get().seats) == (
        "draft",
        "Election of the works council",
        1,
    )
    assert (made.register_id, made.drawn_up_by, made.secrecy) == (
        before.register_id,
        plant.gus,
        before.secrecy,
    )
    told = list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:3])
    assert told == ["ballot-redrawn", "ballot-annulled", "ballot-drawn-up"]
    assert gus.post(there + "redraw/", typed | {"because": "Again."}).status_code == 409  # it is thrown away
    assert hal.post(f"/bakery/ballots/{made.pk}/start/").status_code == 302
    assert gus.post(f"/bakery/ballots/{made.pk}/redraw/", typed | {"because": "Late."}).status_code == 409
    assert "In preparation" not in gus.get(f"/bakery/ballots/{made.pk}/redraw/").content.decode()


def test_every_kind_of_question_comes_back_as_it_was_typed(gus: Client, plant: make.Plant) -> None:
    typed = sheet(plant) | {
        "questions": "3",
        "secrecy": "secret",
        "q1-method": "plurality",
        "q1-kept": "A 1",
        "q2-wording": "What do we build?",
        "q2-method": "shares",
        "q2-choices": "New ovens; 900\nShowers; 350.50",
        "q2-seats": "1",
        "q2-money": "1000",
        "q2-threshold": "3",
        "q3-wording": "Shall it be?",
        "q3-method": "motion",
        "q3-seats": "1",
    }
    assert gus.post(DRAW_UP, typed).status_code == 302
    before = Ballot.objects.get()
    there = f"/bakery/ballots/{before.pk}/redraw/"
    context = gus.get(there).context
    again: dict[str, Any] = {"questions": "3", "because": "Only the hour."}
    for form in (context["form"], *context["asked"]):
        for field in form:
            if (value := field.value()) not in (None, False, ""):
                again[field.html_name] = value
    again["closes_at"] = hour(plant, 7)
    assert gus.post(there, again).status_code == 302
    made = Ballot.objects.exclude(pk=before.pk).get()

    def told(ballot: Ballot) -> list[Any]:
        return [
            (
                *(one.wording, one.method, one.seats, one.marks, one.money, one.threshold),
                list(one.options.values_list("label", "member", "cost", "group").order_by("label", "code")),
                list(one.reserved.values_list("group", "seats")),
            )
            for one in ballot.questions.all()
        ]

    assert told(made) == told(before)
    assert (made.text_hash, made.majority, made.base) == (before.text_hash, before.majority, before.base)


def test_my_votes_open_coming_and_settled(gus: Client, hal: Client, plant: make.Plant) -> None:
    eve = make.sign_in(Client(), plant.eve)
    drawn_up(gus, plant, title="Coming vote")
    open_now = make_votes.opened(plant, title="Open vote")
    over = make_votes.opened(plant, title="Vote that is over")
    make.cast(over, plant.eve, "for")
    ballots.close(ballot=over, by=plant.hal.actor, at=make.now())
    missed = make_votes.opened(plant, title="Missed vote")
    ballots.annul(ballot=missed, because="No.", by=plant.hal.actor, at=make.now())
    answer = eve.get("/bakery/votes/")
    context = answer.context
    assert [story.headline for story in context["open"]] == ["Open vote"]
    assert context["open"][0].button == "Vote now"
    assert context["open"][0].address == f"/bakery/ballots/{open_now.pk}/"
    assert [story.headline for story in context["coming"]] == ["Coming vote"]
    assert {(story.headline, story.meta2) for story in context["settled"]} == {
        ("Vote that is over", "you voted on a screen"),
        ("Missed vote", "you did not vote"),
    }
    assert "Draw up a vote" not in answer.content.decode()
    assert "Draw up a vote" in gus.get("/bakery/votes/").content.decode()


def test_what_waits_for_whoever_leads_votes_stands_on_the_front_page(
    gus: Client, hal: Client, plant: make.Plant
) -> None:
    drawn_up(gus, plant)
    assert "Vote to open" in hal.get("/bakery/").content.decode()
    assert "waits for a second person" in gus.get("/bakery/").content.decode()
    assert "Vote to open" not in make.sign_in(Client(), plant.eve).get("/bakery/").content.decode()


def test_my_votes_ask_as_much_for_one_as_for_thirty(gus: Client, plant: make.Plant) -> None:
    eve = make.sign_in(Client(), plant.eve)
    asked = []
    for many in (1, 9):
        for _ in range(many):
            make_votes.opened(plant)
            ballots.close(ballot=make_votes.opened(plant), by=plant.hal.actor, at=make.now())
            make_votes.drawn_up(plant, [Asked("Shall it be?")])
        with CaptureQueriesContext(connection) as seen:
            assert eve.get("/bakery/votes/").status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_closing_asks_once_and_says_what_is_still_open(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=("phone", "paper"))
    ballots.cast(ballot=ballot, answers={1: "for"}, form="e" * 32, by=plant.eve, at=make.now())
    make_paper.open_boxes(plant, ballot, "Gate board")
    hal, there = make.sign_in(Client(), plant.hal), f"/bakery/ballots/{ballot.pk}/"
    desk = hal.get(there + "office/").content.decode()
    assert f'href="{there}end/"' in desk
    assert f'action="{there}end/"' not in desk
    page = hal.get(there + "end/").content.decode()
    assert "Gate board" in page
    waiting = ballot.roll.filter(channel=None).count()
    assert f"{waiting} people on the register have not voted." in page
    ballot.refresh_from_db()
    assert ballot.state == "open"
    assert hal.post(there + "end/").status_code == 302
    ballot.refresh_from_db()
    assert ballot.state == "closed"
    again = hal.get(there + "end/").content.decode()
    assert "Yes, close it" not in again


def test_closing_pressed_twice_is_closing_once_and_after_the_count_it_is_refused(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant)
    hal, there = make.sign_in(Client(), plant.hal), f"/bakery/ballots/{ballot.pk}/"
    once, again = hal.post(there + "end/"), hal.post(there + "end/")
    assert (once.status_code, once.headers["Location"]) == (302, there + "office/")
    assert (again.status_code, again.headers["Location"]) == (302, there + "office/")
    assert Entry.objects.filter(verb="ballot-closed").count() == 1
    assert hal.post(there + "tally/").status_code == 302
    assert hal.post(there + "end/").status_code == 409


@pytest.mark.parametrize("what", ["annul", "withdraw", "lot"])
def test_after_the_count_a_page_says_why_not_instead_of_its_form(plant: make.Plant, what: str) -> None:
    ballot = make_votes.opened(
        plant, [make_votes.election(plant, "jo", "kim", "lou", method="approval", seats=1)]
    )
    hal, there = make.sign_in(Client(), plant.hal), f"/bakery/ballots/{ballot.pk}/"
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    before = hal.get(there + what + "/").content
    ballots.count_up(ballot=ballot, by=plant.hal, at=make.now())
    after = hal.get(there + what + "/")
    words = b"What stands in the way" in after.content or b"One thing stands in the way" in after.content
    back = b"Back to the desk of the vote"
    assert (back in before, back in after.content, words, after.status_code) == (False, True, True, 200)


def test_a_wrong_choice_is_told_in_words_of_the_house(hal: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(
        plant, [make_votes.election(plant, "jo", "kim", "lou", method="approval", seats=1)]
    )
    page = hal.post(f"/bakery/ballots/{ballot.pk}/withdraw/", {"option": "nix", "because": "No."})
    assert page.status_code == 422
    assert b"Choose one of those that stand here." in page.content
    assert b"Select a valid" not in page.content


def test_the_paper_says_how_far_the_money_goes(plant: make.Plant) -> None:
    projects = [Choice(code, code.upper(), cost=Decimal(400)) for code in "abcde"]
    asked = Asked("What do we build?", method="greedy", choices=projects, money=Decimal(1000))
    ballot = make_votes.opened(plant, [asked])
    page = make.sign_in(Client(), plant.eve).get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    paper = page[
        page.index('<form class="ballot-paper"') : page.index("</form>", page.index("ballot-paper__head"))
    ]
    assert "as far as 1,000.00 UC go" in paper


def test_figures_of_many_options_flow_beneath_the_way_they_came(plant: make.Plant) -> None:
    for many, flows in ((2, False), (6, True)):
        options = [Choice(f"c{one}", f"The option number {one} with a long name") for one in range(many)]
        ballot = make_votes.opened(plant, [Asked("Which?", method="approval", choices=options)])
        ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
        ballots.count(ballot=ballot, by=plant.hal, at=make.now())
        page = make.sign_in(Client(), plant.eve).get(f"/bakery/ballots/{ballot.pk}/result/").content.decode()
        assert ('class="table cards flow"' in page) is flows
