"""The budgets of the demonstration: one runs, the next is amended; the assembly of the file votes it to the unit."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from coop.budget.models import Actual, Amendment, Line, Unmet, Year
from coop.budget.tables import Table, running
from coop.demo.files import raw
from coop.demo.hall import Vote
from coop.demo.timeline import World
from coop.meetings import actions as meetings
from coop.meetings.models import Meeting, Sitting
from coop.members.models import Member
from coop.proposals import actions as proposals
from coop.proposals.models import BudgetMotion
from tests.planted import NOW

pytestmark = pytest.mark.django_db

TOLD = raw("budget")
OUTCOME = TOLD["scenario_outcome"]
NUMBERS = {f"BA-{number:02}": number for number in range(1, 13)} | {"BA-14": 13, "BA-15": 14, "BA-16": 15}


def test_this_year_runs_with_its_months(world: World) -> None:
    year = Year.objects.get(year=world.files.today.year)
    assert (year.state, year.decided_by) == ("running", "Book of assembly minutes, page 195")
    spent = {one.line.code: (one.plan, one.spent) for one in running(year)}
    assert spent == {
        one["code"]: (Decimal(one["approved_2026"]), Decimal(one["actual_to_2026_09"]))
        for one in TOLD["lines"]
    }
    assert set(Actual.objects.values_list("month", flat=True)) == set(range(1, 10))


def test_the_next_is_in_conciliation_with_what_the_councils_asked(world: World) -> None:
    year = Year.objects.get(year=world.files.today.year + 1)
    assert (year.state, year.lines.count(), year.floor) == ("conciliation", 48, 50_000)
    states = dict(year.amendments.filter(number__isnull=False).values_list("number", "state"))
    assert states == dict.fromkeys(range(1, 16), "admitted") | {14: "withdrawn"}
    draft = year.amendments.get(number=None)
    assert (draft.title, draft.state) == ("More filters and fluxes", "draft")
    first, common = year.amendments.get(number=1), year.amendments.get(number=15)
    assert first.backed_by == "Book of the council C-POT: 7 for, 0 against, 1 abstaining"
    assert first.on_behalf_of is not None
    assert (common.kind, common.title) == (
        "common",
        "Common text of A2 and A7: barge saving pays the crane brakes",
    )
    assert year.amendments.get(number=8).remark.startswith("The budget commission has seen no signed order")
    clashes = {frozenset(one.keys) for one in Table.of(year).conflicts() if one.kind.is_contrary}
    keys = dict(year.amendments.values_list("number", "pk"))
    assert clashes == {frozenset((keys[one], keys[two])) for one, two in ((3, 4), (5, 6), (9, 10))}


# --- The assembly of the file ---------------------------------------------------------------------------------------


def test_the_scenario_comes_out_to_the_unit_by_real_votes(rolled_back: World) -> None:
    """Laid before the assembly, put on its agenda, and voted by raised hands in the order of the file."""
    hall = Hall(rolled_back)
    results = {one["id"]: one["result"] for one in OUTCOME["results"]}
    hall.put_in_order([label for label in OUTCOME["voting_order"] if label in NUMBERS])
    for label in OUTCOME["voting_order"]:
        if hall.amendment(label).state == Amendment.State.ADMITTED:
            hall.vote(hall.amendment(label), carried=results[label] != "not_carried")
    assert {label: hall.amendment(label).state for label in NUMBERS} == {
        label: {"carried_as_amended": "carried"}.get(results[label], results[label]) for label in NUMBERS
    }
    hall.vote(None, carried=True)

    year = Year.objects.get(pk=hall.year.pk)
    assert (year.state, len(year.hash)) == ("adopted", 64)
    adopted = {line.code: (line.side, line.adopted) for line in Line.objects.filter(year=year)}
    sums = {
        side: sum(amount or 0 for of, amount in adopted.values() if of == side)
        for side in ("income", "expense")
    }
    assert sums == OUTCOME["totals"] == {"income": 47_000_000, "expense": 47_000_000}
    assert adopted["E-COM-06"][1] == 61_000
    changed = {line.code: line.adopted for line in year.lines.all() if line.adopted != line.proposed}
    assert changed == {one["code"]: one["final"] for one in OUTCOME["changed_lines"]}
    why = {one.number: (one.fell_because, one.through.number) for one in hall.fallen()}
    assert why == {2: ("replaced", 15), 7: ("replaced", 15), 6: ("contrary", 5)}
    unmet = {one.amendment.number for one in Unmet.objects.filter(year=year).select_related("amendment")}
    assert unmet == {3, 6, 8, 9}
    text = BudgetMotion.objects.get(year=year, amendment=None)
    item = hall.meeting.items.select_related("decision").get(proposal=text.proposal)
    assert item.decision is not None
    words = item.decision.text.replace("\u00a0", ",")  # grouped as the language of the plant groups
    assert "E-POT-05 Pot relining: 1,270,000 (in the draft 1,150,000)" in words
    assert "Income 47,000,000, expense 47,000,000. Contingency 61,000; it has to be at least 50,000." in words
    assert year.decided_by == item.decision.label


class Hall:
    """One sitting of the assembly, three weeks after the loading, in which two tellers count raised hands."""

    def __init__(self, world: World) -> None:
        self.world = world
        people = world.people
        self.chair, self.secretary, self.keeper = people["M120"], people["M310"], people["M315"]
        self.year = Year.objects.get(year=world.files.today.year + 1)
        self.at = NOW
        proposals.lay_before(year=self.year, by=self.keeper, at=self.at)
        starts = NOW + datetime.timedelta(days=21)
        meeting = meetings.prepare(
            body=world.bodies["GA"],
            kind=Meeting.Kind.EXTRAORDINARY,
            title="Budget",
            place="Rolling hall",
            sittings=[starts],
            by=self.secretary,
            at=self.at,
        )
        year = Year.objects.get(pk=self.year.pk)
        meetings.put_budget_on(meeting=meeting, year=year, by=self.secretary, at=self.at)
        self.meeting = meetings.convene(meeting=meeting, by=self.secretary, at=self.at)
        self.at = starts + datetime.timedelta(hours=1)
        self.there = self._come()
        meetings.open_sitting(sitting=self.sitting(), by=self.chair, at=self.at)

    def _come(self) -> list[Member]:
        """Everybody on the register; first call has its half."""
        self.meeting = meetings.draw_register(meeting=self.meeting, at=self.at)
        register: Any = self.meeting.register
        numbers = list(register.lines().values_list("number", flat=True))
        there = [self.world.people[f"M{number:03}"] for number in numbers]
        meetings.check_in_all(meeting=self.meeting, members=there, by=self.secretary, at=self.at)
        return there

    def sitting(self) -> Sitting:
        return Sitting.objects.select_related("meeting__body", "meeting__cooperative__chain").get(
            meeting=self.meeting
        )

    def amendment(self, label: str) -> Amendment:
        found = Amendment.objects.select_related("year")
        return found.get(year=self.year, number=NUMBERS[label])

    def fallen(self) -> list[Amendment]:
        found = Amendment.objects.filter(year=self.year, state=Amendment.State.FALLEN)
        return list(found.select_related("through"))

    def put_in_order(self, labels: list[str]) -> None:
        """As the chair has it in the file: each before the one that stands at its place."""
        for place, label in enumerate(labels):
            order = [one.key for one in Table.of(self.year).order()]
            asked = self.amendment(label)
            if order[place] != asked.pk:
                before = Amendment.objects.select_related("year").get(pk=order[place])
                meetings.move_in_budget(
                    amendment=asked, before=before, because="As agreed.", by=self.chair, at=self.at
                )

    def vote(self, asked: Amendment | None, *, carried: bool) -> None:
        motion = BudgetMotion.objects.get(year=self.year, amendment=asked)
        item = self.meeting.items.get(proposal=motion.proposal)
        tellers = [self.there[-1], self.there[-2]]
        most = len(self.there) - 20
        vote = Vote(item, "show_of_hands")
        vote.open(tellers, self.chair, self.at)
        counted = {"for": most if carried else 20, "against": 20 if carried else most, "abstain": 0}
        vote.count(self.sitting(), counted=counted, there=[], tellers=tellers, by=self.chair, at=self.at)
        vote.close(tellers, self.chair, self.at)
        self.at += datetime.timedelta(minutes=5)
