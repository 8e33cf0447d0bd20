"""Handing over: from what the house knows, signed line by line by who goes and who comes, in the last weeks."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.in_office import actions
from coop.in_office.models import HandedOver
from coop.journal.models import Entry
from coop.members.models import Mandate
from coop.refusals import Refused
from tests import make, make_in_office, make_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    """Pia's year as coordinator ends in sixty-five days, Sol follows her."""
    return make_offices.plant()


def ends(plant: make.Plant) -> Mandate:
    return make_offices.mandate(plant.people["pia"])


def follows(plant: make.Plant) -> Mandate:
    before = ends(plant)
    return make_offices.hold(before.seat, plant.people["sol"], since=before.until)


def soon(plant: make.Plant, days: float = 10) -> datetime.datetime:
    until = ends(plant).until
    assert until is not None
    return until - make.days(days)


def line(plant: make.Plant, text: str = "Key of the store", **more: Any) -> HandedOver:
    facts = {
        "mandate": ends(plant),
        "kind": "keys",
        "text": text,
        "by": plant.people["pia"],
        "at": soon(plant),
    }
    return actions.add_handover_line(**facts | more)


def refused(act: Any, **about: Any) -> list[str]:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(**about)
    return [reason.code for reason in refusal.value.reasons]


def test_it_begins_in_the_days_of_the_bylaws_and_by_who_goes(plant: make.Plant) -> None:
    about = {"act": actions.begin_handover, "mandate": ends(plant)}
    pia = plant.people["pia"]
    assert refused(**about, by=pia, at=soon(plant, 60.1)) == ["handover-not-now"]
    assert refused(**about, by=pia, at=soon(plant, -60)) == ["handover-not-now"]
    assert refused(**about, by=plant.people["sol"], at=soon(plant)) == ["not-yours-to-hand-over"]
    assert refused(
        act=actions.begin_handover, mandate=make_offices.mandate(plant.bo), by=plant.bo, at=make.now()
    ) == ["handover-has-no-day"]
    assert actions.begin_handover(mandate=ends(plant), by=pia, at=soon(plant, 60)) == []


def test_it_begins_with_what_the_house_knows_once(plant: make.Plant) -> None:
    pia, mandate = plant.people["pia"], ends(plant)
    make_in_office.question(plant, title="coordinator of packing", text="Who mends\nthe belt?", by="rita")
    make_in_office.question(plant, title="coordinator of packing", text="My wages", personal=True, by="rita")
    made = actions.begin_handover(mandate=mandate, by=pia, at=soon(plant))
    assert [one.text for one in made] == ["Who mends the belt?"]  # a personal question is on no list
    assert actions.begin_handover(mandate=mandate, by=pia, at=soon(plant)) == []
    assert Entry.objects.latest("sequence").facts == {"lines": 0}


def test_signed_first_by_who_goes_then_by_who_comes(plant: make.Plant) -> None:
    pia, sol, mandate, at = plant.people["pia"], plant.people["sol"], ends(plant), soon(plant)
    follows(plant)
    one, two = line(plant), line(plant, "Store book")
    about = {"act": actions.sign_handover, "mandate": mandate, "at": at}
    assert refused(**about, lines=[one], by=sol) == ["not-handed-over-yet"]
    assert refused(**about, lines=[], by=pia) == ["no-line-chosen"]
    assert refused(**about, lines=[one], by=plant.people["rita"]) == ["not-yours-to-hand-over"]
    actions.sign_handover(mandate=mandate, lines=[one], by=pia, at=at)
    assert refused(**about, lines=[one], by=pia) == ["line-signed-already"]
    assert refused(**about, lines=[one, two], by=sol) == ["not-handed-over-yet"]
    actions.sign_handover(mandate=mandate, lines=[one], by=sol, at=at)
    assert refused(**about, lines=[one], by=sol) == ["line-signed-already"]
    one.refresh_from_db()
    assert (one.handed_at, one.received_at, one.received_by) == (at, at, sol)
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:2])
    assert verbs == ["handover-received", "handed-over"]


def test_received_before_it_is_handed_over_whatever_the_program(plant: make.Plant) -> None:
    one = line(plant)
    with pytest.raises(IntegrityError, match="handed_over_before_it_is_received"), transaction.atomic():
        HandedOver.objects.filter(pk=one.pk).update(received_at=make.now(), received_by=plant.people["sol"])
    assert line(plant) == one  # the same line is not written twice


def test_read_by_the_two_and_who_audits(plant: make.Plant, later: Any) -> None:
    follows(plant)
    line(plant)
    later(soon(plant) - make.now())
    address = f"/bakery/mandates/{ends(plant).pk}/handover/"
    found = {}
    for name in ("pia", "sol", "dee", "rita", "ana", "quin"):
        answer = make.sign_in(Client(), plant.people[name]).get(address)
        found[name] = answer.status_code
        assert answer.status_code == 404 or "Key of the store" in answer.content.decode()
    assert found == {"pia": 200, "sol": 200, "dee": 200, "rita": 404, "ana": 404, "quin": 404}


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the clock of the pages on."""
    from coop import clock
    from coop.pages import clock as page_clock

    real = clock.now

    def move(on: datetime.timedelta) -> None:
        monkeypatch.setattr(page_clock, "of", lambda request: real() + on)

    return move


def test_written_signed_and_printed_on_the_pages(plant: make.Plant, later: Any) -> None:
    follows(plant)
    mandate = ends(plant)
    later(soon(plant) - make.now())
    pia, sol = (make.sign_in(Client(), plant.people[name]) for name in ("pia", "sol"))
    assert "You hand over" in pia.get("/bakery/").content.decode()
    address = f"/bakery/mandates/{mandate.pk}/handover/"
    assert pia.post(address, {"kind": "keys", "text": " "}).status_code == 422
    assert pia.post(address, {"kind": "keys", "text": "Key of the store"}).status_code == 302
    assert sol.post(address, {"kind": "keys", "text": "Another"}).status_code == 409
    one = HandedOver.objects.get()
    assert "one line is not signed by both" in pia.get(address).content.decode()
    assert pia.post(f"{address}sign/", {}).status_code == 409
    assert pia.post(f"{address}sign/", {"lines": [one.pk]}).status_code == 302
    assert "You take over" in sol.get("/bakery/").content.decode()
    assert sol.post(f"{address}sign/", {"lines": [one.pk]}).status_code == 302
    assert "signed by both" in pia.get(address).content.decode()
    sheet = sol.get(f"{address}printed/")
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "application/pdf")


def test_the_desk_says_what_needs_its_holder_and_what_the_area_is(plant: make.Plant) -> None:
    pia = make.sign_in(Client(), plant.people["pia"])
    make_in_office.question(plant, title="coordinator of packing", text="Who mends the belt?", by="rita")
    page = pia.get("/bakery/offices/mine/")
    text = page.content.decode()
    assert "Who mends the belt?" in text
    assert "Packing: 6 people; Crew A 3; Crew B 3" in " ".join(text.split())
    assert "Actions of the body: 0 open, 0 late" not in text or "0 of them late" in text
    assert "Decide what cannot wait" not in text
    with CaptureQueriesContext(connection) as few:
        pia.get("/bakery/offices/mine/")
    for name in ("quin", "sol", "tita", "uma"):
        for _one in range(5):
            make_in_office.question(plant, title="coordinator of packing", by=name)
    with CaptureQueriesContext(connection) as many:
        pia.get("/bakery/offices/mine/")
    assert len(many) == len(few)
