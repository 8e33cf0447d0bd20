"""Entering somebody by hand, and applications, page by page: what is asked, decided, appealed, refused and kept."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.members import actions
from coop.members.models import Application, Department, Member, Standing
from coop.pages.people.admissions import next_number
from tests import make
from tests.pages.people.test_standings import send

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
ENTER = "/bakery/members/enter/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


@pytest.fixture
def day(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


PIA = {
    "name": "Pía Ñandú",
    "born": "1990-02-03",
    "department": "OVN",
    "crew": "A",
    "kind": "member",
    "document": "Minute 8",
    "phone": "555 1234",
    "support": ["audio", "large_text"],
}


# --- By hand ------------------------------------------------------------------------------------------------------


def test_somebody_is_entered_under_the_next_number(keeper: Client, plant: make.Plant) -> None:
    make.member(plant.cooperative, 901, "Hired", kind=Standing.Kind.HIRED)
    assert next_number(plant.cooperative) == 16
    answer = send(keeper, ENTER, **PIA)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/bakery/members/16/")
    pia = Member.objects.get(number=16)
    assert (pia.name, pia.born, pia.phone, sorted(pia.support)) == (
        "Pía Ñandú",
        datetime.date(1990, 2, 3),
        "555 1234",
        ["audio", "large_text"],
    )
    assert "Entered: Pía Ñandú, number 16" in keeper.get("/bakery/members/16/").content.decode()


@pytest.mark.parametrize(
    ("typed", "fields", "status"),
    [
        ({"number": "5"}, ["number"], 409),
        ({"number": "0"}, ["number"], 422),
        ({"number": "9" * 30}, ["number"], 422),
        ({"name": " "}, ["name"], 422),
        ({"born": "2012-01-01"}, ["born"], 409),
        ({"born": "1800-01-01"}, ["born"], 409),
        ({"born": "2126-01-01"}, ["born"], 409),
        ({"since": "2126-01-01"}, ["since"], 409),
        ({"department": "NOWHERE"}, ["department"], 422),
        ({"crew": "Z"}, ["crew"], 422),
        ({"document": ""}, ["document"], 409),
        ({"kind": "hired"}, ["ground"], 422),
        ({"kind": "hired", "ground": "other"}, ["expected_until", "reason"], 409),
        ({"kind": "trial"}, ["expected_until"], 409),
        ({"kind": "trial", "expected_until": "2126-01-01"}, ["expected_until"], 409),
        ({"kind": "member", "expected_until": "2027-01-01"}, ["expected_until"], 422),
        ({"kind": "boss"}, ["kind"], 422),
        ({"number": "5", "born": "2012-01-01", "document": ""}, ["born", "document", "number"], 409),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(
    keeper: Client, plant: make.Plant, typed: dict[str, str], fields: list[str], status: int
) -> None:
    answer = send(keeper, ENTER, **{**PIA, **typed})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (status, fields)
    page = answer.content.decode()
    assert 'value="555 1234"' in page
    assert page.count('class="field__error"') == len(fields)
    assert Member.objects.count() == 15


def test_of_a_probable_double_the_page_asks_once(keeper: Client, plant: make.Plant) -> None:
    send(keeper, ENTER, **PIA)
    answer = send(keeper, ENTER, **{**PIA, "name": "ñandu PIA"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody of this name and birth date is No. 16. Enter them all the same?" in page
    assert "It is somebody else" in page
    assert Member.objects.count() == 16
    assert send(keeper, ENTER, **{**PIA, "name": "ñandu PIA"}, all_the_same="on").status_code == 302
    assert Member.objects.get(number=17).name == "ñandu PIA"
    assert "It is somebody else" not in keeper.get(ENTER).content.decode()


# --- Applications -------------------------------------------------------------------------------------------------


def the_one() -> Application:
    return Application.objects.get()


def test_a_paper_becomes_a_member(keeper: Client, plant: make.Plant, day: datetime.date) -> None:
    asked = {"name": "Pía Ñandú", "born": "1990-02-03", "since": str(day - ONE), "text": "I can <b>bake</b>."}
    answer = send(keeper, "/bakery/applications/write/", **asked)
    address = f"/bakery/applications/{the_one().pk}/"
    assert answer.headers["Location"] == address
    page = keeper.get(address).content.decode()
    assert "I can &lt;b&gt;bake&lt;/b&gt;." in page
    assert "waits for a decision" in keeper.get("/bakery/applications/").content.decode()
    wrong = send(keeper, f"{address}admit/", document=" ", number="5")
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["department", "document"])
    wrong = send(
        keeper,
        f"{address}admit/",
        document="Minute 8",
        number="5",
        department="OVN",
        since=str(day - 2 * ONE),
    )
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (409, ["number", "since"])
    right = send(keeper, f"{address}admit/", document="Minute 8", department="PAC")
    assert right.headers["Location"] == "/bakery/members/16/"
    assert Member.objects.get(number=16).postings.get().department == Department.objects.get(code="PAC")
    assert send(keeper, f"{address}refuse/", document="x", reasons="y").status_code == 409


def test_who_is_on_trial_asks_is_refused_reads_why_and_appeals(
    keeper: Client, plant: make.Plant, day: datetime.date
) -> None:
    max_ = make.sign_in(Client(), plant.max)
    assert "Ask to become a member" in max_.get("/bakery/members/13/").content.decode()
    assert send(max_, "/bakery/members/13/ask/", text="Two years here.").status_code == 302
    address = f"/bakery/applications/{the_one().pk}/"
    assert "Two years here." in max_.get(address).content.decode()
    assert max_.get("/bakery/applications/").status_code == 404
    assert max_.post(f"{address}admit/").status_code == 404
    assert make.sign_in(Client(), plant.nan).get(address).status_code == 404
    again = max_.get("/bakery/members/13/ask/").content.decode()
    assert "An application of this person waits already." in again
    assert max_.post("/bakery/members/13/ask/").status_code == 409

    assert send(keeper, f"{address}refuse/", document="Minute 8", reasons="No place.").status_code == 302
    page = max_.get(address).content.decode()
    assert "No place." in page
    assert f"{address}appeal/" in page
    empty = send(max_, f"{address}appeal/", appeal=" ")
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["appeal"])
    assert send(max_, f"{address}appeal/", appeal="There is one.").status_code == 302
    same = send(keeper, f"{address}admit/", document="Minute 8")
    assert (same.status_code, list(same.context["form"].errors)) == (409, ["document"])
    done = send(keeper, f"{address}admit/", document="D GA 2026-4")
    assert done.headers["Location"] == "/bakery/members/13/"
    assert plant.max.standings.get(until=None).kind == "member"
    told = make.sign_in(Client(), plant.lou).get("/bakery/journal/").content.decode()
    assert "No place." not in told
    assert "was granted: member 13, by: D GA 2026-4" in told


def test_the_days_to_appeal_are_told_and_kept(keeper: Client, plant: make.Plant, day: datetime.date) -> None:
    actions.apply(
        cooperative=plant.cooperative,
        applicant=plant.max,
        applied_on=day - 40 * ONE,
        by=plant.max,
        at=make.now() - 40 * ONE,
    )
    address = f"/bakery/applications/{the_one().pk}/"
    refusal = {"document": "Minute 8", "reasons": "No.", "since": str(day - 31 * ONE)}
    assert send(keeper, f"{address}refuse/", **refusal).status_code == 302
    assert "The days to appeal were over on" in keeper.get(address).content.decode()
    late = send(keeper, f"{address}appeal/", appeal="But.")
    assert (late.status_code, list(late.context["form"].errors)) == (409, ["since"])
    assert send(keeper, f"{address}appeal/", appeal="But.", since=str(day - ONE)).status_code == 302


def test_an_application_is_withdrawn(plant: make.Plant) -> None:
    max_ = make.sign_in(Client(), plant.max)
    send(max_, "/bakery/members/13/ask/")
    address = f"/bakery/applications/{the_one().pk}/withdraw/"
    assert max_.get(address).status_code == 200
    assert [max_.post(address).status_code for _again in range(2)] == [302, 409]
    assert the_one().state == "withdrawn"


def test_the_list_costs_as_many_questions_for_many(
    keeper: Client, plant: make.Plant, django_assert_num_queries: Any, day: datetime.date
) -> None:
    def asks(number: int) -> None:
        actions.apply(
            cooperative=plant.cooperative,
            name=f"Pia {number}",
            born=datetime.date(1990, 2, 3),
            applied_on=day,
            by=plant.cy,
            at=make.now(),
        )

    asks(0)
    with CaptureQueriesContext(connection) as few:
        keeper.get("/bakery/applications/")
    for number in range(1, 32):
        asks(number)
    with django_assert_num_queries(len(few)):
        page = keeper.get("/bakery/applications/")
    assert len(page.context["lines"]) == 30
    assert len(keeper.get("/bakery/applications/?page=2").context["lines"]) == 2


def test_what_is_asked_elsewhere_is_not_there(keeper: Client, plant: make.Plant) -> None:
    mill = make.plant("mill")
    asked = actions.apply(
        cooperative=mill.cooperative,
        applicant=mill.max,
        applied_on=mill.cooperative.day_of(make.now()),
        by=mill.max,
        at=make.now(),
    )
    for name in ("", "admit/", "refuse/", "appeal/", "withdraw/"):
        assert keeper.get(f"/bakery/applications/{asked.pk}/{name}").status_code == 404
        assert keeper.get(f"/mill/applications/{asked.pk}/{name}").status_code == 404
