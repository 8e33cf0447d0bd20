"""A carried plan is the plan, carried prices are the prices, in the transaction that settles the vote (C14, C15)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from coop.ballots import actions as ballots
from coop.charter.actions import adopt_bylaws
from coop.decisions.models import Decision
from coop.journal.models import Entry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.production.models import PlanLine, Price, PriceList, Product
from coop.production.planned import years_of
from coop.production.prices import Four
from coop.proposals import actions as proposals
from coop.proposals.actions.floor import write_plan, write_prices, write_technique
from coop.proposals.amending import Words
from coop.proposals.floor_words import Monthly, Way
from coop.proposals.models import PlanAsked, Proposal
from coop.refusals import Refused
from tests import make, make_selling

pytestmark = pytest.mark.django_db

DEARER = Four(Decimal("80"), Decimal("85"), Decimal("110"), Decimal("120"))
NOW = (
    "LOAF Bread loaf, for one kg: cost 80.00 UC, other plants of workers 85.00 UC, market 110.00 UC,"
    " supporters 120.00 UC."
)
SO_FAR = "So far: cost 71.50 UC, other plants of workers 78.00 UC, market 104.00 UC, supporters 116.00 UC."
ELECTRIC = (
    "1. Electric oven\nCost, and where the money comes from: 120,000 on credit\nJobs: One more person\n"
    "Safety and health: Less heat\nTraining: Five days"
)
UNDER = DEARER._replace(peer=Decimal("70"))


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def codes(act: Any, **facts: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(at=make.now(), **facts)
    return [reason.code for reason in refusal.value.reasons]


def item_of(plant: make.Plant, draft: Proposal) -> AgendaItem:
    proposals.publish(proposal=draft, by=draft.author, at=make.now())
    for who in (plant.ida, plant.jo):
        proposals.support(proposal=draft, by=who, at=make.now())
    draft.refresh_from_db()
    return make.meeting_in_session(plant, motions=[draft]).items.get(proposal=draft)


def voted(plant: make.Plant, item: AgendaItem, *, no: int = 0) -> Decision:
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    for number, name in enumerate(make.NAMES[:8]):
        make.cast(decision.ballot, plant.people[name.lower()], "against" if number < no else "for")
    return meetings.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.bo, at=make.now())


def next_year(plant: make.Plant) -> int:
    return make_selling.today(plant).year + 1


def plan_of(plant: make.Plant, loaf: Product, target: int = 420, **more: Any) -> Proposal:
    more.setdefault("year", next_year(plant))
    figures = {loaf: Monthly(Decimal(target), Decimal(500))}
    return write_plan(title="Plan", figures=figures, by=plant.eve, at=make.now(), **more)


def prices_of(plant: make.Plant, loaf: Product, four: Four = DEARER, **more: Any) -> Proposal:
    return write_prices(title="Prices", prices={loaf: four}, by=plant.eve, at=make.now(), **more)


# --- The plan of a year ----------------------------------------------------------------------------------------------


def test_a_carried_plan_is_the_plan(plant: make.Plant) -> None:
    loaf = make_selling.product(plant)
    draft = plan_of(plant, loaf)
    year = next_year(plant)
    assert [one.text for one in draft.clauses.all()] == [
        f"LOAF Bread loaf: 420 kg a month, from January {year} on. The machines can do 500 kg.",
        "If it is decided later, it holds from the month of the decision.",
    ]
    decision = voted(plant, item_of(plant, draft))
    line = PlanLine.objects.get()
    assert (line.decision, line.voted, line.confirmed_by, line.entered_by) == (
        decision.label,
        True,
        None,
        plant.eve,
    )
    assert line.confirmed_at == decision.decided_at
    assert [one.target for one in years_of([loaf], year)[0].months] == [Decimal(420)] * 12
    told = Entry.objects.get(verb="plan-voted")
    assert told.facts == {"decision": decision.label, "number": 1}


def test_a_plan_that_falls_sets_nothing(plant: make.Plant) -> None:
    voted(plant, item_of(plant, plan_of(plant, make_selling.product(plant))), no=8)
    assert not PlanLine.objects.exists()


def test_a_later_vote_takes_the_place_of_what_stood(plant: make.Plant) -> None:
    loaf, year = make_selling.product(plant), next_year(plant)
    voted(plant, item_of(plant, plan_of(plant, loaf)))
    voted(plant, item_of(plant, plan_of(plant, loaf, 300, from_month=3)))
    voted(plant, item_of(plant, plan_of(plant, loaf, 360)))
    assert [one.target for one in years_of([loaf], year)[0].months] == [Decimal(360)] * 12
    assert PlanLine.objects.filter(replaced_at=None).count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"year": 2020}, "year-out-of-range"),
        ({"from_month": 13}, "no-such-month"),
        ({"target": -1}, "output-below-zero"),
    ],
)
def test_a_plan_that_could_not_be_is_not_written(plant: make.Plant, more: dict[str, Any], code: str) -> None:
    loaf = make_selling.product(plant)
    with pytest.raises(Refused) as refusal:
        plan_of(plant, loaf, **more)
    assert code in [reason.code for reason in refusal.value.reasons]


def test_nobody_amends_its_figures(plant: make.Plant) -> None:
    draft = plan_of(plant, make_selling.product(plant))
    item_of(plant, draft)
    assert codes(proposals.submit, proposal=draft, changes=[Words(1, "More.")], by=plant.ida) == [
        "values-not-amended"
    ]


def test_a_council_sets_no_plan(plant: make.Plant) -> None:
    from coop.decisions.effects import obstacles_to_effect
    from coop.members.models import Body

    draft = plan_of(plant, make_selling.product(plant))
    council = Body.objects.get(cooperative=plant.cooperative, code="ADM")
    assert [one.code for one in obstacles_to_effect(draft, council, make.now())] == ["assembly-alone"]


def test_postgresql_keeps_a_voted_line_to_what_was_carried(plant: make.Plant) -> None:
    loaf = make_selling.product(plant)
    draft = plan_of(plant, loaf)
    facts: dict[str, Any] = {
        "cooperative": plant.cooperative,
        "product": loaf,
        "year": next_year(plant),
        "target": Decimal(420),
        "capacity": Decimal(500),
        "decision": "D GA 2026-99",
        "voted": True,
        "entered_by": plant.eve,
        "entered_at": make.now(),
        "entered_on": make_selling.today(plant),
        "confirmed_at": make.now(),
    }
    with pytest.raises(DatabaseError, match="asked for and carried"), transaction.atomic():
        PlanLine.objects.create(**facts)
    decision = voted(plant, item_of(plant, draft))
    with pytest.raises(DatabaseError, match="asked for and carried"), transaction.atomic():
        PlanLine.objects.create(**facts | {"confirmed_at": decision.decided_at, "target": 421, "year": 2031})


def test_figures_stand_with_the_draft_and_stay(plant: make.Plant) -> None:
    loaf = make_selling.product(plant)
    draft = plan_of(plant, loaf)
    other = make_selling.product(plant, "ROLL")
    proposals.publish(proposal=draft, by=plant.eve, at=make.now())
    with pytest.raises(DatabaseError, match="a draft of their kind"), transaction.atomic():
        PlanAsked.objects.create(
            proposal=draft, number=2, product=other, year=next_year(plant), from_month=1, target=1
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_planasked SET target = 1")


# --- Prices ----------------------------------------------------------------------------------------------------------


def test_carried_prices_hold_and_those_before_end(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    draft = prices_of(plant, loaf)
    assert [one.text for one in draft.clauses.all()] == [
        f"{NOW}\n{SO_FAR}",
        "These prices hold from the day of the decision.",
    ]
    decision = voted(plant, item_of(plant, draft))
    today = make_selling.today(plant)
    made = PriceList.objects.get(voted=True)
    assert (made.decision, made.since, made.confirmed_by, made.waits) == (decision.label, today, None, False)
    held = list(Price.objects.order_by("since").values_list("market", "until"))
    assert held == [(Decimal("104"), today), (Decimal("110"), None)]


def test_prices_of_a_day_to_come_begin_on_it(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    day = make_selling.today(plant) + datetime.timedelta(days=40)
    voted(plant, item_of(plant, prices_of(plant, loaf, since=day)))
    assert PriceList.objects.get(voted=True).since == day


def test_after_a_list_that_was_set_for_later_they_begin_the_day_after_it(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant, days_ago=0)
    voted(plant, item_of(plant, prices_of(plant, loaf)))
    tomorrow = make_selling.today(plant) + datetime.timedelta(days=1)
    assert PriceList.objects.get(voted=True).since == tomorrow


def test_a_price_under_cost_is_asked_for_in_words_and_allowed_by_the_vote(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    with pytest.raises(Refused) as refusal:
        prices_of(plant, loaf, UNDER)
    assert [one.code for one in refusal.value.reasons] == ["price-under-cost"]
    draft = prices_of(plant, loaf, UNDER, under_cost=True)
    assert "pay less than it costs" in draft.clauses.first().text  # type: ignore[union-attr]
    decision = voted(plant, item_of(plant, draft))
    assert Price.objects.get(price_list__voted=True).below_cost_by == decision.label


def test_a_limit_of_the_bylaws_that_was_lowered_meanwhile_stops_the_vote(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    item = item_of(plant, prices_of(plant, loaf))
    adopt_bylaws(
        cooperative=plant.cooperative,
        valid_from=make_selling.today(plant),
        adopted_by="D GA 2026-3",
        changes={"support_price_percent": 5},
        by=plant.ana.actor,
        at=make.now(),
    )
    assert codes(meetings.open_vote, item=item, by=plant.bo) == ["support-price-too-high"]


def test_postgresql_keeps_voted_prices_to_what_was_carried(plant: make.Plant) -> None:
    loaf = make_selling.product(plant)
    now = make.now()
    made = PriceList.objects.create(
        cooperative=plant.cooperative,
        decision="D GA 2026-99",
        since=make_selling.today(plant),
        voted=True,
        entered_by=plant.eve,
        entered_at=now,
        entered_on=make_selling.today(plant),
    )
    with pytest.raises(DatabaseError, match="asked for and carried"), transaction.atomic():
        Price.objects.create(price_list=made, product=loaf, support_percent=12, **DEARER._asdict())


# --- A choice of technique -------------------------------------------------------------------------------------------

OVENS = [
    Way("Gas oven", "90,000 out of the fund", "Nobody loses work", "Gas alarm", "Two days"),
    Way("Electric oven", "120,000 on credit", "One more person", "Less heat", "Five days"),
    Way("Mend the old one", "20,000", "As it is", "Smoke stays", "None"),
]


def ovens(plant: make.Plant) -> Proposal:
    return write_technique(
        title="The oven",
        ways=OVENS,
        took_part="Ida and Jo, bakers; Gus",
        by=plant.eve,
        at=make.now(),
    )


def ranked(plant: make.Plant, decision: Decision, answers: list[str]) -> None:
    for name, answer in zip(make.NAMES, answers, strict=False):
        who = plant.people[name.lower()]
        form = f"{who.pk:032x}"
        ballots.cast(ballot=decision.ballot, answers={1: "for", 2: answer}, form=form, by=who, at=make.now())


def test_the_vote_offers_the_options_and_the_chosen_one_stands(plant: make.Plant) -> None:
    item = item_of(plant, ovens(plant))
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    asked = decision.ballot.questions.get(number=2)
    labels = {one.code: one.label for one in asked.options.all()}
    assert labels == {"1": "Gas oven", "2": "Electric oven", "3": "Mend the old one", "blank": ""}
    ranked(plant, decision, ["2>1>3"] * 5 + ["3>2>1"] * 3)
    settled = meetings.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.bo, at=make.now())
    assert settled.outcome == "carried"
    assert settled.adopted_text.split("\n\n")[1:] == [
        ELECTRIC,
        "2. Who took part in the study: Ida and Jo, bakers; Gus",
    ]


@pytest.mark.parametrize(
    ("ways", "took_part", "code"),
    [
        (OVENS[:1], "Ida", "options-out-of-range"),
        ([OVENS[0], OVENS[0]], "Ida", "option-twice"),
        ([OVENS[0], OVENS[1]._replace(training=" ")], "Ida", "option-leaves-out"),
        (OVENS, " ", "study-by-nobody"),
    ],
)
def test_a_choice_that_leaves_something_out_is_not_written(
    plant: make.Plant, ways: list[Way], took_part: str, code: str
) -> None:
    found = codes(write_technique, title="The oven", ways=ways, took_part=took_part, by=plant.eve)
    assert found == [code]
