"""Courses on pages: entered, compared by a second person, read by the member, asked for when somebody stands."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.elections import actions as elections
from coop.elections.rules.candidatures import obstacles_to_standing
from coop.members.models import Course, CourseAsked, CourseDone
from coop.members.powers import powers_of
from coop.refusals import Refused
from tests import make, make_elections, make_offices, make_signatures
from tests.make_in_office import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def test_from_the_decision_to_the_member(plant: make.Plant, client: Client) -> None:
    make_signatures.decision(plant)
    cy, bo, eve = (make.sign_in(Client(), who) for who in (plant.cy, plant.bo, plant.eve))
    assert cy.post("/bakery/courses/new/", {"name": "Safety basics"}).status_code == 302
    key = Course.objects.get().pk
    day = make_signatures.today(plant).isoformat()
    typed = {"office": office(plant).pk, "asks": "yes", "since": day, "document": "A letter"}
    answer = cy.post(f"/bakery/courses/{key}/ask/", typed)
    assert answer.status_code == 409
    assert "Who may be elected is for the assembly to say" in answer.content.decode()
    assert 'value="A letter"' in answer.content.decode()
    cy.post(f"/bakery/courses/{key}/ask/", typed | {"document": "D GA 2018-41"})
    done = {"person": plant.eve.number, "done_on": day, "document": "Sheet 3"}
    assert cy.post(f"/bakery/courses/{key}/done/", done).status_code == 302
    assert "2 entries about courses" in bo.get("/bakery/").content.decode()
    asks, entered = CourseAsked.objects.get(), CourseDone.objects.get()
    own = cy.post(f"/bakery/courses/asked/{asks.pk}/", {"answer": "yes"})
    assert own.status_code == 409
    assert bo.post(f"/bakery/courses/asked/{asks.pk}/", {"answer": "no", "because": ""}).status_code == 422
    assert bo.post(f"/bakery/courses/asked/{asks.pk}/", {"answer": "yes"}).status_code == 302
    assert "not on record of you" in eve.get("/bakery/courses/").content.decode()
    assert bo.post(f"/bakery/courses/on-record/{entered.pk}/", {"answer": "yes"}).status_code == 302
    assert "not on record of you" not in eve.get("/bakery/courses/").content.decode()
    assert "Course asked for" in eve.get(f"/bakery/offices/{office(plant).pk}/").content.decode()
    assert "Offices that ask for a course" in eve.get("/bakery/me/eligibility/").content.decode()
    assert eve.get(f"/bakery/courses/{key}/printed/").content.startswith(b"%PDF")


def test_who_has_done_it_is_told_to_few(plant: make.Plant, client: Client) -> None:
    one = make_signatures.course(plant)
    entry = make_signatures.done(plant, one, plant.fay)
    eve = make.sign_in(client, plant.eve)
    page = eve.get(f"/bakery/courses/{one.pk}/").content.decode()
    assert "Fay" not in page
    assert "Have done it</dt><dd>1</dd>" in page
    assert eve.get(f"/bakery/courses/on-record/{entry.pk}/").status_code == 404
    assert not powers_of(plant.eve, make.now()).held
    for reader in (plant.cy, plant.dee):
        assert "Fay" in make.sign_in(Client(), reader).get(f"/bakery/courses/{one.pk}/").content.decode()


def test_whoever_stands_without_it_is_told_so() -> None:
    """Asked of an election that was called after it, never of the one that was called before."""
    plant = make_offices.plant()
    post = make_offices.office(plant)
    now = make.now()
    before = make_elections.called(plant, post, by=plant.gus, at=now - make.days(20), vote_in=26)
    one = make_signatures.course(plant)
    make_signatures.asked(plant, one, title=post.title)
    assert obstacles_to_standing(before.contests.get(), plant.rita) == []
    after = make_elections.called(plant, post, by=plant.gus, at=now, vote_in=46, title="Again")
    contest = after.contests.get()
    found = obstacles_to_standing(contest, plant.rita)
    assert [reason.code for reason in found] == ["course-not-done"]
    with pytest.raises(Refused, match="course-not-done"):
        elections.nominate(contest=contest, member=plant.rita, by=plant.rita, at=now)
    make_signatures.done(plant, one, plant.rita)
    assert elections.nominate(contest=contest, member=plant.rita, by=plant.rita, at=now).pk


def test_the_lists_ask_the_same_of_one_and_of_thirty(plant: make.Plant, client: Client) -> None:
    make.sign_in(client, plant.bo)
    one = make_signatures.course(plant)
    asked: dict[str, set[int]] = {}
    for many in (1, 30):
        while Course.objects.count() < many:
            make_signatures.course(plant, f"Course {Course.objects.count()}")
        waits = CourseDone.objects.filter(confirmed_at=None)
        while waits.count() < many:
            on = make_signatures.today(plant) - make.days(waits.count())
            make_signatures.done(plant, one, plant.eve, on=on, confirmed=False)
            make_signatures.done(plant, one, plant.fay, on=on)
        for address in ("courses/", f"courses/{one.pk}/", "me/eligibility/"):
            client.get(f"/bakery/{address}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/bakery/{address}")
            asked.setdefault(address, set()).add(len(queries))
    assert all(len(figures) == 1 for figures in asked.values()), asked
