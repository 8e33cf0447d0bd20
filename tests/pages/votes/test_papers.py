"""The voting paper of every method, as a browser without a script sends it; what is refused keeps everything."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot, NamedVote, Option, RollEntry, Withdrawal
from coop.ballots.rules.answers import Printed, obstacles_in_answers
from coop.pages.votes.voting_paper import read_paper
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db

FORM = "0123456789abcdef" * 2
PROJECTS = [
    Choice("ovens", "New ovens", cost=Decimal(900)),
    Choice("showers", "Showers", cost=Decimal(350)),
    Choice("roof", "Roof", cost=Decimal(500)),
]
TEXTS = [Choice("red", "Red"), Choice("blue", "Blue"), Choice("keep", "")]


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant()
    make_votes.commission(made)
    return made


@pytest.fixture
def eve(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def asked_of(plant: make.Plant, method: str) -> Asked:
    if method in ("greedy", "shares"):
        return Asked("What do we build?", method=method, choices=PROJECTS, money=Decimal(1200))
    if method == "schulze":
        return Asked("Which colour?", method=method, choices=TEXTS)
    seats = {"several": 2, "stv": 2}.get(method, 1)
    return make_votes.election(
        plant, "jo", "kim", "lou", method="plurality" if method == "several" else method, seats=seats
    )


def send(client: Client, ballot: Ballot, fields: list[tuple[str, str]], form: str = FORM) -> Any:
    sent = urlencode([("form", form), *fields])
    return client.post(
        f"/bakery/ballots/{ballot.pk}/", sent, content_type="application/x-www-form-urlencoded"
    )


def in_the_box(ballot: Ballot) -> tuple[int, int]:
    marked = RollEntry.objects.filter(ballot=ballot, channel__isnull=False).count()
    return NamedVote.objects.filter(entry__ballot=ballot).count(), marked


def fields_of(page: str) -> list[str]:
    return sorted(set(re.findall(r'name="((?:choice|mark|rank)[^"]*)"', page)))


# --- What is taken --------------------------------------------------------------------------------------------------

TAKEN: list[tuple[str, list[tuple[str, str]], str]] = [
    ("plurality", [("choice", "kim")], "kim"),
    ("plurality", [("choice", "blank")], "blank"),
    (
        "several",
        [("mark-1-lou", "1"), ("mark-1-jo", "1"), ("mark-1-kim", "0"), ("mark-1-blank", "0")],
        "jo=lou",
    ),
    ("several", [("mark-1-blank", "1")], "blank"),
    ("approval", [("mark-1-jo", "1"), ("mark-1-kim", "1"), ("mark-1-lou", "1")], "jo=kim=lou"),
    ("runoff", [("rank-1-kim", "1"), ("rank-1-jo", "2"), ("rank-1-lou", "0")], "kim>jo"),
    ("runoff", [("mark-1-blank", "1"), ("rank-1-kim", "0")], "blank"),
    ("stv", [("rank-1-kim", "3"), ("rank-1-jo", "2"), ("rank-1-lou", "1")], "lou>jo>kim"),
    ("schulze", [("rank-1-red", "1"), ("rank-1-keep", "2"), ("rank-1-blue", "2")], "red>blue=keep"),
    ("greedy", [("mark-1-roof", "1"), ("mark-1-showers", "1")], "roof=showers"),
    ("shares", [("mark-1-ovens", "1")], "ovens"),
]


@pytest.mark.parametrize(("method", "fields", "answer"), TAKEN)
def test_a_paper_of_every_method_is_taken_as_it_was_marked(
    eve: Client, plant: make.Plant, method: str, fields: list[tuple[str, str]], answer: str
) -> None:
    ballot = make_votes.opened(plant, [asked_of(plant, method)])
    page = eve.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert {name for name, _value in fields} <= set(fields_of(page))
    assert send(eve, ballot, fields).status_code == 302
    assert NamedVote.objects.get(entry__ballot=ballot).answer == answer
    again = send(eve, ballot, fields)  # the reply was lost: the same paper once more
    assert again.status_code == 302
    assert in_the_box(ballot) == (1, 1)


def test_several_questions_stand_on_one_paper(eve: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(
        plant, [Asked("Shall it be?"), asked_of(plant, "stv"), asked_of(plant, "greedy")]
    )
    page = eve.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert page.count("<fieldset") == 3
    assert page.count('class="button button--primary') == 1
    fields = [("choice", "for"), ("rank-2-kim", "1"), ("mark-3-roof", "1")]
    half = send(eve, ballot, fields[:2])
    assert half.status_code == 422
    assert [question["wrong"] != [] for question in half.context["questions"]] == [False, False, True]
    assert in_the_box(ballot) == (0, 0)
    assert send(eve, ballot, fields).status_code == 302
    assert list(NamedVote.objects.order_by("question__number").values_list("answer", flat=True)) == [
        "for",
        "kim",
        "roof",
    ]


def test_what_one_has_marked_stands_on_nobody_elses_paper(eve: Client, plant: make.Plant) -> None:
    """The paper with nothing marked is drawn once for everybody; what comes back to its sender is not kept."""
    ballot = make_votes.opened(plant, [Asked("Shall it be?"), asked_of(plant, "greedy")])
    fay = make.sign_in(Client(), plant.fay)
    address = f"/bakery/ballots/{ballot.pk}/"
    half = send(eve, ballot, [("choice", "for")])
    assert half.status_code == 422
    marked, wrong = b'value="for" checked', b'id="wrong-2"'
    assert (half.content.count(marked), half.content.count(wrong)) == (1, 1)
    for reader in (fay, eve, fay):
        page = reader.get(address).content
        assert page.count(b"<fieldset") == 2
        assert (page.count(marked), page.count(wrong)) == (0, 0)


def test_each_method_is_explained_before_anybody_votes(eve: Client, plant: make.Plant) -> None:
    said = {
        "plurality": "If nobody has, those who lead go into a second round.",
        "several": "The 2 with most votes are elected.",
        "approval": "as many as you like",
        "runoff": "first on more than half of the papers",
        "schulze": "compared with every other",
        "stv": "one of the 2 seats",
        "greedy": "1,200.00 UC",
        "shares": "equal share of 1,200.00 UC",
    }
    for method, words in said.items():
        ballot = make_votes.opened(plant, [asked_of(plant, method)])
        page = " ".join(eve.get(f"/bakery/ballots/{ballot.pk}/").content.decode().split())
        assert words in page, method
        assert "mark the blank paper" in page


def test_the_order_is_drawn_and_the_same_for_everybody(client: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [asked_of(plant, "stv")])
    seen = set()
    for who in (plant.eve, plant.fay, plant.gus):
        page = make.sign_in(client, who).get(f"/bakery/ballots/{ballot.pk}/").content.decode()
        seen.add(tuple(re.findall(r'<select[^>]* name="rank-1-(\w+)"', page)))
    drawn = Option.objects.filter(question__ballot=ballot).exclude(code="blank").order_by("number")
    assert seen == {tuple(drawn.values_list("code", flat=True))}


def test_who_steps_back_is_told_and_the_paper_stays(eve: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [asked_of(plant, "plurality")])
    before = fields_of(eve.get(f"/bakery/ballots/{ballot.pk}/").content.decode())
    option = Option.objects.get(question__ballot=ballot, code="kim")
    Withdrawal.objects.create(option=option, because="Ill.", entered_by=plant.hal, at=make.now())
    page = eve.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert "Kim. The paper stays as it is; the count passes this name over." in page
    assert "Ill." not in page
    assert fields_of(page) == before
    assert send(eve, ballot, [("choice", "kim")]).status_code == 302


# --- What is not ----------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, list[tuple[str, str]], str]] = {
    "not on the paper": ("plurality", [("choice", "ana")], "unknown-choice"),
    "nothing marked": ("several", [("mark-1-jo", "0")], "no-choice"),
    "nothing ranked": ("stv", [("rank-1-jo", "0")], "no-choice"),
    "a mark too many": (
        "several",
        [(f"mark-1-{who}", "1") for who in ("jo", "kim", "lou")],
        "too-many-marks",
    ),
    "one mark sent twice": ("several", [("mark-1-jo", "1"), ("mark-1-jo", "1")], "two-choices"),
    "marked and not marked": ("several", [("mark-1-jo", "1"), ("mark-1-jo", "0")], "two-choices"),
    "a mark of two": ("several", [("mark-1-jo", "2")], "unknown-choice"),
    "a mark with a blank behind": ("several", [("mark-1-jo", "1 ")], "unknown-choice"),
    "an Arabic mark": ("several", [("mark-1-jo", "١")], "unknown-choice"),
    "a mark for a stranger": ("several", [("mark-1-ana", "1")], "unknown-choice"),
    "blank and a name": ("approval", [("mark-1-blank", "1"), ("mark-1-jo", "1")], "blank-and-more"),
    "blank and a place": ("stv", [("mark-1-blank", "1"), ("rank-1-jo", "1")], "blank-and-more"),
    "a mark in an order": ("stv", [("mark-1-jo", "1")], "unknown-choice"),
    "a place in a choice": ("approval", [("rank-1-jo", "1"), ("mark-1-kim", "9")], "unknown-choice"),
    "two on one place": ("stv", [("rank-1-jo", "1"), ("rank-1-kim", "1")], "rank-twice"),
    "a gap": ("stv", [("rank-1-jo", "1"), ("rank-1-kim", "3")], "rank-missing"),
    "no first": ("runoff", [("rank-1-jo", "2")], "rank-missing"),
    "a gap behind equals": ("schulze", [("rank-1-red", "1"), ("rank-1-blue", "3")], "rank-missing"),
    "below nothing": ("stv", [("rank-1-jo", "-1")], "rank-unreadable"),
    "farther than there are": ("stv", [("rank-1-jo", "4")], "rank-unreadable"),
    "huge": ("stv", [("rank-1-jo", "9" * 5000)], "rank-unreadable"),
    "with a point": ("stv", [("rank-1-jo", "1.0")], "rank-unreadable"),
    "with a power": ("stv", [("rank-1-jo", "1e0")], "rank-unreadable"),
    "an Arabic place": ("stv", [("rank-1-jo", "١")], "rank-unreadable"),
    "a full-width place": ("stv", [("rank-1-jo", "１")], "rank-unreadable"),
    "a place with a sign": ("stv", [("rank-1-jo", "+1")], "rank-unreadable"),
    "a place for a stranger": ("stv", [("rank-1-ana", "1")], "unknown-choice"),
    "a question too many": ("stv", [("rank-1-jo", "1"), ("rank-2-jo", "1")], "unknown-question"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_422_and_everything_is_kept(eve: Client, plant: make.Plant, case: str) -> None:
    method, fields, reason = REFUSED[case]
    ballot = make_votes.opened(plant, [asked_of(plant, method)])
    answer = send(eve, ballot, fields)
    assert answer.status_code == 422
    assert [one.code for one in answer.context["refused"]] == [reason]
    assert answer.context["form"] == FORM
    assert in_the_box(ballot) == (0, 0)
    kept = {card["name"]: card for question in answer.context["questions"] for card in question["cards"]}
    for name, value in fields:
        if name.startswith("mark") and value == "1" and name in kept and case != "one mark sent twice":
            assert kept[name]["checked"] or case == "marked and not marked"
        if name.startswith("rank") and value in ("1", "2", "3") and name in kept and "ranks" in kept[name]:
            assert [words for _v, words, chosen in kept[name]["ranks"] if chosen] == [value]


def test_what_belongs_to_nothing_is_passed_over(eve: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [asked_of(plant, "stv")])
    more = [
        ("member_id", str(plant.bo.pk)),
        ("voter", str(plant.bo.number)),
        ("weight", "5"),
        ("channel", "paper"),
        ("state", "counted"),
        ("rank-1-JO", "1"),
        ("rank-0-jo", "1"),
        ("mark", "1"),
    ]
    assert send(eve, ballot, [("rank-1-lou", "1"), *more]).status_code == 302
    vote = NamedVote.objects.get(entry__ballot=ballot)
    assert (vote.entry.member, vote.entry.channel, vote.answer) == (plant.eve, "phone", "lou")


def test_a_choice_in_the_address_is_405(eve: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [asked_of(plant, "stv")])
    for asked in ("choice=for", "rank-1-jo=1", "mark-1-blank=1", f"form={FORM}&choice-2=jo"):
        assert eve.get(f"/bakery/ballots/{ballot.pk}/?{asked}").status_code == 405
    for method in ("HEAD", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        assert eve.generic(method, f"/bakery/ballots/{ballot.pk}/").status_code == 405
    assert in_the_box(ballot) == (0, 0)


def test_a_vote_that_is_not_held_on_screens(eve: Client, plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, [asked_of(plant, "plurality")], channels=["paper"])
    page = eve.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert "This vote is not held on screens." in page
    assert 'type="radio"' not in page
    answer = send(eve, ballot, [("choice", "kim")])
    assert (answer.status_code, in_the_box(ballot)) == (409, (0, 0))


def test_nothing_with_a_name_enters_a_secret_vote(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, [asked_of(plant, "plurality")], secrecy="secret")
    with pytest.raises(Refused) as no:
        ballots.cast(ballot=ballot, answers={1: "kim"}, form=FORM, by=plant.eve, at=make.now())
    assert [reason.code for reason in no.value.reasons] == ["vote-is-secret", "vote-not-open-yet"]
    assert in_the_box(ballot) == (0, 0)


def test_an_order_marked_too_late_is_told_back(eve: Client, plant: make.Plant) -> None:
    closes = make.now() + datetime.timedelta(hours=1)
    ballot = make_votes.opened(plant, [asked_of(plant, "stv")], closes_at=closes)
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    answer = send(eve, ballot, [("rank-1-kim", "1"), ("rank-1-jo", "2")])
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "You had marked: 1. Kim. It was not entered." in page
    assert "You had marked: 2. Jo. It was not entered." in page


# --- Secret ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def house() -> make.Plant:
    names = (
        "Ana",
        "Bob",
        "Cyd",
        "Dee",
        "Eve",
        "Fay",
        "Gus",
        "Hal",
        "Ida",
        "Jo",
        "Kim",
        "Lou",
    )  # equally long
    made = make.plant(bylaws=make_votes.ON_SCREENS, names=names)
    make_votes.commission(made)
    return made


def secret_vote(house: make.Plant, *asked: Asked) -> Ballot:
    ballot = make_votes.drawn_up(house, asked, secrecy="secret", closes_at=make.now() + make.days(1))
    make_votes.with_key(ballot, house, "eve", "fay", "hal")
    return ballots.open_ballot(ballot=ballot, present=(), by=house.hal.actor, at=make.now())


def field_values(page: str) -> dict[str, list[str]]:
    """What a browser could send of each radio button and each list."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="([^"]+)"', page):
        found.setdefault(name, []).append(value)
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]+)"', inside)
    return found


