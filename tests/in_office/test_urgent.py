"""What could not wait: who decides it, where it goes, and what the meeting makes of it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.in_office import actions
from coop.in_office.models import UrgentDecision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting, Request
from coop.members.models import Body
from coop.refusals import Refused
from tests import make, make_in_office

pytestmark = pytest.mark.django_db

WORDS = {"title": "Gas bought", "text": "Forty bottles.", "because": "Fire out", "cost": "1 200 UC"}


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(act: Any, **about: Any) -> list[str]:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(**about)
    return [reason.code for reason in refusal.value.reasons]


def drafted(plant: make.Plant) -> Meeting:
    return meetings.prepare(
        body=plant.assembly, kind="extraordinary", title="The roof", place="Yard",
        sittings=[make.now() + make.days(20)], by=plant.ana, at=make.now(),
    )  # fmt: skip


def met_over(plant: make.Plant, urgent: UrgentDecision) -> Meeting:
    """An assembly that had it on its agenda, and is over."""
    meeting = make.draft_meeting(plant)
    assert meeting.items.get(request=urgent.request).title == str(urgent)
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now() - make.days(18))
    for name in make.NAMES[:8]:
        meetings.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=make.now())
    meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=make.now())
    return meeting


def test_it_is_numbered_told_and_on_the_next_agenda_in_one_act(plant: make.Plant) -> None:
    meeting = drafted(plant)
    one = make_in_office.urgent(plant)
    year = plant.cooperative.day_of(make.now()).year
    assert one.label == f"U GA {year}-1"
    assert one.due_on == plant.cooperative.day_of(make.now()) + datetime.timedelta(days=14)
    item = AgendaItem.objects.get(request=one.request)
    assert (item.meeting, item.title) == (meeting, f"U GA {year}-1 Gas bought")
    owed = Request.objects.get()
    assert (owed.kind, owed.about, owed.due_on) == ("owed", f"urgent/{one.pk}", one.due_on)
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:3])
    assert verbs == ["item-taken-up", "item-owed", "decided-urgently"]
    again = actions.decide_urgently(
        office=one.office, body=plant.assembly, by=plant.bo, at=make.now(), **WORDS
    )
    assert again.label == f"U GA {year}-2"


def test_only_the_office_that_may_for_the_body_that_was_said(plant: make.Plant) -> None:
    president = make_in_office.may_decide(plant)
    secretary = make_in_office.office(plant, "secretary")
    council = Body.objects.select_related("cooperative__chain").get(code="ADM")
    about = {"act": actions.decide_urgently, "at": make.now(), **WORDS}
    assert refused(**about, office=president, body=plant.assembly, by=plant.ana) == ["no-mandate"]
    assert refused(**about, office=president, body=council, by=plant.bo) == ["no-mandate"]
    assert refused(**about, office=secretary, body=plant.assembly, by=plant.bo) == ["not-in-that-office"]
    assert UrgentDecision.objects.count() == 0
    assert Request.objects.count() == 0


def test_the_meeting_settles_it_and_not_who_took_it(plant: make.Plant) -> None:
    at = make.now() - make.days(19)
    one = make_in_office.urgent(plant, at=at)
    about = {"act": actions.settle_urgent, "urgent": one, "state": "confirmed", "at": make.now()}
    assert refused(**about, by=plant.ana) == ["not-before-the-meeting-yet"]
    meeting = met_over(plant, one)
    assert refused(**about, by=plant.eve) == ["no-mandate"]
    assert refused(**about, by=plant.bo) == ["no-mandate", "urgent-by-yourself"]
    settled = actions.settle_urgent(
        urgent=one, state="changed", said="Twenty bottles.", by=plant.ana, at=make.now()
    )
    assert (settled.state, settled.meeting, settled.said) == ("changed", meeting, "Twenty bottles.")
    assert Entry.objects.latest("sequence").verb == "urgent-settled"
    assert refused(**about, by=plant.ana) == ["urgent-settled-already"]


def test_a_decision_of_before_is_none_of_the_meeting(plant: make.Plant) -> None:
    one = make_in_office.urgent(plant, at=make.now() - make.days(19))
    met_over(plant, one)
    other = make.open_vote(plant, motions=[make.supported_motion(plant, title="Showers")])
    about = {"act": actions.settle_urgent, "urgent": one, "state": "ended", "by": plant.ana, "at": make.now()}
    assert refused(**about, decision=other) == ["decision-of-another-matter"]  # it is not settled yet


def test_taken_read_by_all_and_settled_on_the_pages(plant: make.Plant) -> None:
    make_in_office.may_decide(plant)
    bo, eve, ana = (make.sign_in(Client(), plant.people[name]) for name in ("bo", "eve", "ana"))
    assert eve.get("/bakery/decisions/urgent/take/").status_code == 404
    page = bo.get("/bakery/decisions/urgent/take/")
    assert "president; comes before: General assembly" in page.content.decode()
    (way,) = (key for key, _words in page.context["form"].fields["way"].choices)
    empty = bo.post("/bakery/decisions/urgent/take/", {"way": way, "title": "Gas"})
    assert empty.status_code == 422
    assert 'value="Gas"' in empty.content.decode()
    assert bo.post("/bakery/decisions/urgent/take/", WORDS | {"way": "1-999"}).status_code == 422
    done = bo.post("/bakery/decisions/urgent/take/", WORDS | {"way": way})
    one = UrgentDecision.objects.get()
    assert done.headers["Location"] == f"/bakery/decisions/urgent/{one.pk}/"
    front = eve.get("/bakery/").content.decode()
    assert f"Decided without waiting · {one.label}" in front
    shown = eve.get(f"/bakery/decisions/urgent/{one.pk}/").content.decode()
    for words in ("Gas bought", "Forty bottles.", "Fire out", "1 200 UC", "not yet before the meeting"):
        assert words in shown
    assert (
        f"/bakery/decisions/urgent/{one.pk}/"
        in eve.get(f"/bakery/requests/{one.request_id}/").content.decode()
    )
    assert eve.get(f"/bakery/decisions/urgent/{one.pk}/settle/").status_code == 404
    early = ana.post(f"/bakery/decisions/urgent/{one.pk}/settle/", {"state": "confirmed"})
    assert early.status_code == 409
    assert "No meeting of General assembly has had it on its agenda yet." in early.content.decode()
    sheet = eve.get(f"/bakery/decisions/urgent/{one.pk}/printed/")
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "application/pdf")


def test_changed_says_how(plant: make.Plant) -> None:
    one = make_in_office.urgent(plant, at=make.now() - make.days(19))
    met_over(plant, one)
    ana = make.sign_in(Client(), plant.ana)
    address = f"/bakery/decisions/urgent/{one.pk}/settle/"
    assert (
        "overdue: the meeting has not dealt with it" in ana.get("/bakery/decisions/urgent/").content.decode()
    )
    answer = ana.post(address, {"state": "changed"})
    assert answer.status_code == 422
    assert "Say how it reads from now on." in answer.content.decode()
    assert ana.post(address, {"state": "changed", "said": "Twenty."}).status_code == 302
    page = ana.get(f"/bakery/decisions/urgent/{one.pk}/").content.decode()
    assert "Twenty." in page
    assert "changed by the meeting" in page


def test_the_list_asks_as_much_for_thirty_as_for_one(plant: make.Plant) -> None:
    client = make.sign_in(Client(), plant.ana)
    one = make_in_office.urgent(plant)
    addresses = ("/bakery/decisions/urgent/", "/bakery/")
    few = [asked(client, address) for address in addresses]
    for _one in range(29):
        actions.decide_urgently(office=one.office, body=plant.assembly, by=plant.bo, at=make.now(), **WORDS)
    assert [asked(client, address) for address in addresses] == few


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
