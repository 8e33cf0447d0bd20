"""Photos that are heavier together than a form may be: what was typed comes back, and the photos are let go."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from coop.keys.models import Session
from coop.production.models import Problem
from tests import make, make_production

pytestmark = pytest.mark.django_db

HERE = "/bakery/problems/raise/"
TOGETHER = "Photos may have 30 MB together: send one, and add the others to the problem afterwards."


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> make.Plant:
    """The bakery, whose forms may have ten thousand bytes instead of 33 MB."""
    monkeypatch.setattr("coop.pages.errors.MOST_PHOTOS", 10_000)
    return make_production.plant()


def sent(client: Client, **more: Any) -> HttpResponse:
    heavy = SimpleUploadedFile("x.jpg", make_production.photo() + b"x" * 20_000, "image/jpeg")
    typed = {
        "form": "a" * 32,
        "area": str(make_production.area().pk),
        "title": "The door does not shut",
        "priority": "high",
        "photo": heavy,
        "details": "Since <Monday>, at night.",
    }
    return client.post(HERE, typed | more)


def test_what_was_typed_before_and_after_the_photo_comes_back(plant: make.Plant) -> None:
    answer = sent(make.sign_in(Client(), plant.eve))
    html = answer.content.decode()
    assert answer.status_code == 413
    assert f'id="id_photo_error"><p>{TOGETHER}</p></div>' in html
    assert 'value="The door does not shut"' in html
    assert "Since &lt;Monday&gt;, at night.</textarea>" in html
    assert "Choose the photos again: the page could not keep them." in html
    assert "x.jpg" not in html
    assert not Problem.objects.exists()


def test_without_a_session_they_stay_on_the_page(plant: make.Plant) -> None:
    answer = sent(Client())
    assert answer.status_code == 401
    assert "Since &lt;Monday&gt;, at night.</textarea>" in answer.content.decode()
    assert not Session.objects.exists()


def test_what_is_longer_than_anybody_waits_for_is_not_taken_apart(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coop.pages.errors.MOST_READ_AWAY", 15_000)
    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", pytest.fail)
    answer = sent(make.sign_in(Client(), plant.eve))
    assert answer.status_code == 413
    assert "The photos are larger than 32 MB together" in answer.content.decode()


def test_the_form_says_before_sending_how_much_it_takes(plant: make.Plant) -> None:
    html = make.sign_in(Client(), plant.eve).get(HERE).content.decode()
    assert f'data-most="{30 * 1024 * 1024}"' in html
    assert f"data-too-much hidden>{TOGETHER}</div>" in html
    assert "Four in all, together 30 MB at most." in html
