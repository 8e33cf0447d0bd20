"""A vote of one department or crew, on the register of the whole plant."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked
from coop.ballots.models import Ballot, Question, RollEntry
from coop.members.models import Crew, Department
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    """The twelve of the ovens, crew A; beside them Pia and Quin pack, Quin at night."""
    made = make.plant()
    make_votes.commission(made)
    packing = Department.objects.get(cooperative=made.cooperative, code="PAC")
    for number, (name, crew) in enumerate((("Pia", "A"), ("Quin", "B")), 30):
        at_work = Crew.objects.get(cooperative=made.cooperative, code=crew)
        made.people[name.lower()] = make.member(made.cooperative, number, name, packing, at_work)
    return made


def voters(ballot: Ballot) -> set[str]:
    return set(RollEntry.objects.filter(ballot=ballot).values_list("member__name", flat=True))


@pytest.mark.parametrize(
    ("place", "who"),
    [
        ({"department": "PAC"}, {"Pia", "Quin"}),
        ({"crew": "B"}, {"Quin"}),
        ({"department": "PAC", "crew": "A"}, {"Pia"}),
    ],
)
def test_only_the_constituency_votes(plant: make.Plant, place: dict[str, str], who: set[str]) -> None:
    ballot = make_votes.drawn_up(plant, **place)
    assert (ballot.register.people, ballot.people) == (14, len(who))
    ballot = ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    assert (voters(ballot), ballot.roll_size, ballot.people) == (who, len(who), len(who))
    with pytest.raises(Refused, match="not-on-the-roll"):
        make.cast(ballot, plant.ana)
    make.cast(ballot, plant.people[min(who).lower()])
    ballot = ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    tally = ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())[0]
    assert (tally.register, tally.present, ballot.present) == (len(who), len(who), len(who))


def test_a_place_without_voters_opens_no_vote(plant: make.Plant) -> None:
    with pytest.raises(Refused, match="register-empty"):
        make_votes.opened(plant, department="QLA")


def test_the_next_round_is_of_the_same_people(plant: make.Plant) -> None:
    asked = make_votes.election(plant, "pia", "quin", method=Question.Method.PLURALITY)
    ballot = make_votes.opened(plant, [asked], department="PAC")
    for voter in ("pia", "quin"):
        ballots.cast(
            ballot=ballot,
            answers={1: voter},
            form=f"{plant.people[voter].pk:032x}",
            by=plant.people[voter],
            at=make.now(),
        )
    ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    assert ballots.count(ballot=ballot, by=plant.hal.actor, at=make.now())[0].outcome == "second_round"
    again = ballots.next_round(ballot=ballot, title="Run-off", closes_at=None, by=plant.gus, at=make.now())
    assert (again.department, again.people) == ("PAC", 2)


@pytest.mark.parametrize("change", ["department = 'OVN'", "crew = 'B'"])
def test_the_constituency_of_an_open_vote_stays(plant: make.Plant, change: str) -> None:
    ballot = make_votes.opened(plant, [Asked("Shall it be?")], department="PAC")
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE ballots_ballot SET {change} WHERE id = %s", [ballot.pk])


def test_no_vote_opens_for_others_than_its_constituency(plant: make.Plant) -> None:
    ballot = make_votes.drawn_up(plant, department="PAC")
    with pytest.raises(IntegrityError, match="constituency"), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(state="open", opened_at=make.now(), roll_size=14)
