"""Answers that no door gives carry the same headers: refusals before any page, files, faults."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from coop.charter.models import Cooperative
from coop.pages.headers import Headers
from tests import make
from tests.pages.security_headers import ALWAYS, faults

pytestmark = pytest.mark.django_db


def test_what_is_refused_before_any_page(client: Client) -> None:
    make.plant()
    strict = Client(enforce_csrf_checks=True)
    answers = {
        403: strict.post("/bakery/sign-in/", {"number": "5"}),
        404: client.get("/there/is/nothing/here"),
        400: client.get("/bakery/sign-in/?next=%00"),
        413: client.generic("POST", "/bakery/sign-in/", b"x" * (12 * 1024 * 1024)),
        405: client.put("/health/"),
        301: client.get("/bakery/sign-in"),
    }
    assert {asked: answer.status_code for asked, answer in answers.items()} == {
        code: code for code in answers
    }
    assert {asked: faults(answer) for asked, answer in answers.items()} == {code: [] for code in answers}


def test_a_foreign_host(client: Client) -> None:
    answer = client.get("/health/", HTTP_HOST="evil.example")
    assert (answer.status_code, faults(answer)) == (400, [])


def test_a_fault_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_fields: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Cooperative.objects, "order_by", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert (answer.status_code, faults(answer)) == (500, [])


def test_files_of_the_house_and_those_that_are_not_there(client: Client) -> None:
    answer = client.get("/static/css/asamblea.css")
    assert (answer.status_code, faults(answer)) == (200, [])
    assert "HX-Request" not in answer.headers.get("Vary", "")  # one file for all
    answer.close()
    answer = client.get("/static/css/none.css")
    assert (answer.status_code, faults(answer)) == (404, [])


def test_behind_tls_the_browser_is_told_to_stay_there(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client = Client()
    assert "Strict-Transport-Security" not in client.get("/health/").headers
    for address in ("/health/", "/there/is/nothing/here", "/static/css/asamblea.css"):
        answer = client.get(address, HTTP_X_FORWARDED_PROTO="https")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        answer.close()


@pytest.mark.parametrize("missing", [*ALWAYS, "Content-Security-Policy", "Cache-Control"])
def test_each_header_is_missed_where_it_is_missing(client: Client, missing: str) -> None:
    answer = client.get("/health/")
    assert faults(answer) == []
    del answer.headers[missing]
    assert [told.partition(":")[0] for told in faults(answer)] == [missing]


def test_what_a_page_says_of_its_own_storing_stands() -> None:
    def kept(_request: object) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "public"})

    answer = Headers(kept)(RequestFactory().get("/"))
    assert answer.headers["Cache-Control"] == "public"
