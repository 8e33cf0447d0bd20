"""The journal verified on a page, the books saved as a file, and a report beside the notice."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client

from coop.journal.models import Chain
from coop.oversight.models import AuditReport, Export, JournalCheck
from tests import make, make_oversight

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def test_the_journal_is_verified_against_what_was_kept_outside(plant: make.Plant, client: Client) -> None:
    dee = make.sign_in(client, plant.dee)
    head = Chain.objects.get(pk=plant.cooperative.chain_id)
    address = "/bakery/journal/checks/verify/"
    for typed in (
        {"sequence": "5", "fingerprint": ""},
        {"sequence": "", "fingerprint": head.head_hash},
        {"sequence": "5", "fingerprint": "xyz"},
        {"sequence": "0", "fingerprint": head.head_hash},
        {"sequence": "9" * 30, "fingerprint": head.head_hash},
    ):
        assert dee.post(address, typed).status_code == 422
    assert JournalCheck.objects.count() == 0
    grouped = " ".join(head.head_hash[at : at + 4] for at in range(0, 64, 4)).upper()
    assert dee.post(address, {"sequence": str(head.head_sequence), "fingerprint": grouped}).status_code == 302
    assert (
        dee.post(address, {"sequence": str(head.head_sequence), "fingerprint": "0" * 64}).status_code == 302
    )
    page = make.sign_in(Client(), plant.lou).get("/bakery/journal/checks/").content.decode()
    assert "nothing found" in page
    assert f"entry {head.head_sequence} has another hash than was kept" in page
    assert [one.faults for one in JournalCheck.objects.order_by("pk")] == [0, 1]


def test_the_books_are_saved_as_a_file_and_that_is_written_down(plant: make.Plant, client: Client) -> None:
    dee = make.sign_in(client, plant.dee)
    assert dee.post("/bakery/oversight/export/", {"for_whom": " "}).status_code == 422
    answer = dee.post("/bakery/oversight/export/", {"for_whom": "Perez, yearly audit"})
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert archive.testzip() is None
    assert "Perez, yearly audit" in archive.read("README.txt").decode()
    assert Export.objects.get().for_whom == "Perez, yearly audit"
    assert "Perez, yearly audit" in dee.get("/bakery/oversight/export/").content.decode()
    assert "carried the books out" in dee.get("/bakery/journal/").content.decode()


def test_a_report_lies_beside_the_notice_and_before_it_only_with_those_who_call(
    plant: make.Plant, client: Client
) -> None:
    dee = make.sign_in(client, plant.dee)
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(40))
    typed = {"meeting": str(draft.pk), "title": "On the accounts", "text": "They agree with the book."}
    assert dee.post("/bakery/oversight/reports/write/", typed | {"text": ""}).status_code == 422
    assert dee.post("/bakery/oversight/reports/write/", typed | {"meeting": "999999999"}).status_code == 422
    assert dee.post("/bakery/oversight/reports/write/", typed).status_code == 302
    made = AuditReport.objects.get()
    lou, ana = make.sign_in(Client(), plant.lou), make.sign_in(Client(), plant.ana)
    page = f"/bakery/oversight/reports/{made.pk}/"
    assert [who.get(page).status_code for who in (dee, ana, lou)] == [200, 200, 404]
    announced = make.convened_meeting(plant, starts_at=make.now() + make.days(9))
    beside = make_oversight.report(plant, announced, title="On the budget")
    meeting = lou.get(f"/bakery/meetings/{announced.pk}/").content.decode()
    assert f"/bakery/oversight/reports/{beside.pk}/" in meeting
    item = announced.items.get(number=2)
    on_item = {"meeting": f"{announced.pk}/{item.pk}", "title": "On the canteen", "text": "It pays."}
    assert dee.post("/bakery/oversight/reports/write/", on_item).status_code == 302
    assert AuditReport.objects.get(item=item).meeting == announced
    assert "on item 2" in lou.get(f"/bakery/meetings/{announced.pk}/").content.decode()
    of_draft = {"meeting": f"{draft.pk}/{draft.items.first().pk}", "title": "x", "text": "x"}
    assert dee.post("/bakery/oversight/reports/write/", of_draft).status_code == 422
    papers = lou.get(f"/bakery/meetings/{announced.pk}/papers/")
    assert papers.status_code == 200
    assert "On the accounts" not in lou.get("/bakery/oversight/reports/").content.decode()


def test_the_desk_says_what_waits(plant: make.Plant, client: Client) -> None:
    dee = make.sign_in(client, plant.dee)
    make_oversight.finding(plant)
    make_oversight.count(plant, plant.eve)
    make_oversight.appeal(plant, plant.fay)
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(9))
    page = dee.get("/bakery/oversight/").content.decode()
    for words in (
        "Cash book",
        "A report of yours is due",
        "no proof of the notice",
        meeting.title,
        "AP 2",
        "CS 2",
    ):
        assert words in page
    assert make.sign_in(Client(), plant.ana).get("/bakery/oversight/").status_code == 404
    assert "The auditor&#x27;s desk" in dee.get("/bakery/").content.decode()
