"""A fund of the small plant, through the real actions: Kim keeps the budget, Gus and Hal check the projects.

Ana draws the vote up and Bo opens it, as the secretary and the chair of the assembly.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Register
from coop.budget import actions as budget
from coop.budget.models import Fund, Line, Project, Year
from coop.budget.rules.projects import Written
from coop.decisions import actions as decisions
from coop.members import actions as members
from coop.members.models import Body, Department, Member
from tests import make, make_agreement, make_budget
from tests.make_budget import CHAIR

DAYS = 20  # before now the fund is set up
PROJECTS = {"Roof": 5_000, "Van": 6_000, "Canteen": 3_000, "Training": 2_000}


def plant(slug: str = "bakery", **bylaws: Any) -> make.Plant:
    made = make_budget.plant(slug, register_claims_days=1, **bylaws)
    commission = members.create_body(
        cooperative=made.cooperative,
        code="C-FUND",
        name="Commission of the funds",
        kind=Body.Kind.COMMISSION,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    make.office(made, commission, "first seat", made.gus, [])
    make.office(made, commission, "second seat", made.hal, [])
    return made


def commission(plant: make.Plant) -> Body:
    return Body.objects.get(cooperative=plant.cooperative, code="C-FUND")


def adopted(plant: make.Plant) -> Year:
    """The budget of next year, adopted without an amendment: 30,000 of gas, 20,000 of bags."""
    year = make_budget.put(plant, make_budget.opened(plant))
    budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=make_budget.at(60))
    return make_budget.fresh(year)


def set_up(plant: make.Plant, year: Year | None = None, **more: Any) -> Fund:
    """10,000 of the bags, counted by votes; projects for ten days."""
    year = year or adopted(plant)
    begun = make.now() - make.days(DAYS)
    given: dict[str, Any] = {
        "line": year.lines.get(code=more.pop("code", "E-BAG")),
        "title": "What we need",
        "words": "For what makes work easier. Not for wages.",
        "amount": Decimal(10_000),
        "method": "greedy",
        "checked_by": commission(plant),
        "projects_until": plant.cooperative.day_of(begun) + datetime.timedelta(10),
        "by": plant.kim,
        "at": begun,
    }
    return budget.set_up_fund(**given | more)


def written(answers: Member, title: str = "Roof", cost: Decimal | int = 5_000, **more: Any) -> Written:
    given: dict[str, Any] = {
        "title": title,
        "words": f"We want this: {title}.",
        "place": "Hall 2",
        "proof": "Offer of the hardware store, 12 March",
    }
    return Written(**given | more, cost=Decimal(cost), answers=answers)


def put_forward(
    plant: make.Plant, fund: Fund, title: str = "Roof", cost: Decimal | int = 5_000, **more: Any
) -> Project:
    """By Eve, who answers for it herself, in the first days."""
    by = more.pop("by", plant.eve)
    return budget.put_forward(
        fund=fund,
        written=written(more.pop("answers", by), title, cost, **more.pop("words", {})),
        by=by,
        at=more.pop("at", make.now() - make.days(DAYS - 1)),
        **more,
    )


def checked(plant: make.Plant, project: Project, feasible: bool = True) -> Project:
    project.refresh_from_db()
    budget.check_project(
        project=project,
        revision=project.revision,
        feasible=feasible,
        because="The offer is sound." if feasible else "The wall does not bear it.",
        by=plant.gus,
        at=make.now() - make.days(5),
    )
    return Project.objects.get(pk=project.pk)


def closed(plant: make.Plant, fund: Fund, projects: Mapping[str, int] = PROJECTS) -> Fund:
    """Every project put forward by Eve, found feasible by Gus, and the list closed by Kim."""
    for title, cost in projects.items():
        checked(plant, put_forward(plant, fund, title, cost))
    return budget.close_list(fund=fund, by=plant.kim, at=make.now() - make.days(2))


def register(plant: make.Plant) -> Register:
    """Drawn today, for whoever has no time for claims."""
    day = plant.cooperative.day_of(make.now())
    return ballots.draw_register(body=plant.assembly, closes_on=day, by=make.FOUNDING, at=make.now())


def drawn_up(plant: make.Plant, fund: Fund, **more: Any) -> Ballot:
    given: dict[str, Any] = {
        "register": more.pop("register", None) or register(plant),
        "secrecy": "open",
        "channels": ["phone"],
        "closes_at": make.now() + make.days(3),
        "by": plant.ana,
        "at": make.now(),
    }
    return decisions.draw_up_choice(fund=fund, **given | more)


def opened(plant: make.Plant, fund: Fund, **more: Any) -> Ballot:
    ballot = drawn_up(plant, fund, **more)
    return ballots.start(ballot=ballot, by=plant.bo, at=make.now())


def cast(plant: make.Plant, fund: Fund, ballot: Ballot, votes: Mapping[str, Sequence[str]]) -> None:
    """`votes`: name -> titles of projects that are marked; none of them is a blank paper."""
    codes = {one.title: one.code for one in fund.projects.all()}
    for name, titles in votes.items():
        answer = "=".join(sorted(codes[title] for title in titles)) or "blank"
        make.cast(ballot, plant.people[name], answer)


def count(plant: make.Plant, ballot: Ballot) -> Fund:
    ballots.close(ballot=ballot, by=plant.bo.actor, at=make.now())
    decisions.count_up(ballot=ballot, by=plant.bo, at=make.now())
    return Fund.objects.get(vote=ballot.pk)


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """A fund with projects of Eve, who sits in its commission. Nobody of the small plant keeps the budget, so the
    adopted year stands there without an act."""
    at = make_budget.at()
    year = Year.objects.create(
        cooperative=plant.cooperative, year=at.year + 4, begun_by=plant.gus, begun_at=at
    )
    department = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    for code, side in (("Γ1", "income"), ("Γ2", "expense")):
        Line.objects.create(
            year=year, department=department, code=code, side=side, title="Άρτος", proposed=90
        )
    steps = Year.objects.filter(pk=year.pk)
    days = make_budget.days_of(at, plant.cooperative)
    steps.update(state=Year.State.OPEN, published_at=at, **days)
    steps.update(state=Year.State.CONCILIATION, conciliation_at=at)
    steps.update(state=Year.State.PUT, put_at=at)
    Line.objects.filter(year=year).update(adopted=90)
    steps.update(state=Year.State.ADOPTED, settled_at=at, decided_by="Δ 1", hash="0" * 64)
    fund = Fund.objects.create(
        year=year,
        number=1,
        line=year.lines.get(code="Γ2"),
        title="Ταμείο",
        words="Για όλους",
        amount=90,
        method="shares",
        checked_by=make_agreement.commission(plant, "ΤΑΜ", "eve", name="Επιτροπή ταμείου", seat="μέλος"),
        projects_until=plant.cooperative.day_of(make.now()) + datetime.timedelta(9),
        begun_by=plant.gus,
        begun_at=make.now(),
    )
    facts = {"words": "Ως έχει", "place": "Αυλή", "cost": 40, "proof": "№ 3", "put_at": make.now()}
    projects = [
        Project.objects.create(
            fund=fund, number=number, title=title, author=plant.eve, answers=plant.eve, **facts
        )
        for number, title in enumerate(("Στέγη", "Πάγκος", "Φως"), 1)
    ]
    one = {"key": fund.pk}
    of = ("fund-project", "fund-project-rewrite", "fund-project-check", "fund-project-pay")
    return {
        **dict.fromkeys(("fund", "fund-printed", "fund-close", "fund-vote", "fund-give-up"), one),
        "fund-put-forward": one,
        **{name: {"key": projects[0].pk} for name in of},
        "fund-project-answer": {"key": projects[1].pk},
        "fund-project-withdraw": {"key": projects[2].pk},
    }