def test_a_secret_vote_is_answered_at_once_with_a_receipt_and_nothing_else(
    client: Client, house: make.Plant
) -> None:
    ballot = secret_vote(house, asked_of(house, "plurality"))
    make.sign_in(client, house.ida)
    answer = send(client, ballot, [("choice", "kim")])
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Your vote is in the urn" in page
    assert len(answer.context["words"].replace(" ", "").replace("-", "")) == 26
    assert answer.context["words"] in page
    assert "Kim" not in page
    assert answer.headers["Cache-Control"] == "no-store, private"
    again = send(client, ballot, [("choice", "kim")])
    assert (again.status_code, again.context["words"]) == (200, answer.context["words"])
    later = client.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert "The receipt was shown once, when you voted." in later
    assert answer.context["words"] not in later
    assert in_the_box(ballot) == (0, 1)
    other = send(client, ballot, [("choice", "lou")], form="f" * 32)
    assert other.status_code == 409
    assert "You had marked" not in other.content.decode()


@pytest.mark.parametrize("method", ["motion", "plurality", "several", "stv"])
def test_paper_and_answer_are_as_long_whatever_is_chosen(house: make.Plant, method: str) -> None:
    """Of ten ways to fill the paper, each is as long on the line, and gets an answer of one status and one length."""
    asked = Asked("Shall it be?") if method == "motion" else asked_of(house, method)
    ballot = secret_vote(house, asked)
    sent: set[int] = set()
    answered: set[tuple[int, int]] = set()
    for turn, who in enumerate(("ana", "bo", "cy", "dee", "gus", "ida")):
        client = make.sign_in(Client(), house.people[who])
        page = client.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
        fields = _filled(field_values(page), turn)
        sent.add(len(urlencode(fields)))
        answer = send(client, ballot, fields, form=f"{turn:032x}")
        answered.add((answer.status_code, len(answer.content)))
    assert len(sent) == 1
    assert len(answered) == 1
    assert answered.pop()[0] == 200


