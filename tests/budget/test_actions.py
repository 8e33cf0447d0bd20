"""A budget from its first draft to the year it rules, and what stands in the way of each step."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coop.budget import actions as budget
from coop.budget.models import Actual, Amendment, PartOf, Unmet, Year
from coop.budget.reading import Written
from coop.budget.tables import Table, adopted_hash, continued, running
from coop.charter.models import Bylaws
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make, make_budget
from tests.budget.demo_round import told
from tests.make_budget import CHAIR, admitted, at, voted

State = Amendment.State


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make_budget.plant()


# --- Drawing up -----------------------------------------------------------------------------------------------------


def test_only_who_keeps_the_budget_draws_it_up(plant: make.Plant) -> None:
    with pytest.raises(Refused) as refused:
        budget.begin(cooperative=plant.cooperative, year=at().year, by=plant.eve, at=at())
    assert codes(refused) == ["no-mandate"]


def test_a_budget_of_a_far_year_or_begun_twice_is_refused(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    for number, code in ((year.year, "budget-there-already"), (9999, "budget-year-too-far")):
        with pytest.raises(Refused) as refused:
            budget.begin(cooperative=plant.cooperative, year=number, by=plant.kim, at=at())
        assert codes(refused) == [code]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Written("E-FLR", "OVN", "expense", "Twice", Decimal(1)), "budget-line-twice"),
        (Written("X", "MARS", "expense", "Far", Decimal(1)), "budget-department-unknown"),
        (Written("X", "OVN", "sideways", "Odd", Decimal(1)), "budget-side-unknown"),
        (Written("X", "OVN", "income", "Owed", Decimal(-1)), "amount-negative"),
        (Written("X", "OVN", "income", "Thin", Decimal("0.001")), "amount-hides-a-part"),
        (Written("X", "OVN", "income", "No number", Decimal("NaN")), "amount-not-readable"),
        (Written("X", "OVN", "income", "", Decimal(1)), "budget-line-without-head"),
        (Written("X" * 21, "OVN", "income", "Long", Decimal(1)), "budget-line-too-long"),
        (Written("X", "OVN", "expense", "Two", Decimal(1), is_contingency=True), "budget-contingency-once"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_nothing_is_stored(
    plant: make.Plant, line: Written, code: str
) -> None:
    year = make_budget.draft(plant)
    with pytest.raises(Refused) as refused:
        budget.set_lines(year=year, lines=[*make_budget.written(), line], by=plant.kim, at=at())
    assert codes(refused) == [code]
    assert year.lines.count() == 6


def test_a_draft_comes_out_balanced_and_over_the_floor(plant: make.Plant) -> None:
    days = make_budget.days_of(at(), plant.cooperative)
    for amount, expected in (
        (9_999, ["budget-not-balanced"]),
        (3_000, ["budget-not-balanced", "budget-under-the-floor"]),
    ):
        rows = [(*row[:4], amount if row[0] == "E-RES" else row[4]) for row in make_budget.LINES]
        Year.objects.filter(state="draft").exists() or make_budget.draft(plant)
        year = Year.objects.get()
        budget.set_lines(year=year, lines=make_budget.written(rows), by=plant.kim, at=at())
        with pytest.raises(Refused) as refused:
            budget.publish(year=year, by=plant.kim, at=at(), **days)
        assert codes(refused) == expected


def test_departments_have_their_weeks_and_the_vote_its_year(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    day = plant.cooperative.day_of(at())
    with pytest.raises(Refused) as refused:
        budget.publish(
            year=year,
            amendments_until=day + datetime.timedelta(34),
            conciliation_until=day + datetime.timedelta(43),
            vote_on=datetime.date(9999, 1, 1),
            by=plant.kim,
            at=at(),
        )
    assert codes(refused) == [
        "budget-discussion-too-short", "budget-conciliation-too-short", "budget-vote-too-late",
    ]  # fmt: skip


def test_a_published_line_stays_also_for_postgresql(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    with pytest.raises(Refused) as refused:
        budget.set_lines(year=year, lines=make_budget.written(), by=plant.kim, at=at(1))
    assert codes(refused) == ["budget-not-a-draft"]
    for write in (
        lambda: year.lines.filter(code="E-FLR").update(proposed=1),
        lambda: year.lines.filter(code="E-FLR").update(adopted=1),
        lambda: year.lines.filter(code="E-FLR").delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


# --- Amendments -----------------------------------------------------------------------------------------------------


def test_a_draft_may_be_crooked_and_is_handed_in_straight(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = make_budget.amendment(year, {"E-GAS": 500}, by=plant.eve)
    with pytest.raises(Refused) as refused:
        budget.hand_in(amendment=asked, by=plant.eve, at=at(11))
    assert refused.value.reasons == [("budget-gives-more", {"amount": "500"})]
    assert Amendment.objects.get().state == State.DRAFT
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.update(state=State.SUBMITTED, number=1, submitted_at=at(11))

    budget.rewrite(
        amendment=asked,
        title="Gas",
        moves={"E-GAS": Decimal(500), "E-BAG": Decimal(-500)},
        reasons="",
        proof="",
        revision=0,
        by=plant.eve,
        at=at(11),
    )
    asked = budget.hand_in(amendment=asked, by=plant.eve, at=at(11))
    assert (asked.state, asked.short, asked.title, asked.support_needed) == ("submitted", "A1", "Gas", 2)
    budget.sign(amendment=asked, by=plant.fay, at=at(12))
    assert Amendment.objects.get().state == State.ADMITTED


@pytest.mark.parametrize(
    ("moves", "code"),
    [
        ({"E-RES": -6_001, "E-GAS": 6_001}, "budget-lands-under-the-floor"),
        ({"E-BAG": -20_001, "E-GAS": 20_001}, "budget-lands-under-zero"),
        ({"I-BRD": 500, "E-GAS": 400}, "budget-takes-more"),
        ({}, "budget-amendment-moves-nothing"),
    ],
)
def test_what_breaks_a_line_stays_a_draft(plant: make.Plant, moves: dict[str, int], code: str) -> None:
    year = make_budget.opened(plant)
    asked = make_budget.amendment(year, moves, by=plant.eve)
    with pytest.raises(Refused) as refused:
        budget.hand_in(amendment=asked, by=plant.eve, at=at(11))
    assert codes(refused) == [code]
    assert Amendment.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("moves", "code"),
    [
        ({"E-MOON": 1}, "budget-no-such-line"),
        ({"E-GAS": 0}, "budget-moves-nothing"),
        ({"E-GAS": "0.001"}, "amount-hides-a-part"),
        ({"E-GAS": "NaN"}, "amount-not-readable"),
    ],
)
def test_moves_that_are_none_are_not_kept(plant: make.Plant, moves: dict[str, Any], code: str) -> None:
    year = make_budget.opened(plant)
    with pytest.raises(Refused) as refused:
        make_budget.amendment(year, moves, by=plant.eve)
    assert code in codes(refused)
    assert not Amendment.objects.exists()


def test_who_has_no_vote_and_who_comes_late_does_not_amend(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    moves = {"E-GAS": 500, "E-BAG": -500}
    with pytest.raises(Refused):
        make_budget.amendment(year, moves, by=plant.max)
    with pytest.raises(Refused) as refused:
        make_budget.amendment(year, moves, by=plant.eve, at=at(36))
    assert codes(refused) == ["budget-takes-no-amendments"]
    with pytest.raises(Refused) as refused:
        make_budget.amendment(make_budget.fresh(_adopted(plant, year)), moves, by=plant.eve)
    assert codes(refused) == ["budget-locked"]


def _adopted(plant: make.Plant, year: Year) -> Year:
    return budget.adopt(year=make_budget.put(plant, year), decision="D GA 2026-10", by=CHAIR, at=at(60))


def test_nobody_signs_twice_and_nobody_rewrites_for_another(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = make_budget.handed_in(year, {"E-GAS": 500, "E-BAG": -500}, by=plant.eve)
    with pytest.raises(Refused) as refused:
        budget.sign(amendment=asked, by=plant.eve, at=at(12))
    assert codes(refused) == ["budget-signed-already"]
    with pytest.raises(Refused) as refused:
        budget.withdraw(amendment=asked, by=plant.fay, at=at(12))
    assert codes(refused) == ["budget-draft-of-somebody-else"]


def test_a_body_needs_its_own_decision(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = make_budget.handed_in(
        year, {"E-GAS": 500, "E-BAG": -500}, by=plant.ana, on_behalf_of=plant.assembly
    )
    with pytest.raises(Refused) as refused:
        budget.back(amendment=asked, decision=" ", by=plant.ana, at=at(12))
    assert codes(refused) == ["budget-without-decision"]
    budget.back(amendment=asked, decision="D OVN 2026-3", by=plant.ana, at=at(12))
    asked.refresh_from_db()
    assert (asked.state, asked.backed_by) == (State.ADMITTED, "D OVN 2026-3")


def test_a_common_text_waits_for_both_movers_and_then_replaces(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    one = admitted(plant, year, {"E-GAS": 5_000, "E-RES": -5_000}, by=plant.eve)
    two = admitted(plant, year, {"E-BAG": 4_000, "E-RES": -4_000}, by=plant.gus)
    common = budget.common_text(
        parts=[one, two],
        title="Both, less",
        moves={"E-GAS": Decimal(3_000), "E-BAG": Decimal(3_000), "E-RES": Decimal(-6_000)},
        by=plant.hal,
        at=at(38),
    )
    common = budget.hand_in(amendment=common, by=plant.hal, at=at(38))
    assert common.state == State.SUBMITTED
    first, second = PartOf.objects.order_by("part__number")
    with pytest.raises(Refused):
        budget.agree(part=first, by=plant.gus, at=at(39))
    budget.agree(part=first, by=plant.eve, at=at(39))
    assert Amendment.objects.get(pk=common.pk).state == State.SUBMITTED
    budget.agree(part=second, by=plant.gus, at=at(39))
    assert Amendment.objects.get(pk=common.pk).state == State.ADMITTED

    make_budget.put(plant, year)
    with pytest.raises(Refused) as refused:
        voted(one)
    assert codes(refused) == ["budget-comes-after"]
    voted(common)
    assert set(Amendment.objects.exclude(pk=common.pk).values_list("state", "fell_because", "through")) == {
        ("fallen", "replaced", common.pk)
    }


# --- The vote -------------------------------------------------------------------------------------------------------


def test_money_that_is_gone_bars_and_money_that_returns_lets_in(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    big = admitted(plant, year, {"E-FLR": 5_000, "E-RES": -5_000})
    late = admitted(plant, year, {"E-GAS": 2_000, "E-RES": -2_000})
    back = admitted(plant, year, {"E-BAG": -1_500, "E-RES": 1_500})
    make_budget.put(plant, year)
    voted(big)
    with pytest.raises(Refused) as refused:
        voted(late)
    assert refused.value.reasons == [("budget-money-is-gone", {"line": "E-RES", "amount": "1000"})]
    assert Amendment.objects.get(pk=late.pk).state == State.ADMITTED  # somebody may still bring money back
    budget.move_in_order(amendment=late, before=None, because="It waits for A3.", by=CHAIR, at=at(60))
    assert [place.key for place in Table.of(year).order()] == [back.pk, late.pk]
    voted(back)
    voted(late)
    assert Amendment.objects.filter(state=State.CARRIED).count() == 3


def test_without_money_the_last_one_falls_by_itself(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    big = admitted(plant, year, {"E-FLR": 5_000, "E-RES": -5_000})
    late = admitted(plant, year, {"E-GAS": 2_000, "E-RES": -2_000})
    make_budget.put(plant, year)
    voted(big)
    late.refresh_from_db()
    assert (late.state, late.fell_because) == (State.FALLEN, "source")
    _finish = budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    assert list(Unmet.objects.values_list("title", "amount", "department__code")) == [
        ("More of it", Decimal(2_000), "OVN")
    ]


def test_the_meeting_may_vote_on_a_contrary_one(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    more = admitted(plant, year, {"E-GAS": 3_000, "E-FLR": -3_000})
    less = admitted(plant, year, {"E-GAS": -1_000, "E-BAG": 1_000})
    make_budget.put(plant, year)
    with pytest.raises(Refused):
        budget.want(amendment=less, by=CHAIR, at=at(60))
    voted(more)
    less.refresh_from_db()
    assert (less.state, less.fell_because, less.through) == (State.FALLEN, "contrary", more)
    budget.want(amendment=less, by=CHAIR, at=at(60))
    voted(less)
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    assert year.lines.get(code="E-GAS").adopted == 32_000


def test_the_round_of_the_invented_plant_comes_out_to_the_unit(db: None) -> None:
    plant = make_budget.plant(contingency_floor=50_000, amendment_supporters=1)
    data = told()
    year, asked = make_budget.of_the_demo(plant, data)
    outcome = data["scenario_outcome"]
    results = {one["id"]: one["result"] for one in outcome["results"]}
    for label in outcome["voting_order"]:
        asked[label].refresh_from_db()
        if asked[label].state == State.ADMITTED:
            voted(asked[label], carried=results[label] != "not_carried")
    assert {label: Amendment.objects.get(pk=one.pk).state for label, one in asked.items()} == {
        label: "carried" if result == "carried_as_amended" else result for label, result in results.items()
    }
    year = budget.adopt(year=year, decision="D GA 2026-14", by=CHAIR, at=at(60))

    lines = {line.code: line for line in year.lines.all()}
    assert {code: line.adopted for code, line in lines.items() if line.adopted != line.proposed} == {
        one["code"]: one["final"] for one in outcome["changed_lines"]
    }
    sums = {
        side: sum(line.adopted for line in lines.values() if line.side == side)
        for side in ("income", "expense")
    }
    assert sums == outcome["totals"] == {"income": 47_000_000, "expense": 47_000_000}
    assert lines["E-COM-06"].adopted == 61_000
    assert year.hash == adopted_hash(year)
    # "Returned" next year: what was asked for and not given; what a common text gave is not asked for again.
    assert set(Unmet.objects.values_list("title", flat=True)) == {
        one["title"] for one in data["amendments"] if one["id"] in ("BA-03", "BA-06", "BA-08", "BA-09")
    }
    adopted = Entry.objects.filter(verb="budget-adopted").get()
    assert (adopted.facts["hash"], adopted.facts["expense"]) == (year.hash, "47000000")


def test_a_budget_is_not_adopted_over_open_amendments_nor_twice(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    asked = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500})
    make_budget.put(plant, year)
    with pytest.raises(Refused) as refused:
        budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    assert codes(refused) == ["budget-amendments-wait"]
    voted(asked)
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    for again in (budget.adopt, budget.reject):
        with pytest.raises(Refused) as refused:
            again(year=year, decision="D GA 2026-11", by=CHAIR, at=at(61))
        assert "budget-not-put" in codes(refused)


def test_a_budget_turned_down_goes_on_and_keeps_its_amendments(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    carried = admitted(plant, year, {"E-GAS": 500, "E-BAG": -500}, title="Gas")
    sub = admitted(plant, year, {"E-GAS": 400, "E-BAG": -400}, amends=carried, title="Less gas")
    lost = admitted(plant, year, {"E-FLR": 500, "E-BAG": -500}, title="Flour")
    make_budget.put(plant, year)
    voted(sub)
    voted(carried)
    voted(lost, carried=False)
    year = budget.reject(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(at(60)))
    assert continued(year, plant.cooperative.day_of(at(61)), bylaws) is None  # there was none before

    text = budget.next_text(year=year, by=plant.kim, at=at(61))
    assert (text.label, text.lines.count()) == (f"B {year.year}/2", 6)
    with pytest.raises(Refused):
        budget.next_text(year=year, by=plant.kim, at=at(61))
    budget.publish(year=text, by=plant.kim, at=at(62), **make_budget.days_of(at(62), plant.cooperative))
    kept = Amendment.objects.filter(year=text).order_by("number")
    assert [(one.title, one.state, one.kept_from_id) for one in kept] == [
        ("Gas", State.ADMITTED, carried.pk), ("Less gas", State.ADMITTED, sub.pk),
    ]  # fmt: skip
    assert kept[1].amends == kept[0]
    assert kept[0].moves.get(line__code="E-GAS").amount == 500


# --- The year -------------------------------------------------------------------------------------------------------


def test_after_adoption_money_moves_only_by_a_decision(plant: make.Plant) -> None:
    year = make_budget.adopted(plant)
    lines = {line.code: line for line in year.lines.all()}
    label = make_budget.on_record(plant)

    def move(source: str, target: str, amount: int, decision: str = label) -> None:
        budget.move_money(
            source=lines[source],
            target=lines[target],
            amount=Decimal(amount),
            decision=decision,
            reasons="The oven.",
            by=plant.kim,
            at=at(70),
        )

    for wrong, code in (
        (("E-BAG", "E-GAS", 20_001), "budget-line-has-less"),
        (("E-BAG", "I-BRD", 1), "budget-moved-to-expense"),
        (("E-BAG", "E-BAG", 1), "budget-moved-to-expense"),
        (("E-BAG", "E-GAS", 0), "budget-moves-nothing"),
        (("E-BAG", "E-GAS", 1, ""), "budget-without-decision"),
        (("E-BAG", "E-GAS", 1, "D GA 2019-1"), "budget-decision-not-on-record"),
        (("E-BAG", "E-GAS", 1, "somebody said so"), "budget-decision-not-on-record"),
    ):
        with pytest.raises(Refused) as refused:
            move(*wrong)
        assert codes(refused) == [code]
    move("E-BAG", "E-GAS", 20_000)
    with pytest.raises(Refused):
        move("E-BAG", "E-GAS", 1)
    move("I-CAK", "E-BAG", 700)
    plans = {one.line.code: one.plan for one in running(year)}
    assert plans == {
        "E-BAG": 700, "E-FLR": 60_000, "E-GAS": 50_000, "E-RES": 10_000, "I-BRD": 100_000, "I-CAK": 20_700,
    }  # fmt: skip


def test_months_are_entered_and_corrected_and_nothing_is_lost(plant: make.Plant) -> None:
    year = make_budget.adopted(plant)
    with pytest.raises(Refused) as refused:
        budget.enter_month(year=year, month=1, amounts={}, source="Ledger", by=plant.kim, at=at(70))
    assert codes(refused) == ["budget-not-running"]
    with pytest.raises(Refused) as refused:
        budget.start(year=year, by=plant.kim, at=at(70))
    assert codes(refused) == ["budget-year-not-begun"]
    year = make_budget.running(plant, year)
    when = make_budget.in_year(year, 2)

    def enter(month: int, **amounts: int) -> int:
        return budget.enter_month(
            year=year,
            month=month,
            amounts={code.replace("_", "-"): Decimal(amount) for code, amount in amounts.items()},
            source="Ledger, page 4",
            by=plant.kim,
            at=when,
        )

    for wrong, code in (
        ((13, {"E_GAS": 1}), "budget-no-such-month"),
        ((3, {"E_GAS": 1}), "budget-month-to-come"),
        ((1, {}), "budget-month-without-figures"),
        ((1, {"E_MOON": 1}), "budget-no-such-line"),
        ((1, {"E_GAS": -1}), "amount-negative"),
    ):
        with pytest.raises(Refused) as refused:
            enter(wrong[0], **wrong[1])
        assert codes(refused) == [code]
    assert enter(1, E_GAS=2_500, E_FLR=5_000) == 2
    assert enter(1, E_GAS=2_400, E_FLR=5_000) == 1
    assert enter(2, E_GAS=100) == 1
    spent = {one.line.code: (one.by_month, one.left) for one in running(year) if one.by_month}
    assert spent == {
        "E-GAS": ({1: 2_400, 2: 100}, 27_500),
        "E-FLR": ({1: 5_000}, 55_000),
    }
    assert Actual.objects.filter(line__code="E-GAS", month=1).count() == 2
    with pytest.raises(Refused) as refused:
        budget.close(year=year, by=plant.kim, at=when)
    assert codes(refused) == ["budget-year-not-over"]


def test_last_years_lines_go_on_month_by_month(plant: make.Plant) -> None:
    first = make_budget.running(plant, make_budget.adopted(plant))
    begun = make_budget.in_year(first, 8)
    year = budget.begin(cooperative=plant.cooperative, year=first.year + 1, by=plant.kim, at=begun)
    budget.set_lines(year=year, lines=make_budget.written(), by=plant.kim, at=begun)
    budget.publish(year=year, by=plant.kim, at=begun, **make_budget.days_of(begun, plant.cooperative))
    budget.close_amendments(year=year, by=plant.kim, at=begun + make.days(37))
    budget.put(year=year, by=plant.kim, at=begun + make.days(47))
    year = budget.reject(year=year, decision="D GA 2027-9", by=CHAIR, at=begun + make.days(60))
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(begun))
    new_year = datetime.date(year.year, 1, 1)
    found = continued(year, new_year, bylaws)
    assert found is not None
    assert (found.begins_on, found.days_left) == (new_year, 90)
    assert found.lines["E-GAS"] == 2_500
    later = continued(year, new_year + datetime.timedelta(90), bylaws)
    assert later is not None
    assert later.days_left == 0


def test_what_could_not_be_met_returns_to_the_next_budget(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    lost = admitted(plant, year, {"E-FLR": 500, "E-BAG": -500}, title="Flour")
    make_budget.put(plant, year)
    voted(lost, carried=False)
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))
    following = budget.begin(cooperative=plant.cooperative, year=year.year + 1, by=plant.kim, at=at(61))
    assert [one.title for one in following.returned.all()] == ["Flour"]


def test_what_a_table_asks_does_not_grow_with_amendments_nor_lines(plant: make.Plant) -> None:
    """Conciliation sees all of them at once; so does the hall after every vote."""
    rows = [*make_budget.LINES, *((f"E-{number}", "OVN", "expense", "Thing", 0) for number in range(30))]

    def asked(year: Year) -> int:
        with CaptureQueriesContext(connection) as queries:
            table = Table.of(year)
            table.conflicts(), table.falls(), table.order(), table.with_these(table.changes)
        return len(queries)

    small = make_budget.opened(plant)
    admitted(plant, small, {"E-GAS": 1, "E-BAG": -1})
    large = make_budget.opened(plant, make_budget.written(rows), ahead=2)
    for amount in range(1, 31):
        admitted(plant, large, {"E-GAS": amount, "E-BAG": -amount})
    assert asked(small) == asked(large) == 7
