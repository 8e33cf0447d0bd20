"""Nothing a secretary types is lost: kept while it is typed, carried over a lost session, never written over."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from coop.meetings import actions
from coop.meetings.models import ItemNote, Meeting, Phrase, UnsavedNote
from coop.members.models import Power
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def meeting(plant: make.Plant) -> Meeting:
    return make.meeting_in_session(plant)


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def at(meeting: Meeting, rest: str = "2/") -> str:
    return f"/bakery/meetings/{meeting.pk}/minutes/{rest}"


def text_in(answer: Any) -> str:
    value: str = answer.context["form"]["text"].value()
    return value


def form_of(client: Client, address: str) -> dict[str, str]:
    """What the page would send: the hidden fields, and the text that stands in the box."""
    context = client.get(address).context
    return {"writer": context["writer"], "revision": str(context["form"]["revision"].value())}


# --- kept while it is typed ------------------------------------------------------------------------------


def test_what_is_typed_is_there_again_in_another_browser(
    plant: make.Plant, meeting: Meeting, ana: Client
) -> None:
    sent = {"text": "Half a sent", "revision": "0"}
    answer = ana.post(at(meeting, "2/typed/"), sent, headers=HTMX)
    assert answer.status_code == 200
    assert "Kept for you at" in answer.content.decode()
    again = make.sign_in(Client(), plant.ana).get(at(meeting))
    assert text_in(again) == "Half a sent"
    assert "and have not saved it" in again.content.decode()
    assert not ItemNote.objects.exists()
    ana.post(at(meeting), {"text": "Half a sentence, whole.", "revision": "0"})
    assert not UnsavedNote.objects.exists()
    assert text_in(ana.get(at(meeting))) == "Half a sentence, whole."


def test_it_is_thrown_away_only_when_somebody_says_so(meeting: Meeting, ana: Client) -> None:
    ana.post(at(meeting, "2/typed/"), {"text": "Not this.", "revision": "0"}, headers=HTMX)
    assert "Throw away what I typed" in ana.get(at(meeting)).content.decode()
    ana.post(at(meeting), {"text": "Not this.", "revision": "0", "drop": "1"})
    assert text_in(ana.get(at(meeting))) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x" * 50_001, "revision": "0"},
        {"text": "Words\x00", "revision": "0"},
        {"text": "x", "revision": "y"},
    ],
)
def test_what_cannot_be_kept_is_told(meeting: Meeting, ana: Client, wrong: dict[str, str]) -> None:
    assert ana.post(at(meeting, "2/typed/"), wrong, headers=HTMX).status_code == 422
    assert not UnsavedNote.objects.exists()


def test_nobody_else_keeps_or_reads_it(plant: make.Plant, meeting: Meeting, ana: Client) -> None:
    ana.post(at(meeting, "2/typed/"), {"text": "Mine.", "revision": "0"}, headers=HTMX)
    for name in ("bo", "lou"):
        client = make.sign_in(Client(), plant.people[name])
        assert client.post(at(meeting, "2/typed/"), {"text": "x", "revision": "0"}).status_code == 404
        assert client.get(at(meeting)).status_code == 404
    assert "Mine." not in ana.get(at(meeting, "")).content.decode()


# --- a session that has ended ----------------------------------------------------------------------------


def test_the_page_to_sign_in_carries_the_text_and_its_writer_finds_it_in_the_form(
    plant: make.Plant, meeting: Meeting, ana: Client
) -> None:
    sent = form_of(ana, at(meeting)) | {"text": "Typed <for> an hour."}
    gone = Client()  # the same window; the session is over
    make.account(plant.bo)
    door = gone.post(at(meeting), sent)
    assert door.status_code == 401
    assert "Typed &lt;for&gt; an hour.</textarea>" in door.content.decode()
    assert not gone.cookies.get("messages")
    assert "Typed" not in str(gone.cookies)
    carried = {
        "kept_token": door.context["kept"].token,
        "kept_text": "Typed <for> an hour.",
        "kept_revision": "0",
    }
    sign_in = "/bakery/sign-in/"
    wrong = gone.post(sign_in, carried | {"number": "1", "secret": "000000"})
    assert wrong.status_code == 422
    assert "Typed &lt;for&gt; an hour." in wrong.content.decode()
    somebody_else = gone.post(sign_in, carried | {"number": str(plant.bo.number), "secret": make.PIN})
    assert somebody_else.status_code == 409
    assert "was typed by member 1" in somebody_else.content.decode()
    assert "Typed &lt;for&gt; an hour." in somebody_else.content.decode()
    assert not UnsavedNote.objects.exists()
    back = gone.post(sign_in, carried | {"number": "1", "secret": make.PIN})
    assert back.headers["Location"] == at(meeting)
    assert text_in(gone.get(at(meeting))) == "Typed <for> an hour."


def test_a_forged_writer_gets_nothing(plant: make.Plant, meeting: Meeting) -> None:
    make.account(plant.ana)
    client = Client()
    door = client.post(at(meeting), {"writer": "forged", "text": "Words.", "revision": "0"})
    assert door.status_code == 401
    carried = {"kept_token": "forged", "kept_text": "Words.", "kept_revision": "0"}
    answer = client.post("/bakery/sign-in/", carried | {"number": "1", "secret": make.PIN})
    assert answer.status_code == 409
    assert "Words." in answer.content.decode()
    assert not UnsavedNote.objects.exists()


def test_keeping_by_itself_says_that_the_session_is_over_and_moves_no_window(
    meeting: Meeting, ana: Client
) -> None:
    sent = form_of(ana, at(meeting)) | {"text": "Words."}
    answer = Client().post(at(meeting, "2/typed/"), sent, headers=HTMX)
    assert answer.status_code == 200
    assert "You are signed out. Go on writing" in answer.content.decode()
    assert "HX-Redirect" not in answer.headers


# --- two at once -----------------------------------------------------------------------------------------


def test_two_secretaries_see_both_texts_and_join_them_with_one_press(
    plant: make.Plant, meeting: Meeting, ana: Client
) -> None:
    make.office(
        plant, plant.assembly, "second secretary", plant.gus, [(Power.RECORD_MINUTES, plant.assembly)]
    )
    gus = make.sign_in(Client(), plant.gus)
    ana.post(at(meeting), {"text": "The report was read.\n\nEve asked.", "revision": "0"})
    mine = {"text": "The report was read.\n\nKim answered.", "revision": "0"}
    answer = gus.post(at(meeting), mine)
    assert answer.status_code == 409
    page = html.unescape(answer.content.decode())
    assert "<mark>Eve asked.</mark>" in page
    assert "<mark>Kim answered.</mark>" in page
    assert "<mark>The report" not in page
    assert ItemNote.objects.get().text == "The report was read.\n\nEve asked."
    assert gus.post(at(meeting), mine | {"revision": "1", "join": "1"}).headers["Location"] == at(meeting)
    note = ItemNote.objects.get()
    assert note.text == "The report was read.\n\nEve asked.\n\nKim answered."
    assert (note.revision, note.written_by) == (2, plant.gus)


# --- sheets of several sittings, phrases -----------------------------------------------------------------


def test_each_sitting_has_its_sheet_and_the_minutes_hold_all(plant: make.Plant, ana: Client) -> None:
    starts = make.now() - make.days(0.02)
    meeting = make.draft_meeting(plant, starts_at=starts)
    meeting.sittings.create(number=2, starts_at=starts + make.days(0.4), for_whom="night crew")
    meeting = actions.convene(meeting=meeting, by=plant.ana, at=make.now() - make.days(18))
    for name in make.NAMES[:8]:
        actions.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=make.now())
    actions.open_sitting(sitting=meeting.sittings.get(number=1), by=plant.bo, at=make.now())
    for query, words in (("", "Altogether."), ("?sitting=1", "In the morning."), ("?sitting=2", "At night.")):
        assert ana.post(at(meeting) + query, {"text": words, "revision": "0"}).status_code == 302
    page = html.unescape(ana.get(at(meeting, "")).content.decode())
    places = [
        page.index(words)
        for words in (
            "The secretary's account, sitting 1:",
            "In the morning.",
            "The secretary's account, sitting 2 (night crew):",
            "At night.",
            "The secretary's account:",
            "Altogether.",
        )
    ]
    assert places == sorted(places)
    for wrong in ("3", "x", "", "1' OR"):
        assert ana.get(at(meeting) + f"?sitting={wrong}").status_code == 404


def test_a_phrase_is_added_under_what_is_typed(plant: make.Plant, meeting: Meeting, ana: Client) -> None:
    ana.post("/bakery/minutes/phrases/", {"title": "Read", "text": "It was read and nobody asked."})
    phrase = Phrase.objects.get()
    again = ana.post("/bakery/minutes/phrases/", {"title": "Read", "text": "Other."})
    assert again.status_code == 409
    assert "Other." in again.content.decode()
    assert ana.post("/bakery/minutes/phrases/", {"title": "x", "text": "# No"}).status_code == 422
    sent = {"text": "Eve spoke.", "revision": "0", "phrase": str(phrase.pk)}
    assert ana.post(at(meeting), sent).status_code == 302
    assert text_in(ana.get(at(meeting))) == "Eve spoke.\n\nIt was read and nobody asked."
    assert not ItemNote.objects.exists()
    assert ana.post(f"/bakery/minutes/phrases/{phrase.pk}/retire/").status_code == 302
    assert ana.post(at(meeting), sent).status_code == 404
    assert "No longer offer" not in ana.get("/bakery/minutes/phrases/").content.decode()
    assert make.sign_in(Client(), plant.lou).get("/bakery/minutes/phrases/").status_code == 404
