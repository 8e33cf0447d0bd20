"""Acceptance on paper: entered by one of the commission, read by a second, and only then accepted."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.elections import actions as elections
from coop.elections.models import Candidature, PaperAcceptance
from coop.refusals import Refused
from tests import make, make_offices
from tests.elections.test_elections import DAY, called

pytestmark = pytest.mark.django_db
State = PaperAcceptance.State


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def named(plant: make.Plant, who: str = "sol") -> Candidature:
    """Put forward by Rita, on the day after the call."""
    at = make.now() - 40 * DAY
    election = called(plant, at=make.now() - 44 * DAY)
    rita = plant.people["rita"]
    return elections.nominate(contest=election.contests.get(), member=plant.people[who], by=rita, at=at)


def entered(plant: make.Plant, found: Candidature) -> PaperAcceptance:
    return elections.enter_acceptance(
        candidature=found, statement="Dry ovens.", kin="none", by=plant.gus, at=make.now()
    )


def test_two_read_it_and_the_candidate_has_accepted(plant: make.Plant) -> None:
    found = named(plant)
    sheet = entered(plant, found)
    found.refresh_from_db()
    assert (found.state, sheet.state) == (Candidature.State.NOMINATED, State.WAITING)
    with pytest.raises(Refused, match="acceptance-read-by-another"):
        elections.read_acceptance(sheet=sheet, says_so=True, by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="no-mandate"):
        elections.read_acceptance(sheet=sheet, says_so=True, by=plant.ana, at=make.now())
    sheet = elections.read_acceptance(sheet=sheet, says_so=True, by=plant.hal, at=make.now())
    found.refresh_from_db()
    assert (found.state, found.statement, found.kin) == (Candidature.State.ACCEPTED, "Dry ovens.", "none")
    assert (sheet.state, sheet.read_by) == (State.CONFIRMED, plant.hal)
    with pytest.raises(Refused, match="acceptance-sheet-read"):
        elections.read_acceptance(sheet=sheet, says_so=False, because="No.", by=plant.ida, at=make.now())


def test_a_sheet_that_does_not_say_so_stays_on_record(plant: make.Plant) -> None:
    found = named(plant)
    sheet = entered(plant, found)
    with pytest.raises(Refused, match="no-reason-given"):
        elections.read_acceptance(sheet=sheet, says_so=False, by=plant.hal, at=make.now())
    sheet = elections.read_acceptance(
        sheet=sheet, says_so=False, because="Another office.", by=plant.hal, at=make.now()
    )
    found.refresh_from_db()
    assert (found.state, sheet.because) == (Candidature.State.NOMINATED, "Another office.")
    assert entered(plant, found).state == State.WAITING  # the right one


def test_the_list_is_not_posted_over_an_unread_sheet(plant: make.Plant) -> None:
    found = named(plant)
    entered(plant, found)
    with pytest.raises(Refused, match=r"acceptance-sheet-waits \(name=Sol\)"):
        entered(plant, found)
    with pytest.raises(Refused, match=r"acceptance-sheet-waits \(name=Sol\)"):
        elections.post_candidates(election=found.contest.election, by=plant.gus, at=make.now())


def test_who_cannot_stand_cannot_accept_on_paper(plant: make.Plant) -> None:
    with pytest.raises(Refused, match="stands-where-it-is-elected"):
        entered(plant, named(plant, "ana"))


def test_on_its_page(client: Client, plant: make.Plant) -> None:
    found = named(plant)
    at = f"/bakery/candidatures/{found.pk}/acceptance/"
    make.sign_in(client, plant.people["sol"])
    assert client.get(at).status_code == 404
    make.sign_in(client, plant.gus)
    assert at in client.get(f"/bakery/candidatures/{found.pk}/").content.decode()
    assert client.post(at, {"statement": "Dry ovens.", "kin": ""}).status_code == 422
    assert client.post(at, {"statement": "Dry ovens.", "kin": "none"}).status_code == 302
    assert "You entered it." in client.get(at).content.decode()
    assert client.post(at, {"because": "", "yes": "1"}).status_code == 409
    make.sign_in(client, plant.hal)
    assert "Dry ovens." in client.get(at).content.decode()
    assert client.post(at, {"because": "", "no": "1"}).status_code == 409
    assert client.post(at, {"because": "", "yes": "1"}).status_code == 302
    found.refresh_from_db()
    assert found.state == Candidature.State.ACCEPTED
