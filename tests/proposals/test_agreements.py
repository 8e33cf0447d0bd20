"""The collective agreement: who begins, writes, judges and discusses it, and when it becomes a proposal."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from coop.journal.models import Entry
from coop.proposals import actions as proposals
from coop.proposals.actions import agreements
from coop.proposals.models import Agreement, AgreementArticle, Proposal
from coop.proposals.rules.agreements import FARTHEST
from coop.refusals import Refused
from tests import make, make_agreement

pytestmark = pytest.mark.django_db

State = AgreementArticle.State


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def text(plant: make.Plant) -> Agreement:
    return make_agreement.agreement(plant)


def refused(act: Callable[..., Any], **facts: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(at=make.now(), **facts)
    return [reason.code for reason in refusal.value.reasons]


def again(article: AgreementArticle) -> AgreementArticle:
    return AgreementArticle.objects.select_related("agreement__cooperative").get(pk=article.pk)


# --- Beginning ------------------------------------------------------------------------------------------------------


def test_who_calls_the_assembly_begins_one_for_a_commission(plant: make.Plant, text: Agreement) -> None:
    assert (text.state, str(text), text.replaces) == ("drafting", "LA-2 Labour agreement", None)
    facts = {
        "code": "LA-2",
        "title": "Another",
        "mandate": "D GA 2026-2",
        "starts_on": text.starts_on,
        "expires_on": text.expires_on,
    }
    begin = agreements.begin_agreement
    assert refused(begin, commission=text.commission, by=plant.ana, **facts) == ["agreement-code-taken"]
    assert refused(begin, commission=text.commission, by=plant.fay, **facts) == [
        "no-mandate",
        "agreement-code-taken",
    ]
    other = facts | {"code": "LA-3"}
    assert refused(begin, commission=plant.assembly, by=plant.ana, **other) == ["written-by-a-commission"]


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (10, 10, "agreement-ends-before-it-begins"),
        (10, 9, "agreement-ends-before-it-begins"),
        (10, FARTHEST.days + 1, "agreement-too-far"),
        (-FARTHEST.days - 1, 10, "agreement-too-far"),
    ],
)
def test_days_that_cannot_be(plant: make.Plant, begins: int, ends: int, code: str) -> None:
    today = plant.cooperative.day_of(make.now())
    facts = {
        "code": "LA-9",
        "title": "Another",
        "commission": make_agreement.commission(plant),
        "mandate": "D GA 2026-2",
        "starts_on": today + datetime.timedelta(days=begins),
        "expires_on": today + datetime.timedelta(days=ends),
    }
    assert refused(agreements.begin_agreement, by=plant.ana, **facts) == [code]
    over = facts | {"starts_on": today, "expires_on": today + make.days(9)}
    over["comments_until"] = today - make.days(1)
    assert refused(agreements.begin_agreement, by=plant.ana, **over) == ["comment-day-over"]


# --- Writing --------------------------------------------------------------------------------------------------------


def test_only_its_writer_writes_an_article_and_every_version_stays(
    plant: make.Plant, text: Agreement
) -> None:
    article = make_agreement.article(plant, text, texts=("Six nights.", "Five nights."))
    assert (article.number, article.versions) == (1, 2)
    assert [one.text for one in article.texts.all()] == ["Six nights.", "Five nights."]
    save = {"article": article, "title": "Night work", "text": "Four nights.", "version": 2}
    for who in (plant.fay, plant.ana, plant.eve):  # the commission, the office, anybody
        assert refused(agreements.write_article, by=who, **save) == ["not-its-writer"]
    agreements.write_article(by=plant.gus, at=make.now(), **save)
    assert again(article).versions == 3


def test_an_older_page_does_not_overwrite(plant: make.Plant, text: Agreement) -> None:
    article = make_agreement.article(plant, text, texts=("Six nights.", "Five nights."))
    save = {"article": article, "title": "Night work", "by": plant.gus}
    assert refused(agreements.write_article, text="Seven nights.", version=1, **save) == ["changed-meanwhile"]
    assert refused(agreements.write_article, text=" Five   nights. ", version=3, **save) == [
        "changed-meanwhile"
    ]
    assert refused(agreements.write_article, text="Five nights.\n\n", version=2, **save) == [
        "article-says-so"
    ]
    assert refused(agreements.write_article, text=" \n", version=2, **save) == ["article-without-words"]
    assert refused(agreements.write_article, text="a" * 5000, version=2, **save) == ["article-too-long"]
    assert article.texts.count() == 2


def test_an_article_is_handed_on_inside_the_commission(plant: make.Plant, text: Agreement) -> None:
    article = make_agreement.article(plant, text)
    hand = agreements.hand_on_article
    assert refused(hand, article=article, writer=plant.eve, by=plant.fay) == ["writer-of-the-commission"]
    assert refused(hand, article=article, writer=plant.gus, by=plant.fay) == ["writes-it-already"]
    assert refused(hand, article=article, writer=plant.hal, by=plant.eve) == ["not-of-the-commission"]
    hand(article=article, writer=plant.hal, by=plant.gus, at=make.now())
    save = {"article": article, "title": "Night work", "text": "Four nights.", "version": 1}
    assert refused(agreements.write_article, by=plant.gus, **save) == ["not-its-writer"]
    agreements.write_article(by=plant.hal, at=make.now(), **save)


def test_the_commission_says_how_far_it_is(plant: make.Plant, text: Agreement) -> None:
    article = make_agreement.article(plant, text)
    other = make.published_motion(plant, title="Hired work")
    say = agreements.say_state
    assert refused(say, article=article, state=State.AGREED, by=plant.eve) == ["not-of-the-commission"]
    assert refused(say, article=article, state=State.OPEN_QUESTION, by=plant.fay) == [
        "open-question-is-asked"
    ]
    asked = {"state": State.OPEN_QUESTION, "question": "With or without nights?", "waits_for": other}
    say(article=article, by=plant.fay, at=make.now(), **asked)
    assert refused(say, article=article, by=plant.fay, **asked) == ["state-is-so-already"]
    say(article=article, state=State.AGREED, question="left over", by=plant.fay, at=make.now())
    assert (again(article).question, again(article).waits_for) == ("", None)
    bare = make_agreement.article(plant, text, "Holidays", texts=())
    assert refused(say, article=bare, state=State.AGREED, by=plant.fay) == ["article-without-words"]


# --- Comments -------------------------------------------------------------------------------------------------------


def test_everybody_of_the_plant_comments_with_the_shift_of_that_day(
    plant: make.Plant, text: Agreement
) -> None:
    article = make_agreement.article(plant, text)
    said = agreements.comment_on_article(
        article=article, text=" Night is not a privilege. ", by=plant.eve, at=make.now()
    )
    assert (said.text, said.crew.code if said.crew else "", said.shift is not None) == (
        "Night is not a privilege.",
        "A",
        True,
    )
    hired = agreements.comment_on_article(article=article, text="We too.", by=plant.nan, at=make.now())
    assert hired.crew is not None
    comment = {"article": article, "by": plant.eve}
    assert refused(agreements.comment_on_article, text="Night is not a privilege.", **comment) == [
        "comment-said-already"
    ]
    assert refused(agreements.comment_on_article, text=" ", **comment) == ["comment-without-words"]
    assert refused(agreements.comment_on_article, text="a" * 2001, **comment) == ["text-too-long"]


def test_a_council_speaks_through_who_sits_in_it(plant: make.Plant, text: Agreement) -> None:
    article = make_agreement.article(plant, text)
    council = text.commission
    facts = {"article": article, "text": "All of us.", "on_behalf_of": council}
    assert refused(agreements.comment_on_article, by=plant.eve, **facts) == ["not-in-its-name"]
    said = agreements.comment_on_article(by=plant.fay, at=make.now(), **facts)
    assert (said.on_behalf_of, said.crew, said.shift) == (council, None, None)


def test_comments_close_with_their_last_day(plant: make.Plant) -> None:
    now = make.now()
    today = plant.cooperative.day_of(now)
    text = make_agreement.agreement(plant, comments_until=today)
    article = make_agreement.article(plant, text)
    agreements.comment_on_article(article=article, text="On the last day.", by=plant.eve, at=now)
    with pytest.raises(Refused, match="comments-closed"):
        agreements.comment_on_article(article=article, text="Too late.", by=plant.eve, at=now + make.days(1))


# --- Before the assembly --------------------------------------------------------------------------------------------


def test_the_text_becomes_a_proposal_with_a_clause_for_each_article(
    plant: make.Plant, text: Agreement
) -> None:
    lay = agreements.lay_before_assembly
    assert refused(lay, agreement=text, by=plant.fay) == ["agreement-without-articles"]
    first = make_agreement.article(plant, text, texts=("Six nights.", "Five nights."))
    bare = make_agreement.article(plant, text, "Holidays", texts=())
    assert refused(lay, agreement=text, by=plant.fay) == ["articles-without-words"]
    agreements.write_article(
        article=bare, title="Holidays", text="In turns.", version=0, by=plant.gus, at=make.now()
    )
    ask = {"state": State.OPEN_QUESTION, "question": "When?"}
    agreements.say_state(article=first, by=plant.fay, at=make.now(), **ask)
    assert refused(lay, agreement=text, by=plant.fay) == ["articles-with-questions"]
    agreements.say_state(article=first, state=State.AGREED, by=plant.fay, at=make.now())
    assert refused(lay, agreement=text, by=plant.eve) == ["not-of-the-commission"]
    laid = lay(agreement=text, by=plant.fay, at=make.now())
    assert (laid.kind, laid.title, laid.on_behalf_of) == ("agreement", "Labour agreement", text.commission)
    assert [clause.text for clause in laid.clauses.all()] == [
        "Night work\nFive nights.",
        "Holidays\nIn turns.",
    ]


def test_what_is_before_the_assembly_is_written_by_nobody_until_it_is_given_up(
    plant: make.Plant, text: Agreement
) -> None:
    article = make_agreement.article(plant, text)
    laid = make_agreement.laid_before(plant, text)
    assert laid.state == Proposal.State.ADMITTED
    save = {"article": article, "title": "Night work", "text": "Four nights.", "version": 1, "by": plant.gus}
    assert refused(agreements.write_article, **save) == ["agreement-laid-before"]
    word = {"article": article, "text": "And now?", "by": plant.eve}
    assert refused(agreements.comment_on_article, **word) == ["agreement-laid-before"]
    assert refused(agreements.lay_before_assembly, agreement=text, by=plant.fay) == ["agreement-laid-before"]
    proposals.withdraw(proposal=laid, by=plant.fay, at=make.now())
    agreements.write_article(at=make.now(), **save)
    assert agreements.lay_before_assembly(agreement=text, by=plant.gus, at=make.now()).pk != laid.pk


def test_its_draft_is_not_written_beside_the_articles(plant: make.Plant, text: Agreement) -> None:
    make_agreement.article(plant, text)
    laid = agreements.lay_before_assembly(agreement=text, by=plant.fay, at=make.now())
    facts = {"title": "Mine", "clauses": ["Mine."], "reasons": "", "matter": "ordinary", "revision": 1}
    assert refused(proposals.rewrite, proposal=laid, by=plant.fay, **facts) == ["written-elsewhere"]


def test_the_timetable_is_ticked_off_once(plant: make.Plant, text: Agreement) -> None:
    day = plant.cooperative.day_of(make.now())
    add = {"agreement": text, "day": day, "what": "Comments close"}
    step = agreements.add_step(by=plant.fay, at=make.now(), **add)
    assert refused(agreements.add_step, by=plant.fay, **add) == ["step-stands-already"]
    far = add | {"day": day + FARTHEST + make.days(1)}
    assert refused(agreements.add_step, by=plant.fay, **far) == ["agreement-too-far"]
    assert refused(agreements.do_step, step=step, by=plant.eve) == ["not-of-the-commission"]
    agreements.do_step(step=step, by=plant.hal, at=make.now())
    assert refused(agreements.do_step, step=step, by=plant.hal) == ["step-is-done"]


def test_every_act_stands_in_the_journal_without_the_words(plant: make.Plant, text: Agreement) -> None:
    article = make_agreement.article(plant, text)
    agreements.comment_on_article(article=article, text="My own word.", by=plant.eve, at=make.now())
    told = list(Entry.objects.filter(chain=plant.cooperative.chain).order_by("-sequence")[:4])
    assert [one.verb for one in told] == [
        "article-commented",
        "article-written",
        "article-added",
        "agreement-begun",
    ]
    assert [one.subject_label for one in told[:2]] == ["LA-2 § 1", "LA-2 § 1"]
    assert "My own word." not in str([one.facts for one in told])
