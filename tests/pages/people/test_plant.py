"""The plant: who works when, changing the rota from a day on, another department or crew."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from coop.journal.models import Entry
from coop.members.models import Crew, Department, Rota, Shift
from coop.members.rota import turns
from coop.pages import clock as page_clock
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """20 November 2026, noon: in the turn from Monday 16 to Sunday 29 November, crew A on nights."""
    noon = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
    monkeypatch.setattr(page_clock, "of", lambda request: noon)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def table(client: Client) -> list[tuple[str, str, str, str]]:
    """First and last day, who works mornings, who works nights."""
    return [
        (f"{turn.first:%d.%m}", f"{turn.last:%d.%m}", *(names for _shift, names in turn.crews))  # type: ignore[misc]
        for turn in client.get("/bakery/plant/").context["turns"]
    ]


def change(client: Client, **more: Any) -> Any:
    form = {"anchor": "2026-12-07", "every_days": 7, "step": 1, "begins": "night"} | more
    return client.post("/bakery/plant/rota/", form)


def test_the_turns_to_come(plant: make.Plant) -> None:
    eve = make.sign_in(Client(), plant.eve)
    assert table(eve)[:3] == [
        ("16.11", "29.11", "Crew B", "Crew A"),
        ("30.11", "13.12", "Crew A", "Crew B"),
        ("14.12", "27.12", "Crew B", "Crew A"),
    ]
    answer = eve.get("/bakery/plant/")
    page = answer.content.decode()
    assert "Crews go one shift earlier every 14 days." in page
    assert [(one.code, people) for one, people in answer.context["departments"]] == [("OVN", 15), ("PAC", 0)]
    assert [(one.code, people, shift.code) for one, people, shift in answer.context["crews"]] == [
        ("A", 15, "night"),
        ("B", 0, "morning"),
    ]
    assert "Change the rota" not in page


def test_another_rota_from_a_day_on(keeper: Client, plant: make.Plant) -> None:
    """The turn in between is cut short, crew A begins with nights, and from then on they change every week."""
    assert change(keeper).headers["Location"] == "/bakery/plant/"
    assert table(keeper)[:4] == [
        ("16.11", "29.11", "Crew B", "Crew A"),
        ("30.11", "06.12", "Crew A", "Crew B"),
        ("07.12", "13.12", "Crew B", "Crew A"),
        ("14.12", "20.12", "Crew A", "Crew B"),
    ]
    told = Entry.objects.latest("sequence")
    assert (told.verb, told.facts) == (
        "rota-changed",
        {"since": "2026-12-07", "every_days": 7, "step": 1, "offset": 1},
    )
    planned = Rota.objects.get(anchor=DAY(2026, 12, 7))
    assert change(keeper, anchor="2026-12-07").status_code == 409
    assert change(keeper, anchor="2026-12-01").status_code == 409
    assert keeper.post(f"/bakery/plant/rota/{planned.pk}/withdraw/").status_code == 302
    assert table(keeper)[1] == ("30.11", "13.12", "Crew A", "Crew B")
    assert change(keeper, anchor="2026-12-01", begins="morning", step=0).status_code == 302
    assert "Crews stay on their shift." in keeper.get("/bakery/plant/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"anchor": "2126-12-07"}, 409, "7 December 2126"),
        ({"anchor": "2026-11-19"}, 409, "A rota counts from today on at the earliest"),
        ({"anchor": "2026-13-01"}, 422, "Write the day like"),
        ({"anchor": ""}, 422, "This field is required"),
        ({"every_days": 0}, 422, "greater than or equal to 1"),
        ({"every_days": 9999}, 422, "less than or equal to 366"),
        ({"step": 7}, 422, "Choose one of those that stand here."),
        ({"begins": "noon"}, 422, "Choose one of those that stand here."),
    ],
)
def test_a_rota_that_cannot_be(keeper: Client, wrong: dict[str, Any], status: int, sentence: str) -> None:
    answer = change(keeper, **wrong)
    assert answer.status_code == status
    page = answer.content.decode()
    assert sentence in page
    if "every_days" not in wrong:
        assert 'name="every_days" value="7"' in page
    assert Rota.objects.count() == 1


def test_what_counts_already_is_not_withdrawn(keeper: Client, plant: make.Plant) -> None:
    rota = Rota.objects.get()
    assert keeper.post(f"/bakery/plant/rota/{rota.pk}/withdraw/").status_code == 409
    mill = make.plant("mill")
    theirs = Rota.objects.create(cooperative=mill.cooperative, anchor=DAY(2027, 1, 1), every_days=7, step=1)
    assert keeper.post(f"/bakery/plant/rota/{theirs.pk}/withdraw/").status_code == 404
    assert Rota.objects.count() == 3


def test_another_department_and_another_crew(keeper: Client, plant: make.Plant) -> None:
    assert keeper.post("/bakery/plant/departments/add/", {"code": "LOG", "name": "Yard"}).status_code == 302
    assert Department.objects.get(code="LOG").name == "Yard"
    form = {"code": "C", "name": "Crew C", "shift": "night"}
    assert keeper.post("/bakery/plant/crews/add/", form).status_code == 302
    assert table(keeper)[:2] == [
        ("16.11", "29.11", "Crew B", "Crew A, Crew C"),
        ("30.11", "13.12", "Crew A, Crew C", "Crew B"),
    ]
    assert list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "crew-added",
        "department-added",
    ]


@pytest.mark.parametrize(
    ("code", "name", "status"),
    [
        ("OVN", "Ovens", 409),
        ("log", "Yard", 409),
        ("L G", "Yard", 409),
        ("LOG", "", 422),
        ("L" * 13, "Yard", 422),
    ],
)
def test_a_department_that_cannot_be(keeper: Client, code: str, name: str, status: int) -> None:
    answer = keeper.post("/bakery/plant/departments/add/", {"code": code, "name": name})
    assert answer.status_code == status
    assert f'value="{code}"' in answer.content.decode()
    assert Department.objects.count() == 2


def test_only_the_keeper_changes_the_plant(plant: make.Plant) -> None:
    for name in ("eve", "ana", "dee"):
        client = make.sign_in(Client(), plant.people[name])
        assert client.get("/bakery/plant/").status_code == 200
        for address in ("rota/", "departments/add/", "crews/add/"):
            assert client.get(f"/bakery/plant/{address}").status_code == 404
            assert client.post(f"/bakery/plant/{address}").status_code == 404


def test_a_plant_without_shifts(keeper: Client, plant: make.Plant) -> None:
    Shift.objects.all().delete()
    assert "No rota" in keeper.get("/bakery/plant/").content.decode()
    assert change(keeper).status_code == 422
    form = {"code": "C", "name": "Crew C"}
    assert keeper.post("/bakery/plant/crews/add/", form).status_code == 302


def test_as_many_questions_for_a_large_plant(
    keeper: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    keeper.get("/bakery/plant/")
    with CaptureQueriesContext(connection) as few:
        keeper.get("/bakery/plant/")
    for number in range(30):
        Department.objects.create(cooperative=plant.cooperative, code=f"D{number}", name=f"D {number}")
        Crew.objects.create(
            cooperative=plant.cooperative, code=f"C{number}", name=f"C {number}", position=number
        )
    with django_assert_num_queries(len(few)):
        keeper.get("/bakery/plant/")


rules = st.lists(
    st.tuples(st.dates(DAY(2020, 1, 1), DAY(2027, 1, 1)), st.integers(1, 60)),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one[0],
).map(sorted)


@given(rules, st.dates(DAY(2019, 1, 1), DAY(2028, 1, 1)), st.integers(1, 8))
def test_turns_follow_without_a_gap_and_each_goes_by_the_rule_of_its_day(
    given_rules: list[tuple[datetime.date, int]], day: datetime.date, count: int
) -> None:
    found = turns(given_rules, day, count)
    if day < given_rules[0][0]:
        assert found == []
        return
    assert len(found) == count
    assert found[0][0] <= day <= found[0][1]
    for (first, last, rule), after in zip(found, [*found[1:], None], strict=True):
        anchor, length = given_rules[rule]
        in_force = [index for index, (begun, _length) in enumerate(given_rules) if begun <= first]
        assert (first - anchor).days % length == 0
        assert rule == in_force[-1]
        assert (last - first).days < length
        assert after is None or after[0] == last + datetime.timedelta(days=1)
