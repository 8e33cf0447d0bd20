"""The secretary's sheet: what it does not take comes back with its reason, and nothing typed is lost."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from coop.meetings.models import ItemNote
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ana(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.ana)


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