def _filled(values: dict[str, list[str]], turn: int) -> list[tuple[str, str]]:
    """One of several good papers: another radio button, other marks, another order each turn."""
    if "choice" in values:
        return [("choice", values["choice"][turn % len(values["choice"])])]
    fields = {name: there[0] for name, there in values.items()}
    names = [name for name in values if not name.endswith("blank")]
    if turn == 0:
        fields["mark-1-blank"] = "1"
    elif names[0].startswith("rank"):
        for place in range(1, 1 + turn % len(names)):
            fields[names[place]] = values[names[place]][place]
        fields.setdefault(names[0], values[names[0]][0])
        if turn % len(names) == 0:
            fields[names[0]] = values[names[0]][1]
    else:
        for name in names[: 1 + turn % 2]:
            fields[name] = "1"
    return list(fields.items())


# --- The fields and the answers are the same thing ------------------------------------------------------------------


def sent_by(asked: Printed, chosen: dict[str, int]) -> QueryDict:
    """The form as a browser sends it: every field, with the place or the mark of each option."""
    posted = QueryDict(mutable=True)
    posted["form"] = FORM
    for code in asked.codes:
        ranked = asked.is_ranked and code != "blank"
        posted[f"{'rank' if ranked else 'mark'}-{asked.number}-{code}"] = str(chosen.get(code, 0))
    return posted


