"""What was said is said again while the journal has no new line, and not a moment longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop import unchanged
from coop.asked_often import Often, given
from coop.ballots.models import Ballot
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.pages.desks import home
from coop.pages.meetings import waiting
from coop.pages.votes import ballots
from coop.proposals import actions
from coop.proposals.models import Support
from tests import make
from tests.pages.proposals.test_proposals import words
from tests.untold import CHANGED, Watch, kept_tables

SUPPORTS = Often(
    lambda: Support.objects.filter(proposal_id=given("proposal")).values_list("member__name"), told=True
)
SINCE = Often(lambda: Support.objects.filter(given_at__gt=given("at")), told=True)
CHANNELS = Often(lambda: Ballot.objects.filter(pk=given("ballot")), told=True)


@pytest.fixture(autouse=True)
def as_in_a_request() -> Iterator[None]:
    unchanged.forget()
    with unchanged.each_asks_anew():
        yield
    unchanged.forget()


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def head(plant: make.Plant) -> str:
    chain = plant.cooperative.chain
    chain.refresh_from_db()
    return chain.head_hash


def test_it_is_asked_once_until_the_next_line(plant: make.Plant, django_assert_num_queries: Any) -> None:
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    unchanged.reading(head(plant))
    before = SUPPORTS.all(proposal=motion.pk)
    with django_assert_num_queries(0):
        assert SUPPORTS.all(proposal=motion.pk) == before
    actions.support(proposal=motion, by=plant.lou, at=make.now())
    assert SUPPORTS.all(proposal=motion.pk) == [*before, ("Lou",)], "whoever wrote a line asks anew"
    unchanged.reading(head(plant))
    with django_assert_num_queries(1):
        assert SUPPORTS.all(proposal=motion.pk) == [*before, ("Lou",)]
    with django_assert_num_queries(0):
        assert SUPPORTS.all(proposal=motion.pk) == [*before, ("Lou",)]


def test_an_act_between_head_and_question_is_not_lost(
    plant: make.Plant, django_assert_num_queries: Any
) -> None:
    """Somebody else acts after a reader has read the head and before they ask: theirs may be newer, never older."""
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    old = head(plant)
    unchanged.reading(old)
    with unchanged.each_asks_anew():  # another request
        actions.support(proposal=motion, by=plant.lou, at=make.now())
    assert ("Lou",) in SUPPORTS.all(proposal=motion.pk)
    unchanged.reading(head(plant))
    with django_assert_num_queries(1):
        assert ("Lou",) in SUPPORTS.all(proposal=motion.pk)
    unchanged.reading(old)  # one that is slower still
    with django_assert_num_queries(1):
        assert ("Lou",) in SUPPORTS.all(proposal=motion.pk)


def test_who_does_not_only_read_asks(plant: make.Plant, django_assert_num_queries: Any) -> None:
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    for _again in range(2):
        with django_assert_num_queries(1):
            SUPPORTS.all(proposal=motion.pk)


def test_another_question_has_another_answer(plant: make.Plant) -> None:
    first, second = (make.published_motion(plant, at=make.now() - make.days(1)) for _one in range(2))
    actions.support(proposal=first, by=plant.lou, at=make.now())
    unchanged.reading(head(plant))
    assert [("Lou",) in SUPPORTS.all(proposal=one.pk) for one in (first, second)] == [True, False]


def test_what_hangs_on_a_moment_cannot_be_kept(plant: make.Plant) -> None:
    with pytest.raises(TypeError, match="moment"):
        SINCE.all(at=make.now())


def test_each_reader_has_lists_of_their_own(plant: make.Plant) -> None:
    ballot = make.open_vote(plant).ballot
    unchanged.reading(head(plant))
    [first], [second] = CHANNELS.all(ballot=ballot.pk), CHANNELS.all(ballot=ballot.pk)
    assert first.channels == second.channels
    first.channels.append("spoiled")
    assert CHANNELS.all(ballot=ballot.pk)[0].channels == second.channels


def test_the_store_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "MOST", 3)
    monkeypatch.setattr(unchanged, "MOST_LETTERS", 10)
    unchanged.reading("a" * 64)
    for question in range(5):
        assert unchanged.said(question, lambda: "answer") == "answer"
    assert list(unchanged._kept) == [2, 3, 4]
    for question in ("one", "two"):
        unchanged.said(question, lambda: "x" * 6, len)
    assert list(unchanged._kept) == ["two"], "together they are too long"
    unchanged.said("long", lambda: "x" * 11, len)
    assert not unchanged._kept


def test_a_request_leaves_nothing_behind_in_its_thread(plant: make.Plant) -> None:
    with unchanged.each_asks_anew():
        unchanged.reading("a" * 64)
    asked = []
    unchanged.said("question", lambda: asked.append(1))
    unchanged.said("question", lambda: asked.append(1))
    assert len(asked) == 2


# --- Pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def eve(plant: make.Plant, watch: Watch) -> Client:
    watch.warm = True
    return make.sign_in(Client(), plant.eve)


@pytest.fixture
def lou(plant: make.Plant, client: Client, watch: Watch) -> Client:
    watch.warm = True
    return make.sign_in(client, plant.lou)


def test_a_page_that_is_read_again_asks_less_and_says_the_same(plant: make.Plant, lou: Client) -> None:
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    pages, questions = [], []
    for _time in range(2):
        with CaptureQueriesContext(connection) as seen:
            pages.append(words(lou.get(f"/bakery/proposals/{motion.pk}/")))
        questions.append(len(seen))
    assert questions == [14, 5]
    assert pages[0] == pages[1]


def test_a_signature_is_on_the_next_page_of_everybody(plant: make.Plant, lou: Client) -> None:
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    address = f"/bakery/proposals/{motion.pk}/"
    max_ = make.sign_in(Client(), plant.max)
    assert "1 of " in words(max_.get(address))
    assert lou.post(f"{address}support/").status_code == 302
    for reader in (lou, max_):
        page = words(reader.get(address))
        assert "2 of " in page


# --- The watch ------------------------------------------------------------------------------------------------------


def test_an_act_without_a_line_is_noticed(
    plant: make.Plant, lou: Client, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant of the guarantee."""
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    monkeypatch.setattr(actions.proposals, "write_journal", lambda *_all, **_named: None)
    lou.post(f"/bakery/proposals/{motion.pk}/support/")
    assert watch.untold == [
        (f"POST /bakery/proposals/{motion.pk}/support/", frozenset({"proposals_support"}))
    ]
    watch.untold.clear()


