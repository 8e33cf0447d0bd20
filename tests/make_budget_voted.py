"""A budget before the assembly, for the doors: put by itself, for nobody of the small plant keeps one."""

from __future__ import annotations

from coop.budget.models import Amendment, AmendmentMove, Challenge, Line, Year
from coop.members.models import Department
from coop.proposals.models import BudgetMotion, Proposal
from tests import make
from tests.make_budget import at, days_of


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """One amendment and the whole are laid before the assembly, and stand on no agenda."""
    made = Year.objects.create(
        cooperative=plant.cooperative, year=at().year + 2, begun_by=plant.gus, begun_at=at()
    )
    department = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    for code, side in (("Γ1", "income"), ("Γ2", "expense")):
        Line.objects.create(
            year=made,
            department=department,
            code=code,
            side=side,
            title="Άρτος",
            basis="Ως έχει",
            proposed=50,
        )
    step = Year.objects.filter(pk=made.pk)
    step.update(state=Year.State.OPEN, published_at=at(), **days_of(at(), plant.cooperative))
    asked = Amendment.objects.create(year=made, title="Φως", author=plant.eve, begun_at=at())
    for code in ("Γ1", "Γ2"):
        AmendmentMove.objects.create(amendment=asked, line=made.lines.get(code=code), amount=5)
    one = Amendment.objects.filter(pk=asked.pk)
    one.update(state=Amendment.State.SUBMITTED, number=1, submitted_at=at(1))
    one.update(state=Amendment.State.ADMITTED, admitted_at=at(2))
    fell = Amendment.objects.create(year=made, title="Ζύμη", author=plant.eve, begun_at=at())
    for code in ("Γ1", "Γ2"):
        AmendmentMove.objects.create(amendment=fell, line=made.lines.get(code=code), amount=7)
    other = Amendment.objects.filter(pk=fell.pk)
    other.update(state=Amendment.State.SUBMITTED, number=2, submitted_at=at(1))
    other.update(state=Amendment.State.ADMITTED, admitted_at=at(2))
    step.update(state=Year.State.CONCILIATION, conciliation_at=at(37))
    step.update(state=Year.State.PUT, put_at=at(47))
    other.update(state=Amendment.State.FALLEN, ended_at=at(48), fell_because="contrary")
    challenge = Challenge.objects.create(amendment=fell, because="Όχι", made_by=plant.eve, made_at=at(49))
    for number, amendment in enumerate((asked, None), 901):
        _laid(plant, made, amendment, number)
    return {
        "budget-vote": {"key": made.pk},
        "budget-agenda": {"key": made.pk},
        "budget-amendment-move": {"key": asked.pk},
        "budget-amendment-want": {"key": asked.pk},
        "budget-bloc": {"key": made.pk},
        "budget-amendment-singly": {"key": asked.pk},
        "budget-amendment-challenge": {"key": fell.pk},
        "budget-challenge-answer": {"key": challenge.pk},
    }


def _laid(plant: make.Plant, year: Year, amendment: Amendment | None, number: int) -> None:
    proposal = Proposal.objects.create(
        cooperative=plant.cooperative, kind="budget", title="Φως", author=plant.eve, written_at=at(47)
    )
    BudgetMotion.objects.create(proposal=proposal, year=year, amendment=amendment)
    step = Proposal.objects.filter(pk=proposal.pk)
    step.update(state="open", year=at().year, number=number, published_at=at(47), support_needed=0)
    step.update(state="admitted", admitted_at=at(47))
