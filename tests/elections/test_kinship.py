"""Kin of office-holders do not audit, and the other way round; who says it, and what takes it back."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.charter.models import Bylaws
from coop.elections import actions as elections
from coop.elections.models import Contest, Kinship
from coop.elections.rules.candidatures import obstacles_to_standing
from coop.elections.rules.kinship import obstacles_in_kinship
from coop.members.models import Body, Office
from coop.refusals import Refused
from tests import make, make_elections, make_offices, make_proclaimed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_offices.plant()


def codes(plant: make.Plant, who: str, office: Office) -> list[str]:
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    found = obstacles_in_kinship(plant.people[who], office, begins=make.now(), bylaws=bylaws)
    return [str(one) for one in found]


def declared(plant: make.Plant, who: str, relative: str, degree: int = 2) -> Kinship:
    return elections.declare_kin(
        relative=plant.people[relative], degree=degree, by=plant.people[who], at=make.now()
    )


def test_kin_of_who_holds_an_office_does_not_audit(plant: make.Plant) -> None:
    """Pia coordinates; to the second degree it bars Sol from auditing, and from nothing else."""
    audits = make_proclaimed.board(plant, kind=Body.Kind.OVERSIGHT, seats=1)
    other = make_proclaimed.board(plant)
    assert codes(plant, "sol", audits) == []
    made = declared(plant, "sol", "pia")
    told = "kin-and-audit (name=Pia, office=coordinator of packing, degree=2)"
    assert (codes(plant, "sol", audits), codes(plant, "sol", other)) == ([told], [])
    elections.take_kin_back(kinship=made, by=plant.people["pia"], at=make.now())
    assert codes(plant, "sol", audits) == []
    declared(plant, "pia", "sol", degree=3)
    assert codes(plant, "sol", audits) == []  # the bylaws ask to the second degree


def test_while_kin_audits_nobody_is_elected(plant: make.Plant) -> None:
    """Asked when somebody stands; an alternate is in nobody's way."""
    audits = make_proclaimed.board(plant, kind=Body.Kind.OVERSIGHT, seats=1)
    make_offices.hold(audits.seats.get(), plant.people["tita"])
    declared(plant, "uma", "tita", degree=1)
    office = make_offices.office(plant)
    assert len(codes(plant, "uma", office)) == 1
    declared(plant, "sol", "quin")
    assert codes(plant, "sol", audits) == []


def test_kin_do_not_stand_while_one_of_them_audits(plant: make.Plant) -> None:
    """Asked where somebody comes forward, signs, or is put on the list: of Sol, whose kin Tita audits from a day on
    before those elected begin. Said afterwards it keeps Sol off the list; taken back it lets Sol on."""
    audits = make_proclaimed.board(plant, kind=Body.Kind.OVERSIGHT, seats=1)
    made = declared(plant, "sol", "tita", degree=1)
    election = make_elections.called(
        plant, make_offices.office(plant), by=plant.gus, at=make.now() - make.days(1), vote_in=50
    )
    contest, sol = election.contests.get(), plant.people["sol"]
    assert standing(plant, contest, "sol") == []
    make_offices.hold(audits.seats.get(), plant.people["tita"])
    told = ["kin-and-audit (name=Tita, office=member of the board of oversight, degree=1)"]
    assert (standing(plant, contest, "sol"), standing(plant, contest, "uma")) == (told, [])
    with pytest.raises(Refused, match="kin-and-audit"):
        elections.nominate(contest=contest, member=sol, by=sol, at=make.now())
    elections.take_kin_back(kinship=made, by=sol, at=make.now())
    stands = elections.nominate(contest=contest, member=sol, by=sol, at=make.now())
    again = declared(plant, "tita", "sol", degree=2)
    with pytest.raises(Refused, match="kin-and-audit"):
        elections.admit_candidature(candidature=stands, by=plant.gus, at=make.now())
    elections.take_kin_back(kinship=again, by=plant.people["tita"], at=make.now())
    assert elections.admit_candidature(candidature=stands, by=plant.gus, at=make.now()).state == "admitted"


def standing(plant: make.Plant, contest: Contest, who: str) -> list[str]:
    return [str(one) for one in obstacles_to_standing(contest, plant.people[who])]


def test_said_once_by_one_of_the_two(plant: make.Plant) -> None:
    made = declared(plant, "sol", "pia")
    assert made.first_id < made.second_id
    with pytest.raises(Refused, match=r"kin-declared-already \(name=Sol\)"):
        declared(plant, "pia", "sol")
    with pytest.raises(Refused, match="kin-of-oneself"):
        declared(plant, "sol", "sol")
    with pytest.raises(Refused, match="no-such-degree"):
        declared(plant, "sol", "uma", degree=5)
    with pytest.raises(Refused, match="not-your-kin"):
        elections.take_kin_back(kinship=made, by=plant.people["uma"], at=make.now())
    elections.take_kin_back(kinship=made, by=plant.people["sol"], at=make.now())
    with pytest.raises(Refused, match="kin-taken-back"):
        elections.take_kin_back(kinship=made, by=plant.people["sol"], at=make.now())


def test_on_its_page(client: Client, plant: make.Plant) -> None:
    make.sign_in(client, plant.people["sol"])
    at = "/bakery/offices/mine/kin/"
    assert client.get(at).status_code == 200
    assert client.post(at, {"person": "", "degree": "9"}).status_code == 422
    sent = {"person": str(plant.people["pia"].number), "degree": "2"}
    assert client.post(at, sent).status_code == 302
    assert client.post(at, sent).status_code == 409
    made = Kinship.objects.get()
    assert "Pia" in client.get(at).content.decode()
    make.sign_in(client, plant.people["uma"])
    assert client.post(f"{at}{made.pk}/take-back/").status_code == 404
    make.sign_in(client, plant.people["pia"])
    assert client.post(f"{at}{made.pk}/take-back/").status_code == 302
    assert client.post(f"{at}{made.pk}/take-back/").status_code == 409
