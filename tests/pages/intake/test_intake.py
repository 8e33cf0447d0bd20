"""A list from the file to the register, as the register office sees it; and every bad file with its reason."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from coop.intake import actions
from coop.intake.models import Intake, IntakeRow
from coop.journal.models import Entry
from coop.members.models import Member
from coop.pages.intake import lists as page
from tests import make
from tests.intake.files import bomb, saved, text, workbook
from tests.intake.messy import messy_workbook

pytestmark = pytest.mark.django_db

HEADS = "Number;Name;Born on;Joined on;Department;Crew;Telephone"
HERE = "/bakery/members/import/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def choose(keeper: Client, content: bytes, name: str = "list.csv", **more: str) -> Any:
    return keeper.post(HERE, {"file": SimpleUploadedFile(name, content), **more})


def looked_at(keeper: Client, *lines: str, heads: str = HEADS) -> str:
    answer = choose(keeper, text(heads, *lines))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_a_list_is_looked_at_confirmed_entered_and_taken_back(plant: make.Plant, keeper: Client) -> None:
    address = looked_at(keeper, "70;Rosa Paz;5/5/1980;2021-01-01;ovens;crew a;+54", "6;Fay;;;PAC;;")
    told = words(keeper.get(address))
    assert "Nothing is entered yet" in told
    assert "Department: OVN → PAC" in told
    assert "Born on: 5 May 1980" in told
    assert not Member.objects.filter(number=70).exists()
    answer = keeper.post(f"{address}confirm/", {"document": "Book 2"})
    assert answer.headers["Location"] == address
    told = words(keeper.get(address))
    assert "2 entered" in told
    assert "Confirmed by Cy" in told
    assert Member.objects.get(number=70).phone == "+54"
    assert keeper.post(f"{address}take-back/", {"because": "the wrong list"}).headers["Location"] == address
    assert "2 taken back" in words(keeper.get(address))
    assert not Member.objects.get(number=70).standings.filter(struck_at=None).exists()
    assert [one.verb for one in Entry.objects.order_by("-sequence")[:1]] == ["intake-undone"]


@pytest.mark.parametrize(
    ("followed", "word"),
    [((), "taken back"), ((70,), "taken back in part"), ((70, 71), "could not be taken back")],
)
def test_what_was_kept_is_not_called_taken_back(keeper: Client, followed: tuple[int, ...], word: str) -> None:
    address = looked_at(keeper, "70;Rosa;;2021-01-01;;;", "71;Ema;;2021-01-01;;;")
    keeper.post(f"{address}confirm/", {"document": "Book 2"})
    for number in followed:
        make.account(Member.objects.get(number=number))
    keeper.post(f"{address}take-back/", {"because": "the wrong list"})
    for where in (address, HERE):
        page = keeper.get(where).content.decode()
        states = [html.unescape(one) for one in re.findall(r"</svg>([^<]*)</span>", page)]
        assert states[0] == word
    told = words(keeper.get(address))
    assert ("Taken back by Cy: the wrong list." in told) == (len(followed) < 2)


def test_the_messy_workbook_on_the_page(plant: make.Plant, keeper: Client) -> None:
    answer = choose(keeper, messy_workbook(60), "Nómina ../../2026.xlsx")
    address = answer.headers["Location"]
    assert Intake.objects.get().file_name == "2026.xlsx"
    told = words(keeper.get(address))
    assert "60 new" in told
    assert "Addresses of e-mail are not kept in this register: E-mail" in told
    keeper.post(f"{address}confirm/", {"document": "Nómina"})
    assert Member.objects.filter(number__gt=100).count() == 60


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("70;=HYPERLINK(1);;2021-01-01;;;", "Name, column B, =HYPERLINK(1) : The cell holds a formula."),
        ("70;'=1+1;;2021-01-01;;;", "Name, column B, '=1+1 : This is not a name."),
        ("70;Rosa;;1.3.2126;;;", "Joined on, column D, 1.3.2126 : This lies too far ahead: 1 March 2126."),
        ("70;Rosa;;31.2.2021;;;", "Joined on, column D, 31.2.2021 : This is no day that can be read."),
        ("70;Rosa;2015-01-01;2026-01-01;;;", "Born on, column C, 2015-01-01 : "),
        ("70;Rosa;;2021-01-01;Oven;;", "There is no department “Oven”. The nearest: Ovens (OVN)."),
        ("70;Rosa;;2021-01-01;xyz;;", "There is no department “xyz”. The nearest: none."),
        ("70;Rosa;;2021-01-01;OVN;C;", "There is no crew “C”."),
        ("70;;;2021-01-01;OVN;;", "Name, column B: The cell is empty, and this is needed."),
        ("7x;Rosa;;2021-01-01;OVN;;", "Number, column A, 7x : This is no member number"),
        (";Rosa;;2021-01-01;OVN;;", "Number, column A: The cell is empty"),
        ("6;Rosa Paz;;2021-01-01;OVN;;", "In the register No. 6 is Fay."),
        ("70;Rosa;;1999-12-31;OVN;;" + "9" * 50, "Telephone, column G"),
    ],
)
def test_what_is_wrong_stands_at_its_cell(keeper: Client, row: str, sentence: str) -> None:
    address = looked_at(keeper, row)
    told = words(keeper.get(address))
    assert sentence in told
    assert "1 with errors" in told
    answer = keeper.post(f"{address}confirm/", {"document": "Book 2", "leave_out": "on"})
    assert answer.status_code == 409
    assert "Nothing in this list would change the register." in words(answer)
    assert "Book 2" in answer.content.decode()  # what was typed is still there
    assert Member.objects.count() == 15


def test_a_minor_is_told_the_age(keeper: Client) -> None:
    told = words(keeper.get(looked_at(keeper, "70;Rosa;2015-01-01;2026-01-01;;;")))
    assert "16" in told[told.index("2015-01-01") :][:200]


def test_two_rows_with_one_number_are_wrong_both(keeper: Client) -> None:
    address = looked_at(keeper, "70;Rosa;;2021-01-01;;;", "71;Ema;;2021-01-01;;;", "070;Leo;;2021-01-01;;;")
    told = words(keeper.get(address))
    assert "The number 70 stands in several rows; see also: 4." in told
    assert "The number 70 stands in several rows; see also: 2." in told
    assert keeper.post(f"{address}confirm/", {"document": "Book 2"}).status_code == 409
    assert keeper.post(f"{address}confirm/", {"document": "Book 2", "leave_out": "on"}).status_code == 302
    assert [one.number for one in Member.objects.filter(number__gte=70)] == [71]
    assert "2 left out" in words(keeper.get(address))


def test_probable_doubles_are_said_and_not_refused(plant: make.Plant, keeper: Client) -> None:
    Member.objects.filter(number=5).update(born="1980-05-05", name="Eva Sol", plain_name="eva sol")
    address = looked_at(keeper, "70;SOL Éva;1980-05-05;2021-01-01;;;", "71;Ana;1980-05-05;2021-01-01;;;")
    told = words(keeper.get(f"{address}?show=doubles"))
    assert "Perhaps twice: No. 5 has this name and this birth date." in told
    assert told.count("Perhaps twice: No.") == 1
    assert keeper.post(f"{address}confirm/", {"document": "Book 2"}).status_code == 302
    assert Member.objects.filter(number=70).exists()


def test_hired_people_need_a_reason_and_an_end(keeper: Client) -> None:
    heads = "Number;Name;Joined on;Kind;Reason;Until"
    address = looked_at(
        keeper,
        "70;Rosa;2026-06-01;hired;;",
        "71;Ema;2026-06-01;contratado;Harvest;2027-01-31",
        heads=heads,
    )
    assert IntakeRow.objects.get(number=70).verdict == "wrong"
    assert {field for field, *_ in IntakeRow.objects.get(number=70).errors} == {"reason", "until"}
    keeper.post(f"{address}confirm/", {"document": "Contract 7", "leave_out": "on"})
    ema = Member.objects.get(number=71).standings.get()
    assert (ema.kind, ema.reason, str(ema.expected_until)) == ("hired", "Harvest", "2027-01-31")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("6;suspended;member", "This standing is not written by a list"),
        ("6;baja;member", "This standing is not written by a list"),
        ("15;active;member", "This standing is not written by a list"),  # Oz is suspended
        ("14;active;socio", "Nobody becomes a member, or stops being one, by a list."),  # Nan is hired
    ],
)
def test_what_needs_a_paper_of_its_own_is_not_written_by_a_list(
    keeper: Client, row: str, sentence: str
) -> None:
    assert sentence in words(keeper.get(looked_at(keeper, row, heads="Number;Status;Kind")))


def test_a_missing_column_is_said_once_and_can_be_chosen(keeper: Client) -> None:
    address = looked_at(
        keeper, *(f"{number};Rosa {number};2021-01-01" for number in range(70, 75)), heads="No;Name;xx"
    )
    told = words(keeper.get(address))
    assert told.count("No column is known to hold this: Joined on.") == 1
    assert keeper.post(f"{address}confirm/", {"document": "Book 2"}).status_code == 409
    chosen = {"since": "2026-01-01", "number": "0", "name": "1", "joined": "2"}
    assert keeper.post(f"{address}columns/", chosen).status_code == 302
    assert "5 new" in words(keeper.get(address))
    assert keeper.post(f"{address}columns/", chosen | {"joined": "99"}).status_code == 422
    assert keeper.post(f"{address}columns/", chosen | {"since": "soon"}).status_code == 422
    assert "5 new" in words(keeper.get(address))


def test_without_the_column_of_the_number_nothing_is_counted(keeper: Client) -> None:
    address = looked_at(keeper, "70;Rosa;2021-01-01", heads="xx;Name;Joined")
    answer = keeper.get(address)
    told = words(answer)
    assert "No column is known to hold this: Number." in told
    assert "unchanged" not in told
    assert "with errors" not in told
    labels = re.findall(r'<label for="id_(\w+)">(.*?)</label>', answer.content.decode())
    optional = {name for name, label in labels if "may be left out" in label}
    assert {"number", "name"} & optional == set()
    assert {"born", "phone"} <= optional
    chosen = {"since": "2026-01-01", "name": "1", "joined": "2"}
    assert keeper.post(f"{address}columns/", chosen).status_code == 302  # and still it says what is missing
    assert keeper.post(f"{address}columns/", chosen | {"number": "0"}).status_code == 302
    told = words(keeper.get(address))
    assert "1 new" in told
    assert "0 with errors" in told


def test_titles_and_sums_between_the_people_are_passed_over_and_counted(keeper: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["No", "Name", "Joined"],
        [70, "Rosa", "2021-01-01"],
        ["SECTOR NUEVO"],
        [71, "Ema", "2021-01-01"],
        ["", "Leo", "2021-01-01"],
        ["Total", 120],
    ):
        sheet.append(row)
    sheet.merge_cells("A3:C3")
    told = words(keeper.get(choose(keeper, saved(book), "two.xlsx").headers["Location"]))
    assert "2 rows hold no person and are passed over: 3, 6." in told
    assert "2 new" in told
    assert "1 with errors" in told
    assert [*IntakeRow.objects.values_list("line", "verdict")] == [(2, "new"), (4, "new"), (5, "wrong")]
    told = words(keeper.get(looked_at(keeper, "70;Rosa;;2021-01-01;;;", "Total;1;;;;;")))
    assert "One row holds no person and is passed over: 3." in told


def test_of_several_sheets_one_is_chosen(keeper: Client) -> None:
    book = workbook(
        [["No", "Name", "Joined"], [70, "Rosa", "2021-01-01"]],
        more=[("Other", [["No", "Telephone"], [6, "341"]])],
    )
    address = choose(keeper, book, "two.xlsx").headers["Location"]
    assert "1 new" in words(keeper.get(address))
    keeper.post(f"{address}columns/", {"sheet": "1", "since": "2026-01-01"})
    told = words(keeper.get(address))
    assert "1 with changes" in told
    assert "Telephone: — none → 341" in told
    assert keeper.post(f"{address}columns/", {"sheet": "7", "since": "2026-01-01"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"No;Name\n1;Mu\xf1oz\n", "one word of it reads “Muñoz”"),
        (b"", "The file is empty."),
        (b"PK\x03\x04half", "The file is broken"),
        (messy_workbook(30)[:5_000], "The file is broken"),
        (bomb(100), "Unpacked, the file would be larger than 40 MB"),
        (b"\xd0\xcf\x11\xe0", "old Excel"),
        (b"hello world", "There is no row of a person in it."),
        (b"hello world\nand more\n", "There is no row of a person in it."),
        (text(HEADS), "There is no row of a person in it."),
        (b"\x89PNG\x00", "neither a .csv nor an .xlsx file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(keeper: Client, content: bytes, sentence: str) -> None:
    answer = choose(keeper, content)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Intake.objects.exists()


def test_windows_letters_are_read_when_somebody_says_so(keeper: Client) -> None:
    content = text(HEADS, "70;Ana Muñoz;;2021-01-01;;;", letters="cp1252")
    address = choose(keeper, content, letters="windows").headers["Location"]
    assert "Ana Muñoz" in words(keeper.get(address))


def test_a_file_that_is_too_large_is_answered_before_it_is_taken_apart(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", pytest.fail)
    answer = choose(keeper, b"x" * (11 * 1024**2))
    assert answer.status_code == 413
    assert "The file is larger than 10 MB" in words(answer)
    assert "Shorten the text" not in words(answer)
    assert f'href="{HERE}"' in answer.content.decode()
    answer = keeper.post(HERE, "x" * (11 * 1024**2 + 1), content_type="text/plain")
    assert answer.status_code == 413
    assert "Shorten the text" in words(answer)


def test_ten_megabytes_and_one_byte_are_too_large(keeper: Client) -> None:
    answer = choose(keeper, b"x" * (10 * 1024**2 + 1))
    assert answer.status_code == 413
    assert "The file is larger than 10 MB" in words(answer)
    assert f'href="{HERE}"' in answer.content.decode()
    assert not Intake.objects.exists()


def test_a_broken_form_is_no_fault_of_the_house(keeper: Client) -> None:
    kind = "multipart/form-data; boundary=x"
    for body in (
        b"",
        b"--x\r\n",
        b"--x\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\n1;2",
    ):
        assert keeper.generic("POST", HERE, body, content_type=kind).status_code in (400, 422)
    assert keeper.generic("POST", HERE, b"x", content_type="multipart/form-data").status_code in (400, 422)


@pytest.mark.parametrize("name", ["../../x", "CON", "x" * 300, "a\u202eb", "a%00b", "\x00", "<b>"])
def test_the_name_of_the_file_is_only_words(keeper: Client, name: str) -> None:
    answer = choose(keeper, text("No;Telephone", "6;341"), name or "x")
    if answer.status_code == 302:
        kept = Intake.objects.get().file_name
        assert len(kept) <= 120
        assert not set(kept) & {"/", "\u202e", "\x00"}
    else:
        assert answer.status_code in (400, 422)


def test_the_clock_enters_what_the_page_left(
    plant: make.Plant, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE", -1)
    address = looked_at(keeper, *(f"{number};Rosa {number};;2021-01-01;;;" for number in range(1000, 1450)))
    keeper.post(f"{address}confirm/", {"document": "Book 2"})
    shown = keeper.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in shown
    assert "200 of 450" in words(keeper.get(address, HTTP_HX_REQUEST="true"))
    call_command("tick", stdout=io.StringIO())
    told = keeper.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert "450 of 450" in told
    assert "hx-trigger" not in told
    assert Member.objects.filter(number__gte=1000).count() == 450


def test_thrown_away_or_forgotten_after_a_day(keeper: Client) -> None:
    address = looked_at(keeper, "70;Rosa;;2021-01-01;;;")
    assert keeper.post(f"{address}drop/").headers["Location"] == HERE
    assert not IntakeRow.objects.exists()
    assert keeper.get(address).status_code == 404
    looked_at(keeper, "70;Rosa;;2021-01-01;;;")
    Intake.objects.update(sheet=0)
    read = Intake.objects.get()
    actions.forget(intake=read, by=make.FOUNDING, at=make.now() + make.days(1.1))
    assert not Intake.objects.exists()


@pytest.mark.parametrize("name", ["eve", "ana", "dee"])
def test_nobody_else_learns_of_it(plant: make.Plant, keeper: Client, name: str) -> None:
    address = looked_at(keeper, "70;Rosa;;2021-01-01;;;")
    other = make.sign_in(Client(), plant.people[name])
    for where in (HERE, address):
        assert other.get(where).status_code == 404
    for verb in ("confirm", "columns", "drop", "take-back"):
        assert other.post(f"{address}{verb}/", {"document": "x", "because": "x"}).status_code == 404
    assert choose(other, text(HEADS)).status_code == 404
    assert IntakeRow.objects.count() == 1


def test_a_second_confirmation_and_a_late_undo_are_refused(keeper: Client) -> None:
    address = looked_at(keeper, "70;Rosa;;2021-01-01;;;")
    assert keeper.post(f"{address}take-back/", {"because": "x"}).status_code == 409
    keeper.post(f"{address}confirm/", {"document": "Book 2"})
    assert keeper.post(f"{address}confirm/", {"document": "Book 2"}).status_code == 409
    assert keeper.post(f"{address}drop/").status_code == 409
    assert keeper.post(f"{address}columns/", {"since": "2026-01-01"}).status_code == 409
    assert keeper.post(f"{address}take-back/", {"because": " "}).status_code == 422
    assert Member.objects.filter(number=70).count() == 1


def test_long_lists_cost_no_more_questions(keeper: Client) -> None:
    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert keeper.get(address).status_code == 200
        return len(asked)

    one = looked_at(keeper, "70;Rosa;;2021-01-01;;;")
    few = questions(one), questions(HERE)
    many = looked_at(keeper, *(f"{number};Rosa {number};;2021-01-01;;;" for number in range(70, 100)))
    for _more in range(10):
        looked_at(keeper, "71;Ema;;2021-01-01;;;")
    assert (questions(many), questions(HERE)) == few
    keeper.post(f"{one}confirm/", {"document": "Book"})
    done = questions(one)
    keeper.post(f"{many}confirm/", {"document": "Book"})
    assert questions(many) == done
