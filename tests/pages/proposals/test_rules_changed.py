"""A change of the bylaws is written on a page: an article, its typed value, and the words made from it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coop.charter.articles import ARTICLES
from coop.charter.kinds import Kind
from coop.proposals.models import Proposal, RuleChange
from tests import make

pytestmark = pytest.mark.django_db

ADDRESS = "/bakery/bylaws/change/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def signed_in(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def test_an_article_is_chosen_then_its_value_typed(signed_in: Client) -> None:
    told = signed_in.get(ADDRESS).content.decode()
    assert "An ordinary assembly is announced at least this many days before." in told
    assert "Save as a draft" not in told
    told = signed_in.get(ADDRESS, {"article": "notice_ordinary_days"}).content.decode()
    assert "So far: 15 days. Between 5 and 60." in told
    address = ADDRESS + "?article=notice_ordinary_days&article=tie_rule"
    typed = {"title": "More days", "value-notice_ordinary_days": "20", "value-tie_rule": "lot"}
    answer = signed_in.post(address, typed)
    assert answer.status_code == 302
    made = Proposal.objects.get()
    assert answer["Location"] == f"/bakery/proposals/{made.pk}/"
    assert [(one.key, one.value) for one in RuleChange.objects.all()] == [
        ("notice_ordinary_days", 20),
        ("tie_rule", "lot"),
    ]
    shown = signed_in.get(answer["Location"]).content.decode()
    assert "From now on: 20 days." in shown
    assert "Write it again" not in shown


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("notice_ordinary_days", "4", "lies between 5 and 60"),
        ("notice_ordinary_days", "9" * 400, "Write a whole number."),
        ("notice_ordinary_days", "many", "Write a whole number."),
        ("majority_bylaws", "two thirds", "is a share, written like 2/3"),
        ("majority_bylaws", "1/3", "lies between"),
        ("tie_rule", "dice", "Choose one of those"),
        ("contingency_floor", "-1", "greater than or equal"),
        ("contingency_floor", "NaN", "Enter a number"),
    ],
)
def test_values_that_cannot_be_are_said_beside_the_field(
    signed_in: Client, key: str, value: str, told: str
) -> None:
    answer = signed_in.post(f"{ADDRESS}?article={key}", {"title": "Rules", f"value-{key}": value})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Proposal.objects.exists()


def test_what_is_so_already_is_refused_and_nothing_typed_is_lost(signed_in: Client) -> None:
    typed = {"title": "No change", "value-notice_ordinary_days": "15", "reasons": "Because of this."}
    answer = signed_in.post(f"{ADDRESS}?article=notice_ordinary_days", typed)
    assert answer.status_code == 409
    assert "Because of this." in answer.content.decode()


@pytest.mark.parametrize("query", ["article=nothing", "article=", "article=version"])
def test_an_article_that_is_none_is_no_page(signed_in: Client, query: str) -> None:
    assert signed_in.get(f"{ADDRESS}?{query}").status_code == 404


def test_too_many_articles_are_no_page(signed_in: Client) -> None:
    keys = [one.key for one in ARTICLES[:21]]
    assert signed_in.get(ADDRESS, {"article": keys}).status_code == 404


def test_every_kind_of_article_has_its_field(signed_in: Client) -> None:
    for kind in Kind:
        one: Any = next(article for article in ARTICLES if article.kind == kind)
        told = signed_in.get(ADDRESS, {"article": one.key}).content.decode()
        assert f'name="value-{one.key}"' in told, kind