CODES = ("a", "b", "c", "d", "blank")


@settings(max_examples=200)
@given(
    st.sampled_from(["approval", "stv", "schulze"]),
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 4), max_size=5),
)
def test_either_the_paper_is_refused_or_it_says_what_was_marked(method: str, chosen: dict[str, int]) -> None:
    asked = Printed(2, method, CODES, None)
    if method == "approval":
        chosen = {code: min(place, 1) for code, place in chosen.items()}
    else:
        chosen["blank"] = min(chosen.get("blank", 0), 1)
    try:
        answers, form = read_paper({2: asked}, sent_by(asked, chosen))
    except Refused as refusal:
        reasons = {one.code for one in refusal.reasons}
    else:
        reasons = set()
    assert reasons <= {"blank-and-more", "rank-twice", "rank-missing"}
    if reasons:
        return
    assert form == FORM
    marked = {code: place for code, place in chosen.items() if place}
    if not marked:
        assert answers == {2: ""}
        return
    assert obstacles_in_answers({2: asked}, answers) == []
    if marked.keys() == {"blank"}:
        assert answers == {2: "blank"}
        return
    ranks = answers[2].split(">")
    said = {code: place for place, rank in enumerate(ranks, 1) for code in rank.split("=")}
    assert said == marked


def test_the_secret_that_a_borrowed_device_asks_for_is_not_said_to_be_optional(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant)
    client = make.sign_in(Client(), plant.eve)
    own = client.get(f"/bakery/ballots/{ballot.pk}/").content
    session = client.session
    session["kind"] = "borrowed"
    session.save()
    page = client.get(f"/bakery/ballots/{ballot.pk}/").content
    assert (b'name="secret"' in own, b'name="secret"' in page) == (False, True)
    assert b"may be left out" not in page
    assert send(client, ballot, [("choice", "for"), ("secret", "")]).status_code == 422
