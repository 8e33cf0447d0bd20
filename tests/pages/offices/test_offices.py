"""Who holds what, and the second signature under a mandate entered by hand."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import Body, Department, Mandate, Member, Power
from coop.members.powers import powers_of
from tests import make, make_offices, make_proclaimed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def signed_in(client: Client, plant: make.Plant) -> Client:
    return make.sign_in(client, plant.eve)


def council(plant: make.Plant) -> Body:
    return Body.objects.select_related("cooperative__chain").get(cooperative=plant.cooperative, code="ADM")


def entered(
    plant: make.Plant, holder: Member, title: str = "treasurer", *, by: Member | None = None
) -> Mandate:
    """A mandate that Cy has written in by hand from the book."""
    office = actions.create_office(
        body=council(plant),
        title=title,
        powers=[(Power.KEEP_BUDGET, None)],
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    by = by or plant.cy
    return actions.begin_mandate(
        seat=office.seats.get(),
        member=holder,
        since=make.FOUNDED,
        until=None,
        begun=Mandate.Begun.CARRIED_OVER,
        document="Book 3, page 14",
        entered_by=by,
        by=by.actor,
        at=make.now(),
    )


def held(answer: Any) -> dict[str, list[str]]:
    """Office -> who holds it, as the page shows it."""
    return {
        post.office.title: [seat["mandate"].member.name for group in post.together for seat in group]
        for shown in answer.context["bodies"]
        for post in shown.posts
    }


def test_who_holds_what_with_the_powers_in_words(signed_in: Client, plant: make.Plant) -> None:
    answer = signed_in.get("/bakery/offices/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert held(answer) == {
        "auditor": ["Dee"],
        "president": ["Bo"],
        "register-keeper": ["Cy"],
        "secretary": ["Ana"],
    }
    for words in (
        "call meetings (General assembly); take attendance, open votes, write the minutes (General assembly).",
        "May: keep the register of members and hand out cards.",
        "named in the founding act: Founding act",
        'href="/bakery/members/1/"',
    ):
        assert words in page


def test_an_office_without_holder_is_vacant_and_the_past_is_past(
    signed_in: Client, plant: make.Plant
) -> None:
    mandate = Mandate.objects.get(member=plant.bo)
    actions.end_mandate(
        mandate=mandate, ended="recalled", document="GA 2026-2", by=make.FOUNDING, at=make.now()
    )
    answer = signed_in.get("/bakery/offices/")
    assert held(answer)["president"] == []
    assert "one seat" in answer.content.decode()


def test_another_office_holder_confirms(plant: make.Plant) -> None:
    mandate = entered(plant, plant.eve)
    ana = make.sign_in(Client(), plant.ana)
    page = ana.get("/bakery/offices/").content.decode()
    assert "Book 3, page 14" in page
    assert "I have seen the document; confirm" in page
    assert not powers_of(plant.eve, make.now()).has(Power.KEEP_BUDGET)
    answer = ana.post(f"/bakery/mandates/{mandate.pk}/confirm/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/bakery/offices/")
    mandate.refresh_from_db()
    assert mandate.confirmed_by == plant.ana
    assert powers_of(plant.eve, make.now()).has(Power.KEEP_BUDGET)
    assert Entry.objects.latest("sequence").verb == "mandate-confirmed"
    done = ana.get("/bakery/offices/")
    assert held(done)["treasurer"] == ["Eve"]
    assert "Confirmed: Eve, treasurer." in done.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cy", "not the one who entered it, and not the one it is about"),
        ("ana", "not the one who entered it, and not the one it is about"),
        ("fay", "Only an office that calls, leads or records meetings"),
    ],
    ids=["who entered it", "whom it is about", "no office"],
)
def test_who_may_not_confirm_reads_why(plant: make.Plant, name: str, words: str) -> None:
    mandate = entered(plant, plant.ana)
    client = make.sign_in(Client(), plant.people[name])
    page = client.get("/bakery/offices/").content.decode()
    assert words in page
    assert "I have seen the document" not in page
    answer = client.post(f"/bakery/mandates/{mandate.pk}/confirm/")
    assert answer.status_code == 409
    assert words in answer.content.decode()
    mandate.refresh_from_db()
    assert mandate.confirmed_at is None


def test_twice_is_refused(plant: make.Plant) -> None:
    mandate = entered(plant, plant.eve)
    ana = make.sign_in(Client(), plant.ana)
    ana.post(f"/bakery/mandates/{mandate.pk}/confirm/")
    answer = ana.post(f"/bakery/mandates/{mandate.pk}/confirm/")
    assert answer.status_code == 409
    assert "confirmed or ended already" in answer.content.decode()


def test_other_methods_and_other_people_do_not_pass(client: Client, plant: make.Plant) -> None:
    mill = make.plant("mill", names=[f"Miller {name}" for name in make.NAMES])
    there = entered(mill, mill.eve)
    assert client.get("/bakery/offices/").status_code == 302
    assert client.post("/bakery/mandates/1/confirm/").status_code == 302
    make.sign_in(client, plant.ana)
    assert client.post("/bakery/offices/").status_code == 405
    assert client.get(f"/bakery/mandates/{there.pk}/confirm/").status_code == 405
    assert client.post(f"/bakery/mandates/{there.pk}/confirm/").status_code == 404
    assert client.post(f"/mill/mandates/{there.pk}/confirm/").status_code == 404
    assert client.post(f"/bakery/mandates/{'9' * 18}/confirm/").status_code == 404
    assert client.get("/mill/offices/").status_code == 404
    assert "Miller" not in client.get("/bakery/offices/").content.decode()
    there.refresh_from_db()
    assert there.confirmed_at is None


def test_as_many_questions_for_thirty_offices(
    signed_in: Client, plant: make.Plant, django_assert_num_queries: Any
) -> None:
    entered(plant, plant.fay, "one")
    with CaptureQueriesContext(connection) as few:
        signed_in.get("/bakery/offices/")
    for number in range(15):
        make.office(plant, council(plant), f"delegate {number}", plant.gus, [(Power.CHAIR, plant.assembly)])
        entered(plant, plant.hal, f"acting delegate {number}")
    with django_assert_num_queries(len(few)):
        signed_in.get("/bakery/offices/")


def test_many_bodies_are_folded_and_a_department_finds_its_own(signed_in: Client, plant: make.Plant) -> None:
    """Who stands in a body twice is a link once; what is no department of an office chooses nothing."""
    for number in range(8):
        body = actions.create_body(
            cooperative=plant.cooperative,
            code=f"T{number}",
            name=f"Table {number}",
            kind=Body.Kind.COORDINATORS,
            composition=Body.Composition.MANDATE,
            department=Department.objects.get(cooperative=plant.cooperative, code="OVN")
            if not number
            else None,
            by=make.FOUNDING,
            at=make.FOUNDED,
        )
        make.office(plant, body, f"first of {number}", plant.gus, [])
        make.office(plant, body, f"second of {number}", plant.gus, [])
    page = signed_in.get("/bakery/offices/").content.decode()
    assert page.count('<details class="fold">') == page.count("<summary>") > 8
    assert page.count(f'href="/bakery/members/{plant.gus.number}/"') == 8
    found = signed_in.get("/bakery/offices/?department=OVN")
    assert [held.body.name for held in found.context["bodies"]] == ["Table 0"]
    assert "<details" not in found.content.decode()
    assert '<option value="OVN" selected>' in found.content.decode()
    assert len(signed_in.get("/bakery/offices/?department=XXX").context["bodies"]) > 8


def test_an_alternate_holds_no_powers_before_moving_up(plant: make.Plant) -> None:
    office = actions.create_office(
        body=council(plant),
        title="urn-keeper",
        powers=[(Power.RUN_ELECTIONS, None)],
        seats=[(False, None, None), (True, None, None)],
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    for seat, member in zip(office.seats.order_by("alternate"), (plant.gus, plant.hal), strict=True):
        actions.begin_mandate(
            seat=seat,
            member=member,
            since=make.FOUNDED + datetime.timedelta(days=1),
            until=None,
            begun=Mandate.Begun.ELECTED,
            document="GA 2020-1",
            by=make.FOUNDING,
            at=make.FOUNDED,
        )
    assert powers_of(plant.gus, make.now()).has(Power.RUN_ELECTIONS)
    assert not powers_of(plant.hal, make.now()).held


def test_the_page_of_an_office_leads_to_the_election_and_to_what_fills_an_empty_seat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant = make_offices.plant()
    office = make_offices.office(plant)
    address = f"/bakery/offices/{office.pk}/"
    client = make.sign_in(Client(), plant.lou)
    empty = make_proclaimed.board(plant)
    assert "/bakery/empty-seats/" in client.get(f"/bakery/offices/{empty.pk}/").content.decode()
    election = make_proclaimed.proclaimed(plant, {"sol": 3, "tita": 2})
    begun = make.now() + make.days((election.begins_on - plant.cooperative.day_of(make.now())).days + 1)
    monkeypatch.setattr("coop.pages.clock.of", lambda request: begun)
    page = client.get(address).content.decode()
    assert f'<a href="/bakery/elections/{election.pk}/">elected: {election.label}' in page
    assert "/bakery/empty-seats/" not in page
