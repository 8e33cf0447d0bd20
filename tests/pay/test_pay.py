"""A scale that two have signed, a month of slips, and who is refused what."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.models import Mandate, Member
from coop.pay import actions as pay
from coop.pay.models import PayMonth, Slip
from coop.pay.ratio import Line
from coop.pay.rules.months import obstacles_to_entering_month
from coop.pay.rules.scales import NewGrade, NewSupplement, scale_on
from coop.refusals import Refused
from tests import make, make_pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_pay.plant()


# --- The scale --------------------------------------------------------------------------------------------------------


def test_a_scale_holds_from_its_day_with_the_second_signature_until_the_next(plant: make.Plant) -> None:
    first = make_pay.entered(plant)
    assert scale_on(plant.cooperative, make_pay.JUNE) is None
    with pytest.raises(Refused, match="confirm-needs-somebody-else"):
        pay.confirm_scale(scale=first, by=plant.lou, at=make.now())
    with pytest.raises(Refused, match="no-office-that-confirms"):
        pay.confirm_scale(scale=first, by=plant.eve, at=make.now())
    pay.confirm_scale(scale=first, by=plant.bo, at=make.now())
    later = make_pay.scale(plant, valid_from=datetime.date(2026, 5, 1))
    assert scale_on(plant.cooperative, datetime.date(2026, 4, 30)) == first
    assert scale_on(plant.cooperative, datetime.date(2026, 5, 1)) == later
    assert scale_on(plant.cooperative, datetime.date(2024, 3, 1)) is None
    told = Entry.objects.filter(verb__startswith="pay-scale").values_list("verb", flat=True)
    assert sorted(told) == sorted(["pay-scale-entered", "pay-scale-confirmed"] * 2)


def test_what_is_turned_down_stays_legible_and_never_holds(plant: make.Plant) -> None:
    made = make_pay.entered(plant)
    pay.turn_down_scale(scale=made, because="The minutes say 1,910.", by=plant.bo, at=make.now())
    assert scale_on(plant.cooperative, make_pay.JUNE) is None
    with pytest.raises(Refused, match="entry-settled"):
        pay.confirm_scale(scale=made, by=plant.bo, at=make.now())


GRADE = NewGrade("A", "All", Decimal(1900), ("Baker",))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"grades": ()}, "scale-without-grade"),
        ({"grades": (GRADE, GRADE)}, "scale-code-twice"),
        ({"grades": (GRADE, NewGrade("B", "B", Decimal(2000), ("baker",)))}, "job-in-two-grades"),
        ({"grades": (GRADE, NewGrade("B", "B", Decimal("2850.01")))}, "scale-over-ceiling"),
        ({"grades": (NewGrade("A", "A", Decimal("1900.005")),)}, "scale-amount-wrong"),
        ({"grades": (NewGrade("A", "A", Decimal(0)),)}, "scale-amount-wrong"),
        ({"grades": (NewGrade("A", "A", Decimal("Infinity")),)}, "scale-amount-wrong"),
        ({"supplements": (NewSupplement("n", "N", "night"),)}, "supplement-percent-or-amount"),
        ({"supplements": (NewSupplement("n", "N", "tips", Decimal(5)),)}, "supplement-percent-or-amount"),
        ({"supplements": (NewSupplement("n", "N", "night", Decimal(101)),)}, "supplement-percent-wrong"),
        ({"supplements": (NewSupplement("y", "Y", "seniority", Decimal(11)),)}, "seniority-over-bylaws"),
        ({"supplements": (NewSupplement("y", "Y", "seniority", None, Decimal(9)),)}, "seniority-over-bylaws"),
        ({"adopted_on": datetime.date(2099, 1, 1)}, "adopted-in-the-future"),
        ({"valid_from": datetime.date(9999, 12, 31)}, "holds-too-late"),
        ({"valid_from": datetime.date(2024, 1, 1), "adopted_on": datetime.date(2024, 1, 2)}, "holds-before"),
    ],
)
def test_a_scale_is_refused(plant: make.Plant, more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        make_pay.entered(plant, **more)


def test_just_at_the_ceiling_is_within_it(plant: make.Plant) -> None:
    assert make_pay.entered(plant).grades.count() == 3  # 2,850 is 3/2 of 1,900


def test_who_enters(plant: make.Plant) -> None:
    with pytest.raises(Refused, match=r"no-mandate \(power=keep_budget"):
        pay.enter_scale(
            cooperative=plant.cooperative,
            grades=make_pay.GRADES,
            supplements=(),
            adopted_on=make_pay.ADOPTED,
            adopted_by="D GA 2024-3",
            valid_from=make_pay.ADOPTED,
            by=plant.ana,
            at=make.now(),
        )


# --- A month ----------------------------------------------------------------------------------------------------------


def test_a_month_tells_ratios_and_no_amounts(plant: make.Plant) -> None:
    make_pay.scale(plant)
    made = make_pay.month(plant)
    assert (made.people, made.differing, made.number) == (3, 0, 1)
    # Gus comes to 2,280 for a whole month: 6/5 of 1,900. With supplements Fay has 2,375.50.
    assert (made.ratio, made.ratio_with, made.ceiling) == ("6/5", "4751/3800", "3/2")
    assert not made.over
    assert [(one.grade.code, one.people) for one in made.grades.select_related("grade")] == [
        ("A", 2),
        ("B", 1),
    ]
    slip = Slip.objects.get(month=made, member=plant.fay)
    assert {one.supplement.code: one.amount for one in slip.supplements.all()} == {
        "night": Decimal(380),
        "heat": Decimal("95.5"),
    }
    entry = Entry.objects.get(verb="pay-month-entered")
    assert entry.facts == {"entry": 1, "people": 3, "ratio": "6/5", "ceiling": "3/2", "over": False}
    told = json.dumps([one.facts for one in Entry.objects.all()])
    assert not [amount for amount in ("1900", "2280", "1140", "2375", "380") if amount in told]


@pytest.mark.parametrize(("counts", "over"), [(False, False), (True, True)])
def test_supplements_count_as_the_bylaws_say(counts: bool, over: bool) -> None:
    """2,280 and a fifth of it at night are 2,736 of 1,900: more than 1.4 times."""
    plant = make_pay.plant(bylaws={"pay_supplements_count": counts, "pay_ratio": "7/5"})
    make_pay.scale(plant, grades=make_pay.GRADES[:2])
    made = make_pay.month(
        plant, typed=[make_pay.line(plant.eve), make_pay.line(plant.fay, "B", "2280", night="456")]
    )
    assert (made.ratio, made.ratio_with, made.over) == ("6/5", "36/25", over)


def test_who_is_paid_otherwise_than_the_scale_is_counted_and_seen_in_the_ratio(plant: make.Plant) -> None:
    make_pay.scale(plant)
    made = make_pay.month(plant, typed=[make_pay.line(plant.eve), make_pay.line(plant.fay, "C", "3000")])
    assert (made.differing, made.ratio, made.over) == (1, "30/19", True)


def test_a_month_is_entered_again_with_a_reason_and_both_stay(plant: make.Plant) -> None:
    make_pay.scale(plant)
    make_pay.month(plant)
    with pytest.raises(Refused, match="month-again-without-reason"):
        make_pay.month(plant)
    again = make_pay.month(plant, because="Nights of Fay were missing.")
    assert (again.number, PayMonth.objects.count(), Slip.objects.count()) == (2, 2, 6)


def test_elected_people_keep_the_pay_of_their_job(plant: make.Plant) -> None:
    """Ana is secretary and bakes; Lou, who enters this, is elected as well."""
    make_pay.scale(plant)
    Member.objects.filter(pk=plant.ana.pk).update(job="baker")
    for typed, why in (
        (make_pay.line(plant.ana, "A", "1950"), r"office-keeps-pay-of-job .*due=1900.00"),
        (make_pay.line(plant.ana, "A", "1900", "50"), r"office-keeps-pay-of-job .*due=950.00"),
        (make_pay.line(plant.ana, "C", "2850"), r"office-keeps-its-grade .*grade=A"),
        (make_pay.line(plant.lou, "A", "1899.99"), "office-keeps-pay-of-job"),
    ):
        with pytest.raises(Refused, match=why):
            make_pay.month(plant, typed=[typed])
    assert (
        make_pay.month(plant, typed=[make_pay.line(plant.ana), make_pay.line(plant.eve, paid="1950")]).people
        == 2
    )


def test_who_left_office_before_the_month_is_paid_like_everybody(plant: make.Plant) -> None:
    make_pay.scale(plant)
    left = datetime.datetime(2026, 5, 30, 12, tzinfo=datetime.UTC)
    held = Mandate.objects.get(member=plant.bo)
    members.end_mandate(mandate=held, ended="resigned", document="Letter", by=make.FOUNDING, at=left)
    assert make_pay.month(plant, typed=[make_pay.line(plant.bo, paid="1800")]).differing == 1


def test_where_the_bylaws_say_reference_pay() -> None:
    plant = make_pay.plant(bylaws={"office_pay": "reference"})
    make_pay.scale(plant)
    with pytest.raises(Refused, match=r"office-has-reference-pay .*due=0.00"):
        make_pay.month(plant, typed=[make_pay.line(plant.ana)])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (Line(4711, "A", Decimal(1900)), "nobody-of-that-number"),
        (Line(5, "Z", Decimal(1900)), "grade-not-on-scale"),
        (Line(5, "A", Decimal(1900), Decimal(0)), "share-out-of-range"),
        (Line(5, "A", Decimal(1900), Decimal("100.01")), "share-out-of-range"),
        (Line(5, "A", Decimal("1900.001")), "pay-cannot-be"),
        (Line(5, "A", Decimal(-1)), "pay-cannot-be"),
        (Line(5, "A", Decimal("NaN")), "pay-cannot-be"),
        (Line(5, "A", Decimal(10) ** 12), "pay-cannot-be"),
        (Line(5, "A", Decimal(1900), supplements={"night": Decimal("380.01")}), "supplement-too-high"),
        (Line(5, "A", Decimal(1900), supplements={"heat": Decimal(96)}), "supplement-too-high"),
        (Line(5, "A", Decimal(1900), supplements={"tips": Decimal(1)}), "supplement-not-on-scale"),
        (Line(5, "A", Decimal(1900), supplements={"heat": Decimal(-1)}), "supplement-cannot-be"),
    ],
)
def test_a_line_that_cannot_be_stores_nothing(plant: make.Plant, line: Line, why: str) -> None:
    make_pay.scale(plant)
    with pytest.raises(Refused, match=why):
        make_pay.month(plant, typed=[make_pay.line(plant.fay), line])
    assert (PayMonth.objects.count(), Slip.objects.count()) == (0, 0)


def test_of_two_lines_for_one_person_the_second_is_too_much(plant: make.Plant) -> None:
    make_pay.scale(plant)
    with pytest.raises(Refused, match=r"paid-twice \(number=5\)"):
        make_pay.month(plant, typed=[make_pay.line(plant.eve), make_pay.line(plant.eve)])


@pytest.mark.parametrize(
    "of", [datetime.date(1999, 12, 1), datetime.date(9999, 12, 1), datetime.date(1, 1, 1)]
)
def test_months_of_other_centuries_are_refused(plant: make.Plant, of: datetime.date) -> None:
    make_pay.scale(plant)
    with pytest.raises(Refused, match="month-out-of-range"):
        make_pay.month(plant, of=of)


def test_a_month_needs_a_scale_and_people(plant: make.Plant) -> None:
    with pytest.raises(Refused, match=r"no-scale-then \(month=2026-06-01\)"):
        make_pay.month(plant)
    with pytest.raises(Refused, match="month-without-people"):
        make_pay.month(plant, typed=[])


def test_as_many_questions_for_three_as_for_everybody(
    plant: make.Plant, django_assert_num_queries: Any
) -> None:
    make_pay.scale(plant)
    everybody = [make_pay.line(who) for who in plant.people.values()]
    for typed in (make_pay.lines(plant), everybody):
        with django_assert_num_queries(8):
            assert not obstacles_to_entering_month(
                plant.cooperative, make_pay.JUNE, typed, by=plant.lou, at=make.now()
            )


def test_the_reader_of_copies_does_not_see_slips(plant: make.Plant) -> None:
    make_pay.scale(plant)
    make_pay.month(plant)
    for table in ("pay_slip", "pay_slipsupplement"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('coop_reader', %s, 'SELECT')", [table])
            assert cursor.fetchone() == (False,)


def test_nobody_adds_a_slip_later(plant: make.Plant) -> None:
    made_scale = make_pay.scale(plant)
    made = make_pay.month(plant)
    with pytest.raises(DatabaseError, match="all its slips"), transaction.atomic():
        Slip.objects.create(
            month=made, member=plant.hal, grade=made_scale.grades.all()[0], share=100, paid=Decimal(1)
        )
