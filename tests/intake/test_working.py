"""From the file to the register and back: batches, conflicts, the same list again, taking back."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest

from coop.intake import actions, sheets
from coop.intake.models import Intake, IntakeRow
from coop.journal.models import Entry
from coop.journal.verify import verify
from coop.members import actions as members
from coop.members.actions.lives import move
from coop.members.models import Correction, Crew, Department, Member, Posting, Standing
from coop.refusals import Refused
from tests import make
from tests.intake.files import text
from tests.intake.messy import messy_people, messy_workbook

pytestmark = pytest.mark.django_db

HEADS = "Number;Name;Born on;Joined on;Department;Crew;Telephone"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def read_in(plant: make.Plant, content: bytes, **more: Any) -> Intake:
    return actions.read_in(
        cooperative=plant.cooperative,
        file_name="list.csv",
        digest=hashlib.sha256(content).hexdigest(),
        text_file=not content.startswith(b"PK"),
        tables=sheets.read(content),
        by=plant.cy,
        at=more.pop("at", make.now()),
    )


def confirm(plant: make.Plant, intake: Intake, **more: Any) -> Intake:
    told = {"document": "Book 2, pages 1 to 9", "leave_out": False, "by": plant.cy, "at": make.now()} | more
    return actions.confirm(intake=intake, **told)


def work(plant: make.Plant, intake: Intake, **more: Any) -> Intake:
    while actions.work_off(intake=intake, by=plant.cy, at=make.now(), **more):
        pass
    intake.refresh_from_db()
    return intake


def entered(plant: make.Plant, *lines: str) -> Intake:
    intake = read_in(plant, text(HEADS, *lines))
    return work(plant, confirm(plant, intake))


def states(intake: Intake) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in intake.rows.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_a_messy_workbook_becomes_people(plant: make.Plant) -> None:
    intake = read_in(plant, messy_workbook(120))
    assert set(intake.rows.values_list("verdict", flat=True)) == {"new"}
    assert not Member.objects.filter(number__gt=100).exists()  # nothing before somebody confirms
    intake = work(plant, confirm(plant, intake), most=50)
    assert (intake.state, states(intake)) == ("done", {"done": 120})
    for wanted in messy_people(120):
        found = Member.objects.get(number=wanted.number)
        posting = found.postings.select_related("department", "crew").get()
        assert (found.name, found.born, found.joined) == (wanted.name, wanted.born, wanted.joined)
        assert (posting.department.code, posting.crew and posting.crew.code) == (
            wanted.department,
            wanted.crew,
        )
        assert found.standings.get().document == "Book 2, pages 1 to 9"
    assert verify([plant.cooperative.chain]) == []
    verbs = Entry.objects.order_by("sequence").values_list("verb", flat=True)
    assert list(verbs)[-122:] == ["intake-started", *["member-admitted"] * 120, "intake-done"]


def test_a_surname_before_a_comma_is_written_behind(plant: make.Plant) -> None:
    heads = "Legajo;Apellido y nombre;Ingreso"
    lines = (
        "70;Peña,  José;2021-01-01",
        "71;Paz, Ana, Ema;2021-01-01",
        "72;Ana, =1;2021-01-01",
        "73;Leo,;2021-01-01",
    )
    intake = work(plant, confirm(plant, read_in(plant, text(heads, *lines))))
    names = dict(Member.objects.filter(number__gte=70).values_list("number", "name"))
    assert names == {70: "José Peña", 71: "Paz, Ana, Ema", 72: "Ana, =1", 73: "Leo,"}
    assert intake.rows.get(number=70).name == "José Peña"
    again = read_in(plant, text(heads, *lines))
    assert set(again.rows.values_list("verdict", flat=True)) == {"same"}


def test_two_columns_of_names_are_not_turned(plant: make.Plant) -> None:
    content = text("Legajo;Apellido;Nombre;Ingreso", "70;Peña, Gil;José;2021-01-01")
    work(plant, confirm(plant, read_in(plant, content)))
    assert Member.objects.get(number=70).name == "José Peña, Gil"


def test_whoever_is_new_and_has_a_telephone_is_reached_by_it(plant: make.Plant) -> None:
    heads = "Number;Name;Joined on;Telephone;Contact"
    lines = (
        "70;Rosa;2021-01-01;341;",
        "71;Ema;2021-01-01;;",
        "72;Leo;2021-01-01;341;none",
        "73;Ada;2021-01-01;341;app",
    )
    work(plant, confirm(plant, read_in(plant, text(heads, *lines))))
    reached = dict(Member.objects.filter(number__gte=70).values_list("number", "contact"))
    assert reached == {70: "sms", 71: "none", 72: "none", 73: "app"}
    assert set(read_in(plant, text(heads, *lines)).rows.values_list("verdict", flat=True)) == {"same"}


def test_the_same_list_again_changes_nothing(plant: make.Plant) -> None:
    content = messy_workbook(40)
    work(plant, confirm(plant, read_in(plant, content)))
    again = read_in(plant, content)
    assert set(again.rows.values_list("verdict", flat=True)) == {"same"}
    with pytest.raises(Refused, match="nothing-to-enter"):
        confirm(plant, again)


def test_what_changes_is_written_as_corrections_and_dated_rows(plant: make.Plant) -> None:
    entered(plant, "70;Rosa Paz;1980-05-05;2021-01-01;OVN;A;")
    intake = read_in(plant, text(HEADS + ";Status", "70;Rosa Paz Gil;;;PAC;B;341;on sick leave"))
    assert intake.rows.get().changes == [
        ["name", "Rosa Paz", "Rosa Paz Gil"],
        ["phone", "", "341"],
        ["department", "OVN", "PAC"],
        ["crew", "A", "B"],
        ["status", "active", "medical_leave"],
    ]
    assert states(work(plant, confirm(plant, intake))) == {"done": 1}
    rosa = Member.objects.get(number=70)
    today = plant.cooperative.day_of(make.now())
    assert (rosa.name, rosa.plain_name, rosa.phone) == ("Rosa Paz Gil", "rosa paz gil", "341")
    assert sorted(Correction.objects.values_list("field", "was", "becomes", "reason")) == [
        ("name", "Rosa Paz", "Rosa Paz Gil", "Book 2, pages 1 to 9"),
        ("phone", "", "341", "Book 2, pages 1 to 9"),
    ]
    assert [(one.department.code, one.since, one.until) for one in rosa.postings.order_by("since")] == [
        ("OVN", datetime.date(2021, 1, 1), today),
        ("PAC", today, None),
    ]
    assert rosa.standings.get(until=None).status == "medical_leave"
    assert set(
        read_in(plant, text(HEADS, "70;Rosa Paz Gil;;;PAC;B;341")).rows.values_list("verdict", flat=True)
    ) == {"same"}


def test_what_happened_meanwhile_stands_and_the_rest_goes_on(plant: make.Plant) -> None:
    entered(plant, "70;Rosa Paz;1980-05-05;2021-01-01;OVN;A;")
    intake = confirm(
        plant,
        read_in(
            plant,
            text(
                HEADS, "70;Rosa Paz;;;PAC;;", "71;Ema Sol;;2022-01-01;OVN;;", "72;Leo Gil;;2022-01-01;OVN;;"
            ),
        ),
    )
    make.member(plant.cooperative, 71, "Somebody Else")
    today = plant.cooperative.day_of(make.now())
    move(
        member=Member.objects.get(number=70),
        department=Department.objects.get(code="OVN"),
        crew=Crew.objects.get(code="B"),
        since=today,
        reason="",
        by=plant.cy,
        at=make.now(),
    )
    Posting.objects.filter(member__number=70, until=None)
    work(plant, intake)
    rows = {row.number: (row.state, row.reasons) for row in intake.rows.all()}
    assert rows[71] == ("failed", [["number-taken", {"number": 71}]])
    assert rows[72] == ("done", [])
    assert rows[70] == ("done", [])  # the department was the one somebody had looked at
    assert Member.objects.get(number=71).name == "Somebody Else"


def test_a_row_that_no_longer_fits_fails_alone(plant: make.Plant) -> None:
    entered(plant, "70;Rosa Paz;1980-05-05;2021-01-01;OVN;A;1")
    intake = confirm(plant, read_in(plant, text(HEADS, "70;;;;;;2")))
    Member.objects.filter(number=70).update(phone="3")
    assert states(work(plant, intake)) == {"failed": 1}
    assert intake.rows.get().reasons == [["row-changed-meanwhile", {}]]
    assert Member.objects.get(number=70).phone == "3"


def test_taken_back_within_the_day_row_by_row(plant: make.Plant) -> None:
    entered(plant, "70;Rosa Paz;1980-05-05;2021-01-01;OVN;A;1")
    intake = read_in(
        plant,
        text(
            HEADS,
            "70;Rosa Gil;;;PAC;;2",
            "71;Ema Sol;;2022-01-01;OVN;;",
            "72;Leo Gil;;2022-01-01;OVN;;",
            "73;Ivo Ros;;2022-01-01;OVN;;",
        ),
    )
    work(plant, confirm(plant, intake))
    make.account(Member.objects.get(number=72))
    members.issue_card(member=Member.objects.get(number=73), by=plant.cy, at=make.now())
    intake.refresh_from_db()
    actions.take_back(intake=intake, because="wrong list", by=plant.cy, at=make.now())
    work(plant, intake)
    assert intake.state == "undone"
    rows = {row.number: (row.state, row.reasons) for row in intake.rows.all()}
    kept = ("kept", [["something-followed", {}]])
    assert rows == {70: ("undone", []), 71: ("undone", []), 72: kept, 73: kept}
    rosa = Member.objects.get(number=70)
    today = plant.cooperative.day_of(make.now())
    assert (rosa.name, rosa.phone) == ("Rosa Paz", "1")
    assert rosa.postings.filter(Posting.on(today)).get().department.code == "OVN"
    assert rosa.postings.count() == 3  # nothing is un-written: the move and what it ended are struck
    ema = Member.objects.get(number=71)
    assert not ema.standings.filter(struck_at=None).exists()
    assert ema.standings.get().struck_because == "wrong list"
    assert not ema.postings.filter(struck_at=None).exists()
    assert verify([plant.cooperative.chain]) == []


def test_an_undone_number_may_be_entered_again(plant: make.Plant) -> None:
    intake = entered(plant, "71;Ema Sol;1990-01-01;2022-01-01;OVN;;")
    actions.take_back(intake=intake, because="wrong list", by=plant.cy, at=make.now())
    work(plant, intake)
    again = entered(plant, "71;Ema Luz Sol;1991-01-01;2023-01-01;PAC;;")
    assert states(again) == {"done": 1}
    ema = Member.objects.get(number=71)
    assert (ema.name, ema.born, ema.joined) == (
        "Ema Luz Sol",
        datetime.date(1991, 1, 1),
        datetime.date(2023, 1, 1),
    )
    assert ema.standings.filter(struck_at=None).get().since == datetime.date(2023, 1, 1)
    assert sorted(ema.corrections.values_list("field", flat=True)) == ["born", "joined", "name"]
    actions.take_back(intake=again, because="again wrong", by=plant.cy, at=make.now())
    assert states(work(plant, again)) == {"undone": 1}
    assert not ema.standings.filter(struck_at=None).exists()


def test_after_a_day_it_is_too_late_and_what_names_people_is_forgotten(plant: make.Plant) -> None:
    intake = entered(plant, "71;Ema Sol;1990-01-01;2022-01-01;OVN;;341 222")
    looked_at = read_in(plant, text(HEADS, "72;Leo Gil;;2022-01-01;OVN;;"))
    later = make.now() + make.days(1.01)
    with pytest.raises(Refused, match="intake-too-old"):
        actions.take_back(intake=intake, because="wrong list", by=plant.cy, at=later)
    for one in (intake, looked_at):
        actions.forget(intake=one, by=plant.cy.actor, at=make.now())  # not yet
    assert IntakeRow.objects.count() == 2
    for one in (intake, looked_at):
        actions.forget(intake=one, by=plant.cy.actor, at=later)
    row = IntakeRow.objects.get()
    assert (row.number, row.state, row.name, row.typed, row.values, row.made) == (71, "done", "", {}, {}, {})
    assert Intake.objects.get().tables == []


def test_errors_stay_out_only_when_somebody_says_so(plant: make.Plant) -> None:
    intake = read_in(plant, text(HEADS, "71;Ema Sol;;2022-01-01;OVN;;", "72;Leo Gil;;2022-01-01;NOPE;;"))
    with pytest.raises(Refused, match=r"rows-with-errors \(count=1\)"):
        confirm(plant, intake)
    with pytest.raises(Refused, match="no-document"):
        confirm(plant, intake, leave_out=True, document=" ")
    assert states(work(plant, confirm(plant, intake, leave_out=True))) == {"done": 1, "left_out": 1}
    assert not Member.objects.filter(number=72).exists()
    with pytest.raises(Refused, match="intake-confirmed-already"):
        confirm(plant, intake, leave_out=True)


@pytest.mark.parametrize("name", ["eve", "ana", "dee"])
def test_only_who_keeps_the_register(plant: make.Plant, name: str) -> None:
    somebody = plant.people[name]
    intake = read_in(plant, text(HEADS, "71;Ema Sol;;2022-01-01;OVN;;"))
    for act in (
        lambda: confirm(plant, intake, by=somebody),
        lambda: actions.throw_away(intake=intake, by=somebody, at=make.now()),
        lambda: actions.read_again(
            intake=intake, sheet=0, mapping={}, since=datetime.date(2026, 1, 1), by=somebody, at=make.now()
        ),
    ):
        with pytest.raises(Refused, match="no-mandate"):
            act()
    assert intake.rows.count() == 1
    assert Standing.objects.filter(member__number=71).count() == 0
