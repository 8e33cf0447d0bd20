"""The pages of the collective agreement: read by everybody, written by its writers, discussed on every shift."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.proposals.actions import agreements as actions
from coop.proposals.models import Agreement, AgreementArticle
from tests import make, make_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Agreement:
    return make_agreement.agreement(plant)


@pytest.fixture
def article(plant: make.Plant, text: Agreement) -> AgreementArticle:
    return make_agreement.article(plant, text, texts=("Six nights.", "Five nights."))


def page(client: Client, path: str) -> str:
    answer = client.get(f"/bakery/agreements/{path}")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(client: Client, path: str, **typed: Any) -> Any:
    return client.post(f"/bakery/agreements/{path}", typed)


def test_the_office_begins_one_by_a_decision(plant: make.Plant, client: Client) -> None:
    make_agreement.commission(plant)
    make.sign_in(client, plant.ana)
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, title="Write it")])
    for name in make.NAMES[:8]:
        make.cast(decision.ballot, plant.people[name.lower()])
    item = AgendaItem.objects.get(decision=decision)
    done = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    today = plant.cooperative.day_of(make.now())
    typed = {
        "code": "LA-5",
        "title": "Labour agreement",
        "commission": "AGR",
        "mandate": done.label,
        "starts_on": today.isoformat(),
        "expires_on": (today + datetime.timedelta(days=700)).isoformat(),
        "by_article": "yes",
        "old_title": "LA-4",
        "old_expires_on": (today + datetime.timedelta(days=30)).isoformat(),
    }
    answer = sent(client, "begin/", **typed | {"old_title": ""})
    assert answer.status_code == 422
    assert "Say which agreement it is that expires." in answer.content.decode()
    assert sent(client, "begin/", **typed | {"expires_on": "9999-01-01"}).status_code == 409
    answer = sent(client, "begin/", **typed)
    made = Agreement.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bakery/agreements/{made.pk}/")
    assert (made.by_article, made.mandate) == (True, done.label)
    shown = page(client, f"{made.pk}/")
    assert f'href="/bakery/decisions/{done.pk}/"' in shown
    assert "It stays in force until a new one is voted." in shown
    again = sent(client, "begin/", **typed)
    assert again.status_code == 409
    assert "There is an agreement LA-5 already." in again.content.decode()


def test_the_writer_writes_and_an_older_page_is_shown_beside_what_is_stored(
    plant: make.Plant, client: Client, article: AgreementArticle
) -> None:
    make.sign_in(client, plant.gus)
    path = f"articles/{article.pk}/write/"
    assert "Five nights." in page(client, path)
    typed = {"title": "Night work", "text": "Four nights.", "version": 1}
    answer = sent(client, path, **typed)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Four nights." in told  # what was typed
    assert "What is stored now" in told
    assert 'value="2"' in told  # the next saving is over what is shown
    assert sent(client, path, **typed | {"version": 2}).status_code == 302
    shown = page(client, f"articles/{article.pk}/")
    assert "<del>Five</del>" in shown
    assert "<ins>Four</ins>" in shown
    assert "<ins>Five</ins>" in page(client, f"articles/{article.pk}/?version=2")
    for odd in ("0", "9", "x", "9" * 40):
        assert client.get(f"/bakery/agreements/articles/{article.pk}/?version={odd}").status_code == 404
    for odd in ("", "-1", "x", "9" * 40):
        assert sent(client, path, **typed | {"version": odd}).status_code == 422
    assert sent(client, path, **typed | {"text": "a\x00b", "version": 3}).status_code == 422
    assert sent(client, path, **typed | {"text": "x" * 1_000_000, "version": 3}).status_code == 422
    assert article.texts.count() == 3


def test_words_with_markup_stay_words(plant: make.Plant, client: Client, article: AgreementArticle) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) \u202etxet"
    actions.write_article(
        article=article, title="<b>Night</b>", text=evil, version=2, by=plant.gus, at=make.now()
    )
    actions.comment_on_article(article=article, text=evil, by=plant.eve, at=make.now())
    make.sign_in(client, plant.eve)
    for path in (
        f"articles/{article.pk}/",
        f"{article.agreement_id}/",
        f"{article.agreement_id}/text/?marked=1",
    ):
        shown = page(client, path)
        assert "<script>alert" not in shown
        assert "<b>Night" not in shown
        assert "\u202e" not in shown
    paper = client.get(f"/bakery/agreements/{article.agreement_id}/printed/?marked=1")
    assert paper.content.startswith(b"%PDF")


def test_everybody_comments_and_shifts_are_counted(
    plant: make.Plant, client: Client, article: AgreementArticle
) -> None:
    make.sign_in(client, plant.eve)
    path = f"articles/{article.pk}/comment/"
    assert sent(client, path, text="Night is not a privilege.").status_code == 302
    answer = sent(client, path, text="Night is not a privilege.")
    assert answer.status_code == 409
    assert "it counts once" in answer.content.decode()
    assert sent(client, path, text=" ").status_code == 422
    assert sent(client, path, text="x" * 2_001).status_code == 422
    make.sign_in(client, plant.fay)
    assert sent(client, path, text="All of us.", on_behalf_of="AGR").status_code == 302
    assert sent(client, path, text="Not mine.", on_behalf_of="ADM").status_code == 422
    shown = page(client, f"articles/{article.pk}/")
    assert shown.count("Drafting commission") >= 1
    assert "Crew A, now" in shown
    assert ": 1 comment · Councils: 1 comment" in shown
    assert "2 comments" in page(client, f"{article.agreement_id}/")


def test_the_commission_says_where_an_article_stands(
    plant: make.Plant, client: Client, article: AgreementArticle
) -> None:
    make.sign_in(client, plant.hal)
    path = f"articles/{article.pk}/state/"
    answer = sent(client, path, state="open_question")
    assert answer.status_code == 409
    assert "Say what the question is." in answer.content.decode()
    other = make.published_motion(plant, title="Hired work")
    typed = {"state": "open_question", "question": "Waits for it.", "waits_for": other.pk}
    assert sent(client, path, **typed).status_code == 302
    assert other.label in page(client, f"articles/{article.pk}/")
    assert sent(client, path, **typed | {"waits_for": 10**17}).status_code == 422
    assert sent(client, path, state="forged").status_code == 422
    make.sign_in(client, plant.eve)
    assert sent(client, path, state="first_draft").status_code == 409


def test_it_is_laid_before_the_assembly_from_the_page(
    plant: make.Plant, client: Client, article: AgreementArticle
) -> None:
    make.sign_in(client, plant.fay)
    answer = sent(client, f"{article.agreement_id}/lay-before/", reasons="So that it is voted.")
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "Five nights." in shown
    again = sent(client, f"{article.agreement_id}/lay-before/", reasons="")
    assert again.status_code == 409


def test_the_alarms_are_180_120_and_60_days_before(plant: make.Plant, client: Client) -> None:
    today = plant.cooperative.day_of(make.now())
    body = make_agreement.commission(plant)

    def told(days: int, who: Any) -> str:
        if not Agreement.objects.filter(code=f"N{days}").exists():
            facts = {"old_title": f"Old {days}", "old_expires_on": today + make.days(days)}
            make_agreement.agreement(plant, code=f"N{days}", body=body, **facts)
        make.sign_in(client, who)
        return client.get("/bakery/").content.decode()

    assert "Old 181" not in told(181, plant.gus)
    assert "180 days or fewer are left" in told(180, plant.gus)
    assert "120 days or fewer are left" in told(120, plant.ana)
    assert "60 days or fewer are left" in told(60, plant.gus)
    assert "expired" in told(-1, plant.gus)
    assert "Old 180" not in told(180, plant.eve)  # neither in the commission nor calling the assembly


@pytest.mark.parametrize("path", ["", "{key}/", "{key}/text/", "{key}/text/?marked=1", "articles/{article}/"])
def test_as_many_questions_for_thirty_as_for_one(
    plant: make.Plant, client: Client, text: Agreement, django_assert_num_queries: Any, path: str
) -> None:
    first = make_agreement.article(plant, text, texts=("One.", "Two."))
    actions.comment_on_article(article=first, text="A word.", by=plant.eve, at=make.now())
    make.sign_in(client, plant.gus)
    address = "/bakery/agreements/" + path.format(key=text.pk, article=first.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(30):
        make_agreement.article(plant, text, f"Article {number}", texts=("One.", "Two."))
        actions.comment_on_article(article=first, text=f"{number}", by=plant.eve, at=make.now())
    with django_assert_num_queries(len(few)):
        client.get(address)
