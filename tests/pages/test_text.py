"""What people read is what is stored, and no text can make the house slow."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from coop.pages.templatetags.coop import markdown
from coop.proposals.models import Proposal
from tests import make

pytestmark = pytest.mark.django_db

HEAVY = [
    "[" * 20_000,
    ">" * 20_000,
    "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 9_000,
    "*_" * 10_000,
    "- " * 9_000,
]


@pytest.mark.parametrize("text", HEAVY)
def test_a_text_costs_about_what_it_weighs(text: str) -> None:
    """No timing of one text alone: a plain text of the same length is the measure, with a wide margin."""

    def cost(words: str) -> float:
        """The least of three: what else runs on the machine makes a processor slower, never faster."""
        found = []
        for _turn in range(3):
            begun = time.process_time()
            markdown(words)
            found.append(time.process_time() - begun)
        return min(found)

    plain = max(cost("word " * (len(text) // 5)), 0.02)
    assert cost(text) < 40 * plain
    assert len(markdown(text)) < 20 * len(text)


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/track.png)",
        "<a href='data:text/html,x'>x</a>",
        "<div hx-get='/'>x</div>",
        "<!-- x -->",
    ],
)
def test_markup_of_others_is_only_text(payload: str) -> None:
    html = markdown(payload)
    for live in ("<script", "<img", "<a ", "<div", "<!--"):
        assert live not in html


def test_hidden_letters_do_not_reach_the_text_that_is_voted(client: Client) -> None:
    plant = make.plant()
    make.sign_in(client, plant.eve)
    words = {
        "title": "Canteen\u202e neteerf\u200b",
        "clauses": "It pays \u202e001\u202c pesos.\x08",
        "reasons": "e" + "\u0301" * 10_000,
        "matter": "ordinary",
        "do": "save",
    }
    client.post("/bakery/proposals/write/", words)
    made = Proposal.objects.get()
    assert made.title == "Canteen neteerf"
    assert made.clauses.get().text == "It pays 001 pesos."
    assert len(made.reasons) < 8


@pytest.mark.parametrize(
    ("field", "text"), [("title", "\u200b\u202e"), ("clauses", "\u200b"), ("title", "a\0b")]
)
def test_a_text_of_nothing_but_hidden_letters_is_no_text(client: Client, field: str, text: str) -> None:
    plant = make.plant()
    make.sign_in(client, plant.eve)
    words = {"title": "Canteen", "clauses": "Open.", "reasons": "", "matter": "ordinary", "do": "save"}
    assert client.post("/bakery/proposals/write/", words | {field: text}).status_code == 422
    assert not Proposal.objects.exists()


def test_text_that_did_not_arrive_whole_is_refused(client: Client) -> None:
    plant = make.plant()
    make.sign_in(client, plant.eve)
    broken = b"title=Cant%FFeen&clauses=Open.&reasons=&matter=ordinary&do=save"
    answer = client.post("/bakery/proposals/write/", broken, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.content.decode()


def test_a_page_that_only_takes_posts_says_so_with_a_way_back(client: Client) -> None:
    plant = make.plant()
    make.sign_in(client, plant.eve)
    answer = client.get(f"/bakery/proposals/{make.published_motion(plant).pk}/support/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "<h1" in answer.content.decode()


def test_going_back_in_the_history_gives_the_whole_page(client: Client) -> None:
    plant = make.plant()
    make.sign_in(client, plant.lou)
    meeting = make.meeting_in_session(plant)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    answer = client.get(f"/bakery/meetings/{meeting.pk}/", headers=headers)
    assert answer.content.decode().lstrip().startswith("<!doctype html>")


def test_a_refused_vote_is_not_shown_to_whoever_holds_the_telephone() -> None:
    plant = make.plant()
    ballot = make.open_vote(plant).ballot
    strict = Client(enforce_csrf_checks=True)
    make.sign_in(strict, plant.bo)
    answer = strict.post(f"/bakery/ballots/{ballot.pk}/", {"choice": "against", "form": "a" * 32})
    assert answer.status_code == 403
    assert "against" not in answer.content.decode()


def test_two_people_never_hold_one_receipt(client: Client) -> None:
    plant = make.plant()
    ballot = make.open_vote(plant).ballot
    form = "ab" * 16
    assert make.sign_in(client, plant.eve).post(
        f"/bakery/ballots/{ballot.pk}/", {"choice": "for", "form": form}
    )
    second = make.sign_in(Client(), plant.fay).post(
        f"/bakery/ballots/{ballot.pk}/", {"choice": "against", "form": form}
    )
    assert second.status_code == 409
    assert "Another paper has this number" in second.content.decode()
