"""Questions to offices: who asks, who answers, what stays as it was said, and how fast an office answers."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.in_office import actions
from coop.in_office.models import Answer, Question
from coop.in_office.rules.questions import speeds
from coop.in_office.speed import Asked, speed
from coop.journal.models import Entry
from coop.members.models import Mandate
from coop.refusals import Refused
from tests import make, make_in_office, make_offices

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 4)


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def refused(**about: Any) -> list[str]:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        actions.answer_question(**about) if "question" in about else actions.ask_office(**about)
    return [reason.code for reason in refusal.value.reasons]


def days(count: int) -> datetime.date:
    return DAY + datetime.timedelta(count)


def test_whoever_holds_the_office_answers_within_the_days_of_the_bylaws(plant: make.Plant) -> None:
    asked = make_in_office.question(plant)
    today = plant.cooperative.day_of(make.now())
    assert asked.due_on == today + datetime.timedelta(days=7)
    about = {"question": asked, "text": "On Monday.", "at": make.now()}
    assert refused(**about, by=plant.ana) == ["not-asked-of-you"]
    assert refused(**about, kind="added", by=plant.bo) == ["question-not-answered-yet"]
    actions.answer_question(**about, by=plant.bo)
    assert refused(**about, by=plant.bo) == ["question-answered-already"]
    assert refused(**about, kind="in_person", by=plant.bo) == ["question-answered-already"]
    actions.answer_question(**about, kind="added", by=plant.bo)
    assert list(asked.answers.values_list("kind", flat=True)) == ["answer", "added"]
    verbs = list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:3])
    assert verbs == ["answer-added", "question-answered", "question-put"]


def test_a_successor_answers_what_was_asked_of_the_office() -> None:
    plant = make_offices.plant()
    asked = make_in_office.question(plant, title="coordinator of packing", by="rita")
    about = {"question": asked, "text": "Tomorrow.", "at": make.now()}
    assert refused(**about, by=plant.people["quin"]) == ["not-asked-of-you"]  # an alternate
    held = make_offices.mandate(plant.people["pia"])
    Mandate.objects.filter(pk=held.pk).update(until=make.now(), ended="resigned", end_document="Letter")
    make_offices.hold(held.seat, plant.people["sol"], since=make.now())
    assert refused(**about | {"at": make.now()}, by=plant.people["pia"]) == ["not-asked-of-you"]
    actions.answer_question(**about | {"at": make.now()}, by=plant.people["sol"])


def test_what_stands_in_the_way_of_asking(plant: make.Plant) -> None:
    about = {"office": make_in_office.office(plant), "text": "When?", "at": make.now()}
    assert refused(**about, by=plant.bo) == ["question-to-oneself"]
    first = actions.ask_office(**about, by=plant.eve)
    for _more in range(4):
        actions.ask_office(**about, by=plant.eve)
    assert refused(**about, by=plant.eve) == ["questions-wait-already"]
    actions.ask_office(**about, by=plant.fay)
    actions.answer_question(question=first, text="Now.", by=plant.bo, at=make.now())
    actions.ask_office(**about, by=plant.eve)
    Mandate.objects.filter(member=plant.bo).update(until=make.now(), ended="resigned", end_document="Letter")
    assert refused(**about | {"at": make.now()}, by=plant.gus) == ["nobody-holds-it"]


def test_one_answer_settles_it_whatever_the_program(plant: make.Plant) -> None:
    asked = make_in_office.question(plant)
    actions.answer_question(question=asked, text="On Monday.", by=plant.bo, at=make.now())
    with pytest.raises(IntegrityError, match="question_answered_once"), transaction.atomic():
        Answer.objects.create(question=asked, kind="in_person", text="No.", by=plant.bo, at=make.now())


def test_a_personal_question_is_read_by_two_and_named_to_nobody(plant: make.Plant) -> None:
    asked = make_in_office.question(plant, text="My wages of March", personal=True)
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.actor_id) == ("personal-question-put", "clock")
    actions.answer_question(
        question=asked, kind="in_person", text="It is about wages", by=plant.bo, at=make.now()
    )
    address = f"/bakery/office-questions/{asked.pk}/"
    for who, reads in ((plant.eve, True), (plant.bo, True), (plant.fay, False), (plant.dee, False)):
        client = make.sign_in(Client(), who)
        for page in (
            address,
            f"/bakery/offices/{asked.office_id}/",
            f"/bakery/offices/{asked.office_id}/questions/",
        ):
            text = client.get(page).content.decode()
            assert ("My wages of March" in text) == reads, (who.name, page)
            assert "wages" in text or not reads
            assert "answered in time" in text
        assert ("It is about wages" in client.get(address).content.decode()) == reads
    assert "Eve" not in make.sign_in(Client(), plant.fay).get(address).content.decode()


# --- How fast -------------------------------------------------------------------------------------------------------


def test_the_speed_of_an_office_to_the_figure() -> None:
    ones = [
        Asked(days(0), days(7), days(0)),
        Asked(days(0), days(7), days(7)),  # on the last day: in time
        Asked(days(0), days(7), days(8)),  # late
        Asked(days(0), days(7), days(2)),
        Asked(days(0), days(7)),  # overdue on the ninth day
        Asked(days(5), days(12)),  # still has time
    ]
    found = speed(ones, days(9))
    assert (found.asked, found.answered, found.waiting, found.overdue) == (6, 4, 2, 1)
    assert (found.in_time, found.judged, found.percent_in_time) == (3, 5, 60)
    assert found.median_days == Fraction(9, 2)  # 0, 2, 7, 8
    assert speed(ones[:3], days(9)).median_days == 7
    nothing = speed([], DAY)
    assert (nothing.median_days, nothing.percent_in_time, nothing.judged) == (None, None, 0)
    assert speed(ones[4:5], days(7)).overdue == 0


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 30), st.none() | st.integers(0, 400)), max_size=30
    ),
    st.integers(0, 800),
)
def test_whatever_was_asked_the_figures_add_up(rows: list[tuple[int, int, int | None]], today: int) -> None:
    ones = [
        Asked(days(asked), days(asked + due), None if took is None else days(asked + took))
        for asked, due, took in rows
    ]
    found = speed(ones, days(today))
    took = [one for _asked, _due, one in rows if one is not None]
    assert found.in_time <= found.answered == len(took)
    assert found.answered + found.waiting == found.asked == len(rows)
    assert found.overdue <= found.waiting
    if found.median_days is not None:
        assert min(took) <= found.median_days <= max(took)
        assert 2 * sum(one <= found.median_days for one in took) >= len(took)
        assert 2 * sum(one >= found.median_days for one in took) >= len(took)
    else:
        assert took == []
    assert speed(reversed(ones), days(today)) == found


def test_each_office_is_told_of_the_last_year_alone(plant: make.Plant) -> None:
    now = make.now()
    old = make_in_office.question(plant, at=now - make.days(400))
    one = make_in_office.question(plant, at=now - make.days(20), text="Why?")
    actions.answer_question(question=old, text="Long ago.", by=plant.bo, at=now - make.days(399))
    actions.answer_question(question=one, text="Late.", by=plant.bo, at=now - make.days(11))
    make_in_office.question(plant, title="secretary", at=now - make.days(20))
    found = speeds(plant.cooperative, now)
    president, secretary = (make_in_office.office(plant, title).pk for title in ("president", "secretary"))
    assert set(found) == {president, secretary}
    assert (found[president].asked, found[president].in_time, found[president].median_days) == (1, 0, 9)
    assert (found[secretary].overdue, found[secretary].percent_in_time) == (1, 0)


# --- The pages ------------------------------------------------------------------------------------------------------


def test_asked_answered_and_told_on_the_pages(plant: make.Plant) -> None:
    office = make_in_office.office(plant)
    eve, bo = make.sign_in(Client(), plant.eve), make.sign_in(Client(), plant.bo)
    page = eve.get(f"/bakery/offices/{office.pk}/").content.decode()
    assert "Bo" in page
    assert "named in the founding act: Founding act" in page
    assert "the pay of their own job" in page
    assert "Put a question" in page
    assert "Put a question" not in bo.get(f"/bakery/offices/{office.pk}/").content.decode()
    answer = eve.post(f"/bakery/offices/{office.pk}/ask/", {"text": "When is the oven lit?"})
    made = Question.objects.get()
    assert answer.headers["Location"] == f"/bakery/office-questions/{made.pk}/"
    assert "Asked of you: president" in bo.get("/bakery/").content.decode()
    assert "When is the oven lit?" not in eve.get("/bakery/").content.decode()
    address = f"/bakery/office-questions/{made.pk}/answer/"
    empty = bo.post(address, {"text": " "})
    assert empty.status_code == 422
    foreign = eve.post(address, {"text": "I know it myself."})
    assert foreign.status_code == 409
    assert "Whoever holds the office answers: president." in foreign.content.decode()
    assert bo.post(address, {"text": "On Monday."}).status_code == 302
    assert "Your question to: president" in eve.get("/bakery/").content.decode()
    again = bo.post(address, {"text": "On Tuesday."})
    assert again.status_code == 409
    assert "On Tuesday." in again.content.decode()  # what was typed stays
    assert bo.post(address, {"text": "At six.", "added": "1"}).status_code == 302
    shown = eve.get(f"/bakery/office-questions/{made.pk}/").content.decode()
    assert shown.index("On Monday.") < shown.index("At six.")
    office_page = eve.get(f"/bakery/offices/{office.pk}/").content.decode()
    assert "of 1</span>" in office_page
    assert "Questions answered in time: 1 of 1" in eve.get("/bakery/offices/").content.decode()
    sheet = eve.get(f"/bakery/offices/{office.pk}/printed/")
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "application/pdf")


def test_who_held_it_before(plant: make.Plant) -> None:
    office = make_in_office.office(plant)
    now = make.now()
    Mandate.objects.filter(member=plant.bo).update(until=now, ended="resigned", end_document="Letter")
    make_offices.hold(office.seats.get(), plant.gus, since=now)
    page = make.sign_in(Client(), plant.eve).get(f"/bakery/offices/{office.pk}/").content.decode()
    assert page.index("Gus") < page.index("Who held it before") < page.index(">Bo<")
    assert "resigned" in page


@pytest.mark.parametrize("address", ["offices/{}/", "offices/{}/questions/", "offices/", ""])
def test_lists_ask_as_much_for_thirty_as_for_one(plant: make.Plant, address: str) -> None:
    client = make.sign_in(Client(), plant.bo)
    office = make_in_office.office(plant)
    make_in_office.question(plant)
    with CaptureQueriesContext(connection) as few:
        assert client.get(f"/bakery/{address.format(office.pk)}").status_code == 200
    for name in ("fay", "gus", "hal", "ida", "jo", "kim"):
        for _one in range(5):
            actions.ask_office(office=office, text="When?", by=plant.people[name], at=make.now())
    with CaptureQueriesContext(connection) as many:
        assert client.get(f"/bakery/{address.format(office.pk)}").status_code == 200
    assert len(many) == len(few)
