"""Amendments at the desk of a meeting: why each is voted where it stands, what came late, and one on paper."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, ProceduralMotion
from coop.pages.templatetags.coop import markdown, unbroken, unbroken_heading
from coop.proposals import actions as proposals
from coop.proposals.amending import Insert, Whole, Words
from coop.proposals.models import Amendment, Proposal
from tests import make

pytestmark = pytest.mark.django_db
HOURS = "Hours of others may not be more than six per cent of all hours."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    made = make.supported_motion(plant, title="Hired work", clauses=[HOURS, "It is posted."])
    for new, name in (("eight", "bo"), ("four", "eve")):
        one = proposals.submit(
            proposal=made,
            changes=[Words(1, HOURS.replace("six", new))],
            by=plant.people[name],
            at=make.now(),
        )
        proposals.admit(amendment=one, by=plant.ana.actor, at=make.now())
    return made


@pytest.fixture
def meeting(plant: make.Plant, text: Proposal) -> Meeting:
    """Its item 2 is called."""
    made = make.meeting_in_session(plant, motions=[text])
    item = made.items.get(number=2, part=0)
    meetings.call_item(item=item, sitting=made.sittings.get(), by=plant.ana, at=make.now())
    return made


def words_of(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def late(plant: make.Plant, text: Proposal, *words: str) -> list[Amendment]:
    return [
        proposals.submit(proposal=text, changes=[Insert(2, one)], by=plant.gus, at=make.now())
        for one in words
    ]


def test_the_desk_says_why_each_amendment_stands_where_it_stands(
    plant: make.Plant, ana: Client, text: Proposal, meeting: Meeting
) -> None:
    first, second = Amendment.objects.order_by("number")
    shown = words_of(ana.get(f"/bakery/meetings/{meeting.pk}/session/"))
    assert "To clause 1 it goes as far as the next, 2 words, and came before it." in shown
    assert "The last of those to clause 1: it changes 2 words, no more than the one before it." in shown
    meetings.move_amendment(
        amendment=second, before=first, because="It is quickly said.", by=plant.ana, at=make.now()
    )
    shown = words_of(ana.get(f"/bakery/meetings/{meeting.pk}/session/"))
    assert "Whoever leads has put it here, because: It is quickly said." in shown


def test_the_reasons_ask_no_more_for_thirty_amendments(
    plant: make.Plant, ana: Client, text: Proposal, meeting: Meeting
) -> None:
    address = f"/bakery/meetings/{meeting.pk}/session/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert ana.get(address).status_code == 200
        return len(questions)

    ana.get(address)
    first = asked()
    for one in late(plant, text, *(f"Point {number}." for number in range(28))):
        proposals.give_leave(amendment=one, by=plant.ana.actor, at=make.now())
    assert asked() == first


def test_the_motion_lists_what_came_late_and_takes_several_up_at_once(
    plant: make.Plant, ana: Client, text: Proposal, meeting: Meeting
) -> None:
    address = f"/bakery/meetings/{meeting.pk}/session/motion/"
    assert "Which amendments" not in words_of(ana.get(address))
    made = late(plant, text, "Posted.", "Read out aloud.")
    shown = words_of(ana.get(address))
    assert "A3 (came late) After clause 2 a clause is put in: ‘Posted.’" in shown
    assert (
        "Taking up what came late, one or several at once. To be carried it needs at least two thirds of"
        in shown
    )
    sent: dict[str, Any] = {
        "kind": "take_up",
        "mover": plant.hal.number,
        "votes_for": "6",
        "votes_against": "1",
    }
    wrong = ana.post(address, sent | {"amendments": ["A1"]})
    assert wrong.status_code == 422
    nothing = ana.post(address, sent)
    assert nothing.status_code == 409
    assert "Say which amendments are meant" in words_of(nothing)
    few = ana.post(address, sent | {"amendments": ["A3", "A4"], "votes_for": "4", "votes_against": "3"})
    assert few.status_code == 302
    assert {one.state for one in Amendment.objects.filter(pk__in=[one.pk for one in made])} == {"submitted"}
    assert ana.post(address, sent | {"amendments": ["A3", "A4"]}).status_code == 302
    assert {one.state for one in Amendment.objects.filter(pk__in=[one.pk for one in made])} == {"admitted"}
    last = ProceduralMotion.objects.latest("pk")
    assert (last.words, last.outcome) == ("A3, A4", "carried")
    assert meeting.items.filter(number=2, part__gt=0).count() == 4


def test_the_parts_of_a_common_text_are_chosen_again(plant: make.Plant, text: Proposal) -> None:
    eve = make.sign_in(Client(), plant.eve)
    parts = list(Amendment.objects.order_by("number"))
    address = f"/bakery/proposals/{text.pk}/common/"
    asked = "&".join(f"part={one.pk}" for one in parts)
    writing = eve.get(f"{address}?chosen=1&{asked}").content.decode()
    assert f'href="{address}?part={parts[0].pk}&amp;part={parts[1].pk}&amp;"' in writing
    again = eve.get(f"{address}?part={parts[0].pk}&part={parts[1].pk}&").content.decode()
    assert again.count(" checked") == 2


@pytest.mark.parametrize("kind", ["own", "of-words", "block"])
def test_an_amendment_is_printed(plant: make.Plant, ana: Client, text: Proposal, kind: str) -> None:
    found = Amendment.objects.get(number=1)
    if kind == "of-words":
        changes = [Words(1, HOURS.replace("six", "nine"))]
        found = proposals.submit(
            proposal=text, changes=changes, amends=found, reasons="*Why*.", by=plant.fay, at=make.now()
        )
    if kind == "block":
        other = proposals.submit(proposal=text, changes=[Insert(2, "Posted.")], by=plant.gus, at=make.now())
        proposals.admit(amendment=other, by=plant.ana.actor, at=make.now())
        found = meetings.vote_together(proposal=text, parts=[found, other], by=plant.ana, at=make.now())
    answer = ana.get(f"/bakery/amendments/{found.pk}/printed/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert ana.get(f"/bakery/amendments/{found.pk}/printed/").content == answer.content


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("P 2026-33 Ovens", ["P 2026-33"]),
        ("P 2026-33 A4.1: <b>", ["P 2026-33 A4.1"]),
        ("D C-POT 2026-1, GA 2026-3", ["D C-POT 2026-1", "GA 2026-3"]),
        ("on 2026-11-28", []),
    ],
)
def test_the_number_of_a_paper_stays_on_one_line(words: str, kept: list[str]) -> None:
    shown = str(unbroken(words))
    assert re.findall(r'<span class="number">(.*?)</span>', shown) == kept
    assert "<b>" not in shown


def test_of_a_change_too_long_for_the_hall_what_comes_is_shown(plant: make.Plant, ana: Client) -> None:
    clauses = ["Bread " * 60 + "is free.", "Flour " * 60 + "is shared."]
    made = make.supported_motion(plant, title="Ovens", clauses=clauses)
    whole = proposals.submit(
        proposal=made, changes=[Whole(("Nothing is sold.",))], by=plant.eve, at=make.now()
    )
    proposals.admit(amendment=whole, by=plant.ana.actor, at=make.now())
    session = make.meeting_in_session(plant, motions=[made])
    line = session.items.get(number=2, part=1)
    meetings.call_item(item=line, sitting=session.sittings.get(), by=plant.ana, at=make.now())
    called = words_of(ana.get(f"/bakery/meetings/{session.pk}/hall/"))
    assert "<ins>Nothing is sold.</ins>" in called
    assert "2 clauses are taken out for it." in called
    assert f"{whole.label}: Ovens" in re.sub("<[^>]*>", "", called)
    meetings.open_vote(item=line, by=plant.ana, at=make.now())
    voted = words_of(ana.get(f"/bakery/meetings/{session.pk}/hall/"))
    assert "Nothing is sold.</ins>" in voted
    assert "2 clauses are taken out for it." in voted
    assert "Flour" not in voted


def test_the_number_of_minutes_stays_on_one_line_of_their_headline_alone() -> None:
    html = str(unbroken_heading(markdown("# Minutes C-CRB 2026-10 & more\n\nOf GA 2026-3.\n\n# GA 2026-4")))
    assert html.split("\n") == [
        '<h1>Minutes <span class="number">C-CRB 2026-10</span> &amp; more</h1>',
        "<p>Of GA 2026-3.</p>",
        '<h1><span class="number">GA 2026-4</span></h1>',
        "",
    ]
