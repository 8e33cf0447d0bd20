"""Mandates from the book: entered by one, confirmed or turned down by another, never dated ahead."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import Body, Mandate, Member, Office, Power
from coop.members.powers import CONFIRMS, Powers, powers_of
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def treasury(plant: make.Plant) -> Office:
    body = Body.objects.select_related("cooperative__chain").get(cooperative=plant.cooperative, code="ADM")
    return actions.create_office(
        body=body,
        title="treasurer",
        powers=[(Power.KEEP_BUDGET, None)],
        by=make.FOUNDING,
        at=make.FOUNDED,
    )


def carried_over(plant: make.Plant, **more: object) -> Mandate:
    facts: dict[str, object] = {
        "seat": more.pop("seat", None) or treasury(plant).seats.get(),
        "member": plant.eve,
        "since": make.now() - make.days(400),
        "until": None,
        "document": "Book of minutes 3, page 41",
        "by": plant.cy,
        "at": make.now(),
    }
    return actions.carry_over_mandate(**{**facts, **more})  # type: ignore[arg-type]


def test_it_waits_for_a_second_person_and_counts_from_then_on(plant: make.Plant) -> None:
    mandate = carried_over(plant)
    assert (mandate.begun, mandate.entered_by, mandate.confirmed_at) == ("carried_over", plant.cy, None)
    assert not powers_of(plant.eve, make.now()).held
    actions.confirm_mandate(mandate=mandate, by=plant.ana, at=make.now())
    assert powers_of(plant.eve, make.now()).has(Power.KEEP_BUDGET)


@pytest.mark.parametrize("who", ["cy", "ana"])
def test_the_keeper_of_the_register_and_the_secretary_may_enter(plant: make.Plant, who: str) -> None:
    assert carried_over(plant, by=plant.people[who]).entered_by == plant.people[who]


@pytest.mark.parametrize("who", ["bo", "dee", "eve"])
def test_others_may_not(plant: make.Plant, who: str) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        carried_over(plant, by=plant.people[who])
    assert not Mandate.objects.filter(begun="carried_over").exists()


def test_what_has_not_begun_or_began_before_joining_is_refused(plant: make.Plant) -> None:
    seat = treasury(plant).seats.get()
    now = make.now()
    with pytest.raises(Refused, match="still-to-come"):
        carried_over(plant, seat=seat, since=now + make.days(1), at=now)
    with pytest.raises(Refused, match="before-joining"):
        carried_over(plant, seat=seat, since=make.FOUNDED - make.days(1))
    with pytest.raises(Refused, match="no-document"):
        carried_over(plant, seat=seat, document="  ")


def test_nobody_of_another_plant_enters_or_is_entered(plant: make.Plant) -> None:
    other = make.plant("quarry")
    seat = treasury(plant).seats.get()
    with pytest.raises(Refused, match="not-of-this-cooperative"):
        carried_over(plant, seat=seat, member=other.eve)


def office_of(plant: make.Plant, power: Power, who: Member) -> Member:
    body = Body.objects.get(cooperative=plant.cooperative, code="ADM")
    make.office(plant, body, f"only {power}", who, [(power, None)])
    return who


@pytest.mark.parametrize("power", list(Power))
def test_only_some_offices_confirm(plant: make.Plant, power: Power) -> None:
    mandate = carried_over(plant)
    second = office_of(plant, power, plant.kim)
    if power in CONFIRMS:
        actions.confirm_mandate(mandate=mandate, by=second, at=make.now())
        return
    with pytest.raises(Refused, match="no-office-that-confirms"):
        actions.confirm_mandate(mandate=mandate, by=second, at=make.now())


def test_neither_money_nor_oversight_nor_haste_confirms() -> None:
    left = {Power.KEEP_BUDGET, Power.AUDIT, Power.DECIDE_URGENT}
    assert set(Power) - CONFIRMS == left
    assert not Powers(frozenset((power.value, None) for power in left)).confirms


def test_turned_down_it_never_counted_and_its_seat_is_free(plant: make.Plant) -> None:
    mandate = carried_over(plant)
    actions.turn_down_mandate(mandate=mandate, because="The page names Fay.", by=plant.ana, at=make.now())
    mandate.refresh_from_db()
    assert (mandate.ended, mandate.until) == ("refused", mandate.since)
    assert Entry.objects.latest("sequence").facts == {"because": "The page names Fay."}
    again = carried_over(plant, seat=mandate.seat, member=plant.fay)
    assert again.since < make.now()
    with pytest.raises(Refused, match="mandate-already-settled"):
        actions.confirm_mandate(mandate=mandate, by=plant.ana, at=make.now())


def test_who_entered_it_may_take_it_back_but_nobody_else_without_the_office(plant: make.Plant) -> None:
    mandate = carried_over(plant)
    with pytest.raises(Refused, match="confirm-needs-somebody-else"):  # Eve is the one it is about
        actions.turn_down_mandate(mandate=mandate, because="No.", by=plant.eve, at=make.now())
    with pytest.raises(Refused, match="no-reason-given"):
        actions.turn_down_mandate(mandate=mandate, because=" ", by=plant.cy, at=make.now())
    with pytest.raises(Refused, match=r"words-too-long \(most=200\)"):
        actions.turn_down_mandate(mandate=mandate, because="x" * 201, by=plant.cy, at=make.now())
    actions.turn_down_mandate(mandate=mandate, because="Wrong line.", by=plant.cy, at=make.now())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(minutes=st.integers(min_value=-(10**6), max_value=10**6))
def test_nothing_carried_over_is_dated_after_its_entry(plant: make.Plant, minutes: int) -> None:
    """Around the moment of entering: it is entered exactly when it has begun, and otherwise nothing is stored."""
    now = make.now()
    since = now + datetime.timedelta(minutes=minutes)
    with transaction.atomic():
        refused: list[str] = []
        try:
            carried_over(plant, since=since, at=now)
        except Refused as refusal:
            refused = [reason.code for reason in refusal.reasons]
        assert refused == (["still-to-come"] if minutes > 0 else [])
        stored = list(Mandate.objects.filter(begun="carried_over").values_list("since", flat=True))
        assert stored == ([] if minutes > 0 else [since])
        transaction.set_rollback(True)
