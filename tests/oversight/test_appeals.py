"""An appeal against a suspension: on the next agenda by itself, decided by the assembly, and no name in the journal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.members import actions as members
from coop.members.models import Power
from coop.oversight import actions as oversight
from coop.oversight.models import Appeal
from coop.refusals import Refused
from tests import make, make_oversight

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def codes(act: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**more)
    return [reason.code for reason in refused.value.reasons]


def decided(plant: make.Plant, choice: str) -> Decision:
    """The assembly votes on a motion, now: Ana and Bo, all of one mind."""
    meeting = make.meeting_in_session(plant)
    item = meeting.items.get(kind="proposal")
    vote = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    for name in ("ana", "bo"):
        make.cast(vote.ballot, plant.people[name], choice)
    return meetings.close_vote(item=item, by=plant.bo, at=make.now())


def test_it_is_on_the_next_agenda_and_the_suspension_is_not_final(plant: make.Plant) -> None:
    draft = make.draft_meeting(plant, starts_at=make.now() + make.days(40))
    made = make_oversight.appeal(plant, plant.eve)
    assert made.label == f"AP {plant.cooperative.day_of(make.now()).year}-1"
    assert draft.items.last().title == f"{made.label}: appeal against a sanction"
    made.standing.refresh_from_db()
    assert (made.standing.appealed_at is not None, made.standing.final_at) == (True, None)
    line = Entry.objects.get(verb="appeal-made")
    assert (line.subject_label, line.facts) == (made.label, {})


def test_once_by_the_person_in_words_and_in_time(plant: make.Plant) -> None:
    standing = make_oversight.suspended(plant, plant.eve)
    say: dict[str, Any] = {"standing": standing, "text": "No.", "by": plant.eve, "at": make.now()}
    assert codes(oversight.make_appeal, **say | {"by": plant.fay}) == ["no-mandate"]
    assert codes(oversight.make_appeal, **say | {"text": " "}) == ["nothing-said"]
    oversight.make_appeal(**say)
    assert codes(oversight.make_appeal, **say) == ["appealed-already"]
    assert Appeal.objects.count() == 1


def test_granted_the_person_is_back_from_today(plant: make.Plant) -> None:
    made = make_oversight.appeal(plant, plant.eve)
    carried = decided(plant, "for")
    act: dict[str, Any] = {"appeal": made, "decision": carried, "lifted": True, "at": make.now()}
    assert codes(oversight.decide_appeal, **act, by=plant.ana) == ["no-mandate"]
    oversight.decide_appeal(**act, by=plant.cy)
    now = plant.eve.standings.get(until=None)
    assert (now.status, now.document) == ("active", carried.label)
    made.refresh_from_db()
    assert (made.state, made.decision) == ("lifted", carried)
    assert codes(oversight.decide_appeal, **act, by=plant.cy)[-1] == "appeal-decided-already"


def test_turned_down_the_suspension_is_final(plant: make.Plant) -> None:
    made = make_oversight.appeal(plant, plant.eve)
    lost = decided(plant, "against")
    act: dict[str, Any] = {"appeal": made, "decision": lost, "by": plant.cy, "at": make.now()}
    assert codes(oversight.decide_appeal, **act, lifted=True) == ["lifted-by-what-was-carried"]
    oversight.decide_appeal(**act, lifted=False)
    made.standing.refresh_from_db()
    assert made.standing.final_at is not None
    assert Entry.objects.get(verb="appeal-turned-down").facts == {"decision": lost.label}


def test_only_what_the_assembly_decided_afterwards_decides_it(plant: make.Plant) -> None:
    before = decided(plant, "for")
    made = make_oversight.appeal(plant, plant.eve)
    act: dict[str, Any] = {"appeal": made, "decision": before, "lifted": True, "by": plant.cy}
    assert codes(oversight.decide_appeal, **act, at=make.now()) == ["appeal-decided-by-the-assembly"]


def test_nobody_writes_down_the_end_of_their_own(plant: make.Plant) -> None:
    made = make_oversight.appeal(plant, plant.eve)
    keeps = [(Power.KEEP_REGISTER, None)]
    make.office(plant, make_oversight.council(plant), "second keeper", plant.eve, keeps)
    act: dict[str, Any] = {
        "appeal": made,
        "decision": decided(plant, "for"),
        "lifted": True,
        "at": make.now(),
    }
    assert codes(oversight.decide_appeal, **act, by=plant.eve) == ["own-suspension"]


def test_it_goes_on_when_the_suspension_is_over(plant: make.Plant) -> None:
    made = make_oversight.appeal(plant, plant.eve)
    day = plant.cooperative.day_of(make.now())
    members.come_back(member=plant.eve, since=day, document="Minute 4", by=plant.cy, at=make.now())
    carried = decided(plant, "for")
    oversight.decide_appeal(appeal=made, decision=carried, lifted=True, by=plant.cy, at=make.now())
    assert plant.eve.standings.get(until=None).document == "Minute 4"
    assert Appeal.objects.get().state == "lifted"


def test_the_assembly_has_its_days_to_decide() -> None:
    plant = make.plant(bylaws={"appeal_decided_days": 20})
    made = make_oversight.appeal(plant, plant.eve)
    last = plant.cooperative.day_of(make.now()) + make.days(20)
    assert (made.due_on, made.owed and made.owed.due_on) == (last, last)
    page = make.sign_in(Client(), plant.cy).get(f"/bakery/appeals/{made.pk}/").content.decode()
    assert "The assembly decides by" in page
    Appeal.objects.filter(pk=made.pk).update(state="open")
    assert "the assembly is late with it" not in page
