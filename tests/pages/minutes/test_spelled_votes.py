"""Votes in figures and in words: on counting minutes, on the sheet of a decision, and beside minutes, never in them."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.ways import Way
from coop.pages.counting import acta_files
from coop.pages.decisions import printed as decision_printed
from coop.pages.minutes.spelled import spelled_in
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant(bylaws={"published_floor": 1})
    make_votes.commission(made)
    return made


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def spoken(client: Client, plant: make.Plant, language: str) -> Client:
    make.sign_in(client, plant.eve)
    client.cookies["language"] = language
    return client


def counted(plant: make.Plant) -> Ballot:
    ballot = make_votes.opened(plant)
    for name, answer in {"ana": "for", "bo": "for", "cy": "against"}.items():
        who = plant.people[name]
        ballots.cast(ballot=ballot, answers={1: answer}, form=f"{who.pk:032x}", by=who, at=make.now())
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())
    return ballot


def decided(plant: make.Plant) -> Meeting:
    """One motion, carried by one vote."""
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    make.cast(decision.ballot, plant.ana)
    actions.close_vote(item=item, by=plant.bo, at=make.now())
    return Meeting.objects.get(pk=item.meeting_id)


def caught(monkeypatch: pytest.MonkeyPatch, module: Any) -> list[dict[str, Any]]:
    """What a sheet is printed from."""
    sheets: list[dict[str, Any]] = []

    def keep(sheet: str, data: dict[str, Any], **more: Any) -> HttpResponse:
        sheets.append(data)
        return HttpResponse()

    monkeypatch.setattr(module, "to_print", keep)
    return sheets


@pytest.mark.parametrize(
    ("language", "two", "one", "none"),
    [("en", "two", "one", "zero"), ("es", "dos", "uno", "cero"), ("pt-br", "dois", "um", "zero")],
)
def test_counting_minutes_say_each_figure_in_words(
    client: Client, plant: make.Plant, language: str, two: str, one: str, none: str
) -> None:
    ballot = counted(plant)
    answer = spoken(client, plant, language).get(f"/bakery/ballots/{ballot.pk}/result/")
    rows = answer.context["counts"][0]["rows"]
    assert [(row.votes, row.spelled) for row in rows] == [(2, two), (1, one), (0, none)]
    page = answer.content.decode()
    shown = re.findall(r'<span class="result__words">([^<]*)</span>.*?<td class="votes">(\d+)</td>', page)
    assert shown == [(two, "2"), (one, "1"), (none, "0")]


def test_so_does_their_paper(client: Client, plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = counted(plant)
    make.sign_in(client, plant.eve)
    assert client.get(f"/bakery/ballots/{ballot.pk}/result/printed/").content.startswith(b"%PDF")
    sheets = caught(monkeypatch, acta_files)
    client.get(f"/bakery/ballots/{ballot.pk}/result/printed/")
    spelled = sheets[0]["questions"][0]["tables"][0]
    assert spelled["rows"] == [["For", "2", "two"], ["Against", "1", "one"], ["Abstain", "0", "zero"]]


def test_and_the_sheet_of_a_decision(
    client: Client, plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = decided(plant)
    decision = meeting.items.exclude(decision=None).get().decision
    assert decision is not None
    make.sign_in(client, plant.eve)
    assert "1 For one 0 Against zero 0 Abstain zero" in words(client.get(f"/bakery/decisions/{decision.pk}/"))
    assert client.get(f"/bakery/decisions/{decision.pk}/printed/").content.startswith(b"%PDF")
    sheets = caught(monkeypatch, decision_printed)
    client.get(f"/bakery/decisions/{decision.pk}/printed/")
    assert sheets[0]["figures"] == [["For", "1", "one"], ["Against", "0", "zero"], ["Abstain", "0", "zero"]]


def test_words_stand_beside_minutes_and_not_in_what_is_hashed(client: Client, plant: make.Plant) -> None:
    meeting = decided(plant)
    actions.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    actions.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    closed = actions.close_minutes(meeting=Meeting.objects.get(pk=meeting.pk), by=plant.ana, at=make.now())
    label = meeting.items.exclude(decision=None).get().decision.label  # type: ignore[union-attr]
    make.sign_in(client, plant.eve)
    page = words(client.get(f"/bakery/meetings/{meeting.pk}/minutes/"))
    assert f"{label} For: 1 (one) Against: 0 (zero) Abstain: 0 (zero)" in page
    assert "(one)" not in closed.text
    assert "For 1, against 0, abstaining 0." in closed.text
    assert closed.hash == hashlib.sha256(closed.text.encode()).hexdigest()
    assert closed.text == client.get(f"/bakery/meetings/{meeting.pk}/minutes/markdown/").content.decode()


def test_a_language_without_words_of_ours_keeps_its_figures(plant: make.Plant) -> None:
    meeting = decided(plant)
    with translation.override("fr"):
        assert spelled_in(meeting) == []


def test_nothing_is_spelled_where_nobody_counted(plant: make.Plant) -> None:
    """No vote yet, and then one by acclamation: without a figure, no words for it either."""
    assert spelled_in(make.convened_meeting(plant)) == []
    item = AgendaItem.objects.get(decision=make.open_vote(plant, way=Way.HANDS))
    actions.acclaim(item=item, by=plant.bo, at=make.now())
    with CaptureQueriesContext(connection) as queries:
        assert spelled_in(item.meeting) == []
    assert len(queries) == 2
