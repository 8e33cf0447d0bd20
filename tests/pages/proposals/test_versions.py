"""Versions of a proposal: as published, with what the mover took in, as the meeting left it, as decided."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.proposals import actions as proposals
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Insert, Words
from coop.proposals.models import Proposal
from coop.proposals.versions import versions
from tests import make

pytestmark = pytest.mark.django_db
HOURS, VOICE = "Hours of others may not be more than six per cent.", "Hired people have a voice."
FOUR, VOTE = HOURS.replace("six", "four"), VOICE.replace("voice", "vote")


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    """Eve took A1 in; A2 and A3 are to be voted."""
    made = make.supported_motion(plant, title="Hired work", clauses=[HOURS, VOICE])
    for change, name in (
        (Insert(2, "It is posted."), "bo"),
        (Words(1, FOUR), "fay"),
        (Words(2, VOTE), "gus"),
    ):
        one = proposals.submit(proposal=made, changes=[change], by=plant.people[name], at=make.now())
        proposals.admit(amendment=one, by=plant.ana.actor, at=make.now())
        if name == "bo":
            proposals.accept(amendment=one, by=plant.eve, at=make.now())
    return made


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


def vote(plant: make.Plant, meeting: Meeting, part: int, choice: str) -> None:
    line = meeting.items.get(number=2, part=part)
    decision = meetings.open_vote(item=line, by=plant.ana, at=make.now())
    for name in ("eve", "fay", "gus"):
        make.cast(decision.ballot, plant.people[name], choice)
    meetings.close_vote(item=line, by=plant.ana, at=make.now())


def words_of(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def told(text: Proposal) -> list[tuple[str, list[str], list[str]]]:
    return [
        (str(one.stage), list(one.clauses), [amendment.short for amendment in one.amendments])
        for one in versions(AmendedText.of(text))
    ]


def test_a_version_is_there_when_it_differs(plant: make.Plant, text: Proposal) -> None:
    published = ("published", [HOURS, VOICE], [])
    taken_in = ("taken-in", [HOURS, VOICE, "It is posted."], ["A1"])
    assert told(text) == [published, taken_in]
    meeting = make.meeting_in_session(plant, motions=[text])
    vote(plant, meeting, 1, "for")
    vote(plant, meeting, 2, "against")
    assert told(text) == [published, taken_in, ("left", [FOUR, VOICE, "It is posted."], ["A2", "A1"])]


def test_two_of_them_are_shown_marked_and_side_by_side(
    plant: make.Plant, text: Proposal, lou: Client
) -> None:
    address = f"/bakery/proposals/{text.pk}/versions/"
    meeting = make.meeting_in_session(plant, motions=[text])
    vote(plant, meeting, 1, "for")
    vote(plant, meeting, 2, "against")
    vote(plant, meeting, 0, "for")
    answer = lou.get(address)
    shown = words_of(answer)
    assert "2 clauses differ." in shown
    for name in (
        "as it was published",
        "with what its mover took in (A1)",
        "as the meeting left it (A2, A1)",
    ):
        assert name in shown
    assert [(row.pair.before, row.pair.after) for row in answer.context["rows"]] == [
        (1, 1),
        (2, 2),
        (None, 3),
    ]
    assert answer.context["second"] == "as it was decided"
    row = answer.context["rows"][0]
    assert [run.words for run in row.runs if run.mark == "out"] == ["six"]
    assert [run.words for run in row.runs if run.mark == "in"] == ["four"]
    assert "".join(run.space + run.words for run in row.left).strip() == HOURS
    assert "".join(run.space + run.words for run in row.right).strip() == FOUR
    same = lou.get(address, {"first": "left", "second": "decided"})
    assert "Both read the same." in words_of(same)
    back = lou.get(address, {"first": "decided", "second": "published"})
    assert [(row.pair.before, row.pair.after) for row in back.context["rows"]] == [(1, 1), (2, 2), (3, None)]


def test_a_text_that_nobody_changed_has_one_version(plant: make.Plant, lou: Client) -> None:
    text = make.supported_motion(plant)
    assert "There is one version" in words_of(lou.get(f"/bakery/proposals/{text.pk}/versions/"))
    draft = make.motion(plant, title="A draft")
    eve = make.sign_in(Client(), plant.eve)
    for client in (lou, eve):
        assert client.get(f"/bakery/proposals/{draft.pk}/versions/").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [{"first": "x", "second": "published"}, {"first": "published"}, {"first": "decided", "second": "published"},
     {"first": ["published", "published"], "second": "published"}],
)  # fmt: skip
def test_a_version_that_is_not_there(text: Proposal, lou: Client, asked: dict[str, Any]) -> None:
    assert lou.get(f"/bakery/proposals/{text.pk}/versions/", asked).status_code == 422


def test_thirty_amendments_ask_no_more_than_three(plant: make.Plant, text: Proposal, lou: Client) -> None:
    address = f"/bakery/proposals/{text.pk}/versions/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert lou.get(address).status_code == 200
        return len(questions)

    lou.get(address)
    first = asked()
    for number in range(27):
        one = proposals.submit(
            proposal=text, changes=[Insert(1, f"Point {number}.")], by=plant.fay, at=make.now()
        )
        proposals.admit(amendment=one, by=plant.ana.actor, at=make.now())
        proposals.accept(amendment=one, by=plant.eve, at=make.now())
    assert asked() == first
