"""A secret vote over the wire: the same length and status whatever is chosen, and nothing of it kept on the way."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.journal.models import Entry
from tests import make, make_votes

pytestmark = pytest.mark.django_db
FORM = re.compile(rb'name="form" value="([0-9a-f]{32})"')
CARD = re.compile(r'name="choice" value="([^"]*)"')


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


@pytest.fixture
def ballot(plant: make.Plant) -> Ballot:
    made = make_votes.drawn_up(plant, secrecy="secret")
    make_votes.with_key(made, plant)
    return ballots.open_ballot(ballot=made, present=(), by=plant.hal.actor, at=make.now())


def paper(client: Client, ballot: Ballot) -> tuple[str, list[str]]:
    """The number of the form and the values that can be chosen on it."""
    page = client.get(f"/bakery/ballots/{ballot.pk}/").content
    found = FORM.search(page)
    assert found is not None
    return found[1].decode(), CARD.findall(page.decode())


def sent(client: Client, ballot: Ballot, form: str, choice: str) -> Any:
    return client.post(f"/bakery/ballots/{ballot.pk}/", {"form": form, "choice": choice})


@contextmanager
def as_if_it_had_not_been() -> Iterator[None]:
    """What happens inside is taken back, so the same person can vote otherwise."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_length_and_status_are_the_same_whatever_is_chosen(plant: make.Plant, ballot: Ballot) -> None:
    client = make.sign_in(Client(), plant.eve)
    form, values = paper(client, ballot)
    assert len(values) == 3
    assert len({len(value) for value in values}) == 1
    found = set()
    for value in values:
        with as_if_it_had_not_been():
            answer = sent(client, ballot, form, value)
        found.add((answer.status_code, len(answer.content), tuple(sorted(answer.headers))))
    assert len(found) == 1
    assert {status for status, *_rest in found} == {200}


def test_nothing_of_the_choice_is_kept(
    plant: make.Plant, ballot: Ballot, caplog: pytest.LogCaptureFixture
) -> None:
    """No statement carries it, no session, no message, no line of the journal and none of the log."""
    caplog.set_level(logging.DEBUG)
    client = make.sign_in(Client(), plant.eve)
    form, values = paper(client, ballot)
    against = next(value for value in values if value.startswith("against"))
    before = Entry.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = sent(client, ballot, form, against)
    assert answer.status_code == 200
    said = [str(query["sql"]) for query in asked.captured_queries]
    assert any("ballots_cast_sealed" in one for one in said)
    assert not any("against" in one for one in said)
    assert not any(form in one for one in said)
    assert not any("against" in str(value) or form in str(value) for value in client.session.values())
    assert Entry.objects.count() == before
    assert "against" not in caplog.text.replace("ballots_cast_sealed", "")
    assert form not in caplog.text
    again = client.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert "checked" not in again


def test_the_same_form_gives_the_same_page_and_another_choice_is_refused_without_showing_it(
    plant: make.Plant, ballot: Ballot
) -> None:
    client = make.sign_in(Client(), plant.eve)
    form, values = paper(client, ballot)
    first, again = sent(client, ballot, form, values[0]), sent(client, ballot, form, values[0])
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.context["words"] == again.context["words"]
    other = sent(client, ballot, form, values[1])
    assert other.status_code == 409
    assert first.context["words"] not in other.content.decode()
    assert " checked" not in other.content.decode()


def test_what_anybody_is_shown_of_an_open_vote_does_not_depend_on_the_choices(
    plant: make.Plant, ballot: Ballot
) -> None:
    """No partial results: how many have voted, and never how."""
    for who in LOOKERS:
        make.account(plant.people[who])
    shown = []
    for answers in (("for", "for", "for"), ("against", "abstain", "against")):
        with as_if_it_had_not_been():
            for name, answer in zip(("ana", "bo", "eve"), answers, strict=True):
                who = plant.people[name]
                ballots.cast_secret(
                    ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now()
                )
            shown.append(
                {(who, page): looked_at(plant, ballot, who, page) for who in LOOKERS for page in PAGES}
            )
    differing = {
        place: [
            pair
            for pair in zip(one.splitlines(), shown[1][place][1].splitlines(), strict=False)
            if pair[0] != pair[1]
        ]
        for place, (status, one) in shown[0].items()
        if (status, one) != shown[1][place]
    }
    assert differing == {}
    assert {status for status, _text in shown[0].values()} >= {200, 404}


LOOKERS = ("ana", "gus", "jo", "dee", "lou")
PAGES = ("", "turnout/", "result/", "check/", "office/", "key/", "urn/open/", "urn/export/", "trackers/")


def looked_at(plant: make.Plant, ballot: Ballot, who: str, page: str) -> tuple[int, str]:
    answer = make.sign_in(Client(), plant.people[who]).get(f"/bakery/ballots/{ballot.pk}/{page}")
    text = re.sub(r'name="(csrfmiddlewaretoken|form)" value="[^"]*"', "", answer.content.decode())
    text = re.sub(r'datetime="[^"]*"', "", text)
    return answer.status_code, re.sub(r"\d\d:\d\d(:\d\d)?", "", text)
