"""Choosing projects inside a fund: set aside, put forward, checked, voted, counted, bound on the line and paid."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.budget import actions as budget
from coop.budget.funds import commitments, set_aside_on
from coop.budget.models import Fund, Line, Project, ProjectCheck
from coop.decisions import actions as decisions
from coop.journal.models import Entry
from coop.members.models import Body
from coop.proposals.wording import clauses_in
from coop.refusals import Refused
from tests import make, make_budget, make_funds
from tests.make_funds import cast, checked, closed, count, drawn_up, opened, put_forward, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_funds.plant()


def codes(act: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**given)
    return [reason.code for reason in no.value.reasons]


def early() -> datetime.datetime:
    return make.now() - make.days(make_funds.DAYS - 1)


# --- Setting up -----------------------------------------------------------------------------------------------------


def test_a_fund_is_money_of_a_line_and_nothing_else(plant: make.Plant) -> None:
    fund = set_up(plant)
    assert (fund.label, str(fund.state), set_aside_on(fund.line)) == (
        f"F {fund.year.year}-1",
        "open",
        Decimal(10_000),
    )
    told = Entry.objects.latest("pk")
    assert (told.verb, told.facts["amount"], told.facts["line"]) == ("fund-set-up", "10000", "E-BAG")
    second = set_up(plant, fund.year)
    assert (second.number, set_aside_on(fund.line)) == (2, Decimal(20_000))
    refused = codes(lambda **_: set_up(plant, fund.year, amount=Decimal(1)))
    assert refused == ["fund-line-has-less"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "I-BRD"}, "fund-on-expense"),
        ({"title": "  "}, "fund-without-words"),
        ({"method": "shares", "threshold": 3}, "fund-threshold-by-votes"),
        ({"method": "lottery"}, "fund-threshold-by-votes"),
        ({"amount": Decimal(20_001)}, "fund-line-has-less"),
        ({"amount": Decimal("10.001")}, "amount-hides-a-part"),
        ({"amount": Decimal(0)}, "amount-missing"),
        ({"amount": Decimal(-5)}, "amount-negative"),
    ],
)
def test_what_no_fund_can_be(plant: make.Plant, given: dict[str, Any], code: str) -> None:
    assert codes(lambda **_: set_up(plant, **given)) == [code]
    assert not Fund.objects.exists()


def test_a_fund_of_a_draft_or_in_six_days_or_by_the_assembly_is_none(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    assert codes(lambda **_: set_up(plant, year)) == ["budget-not-running"]
    mill = make_funds.plant("forge")
    soon = mill.cooperative.day_of(make.now()) + datetime.timedelta(6)
    refused = codes(lambda **_: set_up(mill, at=make.now(), projects_until=soon, checked_by=mill.assembly))
    assert refused == ["fund-checked-by-a-commission", "fund-days-too-short"]


def test_only_who_keeps_the_budget_sets_money_aside(plant: make.Plant) -> None:
    assert codes(lambda **_: set_up(plant, by=plant.eve)) == ["no-mandate"]


def test_no_decision_moves_away_what_is_set_aside(plant: make.Plant) -> None:
    fund = set_up(plant)
    lines = {line.code: line for line in Line.objects.filter(year=fund.year)}
    given = {
        "source": lines["E-BAG"],
        "target": lines["E-GAS"],
        "decision": make_budget.on_record(plant),
        "reasons": "The oven.",
        "by": plant.kim,
        "at": make.now(),
    }
    assert codes(budget.move_money, amount=Decimal(10_001), **given) == ["fund-keeps-its-money"]
    assert budget.move_money(amount=Decimal(10_000), **given).amount == 10_000
    assert codes(lambda **_: set_up(plant, fund.year, amount=Decimal(1))) == ["fund-line-has-less"]


# --- Putting forward, and checking ----------------------------------------------------------------------------------


def test_a_project_is_put_forward_by_a_member_or_for_a_body(plant: make.Plant) -> None:
    fund = set_up(plant)
    one = put_forward(plant, fund)
    assert (one.number, one.state, one.agreed_at is not None) == (1, "put", True)
    assembly = plant.assembly
    two = put_forward(plant, fund, "Van", 6_000, by=plant.ana, on_behalf_of=assembly, answers=plant.eve)
    assert (two.number, two.agreed_at, two.on_behalf_of) == (2, None, assembly)
    refused = codes(lambda **_: put_forward(plant, fund, "Oven", on_behalf_of=assembly))
    assert refused == ["no-mandate"]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"cost": 10_001}, ["project-dearer-than-fund"]),
        ({"cost": 0}, ["amount-missing"]),
        ({"cost": -3}, ["amount-negative"]),
        ({"cost": Decimal("0.001")}, ["amount-hides-a-part"]),
        ({"words": {"proof": " "}}, ["project-without-words"]),
        ({"title": "ROOF"}, ["project-named-already"]),
        ({"by": "max"}, ["no-vote-here", "project-answered-by-a-member"]),
        ({"answers": "oz"}, ["project-answered-by-a-member"]),
    ],
)
def test_what_no_project_can_be(plant: make.Plant, given: dict[str, Any], refused: list[str]) -> None:
    fund = set_up(plant)
    put_forward(plant, fund)
    people = {name: plant.people[given[name]] for name in ("by", "answers") if name in given}
    told = codes(lambda **_: put_forward(plant, fund, **{"title": "Van", **given, **people}))
    assert told[-len(refused) :] == refused or set(told) >= set(refused) - {"no-vote-here"}
    assert fund.projects.count() == 1


def test_the_last_day_is_one_on_which_a_project_can_be_put_forward(plant: make.Plant) -> None:
    fund = set_up(plant)
    last = make.now() - make.days(make_funds.DAYS - 10)
    assert put_forward(plant, fund, at=last).number == 1
    after = last + make.days(1)
    assert codes(lambda **_: put_forward(plant, fund, "Van", at=after)) == ["fund-days-over"]


def test_nobody_answers_for_a_project_without_having_said_yes(plant: make.Plant) -> None:
    fund = set_up(plant)
    one = put_forward(plant, fund, answers=plant.ida)
    given = {"project": one, "revision": 1, "because": "Sound.", "by": plant.gus, "at": early()}
    assert codes(budget.check_project, feasible=True, **given) == ["project-nobody-answers"]
    assert codes(budget.answer_for, project=one, by=plant.eve, at=early()) == ["project-names-somebody-else"]
    said = budget.answer_for(project=one, by=plant.ida, at=early())
    assert (said.agreed_at is not None, said.revision) == (True, 2)
    assert checked(plant, one).state == "feasible"


def test_a_check_is_of_the_words_that_were_read(plant: make.Plant) -> None:
    fund = set_up(plant)
    one = put_forward(plant, fund)
    dearer = make_funds.written(plant.eve, "Roof", 9_000)
    again = budget.rewrite_project(project=one, written=dearer, revision=1, by=plant.eve, at=early())
    assert (again.revision, again.cost) == (2, 9_000)
    given = {"project": one, "feasible": True, "because": "Sound.", "at": early()}
    assert codes(budget.check_project, revision=1, by=plant.gus, **given) == ["project-changed-meanwhile"]
    assert codes(budget.check_project, revision=2, by=plant.fay, **given) == ["fund-checked-by-those-of"]
    budget.check_project(revision=2, by=plant.gus, **given)
    rewritten = {"project": one, "written": dearer, "revision": 2, "by": plant.eve, "at": early()}
    assert codes(budget.rewrite_project, **rewritten) == ["project-not-rewritten"]


def test_nobody_checks_what_is_their_own(plant: make.Plant) -> None:
    fund = set_up(plant)
    one = put_forward(plant, fund, by=plant.gus)
    given = {"project": one, "revision": 1, "feasible": True, "because": "Sound.", "at": early()}
    assert codes(budget.check_project, by=plant.gus, **given) == ["project-of-ones-own"]
    assert budget.check_project(by=plant.hal, **given).feasible


def test_what_was_not_feasible_is_put_right_and_checked_again(plant: make.Plant) -> None:
    fund = set_up(plant)
    one = checked(plant, put_forward(plant, fund), feasible=False)
    cheaper = make_funds.written(plant.eve, "Roof", 4_000)
    budget.rewrite_project(project=one, written=cheaper, revision=1, by=plant.eve, at=make.now())
    two = checked(plant, one)
    assert (two.state, two.cost, two.revision) == ("feasible", 4_000, 2)
    found = list(ProjectCheck.objects.values_list("revision", "feasible", "because"))
    assert found == [(1, False, "The wall does not bear it."), (2, True, "The offer is sound.")]


def test_the_list_is_closed_after_its_day_and_when_all_is_checked(plant: make.Plant) -> None:
    fund = set_up(plant)
    assert codes(budget.close_list, fund=fund, by=plant.kim, at=early()) == [
        "fund-takes-projects",
        "fund-nothing-to-vote",
    ]
    one = put_forward(plant, fund)
    put_forward(plant, fund, "Van", 6_000)
    checked(plant, one)
    assert codes(budget.close_list, fund=fund, by=plant.kim, at=make.now()) == ["fund-projects-unchecked"]
    checked(plant, fund.projects.get(number=2), feasible=False)
    assert budget.close_list(fund=fund, by=plant.kim, at=make.now()).state == "closed"
    assert codes(budget.withdraw_project, project=one, because="", by=plant.eve, at=make.now()) == [
        "fund-list-closed"
    ]


def test_a_withdrawn_project_leaves_its_name_free(plant: make.Plant) -> None:
    fund = set_up(plant)
    one = put_forward(plant, fund)
    assert codes(budget.withdraw_project, project=one, because="", by=plant.fay, at=early()) == [
        "project-of-somebody-else"
    ]
    budget.withdraw_project(project=one, because="Dear.", by=plant.eve, at=early())
    assert put_forward(plant, fund).number == 2


# --- The vote -------------------------------------------------------------------------------------------------------


def test_by_votes_what_does_not_fit_is_passed_over_and_the_rest_is_told(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    question = ballot.questions.get()
    assert (question.method, question.money, ballot.title) == ("greedy", 10_000, str(fund))
    votes = {
        "eve": ["Roof", "Van"],
        "fay": ["Roof", "Van"],
        "gus": ["Roof", "Canteen"],
        "hal": ["Van"],
        "ida": ["Roof", "Training"],
    }
    cast(plant, fund, ballot, votes)
    fund = count(plant, ballot)
    found = {one.title: (str(one.state), one.rank) for one in fund.projects.all()}
    assert (found["Roof"], found["Van"]) == (
        ("chosen", 1),
        ("not_chosen", None),
    )  # 4 votes; 3, and 5,000 are left
    assert {found["Canteen"], found["Training"]} == {("chosen", 2), ("chosen", 3)}  # one vote each: both fit
    assert (str(fund.state), fund.left_over) == ("chosen", 0)
    assert set_aside_on(fund.line) == 10_000
    told = Entry.objects.filter(verb="fund-chosen").get()
    assert (sorted(told.facts["chosen"]), told.facts["left"]) == ([1, 3, 4], "0")


def test_by_equal_shares_the_few_get_what_they_paid_for(plant: make.Plant) -> None:
    """Ten voters, 1,000 each. Six want A (6,000) and B (4,000), four want C (4,000): by votes A and B took all."""
    fund = set_up(plant, method="shares")
    fund = closed(plant, fund, {"A": 6_000, "B": 4_000, "C": 4_000})
    ballot = opened(plant, fund)
    six = {key: ["A", "B"] for key in ("ana", "bo", "cy", "dee", "eve", "fay")}
    four = {key: ["C"] for key in ("gus", "hal", "ida", "jo")}
    cast(plant, fund, ballot, {**six, **four})
    fund = count(plant, ballot)
    chosen = set(fund.projects.filter(state="chosen").values_list("title", flat=True))
    assert (chosen, fund.left_over) == ({"B", "C"}, 2_000)
    assert set_aside_on(fund.line) == 8_000  # the rest is the line's again


def test_equal_votes_and_equal_cost_wait_for_a_lot_drawn_in_public(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant), {"Left": 6_000, "Right": 6_000})
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": ["Left"], "fay": ["Right"]})
    ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
    given = {"ballot": ballot, "by": plant.bo, "at": make.now()}
    assert codes(decisions.count_up, **given) == ["lot-needed"]
    fund.refresh_from_db()
    assert (str(fund.state), fund.projects.filter(state="feasible").count()) == ("voting", 2)
    ballots.record_lot(seed="17 42", how="Dice", witnesses=[plant.ida, plant.jo], **given)
    decisions.count_up(**given)
    drawn = {one.title: str(one.state) for one in fund.projects.all()}
    assert sorted(drawn.values()) == ["chosen", "not_chosen"]


def test_of_equal_votes_the_cheaper_goes_first(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant), {"Dear": 7_000, "Cheap": 6_000})
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": ["Dear"], "fay": ["Cheap"]})
    fund = count(plant, ballot)
    assert [one.project.title for one in commitments(fund)] == ["Cheap"]


def test_a_least_number_of_votes_is_asked_for(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant, threshold=2))
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": ["Canteen", "Training"], "fay": ["Canteen"]})
    fund = count(plant, ballot)
    assert [one.project.title for one in commitments(fund)] == ["Canteen"]
    assert fund.left_over == 7_000


def test_nobody_votes_and_all_of_it_is_left(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": []})
    fund = count(plant, ballot)
    assert (fund.left_over, set_aside_on(fund.line), commitments(fund)) == (10_000, 0, [])


def test_one_vote_on_a_list_at_a_time_and_another_when_it_was_annulled(plant: make.Plant) -> None:
    fund = set_up(plant)
    assert codes(lambda **_: drawn_up(plant, fund)) == ["fund-list-not-closed"]
    fund = closed(plant, fund)
    first = drawn_up(plant, fund)
    assert codes(lambda **_: drawn_up(plant, fund)) == ["vote-under-way"]
    given = {"ballot": first, "because": "A slip.", "by": plant.ana, "at": make.now()}
    assert codes(decisions.redraw, **given) == ["fund-paper-not-redrawn"]
    ballots.call_off(**given)
    second = opened(plant, fund)
    assert Fund.objects.get().vote == second.pk
    cast(plant, fund, second, {"eve": ["Roof"]})
    assert count(plant, second).left_over == 5_000
    assert codes(lambda **_: drawn_up(plant, fund)) == ["fund-list-not-closed"]


def test_only_what_is_feasible_stands_on_the_paper(plant: make.Plant) -> None:
    fund = set_up(plant)
    checked(plant, put_forward(plant, fund, "Pool", 9_000), feasible=False)
    budget.withdraw_project(project=put_forward(plant, fund, "Statue"), because="", by=plant.eve, at=early())
    ballot = opened(plant, closed(plant, fund))
    labels = set(ballot.questions.get().options.exclude(code="blank").values_list("label", flat=True))
    assert labels == {"Roof", "Van", "Canteen", "Training"}
    assert "Pool" not in ballot.text
    assert "Offer of the hardware store" in ballot.text
    assert ballot.text.startswith("For what makes work easier. Not for wages.")
    assert clauses_in(ballot.text)[1] == []  # read as one text: its head is not cut off as a title


def test_a_choice_is_of_its_own_vote_and_within_the_money(plant: make.Plant) -> None:
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    given = {"fund": fund, "decided_by": "x", "by": plant.bo.actor, "at": make.now()}
    assert codes(budget.record_choice, vote=ballot.pk + 1, chosen=[1], **given) == ["fund-of-another-vote"]
    assert codes(budget.record_choice, vote=ballot.pk, chosen=[9], **given) == ["fund-choice-unknown"]
    assert codes(budget.record_choice, vote=ballot.pk, chosen=[1, 1], **given) == ["fund-choice-unknown"]
    assert codes(budget.record_choice, vote=ballot.pk, chosen=[1, 2], **given) == ["fund-overspent"]


# --- Afterwards -----------------------------------------------------------------------------------------------------


def chosen(plant: make.Plant) -> Project:
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    cast(plant, fund, ballot, {"eve": ["Roof"]})
    count(plant, ballot)
    return Project.objects.get(title="Roof")


def test_what_is_chosen_is_paid_up_to_its_cost(plant: make.Plant) -> None:
    roof = chosen(plant)
    given: dict[str, Any] = {
        "project": roof,
        "paid_on": plant.cooperative.day_of(make.now()),
        "proof": "Bill 77",
        "by": plant.kim,
        "at": make.now(),
    }
    budget.pay_project(amount=Decimal(3_000), **given)
    assert codes(budget.pay_project, amount=Decimal(2_001), **given) == ["project-costs-more"]
    budget.pay_project(amount=Decimal(-1_000), **given)
    assert codes(budget.pay_project, amount=Decimal(-2_001), **given) == ["project-corrected-too-far"]
    budget.pay_project(amount=Decimal("2999.99"), **given)
    (told,) = commitments(roof.fund)
    assert (told.spent, told.left, told.percent) == (Decimal("4999.99"), Decimal("0.01"), 99)
    assert codes(budget.pay_project, amount=Decimal(1), **given | {"by": plant.eve}) == [
        "no-mandate",
        "project-costs-more",
    ]
    van = Project.objects.get(title="Van")
    assert codes(budget.pay_project, amount=Decimal(1), **given | {"project": van}) == ["project-not-chosen"]


def test_a_choice_with_projects_is_given_up_by_the_assembly_alone(plant: make.Plant) -> None:
    fund = set_up(plant)
    given: dict[str, Any] = {"fund": fund, "by": plant.kim, "at": make.now()}
    assert codes(budget.give_up_fund, because=" ", **given) == ["no-reason-given"]
    put_forward(plant, fund)
    assert codes(budget.give_up_fund, because="No money.", **given) == ["fund-given-up-by-the-assembly"]
    decision = make_budget.on_record(plant)
    ended = budget.give_up_fund(because=f"{decision}: the oven first.", **given)
    assert (str(ended.state), set_aside_on(ended.line)) == ("given_up", 0)
    assert codes(budget.give_up_fund, because=decision, **given) == ["fund-over"]


def test_a_fund_that_is_given_up_takes_its_vote_along(plant: make.Plant) -> None:
    """While a vote is open the fund cannot be given up: the vote is annulled first."""
    fund = closed(plant, set_up(plant))
    ballot = opened(plant, fund)
    decision = make_budget.on_record(plant)
    given: dict[str, Any] = {"fund": fund, "because": f"{decision}.", "by": plant.kim, "at": make.now()}
    assert codes(decisions.give_up_fund, **given) == ["vote-under-way"]
    ballots.call_off(ballot=ballot, because="Given up.", by=plant.bo, at=make.now())
    assert str(decisions.give_up_fund(**given).state) == "given_up"
    assert Ballot.objects.get().state == "annulled"


def test_the_commission_is_a_body_of_the_house(plant: make.Plant) -> None:
    other = make_funds.plant("mill")
    body = Body.objects.get(cooperative=other.cooperative, code="C-FUND")
    assert codes(lambda **_: set_up(plant, checked_by=body)) == ["fund-checked-by-a-commission"]
