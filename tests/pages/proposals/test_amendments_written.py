"""Writing an amendment: choosing a clause, changing its words, looking at it, moving it; and what goes wrong."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from coop.proposals import actions as proposals
from coop.proposals.amending import Delete, Insert, Whole, Words
from coop.proposals.models import Amendment, Proposal
from tests import make

pytestmark = pytest.mark.django_db

HOURS = "Hours of others may not be more than six per cent of all hours."
VOICE = "Hired people take part in the council with a voice."
FOUR = HOURS.replace("six", "four")


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Proposal:
    return make.supported_motion(plant, title="Hired work", clauses=[HOURS, VOICE])


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


def words(answer: Any) -> str:
    html = re.sub(r"<(/?)(del|ins|a|strong|b|span)\b[^>]*>", "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def at(text: Proposal, query: str = "") -> str:
    return f"/bakery/proposals/{text.pk}/amend/{query}"


def test_clause_words_look_and_move(text: Proposal, lou: Client) -> None:
    assert 'href="?words=1"' in lou.get(at(text)).content.decode()
    assert HOURS in lou.get(at(text, "?words=1")).content.decode()
    look = lou.post(at(text), {"words-1": FOUR, "reasons": "Why.", "do": "look"})
    assert look.status_code == 200
    assert "more than <del>six</del> <ins>four</ins> per cent" in look.content.decode()
    assert "In clause 1: ‘six’ becomes ‘four’." in words(look)
    assert FOUR in look.content.decode()
    assert not Amendment.objects.exists()
    done = lou.post(at(text), {"words-1": FOUR, "reasons": "Why.", "do": "move"})
    one = Amendment.objects.get()
    assert done.headers["Location"] == f"/bakery/amendments/{one.pk}/"
    assert (one.amending.changes, one.reasons) == ((Words(1, FOUR),), "Why.")
    told = words(lou.get(done.headers["Location"]))
    assert f"It is moved as {one.label} and carries your signature; 4 more are needed." in told


def test_several_changes_in_one_amendment_without_a_script(text: Proposal, lou: Client) -> None:
    typed = {"words-1": FOUR, "reasons": "Why."}
    more = lou.post(at(text), typed | {"do": "add", "add_kind": "insert", "add_clause": "2"})
    page = more.content.decode()
    assert more.status_code == 200
    assert FOUR in page
    assert "New clause after clause 2" in page
    assert "Why." in page
    typed["insert-2"] = "The figure is posted."
    gone = lou.post(at(text), typed | {"do": "add", "add_kind": "delete", "add_clause": "2"})
    assert "Clause 2 is taken out." in words(gone)
    typed["delete-2"] = "out"
    less = lou.post(at(text), typed | {"drop": "delete-2"})
    assert "Clause 2 is taken out." not in words(less)
    assert "The figure is posted." in less.content.decode()
    lou.post(at(text), typed | {"do": "move"})
    changes = (Words(1, FOUR), Delete(2), Insert(2, "The figure is posted."))
    assert Amendment.objects.get().amending.changes == changes


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("words", "3", "There is no clause 3; the last one is number 2."),
        ("words", "0", "There is no clause 0"),
        ("words", "1", "Clause 1 is changed twice here."),
        ("delete", "1", "Clause 1 is changed twice here."),
        ("words", "", "There is no clause"),
        ("words", "-1", "There is no clause"),
        ("words", "9" * 5_000, "There is no clause 999999999;"),
        ("words", "²", "There is no clause"),
        ("eat", "1", "There is no clause"),
    ],
)
def test_a_further_box_that_cannot_be_there(
    text: Proposal, lou: Client, kind: str, number: str, told: str
) -> None:
    answer = lou.post(at(text), {"words-1": FOUR, "do": "add", "add_kind": kind, "add_clause": number})
    assert answer.status_code == 422
    assert told in words(answer)
    assert FOUR in answer.content.decode()


def test_another_text_for_the_whole(text: Proposal, lou: Client) -> None:
    page = lou.get(at(text, "?whole=1")).content.decode()
    assert f"{HOURS}\n\n{VOICE}" in page
    typed = {"whole": "One.\r\n  \r\n\r\nTwo\r\nlines.", "do": "look"}
    assert "it has 2 clauses" in words(lou.post(at(text), typed))
    lou.post(at(text), typed | {"do": "move"})
    assert Amendment.objects.get().amending.changes == (Whole(("One.", "Two\nlines.")),)
    assert "it has 2 clauses" in words(lou.get(f"/bakery/proposals/{text.pk}/"))


def test_an_amendment_of_an_amendment(plant: make.Plant, text: Proposal, lou: Client) -> None:
    one = proposals.submit(proposal=text, changes=[Words(1, FOUR)], by=plant.fay, at=make.now())
    address = f"/bakery/amendments/{one.pk}/amend/"
    assert FOUR in lou.get(address).content.decode()
    elsewhere = lou.post(address, {"words-1": FOUR.replace("all", "paid"), "do": "look"})
    assert elsewhere.status_code == 409
    assert "This changes words that A1 does not bring." in words(elsewhere)
    assert lou.post(address, {"insert-1": "More.", "do": "move"}).status_code == 409
    look = lou.post(address, {"words-1": FOUR.replace("four", "five"), "do": "look"})
    assert "In the words of A1: ‘four’ becomes ‘five’." in words(look)
    assert lou.post(address, {"words-1": FOUR.replace("four", "five"), "do": "move"}).status_code == 302
    assert "A1.1, an amendment of A1" in words(lou.get(f"/bakery/proposals/{text.pk}/"))


def test_an_amendment_without_words_or_one_that_has_ended_is_not_amended(
    plant: make.Plant, text: Proposal, lou: Client
) -> None:
    gone = proposals.submit(proposal=text, changes=[Delete(1)], by=plant.fay, at=make.now())
    told = "That amendment only takes something out: it has no words to change."
    assert told in words(lou.get(f"/bakery/amendments/{gone.pk}/amend/"))
    one = proposals.submit(proposal=text, changes=[Words(1, FOUR)], by=plant.fay, at=make.now())
    proposals.withdraw_amendment(amendment=one, by=plant.fay, at=make.now())
    assert "State now: withdrawn." in words(lou.get(f"/bakery/amendments/{one.pk}/amend/"))
    typed = {"words-1": FOUR.replace("four", "five"), "do": "move"}
    assert lou.post(f"/bakery/amendments/{one.pk}/amend/", typed).status_code == 409


@pytest.mark.parametrize("do", ["look", "move"])
@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({}, 409, "Nothing of the text would change."),
        ({"words-1": HOURS + "  \r\n"}, 409, "Nothing of the text would change."),
        ({"words-1": ""}, 422, "No words are left."),
        ({"words-1": "\u200b \u202e"}, 422, "No words are left."),
        ({"insert-1": " "}, 409, "Nothing of the text would change."),
        ({"words-7": "More."}, 409, "There is no clause 7; the last one is number 2."),
        ({"words-0": "More."}, 409, "There is no clause 0"),
        ({"delete-9": "out"}, 409, "There is no clause 9"),
        ({"delete-1": "out", "words-1": FOUR}, 409, "Clause 1 is changed twice here."),
        ({"delete-1": "out", "delete-2": "out"}, 409, "Whoever wants that votes against it."),
        ({"words-1": HOURS.replace(" not", "")}, 409, "Whoever wants that votes against it."),
        ({"whole": ""}, 409, "Whoever wants that votes against it."),
        ({"whole": "More.", "delete-1": "out"}, 409, "nothing else goes with it"),
        ({"words-1": "x" * 5_001}, 422, "5000"),
        ({"whole": "\n\n".join(["more"] * 300)}, 409, "At most"),
        ({"words-1": "a\0b"}, 422, "arrive whole"),
        ({"words-1": "a\ufffdb"}, 422, "arrive whole"),
        ({"words-1": [FOUR, VOICE]}, 422, "Two answers came for this."),
        ({"words-1": FOUR, "reasons": "y" * 20_001}, 422, "20000"),
    ],
)
def test_what_is_no_amendment_is_refused_and_kept(
    text: Proposal, lou: Client, typed: dict[str, Any], status: int, told: str, do: str
) -> None:
    answer = lou.post(at(text), typed | {"do": do})
    assert answer.status_code == status
    assert told in words(answer)
    if text_typed := typed.get("reasons"):
        assert text_typed in answer.content.decode()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    "query", ["?words=3", "?words=0", "?words=x", "?delete=-1", "?insert=3", "?words=" + "9" * 5_000]
)
def test_a_clause_that_is_not_there_is_not_there(text: Proposal, lou: Client, query: str) -> None:
    assert lou.get(at(text, query)).status_code == 404


def test_a_text_that_is_decided_and_somebody_without_a_vote(
    plant: make.Plant, text: Proposal, lou: Client
) -> None:
    max_ = make.sign_in(Client(), plant.people["max"])
    assert "You cannot amend it now" in words(max_.get(at(text)))
    assert max_.post(at(text), {"words-1": FOUR, "do": "move"}).status_code == 409
    proposals.withdraw(proposal=text, by=text.author, at=make.now())
    late = lou.post(at(text), {"words-1": FOUR, "do": "move"})
    assert late.status_code == 409
    assert "Only a text that is before the members and not decided can be amended." in words(late)
    assert FOUR in late.content.decode()
    assert not Amendment.objects.exists()


def test_a_paste_of_a_megabyte_and_a_thousand_boxes_are_refused(text: Proposal, lou: Client) -> None:
    assert lou.post(at(text), {"words-1": "x" * 1_100_000, "do": "move"}).status_code in (400, 413)
    boxes = {f"words-{number}": "x" for number in range(1, 1_000)}
    assert lou.post(at(text), boxes | {"do": "move"}).status_code in (400, 413)
    assert not Amendment.objects.exists()


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<form action=//evil.example><input name=pin></form>",
    "</textarea><script>alert(1)</script>",
    "</del><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "{{ 7|add:7 }}{% load i18n %}",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<object data=x></object>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//evil.example>",
    "pays \u202e001\u202c \u200bpesos",
    "z" + "\u0301" * 60,
    "'; DROP TABLE proposals_amendment; --",
    "%s %(x)s %n",
    "<!-- x --><b onmouseover=alert(1)>b</b>",
]
NEVER = {"iframe", "object", "base", "math", "mtext", "img", "style", "embed", "form-action"}


class Live(HTMLParser):
    """What a browser would run or fetch of what somebody typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in NEVER or (tag == "script" and not given.get("src", "").startswith("/static/")):
            self.found.append(tag)
        if tag == "meta" and "refresh" in given.get("http-equiv", ""):
            self.found.append(tag)
        for name, value in given.items():
            if name.startswith("on") or (
                name in ("href", "src", "action") and ("evil" in value or ":alert" in value)
            ):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_shown_and_never_run(text: Proposal, lou: Client, payload: str) -> None:
    typed = {"words-1": f"{HOURS} {payload}", "reasons": payload}
    look = lou.post(at(text), typed | {"do": "look"})
    assert look.status_code == 200
    lou.post(at(text), typed | {"do": "move"})
    one = Amendment.objects.get()
    read = [lou.get(page) for page in (f"/bakery/amendments/{one.pk}/", f"/bakery/proposals/{text.pk}/")]
    for answer in (look, *read):
        html = answer.content.decode()
        live = Live()
        live.feed(html)
        assert live.found == []
        shown = re.sub(
            r"(?s)<textarea.*?</textarea>", "", html
        )  # what was typed stays in its box as it was typed
        assert "\u202e" not in shown
        assert "\u0301" * 5 not in shown
