"""The rules in words: today's, those of a version, what changed, and where this house does otherwise."""

import datetime
import gzip
from typing import Any

import pytest
from django.test import Client

from coop.charter.actions import adopt_bylaws
from coop.charter.articles import ARTICLES
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def signed_in(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def adopt(plant: make.Plant, valid_from: datetime.date, **changes: Any) -> None:
    adopt_bylaws(
        cooperative=plant.cooperative, by=make.FOUNDING, at=make.now(), valid_from=valid_from,
        adopted_by="GA 2021-4", changes=changes,
    )  # fmt: skip


def rules(answer: Any) -> dict[str, Any]:
    return {rule.key: rule for chapter in answer.context["chapters"] for rule in chapter.rules}


def test_every_article_stands_there_in_words(signed_in: Client) -> None:
    answer = signed_in.get("/bakery/bylaws/")
    assert answer.status_code == 200
    told = rules(answer)
    assert set(told) == {article.key for article in ARTICLES}
    page = answer.content.decode()
    assert told["notice_extraordinary_days"].value == "15 days"
    assert told["majority_ordinary"].value == "more than half"
    assert "An extraordinary assembly is announced at least this many days before." in page
    assert "Argentina, model statute of INAES, art. 36; Spain, Ley 27/1999, art. 24" in page
    assert "Founding act, 2 March 2020" in page


def test_what_this_house_does_otherwise_is_marked(signed_in: Client) -> None:
    told = rules(signed_in.get("/bakery/bylaws/"))
    assert (told["proposal_support_percent"].value, told["proposal_support_percent"].usual) == (
        "25 %",
        "10 %",
    )
    assert [key for key, rule in told.items() if rule.usual] == ["proposal_support_percent"]
    alone = signed_in.get("/bakery/bylaws/?only=own")
    assert list(rules(alone)) == ["proposal_support_percent"]
    assert "The model says: 10 %." in alone.content.decode()


def test_versions_tell_what_they_changed(signed_in: Client, plant: make.Plant) -> None:
    adopt(plant, datetime.date(2021, 5, 1), notice_council_days=5, tie_rule="lot")
    answer = signed_in.get("/bakery/bylaws/")
    assert rules(answer)["notice_council_days"].value == "5 days"
    assert [version.bylaws.version for version in answer.context["versions"]] == [2, 1]
    assert [(change.before, change.after) for change in answer.context["shown"].changes] == [
        ("3 days", "5 days"),
        ("the proposal is not carried", "a lot drawn in public decides"),
    ]
    page = answer.content.decode()
    assert "GA 2021-4" in page
    assert "2 rules changed" in page
    past = signed_in.get("/bakery/bylaws/1/")
    assert past.context["shown"].state == "past"
    assert rules(past)["notice_council_days"].value == "3 days"


def test_a_version_to_come_does_not_hold_yet(signed_in: Client, plant: make.Plant) -> None:
    adopt(plant, plant.cooperative.day_of(make.now()) + datetime.timedelta(days=10), notice_council_days=5)
    today = signed_in.get("/bakery/bylaws/")
    assert rules(today)["notice_council_days"].value == "3 days"
    assert [version.state for version in today.context["versions"]] == ["to come", "now"]
    assert rules(signed_in.get("/bakery/bylaws/2/"))["notice_council_days"].value == "5 days"


def test_other_methods_and_other_people_do_not_pass(client: Client, plant: make.Plant) -> None:
    assert client.get("/bakery/bylaws/").status_code == 302
    make.sign_in(client, plant.eve)
    make.plant("mill")
    assert client.post("/bakery/bylaws/").status_code == 405
    assert client.get("/mill/bylaws/").status_code == 404
    assert client.get("/bakery/bylaws/3/").status_code == 404
    assert client.get(f"/bakery/bylaws/{'9' * 18}/").status_code == 404
    assert client.get(f"/bakery/bylaws/{'9' * 5000}/").status_code == 404


def test_the_page_is_light_and_asks_as_often_for_thirty_versions(
    signed_in: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        answer = signed_in.get("/bakery/bylaws/")
    assert len(gzip.compress(answer.content)) <= 14 * 1024
    for number in range(30):
        adopt(plant, datetime.date(2021, 5, 1), notice_council_days=5 + number % 2)
    with django_assert_num_queries(len(few)):
        signed_in.get("/bakery/bylaws/")
