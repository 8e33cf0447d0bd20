"""Powers come with a mandate and end with it, to the microsecond; no seat has two holders, whoever asks."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase

from coop.journal.models import Entry
from coop.members import actions
from coop.members.alternates import next_alternate
from coop.members.models import Body, Mandate, Member, Office, OfficePower, Power, Seat
from coop.members.powers import Powers, obstacles_without, powers_of
from coop.members.rules import obstacles_to_mandate
from coop.refusals import Refused
from tests import make

NOON = datetime.datetime(2026, 5, 4, 15, tzinfo=datetime.UTC)
TICK = datetime.timedelta(microseconds=1)
YEAR = datetime.timedelta(days=365)


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


@pytest.fixture
def office(plant: make.Plant) -> Office:
    """Treasurer, one full seat and one alternate."""
    return actions.create_office(
        body=Body.objects.get(code="ADM"),
        title="treasurer",
        powers=[(Power.KEEP_BUDGET, None)],
        seats=[(False, None, None), (True, None, None)],
        by=make.FOUNDING,
        at=NOON,
    )


def seat(office: Office, *, alternate: bool = False) -> Seat:
    return office.seats.get(alternate=alternate)


def begin(where: Seat, who: Member, **more: Any) -> Mandate:
    facts: dict[str, Any] = {
        "since": NOON,
        "until": NOON + YEAR,
        "begun": Mandate.Begun.ELECTED,
        "document": "Count 7",
        "by": make.FOUNDING,
        "at": NOON,
    }
    return actions.begin_mandate(seat=where, member=who, **(facts | more))


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}")


# --- In force -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        (NOON - TICK, False),
        (NOON, True),
        (NOON + YEAR - TICK, True),
        (NOON + YEAR, False),
    ],
)
def test_powers_begin_and_end_with_the_mandate(
    plant: make.Plant, office: Office, moment: datetime.datetime, held: bool
) -> None:
    begin(seat(office), plant.eve)
    assert powers_of(plant.eve, moment).has(Power.KEEP_BUDGET) is held


def test_a_mandate_without_an_end_goes_on(plant: make.Plant, office: Office) -> None:
    begin(seat(office), plant.eve, until=None)
    assert powers_of(plant.eve, NOON + 40 * YEAR).has(Power.KEEP_BUDGET)


def test_an_alternate_has_no_powers_before_moving_up(plant: make.Plant, office: Office) -> None:
    begin(seat(office, alternate=True), plant.eve)
    assert powers_of(plant.eve, NOON) == Powers()
    begin(seat(office), plant.eve)
    assert powers_of(plant.eve, NOON).held == {("keep_budget", None)}


def test_a_power_over_one_body_is_none_over_another(plant: make.Plant) -> None:
    council = Body.objects.get(code="ADM")
    assert powers_of(plant.ana, NOON).has(Power.CONVENE, plant.assembly)
    assert powers_of(plant.ana, NOON).has(Power.CONVENE)
    assert not powers_of(plant.ana, NOON).has(Power.CONVENE, council)
    assert powers_of(plant.cy, NOON).has(Power.KEEP_REGISTER, council)  # held everywhere
    (reason,) = obstacles_without(Power.CONVENE, by=plant.ana, at=NOON, body=council)
    assert (reason.code, reason.params) == (
        "no-mandate",
        {"power": "convene", "body": "Administrative council"},
    )


def test_powers_of_another_holder_of_the_same_office_do_not_count(plant: make.Plant) -> None:
    """Both conditions on one mandate: in force, and this member's."""
    office = actions.create_office(
        body=Body.objects.get(code="ADM"),
        title="teller",
        powers=[(Power.RUN_ELECTIONS, None)],
        seats=[(False, None, None), (False, None, None)],
        by=make.FOUNDING,
        at=NOON,
    )
    one, two = office.seats.all()
    begin(one, plant.eve, until=NOON + TICK)
    begin(two, plant.fay)
    assert not powers_of(plant.eve, NOON + TICK).has(Power.RUN_ELECTIONS)
    assert powers_of(plant.fay, NOON + TICK).has(Power.RUN_ELECTIONS)


def test_reading_powers_takes_one_query(plant: make.Plant) -> None:
    with TestCase().assertNumQueries(1):
        powers = powers_of(plant.ana, NOON)
    assert powers.any_of([Power.CHAIR, Power.RECORD_MINUTES], plant.assembly)
    assert not powers.any_of([], plant.assembly)


# --- Beginning, confirming, ending ------------------------------------------------------------------------------


