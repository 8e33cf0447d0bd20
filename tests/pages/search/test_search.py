"""One search over everything: its filters, its marks, what it says of nothing, and what it asks for many."""

from __future__ import annotations

import datetime
import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Minutes
from coop.members.models import Member
from coop.pages.search import search_told
from coop.pages.search.search import YEARS
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Proposal
from tests import make

pytestmark = pytest.mark.django_db

SEARCH = "/bakery/search/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def lou(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.lou)


def words_of(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def circulated(plant: make.Plant, words: str, at: datetime.datetime | None = None) -> Minutes:
    meeting = make.meeting_in_session(plant, motions=[])
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    item = AgendaItem.objects.get(meeting=meeting, kind="report")
    meetings.write_note(item=item, text=words, revision=0, by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    return meetings.close_minutes(meeting=meeting, by=plant.ana, at=at or make.now())


def test_words_are_marked_where_they_stand_and_lead_to_their_clause(plant: make.Plant, lou: Client) -> None:
    text = make.published_motion(
        plant, title="Panadería <del barrio>", clauses=["Abre.", "La panadería & más."]
    )
    shown = lou.get(SEARCH, {"words": "PANADERIA"}).content.decode()
    assert "<mark>Panadería</mark> &lt;del barrio&gt;</a></h2>" in shown
    assert "La <mark>panadería</mark> &amp; más." in shown
    assert f'href="/bakery/proposals/{text.pk}/#clause-2"' in shown
    assert "1 paper<" in shown


def test_the_front_page_and_every_foot_lead_to_it(lou: Client) -> None:
    shown = lou.get("/bakery/").content.decode()
    assert 'action="/bakery/search/"' in shown
    assert '<a href="/bakery/search/">Search</a>' in lou.get("/bakery/bylaws/").content.decode()


def test_minutes_are_found_by_the_same_search(plant: make.Plant, lou: Client) -> None:
    minutes = circulated(plant, "La panadería abre los **lunes**.")
    make.published_motion(plant, title="Panadería")
    every = words_of(lou.get(f"{SEARCH}?words=panaderia+lunes"))
    assert "Minutes of GA 2026-1" in every
    assert "<mark>panadería</mark> abre los <mark>lunes</mark>" in every
    alone = words_of(lou.get("/bakery/minutes/"))
    assert f'href="/bakery/meetings/{minutes.meeting_id}/minutes/"' in alone
    assert "circulated, not sealed yet" in alone
    assert "Panadería" not in alone


def test_the_list_is_narrowed_by_kind_body_year_and_days(plant: make.Plant, lou: Client) -> None:
    text = make.published_motion(plant, title="Quince", at=make.now() - make.days(3))
    year, day = make.now().year, (make.now() - make.days(3)).date()

    def there(**asked: str) -> bool:
        answer = lou.get(SEARCH, {"words": "quince", **asked})
        assert answer.status_code == 200, asked
        return f"/proposals/{text.pk}/" in answer.content.decode()

    assert there()
    assert there(kind="proposals", year=str(year))
    assert not there(kind="minutes")
    assert not there(body="GA")
    assert there(since=str(day - make.days(1)), until=str(day + make.days(1)))
    assert not there(since=str(day + make.days(2)))
    assert not there(until=str(day - make.days(2)))


def test_the_years_are_those_of_each_house_by_its_own_clock(plant: make.Plant) -> None:
    """Minutes of the last night of a year: in Tokyo the next one has begun. The words of the question are kept."""
    night = datetime.datetime(make.now().year + 1, 12, 31, 20, tzinfo=datetime.UTC)
    circulated(plant, "Quinces.", at=night)
    house = plant.cooperative.pk
    found = {
        zone: {year for (year,) in YEARS.all(cooperative=house, zone=zone)} for zone in ("UTC", "Asia/Tokyo")
    }
    assert {zone: years & {night.year, night.year + 1} for zone, years in found.items()} == {
        "UTC": {night.year},
        "Asia/Tokyo": {night.year + 1},
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"words": "x" * 10_000}, "at most 200 characters"),
        ({"kind": "secrets"}, "Choose one of those that stand here."),
        ({"year": "1812"}, "Choose one of those that stand here."),
        ({"body": "' OR 1=1"}, "Choose one of those that stand here."),
        ({"since": "9999-12-31"}, "Look at the year again."),
        ({"since": "yesterday"}, "Write the day like 2026-11-28."),
        ({"since": "2026-05-02", "until": "2026-05-01"}, "This day lies before the other one."),
        ({"words": ["a", "b"]}, "Two answers came for this."),
    ],
)
def test_what_cannot_be_asked_is_told_beside_what_was_typed(
    lou: Client, asked: dict[str, Any], said: str
) -> None:
    answer = lou.get(SEARCH, asked)
    assert answer.status_code == 422
    assert said in words_of(answer)


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1",
        "a & b | !c :*",
        "<script>",
        "%",
        "\\",
        "(((",
        ":* & !",
        '"',
        '""',
        "\u202e",
        "🐛",
        "👩‍🏭 ñ",
        "w" * 200,
    ],
)
def test_odd_words_do_no_harm(plant: make.Plant, lou: Client, words: str) -> None:
    make.published_motion(plant)
    answer = lou.get(SEARCH, {"words": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "2", "x", "99999999", "-1"])
