"""The labour agreement of the invented plant stands as its file says."""

from __future__ import annotations

import datetime

import pytest

from coop.demo.act import CREWS
from coop.demo.agreement import versions
from coop.demo.timeline import World
from coop.proposals.models import Agreement, AgreementArticle, ArticleComment

pytestmark = pytest.mark.django_db


def test_every_article_stands_as_in_the_file(world: World) -> None:
    plan = world.files.read("agreement")
    made = Agreement.objects.get(cooperative=world.cooperative)
    facts = plan["agreement"]
    assert (made.code, made.commission.code) == ("LA-2027", "B-AGR")
    assert (made.old_title, made.old_expires_on) == ("LA-2023", facts["replaces"]["expires"])
    assert made.starts_on == facts["replaces"]["expires"] + datetime.timedelta(days=1)
    found = {one.number: one for one in made.articles.select_related("writer", "waits_for")}
    assert len(found) == 25
    for one in plan["articles"]:
        article = found[one["number"]]
        assert (article.title, article.state) == (one["title"], one["state"])
        assert article.writer.number == world.files.number(one["writer"])
        assert article.question == one.get("question", "")
        last = article.texts.last()
        assert last is not None
        assert last.text == one["gist"]
        assert article.comments.count() == one["comments"], one["number"]
    assert {n for n, one in found.items() if one.waits_for == world.proposals["P-07"]} == {17, 18}
    steps = [(step.day, step.what, step.done_at is not None) for step in made.steps.all()]
    assert steps == [(one["date"], one["what"], one["done"]) for one in facts["timetable"]]


def test_what_was_written_down_was_said_by_whom_the_file_names(world: World) -> None:
    for row in world.files.read("agreement")["comments_sample"]:
        said = ArticleComment.objects.get(text=row["text"])
        assert said.article.number == row["article"]
        assert world.cooperative.day_of(said.written_at) == row["date"]
        if row["shift"] == "all":
            assert said.on_behalf_of is not None
            assert (said.on_behalf_of.code, said.crew) == (row["by"], None)
        else:
            assert said.author == world.people[row["by"]]
            assert said.crew is not None
            assert said.crew.code == CREWS[row["shift"]]


def test_nobody_says_the_same_twice_and_no_visitor_has_spoken(world: World) -> None:
    said = list(ArticleComment.objects.filter(on_behalf_of=None).values_list("article", "author"))
    assert len(said) == len(set(said)) == 165
    assert AgreementArticle.objects.filter(versions=2).count() == 16


def test_the_first_words_were_fewer() -> None:
    assert versions("Who is covered, from when to when, and on.", "in_discussion") == [
        "Who is covered, from when to when.",
        "Who is covered, from when to when, and on.",
    ]
    assert versions("One sentence.", "in_discussion") == ["One sentence."]
