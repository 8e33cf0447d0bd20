"""A meeting that found no quorum gives back its agenda, and gets a second date with all of it."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from coop.ballots.models import Ballot
from coop.meetings import actions as meetings
from coop.meetings.calendar import Planned
from coop.meetings.drafts import ballots_for, requests_for
from coop.meetings.minutes_head import head
from coop.meetings.models import AgendaItem, Meeting, Request, Sitting
from coop.meetings.requests import answered_by
from tests import make, make_votes
from tests.meetings.test_requests import reached

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
Kind = AgendaItem.Kind


@pytest.fixture
def plant() -> make.Plant:
    bylaws = {"quorum_second_rule": "number", "quorum_second_number": 9, "item_request_percent": 20}
    return make.plant(bylaws=bylaws)


def not_held(plant: make.Plant) -> tuple[Meeting, Ballot, Request]:
    """Signers, a motion, a report, an election and what members asked for; nine were needed, and nobody came."""
    at = make.now() - make.days(18)
    ballot = make_votes.drawn_up(plant, drawn_up_by=plant.gus)
    asked = reached(plant, "item", at=at - make.days(2))
    motion = make.supported_motion(plant)
    meeting = make.draft_meeting(plant, starts_at=make.now() - 2 * HOUR, motions=[motion], at=at)
    meetings.add_item(meeting=meeting, kind=Kind.ELECTION, ballot=ballot, by=plant.ana, at=at)
    meetings.add_item(meeting=meeting, kind=Kind.REQUESTED, request=asked, by=plant.ana, at=at)
    meetings.convene(meeting=meeting, by=plant.ana, at=at)
    sitting = Sitting.objects.select_related("meeting").get(meeting=meeting)
    meetings.close_sitting(sitting=sitting, by=plant.bo, at=make.now())
    return meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now()), ballot, asked


def again(plant: make.Plant, meeting: Meeting) -> Meeting:
    return meetings.copy_meeting(
        meeting=meeting,
        title="Second date",
        place="Yard",
        sittings=[Planned(make.now() + make.days(20))],
        by=plant.ana,
        at=make.now(),
    )


def test_all_of_its_agenda_waits_and_comes_along(plant: make.Plant) -> None:
    meeting, ballot, asked = not_held(plant)
    assert answered_by(asked) is None
    assert list(ballots_for(meeting)) == [ballot]
    assert list(requests_for(meeting)) == [asked]
    second = again(plant, meeting)
    items = list(second.items.order_by("number").values_list("kind", "ballot", "request"))
    assert items == [
        ("signers", None, None),
        ("proposal", None, None),
        ("report", None, None),
        ("election", ballot.pk, None),
        ("requested", None, asked.pk),
    ]
    assert (second.copied_from, answered_by(asked)) == (meeting, second)
    meetings.convene(meeting=second, by=plant.ana, at=make.now())


def test_what_another_agenda_has_taken_up_meanwhile_stays_out(plant: make.Plant) -> None:
    meeting, ballot, _asked = not_held(plant)
    other = make.draft_meeting(plant, starts_at=make.now() + make.days(30), at=make.now())
    meetings.add_item(meeting=other, kind=Kind.ELECTION, ballot=ballot, by=plant.ana, at=make.now())
    kinds = [item.kind for item in again(plant, meeting).items.order_by("number")]
    assert kinds == ["signers", "proposal", "report", "requested"]


def test_a_meeting_that_was_held_gives_back_nothing_but_what_waits(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, drawn_up_by=plant.gus)
    at = make.now() - make.days(18)
    meeting = make.draft_meeting(plant, motions=[make.supported_motion(plant)], at=at)
    meetings.add_item(meeting=meeting, kind=Kind.ELECTION, ballot=ballot, by=plant.ana, at=at)
    meetings.convene(meeting=meeting, by=plant.ana, at=at)
    for name in make.NAMES[:8]:
        who = plant.people[name.lower()]
        meetings.check_in(meeting=meeting, member=who, by=who, at=make.now())
    sitting = Sitting.objects.select_related("meeting").get(meeting=meeting)
    meetings.open_sitting(sitting=sitting, by=plant.bo, at=make.now())
    held = meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    assert list(ballots_for(held)) == []
    assert [item.kind for item in again(plant, held).items.order_by("number")] == [
        "signers",
        "proposal",
        "report",
    ]


def test_the_page_offers_the_second_date(plant: make.Plant, client: Client) -> None:
    meeting, _ballot, _asked = not_held(plant)
    make.sign_in(client, plant.ana)
    page = client.get(f"/bakery/meetings/{meeting.pk}/").content.decode()
    assert "It found no quorum and was not held." in page
    assert "Give it a second date" in page
    form = client.get(f"/bakery/meetings/{meeting.pk}/copy/").content.decode()
    assert "the same agenda: it was not held" in form
    day = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=20)
    answer = client.post(
        f"/bakery/meetings/{meeting.pk}/copy/",
        {"day": day.isoformat(), "title": "Second date", "place": "Yard"},
    )
    made = Meeting.objects.get(copied_from=meeting)
    assert answer["Location"] == f"/bakery/meetings/{made.pk}/"
    assert made.items.count() == 5


def test_minutes_of_a_meeting_for_everybody_that_never_opened_do_not_say_that_everybody_came(
    plant: make.Plant,
) -> None:
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(1), at=make.now())
    meeting = meetings.convene(meeting=draft, universal=True, by=plant.ana, at=make.now())
    assert meeting.universal
    words = "\n".join(head(meeting))
    assert "everybody on the register was there and agreed" not in words
    assert "it could open only with everybody on the register, and was not opened" in words
