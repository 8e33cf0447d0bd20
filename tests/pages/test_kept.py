"""What a process keeps: the text of a ballot, the words of every page, the turnout of a crowd for two seconds."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.pages import kept
from coop.pages.access import Here
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ballot(plant: make.Plant) -> Ballot:
    return make.open_vote(plant, closes_in=make.days(1)).ballot


# --- The text of a ballot -------------------------------------------------------------------------------------------


def test_the_text_is_drawn_once_for_each_language(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    real = kept.render_to_string

    def draw(template: str, context: Any) -> Any:
        drawn.append(template)
        return real(template, context)

    monkeypatch.setattr(kept, "render_to_string", draw)
    parts = kept.frozen_parts(ballot, ballot.cooperative)
    assert ballot.text_hash in parts["text"]
    assert "What is put to the vote" in parts["text"]
    assert kept.frozen_parts(ballot, ballot.cooperative) is parts
    with translation.override("es"):
        other = kept.frozen_parts(ballot, ballot.cooperative)
    assert other is not parts
    assert drawn == ["votes/ballots/frozen_text.html", "votes/ballots/frozen_facts.html"] * 2


def test_a_ballot_of_the_same_number_in_a_database_put_back_is_another(ballot: Ballot) -> None:
    here = kept.frozen_parts(ballot, ballot.cooperative)
    assert ballot.opened_at is not None
    ballot.opened_at += datetime.timedelta(seconds=1)
    ballot.text_hash = "f" * 64
    there = kept.frozen_parts(ballot, ballot.cooperative)
    assert "f" * 64 in there["text"]
    assert "f" * 64 not in here["text"]


def test_what_is_kept_has_an_end(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BALLOTS", 2)
    assert ballot.opened_at is not None
    for _second in range(5):
        ballot.opened_at += datetime.timedelta(seconds=1)
        kept.frozen_parts(ballot, ballot.cooperative)
        assert len(kept._frozen) <= 2


def test_nothing_that_is_kept_names_whoever_asked_first(plant: make.Plant, ballot: Ballot) -> None:
    eve = make.sign_in(Client(), plant.eve)
    address = f"/bakery/ballots/{ballot.pk}/"
    eve.get(address)
    parts = kept.frozen_parts(ballot, ballot.cooperative)
    words = kept.six_words("bakery", address) + kept.books("bakery", kiosk=False)
    for text in (*parts.values(), words):
        assert plant.eve.name not in text
        assert "csrf" not in text


# --- The words of every page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/bakery/", ("/bakery/", "page")),
        ("/bakery/members/", ("/bakery/members/", "page")),
        ("/bakery/members/7/", ("/bakery/members/", "true")),
        ("/bakery/ballots/7/", None),
    ],
)
def test_the_word_that_the_page_lies_in_is_marked(path: str, marked: tuple[str, str] | None) -> None:
    found = re.findall(r'href="([^"]+)" aria-current="(\w+)"', kept.six_words("bakery", path))
    assert found == ([marked] if marked else [])


def test_the_way_back_is_that_of_the_house_and_the_language() -> None:
    assert 'href="/bakery/members/">People<' in kept.way_back("members", "bakery")
    assert 'href="/mill/members/">People<' in kept.way_back("members", "mill")
    with translation.override("es"):
        assert ">Personas<" in kept.way_back("members", "bakery")
    assert 'href="/bakery/meetings/">Meetings<' in kept.way_back("meetings", "bakery")


def test_a_tablet_for_everybody_has_no_list_of_sign_ins() -> None:
    assert "/bakery/me/sessions/" in kept.books("bakery", kiosk=False)
    assert "sessions" not in kept.books("bakery", kiosk=True)


def test_the_date_line_is_that_of_its_minute_in_the_language_and_zone_of_the_reader(
    plant: make.Plant,
) -> None:
    def line(second: int, zone: str = "UTC", town: str = "Lima") -> str:
        at = datetime.datetime(2026, 11, 22, 23, 59, tzinfo=datetime.UTC) + datetime.timedelta(seconds=second)
        house = Cooperative(town=town, time_zone=zone)
        with timezone.override(zone):
            return kept.of_the_minute("shared/dateline.html", Here(house, plant.lou, at, demo=False))

    assert "Sunday 22 November 2026" in line(0)
    assert line(59) is line(0)
    assert "Monday 23 November 2026" in line(60)
    assert "Monday 23 November 2026" in line(0, "Asia/Tokyo")
    assert "Edition of 08:59" in line(0, "Asia/Tokyo")
    assert "Quito" in line(0, town="Quito")
    with translation.override("es"):
        assert "Edition" not in line(0)


# --- How many have voted --------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Watch:
    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds


def test_of_few_each_vote_is_told_at_once(plant: make.Plant, ballot: Ballot) -> None:
    before = kept.turnout(ballot)
    make.cast(ballot, plant.eve, "for")
    assert kept.turnout(ballot) == {**before, "cast": before["cast"] + 1}


def test_a_crowd_is_counted_every_two_seconds_and_anew_at_the_end(
    plant: make.Plant, ballot: Ballot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    monkeypatch.setattr(kept, "CROWD", 1)
    monkeypatch.setattr(kept, "monotonic", watch.monotonic)
    assert kept.turnout(ballot)["cast"] == 0
    make.cast(ballot, plant.eve, "for")
    assert kept.turnout(ballot)["cast"] == 0
    watch.seconds += 2.1
    assert kept.turnout(ballot)["cast"] == 1
    make.cast(ballot, plant.bo, "for")
    closed = ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
    assert kept.turnout(closed)["cast"] == 2