def test_what_was_refused_changed_nothing(plant: make.Plant, lou: Client, watch: Watch) -> None:
    motion = make.published_motion(plant, at=make.now() - make.days(1))
    actions.support(proposal=motion, by=plant.lou, at=make.now())
    assert lou.post(f"/bakery/proposals/{motion.pk}/support/").status_code == 409
    assert watch.untold == []


def test_it_knows_what_is_kept_and_what_is_a_change() -> None:
    assert {"proposals_proposal", "meetings_agendaitem", "charter_bylaws", "ballots_ballot"} <= kept_tables()
    assert {"production_problem", "meetings_minutes"} <= kept_tables(), "the search reads them"
    assert not {"keys_session", "ballots_rollentry", "meetings_secrecydemand"} & kept_tables()
    for statement, found in {
        'UPDATE "members_body" SET': ["members_body"],
        "INSERT INTO members_body (a)": ["members_body"],
        'DELETE FROM "members_body"': ["members_body"],
        'SELECT 1 FROM "members_body" FOR NO KEY UPDATE OF "members_body"': [],
    }.items():
        assert CHANGED.findall(statement) == found


# --- Pages that are read while somebody acts --------------------------------------------------------------------------


def test_a_meeting_convened_while_the_front_page_is_read_stands_on_the_next(
    plant: make.Plant, lou: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its row is found and its hours are those that were kept before: it is not told without them."""
    make.convened_meeting(plant)
    assert lou.get("/bakery/").content.count(b"GA 2") == 1
    enter = home.enter

    def then_it_is_convened(*request: Any) -> Any:
        here = enter(*request)
        with unchanged.each_asks_anew():  # another request
            make.convened_meeting(plant)
        hours = [one for one in unchanged._kept.items() if waiting.SITTINGS.put_together in one[0]]  # type: ignore[operator]
        assert len(hours) == 1
        unchanged.forget()
        unchanged._kept.update(hours)
        return here

    with monkeypatch.context() as patched:
        patched.setattr(home, "enter", then_it_is_convened)
        assert lou.get("/bakery/").content.count(b"GA 2") == 1
    assert lou.get("/bakery/").content.count(b"GA 2") == 2


def test_a_vote_closed_while_a_paper_comes_in_takes_it_no_more(
    plant: make.Plant, eve: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which vote it is was told before; whether it is open is asked under the lock, and the page tells it as it is."""
    vote = make.open_vote(plant, closes_at=make.now() + make.days(1)).ballot
    address = f"/bakery/ballots/{vote.pk}/"
    assert b'name="choice"' in eve.get(address).content
    enter = ballots.enter

    def then_it_is_closed(*request: Any) -> Any:
        here = enter(*request)
        with unchanged.each_asks_anew():  # another request
            meetings.close_vote(item=Meeting.objects.get().items.get(number=2), by=plant.bo, at=make.now())
        return here

    paper = {"form": "0" * 32, "choice": "for"}
    with monkeypatch.context() as patched:
        patched.setattr(ballots, "enter", then_it_is_closed)
        answer = eve.post(address, paper)
    assert (answer.status_code, b'name="choice"' in answer.content) == (409, False)
    assert not vote.roll.exclude(channel=None).exists()


def test_casting_asks_nothing_that_was_told(plant: make.Plant, eve: Client) -> None:
    vote = make.open_vote(plant, closes_at=make.now() + make.days(1)).ballot
    address = f"/bakery/ballots/{vote.pk}/"
    assert eve.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert eve.post(address, {"form": "0" * 32, "choice": "for"}).status_code == 302
    assert not [one for one in asked.captured_queries if '"ballots_ballot"."title"' in one["sql"]]
