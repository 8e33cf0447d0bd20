"""What binds the house: one signature up to the limit of the bylaws, two of different offices over it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from coop.in_office import actions
from coop.in_office.models import Commitment
from coop.in_office.rules.commitments import offices_that_sign, to_the_same, waits_for
from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.models import Mandate
from coop.refusals import Refused
from tests import make
from tests.make_in_office import office
from tests.make_signatures import commitment, limited, today

pytestmark = pytest.mark.django_db
State = Commitment.State


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.mark.parametrize(
    ("limit", "amount", "state"),
    [(0, "999999", "signed"), (1000, "1000", "signed"), (1000, "1000.01", "waiting")],
)
def test_two_sign_over_the_limit_of_the_day(plant: make.Plant, limit: int, amount: str, state: str) -> None:
    if limit:
        limited(plant, limit)
    found = commitment(plant, amount)
    assert (found.state, found.over, found.label) == (state, limit, f"PC {today(plant).year}-1")
    assert Entry.objects.filter(
        verb="commitment-signed" if state == "signed" else "commitment-entered"
    ).exists()


def test_the_second_is_another_person_in_another_office(plant: make.Plant) -> None:
    limited(plant)
    found = commitment(plant)
    president, secretary = office(plant), office(plant, "secretary")
    with pytest.raises(Refused, match="second-is-somebody-else"):
        actions.sign_second(commitment=found, office=secretary, by=plant.ana, at=make.now())
    with pytest.raises(Refused, match="office-does-not-sign"):
        actions.sign_second(commitment=found, office=president, by=plant.eve, at=make.now())
    with pytest.raises(Refused, match="office-does-not-sign"):  # who audits signs nothing
        actions.sign_second(commitment=found, office=office(plant, "auditor"), by=plant.dee, at=make.now())
    assert list(waits_for(plant.bo, make.now())) == [found]
    assert list(waits_for(plant.ana, make.now())) == []
    signed = actions.sign_second(commitment=found, office=president, by=plant.bo, at=make.now())
    assert (signed.state, signed.second_by, signed.second_office) == ("signed", plant.bo, president)
    with pytest.raises(Refused, match="commitment-settled"):
        actions.sign_second(commitment=found, office=president, by=plant.bo, at=make.now())


def test_whoever_holds_the_same_office_is_no_second(plant: make.Plant) -> None:
    limited(plant)
    second_seat = members.create_office(
        body=office(plant).body, title="x", powers=[], by=make.FOUNDING, at=make.now()
    ).seats.get()
    secretary = office(plant, "secretary")
    type(second_seat).objects.create(office=secretary, number=2)
    members.begin_mandate(
        seat=secretary.seats.get(number=2),
        member=plant.fay,
        since=make.FOUNDED,
        until=None,
        begun=Mandate.Begun.FOUNDING,
        document="Founding act",
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    with pytest.raises(Refused, match="second-is-another-office"):
        actions.sign_second(commitment=commitment(plant), office=secretary, by=plant.fay, at=make.now())


def test_it_is_turned_down_with_a_reason_or_taken_back(plant: make.Plant) -> None:
    limited(plant)
    one, other = commitment(plant), commitment(plant, title="Another")
    for by, because, code in (
        (plant.bo, " ", "no-reason-given"),
        (plant.eve, "No.", "second-signs-in-another-office"),
    ):
        with pytest.raises(Refused, match=code):
            actions.turn_down_commitment(commitment=one, because=because, by=by, at=make.now())
    actions.turn_down_commitment(commitment=one, because="Twice the price.", by=plant.bo, at=make.now())
    actions.turn_down_commitment(commitment=other, because="Mistyped.", by=plant.ana, at=make.now())
    one.refresh_from_db()
    assert (one.state, one.refused_because, one.refused_by) == ("refused", "Twice the price.", plant.bo)
    with pytest.raises(Refused, match="commitment-settled"):
        actions.sign_second(commitment=one, office=office(plant), by=plant.bo, at=make.now())


def test_a_deputy_signs_and_who_is_away_does_not(plant: make.Plant) -> None:
    now = make.now()
    held = {one.member_id: one for one in Mandate.objects.all()}
    members.name_deputy(
        mandate=held[plant.ana.pk],
        through=held[plant.cy.pk],
        since=now,
        until=now + make.days(3),
        by=plant.ana,
        at=now,
    )
    secretary = office(plant, "secretary")
    with pytest.raises(Refused, match="office-does-not-sign"):
        commitment(plant, at=now)
    found = commitment(plant, by=plant.cy, at=now)
    assert (found.office, found.signed_by) == (secretary, plant.cy)
    assert list(offices_that_sign(plant.ana, now)) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": "0"}, "commitment-of-nothing"),
        ({"amount": "-5"}, "commitment-of-nothing"),
        ({"amount": "1e13"}, "amount-too-large"),
        ({"title": " "}, "commitment-without-words"),
        ({"because": ""}, "commitment-without-words"),
    ],
)
def test_signing_first_is_refused(plant: make.Plant, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        commitment(plant, **more)
    assert not Commitment.objects.exists()


def test_what_is_cut_into_small_ones_stands_beside_each_other(plant: make.Plant) -> None:
    limited(plant)
    one, other = commitment(plant, "900"), commitment(plant, "900", party="GAS DEL PUERTO")
    assert (to_the_same(one), to_the_same(other)) == ([], [one])


# --- PostgreSQL keeps it, whoever passes the rules --------------------------------------------------------------------


def written(plant: make.Plant, **more: Any) -> Commitment:
    now = make.now()
    facts: dict[str, Any] = {
        "cooperative": plant.cooperative,
        "year": 2026,
        "number": 900,
        "kind": "payment",
        "title": "Gas",
        "party": "Gas",
        "because": "So.",
        "amount": Decimal(5000),
        "over": Decimal(1000),
        "office": office(plant, "secretary"),
        "signed_by": plant.ana,
        "signed_at": now,
        "signed_on": today(plant),
        "state": State.WAITING,
    }
    with transaction.atomic():
        return Commitment.objects.create(**(facts | more))


@pytest.mark.parametrize(
    "more",
    [
        {"state": State.SIGNED},  # over the limit with one signature
        {"over": Decimal(0), "state": State.SIGNED},  # a limit that is not that of the bylaws
        {"over": Decimal(9000), "state": State.SIGNED},
        {"signed_by": "eve"},  # holds no office
        {"signed_by": "bo"},  # holds another
        {"office": "auditor", "signed_by": "dee"},  # an office that watches
    ],
)
def test_the_database_refuses_what_the_bylaws_do_not_allow(plant: make.Plant, more: dict[str, Any]) -> None:
    limited(plant)
    if "signed_by" in more:
        more = more | {"signed_by": plant.people[more["signed_by"]]}
    if "office" in more:
        more = more | {"office": office(plant, more["office"])}
    with pytest.raises((IntegrityError, InternalError)):
        written(plant, **more)


def test_the_database_asks_the_second_for_another_office_held_in_that_moment(plant: make.Plant) -> None:
    limited(plant)
    found = written(plant)
    held = {"second_at": make.now(), "state": State.SIGNED}
    for second in (
        {"second_by": plant.bo, "second_office": office(plant, "secretary")},
        {"second_by": plant.ana, "second_office": office(plant)},
        {"second_by": plant.eve, "second_office": office(plant)},
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Commitment.objects.filter(pk=found.pk).update(**held, **second)
    Commitment.objects.filter(pk=found.pk).update(**held, second_by=plant.bo, second_office=office(plant))