def test_entered_by_hand_it_counts_once_a_second_office_holder_has_signed(
    plant: make.Plant, office: Office
) -> None:
    mandate = begin(seat(office), plant.eve, entered_by=plant.ana, by=plant.ana.actor)
    assert not powers_of(plant.eve, NOON).has(Power.KEEP_BUDGET)
    for who, code in (
        (plant.ana, "confirm-needs-somebody-else"),
        (plant.eve, "confirm-needs-somebody-else"),
        (plant.gus, "no-office"),
    ):
        with refused(code):
            actions.confirm_mandate(mandate=mandate, by=who, at=NOON)
    actions.confirm_mandate(mandate=mandate, by=plant.bo, at=NOON)
    assert powers_of(plant.eve, NOON).has(Power.KEEP_BUDGET)
    with refused("mandate-already-settled"):
        actions.confirm_mandate(mandate=mandate, by=plant.cy, at=NOON)
    assert list(Entry.objects.order_by("-sequence").values_list("verb", "actor_name")[:2]) == [
        ("mandate-confirmed", "Bo"),
        ("mandate-entered", "Ana"),
    ]


def test_ended_the_powers_are_gone_that_moment_and_the_seat_is_free(
    plant: make.Plant, office: Office
) -> None:
    mandate = begin(seat(office), plant.eve)
    actions.end_mandate(
        mandate=mandate,
        ended=Mandate.Ended.RECALLED,
        document="Count 9",
        by=make.FOUNDING,
        at=NOON + 2 * TICK,
    )
    assert powers_of(plant.eve, NOON + TICK).has(Power.KEEP_BUDGET)
    assert not powers_of(plant.eve, NOON + 2 * TICK).has(Power.KEEP_BUDGET)
    begin(seat(office), plant.fay, since=NOON + 2 * TICK)
    assert powers_of(plant.fay, NOON + 2 * TICK).has(Power.KEEP_BUDGET)


def test_what_is_over_does_not_end_again(plant: make.Plant, office: Office) -> None:
    """It did, and so a mandate that was long over came back to life until that second end."""
    mandate = begin(seat(office), plant.eve)
    for at in (NOON + YEAR, NOON + 3 * YEAR):
        with refused("mandate-over-already"):
            actions.end_mandate(
                mandate=mandate, ended=Mandate.Ended.RESIGNED, document="Letter", by=make.FOUNDING, at=at
            )
    mandate.refresh_from_db()
    assert (mandate.until, mandate.ended) == (NOON + YEAR, "")


def test_one_that_ends_before_it_began_never_begins_and_holds_no_seat(
    plant: make.Plant, office: Office
) -> None:
    """It was an error of the database in the face of whoever tried."""
    mandate = begin(seat(office), plant.eve, since=NOON + TICK)
    actions.end_mandate(
        mandate=mandate, ended=Mandate.Ended.REFUSED, document="Letter", by=make.FOUNDING, at=NOON
    )
    assert not powers_of(plant.eve, NOON + TICK).has(Power.KEEP_BUDGET)
    assert (
        obstacles_to_mandate(seat(office), plant.fay, since=NOON, until=None, document="Count 8", at=NOON)
        == []
    )
    begin(seat(office), plant.fay)


@pytest.mark.parametrize(
    ("since", "until", "codes"),
    [
        (NOON - YEAR, NOON, []),
        (NOON + YEAR, None, []),
        (NOON - YEAR, NOON + TICK, ["seat-taken"]),
        (NOON + YEAR - TICK, None, ["seat-taken"]),
        (NOON + TICK, NOON + 2 * TICK, ["seat-taken"]),
        (NOON - YEAR, None, ["seat-taken"]),
        (NOON - YEAR, NOON - YEAR, ["ends-before-it-begins"]),
    ],
)
def test_a_seat_has_one_holder_at_a_time(
    plant: make.Plant,
    office: Office,
    since: datetime.datetime,
    until: datetime.datetime | None,
    codes: list[str],
) -> None:
    """The rule and PostgreSQL agree; an empty time is refused by the rule alone."""
    begin(seat(office), plant.eve)
    found = obstacles_to_mandate(
        seat(office), plant.fay, since=since, until=until, document="Count 8", at=NOON
    )
    assert [reason.code for reason in found] == codes
    row = Mandate(
        seat=seat(office), member=plant.fay, since=since, until=until, begun="elected", document="Count 8"
    )
    if codes == ["seat-taken"]:
        with pytest.raises(IntegrityError, match="one_holder_per_seat"), transaction.atomic():
            row.save(force_insert=True)
    else:
        row.save(force_insert=True)


def test_a_mandate_needs_a_document_and_somebody_of_the_house(plant: make.Plant, office: Office) -> None:
    stranger = make.plant("mill").eve
    found = obstacles_to_mandate(seat(office), stranger, since=NOON, until=None, document=" \n ", at=NOON)
    assert [reason.code for reason in found] == ["no-document", "not-of-this-cooperative"]


