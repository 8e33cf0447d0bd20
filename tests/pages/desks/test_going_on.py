"""The front page asks a member only about what may concern them: whoever it does concern is never left out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from coop.in_office import actions as in_office
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting
from coop.members.models import Body, Member, Power
from coop.pages.access import Here
from coop.pages.at_all import something_in
from coop.pages.desks.going_on import WHOM, not_for
from coop.pages.desks.waits import LISTS
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Amendment
from tests import (
    make,
    make_agreement,
    make_budget,
    make_in_office,
    make_production,
    make_production_meetings,
)

pytestmark = pytest.mark.django_db

FOUR, EIGHT = "Four in a hundred.", "Eight in a hundred."


def asked_about(who: Member, at: datetime.datetime) -> tuple[frozenset[str], frozenset[str]]:
    """The lists in which there is something for this member, and those that they are not asked about."""
    here = Here(
        Member.objects.select_related("cooperative__chain").get(pk=who.pk).cooperative, who, at, demo=False
    )
    return something_in(here, **{name: rows(here) for name, rows in LISTS.items()}), not_for(here)


def assert_asked(name: str, who: Member, at: datetime.datetime) -> None:
    """There is something for `who` and they are asked about it; somebody whom it does not concern is not."""
    there, left_out = asked_about(who, at)
    assert name in there
    assert name not in left_out
    bystander = Member.objects.get(cooperative=who.cooperative, name="Lou")
    assert name in asked_about(bystander, at)[1]


def named_for(who: Member, power: Power, meeting: Meeting, by: Member) -> None:
    meetings.name_for_the_day(sitting=meeting.sittings.get(), power=power, member=who, by=by, at=make.now())


def minutes_to_sign(plant: make.Plant, meeting: Meeting) -> None:
    meetings.name_signers(meeting=meeting, members=[plant.fay, plant.gus], by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    meetings.close_minutes(meeting=meeting, by=plant.ana, at=make.now())


def amended(plant: make.Plant, by: Member, words: str = FOUR, **more: Any) -> Amendment:
    text = more.pop("proposal", None) or make.supported_motion(plant, clauses=["Six in a hundred."])
    return proposals.submit(proposal=text, changes=[Words(1, words)], by=by, at=make.now(), **more)


# --- Each brings it about, and says whom it concerns ----------------------------------------------------------------


def a_holder_is_asked_something(plant: make.Plant) -> Member:
    make.office(plant, Body.objects.get(code="ADM"), "speaker", plant.hal, [])
    make_in_office.question(plant, title="speaker")
    return plant.hal


def an_answer_came(plant: make.Plant) -> Member:
    question = make_in_office.question(plant)
    in_office.answer_question(question=question, text="In May.", by=plant.bo, at=make.now())
    return plant.eve


def an_answer_is_late(plant: make.Plant) -> Member:
    make_in_office.question(plant, at=make.now() - make.days(60))
    return plant.eve


def an_agreement_of_a_commission_expires(plant: make.Plant) -> Member:
    body = make_agreement.commission(plant)
    today = plant.cooperative.day_of(make.now())
    soon = today + datetime.timedelta(days=9)
    make_agreement.agreement(plant, body=body, old_title="LA-1", old_expires_on=soon)
    return plant.gus


def a_post_is_held(plant: make.Plant) -> Member:
    make.office(plant, Body.objects.get(code="ADM"), "speaker", plant.hal, [])
    return plant.hal


def a_council_answers_late(plant: make.Plant) -> Member:
    make_production.problem(plant, at=make.now() - make.days(60))
    return plant.ida


def a_chair_of_the_day_answers_late(plant: make.Plant) -> Member:
    make_production.problem(plant, at=make.now() - make.days(60))
    named_for(plant.fay, Power.CHAIR, make_production_meetings.in_session(plant).meeting, plant.kim)
    return plant.fay


def a_secretary_of_the_day_signs(plant: make.Plant) -> Member:
    meeting = make.meeting_in_session(plant)
    named_for(plant.eve, Power.RECORD_MINUTES, meeting, plant.bo)
    minutes_to_sign(plant, meeting)
    return plant.eve


def a_member_chosen_signs(plant: make.Plant) -> Member:
    minutes_to_sign(plant, make.meeting_in_session(plant))
    return plant.fay


def somebody_hired_may_ask(plant: make.Plant) -> Member:
    return plant.people["nan"]


def something_agreed_is_due(plant: make.Plant) -> Member:
    meeting = make.meeting_in_session(plant)
    item, today = meeting.items.last(), plant.cooperative.day_of(make.now())
    assert item is not None
    meetings.agree(item=item, text="Tables", owner=plant.hal, due_on=today, by=plant.ana, at=make.now())
    return plant.hal


def a_text_is_amended(plant: make.Plant) -> Member:
    amended(plant, plant.fay)
    return plant.eve


def a_text_taken_over_is_amended(plant: make.Plant) -> Member:
    text = make.supported_motion(plant, clauses=["Six in a hundred."])
    proposals.withdraw(proposal=text, by=plant.eve, at=make.now())
    taken = proposals.take_over(proposal=text, by=plant.hal, at=make.now())
    amended(plant, plant.fay, proposal=taken)
    return plant.hal


def an_amendment_is_amended(plant: make.Plant) -> Member:
    one = amended(plant, plant.fay)
    amended(plant, plant.gus, EIGHT, proposal=one.proposal, amends=one)
    return plant.fay


def a_common_text_waits(plant: make.Plant) -> Member:
    one = amended(plant, plant.fay)
    parts = [one, amended(plant, plant.gus, EIGHT, proposal=one.proposal)]
    seven = [Words(1, "Seven in a hundred.")]
    proposals.propose_common(parts=parts, changes=seven, by=plant.fay, at=make.now())
    return plant.gus


def somebody_says_it_is_solved(plant: make.Plant) -> Member:
    make_production.solved(plant)
    return plant.eve


CONCERNED: tuple[tuple[str, Callable[[], make.Plant], Callable[[make.Plant], Member]], ...] = (
    ("questions", make.plant, a_holder_is_asked_something),
    ("questions", make.plant, an_answer_came),
    ("questions", make.plant, an_answer_is_late),
    ("agreements", make.plant, an_agreement_of_a_commission_expires),
    ("posts", make.plant, a_post_is_held),
    ("late", make_production.plant, a_council_answers_late),
    ("late", make_production_meetings.plant, a_chair_of_the_day_answers_late),
    ("to_sign", make.plant, a_secretary_of_the_day_signs),
    ("to_sign", make.plant, a_member_chosen_signs),
    ("other", make.plant, somebody_hired_may_ask),
    ("reminders", make.plant, something_agreed_is_due),
    ("amendments", make.plant, a_text_is_amended),
    ("amendments", make.plant, a_text_taken_over_is_amended),
    ("amendments", make.plant, an_amendment_is_amended),
    ("amendments", make.plant, a_common_text_waits),
    ("solved", make_production.plant, somebody_says_it_is_solved),
)


@pytest.mark.parametrize(
    ("name", "planted", "happens"), CONCERNED, ids=[one[2].__name__ for one in CONCERNED]
)
def test_whom_it_concerns_is_asked(
    name: str, planted: Callable[[], make.Plant], happens: Callable[[make.Plant], Member]
) -> None:
    who = happens(planted())
    assert_asked(name, who, make.now())


def test_a_draft_of_an_amendment_to_the_budget_is_its_authors() -> None:
    plant = make_budget.plant()
    make_budget.amendment(make_budget.opened(plant), {"E-GAS": 1}, by=plant.hal)
    assert_asked("budget_drafts", plant.hal, make_budget.at(10))


def test_no_list_is_for_some_without_a_source() -> None:
    assert set(WHOM) <= set(LISTS)