def test_a_page_that_is_not_there(plant: make.Plant, lou: Client, page: str) -> None:
    make.published_motion(plant, title="Quince")
    assert lou.get(SEARCH, {"words": "quince", "page": page}).status_code == 404


def test_the_number_of_a_paper_leads_straight_to_it(plant: make.Plant, lou: Client) -> None:
    text = make.supported_motion(plant, title="Ovens", clauses=["Six ovens."])
    amendment = proposals.submit(
        proposal=text, changes=[Words(1, "Four ovens.")], by=plant.eve, at=make.now()
    )
    minutes = circulated(plant, "Nothing.")
    addresses = {
        text.label: f"/bakery/proposals/{text.pk}/",
        text.label.lower().replace(" ", ""): f"/bakery/proposals/{text.pk}/",
        amendment.label: f"/bakery/amendments/{amendment.pk}/",
        minutes.meeting.label: f"/bakery/meetings/{minutes.meeting_id}/minutes/",
    }
    for typed, address in addresses.items():
        answer = lou.get(SEARCH, {"words": typed})
        assert answer.context["named"].address == address, typed
        assert "Nothing found" not in words_of(answer)
    assert lou.get(SEARCH, {"words": "P 2026-999"}).context["named"] is None


def test_it_says_when_there_is_nothing(plant: make.Plant, lou: Client) -> None:
    assert "Nothing found" in words_of(lou.get(SEARCH, {"words": "quince"}))
    assert "Nothing here" in words_of(lou.get("/bakery/minutes/"))
    bare = words_of(lou.get(SEARCH))
    assert "Nothing found" not in bare
    assert "Nothing here" not in bare


def test_while_one_types_only_the_list_comes(plant: make.Plant, lou: Client) -> None:
    make.published_motion(plant, title="Quince")
    shown = lou.get(SEARCH, {"words": "quin"}, headers={"HX-Request": "true"}).content.decode()
    assert shown.lstrip().startswith('<div id="found"')
    assert "<html" not in shown
    wrong = lou.get(SEARCH, {"since": "yesterday"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert "Write the day like" in words_of(wrong)


def test_a_letter_that_is_none_is_refused(lou: Client) -> None:
    assert lou.get(SEARCH, {"words": "a\0b"}).status_code == 400
    assert "did not arrive whole" in words_of(lou.get(SEARCH, {"words": "a\ufffdb"}))


def test_thirty_papers_ask_no_more_than_one_of_each_kind(plant: make.Plant, lou: Client) -> None:
    def asked(total: int) -> int:
        with CaptureQueriesContext(connection) as questions:
            answer = lou.get(SEARCH, {"words": "quince"})
        assert answer.context["total"] == total
        return len(questions)

    def one_more(number: int) -> None:
        text = make.supported_motion(plant, title=f"Quince {number}", clauses=["Quinces.", "Six ovens."])
        proposals.submit(
            proposal=text, changes=[Words(2, "Four quinces.")], by=plant.eve, reasons="Why.", at=make.now()
        )

    one_more(0)
    lou.get(SEARCH, {"words": "quince"})  # what PostgreSQL makes of the words is asked once
    first = asked(2)
    for number in range(1, 15):
        one_more(number)
    assert asked(30) == first
    second = lou.get(SEARCH, {"words": "quince", "page": "2"})
    assert second.content.decode().count('<li class="story">') == 10
    assert "?words=quince&amp;page=1" in second.content.decode()


def test_papers_are_drawn_once_for_all_until_one_changes(
    plant: make.Plant, lou: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    draw = search_told._told

    def counted(*what: Any) -> Any:
        drawn.append(what)
        return draw(*what)

    monkeypatch.setattr(search_told, "_told", counted)

    def shown(who: Client, words: str = "quince") -> str:
        return words_of(who.get(SEARCH, {"words": words}))

    another = make.sign_in(Client(), plant.eve)
    make.supported_motion(plant, title="Quince first", clauses=["Quinces and pears."])
    shown(lou)  # asks PostgreSQL which words these are
    shown(lou)
    times = len(drawn)
    assert "Quince</mark> first" in shown(another)
    assert len(drawn) == times
    assert "<mark>pears</mark>" in shown(lou, "pears")
    assert "Dolores" not in shown(lou)
    Member.objects.filter(pk=Proposal.objects.get().author_id).update(name="Dolores")
    assert "Dolores" in shown(lou)
    make.supported_motion(plant, title="Quince second", clauses=["Quinces."])
    assert "2 papers" in (both := shown(lou))
    assert "Quince</mark> second" in both
