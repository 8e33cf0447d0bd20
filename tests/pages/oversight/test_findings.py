"""Findings on pages: written, answered, closed; what is typed stays; the list asks the same however long it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.oversight import actions as oversight
from coop.oversight.models import Finding
from tests import make, make_oversight

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def read(client: Client, address: str = "") -> str:
    answer = client.get(f"/bakery/{address}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_it_is_written_answered_and_closed_on_pages(plant: make.Plant, client: Client) -> None:
    council = make_oversight.council(plant)
    make.sign_in(client, plant.dee)
    given = {
        "whom": f"b{council.pk}",
        "title": "Cash book",
        "text": "Four weeks without an entry.",
        "article": "minutes_ready_days",
        "rule": "",
    }
    assert client.post("/bakery/findings/write/", given).status_code == 302
    found = Finding.objects.get()
    ana = make.sign_in(Client(), plant.ana)
    assert "Finding of the auditor to answer" in read(ana)
    page = read(ana, f"findings/{found.pk}/")
    assert "Minutes are ready within this many days" in page or "15 days" in page
    assert ana.post(f"/bakery/findings/{found.pk}/answer/", {"text": "It is kept now."}).status_code == 302
    assert "one answer to read" in read(client)
    page = read(client, f"findings/{found.pk}/")
    assert "It is kept now." in page
    told = {"settled": "yes", "text": "Seen and compared."}
    assert client.post(f"/bakery/findings/{found.pk}/close/", told).status_code == 302
    eve = make.sign_in(Client(), plant.eve)
    assert "Seen and compared." in read(eve, f"findings/{found.pk}/")
    printed = eve.get(f"/bakery/findings/{found.pk}/printed/")
    assert printed.content.startswith(b"%PDF")


def test_what_was_typed_stays_when_it_is_refused(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.dee)
    council = make_oversight.council(plant)
    typed = {"whom": f"b{council.pk}", "title": "Cash book", "text": "Nothing entered."}
    answer = client.post("/bakery/findings/write/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say which rule is not kept" in page
    assert "Nothing entered." in page
    answer = client.post("/bakery/findings/write/?about=decision/999", typed | {"rule": "x"})
    assert answer.status_code == 302
    assert Finding.objects.get().about_kind == ""
    found = make_oversight.finding(plant)
    eve = make.sign_in(Client(), plant.eve)
    answer = eve.post(f"/bakery/findings/{found.pk}/answer/", {"text": "I know it."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "whoever sits there answers" in page
    assert "I know it." in page
    assert Finding.objects.get(pk=found.pk).words.count() == 0
    for who, status in ((eve, 404), (client, 422)):
        assert who.post(f"/bakery/findings/{found.pk}/close/", {"text": "So."}).status_code == status
    assert client.post(f"/bakery/findings/{found.pk}/remark/", {"text": "\x00"}).status_code == 422


def test_the_list_asks_the_same_of_one_and_of_thirty(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.dee)
    make_oversight.finding(plant)
    asked = {}
    for many in (1, 30):
        while Finding.objects.count() < many:
            make_oversight.finding(plant, title=f"Number {Finding.objects.count()}")
        for address in ("findings/", "oversight/"):
            read(client, address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                read(client, address)
            asked.setdefault(address, set()).add(len(queries))
    assert {address: len(counts) for address, counts in asked.items()} == {"findings/": 1, "oversight/": 1}


def test_a_late_one_says_so_and_leads_to_the_agenda(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.dee)
    found = make_oversight.finding(plant, at=make.now() - make.days(20))
    assert "not answered in time" in read(client, "findings/")
    oversight.lay_before_assembly(finding=found, at=make.now())
    found.refresh_from_db()
    assert found.owed is not None
    page = read(client, f"findings/{found.pk}/")
    assert f"/bakery/requests/{found.owed.pk}/" in page
    assert f"/bakery/findings/{found.pk}/" in read(client, f"requests/{found.owed.pk}/")
