"""The minutes: read as a draft, written per item, closed for ever."""

from __future__ import annotations

import hashlib
import html
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from coop.meetings import actions
from coop.meetings.models import AgendaItem, ItemNote, Meeting, Minutes
from coop.pages.minutes import asked
from coop.pages.minutes.sheet import Part, parts_of
from tests import make


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.ana)


def decided(plant: make.Plant) -> Meeting:
    """A meeting in session whose motion was carried, with Eve and Fay to sign."""
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    actions.name_signers(meeting=item.meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    make.cast(decision.ballot, plant.ana)
    actions.close_vote(item=item, by=plant.bo, at=make.now())
    item.meeting.refresh_from_db()
    return item.meeting


def over(plant: make.Plant) -> Meeting:
    return actions.close_meeting(meeting=decided(plant), by=plant.bo, at=make.now())


def at(meeting: Meeting, rest: str = "") -> str:
    return f"/bakery/meetings/{meeting.pk}/minutes/{rest}"


# --- reading ---------------------------------------------------------------------------------------------


def test_a_draft_is_read_by_every_member_and_marked_as_one(plant: make.Plant) -> None:
    meeting = decided(plant)
    answer = make.sign_in(Client(), plant.lou).get(at(meeting))
    page = answer.content.decode()
    for words in (
        "Draft: not circulated, not signed",
        "Eve and Fay",
        "Carried: 1 for",
        "It counts only when",
    ):
        assert words in page
    assert "Circulate the minutes" not in page
    assert at(meeting, "2/") not in page  # nothing to write on for Lou
    assert [part.number for part in answer.context["parts"]] == ["", "", "1", "2", "3"]


def test_before_the_opening_there_are_none(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant)
    page = make.sign_in(Client(), plant.lou).get(at(meeting)).content.decode()
    assert "No minutes yet" in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](https://example.org)", "<img src=x onerror=y>", "a <b>c</b>"]
)
def test_html_and_links_are_not_taken(plant: make.Plant, ana: Client, text: str) -> None:
    meeting = decided(plant)
    answer = ana.post(at(meeting, "3/"), {"text": text, "revision": "0"})
    assert answer.status_code == 422
    assert html.escape(text) + "</textarea>" in answer.content.decode()
    assert not ItemNote.objects.exists()


# --- writing ---------------------------------------------------------------------------------------------


def test_the_secretary_writes_on_an_item(plant: make.Plant, ana: Client) -> None:
    meeting = decided(plant)
    assert ana.get(at(meeting, "2/")).status_code == 200
    answer = ana.post(at(meeting, "2/"), {"text": "Gus asked.\r\nKim answered.", "revision": "0"})
    assert answer["Location"] == at(meeting)
    note = ItemNote.objects.get()
    assert (note.text, note.revision, note.written_by) == ("Gus asked.\nKim answered.", 1, plant.ana)
    assert ana.get(at(meeting, "2/")).context["form"]["text"].value() == "Gus asked.\nKim answered."
    ana.post(at(meeting, "2/"), {"text": "", "revision": "1"})
    note.refresh_from_db()
    assert (note.text, note.revision) == ("", 2)


def test_nobody_overwrites_another(plant: make.Plant, ana: Client) -> None:
    meeting = decided(plant)
    ana.post(at(meeting, "2/"), {"text": "The first hand.", "revision": "0"})
    answer = ana.post(at(meeting, "2/"), {"text": "The second hand.", "revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved by Ana" in page
    assert "The first hand." in page
    assert "The second hand.</textarea>" in page
    assert 'name="revision" value="1"' in page
    assert ItemNote.objects.get().text == "The first hand."
    ana.post(at(meeting, "2/"), {"text": "Both hands.", "revision": "1"})
    assert ItemNote.objects.get().text == "Both hands."


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "Words\x00", "revision": "0"},
        {"text": "x" * 50_001, "revision": "0"},
        {"text": "Words", "revision": "-1"},
        {"text": "Words", "revision": "9" * 40},
        {"text": "Words", "revision": "one"},
        {"text": "Words"},
        {"text": ["One", "Two"], "revision": "0"},
        {"text": "Words", "revision": ["0", "1"]},
    ],
)
def test_what_cannot_be_read_is_not_stored_but_kept(
    plant: make.Plant, ana: Client, wrong: dict[str, Any]
) -> None:
    meeting = decided(plant)
    answer = ana.post(at(meeting, "2/"), wrong)
    assert answer.status_code == 422
    typed = wrong["text"][-1] if isinstance(wrong["text"], list) else wrong["text"]
    assert answer.context["form"]["text"].value() == typed
    assert not ItemNote.objects.exists()


def test_only_who_records_writes_and_closes(plant: make.Plant) -> None:
    meeting = over(plant)
    for who in (plant.bo, plant.lou):
        client = make.sign_in(Client(), who)
        for rest in ("2/", "close/"):
            assert client.get(at(meeting, rest)).status_code == 404
            assert client.post(at(meeting, rest), {"text": "x", "revision": "0"}).status_code == 404
    assert not ItemNote.objects.exists()
    assert not Minutes.objects.exists()


def test_too_early_to_write(plant: make.Plant, ana: Client) -> None:
    meeting = make.convened_meeting(plant)
    assert "Minutes are written from the opening on." in ana.get(at(meeting, "2/")).content.decode()
    answer = ana.post(at(meeting, "2/"), {"text": "What I typed.", "revision": "0"})
    assert answer.status_code == 409
    assert "What I typed." in answer.content.decode()
    assert not ItemNote.objects.exists()
    assert ana.get(at(meeting, "9/")).status_code == 404


