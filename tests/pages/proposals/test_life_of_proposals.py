"""A proposal given up and taken over, kept off the agenda with a reason, and brought back after it was rejected."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members.terms import months_later
from coop.proposals import actions
from coop.proposals.models import Proposal
from tests import make
from tests.pages.proposals.test_proposals import steps

pytestmark = pytest.mark.django_db

WRITE = "/bakery/proposals/write/"
CLAUSES = ["On Mondays the canteen serves ninety lunches.", "Pupils enter by the east gate."]


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def given_up(plant: make.Plant) -> Proposal:
    found = make.supported_motion(plant)
    actions.withdraw(proposal=found, by=plant.eve, at=make.now())
    return found


def rejected(plant: make.Plant) -> Proposal:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.ana, "against")
    meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    return Proposal.objects.get(pk=decision.proposal_id)


# --- "I take it over" ------------------------------------------------------------------------------------------------


def test_another_member_takes_it_over_and_speaks_for_it(client: Client, plant: make.Plant) -> None:
    text = given_up(plant)
    page = f"/bakery/proposals/{text.pk}/"
    make.sign_in(client, plant.fay)
    assert "I take it over" in words(client.get(page))
    asked = words(client.get(page + "take-over/"))
    assert "Eve has given it up." in asked
    assert "I take it over" in asked
    answer = client.post(page + "take-over/", follow=True)
    assert answer.redirect_chain == [(page, 302)]
    said = words(answer)
    assert "You speak for it from now on." in said
    assert "Taken over by" in said
    assert "Withdraw it" in said  # it is hers to give up now
    text.refresh_from_db()
    assert (text.state, text.mover, text.supports.count()) == ("admitted", plant.fay, 3)
    assert Entry.objects.filter(verb="proposal-taken-over").count() == 1
    make.sign_in(client, plant.eve)
    assert "Withdraw it" not in words(client.get(page))


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("eve", "You have given it up yourself; somebody else may take it over."),
        ("max", "Only full members have a vote; people on trial or hired have a voice."),
    ],
)
def test_who_cannot_take_it_over_reads_why(client: Client, plant: make.Plant, who: str, reason: str) -> None:
    text = given_up(plant)
    make.sign_in(client, plant.people[who])
    page = words(client.get(f"/bakery/proposals/{text.pk}/"))
    assert reason in page
    assert "I take it over" not in page
    assert reason in words(client.get(f"/bakery/proposals/{text.pk}/take-over/"))
    answer = client.post(f"/bakery/proposals/{text.pk}/take-over/")
    assert (answer.status_code, reason in words(answer)) == (409, True)
    text.refresh_from_db()
    assert (text.state, text.taken_over_by) == ("withdrawn", None)


def test_two_who_take_it_over_are_one_and_a_refusal(plant: make.Plant) -> None:
    text = given_up(plant)
    first, second = make.sign_in(Client(), plant.fay), make.sign_in(Client(), plant.gus)
    assert first.post(f"/bakery/proposals/{text.pk}/take-over/").status_code == 302
    answer = second.post(f"/bakery/proposals/{text.pk}/take-over/")
    assert (answer.status_code, "Nobody has given it up." in words(answer)) == (409, True)


def test_a_draft_thrown_away_is_nobodys_to_take(client: Client, plant: make.Plant) -> None:
    draft = make.motion(plant)
    actions.withdraw(proposal=draft, by=plant.eve, at=make.now())
    make.sign_in(client, plant.fay)
    assert client.post(f"/bakery/proposals/{draft.pk}/take-over/").status_code == 404
    make.sign_in(client, plant.eve)
    assert "I take it over" not in words(client.get(f"/bakery/proposals/{draft.pk}/"))


# --- Kept off the agenda ---------------------------------------------------------------------------------------------


def test_who_calls_the_assembly_refuses_it_with_a_reason_that_everybody_reads(
    client: Client, plant: make.Plant
) -> None:
    text = make.supported_motion(plant)
    page = f"/bakery/proposals/{text.pk}/"
    make.sign_in(client, plant.ana)
    assert f'href="{page}refuse/"' in client.get(page).content.decode()
    empty = client.post(page + "refuse/", {"because": "  "})
    assert (empty.status_code, "Give the reason; it will be read by everybody." in words(empty)) == (
        422,
        True,
    )
    long = client.post(page + "refuse/", {"because": "x" * 501})
    assert (long.status_code, "x" * 501 in long.content.decode()) == (422, True)
    answer = client.post(page + "refuse/", {"because": "The <b>statute</b> forbids it."}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    make.sign_in(client, plant.lou)
    answer = client.get(page)
    assert "Why it was refused The &lt;b&gt;statute&lt;/b&gt; forbids it." in words(answer)
    assert "Refuse it" not in words(answer)
    assert steps(answer) == [
        ("Written", "done"),
        ("Published", "done"),
        ("Admitted", "done"),
        ("Refused", "now"),
    ]
    assert [card.proposal for card in client.get("/bakery/proposals/").context["ended"]] == [text]
    make.sign_in(client, plant.ana)
    again = client.post(page + "refuse/", {"because": "Still."})
    assert (again.status_code, "State now: refused." in words(again)) == (409, True)


@pytest.mark.parametrize("who", ["lou", "eve", "bo", "dee"])
def test_nobody_else_refuses_it(client: Client, plant: make.Plant, who: str) -> None:
    text = make.supported_motion(plant)
    make.sign_in(client, plant.people[who])
    assert "Refuse it" not in words(client.get(f"/bakery/proposals/{text.pk}/"))
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/bakery/proposals/{text.pk}/refuse/", {"because": "No."})
        assert answer.status_code == 409
    text.refresh_from_db()
    assert (text.state, text.said) == ("admitted", "")


# --- Brought back ----------------------------------------------------------------------------------------------------


def test_decision_and_proposal_say_from_which_day_it_may_be_presented_again(
    client: Client, plant: make.Plant
) -> None:
    before = rejected(plant)
    assert before.settled_at is not None
    day = date_format(months_later(plant.cooperative.day_of(before.settled_at), 3), "DATE_FORMAT")
    make.sign_in(client, plant.lou)
    decision = client.get(f"/bakery/proposals/{before.pk}/").context["decisions"][0].decision
    for address in (f"/bakery/proposals/{before.pk}/", f"/bakery/decisions/{decision.pk}/"):
        page = words(client.get(address))
        assert f"It may be presented again from {day}." in page
        assert "Put it forward again" not in page  # the day has not come


def test_what_was_carried_says_nothing_of_it(client: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.ana)
    meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())
    make.sign_in(client, plant.lou)
    for address in (f"proposals/{decision.proposal_id}/", f"decisions/{decision.pk}/"):
        assert "presented again" not in words(client.get(f"/bakery/{address}"))
    assert 'name="again"' not in client.get(WRITE).content.decode()


def test_the_same_words_without_saying_so_are_refused_with_the_day(client: Client, plant: make.Plant) -> None:
    before = rejected(plant)
    assert before.settled_at is not None
    day = date_format(months_later(plant.cooperative.day_of(before.settled_at), 3), "DATE_FORMAT")
    make.sign_in(client, plant.fay)
    sheet = {"title": "Lunches", "clauses": CLAUSES, "matter": "ordinary", "reasons": "", "do": "save"}
    client.post(WRITE, sheet)
    draft = Proposal.objects.get(author=plant.fay)
    assert draft.again is None
    why = f"{before.label} was rejected. The bylaws let the same come back from {day}."
    page = f"/bakery/proposals/{draft.pk}/publish/"
    told = client.get(page)
    assert why in words(told)
    assert 'name="revision"' not in told.content.decode()
    answer = client.post(page, {"revision": "1"})
    assert (answer.status_code, why in words(answer)) == (409, True)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_desk_begins_with_the_rejected_words_and_keeps_what_was_chosen(
    client: Client, plant: make.Plant
) -> None:
    before = rejected(plant)
    make.sign_in(client, plant.fay)
    answer = client.get(f"{WRITE}?again={before.pk}")
    html = answer.content.decode()
    assert f'value="{before.title}"' in html
    assert CLAUSES[1] in html
    assert f'<option value="{before.pk}" selected>' in html
    sheet: dict[str, Any] = {
        "title": "Lunches",
        "clauses": ["On Tuesdays."],
        "matter": "ordinary",
        "reasons": "",
    }
    for do in ("add", "preview"):
        answer = client.post(WRITE, sheet | {"again": before.pk, "do": do})
        assert f'<option value="{before.pk}" selected>' in answer.content.decode()
    client.post(WRITE, sheet | {"again": before.pk, "do": "save"})
    draft = Proposal.objects.get(author=plant.fay)
    assert draft.again == before
    assert f"Brings back {before}" in words(client.get(f"/bakery/proposals/{draft.pk}/"))
    # with other words too, it waits, because its author says that it is the same
    assert client.post(f"/bakery/proposals/{draft.pk}/publish/", {"revision": "1"}).status_code == 409
    client.post(
        f"/bakery/proposals/{draft.pk}/rewrite/", sheet | {"again": "", "revision": "1", "do": "save"}
    )
    draft.refresh_from_db()
    assert (draft.again, draft.revision) == (None, 2)
    assert client.post(f"/bakery/proposals/{draft.pk}/publish/", {"revision": "2"}).status_code == 302


@pytest.mark.parametrize("again", ["x", "0", "999999", "9" * 30, "-1", "1%00"])
def test_what_was_never_rejected_is_not_brought_back(client: Client, plant: make.Plant, again: str) -> None:
    rejected(plant)
    make.sign_in(client, plant.fay)
    assert client.get(f"{WRITE}?again={again}").status_code in (400, 404)
    sheet = {"title": "A", "clauses": ["B"], "matter": "ordinary", "again": again, "do": "save"}
    answer = client.post(WRITE, sheet)
    assert (answer.status_code, "Choose one of those that stand here." in words(answer)) == (422, True)
    assert not Proposal.objects.filter(author=plant.fay).exists()


def test_another_houses_rejected_one_is_not_there(client: Client, plant: make.Plant) -> None:
    foreign = rejected(make.plant("quarry"))
    rejected(plant)
    make.sign_in(client, plant.fay)
    assert client.get(f"{WRITE}?again={foreign.pk}").status_code == 404
    sheet = {"title": "A", "clauses": ["B"], "matter": "ordinary", "again": foreign.pk, "do": "save"}
    assert client.post(WRITE, sheet).status_code == 422