def test_who_has_a_successor_may_still_end_before_that_day(plant: make.Plant, office: Office) -> None:
    """And not on a later day, and not twice."""
    mandate = begin(seat(office), plant.eve)
    successor = NOON + make.days(30)
    ended = {"document": "Count 8", "by": make.FOUNDING}
    actions.end_mandate(mandate=mandate, ended=Mandate.Ended.REPLACED, until=successor, at=NOON, **ended)
    with pytest.raises(IntegrityError, match="never changes so"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(ended="recalled", until=successor + TICK)
    with pytest.raises(IntegrityError, match="never changes so"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(ended="", until=NOON + TICK)
    early = NOON + make.days(10)
    actions.end_mandate(mandate=mandate, ended=Mandate.Ended.RECALLED, at=early, **ended)
    mandate.refresh_from_db()
    assert (mandate.ended, mandate.until) == ("recalled", early)
    with refused("mandate-over-already"):
        actions.end_mandate(mandate=mandate, ended=Mandate.Ended.RESIGNED, at=NOON, **ended)
    with pytest.raises(IntegrityError, match="never changes so"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(until=NOON + TICK)


def test_nobody_holds_an_office_beyond_its_term(plant: make.Plant, office: Office) -> None:
    """A month more is what books count from assembly to assembly."""
    Office.objects.filter(pk=office.pk).update(term_months=12)
    place = Seat.objects.select_related("office__body").get(pk=seat(office).pk)
    for until in (None, NOON + YEAR + make.days(32)):
        with refused("longer-than-its-term"):
            begin(place, plant.eve, until=until)
    assert begin(place, plant.eve, until=NOON + YEAR + make.days(31)).until is not None


def test_who_has_gone_or_was_recalled_is_not_seated(plant: make.Plant, office: Office) -> None:
    """Also not under a date of the past, nor as an alternate who would move up."""
    Office.objects.filter(pk=office.pk).update(term_months=12)
    place = Seat.objects.select_related("office__body").get(pk=seat(office).pk)
    held = begin(place, plant.eve)
    begin(seat(office, alternate=True), plant.eve)
    recalled = NOON + make.days(100)
    actions.end_mandate(
        mandate=held, ended=Mandate.Ended.RECALLED, document="RC 1", by=make.FOUNDING, at=recalled
    )
    assert next_alternate(place, recalled) is None
    other = make.office(plant, place.office.body, "deputy", plant.fay, []).seats.get()
    actions.end_mandate(
        mandate=other.mandates.get(), ended="resigned", document="x", by=make.FOUNDING, at=recalled
    )
    for since in (recalled, NOON + YEAR - make.days(1)):
        with refused("barred-after-recall"):
            begin(other, plant.eve, since=since, until=None, at=recalled)
    with refused("barred-after-recall"):
        begin(place, plant.eve, since=recalled + TICK, until=NOON + YEAR, at=recalled + make.days(1))
    assert begin(other, plant.eve, since=NOON + YEAR, until=None, at=recalled).member == plant.eve
    actions.leave(member=plant.fay, since=recalled.date(), by=plant.cy, at=recalled)
    with refused("standing-does-not-allow"):
        begin(place, plant.fay, since=recalled, until=NOON + YEAR, at=recalled)


# --- What PostgreSQL refuses, by the name of the constraint -----------------------------------------------------


def test_the_database_refuses_what_the_rules_should_have(plant: make.Plant, office: Office) -> None:
    facts: dict[str, Any] = {"seat": seat(office), "member": plant.eve, "since": NOON, "begun": "elected"}
    wrong = {
        "mandate_cites_a_document": Mandate(**facts, document=""),
        "mandate_ends_after_it_begins": Mandate(**facts, document="x", until=NOON - TICK),
        "mandate_confirmed_by_somebody_else": Mandate(
            **facts, document="x", entered_by=plant.ana, confirmed_by=plant.ana
        ),
        "office_title_once_in_body": Office(body=office.body, title="treasurer"),
        "office_power_once": OfficePower(office=office, power=Power.KEEP_BUDGET),
        "seat_number_once_in_office": Seat(office=office, number=1),
        "seat_number_positive": Seat(office=office, number=0),
        "body_code_once": Body(
            cooperative=plant.cooperative, code="ADM", name="x", kind="commission", composition="mandate"
        ),
        "body_of_a_department_names_it": Body(
            cooperative=plant.cooperative, code="X", name="x", kind="commission", composition="department"
        ),
        "body_of_a_crew_names_it": Body(
            cooperative=plant.cooperative, code="X", name="x", kind="commission", composition="crew"
        ),
    }
    for constraint, row in wrong.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save(force_insert=True)