# --- what it may hold ----------------------------------------------------------------------------------


def page(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("text", "line"),
    [("Nothing.\n\n## 4\\. Sale\n\nDecision GA 2026\\-9.", 3), ("```\nten loaves", 1), ("[a]: b", 1)],
)
def test_an_account_that_looks_like_the_record_comes_back_as_typed(
    ana: Client, plant: make.Plant, text: str, line: int
) -> None:
    meeting = make.meeting_in_session(plant)
    answer = ana.post(f"/bakery/meetings/{meeting.pk}/minutes/2/", {"text": text, "revision": "0"})
    assert answer.status_code == 422
    assert f"Line {line}: the account has only paragraphs, lists" in page(answer)
    assert f">\n{text}</textarea>" in page(answer)
    assert not ItemNote.objects.exists()


def test_words_emphasis_and_lists_are_taken_and_stand_under_their_own_line(
    ana: Client, plant: make.Plant
) -> None:
    meeting = make.meeting_in_session(plant)
    words = "Gus asked about **allergies**.\r\n\r\n- Eve: none."
    answer = ana.post(
        f"/bakery/meetings/{meeting.pk}/minutes/2/", {"text": words, "revision": "0"}, follow=True
    )
    assert answer.status_code == 200
    shown = page(answer)
    assert "<p>The secretary's account:</p>\n<p>Gus asked about <strong>allergies</strong>.</p>" in shown
    assert "<li>Eve: none.</li>" in shown


# --- closing ---------------------------------------------------------------------------------------------


def test_closing_freezes_text_hash_and_checkpoint(plant: make.Plant, ana: Client) -> None:
    meeting = over(plant)
    page = ana.get(at(meeting, "close/")).content.decode()
    assert "Circulate the minutes?" in page
    assert not Minutes.objects.exists()
    assert ana.post(at(meeting, "close/"))["Location"] == at(meeting)
    minutes = Minutes.objects.get()
    assert minutes.hash == hashlib.sha256(minutes.text.encode()).hexdigest()
    answer = make.sign_in(Client(), plant.lou).get(at(meeting))
    page = answer.content.decode()
    for words in (
        minutes.hash,
        minutes.journal_hash,
        f"entry {minutes.journal_sequence}",
        "Circulated by Ana",
    ):
        assert words in page
    assert "Draft" not in page
    assert answer.context["true"]
    assert [line.people[0] for line, _signed in answer.context["lines"]] == [
        plant.bo,
        plant.ana,
        plant.eve,
        plant.fay,
    ]


def test_closed_is_closed(plant: make.Plant, ana: Client) -> None:
    meeting = over(plant)
    ana.post(at(meeting, "close/"))
    text = Minutes.objects.get().text
    assert ana.post(at(meeting, "close/")).status_code == 409
    answer = ana.post(at(meeting, "2/"), {"text": "One more thing.", "revision": "0"})
    assert answer.status_code == 409
    assert "One more thing." in answer.content.decode()
    assert "The minutes are closed; only a new entry can correct them." in answer.content.decode()
    assert Minutes.objects.get().text == text
    assert at(meeting, "2/") not in ana.get(at(meeting)).content.decode()


def test_too_early_to_close(plant: make.Plant, ana: Client) -> None:
    meeting = make.meeting_in_session(plant)
    page = ana.get(at(meeting, "close/")).content.decode()
    assert "Close the meeting first." in page
    assert "The two members who sign have not been named." in page
    assert "button--primary" not in page
    assert ana.post(at(meeting, "close/")).status_code == 409
    assert not Minutes.objects.exists()


def test_a_changed_text_is_told(plant: make.Plant, ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Triggers keep the text as it was; whoever gets past them is found by the page."""
    meeting = over(plant)
    ana.post(at(meeting, "close/"))
    forged = Minutes.objects.get()
    forged.text += "Bo gets a car.\n"
    asked_for = asked.found
    monkeypatch.setattr(asked, "found", lambda *what: replace(asked_for(*what), closed=forged))
    page = ana.get(at(meeting)).content.decode()
    assert "The text no longer gives the fingerprint it was closed with" in page


def test_wrong_methods(plant: make.Plant, ana: Client) -> None:
    meeting = over(plant)
    assert ana.post(at(meeting)).status_code == 405
    assert ana.delete(at(meeting, "2/")).status_code == 405
    assert ana.put(at(meeting, "close/")).status_code == 405


# --- cutting the text into parts -------------------------------------------------------------------------


def test_parts_of_the_text() -> None:
    text = (
        "# Minutes\n\nHead.\n\n## Attendance\n\nAll.\n\n## 1\\. First\n\n> ## no heading\n\n## 12\\. Last\n"
    )
    assert parts_of(text) == [
        Part("", "# Minutes\n\nHead.\n"),
        Part("", "## Attendance\n\nAll.\n"),
        Part("1", "## First\n\n> ## no heading\n"),
        Part("12", "## Last\n"),
    ]


@given(
    some.lists(
        some.sampled_from(
            ["## A", "## 3\\. B", "text", "```", "> ## q", "- ## l", "", "# H", "\x0b", "\u2028"]
        )
    )
)
def test_no_line_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    again = "\n".join(
        part.text.replace("## ", f"## {part.number}\\. ", 1) if part.number else part.text
        for part in parts_of(text)
    )
    assert again.strip("\n") == text.strip("\n")
