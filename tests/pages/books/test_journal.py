"""The journal in words, the newest line first, and the checkpoint."""

import ast
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.formats import date_format

import coop
from coop.ballots.models import Register
from coop.journal.actions import write
from coop.journal.models import Actor, Entry, Subject
from coop.pages.telling import tell
from coop.pages.verbs import SENTENCES
from coop.proposals import actions as proposals
from tests import make


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def signed_in(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def scribble(plant: make.Plant, lines: int) -> None:
    for number in range(lines):
        write(
            plant.cooperative.chain,
            verb="proposal-supported",
            subject=Subject("proposal", 7, f"P 2026-{number} Doors"),
            by=plant.ana.actor, at=make.now(),
        )  # fmt: skip


def verbs_in_the_code() -> set[str]:
    """Every text that stands, in whatever expression, behind `verb=`, and the first of each line of `write_many`."""
    found = set()
    for path in Path(coop.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "verb":
                found |= {
                    part.value
                    for part in ast.walk(node.value)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
                }
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "write_many":
                found |= {
                    part.elts[0].value
                    for part in ast.walk(node.args[1])
                    if isinstance(part, ast.Tuple) and isinstance(part.elts[0], ast.Constant)
                }
    return found


def test_every_verb_has_its_words() -> None:
    verbs = verbs_in_the_code()
    assert len(verbs) > 40  # the walk sees them at all
    assert verbs - SENTENCES.keys() == set()
    assert SENTENCES.keys() - verbs == set()


@pytest.mark.django_db
def test_every_line_of_the_whole_river_can_be_told(signed_in: Client, plant: make.Plant) -> None:
    make.open_vote(plant)
    told = [tell(entry) for entry in Entry.objects.all()]
    assert "Eve signed P" not in " ".join(told[:5])
    assert [words for words in told if "…" in words or "%(" in words] == []
    assert "Member 8 checked in at GA" in " ".join(told)


@pytest.mark.django_db
def test_the_day_of_a_register_is_told_as_days_are_here(plant: make.Plant) -> None:
    """What is stored keeps its ISO day and its hash, and is told as any other day: in old entries too."""
    make.open_vote(plant)
    drawn = Entry.objects.filter(verb="register-drawn").latest("sequence")
    stored = Register.objects.get(pk=drawn.subject_id).closes_on
    assert drawn.subject_label == f"General assembly, {stored.isoformat()}"
    for language in ("en", "es"):
        with translation.override(language):
            assert f", {date_format(stored, 'DATE_FORMAT')}," in tell(drawn)
            assert stored.isoformat() not in tell(drawn)
    drawn.subject_label = "Assembly"  # no day in it
    assert ", Assembly, with" in tell(drawn)


@pytest.mark.django_db
def test_the_newest_line_stands_first_with_its_checkpoint(signed_in: Client, plant: make.Plant) -> None:
    scribble(plant, 2)
    plant.cooperative.chain.refresh_from_db()
    chain = plant.cooperative.chain
    answer = signed_in.get("/bakery/journal/")
    page = answer.content.decode()
    first = answer.context["lines"][0]
    assert answer.status_code == 200
    assert first["entry"].sequence == chain.head_sequence
    assert first["words"] == 'Ana signed <a href="/bakery/proposals/7/">P 2026-1 Doors</a>.'
    assert f"The last line is number {chain.head_sequence}." in page
    assert chain.head_hash in page


@pytest.mark.django_db
def test_fifty_lines_a_page(signed_in: Client, plant: make.Plant) -> None:
    scribble(plant, 60)
    plant.cooperative.chain.refresh_from_db()
    head = plant.cooperative.chain.head_sequence
    second = signed_in.get("/bakery/journal/?page=2").context["lines"]
    assert [line["entry"].sequence for line in second] == list(range(head - 50, max(head - 100, 0), -1))
    for odd in ("0", "-1", "x", "9" * 5000, "1.5"):
        assert signed_in.get("/bakery/journal/", {"page": odd}).status_code == 404


@pytest.mark.django_db
def test_a_draft_is_not_named(signed_in: Client, plant: make.Plant) -> None:
    draft = make.motion(plant, by=plant.fay, title="Nobody knows of this")
    page = signed_in.get("/bakery/journal/").content.decode()
    assert "Fay began a draft of a proposal." in page
    assert "Nobody knows of this" not in page
    proposals.publish(proposal=draft, by=plant.fay, at=make.now())
    assert "Nobody knows of this" in signed_in.get("/bakery/journal/").content.decode()


@pytest.mark.django_db
def test_names_are_data_not_markup(signed_in: Client, plant: make.Plant) -> None:
    write(
        plant.cooperative.chain, verb="new-verb 100%", subject=Subject("thing", "<1>", "<b>%(who)s</b> 5%"),
        by=Actor("member:0", "<script>"), at=make.now(),
    )  # fmt: skip
    page = signed_in.get("/bakery/journal/").content.decode()
    assert "&lt;script&gt;: new-verb 100%, &lt;b&gt;%(who)s&lt;/b&gt; 5%." in page


@pytest.mark.django_db
def test_other_methods_and_other_people_do_not_pass(client: Client, plant: make.Plant) -> None:
    assert client.get("/bakery/journal/").status_code == 302
    make.sign_in(client, plant.eve)
    mill = make.plant("mill", names=[f"Miller {name}" for name in make.NAMES])
    scribble(mill, 3)
    assert client.post("/bakery/journal/").status_code == 405
    assert client.get("/mill/journal/").status_code == 404
    assert "Miller" not in client.get("/bakery/journal/").content.decode()


@pytest.mark.django_db
def test_the_page_is_light_and_asks_as_often_for_fifty_lines(
    signed_in: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        signed_in.get("/bakery/journal/")
    scribble(plant, 100)
    with django_assert_num_queries(len(few)):
        answer = signed_in.get("/bakery/journal/")
    assert len(gzip.compress(answer.content)) <= 14 * 1024
