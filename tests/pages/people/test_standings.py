"""The sheets of the register office about one person, page by page: what is written, refused, kept and told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members import actions
from coop.members.models import Correction, Department, Member, Standing
from coop.oversight.models import Appeal
from tests import make

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


@pytest.fixture
def day(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def sheet(client: Client, address: str) -> dict[str, str]:
    """What the sheet asks to be sent back: the hidden field and what it proposes."""
    form = client.get(address).context["form"]
    return {
        name: str(value.isoformat() if isinstance(value, datetime.date) else value)
        for name in form.fields
        if (value := form[name].value()) not in (None, [], "", False)
    }


def send(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, {**sheet(client, address), **typed})


def now(who: Member) -> Standing:
    return who.standings.get(until=None, struck_at=None)


# --- Each sheet writes -------------------------------------------------------------------------------------------


def test_each_sheet_comes_back_to_the_person_with_what_it_wrote(
    keeper: Client, plant: make.Plant, day: datetime.date
) -> None:
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("move", {"department": "PAC", "crew": ""}, "Packing, works by day"),
        ("absence", {"status": "medical_leave", "expected_until": day + 9 * ONE}, "on sick leave"),
        ("back", {}, "Member, active"),
        ("suspend", {"expected_until": day + 9 * ONE, "document": "Minute 3", "reason": "R1"}, "suspended"),
        ("back", {"document": "Minute 4"}, "Minute 4"),
        ("notice", {}, "has given notice"),
        ("gone", {"document": "Letter"}, "has left"),
        ("rejoin", {"kind": "member", "department": "OVN", "document": "Minute 5"}, "Minute 5"),
        ("gone", {"died": "died"}, "died"),
    ]
    for name, typed, words in steps:
        answer = send(keeper, f"/bakery/members/5/{name}/", **typed)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/bakery/members/5/"), (
            name,
            answer.context and answer.context["form"].errors,
        )
        page = keeper.get("/bakery/members/5/").content.decode()
        assert words in page, name
        assert "Cy, " in page
    assert [row.status for row in plant.eve.standings.order_by("since", "pk")] == [
        "active",
        "medical_leave",
        "active",
        "suspended",
        "active",
        "notice_given",
        "left",
        "active",
        "died",
    ]


def test_a_hire_is_prolonged(keeper: Client, plant: make.Plant, day: datetime.date) -> None:
    typed = {"kind": "hired", "ground": "other", "reason": "oven smith", "expected_until": day + 99 * ONE}
    assert send(keeper, "/bakery/members/14/renew/", **typed).status_code == 302
    assert (now(plant.nan).reason, now(plant.nan).expected_until) == ("oven smith", day + 99 * ONE)


def test_exclusion_offers_what_the_assembly_carried(keeper: Client, plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    for name in ("ana", "bo", "cy"):
        make.cast(decision.ballot, plant.people[name], "for")
    address = "/bakery/members/6/expel/"
    assert "Canteen" not in keeper.get(address).content.decode()
    item = AgendaItem.objects.get(decision=decision)
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    decision.refresh_from_db()
    assert decision.outcome == Decision.Outcome.CARRIED
    assert decision.label in keeper.get(address).content.decode()
    refused = send(keeper, address, reason="theft", document="")
    assert refused.status_code == 422
    assert "Only the assembly excludes a member" in refused.content.decode()
    early = send(keeper, address, reason="theft", document=decision.pk, since="2026-01-01")
    assert "That is before the decision." in early.content.decode()
    assert send(keeper, address, reason="theft", document=decision.pk).status_code == 302
    assert (now(plant.fay).status, now(plant.fay).document) == ("expelled", decision.label)
    assert make.sign_in(Client(), plant.fay).get("/bakery/").status_code == 404


# --- Refusals stand at the field, and what was typed stays ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed", "field", "status"),
    [
        ("move", {"department": "NOWHERE"}, "department", 422),
        ("move", {"department": "OVN", "crew": "A"}, "department", 409),
        ("move", {"department": "PAC", "since": "2126-01-01"}, "since", 409),
        ("move", {"department": "PAC", "since": "yesterday"}, "since", 422),
        ("absence", {"status": "expelled"}, "status", 422),
        ("absence", {"status": "medical_leave", "expected_until": "2001-01-01"}, "expected_until", 409),
        ("absence", {"status": "medical_leave", "since": "2001-01-01"}, "since", 409),
        ("suspend", {"expected_until": "2026-01-01", "document": "x", "reason": " "}, "reason", 422),
        ("gone", {"since": ["2026-01-01", "2026-01-02"]}, "since", 422),
        ("notice", {"reason": "a" * 301}, "reason", 422),
        ("notice", {"reason": "a\ufffdb"}, "reason", 422),
        ("correct", {"born": "2012-01-01", "reason": "x"}, "born", 409),
        ("correct", {"name": " ", "reason": "x"}, "name", 422),
        ("correct", {"joined": "2126-01-01", "reason": "x"}, "joined", 409),
        ("correct", {"support": "wings", "reason": "x"}, "support", 422),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_stored(
    keeper: Client, plant: make.Plant, name: str, typed: dict[str, Any], field: str, status: int
) -> None:
    lines = Entry.objects.count()
    answer = send(keeper, f"/bakery/members/5/{name}/", **typed)
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors)) == (status, [field])
    for key, value in typed.items():
        if isinstance(value, str) and key in ("since", "expected_until", "born", "joined"):
            assert value in answer.content.decode(), key
    assert Entry.objects.count() == lines
    assert plant.eve.standings.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_sheet_without_its_number_is_unreadable(keeper: Client, plant: make.Plant, seen: str) -> None:
    assert send(keeper, "/bakery/members/5/absence/", status="medical_leave", seen=seen).status_code == 422


def test_two_keepers_at_one_person(keeper: Client, plant: make.Plant, day: datetime.date) -> None:
    """The second is told what the first wrote; their words stay, and may be sent again knowingly."""
    address = "/bakery/members/5/correct/"
    typed = {**sheet(keeper, address), "job": "miller", "reason": "as she says"}
    actions.correct(member=plant.eve, changes={"job": "baker"}, reason="list", by=plant.cy, at=make.now())
    refused = keeper.post(address, typed)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Somebody else wrote in the record of this person while you did" in page
    assert "What changed meanwhile" in page
    assert "Cy corrected the record of 5 Eve: work." in page
    assert "Work: the register says “baker” now, this sheet “miller”." in page
    assert 'value="miller"' in page
    assert Correction.objects.count() == 1
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    assert keeper.post(address, {**typed, "seen": seen[1]}).status_code == 302
    assert Member.objects.get(pk=plant.eve.pk).job == "miller"


def test_the_sheet_of_a_person_sent_twice_is_written_once(keeper: Client, plant: make.Plant) -> None:
    address = "/bakery/members/5/absence/"
    typed = {**sheet(keeper, address), "status": "medical_leave"}
    assert [keeper.post(address, typed).status_code for _again in range(2)] == [302, 409]
    assert plant.eve.standings.count() == 2


# --- Appeal -------------------------------------------------------------------------------------------------------


def suspend(plant: make.Plant, who: Member, day: datetime.date) -> None:
    actions.suspend(
        member=who,
        since=day,
        expected_until=day + 9 * ONE,
        reason="the furnace",
        document="Minute 3",
        by=plant.cy,
        at=make.now(),
    )


def test_the_suspended_person_reads_why_and_appeals(
    keeper: Client, plant: make.Plant, day: datetime.date
) -> None:
    suspend(plant, plant.eve, day)
    eve = make.sign_in(Client(), plant.eve)
    page = eve.get("/bakery/members/5/").content.decode()
    assert "the furnace" in page
    assert "Your suspension" in page
    address = "/bakery/members/5/suspension/appeal/"
    assert "the furnace" in eve.get(address).content.decode()
    assert eve.post(address).status_code == 422
    assert eve.post(address, {"text": "It was not me."}).status_code == 302
    assert now(plant.eve).appealed_at is not None
    again = eve.post(address, {"text": "It was not me."})
    assert again.status_code == 409
    assert make.sign_in(Client(), plant.fay).get(address).status_code == 404
    uphold = "/bakery/members/5/suspension/uphold/"
    assert eve.get(uphold).status_code == 404
    appeal = Appeal.objects.get()
    assert keeper.get(uphold)["Location"] == f"/bakery/appeals/{appeal.pk}/decide/"


def test_an_appeal_that_was_noted_without_words_is_decided_by_another_document(
    keeper: Client, plant: make.Plant, day: datetime.date
) -> None:
    suspend(plant, plant.eve, day)
    actions.appeal_suspension(standing=now(plant.eve), by=plant.cy, at=make.now())
    uphold = "/bakery/members/5/suspension/uphold/"
    same = send(keeper, uphold, document="Minute 3")
    assert (same.status_code, list(same.context["form"].errors)) == (409, ["document"])
    assert send(keeper, uphold, document="D GA 2026-9").status_code == 302
    assert now(plant.eve).final_at is not None


# --- Striking and the history ---------------------------------------------------------------------------------------


def test_a_struck_entry_stays_crossed_out_with_its_reason(
    keeper: Client, plant: make.Plant, day: datetime.date
) -> None:
    suspend(plant, plant.eve, day)
    address = f"/bakery/members/5/standings/{now(plant.eve).pk}/strike/"
    assert address in keeper.get("/bakery/members/5/").content.decode()
    assert send(keeper, address, reason=" ").status_code == 422
    assert send(keeper, address, reason="it was Eva").status_code == 302
    page = keeper.get("/bakery/members/5/").content.decode()
    assert "<del>Member, suspended</del>" in page
    assert "it was Eva" in page
    assert address not in page
    again = send(keeper, address, reason="x")
    assert again.status_code == 409
    lou = make.sign_in(Client(), plant.lou).get("/bakery/members/5/").content.decode()
    assert "suspended" not in lou
    assert "it was Eva" not in lou
    first = now(plant.eve).pk
    refused = send(keeper, f"/bakery/members/5/standings/{first}/strike/", reason="x")
    assert "The first entry cannot be struck" in refused.content.decode()


def test_entries_of_others_cannot_be_struck_from_here(keeper: Client, plant: make.Plant) -> None:
    foreign = plant.fay.postings.get().pk
    assert keeper.get(f"/bakery/members/5/postings/{foreign}/strike/").status_code == 404
    assert keeper.get(f"/bakery/members/5/standings/{'9' * 18}/strike/").status_code == 404


PRIVATE: dict[str, Callable[[make.Plant, datetime.date], object]] = {
    "on sick leave": lambda plant, day: actions.go_on_leave(
        member=plant.eve,
        status="medical_leave",
        since=day,
        expected_until=None,
        reason="",
        by=plant.cy,
        at=make.now(),
    ),
    "3 February 1990": lambda plant, day: actions.correct(
        member=plant.eve,
        changes={"born": datetime.date(1990, 2, 3), "phone": "555 1234"},
        reason="passport",
        by=plant.cy,
        at=make.now(),
    ),
}


@pytest.mark.parametrize("words", PRIVATE)
def test_illness_birth_and_telephone_are_for_few(plant: make.Plant, day: datetime.date, words: str) -> None:
    PRIVATE[words](plant, day)
    pages = {
        name: make.sign_in(Client(), plant.people[name]).get("/bakery/members/5/").content.decode()
        for name in ("eve", "cy", "dee", "ana", "lou")
    }
    seen = {name: words in page for name, page in pages.items()}
    assert seen == {"eve": True, "cy": True, "dee": True, "ana": False, "lou": False}
    assert "555 1234" not in pages["lou"]
    journal = make.sign_in(Client(), plant.lou).get("/bakery/journal/").content.decode()
    for secret in ("sick", "1990-02", "555 1234", "passport"):
        assert secret not in journal


def test_a_long_life_costs_as_many_questions(
    keeper: Client, plant: make.Plant, django_assert_num_queries: Any, day: datetime.date
) -> None:
    def year() -> None:
        for _turn in range(3):
            suspend(plant, plant.eve, day)
            actions.strike(entry=now(plant.eve), because="x", by=plant.cy, at=make.now())
        for code in ("PAC", "OVN"):
            actions.move(
                member=plant.eve,
                department=Department.objects.get(code=code),
                crew=None,
                since=day,
                reason="",
                by=plant.cy,
                at=make.now(),
            )
        job = f"job {Correction.objects.count()}"
        actions.correct(member=plant.eve, changes={"job": job}, reason="x", by=plant.cy, at=make.now())

    year()
    with CaptureQueriesContext(connection) as few:
        keeper.get("/bakery/members/5/")
    for _year in range(3):
        year()
    with django_assert_num_queries(len(few)):
        page = keeper.get("/bakery/members/5/")
    assert len(page.context["history"]) > 25
