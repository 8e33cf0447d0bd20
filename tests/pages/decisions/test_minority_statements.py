"""Whoever was against says so beside the decision: on its page, its sheet, and under the minutes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions import actions as decisions
from coop.decisions.models import Decision, MinorityStatement
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.literal import literal
from coop.meetings.models import AgendaItem
from coop.meetings.sealed_text import sealed_text
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db

SAID = "The night crew was not asked.\nWe said so in <b>May</b>."


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def carried(plant: make.Plant) -> Decision:
    decision = make.open_vote(plant)
    make.cast(decision.ballot, plant.ana)
    make.cast(decision.ballot, plant.bo)
    make.cast(decision.ballot, plant.hal, "against")
    return meetings.close_vote(item=AgendaItem.objects.get(decision=decision), by=plant.bo, at=make.now())


def test_it_stands_beside_the_decision_with_a_name(client: Client, plant: make.Plant) -> None:
    made = carried(plant)
    page = f"/bakery/decisions/{made.pk}/"
    make.sign_in(client, plant.hal)
    assert "Write a minority statement" in words(client.get(page))
    assert client.get(page + "minority/").status_code == 200
    answer = client.post(page + "minority/", {"text": SAID}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    make.sign_in(client, plant.lou)
    html = client.get(page).content.decode()
    assert "The night crew was not asked.<br>We said so in &lt;b&gt;May&lt;/b&gt;." in html
    assert "Hal, " in words(client.get(page))
    told = Entry.objects.get(verb="minority-stated")
    assert (told.subject_label, told.facts) == (str(made), {})
    assert client.get(page + "printed/").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("lou", "Beside a decision speaks who could vote on it."),  # was not in the hall
        ("max", "Beside a decision speaks who could vote on it."),
    ],
)
def test_who_could_not_vote_on_it_says_nothing_beside_it(
    client: Client, plant: make.Plant, who: str, reason: str
) -> None:
    made = carried(plant)
    make.sign_in(client, plant.people[who])
    page = f"/bakery/decisions/{made.pk}/"
    assert "Write a minority statement" not in words(client.get(page))
    assert reason in words(client.get(page + "minority/"))
    answer = client.post(page + "minority/", {"text": SAID})
    assert (answer.status_code, reason in words(answer), SAID.split("\n")[0] in words(answer)) == (
        409,
        True,
        True,
    )
    assert not MinorityStatement.objects.exists()


def test_once_and_within_the_hours_of_the_bylaws(client: Client, plant: make.Plant) -> None:
    made = carried(plant)
    facts: dict[str, Any] = {"decision": made, "text": SAID}
    late = make.now() + make.days(2) + make.days(1 / 24)
    with pytest.raises(Refused) as no:
        decisions.state_minority(**facts, by=plant.hal, at=late)
    assert [reason.code for reason in no.value.reasons] == ["time-for-statements-over"]
    decisions.state_minority(**facts, by=plant.hal, at=make.now())
    make.sign_in(client, plant.hal)
    answer = client.post(f"/bakery/decisions/{made.pk}/minority/", {"text": "More."})
    assert (answer.status_code, "Your statement stands beside it already." in words(answer)) == (409, True)
    assert MinorityStatement.objects.get().text == SAID


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write what you say."),
        ("  \n", "Write what you say."),
        ("x" * 1001, "at most 1000"),
        ("a\x00b", "did not arrive whole"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed(
    client: Client, plant: make.Plant, typed: str, said: str
) -> None:
    made = carried(plant)
    make.sign_in(client, plant.hal)
    answer = client.post(f"/bakery/decisions/{made.pk}/minority/", {"text": typed})
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert not MinorityStatement.objects.exists()


def test_before_the_count_there_is_nothing_to_be_against(client: Client, plant: make.Plant) -> None:
    pending = make.open_vote(plant)
    make.sign_in(client, plant.hal)
    answer = client.post(f"/bakery/decisions/{pending.pk}/minority/", {"text": SAID})
    assert (answer.status_code, "It has not been decided yet." in words(answer)) == (409, True)


def test_it_stands_under_the_minutes_and_is_sealed_with_them(client: Client, plant: make.Plant) -> None:
    made = carried(plant)
    item = AgendaItem.objects.get(decision=made)
    at = make.now()
    decisions.state_minority(decision=made, text=SAID, by=plant.hal, at=at)
    meeting = item.meeting
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=at)
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=at)
    closed = meetings.close_minutes(meeting=meeting, by=plant.ana, at=at)
    make.sign_in(client, plant.lou)
    page = client.get(f"/bakery/meetings/{meeting.pk}/minutes/")
    assert "Minority statements The night crew was not asked." in words(page)
    assert f'href="/bakery/decisions/{made.pk}/"' in page.content.decode()
    for who in (plant.ana, plant.bo, plant.eve, plant.fay):
        meetings.sign_minutes(minutes=closed, text_hash=closed.hash, by=who, at=at)
    sealed = meetings.seal(minutes=closed, by=plant.ana, at=at + make.days(9))
    text = sealed_text(sealed)
    assert "## Minority statements" in text
    assert literal(f"On {made.label}. Hal") in text
    assert literal("The night crew was not asked.") in text
    assert sealed.text == text


def test_a_sheet_asks_as_much_for_one_statement_as_for_eight(client: Client) -> None:
    asked = set()
    for slug, who in (("few", ["hal"]), ("many", ["ana", "bo", "cy", "dee", "eve", "fay", "gus", "hal"])):
        plant = make.plant(slug)
        made = carried(plant)
        for name in who:
            decisions.state_minority(decision=made, text="No.", by=plant.people[name], at=make.now())
        make.sign_in(client, plant.lou)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/{slug}/decisions/{made.pk}/").status_code == 200
        asked.add(len(seen))
    assert len(asked) == 1, asked
