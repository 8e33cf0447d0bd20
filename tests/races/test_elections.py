"""Elections many at once: one person is put forward six times; somebody comes forward while the list is posted."""

from __future__ import annotations

import datetime

import pytest

from coop.elections import actions as elections
from coop.elections.actions import elections as whole
from coop.elections.models import Candidature, CandidatureSignature, Contest, Election
from tests import make, make_elections, make_offices
from tests.races.race import one_after_the_other, race, refusals

pytestmark = pytest.mark.usefixtures("committed_db")

DAY = datetime.timedelta(days=1)


def called(plant: make.Plant, *, ago: int = 1) -> Contest:
    office = make_offices.office(plant)
    at = make.now() - ago * DAY
    return make_elections.called(plant, office, by=plant.gus, at=at, vote_in=46 - ago).contests.get()


def test_one_person_is_put_forward_once_and_signed_for_once() -> None:
    plant = make_offices.plant()
    contest, sol, uma = called(plant), plant.people["sol"], plant.people["uma"]
    put = race([lambda: elections.nominate(contest=contest, member=sol, by=uma, at=make.now())] * 6)
    assert refusals(put) == ["stands-already"] * 5
    found = Candidature.objects.get()
    tita = plant.people["tita"]
    signed = race([lambda: elections.support_candidature(candidature=found, by=tita, at=make.now())] * 6)
    assert refusals(signed) == ["signed-already"] * 5
    assert CandidatureSignature.objects.count() == 2


def test_two_of_the_commission_decide_one_candidature_once() -> None:
    plant = make_offices.plant()
    contest = called(plant)
    (sol,) = make_elections.forward(contest.election, plant.people["sol"], at=make.now())
    decided = race(
        [
            lambda: elections.admit_candidature(candidature=sol, by=plant.gus, at=make.now()),
            lambda: elections.refuse_candidature(candidature=sol, because="No.", by=plant.hal, at=make.now()),
        ]
    )
    assert refusals(decided) == ["candidature-decided"]


def posting(plant: make.Plant) -> tuple[Election, list[object]]:
    """The list is posted while somebody, whose request came in on the last day, comes forward."""
    contest = called(plant, ago=40)
    election, sol = contest.election, plant.people["sol"]
    then = make.now() - 38 * DAY
    results = one_after_the_other(
        lambda: elections.post_candidates(election=election, by=plant.gus, at=make.now()),
        lambda: elections.nominate(contest=contest, member=sol, by=sol, at=then),
    )
    return election, results


def test_nobody_comes_forward_while_the_list_is_posted() -> None:
    _election, results = posting(make_offices.plant())
    assert refusals(results) == ["candidatures-closed"]
    assert not Candidature.objects.exists()


def test_a_control_that_does_not_hold_the_election_lets_somebody_in_behind_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "locked", lambda election: Election.objects.get(pk=election.pk))
    election, results = posting(make_offices.plant())
    assert refusals(results) == []
    assert Election.objects.get(pk=election.pk).state == Election.State.OBJECTIONS
    assert Candidature.objects.get().state == "accepted"  # accepted, and on no list
