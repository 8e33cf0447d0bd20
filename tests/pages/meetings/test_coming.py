"""Coming and going at the table: by number, by a few letters; and nobody goes out by a slip of the thumb."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions
from coop.meetings.models import Attendance, Meeting
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def at(meeting: Meeting, rest: str = "coming/") -> str:
    return f"/bakery/meetings/{meeting.pk}/{rest}"


def found(client: Client, meeting: Meeting, words: str) -> str:
    answer = client.get(at(meeting), {"words": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_letters_find_somebody_and_the_button_writes_them_down(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = found(ana, meeting, "lo")
    assert "Came in: Lou, No. 12 · Ovens" in page
    assert page.count("autofocus") == 1  # Enter again writes it down
    assert not Attendance.objects.filter(meeting=meeting, member=plant.lou).exists()  # looking writes nothing
    answer = ana.post(at(meeting), {"number": "12"}, follow=True)
    assert answer.redirect_chain == [(at(meeting), 302)]
    assert "Lou, No. 12, is in and votes." in answer.content.decode()
    came = Attendance.objects.get(meeting=meeting, member=plant.lou)
    assert (came.votes, came.how, came.recorded_by) == (True, "table", plant.ana)


def test_of_several_each_has_a_button_with_the_name(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    make.member(plant.cooperative, 144, "Ana Pérez")
    page = found(ana, meeting, "an")
    assert "Went out: Ana, No. 1 · Ovens" in page
    assert "Came in: Ana Pérez, No. 144 · Ovens" in page
    assert "Came in: Nan, No. 14 · Ovens" in page
    assert "Not on the register of voters: a voice, and no vote." in page
    assert "Ana Pérez" in found(ana, meeting, "perez")  # accents do not matter
    assert page.count("autofocus") == 1  # in the box: no button is pressed by a second Enter


def test_who_is_called_so_comes_before_who_only_has_the_letters(plant: make.Plant, ana: Client) -> None:
    """Two letters are in many names; whoever begins with them stands at the top, however high the number."""
    meeting = make.meeting_in_session(plant)
    for number in range(20):
        make.member(plant.cooperative, 200 + number, f"Juana Twin {number}")
    make.member(plant.cooperative, 301, "Luz Anaya")
    make.member(plant.cooperative, 302, "Ana Pérez")
    page = found(ana, meeting, "an")
    places = [
        page.index(words)
        for words in ("Ana, No. 1", "Ana Pérez, No. 302", "Luz Anaya, No. 301", "Nan, No. 14")
    ]
    assert places == sorted(places)


def test_more_people_than_are_shown(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    for number in range(20):
        make.member(plant.cooperative, 200 + number, f"Twin {number}")
    page = found(ana, meeting, "twin")
    assert page.count("Came in:") == 12
    assert "There are more." in page


@pytest.mark.parametrize("words", ["zzz", "999", "9" * 5000, "١٢", "<b>"])
def test_nobody_is_found(plant: make.Plant, ana: Client, words: str) -> None:
    page = found(ana, make.meeting_in_session(plant), words)
    assert "Nobody found" in page
    assert "<b>" not in page.split("<main", 1)[1].split('id="found"')[0]


def test_while_one_types_the_box_keeps_the_focus(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    part = ana.get(at(meeting), {"words": "12"}, headers=HTMX).content.decode()
    assert part.startswith('<div id="found"')
    assert "Came in: Lou" in part
    assert "autofocus" not in part
    assert 'name="words"' not in part


def test_somebody_who_cannot_come_in_is_told_why_before_the_button(plant: make.Plant, ana: Client) -> None:
    early = make.convened_meeting(plant, starts_at=make.now() + make.days(1))
    page = found(ana, early, "5")
    assert "Came in" not in page
    assert "Eve, No. 5" in page
    assert ana.post(at(early), {"number": "5"}).status_code == 409
    over = make.meeting_in_session(plant, motions=[])
    actions.close_meeting(meeting=over, by=plant.bo, at=make.now())
    assert ana.post(at(over), {"number": "12"}).status_code == 409
    assert "Number or name" not in ana.get(at(over, "attendance/")).content.decode()


def test_twice_the_same(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    answer = ana.post(at(meeting), {"number": "5"})
    assert answer.status_code == 409
    assert "Eve is checked in already." in answer.content.decode()
    assert "Went out: Eve, No. 5" in answer.content.decode()


def test_somebody_without_a_vote_is_told_so(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = ana.post(at(meeting), {"number": plant.max.number}, follow=True).content.decode()
    assert "Max, No. 13, is in with a voice and no vote" in page
    assert "1 of them with a voice and no vote." in ana.get(at(meeting, "attendance/")).content.decode()


def test_the_chair_may_keep_the_book_too(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    bo = make.sign_in(Client(), plant.bo)
    assert bo.post(at(meeting), {"number": "12"}).status_code == 302
    assert Attendance.objects.get(meeting=meeting, member=plant.lou).recorded_by == plant.bo


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("999", "Nobody here has the number 999."),
        ("", "This field is required."),
        ("twelve", "A member number has only digits."),
        ("12\x00", "Null characters are not allowed."),
        ("٣", "A member number has only digits."),
        ("9" * 5000, "Ensure this value has at most 9 characters (it has 5000)."),
        (["11", "12"], "Two answers came for this. Give one."),
    ],
)
def test_a_wrong_number_is_told(plant: make.Plant, ana: Client, number: Any, words: str) -> None:
    meeting = make.meeting_in_session(plant)
    answer = ana.post(at(meeting), {"number": number})
    assert answer.status_code == 422
    assert words in answer.context["form"].errors["number"]
    assert Attendance.objects.filter(meeting=meeting).count() == 8


def test_a_number_of_another_cooperative(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    stranger = make.member(make.plant("quarry").cooperative, 77, "Stranger")
    assert "Nobody found" in found(ana, meeting, "stranger")
    assert ana.post(at(meeting), {"number": stranger.number}).status_code == 422


def test_the_table_is_not_there_for_others(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    eve = make.sign_in(Client(), plant.eve)
    assert eve.get(at(meeting)).status_code == 404
    assert eve.post(at(meeting), {"number": "12"}).status_code == 404
    assert not Attendance.objects.filter(meeting=meeting, member=plant.lou).exists()


def test_twelve_people_cost_no_more_than_one_of_them(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    for number in range(2):
        make.member(plant.cooperative, 200 + number, f"Twin {number}")
    found(ana, meeting, "twin")
    with CaptureQueriesContext(connection) as two:
        found(ana, meeting, "twin")
    for number in range(2, 30):
        make.member(plant.cooperative, 200 + number, f"Twin {number}")
    with CaptureQueriesContext(connection) as thirty:
        found(ana, meeting, "twin")
    assert len(thirty) == len(two)


# --- going out -------------------------------------------------------------------------------------------


def test_goes_out_asks_at_the_table_with_the_name_on_the_button(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    desk = ana.get(at(meeting, "attendance/")).content.decode()
    assert f'href="{at(meeting)}?words=5"' in desk
    assert "Went out: Eve, No. 5 · Ovens" in found(ana, meeting, "5")
    answer = ana.post(at(meeting, "leave/"), {"number": "5"})
    assert answer["Location"] == at(meeting)
    assert Attendance.objects.get(meeting=meeting, member=plant.eve).left_at is not None
    assert "Came in: Eve, No. 5" in found(ana, meeting, "5")  # sent out by mistake: back the same way
    ana.post(at(meeting), {"number": "5"})
    assert Attendance.objects.get(meeting=meeting, member=plant.eve).left_at is None


def test_going_out_oneself_asks_first(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    eve = make.sign_in(Client(), plant.eve)
    assert f'href="{at(meeting, "leave/")}"' in eve.get(at(meeting, "")).content.decode()
    page = eve.get(at(meeting, "leave/")).content.decode()
    assert "Are you going out?" in page
    assert "votes are open" not in page
    assert Attendance.objects.get(meeting=meeting, member=plant.eve).left_at is None
    actions.open_vote(item=meeting.items.get(number=2), by=plant.bo, at=make.now())
    assert "1 vote is open on which you have not voted." in eve.get(at(meeting, "leave/")).content.decode()
    assert eve.post(at(meeting, "leave/"))["Location"] == at(meeting, "")
    assert Attendance.objects.get(meeting=meeting, member=plant.eve).left_at is not None
    assert "Eve is not checked in." in eve.get(at(meeting, "leave/")).content.decode()
