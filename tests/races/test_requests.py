"""Two who sign at once: one of them is the last that was needed, and the clock starts once."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.actions import requests
from coop.meetings.models import Request
from tests import make
from tests.races.race import loses, one_after_the_other, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def begun(plant: make.Plant, title: str = "The roof leaks") -> Request:
    """It needs three; Eve has signed."""
    until = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=30)
    words = {"title": title, "text": "Water stands in the hall."}
    return meetings.ask(
        body=plant.assembly, kind="item", collects_until=until, **words, by=plant.eve, at=make.now()
    )


def signing(request: Request, who: Any) -> Any:
    return lambda: meetings.sign_request(request=request, by=who, at=make.now())


def reached(request: Request) -> int:
    return Entry.objects.filter(verb="request-reached", subject_id=str(request.pk)).count()


def test_the_last_signature_is_one() -> None:
    plant = make.plant(bylaws={"item_request_percent": 20})
    request = begun(plant)
    others = [plant.people[name] for name in ("fay", "gus", "hal", "ida", "jo", "kim")]
    assert refusals(race([signing(request, who) for who in others])) == []
    request.refresh_from_db()
    assert (request.signatures.count(), reached(request)) == (7, 1)
    assert request.reached_at is not None


def test_one_person_twice_at_once_signs_once() -> None:
    plant = make.plant(bylaws={"item_request_percent": 20})
    request = begun(plant)
    assert refusals(race([signing(request, plant.fay)] * 4)) == ["request-signed-already"] * 3
    assert request.signatures.count() == 2


def test_without_the_lock_nobody_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: each counts what the other has not committed yet, and the request is never reached."""
    plant = make.plant(bylaws={"item_request_percent": 20})
    monkeypatch.setattr(
        requests, "_locked", lambda one: Request.objects.select_related("body__cooperative").get(pk=one.pk)
    )

    def lost() -> bool:
        request = begun(plant, f"Roof {make.now()}")
        both = one_after_the_other(signing(request, plant.fay), signing(request, plant.gus))
        assert refusals(both) == []
        return request.signatures.count() == 3 and reached(request) == 0

    assert loses(lost)
