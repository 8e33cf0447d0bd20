"""The register out of the house: nothing calculates, the same file comes in again unchanged, and it is written down."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from coop.intake.models import IntakeRow
from coop.journal.models import Entry
from coop.members.models import Member
from tests import make

pytestmark = pytest.mark.django_db

HERE = "/bakery/members/export/"
NAMES = ('=HYPERLINK("x")', "+54 María", "-Paz", "@Sol", "＝Uno", 'D\'Angelo; "Bo"', "'quoted", "Ñandú 🌾")


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    for number, name in enumerate(NAMES, 50):
        one = make.member(plant.cooperative, number, name)
        Member.objects.filter(pk=one.pk).update(
            born=datetime.date(1980, 1, number - 40), phone=f"+54 {number}"
        )
    return plant


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def taken(client: Client, form: str, query: str = "") -> Any:
    answer = client.post(HERE + query, {"form": form})
    assert answer.status_code == 200
    return answer


def test_no_cell_calculates(keeper: Client) -> None:
    text = taken(keeper, "csv").content
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 15 + len(NAMES)
    assert [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    ] == []
    sheet = load_workbook(io.BytesIO(taken(keeper, "xlsx").content)).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert kinds - {"s", "inlineStr"} == {"n", "d"}  # no "f"
    by_number = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert by_number[50][1].value == '\'=HYPERLINK("x")'
    assert by_number[57][1].value == "Ñandú 🌾"
    assert by_number[51][2].value == datetime.datetime(1980, 1, 11)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_went_out_comes_in_unchanged(keeper: Client, form: str) -> None:
    content = taken(keeper, form).content
    answer = keeper.post("/bakery/members/import/", {"file": SimpleUploadedFile(f"x.{form}", content)})
    assert answer.status_code == 302
    assert [(row.number, row.errors, row.changes) for row in IntakeRow.objects.exclude(verdict="same")] == []
    assert IntakeRow.objects.count() == 15 + len(NAMES)


def test_the_journal_says_who_took_what(plant: make.Plant, keeper: Client) -> None:
    assert keeper.get(HERE).status_code == 200
    assert not Entry.objects.filter(verb="register-carried-out").exists()
    taken(make.sign_in(Client(), plant.dee), "xlsx", "?department=PAC")
    taken(keeper, "csv")
    told = [
        (one.actor_name, one.facts)
        for one in Entry.objects.filter(verb="register-carried-out").order_by("sequence")
    ]
    assert told == [("Dee", {"form": "xlsx", "people": 0}), ("Cy", {"form": "csv", "people": 23})]


def test_only_those_who_are_meant(keeper: Client) -> None:
    rows = taken(keeper, "csv", "?words=nandu").content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in rows[1:]] == ["57"]
    assert keeper.get(f"{HERE}?words=nandu").context["count"] == 1
    assert keeper.post(HERE, {"form": "exe"}).status_code == 422
    assert keeper.post(HERE).status_code == 422
    assert keeper.get(f"{HERE}?on=never").status_code == 404


@pytest.mark.parametrize("name", ["eve", "ana", "bo"])
def test_nobody_else_carries_it_out(plant: make.Plant, name: str) -> None:
    client = make.sign_in(Client(), plant.people[name])
    assert client.get(HERE).status_code == 404
    assert client.post(HERE, {"form": "csv"}).status_code == 404
    assert client.get("/bakery/members/printed/").status_code == 404


def test_the_printed_register(keeper: Client) -> None:
    answer = keeper.get("/bakery/members/printed/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_large_register_is_printed_in_volumes(keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coop.pages.people.exports.IN_A_VOLUME", 10)
    assert [*keeper.get(HERE).context["volumes"]] == [1, 2, 3]
    assert keeper.get("/bakery/members/printed/?page=3").status_code == 200
    assert keeper.get("/bakery/members/printed/?page=4").status_code == 404
