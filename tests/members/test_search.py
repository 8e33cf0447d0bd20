"""Looking people up: what the database finds is what a plain reading of the register finds."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.members import actions
from coop.members.folding import fold
from coop.members.models import AccessCard, Crew, Department, Member, Standing
from coop.members.search import BY_DAY, Access, Order, Wanted, found, not_reached, with_access
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date
TODAY = DAY(2026, 11, 20)
AT = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
STRANGE = [
    "Ángela Ñandú Güemes",
    "ángel O'Brien",
    "José  da Silva",
    "Ana-María Łuczak",
    "Straße Öl",
    "100 % Díaz",
    "a_b",
]


@pytest.fixture
def plant() -> make.Plant:
    made = make.plant()
    for number, name in enumerate(STRANGE, 40):
        make.member(made.cooperative, number, name, joined=DAY(2021, 1, number - 30))
    return made


def names(plant: make.Plant, *, on: datetime.date = TODAY, **asked: object) -> list[str]:
    people = found(plant.cooperative, Wanted(on=on, **asked), at=AT)  # type: ignore[arg-type]
    return [person.name for person in people]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    words=st.one_of(
        st.text(max_size=8),
        st.lists(
            st.sampled_from(["ANG", "guem", "ñ", "da", "ß", "%", "_", "'", "\\", "an", "l"]), max_size=3
        ).map(" ".join),
    )
)
def test_words_find_exactly_the_names_that_hold_them_all(plant: make.Plant, words: str) -> None:
    words = words.replace("\0", "")
    if words.strip().isascii() and words.strip().isdigit():
        expected = [one.name for one in Member.objects.all() if str(one.number) == words.strip().lstrip("0")]
    else:
        wanted = fold(words).split()
        holding = [one for one in Member.objects.all() if all(word in fold(one.name) for word in wanted)]
        expected = [one.name for one in sorted(holding, key=lambda one: (fold(one.name), one.number))]
    assert names(plant, words=words) == expected


def test_a_number_is_one_person_and_no_number_is_too_long(plant: make.Plant) -> None:
    assert names(plant, words=" 0040 ") == ["Ángela Ñandú Güemes"]
    assert names(plant, words="4") == ["Dee"]
    assert names(plant, words="9" * 4000) == []
    assert names(plant, words="٤٠") == []


def test_nobody_of_another_cooperative(plant: make.Plant) -> None:
    make.plant("mill", names=[f"Miller {name}" for name in make.NAMES])
    assert names(plant, words="miller") == []


def test_the_register_of_any_day(plant: make.Plant) -> None:
    """Kim packs since 2022 and left in 2024; before and after, the list says what was true then."""
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    move = {"member": plant.kim, "reason": "", "by": make.FOUNDING, "at": make.now()}
    actions.post(department=packing, crew=None, since=DAY(2022, 5, 1), **move)  # type: ignore[arg-type]
    actions.change_standing(kind="member", status=Standing.Status.LEFT, since=DAY(2024, 1, 1), **move)  # type: ignore[arg-type]

    def kim(day: datetime.date, **asked: object) -> list[tuple[object, ...]]:
        people = found(plant.cooperative, Wanted(on=day, words="kim", **asked), at=AT)  # type: ignore[arg-type]
        return list(people.values_list("kind", "status", "department_code", "crew_code"))

    assert kim(DAY(2020, 3, 1)) == []  # the day before the founding
    assert kim(DAY(2022, 4, 30)) == [("member", "active", ovens.code, "A")]
    assert kim(DAY(2022, 5, 1)) == [("member", "active", packing.code, None)]
    assert kim(DAY(2022, 4, 30), department="PAC") == []
    assert kim(DAY(2022, 5, 1), crew=BY_DAY) == [("member", "active", packing.code, None)]
    assert kim(DAY(2022, 4, 30), crew=BY_DAY) == []
    assert kim(DAY(2022, 4, 30), crew="A") == [("member", "active", ovens.code, "A")]
    assert kim(DAY(2023, 12, 31)) != []
    assert kim(DAY(2024, 1, 1)) == []
    assert kim(DAY(2024, 1, 1), status="left") == [("member", "left", packing.code, None)]


def test_a_row_entered_wrongly_counts_for_nothing(plant: make.Plant) -> None:
    Standing.objects.filter(member=plant.kim).update(struck_at=AT, struck_because="another Kim")
    assert names(plant, words="kim") == []


def test_each_filter_by_itself(plant: make.Plant) -> None:
    assert names(plant, kind="trial") == ["Max"]
    assert names(plant, kind="hired") == ["Nan"]
    assert names(plant, status="suspended") == ["Oz"]
    assert names(plant, office=True) == ["Ana", "Bo", "Cy", "Dee"]
    assert names(plant, office=True, on=DAY(2020, 3, 1)) == []
    assert names(plant, joined_from=DAY(2021, 1, 15)) == ["100 % Díaz", "a_b"]
    assert names(plant, joined_from=DAY(2021, 1, 11), joined_until=DAY(2021, 1, 11)) == ["ángel O'Brien"]
    assert len(names(plant, contact="none")) == 22
    assert names(plant, contact="sms") == []


def test_orders(plant: make.Plant) -> None:
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    crew = Crew.objects.get(cooperative=plant.cooperative, code="B")
    make.member(plant.cooperative, 99, "Aaron", packing, crew)
    assert names(plant)[:3] == ["100 % Díaz", "a_b", "Aaron"]
    assert names(plant, order=Order.NUMBER)[-1] == "Aaron"
    assert names(plant, order=Order.NUMBER)[:3] == ["Ana", "Bo", "Cy"]
    assert names(plant, order=Order.DEPARTMENT)[-1] == "Aaron"
    by_place = names(plant, order=Order.DEPARTMENT)
    assert by_place[:2] == ["Ana", "Bo"]  # of the ovens: crew A first, then those without a crew
    assert by_place[15:17] == ["100 % Díaz", "a_b"]


def test_how_far_somebody_has_come_with_getting_in(plant: make.Plant) -> None:
    make.account(plant.eve)
    days = datetime.timedelta(days=1)
    for who, expires, used in (
        (plant.fay, AT + days, None),
        (plant.gus, AT, None),
        (plant.eve, AT - days, AT),
    ):
        AccessCard.objects.create(
            member=who, token_hash=who.name, issued_at=AT - 14 * days, expires_at=expires, used_at=used
        )
    AccessCard.objects.create(
        member=plant.fay, token_hash="old", issued_at=AT, expires_at=AT, withdrawn_at=AT
    )
    assert names(plant, access=Access.IN) == ["Eve"]
    assert names(plant, access=Access.CARD) == ["Fay"]
    assert names(plant, access=Access.OVER) == ["Gus"]
    assert len(names(plant, access=Access.NONE)) == 19
    everybody = found(plant.cooperative, Wanted(on=TODAY), at=AT)
    states = {one.name: (one.access, one.card_until) for one in with_access(everybody, at=AT)}  # type: ignore[attr-defined]
    assert states["Eve"] == ("in", None)
    assert states["Fay"] == ("card", AT + days)
    assert states["Gus"] == ("over", None)
    assert states["Hal"] == ("none", None)
    assert len(not_reached(everybody)) == 21
