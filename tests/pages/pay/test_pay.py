"""Pay on its pages: who reads what, a month typed or as a file, what is wrong in which cell, the alarm."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from coop.members.models import Member
from coop.pay.models import PayMonth, PayScale, Slip
from tests import make, make_pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_pay.plant()


def address(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def this_month() -> str:
    return f"{timezone.now():%Y-%m}"


LINES = "Number; Grade; Pay; Share; night\n5; A; 1.900,00; ; 380\n6; B; 1140; 50;"


def typed(**more: Any) -> dict[str, Any]:
    return {"month": this_month(), "lines": LINES, "because": "", **more}


# --- The scale --------------------------------------------------------------------------------------------------------


def test_everybody_reads_the_scale_and_prints_it(plant: make.Plant) -> None:
    scale = make_pay.scale(plant)
    html = as_(plant.eve).get(address("pay")).content.decode()
    for words in ("Bakers and packers", "1,900.00 UC", "Baker, Packer", "at most 20 %", "at most 95.50 UC"):
        assert words in html
    assert "supplements do not count" in html
    answer = as_(plant.eve).get(address("pay-scale-printed", scale.number))
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_scale_is_entered_in_lines_and_confirmed_by_another(plant: make.Plant) -> None:
    told = {
        "grades": "A; Bakers; 1.900,00; Baker, Packer\nB; Fitters; 2.280,00",
        "supplements": "night; Night shifts; night; 20 %\nheat; At the oven; effort; 95,50",
        "adopted_on": "2024-03-02",
        "adopted_by": "D GA 2024-3",
        "valid_from": "2024-03-02",
    }
    answer = as_(plant.lou).post(address("pay-scale-enter"), told)
    made = PayScale.objects.get()
    assert answer.headers["Location"] == address("pay-scale", made.number)
    assert [(one.code, f"{one.amount:.2f}", one.jobs) for one in made.grades.all()] == [
        ("A", "1900.00", "Baker\nPacker"),
        ("B", "2280.00", ""),
    ]
    refused = as_(plant.lou).post(address("pay-scale-countersign", made.number), {"do": "confirm"})
    assert refused.status_code == 409
    as_(plant.bo).post(address("pay-scale-countersign", made.number), {"do": "confirm"})
    assert "in force" in as_(plant.eve).get(address("pay-scale", made.number)).content.decode().lower()


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"grades": "A; Bakers"}, 422, "Line 1, Grade"),
        ({"grades": "A; Bakers; many"}, 422, "Line 1, A month: This is not an amount of money."),
        ({"grades": "A; Bakers; 1900\nA; Others; 2000"}, 409, "Two lines have the code A."),
        ({"grades": "A; Bakers; 1900\nB; Others; 2900"}, 409, "the bylaws allow 3/2 at most"),
        ({"grades": f"A; {'Bakers ' * 12}; 1900"}, 422, "Line 1, Grade: That is longer than 80 characters."),
        ({"grades": "Bakers by night; B; 1900"}, 422, "Line 1, Grade: That is longer than 12 characters."),
        (
            {"supplements": f"n; {'Nights ' * 12}; night; 5 %"},
            422,
            "Line 1, Supplement: That is longer than 80 characters.",
        ),
        ({"supplements": "n; Nights; tips; 5 %"}, 422, "Line 1, Kind: Write night, seniority or effort."),
        ({"valid_from": "9999-12-31"}, 409, "more than five years away"),
        ({"adopted_on": "0001-01-01"}, 422, "Look at the year again."),
    ],
)
def test_what_is_wrong_in_a_scale_is_said_and_what_was_typed_stays(
    plant: make.Plant, more: dict[str, str], status: int, words: str
) -> None:
    told = {
        "grades": "A; Bakers; 1900",
        "supplements": "",
        "adopted_on": "2024-03-02",
        "adopted_by": "D GA 2024-3",
        "valid_from": "2024-03-02",
        **more,
    }
    answer = as_(plant.lou).post(address("pay-scale-enter"), told)
    html = answer.content.decode()
    assert (answer.status_code, PayScale.objects.count()) == (status, 0)
    assert words in html
    assert "D GA 2024-3" in html
    assert told["grades"].splitlines()[0] in html


# --- A month ----------------------------------------------------------------------------------------------------------


def test_a_month_is_typed_and_everybody_reads_its_ratio(plant: make.Plant) -> None:
    make_pay.scale(plant)
    answer = as_(plant.lou).post(address("pay-month-enter"), typed())
    assert answer.headers["Location"] == address("pay-ratio")
    made = PayMonth.objects.get()
    assert (made.people, made.ratio, made.ratio_with) == (2, "6/5", "1/1")
    html = as_(plant.hal).get(address("pay-ratio")).content.decode()
    assert "1.20 : 1" in html
    assert "the ceiling is 1.50" in html
    assert "380" not in html


def test_a_workbook_is_read_as_it_is_typed(plant: make.Plant) -> None:
    make_pay.scale(plant)
    book = Workbook()
    for row in (
        ["Number", "Name", "Grade", "Pay", "night"],
        [5, "Eve", "A", 1900, 380],
        [6, "Fay", "A", 1900.0, None],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("pay.xlsx", out.getvalue())
    answer = as_(plant.lou).post(address("pay-month-enter"), typed(lines="", file=file))
    assert answer.status_code == 302
    assert Slip.objects.get(member=plant.eve).supplements.count() == 1


def test_what_is_wrong_in_a_file_stands_by_its_cell_and_is_mended_in_the_box(plant: make.Plant) -> None:
    make_pay.scale(plant)
    bad = "Number;Grade;Pay;night\nfive;A;1900;\n6;A;lots;=1+1\n"
    file = SimpleUploadedFile("pay.csv", bad.encode())
    answer = as_(plant.lou).post(address("pay-month-enter"), typed(lines="", file=file))
    html = answer.content.decode()
    assert (answer.status_code, PayMonth.objects.count()) == (422, 0)
    for words in ("Line 2, Number:", "Line 3, Pay: This is not an amount of money.", "Line 3, night:"):
        assert words in html
    assert "five; A; 1900" in html
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"lines": ""}, 422, "Give a file, or type the lines."),
        ({"lines": "Grade; Pay\nA; 1"}, 422, "Line 1, Number: No column has this word above it."),
        ({"lines": "Number; Grade; Pay; tips\n5; A; 1900; 3"}, 422, "Line 1, tips: Nobody knows"),
        ({"lines": "Number; Grade; Pay\n4711; A; 1900"}, 409, "Nobody here has the number 4711."),
        ({"lines": "Number; Grade; Pay\n1; A; 1950"}, 409, "keeps the pay of their own job: 1900.00"),
        ({"lines": "Number; Grade; Pay\n5; A; 1,950.005"}, 422, "more decimals than our money"),
        ({"month": "9999-12"}, 422, "Choose one of those"),
        ({"month": "x"}, 422, "Choose one of those"),
        ({"lines": "\x00\ufffd"}, 422, "did not arrive whole"),
        ({"lines": "Number; Grade; Pay"}, 409, "Nobody stands in this list."),
    ],
)
def test_what_cannot_be_paid_is_refused_in_words(
    plant: make.Plant, more: dict[str, str], status: int, words: str
) -> None:
    make_pay.scale(plant)
    answer = as_(plant.lou).post(address("pay-month-enter"), typed(**more))
    assert (answer.status_code, PayMonth.objects.count()) == (status, 0)
    assert words in answer.content.decode()


def test_a_file_that_is_none_is_refused(plant: make.Plant) -> None:
    make_pay.scale(plant)
    for content in (b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"\xff\xfe\x00"):
        file = SimpleUploadedFile("pay.xlsx", content)
        answer = as_(plant.lou).post(address("pay-month-enter"), typed(lines="", file=file))
        assert answer.status_code == 422


def test_a_list_to_fill_in_is_read_back(plant: make.Plant) -> None:
    make_pay.scale(plant)
    Member.objects.filter(pk=plant.eve.pk).update(job="Baker")
    content = as_(plant.lou).get(address("pay-month-list")).content.decode("utf-8-sig")
    lines = content.splitlines()
    assert lines[0] == "Number;Name;Grade;Pay;Share;night;years;heat"
    assert "5;Eve;A;1900.00;100;;;" in lines
    back = "\n".join([lines[0], "5;Eve;A;1900.00;100;;;"])
    assert as_(plant.lou).post(address("pay-month-enter"), typed(lines=back)).status_code == 302


# --- Who reads what ---------------------------------------------------------------------------------------------------


def test_a_slip_is_read_by_whose_it_is_and_by_nobody_else(plant: make.Plant) -> None:
    make_pay.scale(plant)
    make_pay.month(plant)
    mine = as_(plant.fay).get(address("my-pay"))
    html = mine.content.decode()
    assert ("380.00 UC" in html, "2,375.50 UC" in html) == (True, True)
    assert mine.headers["Cache-Control"] == "no-store"
    for other in (plant.eve, plant.lou, plant.dee, plant.bo):
        client = as_(other)
        for page in ("my-pay", "pay", "pay-ratio"):
            found = client.get(address(page)).content.decode()
            assert "380.00" not in found
            assert "2,375.50" not in found
    assert "2,375" not in as_(plant.dee).get(reverse("journal", args=["bakery"])).content.decode()


def test_only_the_last_entry_of_a_month_is_shown(plant: make.Plant) -> None:
    make_pay.scale(plant)
    make_pay.month(plant)
    make_pay.month(plant, typed=[make_pay.line(plant.eve, paid="1901")], because="A slip of the pen.")
    assert as_(plant.fay).get(address("my-pay")).content.decode().count("380.00") == 0
    html = as_(plant.eve).get(address("pay-ratio")).content.decode()
    assert "entered again: A slip of the pen." in html
    assert html.count("gauge__head") == 1


def test_above_the_ceiling_whoever_keeps_the_budget_or_audits_is_told(plant: make.Plant) -> None:
    make_pay.scale(plant)
    make_pay.month(plant, typed=[make_pay.line(plant.eve), make_pay.line(plant.fay, paid="2850.01")])
    told = "above the ceiling of 1.50"
    for who, sees in ((plant.lou, True), (plant.dee, True), (plant.bo, False), (plant.eve, False)):
        assert (told in as_(who).get(reverse("home", args=["bakery"])).content.decode()) is sees
    page = as_(plant.eve).get(address("pay-ratio")).content.decode()
    assert "1.51 : 1, above the ceiling" in page  # never rounded down to what is allowed
    make_pay.month(plant, because="Typed wrongly.")
    assert told not in as_(plant.lou).get(reverse("home", args=["bakery"])).content.decode()


def test_who_confirms_is_told_of_a_scale_that_waits(plant: make.Plant) -> None:
    make_pay.entered(plant)
    for who, sees in ((plant.bo, True), (plant.lou, False), (plant.eve, False)):
        assert (
            "Pay scale to compare" in as_(who).get(reverse("home", args=["bakery"])).content.decode()
        ) is sees


def test_as_many_questions_for_one_month_as_for_thirty(plant: make.Plant) -> None:
    make_pay.scale(plant)
    found, client = [], as_(plant.eve)
    for months in (range(29, 30), range(3, 28)):
        for count in months:
            make_pay.month(plant, of=datetime.date(2024 + count // 12, count % 12 + 1, 1))
        for page in ("pay-ratio", "my-pay"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(page)).status_code == 200
            found.append(len(asked))
    assert found[:2] == found[2:]
