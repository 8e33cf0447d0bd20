"""A vote that ended by the clock ended at its hour, however late somebody looks; the year of its number too."""

import datetime

import pytest

from coop.ballots import actions as ballots
from coop.decisions import actions as decisions
from coop.decisions.models import Decision
from coop.decisions.rules import tie_rule_of
from coop.members.models import Body
from coop.proposals import actions as proposals
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime.datetime(2027, 1, 1, 3, tzinfo=datetime.UTC)  # midnight in Buenos Aires


def vote_outside_a_meeting(plant: make.Plant, **more: object) -> Decision:
    """Open from 20 to 31 December 2026, for everybody on the register."""
    opened = NEW_YEAR - make.days(12)
    motion = make.supported_motion(plant, at=opened, **more)
    motion = proposals.table(proposal=motion, by=plant.ana.actor, at=opened)
    register = ballots.draw_register(
        body=plant.assembly, closes_on=opened.date(), by=plant.ana.actor, at=opened
    )
    return decisions.put_to_the_vote(
        proposal=motion,
        register=register,
        present=None,
        closes_at=NEW_YEAR - datetime.timedelta(minutes=1),
        by=plant.ana.actor,
        at=opened,
    )


def test_a_late_look_changes_neither_the_hour_nor_the_year() -> None:
    decision = vote_outside_a_meeting(make.plant())
    looked = NEW_YEAR + make.days(3)
    ballot = ballots.latch(ballot=decision.ballot, at=looked)
    assert ballot.closed_at == ballot.closes_at
    settled = decisions.settle(decision=decision, by=make.FOUNDING, at=looked)
    assert (settled.label, settled.decided_at) == ("D GA 2026-1", looked)


def test_a_majority_of_those_present_needs_a_meeting() -> None:
    with pytest.raises(Refused, match="base-needs-a-meeting"):
        vote_outside_a_meeting(make.plant(), matter="statute")


def test_assemblies_and_councils_have_tie_rules_of_their_own() -> None:
    plant = make.plant(bylaws={"tie_rule": "lot", "tie_rule_council": "chair_decides"})
    assert vote_outside_a_meeting(plant).ballot.tie_rule == "lot"
    council = Body.objects.get(cooperative=plant.cooperative, code="ADM")
    assert tie_rule_of(council, plant.cooperative.bylaws.get()) == "chair_decides"
