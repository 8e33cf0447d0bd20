"""Recalls many at once: two are filed, one signature is given eight times, and the holder resigns during the count."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Urn
from coop.elections import actions as elections
from coop.elections.actions import recalls
from coop.elections.models import Petition, Resignation
from coop.members.models import Mandate
from tests import make, make_offices, make_paper
from tests.races.race import one_after_the_other, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")

State = Petition.State


def test_of_two_petitions_at_once_one_runs_and_one_is_joined() -> None:
    plant = make_offices.plant()
    held = make_offices.mandate(plant.people["pia"])

    def file(who: str) -> Callable[[], Petition]:
        return lambda: elections.file_petition(
            mandate=held, reasons=f"Says {who}.", by=plant.people[who], at=make.now()
        )

    names = ("rita", "sol", "tita", "uma")
    assert refusals(race([file(who) for who in names])) == []
    found = {one.state: one for one in Petition.objects.all()}
    assert sorted(one.state for one in Petition.objects.all()) == [State.COLLECTING, *[State.JOINED] * 3]
    assert set(Petition.objects.filter(state=State.JOINED).values_list("joined_to", flat=True)) == {
        found[State.COLLECTING].pk
    }
    assert sorted(one.number for one in Petition.objects.all()) == [1, 2, 3, 4]


def test_one_signature_is_one_line_however_often_it_is_pressed() -> None:
    plant = make_offices.plant()
    petition = make_offices.petition(plant)
    sol = plant.people["sol"]
    pressed = race([lambda: elections.sign(petition=petition, by=sol, at=make.now())] * 8)
    assert refusals(pressed) == ["signed-already"] * 7
    assert petition.signatures.count() == 2


# --- Resigning while the recall is counted ---------------------------------------------------------------------------


@dataclass
class Voted:
    """Three of four say yes on paper; what is left is to close, to count, or that Pia resigns. Her request came in
    before all of it, so by its own hour nothing is closed."""

    plant: make.Plant
    petition: Petition
    ballot: Ballot
    box: Urn
    before: datetime.datetime

    def close(self) -> None:
        make_paper.end(self.plant, self.ballot, self.box)

    def count(self) -> None:
        make_paper.agreed(self.plant, self.ballot, self.box, make_paper.motion(3, 1))
        elections.count_up(ballot=self.ballot, by=self.plant.gus, at=make.now())

    def resign(self) -> None:
        pia = self.plant.people["pia"]
        elections.resign(mandate=self.petition.mandate, by=pia, at=self.before)

    @property
    def ends(self) -> tuple[str, str, str, int]:
        """How the mandate ended, where petition and vote stand, and how many resignations there are."""
        found = Petition.objects.select_related("mandate", "ballot").get()
        assert found.ballot is not None
        return found.mandate.ended, found.state, found.ballot.state, Resignation.objects.count()


def voted() -> Voted:
    plant = make_offices.plant()
    petition = make_offices.admitted(plant)
    ballot = ballots.start(ballot=make_offices.called(plant, petition), by=plant.hal, at=make.now())
    make_paper.name_tellers(plant, ballot)
    (box,) = make_paper.open_boxes(plant, ballot, "Gate")
    make_paper.give(plant, box, "rita", "sol", "tita", "uma")
    return Voted(plant, petition, ballot, box, make.now())


def test_who_resigns_while_the_vote_closes_is_told_that_it_is_counted() -> None:
    made = voted()
    assert refusals(one_after_the_other(made.close, made.resign)) == ["recall-is-counted"]
    made.count()
    assert made.ends == ("recalled", State.PASSED, "counted", 0)
    assert Mandate.objects.filter(begun="moved_up").count() == 1


def test_a_control_that_does_not_hold_the_vote_lets_a_closed_one_be_thrown_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = voted()
    monkeypatch.setattr(recalls, "hold", lambda petition: petition.ballot)
    assert refusals(one_after_the_other(made.close, made.resign)) == []
    assert made.ends == ("resigned_recall", State.LAPSED, "annulled", 1)


def test_who_resigns_during_the_count_is_recalled_and_nothing_else() -> None:
    made = voted()
    made.close()
    assert len(refusals(one_after_the_other(made.count, made.resign))) == 1
    assert made.ends == ("recalled", State.PASSED, "counted", 0)


def test_who_resigned_before_it_closes_is_not_recalled_as_well() -> None:
    made = voted()
    results = one_after_the_other(made.resign, made.close)
    assert len(refusals(results)) == 1
    assert made.ends == ("resigned_recall", State.LAPSED, "annulled", 1)
    assert Mandate.objects.filter(begun="moved_up").count() == 1
