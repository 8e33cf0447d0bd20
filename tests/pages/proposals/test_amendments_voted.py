"""Amendments where a meeting votes: the desk, the page that opens a vote, the screen in the hall, the minutes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions as meetings
from coop.meetings.actions.amendments import lay_out
from coop.meetings.minutes import compose
from coop.meetings.models import AgendaItem, Meeting
from coop.proposals import actions as proposals
from coop.proposals.amending import Insert, Words
from coop.proposals.models import Proposal
from tests import make

pytestmark = pytest.mark.django_db
HOURS = "Hours of others may not be more than six per cent of all hours."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def amended(plant: make.Plant, *texts: str) -> Proposal:
    text = make.supported_motion(plant, title="Hired work", clauses=[HOURS, "It is posted."])
    for words, name in zip(texts, ("bo", "eve", "fay"), strict=False):
        one = proposals.submit(proposal=text, changes=[Words(1, words)], by=plant.people[name], at=make.now())
        proposals.admit(amendment=one, by=plant.ana.actor, at=make.now())
    return text


def settle(plant: make.Plant, meeting: Meeting, part: int, choice: str = "for") -> None:
    line = meeting.items.get(number=2, part=part)
    decision = meetings.open_vote(item=line, by=plant.ana, at=make.now())
    make.cast(decision.ballot, plant.gus, choice)
    meetings.close_vote(item=line, by=plant.ana, at=make.now())


def test_the_page_that_opens_a_vote_shows_the_change_and_then_the_text_as_amended(
    plant: make.Plant, client: Client
) -> None:
    meeting = make.meeting_in_session(plant, motions=[amended(plant, HOURS.replace("six", "eight"))])
    make.sign_in(client, plant.ana)
    page = client.get(f"/bakery/meetings/{meeting.pk}/items/2.1/vote/").content.decode()
    assert "Item 2.1 of GA" in page
    assert "<del>" in page
    assert "six</del>" in page
    assert "eight</ins>" in page
    settle(plant, meeting, 1)
    page = client.get(f"/bakery/meetings/{meeting.pk}/items/2/vote/").content.decode()
    assert HOURS.replace("six", "eight") in page
    assert "What is otherwise than it was published" in page


def test_places_that_are_none_are_not_found(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant, motions=[amended(plant, HOURS.replace("six", "eight"))])
    make.sign_in(client, plant.ana)
    for place in ("2.0", "2.2", "2.1.1", "2.", ".1", "9.1", "2,1"):
        assert client.get(f"/bakery/meetings/{meeting.pk}/items/{place}/vote/").status_code == 404, place


def test_one_that_fell_says_why_and_cannot_be_called_or_voted(plant: make.Plant, client: Client) -> None:
    text = amended(plant, HOURS.replace("six", "eight"), HOURS.replace("six", "four"))
    meeting = make.meeting_in_session(plant, motions=[text])
    settle(plant, meeting, 1)
    make.sign_in(client, plant.ana)
    base = f"/bakery/meetings/{meeting.pk}"
    page = client.get(f"{base}/session/").content.decode()
    assert "A1 was carried, and both cannot stand in one text." in page
    assert f"{base}/items/2.2/call/" not in page
    assert f"{base}/items/2/call/" in page
    words = compose(meeting, language="en")
    assert "It fell. A1 was carried, and both cannot stand in one text\\." in words


def test_the_chair_goes_from_the_item_to_its_amendments_and_back(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant, motions=[amended(plant, HOURS.replace("six", "eight"))])
    make.sign_in(client, plant.ana)
    base = f"/bakery/meetings/{meeting.pk}"
    for place, then in (("1", "2"), ("2", "2.1"), ("2.1", None)):
        assert client.post(f"{base}/items/{place}/call/").status_code == 302
        found = client.get(f"{base}/session/").context["next"]
        assert found.item.place == (then or "2")
    settle(plant, meeting, 1)
    assert client.get(f"{base}/session/").context["next"].item.place == "2"


def test_the_hall_reads_the_change_and_the_text_as_it_stands(plant: make.Plant, client: Client) -> None:
    meeting = make.meeting_in_session(plant, motions=[amended(plant, HOURS.replace("six", "eight"))])
    make.sign_in(client, plant.ana)
    base = f"/bakery/meetings/{meeting.pk}"
    client.post(f"{base}/items/2.1/call/")
    page = client.get(f"{base}/hall/").content.decode()
    assert "Item 2.1 of 3" in page
    assert "<del>six</del>" in page.replace("<del> ", "<del>")
    meetings.open_vote(item=meeting.items.get(number=2, part=1), by=plant.ana, at=make.now())
    page = client.get(f"{base}/hall/").content.decode()
    assert '<ins><span class="unseen">put in: </span>eight</ins>' in page
    assert "[-six-]" not in page


def test_thirty_one_amendments_cost_the_desk_no_more_than_one(plant: make.Plant, client: Client) -> None:
    text = amended(plant, HOURS.replace("six", "eight"))
    make.sign_in(client, plant.ana)
    meeting = make.meeting_in_session(plant, motions=[text])
    address = f"/bakery/meetings/{meeting.pk}/session/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    for number in range(30):
        late = proposals.submit(
            proposal=text, changes=[Insert(1, f"Point {number}.")], by=plant.fay, at=make.now()
        )
        proposals.give_leave(amendment=late, by=plant.ana.actor, at=make.now())
    lay_out(item=meeting.items.get(number=2, part=0), by=plant.ana.actor, at=make.now())
    assert meeting.items.filter(number=2).count() == 32
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(one)


def test_a_draft_tells_how_many_amendments_a_text_has_in_as_many_queries_for_one_as_for_thirty(
    plant: make.Plant, client: Client
) -> None:
    text = amended(plant, HOURS.replace("six", "eight"))
    meeting = make.draft_meeting(plant, starts_at=make.now() + make.days(20), motions=[text])
    make.sign_in(client, plant.ana)
    address = f"/bakery/meetings/{meeting.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert "1 amendment<" in client.get(address).content.decode()
    for number in range(29):
        proposals.submit(proposal=text, changes=[Insert(1, f"Point {number}.")], by=plant.fay, at=make.now())
    with CaptureQueriesContext(connection) as many:
        assert "30 amendments<" in client.get(address).content.decode()
    assert len(many) == len(one)


def test_what_is_said_on_a_closed_item_and_on_its_amendments_is_one_closed_part(plant: make.Plant) -> None:
    text = amended(plant, HOURS.replace("six", "eight"))
    meeting = make.draft_meeting(plant, motions=[text])
    meeting.items.filter(number=2).update(openness="closed")
    meeting = meetings.convene(meeting=meeting, by=plant.ana, at=make.now() - make.days(18))
    opened = make.now()
    for one in list(plant.people.values())[:8]:
        meetings.check_in(meeting=meeting, member=one, by=plant.ana, at=opened)
    meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=opened)
    for part, words in ((0, "On the whole."), (1, "On the eight.")):
        item = meeting.items.get(number=2, part=part)
        meetings.write_note(item=item, text=words, revision=0, by=plant.ana, at=make.now())
    veiled: list[tuple[int, str]] = []

    def veil(item: AgendaItem, words: str) -> str:
        veiled.append((item.number, words))
        return "closed"

    compose(meeting, language="en", veil=veil)
    ((number, words),) = veiled
    assert number == 2
    assert words.index("On the whole.") < words.index("On 2\\.1:") < words.index("On the eight.")
