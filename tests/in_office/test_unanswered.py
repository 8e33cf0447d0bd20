"""What an office does not answer in time stands on the next agenda of the body it answers to."""

from __future__ import annotations

import pytest

from coop.in_office import actions
from coop.in_office.due import questions_without_an_answer
from coop.in_office.rules.questions import answers_to
from coop.journal.models import Entry
from coop.meetings.models import AgendaItem, Request
from coop.members import actions as members
from coop.members.models import Body, Department
from coop.refusals import Refused
from tests import make, make_in_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def ticked() -> int:
    tasks = list(questions_without_an_answer(make.now()))
    for task in tasks:
        task.act()
    return len(tasks)


def test_it_goes_on_the_draft_that_is_prepared_once(plant: make.Plant) -> None:
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(20))
    asked = make_in_office.question(plant, at=make.now() - make.days(9))
    assert ticked() == 1
    owed = Request.objects.get(kind=Request.Kind.OWED)
    assert (owed.body, owed.about, owed.text) == (plant.assembly, f"office-question/{asked.pk}", asked.text)
    item = AgendaItem.objects.get(request=owed)
    assert (item.meeting, item.title) == (draft, "A question that president has not answered")
    assert ticked() == 0
    assert actions.lay_question_before_the_body(question=asked, at=make.now()) == owed
    assert Entry.objects.filter(verb="question-unanswered").count() == 1


def test_what_is_answered_personal_or_not_due_stays_off(plant: make.Plant) -> None:
    long_ago = make.now() - make.days(9)
    answered = make_in_office.question(plant, at=long_ago)
    actions.answer_question(question=answered, text="Monday.", by=plant.bo, at=make.now())
    personal = make_in_office.question(plant, personal=True, by="fay", at=long_ago)
    young = make_in_office.question(plant, by="gus")
    assert ticked() == 0
    for one, code in (
        (answered, "question-answered-already"),
        (personal, "question-is-personal"),
        (young, "question-not-due-yet"),
    ):
        with pytest.raises(Refused, match=code):
            actions.lay_question_before_the_body(question=one, at=make.now())
    assert not Request.objects.filter(kind=Request.Kind.OWED).exists()


def test_an_office_of_a_department_answers_to_its_meeting(plant: make.Plant) -> None:
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    founding = {"by": make.FOUNDING, "at": make.FOUNDED}
    council = members.create_body(
        cooperative=plant.cooperative,
        code="C-OVN",
        name="Council of the ovens",
        kind=Body.Kind.DEPARTMENT_COUNCIL,
        composition=Body.Composition.MANDATE,
        department=ovens,
        **founding,
    )
    office = make.office(plant, council, "delegate", plant.hal, [])
    assert answers_to(office) == plant.assembly
    meeting = members.create_body(
        cooperative=plant.cooperative,
        code="P-OVN",
        name="Production meeting of the ovens",
        kind=Body.Kind.PRODUCTION_MEETING,
        composition=Body.Composition.DEPARTMENT,
        department=ovens,
        **founding,
    )
    assert answers_to(office) == meeting
