"""The archive at the screen: what holds, what changed, the file that never runs here, and the second signature."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.documents import actions as papers
from coop.documents.actions import File
from coop.documents.files import MOST_BYTES
from coop.documents.models import Document, Version
from tests import make
from tests.documents.test_documents import FIRST, SECOND, confirmed, facts, statute
from tests.documents.test_files import PDF

pytestmark = pytest.mark.django_db

ENTER = "/bakery/documents/enter/"
SHEET = "/bakery/documents/1/versions/1/"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def typed(**more: object) -> dict[str, object]:
    usual = {
        "kind": "statute",
        "title": "Statute",
        "text": "# Purpose\r\n\r\nWe bake **bread**.",
        "adopted_on": "2011-06-18",
        "adopted_by": "Book of minutes 1, page 3",
        "valid_from": "2011-06-18",
    }
    return {**usual, **more}


def two_versions(plant: make.Plant) -> None:
    first = confirmed(plant, statute(plant))
    more = facts(plant, text="# Purpose\n\nWe bake black bread.", adopted_on=SECOND, valid_from=SECOND)
    confirmed(plant, papers.add_version(document=first.document, **more))


def test_entered_by_the_secretary_confirmed_by_another_read_by_everybody(plant: make.Plant) -> None:
    ana, bo, lou = (make.sign_in(Client(), plant.people[name]) for name in ("ana", "bo", "lou"))
    assert "No documents" in words(lou.get("/bakery/documents/"))
    assert ENTER in ana.get("/bakery/documents/").content.decode()
    assert ENTER not in lou.get("/bakery/documents/").content.decode()
    scan = SimpleUploadedFile("Statute.html", PDF, content_type="text/html")
    assert ana.post(ENTER, typed(file=scan)).headers["Location"] == SHEET
    assert "Waits for a second person" in words(lou.get(SHEET))
    assert "One document waits for a second person" in words(bo.get("/bakery/"))
    assert "One document waits" not in words(ana.get("/bakery/"))
    page = bo.get(SHEET).content.decode()
    assert "I have compared it with the original; confirm" in page
    assert "<h2>Purpose</h2>" in page
    assert "<strong>bread</strong>" in page
    assert bo.post(f"{SHEET}countersign/", {"do": "confirm"}).status_code == 302
    answer = lou.get("/bakery/documents/")
    assert [(one.title, version.number) for one, version in answer.context["documents"]] == [("Statute", 1)]
    assert "In force" in words(lou.get("/bakery/documents/1/"))
    assert "Save “Statute.pdf”" in words(lou.get(SHEET))
    assert 'href="/bakery/documents/1/"' in lou.get("/bakery/journal/").content.decode()


def test_a_file_is_saved_and_never_opened_inside_the_house(plant: make.Plant) -> None:
    statute(plant, file=File("Año.txt", b"Bread."))
    answer = make.sign_in(Client(), plant.lou).get(f"{SHEET}file/")
    assert answer.content == b"Bread."
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''A%C3%B1o.txt"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(f"{SHEET}file/").status_code == 302
    assert make.sign_in(Client(), make.plant("quarry").ana).get(f"{SHEET}file/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "This field is required."),
        ({"kind": "law"}, "Choose one of those that stand here."),
        ({"text": "<script>x</script>"}, "Line 1: a document has chapters"),
        ({"text": ""}, "Give its words, or a file, or both."),
        ({"text": "x" * 200_001}, "at most 200000 characters"),
        ({"adopted_on": "2126-01-01", "valid_from": "2126-01-01"}, "only what was adopted is entered"),
        ({"valid_from": "2011-06-17"}, "It cannot hold before it was adopted."),
        ({"valid_from": "2126-01-01"}, "more than five years away"),
        ({"adopted_by": "\u200b"}, "This field is required."),
        ({"file": SimpleUploadedFile("a.pdf", b"<svg onload='x'/>")}, "whatever its name says"),
        (
            {"file": SimpleUploadedFile("a.pdf", PDF + b"PK\x03\x04")},
            "Behind its end the file holds something else",
        ),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "The submitted file is empty."),
        ({"file": SimpleUploadedFile("a.txt", b"x" * (MOST_BYTES + 1))}, "The file is larger than 10 MB."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_stored(
    plant: make.Plant, wrong: dict[str, object], told: str
) -> None:
    answer = make.sign_in(Client(), plant.ana).post(ENTER, typed(**wrong))
    assert answer.status_code == 422
    assert told in words(answer)
    if "adopted_by" not in wrong:
        assert 'value="Book of minutes 1, page 3"' in answer.content.decode()
    assert not Document.objects.exists()


def test_the_same_again_is_refused_with_what_was_typed(plant: make.Plant) -> None:
    confirmed(plant, statute(plant))
    ana = make.sign_in(Client(), plant.ana)
    add = "/bakery/documents/1/versions/add/"
    assert "We bake bread." in ana.get(add).content.decode()
    answer = ana.post(add, typed(text="# Purpose\n\nWe bake bread."))
    assert (answer.status_code, "stands there already" in words(answer)) == (409, True)
    assert ana.post(add, typed(text="We bake cake.")).headers["Location"] == "/bakery/documents/1/versions/2/"
    assert make.sign_in(Client(), plant.bo).get(add).status_code == 404


def test_what_held_on_a_day(plant: make.Plant) -> None:
    two_versions(plant)
    lou = make.sign_in(Client(), plant.lou)
    for day, numbers in (("2011-06-17", []), ("2011-06-18", [1]), ("2023-03-24", [1]), ("2023-03-25", [2])):
        page = lou.get(f"/bakery/documents/?on={day}")
        assert [version.number for _one, version in page.context["documents"]] == numbers
    assert "no longer in force" in words(lou.get("/bakery/documents/1/"))
    wrong = lou.get("/bakery/documents/?on=yesterday")
    assert (wrong.status_code, "Write the day like" in words(wrong)) == (422, True)


def test_what_changed_word_by_word(plant: make.Plant) -> None:
    two_versions(plant)
    lou = make.sign_in(Client(), plant.lou)
    page = lou.get("/bakery/documents/1/versions/2/changes/").content.decode()
    assert "We bake <ins>black </ins>bread." in page
    assert lou.get(f"{SHEET}changes/").status_code == 404


def test_the_sheet_is_a_pdf_and_the_same_twice(plant: make.Plant) -> None:
    statute(plant, text="# Purpose\n\n1. bread #sys.inputs\n   - *black* **and** white $x$ @y \\*")
    lou = make.sign_in(Client(), plant.lou)
    first, second = (lou.get(f"{SHEET}paper/") for _ in range(2))
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first.content == second.content


def test_turned_down_with_a_reason(plant: make.Plant) -> None:
    statute(plant)
    bo = make.sign_in(Client(), plant.bo)
    sign = f"{SHEET}countersign/"
    for typed, told in (
        (" ", "Give the reason"),
        ("z" * 301, "That is longer than 300 characters."),
        ("Page 3 \0 says cake.", "did not arrive whole"),
        ("Page 3 \ufffd says cake.", "did not arrive whole"),
    ):
        answer = bo.post(sign, {"do": "refuse", "because": typed})
        assert (answer.status_code, told in words(answer)) == (409, True), words(answer)
        assert answer.context["typed"] == typed
    assert Version.objects.get().waits
    bo.post(sign, {"do": "refuse", "because": f"Page 3 says \u202e{'cake ' * 56}."})
    whole = "Page 3 says " + "cake " * 56 + "."
    assert (len(whole), Version.objects.get().refused_because) == (293, whole)
    answer = bo.post(sign, {"do": "confirm"})
    assert (answer.status_code, "confirmed or turned down already" in words(answer)) == (409, True)
    assert Version.objects.get().confirmed_at is None


def test_the_list_asks_as_much_for_one_document_as_for_thirty(plant: make.Plant) -> None:
    lou = make.sign_in(Client(), plant.lou)
    asked = set()
    for many in (1, 30):
        while Document.objects.count() < many:
            confirmed(plant, statute(plant, adopted_by=f"Page {Document.objects.count()}"))
        with CaptureQueriesContext(connection) as seen:
            assert len(lou.get("/bakery/documents/").context["documents"]) == many
        asked.add(len(seen))
    assert len(asked) == 1


def test_a_version_to_come_holds_from_its_day(plant: make.Plant) -> None:
    later = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=30)
    confirmed(plant, statute(plant, valid_from=later))
    lou = make.sign_in(Client(), plant.lou)
    assert lou.get("/bakery/documents/").context["documents"] == []
    assert len(lou.get(f"/bakery/documents/?on={later}").context["documents"]) == 1
    assert "To come" in words(lou.get(SHEET))
    assert later > FIRST
